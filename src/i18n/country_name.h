/*
 * I know which country somebody means by a name: its codes (alpha-2, alpha-3), its names in our six
 * languages, and country_aliases.csv, other spellings that are beyond doubt. What I do not know I
 * do not guess.
 */
#pragma once
#include "i18n/i18n.h"

/* country_by_name(s): The alpha-2 code, static; absent: none, or more than one could be meant. Case
 * and white space around it do not matter. */
struct str country_by_name(struct str s);
