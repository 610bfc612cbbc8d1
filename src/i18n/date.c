#include "base/utf8.h"
#include "i18n/inner.h"
#include <unicode/udatpg.h>
#include <unicode/ustring.h>

static const UChar utc[] = u"UTC";
enum { UTC_UNITS = 3 };
static const int64_t year_1 = -62135596800, year_9999 = 253402300799;

/* ICU knows one month system for each country; UN pages in Arabic give both. */
static const struct {
	struct str icu, both;
} arabic_months[] = {
	{ STR("يناير"), STR("كانون الثاني/يناير") },
	{ STR("فبراير"), STR("شباط/فبراير") },
	{ STR("مارس"), STR("آذار/مارس") },
	{ STR("أبريل"), STR("نيسان/أبريل") },
	{ STR("مايو"), STR("أيار/مايو") },
	{ STR("يونيو"), STR("حزيران/يونيه") },
	{ STR("يوليو"), STR("تموز/يوليه") },
	{ STR("أغسطس"), STR("آب/أغسطس") },
	{ STR("سبتمبر"), STR("أيلول/سبتمبر") },
	{ STR("أكتوبر"), STR("تشرين الأول/أكتوبر") },
	{ STR("نوفمبر"), STR("تشرين الثاني/نوفمبر") },
	{ STR("ديسمبر"), STR("كانون الأول/ديسمبر") },
};

static size_t month_at(struct str rest)
{
	size_t n = sizeof arabic_months / sizeof arabic_months[0];
	for (size_t m = 0; m < n; m++)
		if (rest.n >= arabic_months[m].icu.n &&
			str_eq((struct str){ rest.p, arabic_months[m].icu.n },
				arabic_months[m].icu))
			return m;
	return n;
}

/* A date of ICU's with its months in both systems, and no comma before the year. */
static struct str both_systems(struct arena *mem, struct str s)
{
	char text[6 * ICU_TEXT];
	size_t n = 0;
	for (size_t i = 0; i < s.n && n + 64 < sizeof text;) {
		size_t m = month_at(str_from(s, i));
		if (m == sizeof arabic_months / sizeof arabic_months[0]) {
			text[n++] = s.p[i++];
			continue;
		}
		memcpy(text + n, arabic_months[m].both.p, arabic_months[m].both.n);
		n += arabic_months[m].both.n;
		i += arabic_months[m].icu.n;
		if (str_starts(str_from(s, i), "،"))
			i += sizeof "،" - 1;
	}
	return s.p ? arena_copy(mem, (struct str){ text, n }) : s;
}

static struct str finish(
	const struct lang *l, struct arena *mem, const UChar *u, int32_t n, UErrorCode st)
{
	struct str s = U_SUCCESS(st) ? icu_text(mem, u, n) : (struct str){ 0 };
	return l->id == LANG_AR ? both_systems(mem, s) : s;
}

/* Milliseconds, as ICU counts; times no calendar has are drawn in. */
static UDate when(int64_t at)
{
	if (at < year_1)
		at = year_1;
	if (at > year_9999)
		at = year_9999;
	return (double)at * 1000;
}

static struct str format(const struct lang *l, struct arena *mem, const UDateFormat *f, int64_t at)
{
	UErrorCode st = U_ZERO_ERROR;
	UChar u[ICU_TEXT];
	if (!f)
		return (struct str){ 0 };
	int32_t n = udat_format(f, when(at), u, ICU_TEXT, NULL, &st);
	return finish(l, mem, u, n, st);
}

struct str lang_date(const struct lang *l, struct arena *mem, int64_t at)
{
	struct icu *icu = icu_mine();
	UErrorCode st = U_ZERO_ERROR;
	if (icu && !icu->date[l->id])
		icu->date[l->id] = udat_open(
			UDAT_NONE, UDAT_LONG, l->icu, utc, UTC_UNITS, NULL, 0, &st);
	return format(l, mem, icu ? icu->date[l->id] : NULL, at);
}

static UDateFormat *open_best(const char *locale, const UChar *parts, int32_t n_parts)
{
	UErrorCode st = U_ZERO_ERROR;
	UChar pattern[ICU_TEXT];
	UDateTimePatternGenerator *g = udatpg_open(locale, &st);
	int32_t n = udatpg_getBestPattern(g, parts, n_parts, pattern, ICU_TEXT, &st);
	UDateFormat *f = udat_open(
		UDAT_PATTERN, UDAT_PATTERN, locale, utc, UTC_UNITS, pattern, n, &st);
	udatpg_close(g);
	return U_SUCCESS(st) ? f : NULL;
}

struct str lang_day_month(const struct lang *l, struct arena *mem, int64_t at)
{
	struct icu *icu = icu_mine();
	if (icu && !icu->day_month[l->id])
		icu->day_month[l->id] = open_best(l->icu, u"MMMMd", 5);
	return format(l, mem, icu ? icu->day_month[l->id] : NULL, at);
}

struct str lang_month(const struct lang *l, struct arena *mem, int64_t at)
{
	struct icu *icu = icu_mine();
	if (icu && !icu->month[l->id])
		icu->month[l->id] = open_best(l->icu, u"yMMMM", 5);
	return format(l, mem, icu ? icu->month[l->id] : NULL, at);
}

struct str lang_month_short(const struct lang *l, struct arena *mem, int64_t at)
{
	struct icu *icu = icu_mine();
	if (icu && !icu->month_short[l->id])
		icu->month_short[l->id] = open_best(l->icu, u"yM", 2);
	return format(l, mem, icu ? icu->month_short[l->id] : NULL, at);
}

struct str lang_date_range(const struct lang *l, struct arena *mem, int64_t from, int64_t to)
{
	struct icu *icu = icu_mine();
	UErrorCode st = U_ZERO_ERROR;
	UChar u[ICU_TEXT];
	if (icu && !icu->range[l->id])
		icu->range[l->id] = udtitvfmt_open(l->icu, u"yMMMMd", 6, utc, UTC_UNITS, &st);
	if (!icu || !icu->range[l->id])
		return (struct str){ 0 };
	int32_t n = udtitvfmt_format(
		icu->range[l->id], when(from), when(to), u, ICU_TEXT, NULL, &st);
	return finish(l, mem, u, n, st);
}

struct str lang_time(const struct lang *l, struct arena *mem, int64_t at)
{
	static const char *const between[LANG_COUNT] = { [LANG_AR] = "، ",
		[LANG_ZH] = " ",
		[LANG_EN] = ", ",
		[LANG_FR] = ", ",
		[LANG_RU] = ", ",
		[LANG_ES] = ", " };
	struct str date = lang_date(l, mem, at);
	int minutes = (int)((at % 86400 + 86400) % 86400 / 60);
	if (!date.p)
		return date;
	return arena_f(mem, "%.*s%s%02d:%02d UTC", STR_ARG(date), between[l->id], minutes / 60,
		minutes % 60);
}
