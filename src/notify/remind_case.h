/*
 * I write to those who handle reports, and asked for it, once a day at a fixed hour, whether there
 * is something or not: the same words each day, and no word of any case. So nobody who sees the
 * letters learns when something came in.
 */
#pragma once
#include "notify/digest.h"

enum { REMIND_CASE_HOUR = 6 }; /* UTC */

/* remind_case_round(needs): Letters for all who have none of today yet. How many were looked at:
 * while it is not 0 there may be more. */
int remind_case_round(const struct digest_needs *needs) must_use;
