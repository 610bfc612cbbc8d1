/* I name the room's route tables; app/routes.c lists them. */
#pragma once
#include "outcome/answer.h"
#include "outcome/ask_list.h"
#include "outcome/ask_show.h"
#include "outcome/doc_comment.h"
#include "outcome/doc_desk.h"
#include "outcome/doc_show.h"
#include "outcome/org.h"
#include "outcome/reply.h"
#include "outcome/reply_queue.h"
#include "outcome/responder.h"
#include "outcome/words.h"
