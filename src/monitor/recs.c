#include "monitor/recs.h"
#include "form/value.h"
#include "i18n/country.h"
#include "monitor/recs.html.h"
#include "monitor/recs.sql.h"
#include "monitor/routes.h"
#include "po/messages.h"
#include "record/body.h"
#include "record/walk.h"
#include <stdlib.h>

enum { DAY_SECONDS = 86400, VALUES_MAX = 20000, REPORTED = 3 };

/* ---- countries and themes ---- */

static struct recs_row *row_of(struct recs_row *row, size_t *n, struct str key)
{
	if (*n && str_eq(row[*n - 1].key, key))
		return &row[*n - 1];
	row[*n] = (struct recs_row){ .key = key, .name = key };
	return &row[(*n)++];
}

static int by_number(const void *a, const void *b)
{
	const struct recs_row *x = a, *y = b;
	return x->n != y->n ? (x->n < y->n) - (x->n > y->n) : str_cmp(x->key, y->key);
}

static int load_rows(struct visit *v, const struct def *def, const char *field,
	struct recs_row **ret, size_t *ret_n)
{
	struct recs_by_row *row;
	size_t n = 0, count = 0;
	int result = recs_by(v->db, v->mem, str_c(field), VALUES_MAX, &row, &n);
	struct recs_row *to = result < 0 ? NULL : arena_array(v->mem, n + 1, sizeof *to);
	if (!to)
		return result < 0 ? result : ERR_NOMEM;
	for (size_t i = 0; i < n; i++) {
		struct recs_row *r = row_of(to, &count, row[i].val);
		int state = def_state_find(def, row[i].state);
		if (state < 0 || state >= RECS_STATES)
			continue;
		r->state[state] += row[i].n;
		r->n += row[i].n;
		r->done += state >= REPORTED ? row[i].n : 0;
	}
	qsort(to, count, sizeof *to, by_number);
	*ret = to;
	*ret_n = count < RECS_ROWS ? count : RECS_ROWS;
	return 0;
}

/* ---- one recommendation ---- */

static struct str get(const struct answers *a, const char *field, size_t row)
{
	int i = def_field_find(a->def, str_c(field));
	return i < 0 ? STR("") : answers_get(a, i, row);
}

static size_t rows_of(const struct answers *a, const char *repeat)
{
	int i = def_field_find(a->def, str_c(repeat));
	return i < 0 ? 0 : a->rows[i];
}

static int said(const struct answers *a, const struct labels *l, const char *field, size_t row,
	struct said *ret)
{
	int i = def_field_find(a->def, str_c(field));
	*ret = (struct said){ STR(""), l->lang };
	return i < 0 || !answers_get(a, i, row).n ? 0 : walk_said(a, l, i, row, l->lang, ret);
}

static int take_step(struct visit *v, const struct answers *a, const struct labels *l, size_t row,
	struct recs_one *to)
{
	struct recs_step s = { .what = get(a, "what", row),
		.office = get(a, "office", row),
		.proof = get(a, "proof", row) };
	bool is_done = str_is(get(a, "progress", row), "done");
	if (value_date(get(a, "due", row), &s.due)) {
		int64_t days = v->now / DAY_SECONDS - s.due / DAY_SECONDS;
		s.is_late = !is_done && days > 0;
		if (s.is_late && days > to->late_by)
			to->late_by = days;
	}
	int result = said(a, l, "progress", row, &s.progress);
	if (result == 0 && to->n_step < RECS_STEPS)
		to->step[to->n_step++] = s;
	return result;
}

