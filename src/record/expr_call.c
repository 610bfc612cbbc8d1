/* The functions, and the patterns of regex(), which are ICU's and have a limit of time. */
#include "base/utf8.h"
#include "record/expr_inner.h"
#include <time.h>
#include <unicode/uregex.h>
#include <unicode/ustring.h>

enum { PATTERN_STEPS = 100, PATTERN_STACK = 1 << 20, PATTERN_TEXT = 20000 };

/* ---- choices, parted by spaces ---- */

static bool is_selected(struct str list, struct str wanted)
{
	struct str one;
	while (str_cut(&list, ' ', &one))
		if (one.n && str_eq(one, wanted))
			return true;
	return false;
}

static size_t count_selected(struct str list)
{
	struct str one;
	size_t n = 0;
	while (str_cut(&list, ' ', &one))
		n += one.n > 0;
	return n;
}

/* In one of the rows, when there are several. */
static bool any_selected(struct eval *v, const struct value *list, struct str wanted)
{
	if (list->kind != VALUE_SET)
		return is_selected(value_text_of(v, list), wanted);
	for (size_t i = 0; i < list->n; i++)
		if (is_selected(spot_text(v, list->spot[i]), wanted))
			return true;
	return false;
}

/* ---- the clock ---- */

static struct str clock_text(struct eval *v, bool has_time)
{
	char z[40];
	struct tm tm;
	time_t now = (time_t)v->d->now;
	if (!gmtime_r(&now, &tm))
		return STR("");
	size_t n = has_time ? strftime(z, sizeof z, "%Y-%m-%dT%H:%M:%SZ", &tm)
			    : strftime(z, sizeof z, "%Y-%m-%d", &tm);
	return arena_copy(v->mem, (struct str){ z, n });
}

/* ---- patterns ---- */

static UChar *to_utf16(struct arena *mem, struct str s, int32_t *ret_n)
{
	UErrorCode status = U_ZERO_ERROR;
	UChar *to = s.n > PATTERN_TEXT ? NULL : arena_array(mem, s.n + 1, sizeof *to);
	if (to)
		u_strFromUTF8(to, (int32_t)s.n + 1, ret_n, s.p ? s.p : "", (int32_t)s.n, &status);
	return to && U_SUCCESS(status) ? to : NULL;
}

static int open_pattern(struct arena *mem, struct str pattern, URegularExpression **ret)
{
	int32_t n = 0;
	UErrorCode status = U_ZERO_ERROR;
	UChar *wide = to_utf16(mem, pattern, &n);
	if (!wide || !n)
		return err_note(ERR_INPUT, "a pattern is empty or too long");
	*ret = uregex_open(wide, n, 0, NULL, &status);
	return U_SUCCESS(status) ? 0 : err_note(ERR_INPUT, "a pattern of regex() is not one");
}

int pattern_ok(struct arena *mem, struct str pattern)
{
	URegularExpression *re = NULL;
	int result = open_pattern(mem, pattern, &re);
	uregex_close(re);
	return result;
}

int pattern_fits(struct arena *mem, struct str pattern, struct str s)
{
	URegularExpression *re = NULL;
	UErrorCode status = U_ZERO_ERROR;
	int32_t n = 0;
	UChar *wide = to_utf16(mem, s, &n);
	int result = wide ? open_pattern(mem, pattern, &re) : ERR_LIMIT;
	if (result < 0) {
		uregex_close(re);
		return result;
	}
	uregex_setTimeLimit(re, PATTERN_STEPS, &status);
	uregex_setStackLimit(re, PATTERN_STACK, &status);
	uregex_setText(re, wide, n, &status);
	bool fits = uregex_matches(re, -1, &status);
	uregex_close(re);
	return U_SUCCESS(status) ? fits : err_note(ERR_LIMIT, "a pattern takes too long");
}

/* ---- by name ---- */

static int call_regex(struct eval *v, const struct value *arg, struct value *ret)
{
	int fits = pattern_fits(v->mem, arg[1].text, value_text_of(v, &arg[0]));
	if (fits < 0)
		return fits;
	*ret = of_bool(fits);
	return 0;
}

static struct value text_length(struct str s)
{
	return of_number((double)utf8_count(s));
}

int eval_call(struct eval *v, const struct expr *e, const struct value *arg, struct value *ret)
{
	switch ((enum expr_fn)e->fn) {
	case FN_SELECTED:
		*ret = of_bool(any_selected(v, &arg[0], value_text_of(v, &arg[1])));
		return 0;
	case FN_COUNT_SELECTED:
		*ret = of_number((double)count_selected(value_text_of(v, &arg[0])));
		return 0;
	case FN_STRING_LENGTH: *ret = text_length(value_text_of(v, &arg[0])); return 0;
	case FN_REGEX: return call_regex(v, arg, ret);
	case FN_TODAY: *ret = of_text(clock_text(v, false)); return 0;
	case FN_NOW: *ret = of_text(clock_text(v, true)); return 0;
	case FN_NOT: *ret = of_bool(!value_true(v, &arg[0])); return 0;
	case FN_IF: *ret = value_true(v, &arg[0]) ? arg[1] : arg[2]; return 0;
	case FN_COALESCE: *ret = value_text_of(v, &arg[0]).n ? arg[0] : arg[1]; return 0;
	case FN_COUNT: *ret = of_number((double)arg[0].n); return 0;
	case FN_TRUE: *ret = of_bool(true); return 0;
	case FN_FALSE: *ret = of_bool(false); return 0;
	case FN_COMPLETE:
		*ret = of_bool(v->d->is_complete && v->d->is_complete(v->d->ctx));
		return 0;
	}
	return err_note(ERR_BUG, "a function without a number");
}
