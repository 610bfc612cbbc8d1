/* Records and numbers, out of the index. */
#include "account/counts.h"
#include "record/find.h"
#include "record/find.sql.h"
#include "store/search.h"
#include <string.h>

enum {
	WITHIN_VALUES = 400,
	MERGE_RATIO = 4, /* what a look-up costs, in steps along a list */
	MERGE_PIECE = 512,
	ID_CHARS = 21,
	TALLY_TEXT = 832, /* ten values of 80 bytes and some */
};

/* The filters with the two rarest first; the ones that are not there have the number 0. */
struct order {
	struct find_filter at[FIND_FILTERS];
	int64_t n, second; /* records that have the rarest, and the next, in states they may read */
};

static void sort_in(struct order *o, size_t i, struct find_filter filter, int64_t n)
{
	o->at[i] = filter;
	if (i && n < o->second) {
		o->at[i] = o->at[1];
		o->at[1] = filter;
		o->second = n;
	}
	if (!i || n < o->n) {
		o->at[i ? 1 : 0] = o->at[0];
		o->at[0] = filter;
		o->second = i ? o->n : INT64_MAX;
		o->n = n;
	}
}

static int by_size(const struct find *f, struct order *ret)
{
	struct order o = { .n = INT64_MAX, .second = INT64_MAX };
	for (size_t i = 0; i < f->n_filter; i++) {
		struct find_size_row row = { 0 };
		int result = find_size(f->v->db, f->v->mem, f->filter[i].number, f->filter[i].val,
			f->states, &row);
		if (result < 0)
			return result;
		sort_in(&o, i, f->filter[i], row.n);
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

/* Each record that has the rarest value is looked at. */
static int by_look(
	const struct find *f, const struct order *o, struct find_row **ret, size_t *ret_n)
{
	struct find_cells_row *row;
	struct find_row *all;
	int result = find_cells(f->v->db, f->v->mem,
		(struct find_cells_in){ o->at[0].number, o->at[0].val, f->ord, f->id, f->since,
			f->states, o->at[1].number, o->at[1].val, o->at[2].number, o->at[2].val,
			o->at[3].number, o->at[3].val },
		&row, ret_n);
	if (result < 0)
		return result;
	TAKE_ALL(row, *ret_n);
	*ret = all;
	return all ? 0 : ERR_NOMEM;
}

/* Of the records in ${met}, those that have the other values as well, behind the ${n} in ${all}. */
static int take_met(const struct find *f, const struct order *o, const struct find_both_row *met,
	size_t n_met, struct find_row *all, size_t *n)
{
	struct find_these_row *row = NULL;
	size_t n_row = 0;
	auto_buf ids;
	buf_init(&ids, MERGE_PIECE * ID_CHARS + 2);
	for (size_t i = 0; i < n_met; i++)
		buf_f(&ids, "%s%lld", i ? "," : "[", (long long)met[i].id);
	buf_byte(&ids, ']');
	int result = ids.failed
		? ids.failed
		: find_these(f->v->db, f->v->mem,
			  (struct find_these_in){ buf_view(&ids), f->states, o->at[2].number,
				  o->at[2].val, o->at[3].number, o->at[3].val },
			  &row, &n_row);
	for (size_t i = 0; i < n_row && result >= 0 && *n < FIND_MOST; i++)
		all[(*n)++] = TAKE(row[i]);
	return result < 0 ? result : 0;
}

/* The two rarest are walked side by side. */
static int by_merge(
	const struct find *f, const struct order *o, struct find_row **ret, size_t *ret_n)
{
	struct find_row *all = arena_array(f->v->mem, FIND_MOST, sizeof *all);
	int64_t ord = f->ord, id = f->id, most = FIND_MOST;
	size_t n = 0, n_met = 0;
	int result = all ? 0 : ERR_NOMEM;
	bool has_more = true;
	while (result == 0 && has_more && n < FIND_MOST) {
		struct find_both_row *met = NULL;
		result = find_both(f->v->db, f->v->mem,
			(struct find_both_in){ o->at[0].number, o->at[0].val, o->at[1].number,
				o->at[1].val, ord, id, f->since, most },
			&met, &n_met);
		if (result < 0)
			return result;
		has_more = n_met == (size_t)most;
		result = n_met ? take_met(f, o, met, n_met, all, &n) : 0;
		if (n_met) {
			ord = met[n_met - 1].ord;
			id = met[n_met - 1].id;
		}
		most = MERGE_PIECE;
	}
	*ret = all;
	*ret_n = n;
	return result;
}

/* A value that nearly every record has is looked up for each that has the rare one. */
static int by_cells(const struct find *f, struct find_row **ret, size_t *ret_n)
{
	struct order o = { 0 };
	int result = by_size(f, &o);
	if (result < 0 || !o.n)
		return result;
	bool is_near = o.at[1].number && o.second / MERGE_RATIO <= o.n;
	return is_near ? by_merge(f, &o, ret, ret_n) : by_look(f, &o, ret, ret_n);
}

static int by_words(const struct find *f, struct find_row **ret, size_t *ret_n)
{
	struct find_words_row *row;
	struct find_row *all;
	struct str words;
	const struct find_filter *at = f->filter;
	int64_t before = f->id == 0 ? INT64_MAX : f->id;
	int result = search_record_query(f->v->db, f->words, f->v->mem, &words);
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
	struct find_value one = { .val = val, .n = n };
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

/* Values and their numbers in one piece, to be kept until something changes. */
struct tally {
	struct tally_one {
		int64_t n;
		struct span {
			uint16_t at, n;
		} val;
	} one[FIND_VALUES];
	char text[TALLY_TEXT];
	uint16_t n, size;
};

/* False: it does not fit. */
static bool pack(const struct find_values_row *row, size_t n, struct tally *to)
{
	for (size_t i = 0; i < n; i++) {
		if (to->size + row[i].val.n > sizeof to->text)
			return false;
		memcpy(to->text + to->size, row[i].val.p, row[i].val.n);
		to->one[to->n++] = (struct tally_one){ row[i].n,
			{ to->size, (uint16_t)row[i].val.n } };
		to->size = (uint16_t)(to->size + row[i].val.n);
	}
	return true;
}

static int unpack(const struct find *f, const struct tally *from, struct find_values_row **ret)
{
	struct find_values_row *row = arena_array(f->v->mem, FIND_VALUES, sizeof *row);
	for (size_t i = 0; row && i < from->n; i++) {
		row[i].n = from->one[i].n;
		row[i].val = arena_copy(f->v->mem,
			(struct str){ from->text + from->one[i].val.at, from->one[i].val.n });
		if (!row[i].val.p)
			return ERR_NOMEM;
	}
	*ret = row;
	return row ? 0 : ERR_NOMEM;
}

/* FNV-1a, of our own words. */
static int64_t hash_of(struct str s)
{
	uint64_t hash = UINT64_C(0xcbf29ce484222325);
	for (size_t i = 0; i < s.n; i++)
		hash = (hash ^ (unsigned char)s.p[i]) * UINT64_C(0x100000001b3);
	return (int64_t)(hash >> 1);
}

static int values(const struct find *f, int64_t number, struct find_values_row **ret, size_t *ret_n)
{
	static const char what[] = "values of a facet";
	struct tally kept = { .n = 0 };
	struct counts_key key = { what, number, hash_of(f->states) };
	if (counts_find(f->v, key, &kept, sizeof kept)) {
		*ret_n = kept.n;
		return unpack(f, &kept, ret);
	}
	int result = find_values(f->v->db, f->v->mem, number, f->states, FIND_VALUES, ret, ret_n);
	if (result >= 0 && pack(*ret, *ret_n, &kept))
		counts_keep(f->v, key, &kept, sizeof kept);
	return result < 0 ? result : 0;
}

/* Without a filter the tallies know. */
static int from_tally(const struct find *f, struct find_facet *to, int field, bool has_n)
{
	struct find_values_row *row;
	size_t n = 0;
	int64_t number = field < 0 ? f->state_number : f->number[field];
	int result = values(f, number, &row, &n);
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
		to->field[to->n] = to->at[to->n].field = i;
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
