#include "monitor/count.h"
#include "form/value.h"
#include "monitor/count.sql.h"
#include <time.h>

/* ---- months ---- */

static int64_t first_of(int64_t months)
{
	struct tm day = {
		.tm_year = (int)(months / 12 - 1900), .tm_mon = (int)(months % 12), .tm_mday = 1
	};
	return timegm(&day);
}

static int64_t months_of(int64_t at)
{
	struct tm day = { 0 };
	time_t t = (time_t)at;
	if (!gmtime_r(&t, &day))
		return 0;
	return (day.tm_year + 1900LL) * 12 + day.tm_mon;
}

int64_t count_month(int64_t at)
{
	return first_of(months_of(at));
}

int64_t count_months_on(int64_t month, int n)
{
	return first_of(months_of(month) + n);
}

int64_t count_year(int64_t at)
{
	return months_of(at) / 12;
}

int64_t count_year_begins(int64_t year)
{
	return first_of(year * 12);
}

/* ---- public incidents ---- */

struct publics {
	struct str country, acts, groups;
	int64_t month;
};

static int add_sum(
	struct db *db, const struct publics *p, struct str act, struct str grp, int64_t n)
{
	int result = count_tally_add(
		db, (struct count_tally_add_in){ act, grp, p->country, p->month, n });
	if (result >= 0 && n < 0)
		result = count_tally_sweep(db, act, grp, p->country, p->month);
	return result < 0 ? result : 0;
}

/* Once for all, once for each act, each group, and each of both. */
static int add_sums(struct db *db, const struct publics *p, int64_t n)
{
	struct str acts = p->acts, act = STR("");
	int result;
	do {
		struct str groups = p->groups, grp = STR("");
		do {
			result = add_sum(db, p, act, grp, n);
		} while (result == 0 && groups.n && str_cut(&groups, ' ', &grp));
	} while (result == 0 && acts.n && str_cut(&acts, ' ', &act));
	return result;
}

static struct str answer(const struct record *r, const char *field, size_t row)
{
	int i = def_field_find(r->form->def, str_c(field));
	return i < 0 ? STR("") : answers_get(&r->answers, i, row);
}

static int forget_public(const struct record_event *e)
{
	struct count_public_row row;
	int result = count_public(e->by->db, e->by->mem, e->r->id, &row);
	if (result <= 0)
		return result;
	const struct publics was = { row.country, row.acts, row.groups, row.month };
	result = add_sums(e->by->db, &was, -1);
	if (result == 0)
		result = count_public_drop(e->by->db, e->r->id);
	return result < 0 ? result : 0;
}

static bool is_in(const struct record *r, const char *state)
{
	return str_is(r->form->def->state[r->state].name, state);
}

static int public_changed(const struct record_event *e)
{
	struct publics now = { .country = answer(e->r, "country", 0),
		.acts = answer(e->r, "act", 0),
		.groups = answer(e->r, "role", 0) };
	int64_t day;
	int result = forget_public(e);
	if (result < 0 || !is_in(e->r, "shown") || !value_date(answer(e->r, "date_from", 0), &day))
		return result;
	now.month = count_month(day);
	result = add_sums(e->by->db, &now, 1);
	if (result == 0)
		result = count_public_add(e->by->db,
			(struct count_public_add_in){
				e->r->id, now.country, now.month, now.acts, now.groups });
	return result < 0 ? result : 0;
}

/* ---- people and acts ---- */

/* The one that was chosen, or that there are several. */
static struct str one_of(struct str chosen)
{
	return str_has(chosen, STR(" ")) ? STR("several") : chosen;
}

static struct str actor_of(const struct record *r)
{
	int repeat = def_field_find(r->form->def, STR("actor"));
	size_t rows = repeat < 0 ? 0 : r->answers.rows[repeat];
	struct str kind = STR("");
	for (size_t i = 0; i < rows; i++) {
		struct str next = answer(r, "kind", i);
		if (next.n && kind.n && !str_eq(kind, next))
			return STR("several");
		kind = next.n ? next : kind;
	}
	return kind;
}

static int add_victim(const struct record_event *e, size_t row, int64_t day)
{
	const struct record *r = e->r;
	struct str acts = answer(r, "act", 0), act;
	struct count_unit_add_in unit = { .incident = r->id,
		.victim = (int64_t)row,
		.country = answer(r, "country", 0),
		.year = count_year(day),
		.grp = one_of(answer(r, "role", row)),
		.sex = answer(r, "sex", row),
		.age = answer(r, "age", row),
		.actor = actor_of(r) };
	int result = 0;
	if (!str_i64(answer(r, "persons", row), &unit.persons) || unit.persons < 1)
		unit.persons = 1;
	while (result >= 0 && acts.n && str_cut(&acts, ' ', &act)) {
		unit.act = act;
		result = count_unit_add(e->by->db, unit);
	}
	return result < 0 ? result : 0;
}

static int incident_changed(const struct record_event *e)
{
	struct count_shown_row shown = { 0 };
	int repeat = def_field_find(e->r->form->def, STR("victim"));
	size_t rows = repeat < 0 ? 0 : e->r->answers.rows[repeat];
	int64_t day;
	int result = count_units_drop(e->by->db, e->r->id);
	if (result < 0 || !is_in(e->r, "verified") ||
		!value_date(answer(e->r, "date_from", 0), &day))
		return result < 0 ? result : 0;
	result = count_shown(e->by->db, e->by->mem, e->r->id, &shown);
	for (size_t row = 0; row < rows && result >= 0 && shown.n; row++)
		result = add_victim(e, row, day);
	return result < 0 ? result : 0;
}

/* A public incident that is taken back takes its people out of the count. */
static int origin_changed(const struct record_event *e)
{
	struct count_origin_row origin;
	struct record_by house = *e->by;
	struct record r;
	int result = count_origin(e->by->db, e->by->mem, e->r->id, &origin);
	if (result <= 0)
		return result;
	house.is_house = true;
	result = record_find(&house, e->shelf, origin.uid, &r);
	struct record_event of = *e;
	of.r = &r;
	return result < 0 ? result : incident_changed(&of);
}

/* ---- being told ---- */

static int forget_all(struct db *db)
{
	int result = count_public_clear(db);
	if (result >= 0)
		result = count_tally_clear(db);
	if (result >= 0)
		result = count_unit_clear(db);
	return result < 0 ? result : 0;
}

int count_watch(const struct record_event *e)
{
	if (!e->r)
		return forget_all(e->by->db);
	if (str_is(e->r->form->def->id, "incident"))
		return incident_changed(e);
	if (!str_is(e->r->form->def->id, "incident_public"))
		return 0;
	int result = public_changed(e);
	return result == 0 && !e->is_anew ? origin_changed(e) : result;
}
