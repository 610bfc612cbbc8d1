#include "i18n/i18n.h"

/* CLDR's rules for whole numbers, written out; the tests compare them with ICU's. A message
 * needs no object of ICU's, which each thread would have to make, to choose its form. */
static enum plural arabic(uint64_t n)
{
	if (n <= 2)
		return n == 0 ? PLURAL_ZERO : n == 1 ? PLURAL_ONE : PLURAL_TWO;
	if (n % 100 >= 3 && n % 100 <= 10)
		return PLURAL_FEW;
	return n % 100 >= 11 ? PLURAL_MANY : PLURAL_OTHER;
}

static enum plural russian(uint64_t n)
{
	if (n % 10 == 1 && n % 100 != 11)
		return PLURAL_ONE;
	if (n % 10 >= 2 && n % 10 <= 4 && (n % 100 < 12 || n % 100 > 14))
		return PLURAL_FEW;
	return PLURAL_MANY;
}

/* French and Spanish say "1 000 000 de réponses". */
static enum plural romance(uint64_t n, bool zero_is_one)
{
	if (n == 1 || (n == 0 && zero_is_one))
		return PLURAL_ONE;
	return n != 0 && n % 1000000 == 0 ? PLURAL_MANY : PLURAL_OTHER;
}

enum plural lang_plural(const struct lang *l, int64_t n)
{
	uint64_t size = n < 0 ? 0 - (uint64_t)n : (uint64_t)n;
	switch (l->id) {
	case LANG_AR: return arabic(size);
	case LANG_RU: return russian(size);
	case LANG_FR: return romance(size, true);
	case LANG_ES: return romance(size, false);
	case LANG_EN: return size == 1 ? PLURAL_ONE : PLURAL_OTHER;
	case LANG_ZH:
	case LANG_COUNT: break;
	}
	return PLURAL_OTHER;
}
