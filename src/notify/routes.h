/* I list this room's route tables, for app/. */
#pragma once
#include "account/route.h"

extern const struct route mail_desk_routes[];
