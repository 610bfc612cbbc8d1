/* Records and numbers, out of the index. */
#include "record/find.h"
#include "record/find.sql.h"
#include "store/search.h"

enum { WITHIN_VALUES = 400 };

/* The filters with the rarest first; the ones that are not there have the number 0. */
struct order {
	struct find_filter at[FIND_FILTERS];
	int64_t n; /* records that have the rarest, in states they may read */
};

static int by_size(const struct find *f, struct order *ret)
{
	struct order o = { .n = INT64_MAX };
	for (size_t i = 0; i < f->n_filter; i++) {
		struct find_size_row row = { 0 };
		int result = find_size(f->v->db, f->v->mem, f->filter[i].number, f->filter[i].val,
			f->states, &row);
		if (result < 0)
			return result;
		o.at[i] = f->filter[i];
		if (row.n < o.n) {
			o.n = row.n;
			o.at[i] = o.at[0];
			o.at[0] = f->filter[i];
		}
	}
	*ret = o;
	return 0;
}

#define TAKE(row) \
	((struct find_row){ (row).id, (row).form, (row).ord, (row).uid, (row).ref, (row).state, \
		(row).lang, (row).body, (row).is_sample != 0 })
#define TAKE_ALL(rows, n) \
	do { \
		all = arena_array(f->v->mem, (n) + 1, sizeof *all); \
		for (size_t i = 0; all && i < (n); i++) \
			all[i] = TAKE((rows)[i]); \
	} while (0)

static int plain(const struct find *f, struct find_row **ret, size_t *ret_n)
{
	struct find_plain_row *row;
	struct find_row *all;
	int result = find_plain(f->v->db, f->v->mem,
		(struct find_plain_in){ f->form->def->id, f->ord, f->id, f->since, f->states },
		&row, ret_n);
	if (result < 0)
		return result;
	TAKE_ALL(row, *ret_n);
	*ret = all;
	return all ? 0 : ERR_NOMEM;
}

static int by_cells(const struct find *f, struct find_row **ret, size_t *ret_n)
{
	struct find_cells_row *row;
	struct find_row *all;
	struct order o;
	int result = by_size(f, &o);
	if (result == 0)
		result = find_cells(f->v->db, f->v->mem,
			(struct find_cells_in){ o.at[0].number, o.at[0].val, f->ord, f->id,
				f->since, f->states, o.at[1].number, o.at[1].val, o.at[2].number,
				o.at[2].val, o.at[3].number, o.at[3].val },
			&row, ret_n);
	if (result < 0)
		return result;
	TAKE_ALL(row, *ret_n);
	*ret = all;
	return all ? 0 : ERR_NOMEM;
}

static int by_words(const struct find *f, struct find_row **ret, size_t *ret_n)
{
	struct find_words_row *row;
	struct find_row *all;
	struct str words;
	const struct find_filter *at = f->filter;
	int64_t before = f->id == 0 ? INT64_MAX : f->id;
	int result = search_query(f->v->db, f->words, f->v->mem, &words);
	if (result >= 0)
		result = find_words(f->v->db, f->v->mem,
			(struct find_words_in){ words, before, f->form->def->id, f->since,
				f->before, f->states, at[0].number, at[0].val, at[1].number,
				at[1].val, at[2].number, at[2].val, at[3].number, at[3].val },
			&row, ret_n);
	if (result < 0)
		return result;
	TAKE_ALL(row, *ret_n);
	*ret = all;
	return all ? 0 : ERR_NOMEM;
}

int find_rows(const struct find *f, struct find_row **ret, size_t *ret_n)
{
	*ret_n = 0;
	*ret = NULL;
	if (!f->states.p)
		return 0;
	if (f->words.n)
		return by_words(f, ret, ret_n);
	return f->n_filter ? by_cells(f, ret, ret_n) : plain(f, ret, ret_n);
}

/* ---- how many ---- */

static int place_of(const struct find *f, int field, struct str val)
{
	for (size_t i = 0; i < f->n_filter; i++)
		if (f->filter[i].field == field && str_eq(f->filter[i].val, val))
			return (int)i;
	return -1;
}

