/*
 * I remind those who answer for an organisation, and asked for it, of what waits for them: a week
 * and a day before it is due, a day, a week and a month after; all in one letter.
 */
#pragma once
#include "notify/digest.h"

/* remind_round(needs): Letters for all who are to be reminded now. The number of asks in them:
 * while it is not 0 there may be more. */
int remind_round(const struct digest_needs *needs) must_use;
