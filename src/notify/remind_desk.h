/*
 * I remind those who run consultations, and asked for it, of what nobody else does: a summary that
 * is past its promised day, an answer that is to be looked at again, and words that will be
 * deleted. All of it in one letter.
 */
#pragma once
#include "notify/digest.h"

/* remind_desk_round(needs): Letters for all who are to be reminded now. The number of things in
 * them: while it is not 0 there may be more. */
int remind_desk_round(const struct digest_needs *needs) must_use;
