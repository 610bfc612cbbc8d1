#include "tool/poc/poc.h"
#include <stdarg.h>

/* Checked against ICU 72 for 0 to 3,000,000; see po-conventions in docs. */
const struct tongue tongues[LANG_COUNT] = {
	[LANG_AR] = { "ar",
		"nplurals=6; plural=(n==0?0:n==1?1:n==2?2:n%100>=3&&n%100<=10?3:n%100>=11?4:5);", 6,
		{ PLURAL_ZERO, PLURAL_ONE, PLURAL_TWO, PLURAL_FEW, PLURAL_MANY, PLURAL_OTHER } },
	[LANG_ZH] = { "zh", "nplurals=1; plural=0;", 1, { PLURAL_OTHER } },
	[LANG_EN] = { "en", "nplurals=2; plural=(n!=1);", 2, { PLURAL_ONE, PLURAL_OTHER } },
	[LANG_FR] = { "fr", "nplurals=3; plural=(n==0||n==1?0:n%1000000==0?1:2);", 3,
		{ PLURAL_ONE, PLURAL_MANY, PLURAL_OTHER } },
	[LANG_RU] = { "ru",
		"nplurals=3; plural=(n%10==1&&n%100!=11?0:n%10>=2&&n%10<=4&&(n%100<12||n%100>14)"
		"?1:2);",
		3, { PLURAL_ONE, PLURAL_FEW, PLURAL_MANY } },
	[LANG_ES] = { "es", "nplurals=3; plural=(n==1?0:n!=0&&n%1000000==0?1:2);", 3,
		{ PLURAL_ONE, PLURAL_MANY, PLURAL_OTHER } },
};
const char *const plural_names[PLURAL_COUNT] = { "zero", "one", "two", "few", "many", "other" };

int tongue_by_code(struct str code)
{
	for (int i = 0; i < LANG_COUNT; i++)
		if (str_is(code, tongues[i].code))
			return i;
	return -1;
}

void report_add(struct report *r, enum level level, struct place at, const char *fmt, ...)
{
	va_list ap;
	if (level == ERROR)
		r->errors++;
	else
		r->warnings++;
	if (!r->to)
		return;
	fprintf(r->to, "%s:%d: %c %.*s%s", at.file, at.line, level == ERROR ? 'E' : 'W',
		STR_ARG(at.key), at.key.n ? ": " : "");
	va_start(ap, fmt);
	vfprintf(r->to, fmt, ap);
	va_end(ap);
	fputc('\n', r->to);
}

struct place place_of(const struct catalogue *c, const struct entry *e)
{
	return (struct place){ c->file, e ? e->line : 1, e ? e->key : (struct str){ "", 0 } };
}
