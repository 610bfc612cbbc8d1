/* I list this room's route tables, for app/. */
#pragma once
#include "account/route.h"

extern const struct route follow_routes[], mail_desk_routes[], mail_page_routes[],
	remind_page_routes[];