static int take_one(struct visit *v, const struct recs_of_row *row, struct recs_one *to)
{
	const struct shelf_form *f;
	const struct lang *lang = lang_by_code(row->lang);
	struct answers a;
	int result = shelf_of(v->house->shelf, v->db, v->mem, row->form, &f);
	if (result < 0)
		return result;
	const struct labels *l = shelf_labels(f, v->lang);
	int state = def_state_find(f->def, row->state);
	answers_init(&a, f->def, v->mem, v->now);
	result = state < 0 ? err_note(ERR_BUG, "a record in no state") : body_read(row->body, &a);
	if (result < 0)
		return result;
	size_t views = rows_of(&a, "view"), last = views ? views - 1 : 0;
	*to = (struct recs_one){ .uid = row->uid,
		.ref = row->ref,
		.words = get(&a, "words", 0),
		.lang = (lang ? lang : v->lang)->tag,
		.themes = get(&a, "themes", 0),
		.view_by = views ? get(&a, "view_by", last) : STR(""),
		.view_why = views ? get(&a, "view_why", last) : STR(""),
		.state = l->state[state],
		.is_done = state >= REPORTED,
		.is_begun = state > 0,
		.is_seen_done = views && str_is(get(&a, "view_as", last), "done"),
		.is_sample = row->is_sample != 0 };
	result = said(&a, l, "position", 0, &to->position);
	if (result == 0 && views)
		result = said(&a, l, "view_as", last, &to->view);
	for (size_t i = 0; i < rows_of(&a, "action") && result == 0; i++)
		result = take_step(v, &a, l, i, to);
	return result;
}

/* Late ones first, the longest before the others. */
static int by_lateness(const void *a, const void *b)
{
	const struct recs_one *x = a, *y = b;
	return x->late_by != y->late_by ? (x->late_by < y->late_by) - (x->late_by > y->late_by)
					: str_cmp(x->ref, y->ref);
}

static int load_country(struct visit *v, struct recs_view *p)
{
	struct recs_of_row *row;
	int result = recs_of(v->db, v->mem, p->code, RECS_COUNTRY, &row, &p->n_all);
	p->one = result < 0 ? NULL : arena_array(v->mem, p->n_all + 1, sizeof *p->one);
	if (!p->one)
		return result < 0 ? result : ERR_NOMEM;
	for (size_t i = 0; i < p->n_all && result >= 0; i++) {
		result = take_one(v, &row[i], &p->one[i]);
		p->done += p->one[i].is_done;
		p->seen_done += p->one[i].is_seen_done;
		p->not_begun += !p->one[i].is_begun;
		p->late += p->one[i].late_by > 0;
		p->is_sample |= p->one[i].is_sample;
	}
	if (result < 0)
		return result;
	qsort(p->one, p->n_all, sizeof *p->one, by_lateness);
	p->n_one = p->n_all < RECS_SHOWN ? p->n_all : RECS_SHOWN;
	return 0;
}

/* ---- the page ---- */

static int load_all(struct visit *v, struct recs_view *p, const struct shelf_form *f)
{
	int result = load_rows(v, f->def, "country", &p->country, &p->n_country);
	for (size_t i = 0; i < p->n_country && result == 0; i++) {
		struct str name = lang_country(v->lang, v->mem, p->country[i].key);
		p->country[i].name = name.n ? name : p->country[i].key;
	}
	return result == 0 ? load_rows(v, f->def, "themes", &p->theme, &p->n_theme) : result;
}

static int recs_show(struct visit *v)
{
	struct recs_view p = { .code = http_query(v->req, "country") };
	const struct shelf_form *f = shelf_find(v->house->shelf, STR("recommendation"));
	const struct labels *l = shelf_labels(f, v->lang);
	if (p.code.n && !country_is(p.code))
		return err_note(ERR_MISSING, "no such country");
	for (int i = 0; i < RECS_STATES && i < (int)f->def->n_state; i++)
		p.state[i] = l->state[i];
	int result = p.code.n ? load_country(v, &p) : load_all(v, &p, f);
	if (result < 0)
		return result;
	if (p.code.n)
		p.name = lang_country(v->lang, v->mem, p.code);
	v->is_public = true;
	v->fresh_until = (v->now / DAY_SECONDS + 1) * DAY_SECONDS; /* days of delay are counted */
	p.frame = visit_frame(v, visit_say(v, MSG_recs_page_title, 0));
	p.frame.area = FRAME_DATA;
	recs_page(&v->out, &p);
	return visit_page(v, 200);
}

const struct route recs_routes[] = {
	/* method    path                who     input check act */
	{ HTTP_GET, "/recommendations", ANYONE, NULL, NULL, recs_show },
	{ 0 },
};
