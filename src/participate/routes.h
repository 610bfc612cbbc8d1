/* I name the room's route tables; app/routes.c lists them. */
#pragma once
#include "participate/desk.h"
#include "participate/log.h"
#include "participate/moderate.h"
#include "participate/organise.h"
#include "participate/organise_copy.h"
#include "participate/overview.h"
#include "participate/plan.h"
#include "participate/plan_words.h"
#include "participate/question.h"
#include "participate/results.h"
#include "participate/translate.h"
#include "participate/vote.h"