static int add_value(
	const struct find *f, struct find_facet *to, int field, struct str val, int64_t n)
{
	struct find_value one = { .n = n };
	int at = place_of(f, field, val);
	if (to->n == FIND_VALUES || !find_value_name(f, field, val, &one.name))
		return 0;
	one.is_on = at >= 0;
	int result = find_address(f,
		&(struct find_step){
			.without = at, .field = field, .val = at < 0 ? val : (struct str){ 0 } },
		&one.to);
	if (result == 0)
		to->value[to->n++] = one;
	return result;
}

/* Without a filter the tallies know. */
static int from_tally(const struct find *f, struct find_facet *to, int field, bool has_n)
{
	struct find_values_row *row;
	size_t n = 0;
	int64_t number = field < 0 ? f->state_number : f->number[field];
	int result = find_values(f->v->db, f->v->mem, number, f->states, FIND_VALUES, &row, &n);
	for (size_t i = 0; i < n && result >= 0; i++)
		result = add_value(f, to, field, row[i].val, has_n ? row[i].n : -1);
	return result < 0 ? result : 0;
}

static int field_of(const struct find *f, int64_t number)
{
	if (number == f->state_number)
		return -1;
	for (int i = 0; i < (int)f->form->def->n_field; i++)
		if (f->number[i] == number)
			return i;
	return DEF_FIELDS_MAX;
}

struct facets {
	struct find_facet *at;
	int field[DEF_FIELDS_MAX + 1];
	size_t n;
};

static void list_facets(const struct find *f, struct facets *to)
{
	for (int i = -1; i < (int)f->form->def->n_field; i++) {
		if (i >= 0 && !find_may_filter(f, i))
			continue;
		if (i >= 0 ? !f->number[i] : !f->state_number)
			continue;
		to->field[to->n] = i;
		if (i >= 0)
			to->at[to->n].title = f->labels->label[i];
		to->n++;
	}
}

/* Within a filter all facets are counted in one go. */
static int from_cells(
	const struct find *f, const struct order *o, struct facets *to, int64_t *ret_total)
{
	struct find_values_within_row *row;
	size_t n = 0;
	int64_t total = 0;
	int result = find_values_within(f->v->db, f->v->mem,
		(struct find_values_within_in){ o->at[0].number, o->at[0].val, f->since, f->before,
			f->states, o->at[1].number, o->at[1].val, o->at[2].number, o->at[2].val,
			o->at[3].number, o->at[3].val, WITHIN_VALUES },
		&row, &n);
	for (size_t i = 0; i < n && result >= 0; i++) {
		int field = field_of(f, row[i].field);
		if (row[i].field == f->state_number)
			total += row[i].n;
		for (size_t k = 0; k < to->n && result >= 0; k++)
			if (to->field[k] == field)
				result = add_value(f, &to->at[k], field, row[i].val, row[i].n);
	}
	*ret_total = total;
	return result < 0 ? result : 0;
}

/* As the tallies know it: for everything, or for one filter alone; -1: they do not. */
static int64_t known_total(const struct find *f, const struct facets *all, const struct order *o)
{
	int64_t total = 0;
	bool is_one = f->n_filter == 1 && !f->words.n && !f->from_day.n && !f->to_day.n;
	if (find_is_narrow(f))
		return is_one ? o->n : -1;
	for (size_t i = 0; all->n && i < all->at[0].n; i++)
		total += all->at[0].value[i].n;
	return total;
}

int find_facets(const struct find *f, struct find_facet **ret, size_t *ret_n, int64_t *ret_total)
{
	struct facets all = { .at = arena_array(f->v->mem, DEF_FIELDS_MAX + 1, sizeof *all.at) };
	struct order o = { .n = 0 };
	if (!all.at)
		return ERR_NOMEM;
	if (f->states.p)
		list_facets(f, &all);
	int result = f->n_filter ? by_size(f, &o) : 0;
	bool is_counted = f->n_filter && o.n <= FIND_COUNT_MAX && !f->words.n;
	if (result == 0 && is_counted)
		result = from_cells(f, &o, &all, ret_total);
	for (size_t i = 0; i < all.n && result == 0 && !is_counted; i++)
		result = from_tally(f, &all.at[i], all.field[i], !find_is_narrow(f));
	if (!is_counted)
		*ret_total = known_total(f, &all, &o);
	*ret = all.at;
	*ret_n = all.n;
	return result;
}
