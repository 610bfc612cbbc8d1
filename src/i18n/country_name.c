#include "i18n/country_name.h"
#include "base/csv.h"
#include "i18n/inner.h"
#include <pthread.h>
#include <stdlib.h>
#include <unicode/uloc.h>
#include <unicode/ustring.h>

extern const struct str country_aliases_text;

enum { NAME_UNITS = 120, NAMES_MAX = 4000, NAMES_MEM = 1 << 20 };

struct name {
	struct str folded, code; /* code absent: two countries are called so */
};

static pthread_once_t once = PTHREAD_ONCE_INIT;
static struct arena mem;
static struct name *names;
static size_t n_names;

/* Small letters, one kind of apostrophe, single blanks; absent: no name is so long. */
static struct str fold(struct arena *to, struct str s)
{
	UErrorCode st = U_ZERO_ERROR;
	UChar raw[NAME_UNITS], folded[NAME_UNITS];
	int32_t n = 0, k = 0;
	s = str_trim(s);
	if (!s.n || s.n >= NAME_UNITS)
		return (struct str){ 0 };
	u_strFromUTF8(raw, NAME_UNITS, &n, s.p, (int32_t)s.n, &st);
	n = u_strFoldCase(folded, NAME_UNITS, raw, n, U_FOLD_CASE_DEFAULT, &st);
	if (U_FAILURE(st) || n >= NAME_UNITS)
		return (struct str){ 0 };
	for (int32_t i = 0; i < n; i++) {
		UChar c = folded[i] == 0x2019 ? '\'' : folded[i] == 0xa0 ? ' ' : folded[i];
		if (c != ' ' || (k && folded[k - 1] != ' '))
			folded[k++] = c;
	}
	return icu_text(to, folded, k);
}

static void add(struct str s, struct str code)
{
	struct str folded = fold(&mem, s);
	if (folded.p && n_names < NAMES_MAX)
		names[n_names++] = (struct name){ folded, code };
}

static const char *iso3(struct str code)
{
	char locale[8] = "_";
	memcpy(locale + 1, code.p, 2);
	return uloc_getISO3Country(locale);
}

static void add_aliases(const struct str *code, size_t n)
{
	auto_csv rows;
	csv_init(&rows, country_aliases_text, 3);
	while (csv_next(&rows) > 0)
		for (size_t i = 0; rows.n > 1 && i < n; i++)
			if (str_is(rows.field[1], iso3(code[i])))
				add(rows.field[0], code[i]);
}

static int by_name(const void *a, const void *b)
{
	return str_cmp(((const struct name *)a)->folded, ((const struct name *)b)->folded);
}

/* One of each; two codes of one name are none. */
static void settle(void)
{
	size_t n = 0;
	qsort(names, n_names, sizeof *names, by_name);
	for (size_t i = 0; i < n_names; i++) {
		if (n && str_eq(names[n - 1].folded, names[i].folded)) {
			if (!str_eq(names[n - 1].code, names[i].code))
				names[n - 1].code = (struct str){ 0 };
			continue;
		}
		names[n++] = names[i];
	}
	n_names = n;
}

static void learn(void)
{
	size_t n;
	const struct str *code = lang_countries(&n);
	arena_init(&mem, NAMES_MEM);
	names = calloc(NAMES_MAX, sizeof *names);
	if (!names)
		return;
	for (size_t i = 0; i < n; i++) {
		add(code[i], code[i]);
		add(str_c(iso3(code[i])), code[i]);
		for (enum lang_id l = 0; l < LANG_COUNT; l++)
			add(lang_country(lang_of(l), &mem, code[i]), code[i]);
	}
	add_aliases(code, n);
	settle();
}

struct str country_by_name(struct str s)
{
	auto_arena own;
	arena_init(&own, 4096);
	pthread_once(&once, learn);
	struct name key = { .folded = fold(&own, s) };
	const struct name *found = key.folded.p && n_names
		? bsearch(&key, names, n_names, sizeof *names, by_name)
		: NULL;
	return found ? found->code : (struct str){ 0 };
}
