#include "i18n/inner.h"
#include <pthread.h>
#include <stdlib.h>
#include <unicode/uloc.h>

enum { COUNTRIES_MAX = 400 };
static pthread_once_t once = PTHREAD_ONCE_INIT;
static struct str countries[COUNTRIES_MAX];
static size_t n_countries;

/* Reserved for parts of countries, or for use between parties; ISO 3166 assigns none. */
static bool is_assigned(struct str code)
{
	static const char *const not [] = { "AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "TA",
		"UN", "XK" };
	for (size_t i = 0; i < sizeof not / sizeof not [0]; i++)
		if (str_is(code, not [i]))
			return false;
	return true;
}

static int by_code(const void *a, const void *b)
{
	return str_cmp(*(const struct str *)a, *(const struct str *)b);
}

static void learn(void)
{
	for (const char *const *z = uloc_getISOCountries(); *z; z++)
		if (n_countries < COUNTRIES_MAX && is_assigned(str_c(*z)))
			countries[n_countries++] = str_c(*z);
	qsort(countries, n_countries, sizeof countries[0], by_code);
}

const struct str *lang_countries(size_t *ret_n)
{
	pthread_once(&once, learn);
	*ret_n = n_countries;
	return countries;
}

static const ULocaleDisplayNames *names_in(const struct lang *l)
{
	struct icu *icu = icu_mine();
	UErrorCode st = U_ZERO_ERROR;
	UDisplayContext as[] = { UDISPCTX_NO_SUBSTITUTE };
	if (icu && !icu->names[l->id])
		icu->names[l->id] = uldn_openForContext(l->icu, as, 1, &st);
	return icu ? icu->names[l->id] : NULL;
}

/* A code as ICU takes it: a few ASCII letters or digits. */
static bool is_code(struct str s, char ret[12])
{
	if (s.n < 2 || s.n > 11)
		return false;
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		bool is_plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
			(i && ((c >= '0' && c <= '9') || c == '-'));
		if (!is_plain)
			return false;
		ret[i] = c;
	}
	ret[s.n] = '\0';
	return true;
}

/* ICU names countries and parts of the world alike. */
static struct str part_of_world(const struct lang *l, struct arena *mem, const char *code)
{
	const ULocaleDisplayNames *names = names_in(l);
	UErrorCode st = U_ZERO_ERROR;
	UChar u[ICU_TEXT];
	if (!names)
		return (struct str){ 0 };
	int32_t n = uldn_regionDisplayName(names, code, u, ICU_TEXT, &st);
	return U_SUCCESS(st) && n > 0 ? icu_text(mem, u, n) : (struct str){ 0 };
}

struct str lang_country(const struct lang *l, struct arena *mem, struct str alpha2)
{
	char code[12];
	bool is_one = alpha2.n == 2 && is_code(alpha2, code);
	return is_one ? part_of_world(l, mem, code) : (struct str){ 0 };
}

struct str lang_region(const struct lang *l, struct arena *mem, struct str code)
{
	int64_t number;
	char z[4];
	if (code.n != 3 || !str_i64(code, &number))
		return lang_country(l, mem, code);
	snprintf(z, sizeof z, "%03d", (int)number);
	return part_of_world(l, mem, z);
}

struct str lang_language(const struct lang *l, struct arena *mem, struct str code)
{
	const ULocaleDisplayNames *names = names_in(l);
	UErrorCode st = U_ZERO_ERROR;
	UChar u[ICU_TEXT];
	char id[12];
	if (!names || !is_code(code, id))
		return (struct str){ 0 };
	int32_t n = uldn_languageDisplayName(names, id, u, ICU_TEXT, &st);
	return U_SUCCESS(st) && n > 0 ? icu_text(mem, u, n) : (struct str){ 0 };
}

int lang_compare(const struct lang *l, struct str a, struct str b)
{
	struct icu *icu = icu_mine();
	UErrorCode st = U_ZERO_ERROR;
	if (icu && !icu->order[l->id])
		icu->order[l->id] = ucol_open(l->icu, &st);
	if (!icu || !icu->order[l->id] || a.n > INT32_MAX || b.n > INT32_MAX)
		return str_cmp(a, b);
	UCollationResult order = ucol_strcollUTF8(
		icu->order[l->id], a.n ? a.p : "", (int32_t)a.n, b.n ? b.p : "", (int32_t)b.n, &st);
	return U_SUCCESS(st) ? (int)order : str_cmp(a, b);
}
