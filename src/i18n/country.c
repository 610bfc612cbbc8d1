#include "i18n/country.h"
#include <stdatomic.h>
#include <stdlib.h>

struct list {
	struct arena mem; /* of the names */
	size_t n;
	struct country country[];
};

static _Atomic(struct list *) lists[LANG_COUNT];

/* qsort hands no context on. */
static _Thread_local const struct lang *reader;

static int by_name(const void *a, const void *b)
{
	const struct country *x = a, *y = b;
	return lang_compare(reader, x->name, y->name);
}

static struct list *make(const struct lang *l)
{
	size_t n;
	const struct str *code = lang_countries(&n);
	struct list *list = calloc(1, sizeof *list + n * sizeof list->country[0]);
	if (!list)
		return NULL;
	arena_init(&list->mem, 1 << 17);
	for (size_t i = 0; i < n; i++) {
		struct str name = lang_country(l, &list->mem, code[i]);
		if (name.p)
			list->country[list->n++] = (struct country){ code[i], name };
	}
	reader = l;
	qsort(list->country, list->n, sizeof list->country[0], by_name);
	return list;
}

const struct country *country_list(const struct lang *l, size_t *ret_n)
{
	struct list *list = atomic_load(&lists[l->id]), *other = NULL;
	if (!list) {
		list = make(l);
		/* Another loop may have been faster: its list stays. */
		if (list && !atomic_compare_exchange_strong(&lists[l->id], &other, list)) {
			arena_done(&list->mem);
			free(list);
			list = other;
		}
	}
	*ret_n = list ? list->n : 0;
	return list ? list->country : NULL;
}

bool country_is(struct str code)
{
	size_t n;
	const struct str *all = lang_countries(&n);
	for (size_t i = 0; i < n; i++)
		if (str_eq(all[i], code))
			return true;
	return false;
}
