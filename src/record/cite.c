#include "record/cite.h"
#include "record/cite.sql.h"

/* The last two numbers of a reference: the year and the number in it. */
static bool read_numbers(struct str ref, int64_t *ret_year, int64_t *ret_number)
{
	struct str part, last = { 0 }, before = { 0 };
	while (str_cut(&ref, '-', &part)) {
		before = last;
		last = part;
	}
	return before.n && str_i64(before, ret_year) && str_i64(last, ret_number);
}

int cite_find(const struct record_by *by, const struct shelf *shelf, struct str form,
	struct str ref, int64_t *ret_id)
{
	const struct shelf_form *f = shelf_find(shelf, form);
	struct cite_numbered_row *row = NULL;
	int64_t year = 0, number = 0;
	size_t n = 0;
	if (!f || !read_numbers(ref, &year, &number))
		return 0;
	int result = cite_numbered(by->db, by->mem, form, year, number, &row, &n);
	for (size_t i = 0; i < n && result >= 0; i++) {
		int state = def_state_find(f->def, row[i].state);
		bool is_public = state >= 0 &&
			(def_may(f->def, 1u << DEF_PUBLIC, state) & DEF_READ);
		if (!is_public || !str_eq(row[i].ref, ref))
			continue;
		*ret_id = row[i].id;
		return 1;
	}
	return result < 0 ? result : 0;
}

static bool cites(const struct answers *a, int field, struct str ref)
{
	int repeat = a->def->field[field].repeat;
	size_t rows = repeat >= 0 ? a->rows[repeat] : 1;
	for (size_t row = 0; row < rows; row++)
		if (str_eq(answers_get(a, field, row), ref))
			return true;
	return false;
}

int cite_wrong(const struct record_by *by, const struct shelf *shelf, const struct answers *a,
	const struct answers *old, int *ret_field, size_t *ret_row)
{
	for (int i = 0; i < (int)a->def->n_field; i++) {
		const struct def_field *f = &a->def->field[i];
		size_t rows = f->repeat >= 0 ? a->rows[f->repeat] : 1;
		for (size_t row = 0; row < rows && f->refers.n; row++) {
			struct str ref = answers_get(a, i, row);
			int64_t id;
			if (!ref.n || (old && cites(old, i, ref)))
				continue;
			int found = cite_find(by, shelf, f->refers, ref, &id);
			if (found > 0)
				continue;
			*ret_field = i;
			*ret_row = row;
			return found < 0 ? found : 1;
		}
	}
	return 0;
}

int cite_put(const struct record_by *by, const struct shelf *shelf, int64_t record,
	const struct answers *a)
{
	bool has_any = false;
	int result = 0;
	for (int i = 0; i < (int)a->def->n_field && result >= 0; i++) {
		const struct def_field *f = &a->def->field[i];
		size_t rows = f->repeat >= 0 ? a->rows[f->repeat] : 1;
		if (f->refers.n && !has_any)
			result = cite_drop(by->db, record);
		has_any |= f->refers.n > 0;
		for (size_t row = 0; row < rows && f->refers.n && result >= 0; row++) {
			int64_t id = 0;
			result = cite_find(by, shelf, f->refers, answers_get(a, i, row), &id);
			if (result > 0)
				result = cite_add(by->db, record, id);
		}
	}
	return result < 0 ? result : 0;
}
