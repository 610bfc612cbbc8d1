/* I name the room's route tables; app/routes.c lists them. */
#pragma once
#include "participate/desk.h"
#include "participate/log.h"
#include "participate/moderate.h"
#include "participate/overview.h"
#include "participate/question.h"
#include "participate/vote.h"
