/*
 * I know ICU's objects: they are dear to make and not for two threads, so each thread
 * makes those it needs once, for each language, and frees them when it ends.
 */
#pragma once
#include "i18n/i18n.h"
#include <unicode/ucol.h>
#include <unicode/udat.h>
#include <unicode/udateintervalformat.h>
#include <unicode/uldnames.h>
#include <unicode/ulistformatter.h>

struct icu {
	UDateFormat *date[LANG_COUNT], *day_month[LANG_COUNT], *month[LANG_COUNT],
		*month_short[LANG_COUNT];
	UDateIntervalFormat *range[LANG_COUNT];
	UListFormatter *list[LANG_COUNT];
	ULocaleDisplayNames *names[LANG_COUNT];
	UCollator *order[LANG_COUNT];
};

/* icu_mine(): This thread's; NULL without memory. Owned by the thread. */
struct icu *icu_mine(void);

enum { ICU_TEXT = 256 }; /* UTF-16 units in a formatted date or name */
/* icu_text(mem, u, n): ${n} units as UTF-8; absent when ${n} is negative, the
 * text is no UTF-16, or the arena full. */
struct str icu_text(struct arena *mem, const UChar *u, int32_t n);
/* icu_units(mem, s, ret_n): ${s} as UTF-16; NULL when the arena is full. */
UChar *icu_units(struct arena *mem, struct str s, int32_t *ret_n);
