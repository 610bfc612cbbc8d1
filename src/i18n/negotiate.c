/* Accept-Language comes from outside and may be anything: each part that is no language
 * range with a weight is passed over, and nothing is kept. */
#include "i18n/i18n.h"

/* A weight in thousandths: "1", "0.8", "0.125"; -1 for anything else. */
static int weight(struct str s)
{
	int v, unit = 100;
	if (s.n == 0 || s.n > 5 || (s.p[0] != '0' && s.p[0] != '1'))
		return -1;
	v = (s.p[0] - '0') * 1000;
	if (s.n > 1 && s.p[1] != '.')
		return -1;
	for (size_t i = 2; i < s.n; i++, unit /= 10) {
		if (s.p[i] < '0' || s.p[i] > '9')
			return -1;
		v += (s.p[i] - '0') * unit;
	}
	return v <= 1000 ? v : -1;
}

/* "; q=0.8" after the range; no parameter weighs 1000, a strange one -1. */
static int weight_of(struct str rest)
{
	struct str name;
	rest = str_trim(rest);
	if (rest.n == 0)
		return 1000;
	str_cut(&rest, '=', &name);
	return str_eq_ascii(str_trim(name), STR("q")) ? weight(str_trim(rest)) : -1;
}

static bool is_range(struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
			    c == '-'))
			return false;
	}
	return s.n > 0 && s.n <= 64;
}

/* "zh-TW", "ZH-Hant" and "cmn" are all Chinese to us: we have one. */
static const struct lang *lang_by_range(struct str range)
{
	struct str primary;
	if (!is_range(range) || !str_cut(&range, '-', &primary))
		return NULL;
	for (enum lang_id l = 0; l < LANG_COUNT; l++)
		if (str_eq_ascii(primary, lang_of(l)->code))
			return lang_of(l);
	if (str_eq_ascii(primary, STR("cmn")) || str_eq_ascii(primary, STR("yue")))
		return lang_of(LANG_ZH);
	return str_eq_ascii(primary, STR("arb")) ? lang_of(LANG_AR) : NULL;
}

const struct lang *lang_negotiate(struct str accept, const struct lang *otherwise)
{
	int best[LANG_COUNT] = { -1, -1, -1, -1, -1, -1 }, star = 0, top = 0;
	const struct lang *order[LANG_COUNT] = { NULL }, *ret = otherwise;
	size_t n = 0;
	struct str part, range;
	while (str_cut(&accept, ',', &part)) {
		str_cut(&part, ';', &range);
		int q = weight_of(part);
		range = str_trim(range);
		const struct lang *l = q < 0 ? NULL : lang_by_range(range);
		if (l && best[l->id] < 0)
			order[n++] = l;
		if (l && q > best[l->id])
			best[l->id] = q;
		if (str_is(range, "*") && q > star)
			star = q;
	}
	for (size_t i = 0; i < n; i++)
		if (best[order[i]->id] > top) {
			ret = order[i];
			top = best[ret->id];
		}
	/* "*" is every language not named; of those the visitor is served the house's own. */
	return star > top && best[otherwise->id] < 0 ? otherwise : ret;
}
