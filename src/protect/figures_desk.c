#include "protect/figures_desk.h"
#include "account/audit.h"
#include "po/messages.h"
#include "protect/case_end.h"
#include "protect/case_end.sql.h"
#include "protect/figures.sql.h"
#include "protect/figures_desk.html.h"
#include "protect/routes.h"

enum { DAY = 86400, FEW = HIDE_LEAST, YEAR_MIN = 2000, YEAR_MAX = 9998 };
#define CSV "text/csv; charset=utf-8"

static int read_year(const struct visit *v, int64_t *ret)
{
	int64_t year;
	if (!str_i64(v->part[0], &year) || year < YEAR_MIN || year > YEAR_MAX)
		return err_note(ERR_MISSING, "no such year");
	*ret = year;
	return 0;
}

static int read_links(struct visit *v, bool only_released, struct figures_desk_view *p)
{
	struct figures_years_row *row = NULL;
	size_t n = 0;
	int result = figures_years(v->db, v->mem, &row, &n);
	p->link = arena_array(v->mem, n + 1, sizeof *p->link);
	if (result >= 0 && !p->link)
		result = ERR_NOMEM;
	for (size_t i = 0; result >= 0 && i < n; i++)
		if (row[i].is_released || !only_released)
			p->link[p->n_link++] = (struct figures_link){ row[i].year,
				row[i].is_released };
	return result < 0 ? result : 0;
}

/* The figures of a year, and how far they are on their way. */
static int read_one(struct visit *v, int64_t year, struct figures_desk_view *p)
{
	struct figures_offer_get_row row = { 0 };
	uint8_t mark[HASH_BYTES];
	int result = figures_read(v, year, &p->f);
	if (result == 0)
		result = figures_mark(v, &p->f, mark);
	p->is_over = figures_is_over(year, v->now);
	if (result == 0)
		result = figures_offer_get(v->db, v->mem, year, &row);
	if (result <= 0)
		return result;
	p->is_offered = true;
	p->has_changed = row.mark.n != sizeof mark || !bytes_same(row.mark.p, mark, sizeof mark);
	p->is_mine = row.offered_by == v->who.account.v;
	p->is_released = row.released_on && !p->has_changed;
	p->offered = row.offered;
	p->released = row.released.p ? row.released : STR("");
	p->offered_on = row.offered_on;
	p->released_on = row.released_on;
	return 0;
}

/* ---- for those who handle cases ---- */

static int enter(struct visit *v)
{
	if (!v->who.is_handler)
		return err_note(ERR_DENIED, "figures are for those who handle cases");
	return desk_enter(v);
}

static struct figures_desk_view desk_view(struct visit *v)
{
	struct figures_desk_view p = { .frame = visit_frame(
					       v, visit_say(v, MSG_protect_figures_title, 0)),
		.is_saved = http_query(v->req, "saved").p != NULL };
	p.frame.area = FRAME_CASES;
	return p;
}

static struct figure figure_of(const struct visit *v, const struct end_figures_row *row)
{
	const struct shelf_form *kind = told_kind(v->house, row->form);
	return (struct figure){ .year = row->year,
		.form = kind ? shelf_labels(kind, v->lang)->title.s : row->form,
		.outcome = row->outcome,
		.n = row->n >= FEW ? row->n : 0 };
}

static int list_show(struct visit *v)
{
	struct end_figures_row *row = NULL;
	size_t n = 0;
	struct figures_desk_view p = desk_view(v);
	int result = end_figures(v->db, v->mem, &row, &n);
	p.figure = arena_array(v->mem, n + 1, sizeof *p.figure);
	if (result >= 0 && !p.figure)
		result = ERR_NOMEM;
	for (; result >= 0 && p.n_figure < n; p.n_figure++)
		p.figure[p.n_figure] = figure_of(v, &row[p.n_figure]);
	if (result >= 0)
		result = read_links(v, false, &p);
	if (result < 0)
		return result;
	figures_page(&v->out, &p);
	return visit_page(v, 200);
}

static int year_show(struct visit *v)
{
	struct figures_desk_view p = desk_view(v);
	int64_t year;
	int result = read_year(v, &year);
	if (result == 0)
		result = read_one(v, year, &p);
	if (result < 0)
		return result;
	figures_year_page(&v->out, &p);
	return visit_page(v, 200);
}

static int send_file(struct visit *v, const struct figures *f)
{
	struct str csv = { 0 }, name = arena_f(v->mem, "figures-%lld.csv", (long long)f->year);
	int result = figures_csv(v, f, &csv);
	return result < 0 ? result : visit_bytes(v, CSV, csv, name.p);
}

static int year_file(struct visit *v)
{
	struct figures_desk_view p = { 0 };
	int64_t year;
	int result = read_year(v, &year);
	if (result == 0)
		result = read_one(v, year, &p);
	return result < 0 ? result : send_file(v, &p.f);
}

static int note(struct visit *v, enum audit_what what, int64_t year)
{
	int result = audit_add(v, &(struct audit_line){ .what = what, .n = year });
	return result < 0 ? result : visit_goto(v, "/cases/figures/%lld?saved", (long long)year);
}

static int offer_act(struct visit *v)
{
	struct figures_desk_view p = { 0 };
	uint8_t mark[HASH_BYTES];
	int64_t year;
	v->is_quiet = true;
	int result = read_year(v, &year);
	if (result == 0)
		result = read_one(v, year, &p);
	if (result == 0 && (!p.is_over || p.is_offered || p.f.n == 0))
		result = err_note(ERR_CONFLICT, "figures that cannot be offered");
	if (result == 0)
		result = figures_mark(v, &p.f, mark);
	if (result == 0)
		result = figures_offer(v->db, year, (struct str){ (const char *)mark, sizeof mark },
			v->who.account.v, v->now / DAY);
	return result < 0 ? result : note(v, AUDIT_FIGURES_OFFERED, year);
}

/* Another person, who saw the same. */
static int release_act(struct visit *v)
{
	struct figures_desk_view p = { 0 };
	int64_t year;
	v->is_quiet = true;
	int result = read_year(v, &year);
	if (result == 0)
		result = read_one(v, year, &p);
	if (result == 0 && p.is_offered && p.is_mine)
		result = err_note(ERR_DENIED, "one person does not release alone");
	if (result == 0 && (!p.is_offered || p.has_changed || p.released_on))
		result = err_note(ERR_CONFLICT, "figures that cannot be released");
	if (result == 0)
		result = figures_let_go(v->db, year, v->who.account.v, v->now / DAY);
	return result < 0 ? result : note(v, AUDIT_FIGURES_RELEASED, year);
}

static int drop_act(struct visit *v)
{
	struct figures_desk_view p = { 0 };
	int64_t year;
	v->is_quiet = true;
	int result = read_year(v, &year);
	if (result == 0)
		result = read_one(v, year, &p);
	if (result == 0 && (!p.is_offered || p.released_on))
		result = err_note(ERR_CONFLICT, "nothing is offered");
	if (result == 0)
		result = figures_drop(v->db, year);
	return result < 0 ? result : note(v, AUDIT_FIGURES_DROPPED, year);
}

/* ---- for everybody ---- */

static int public_list(struct visit *v)
{
	struct figures_desk_view p = { .frame = quiet_frame(v, MSG_protect_figures_public_title) };
	int result = read_links(v, true, &p);
	if (result < 0)
		return result;
	figures_public_list(&v->out, &p);
	return quiet_page(v, 200);
}

/* Only what two people released, as they saw it. */
static int read_public(struct visit *v, struct figures_desk_view *p)
{
	int64_t year;
	int result = read_year(v, &year);
	if (result == 0)
		result = read_one(v, year, p);
	if (result == 0 && !p->is_released)
		result = err_note(ERR_MISSING, "figures that are not released");
	return result;
}

static int public_show(struct visit *v)
{
	struct figures_desk_view p = { .frame = quiet_frame(v, MSG_protect_figures_public_title) };
	int result = read_public(v, &p);
	if (result < 0)
		return result;
	figures_public_page(&v->out, &p);
	return quiet_page(v, 200);
}

static int public_file(struct visit *v)
{
	struct figures_desk_view p = { 0 };
	int result = read_public(v, &p);
	return result < 0 ? result : send_file(v, &p.f);
}

const struct route figures_routes[] = {
	{ HTTP_GET, "/r/figures", ANYONE, NULL, NULL, public_list },
	{ HTTP_GET, "/r/figures/:year", ANYONE, NULL, NULL, public_show },
	{ HTTP_GET, "/r/figures/:year/file", ANYONE, NULL, NULL, public_file },
	{ HTTP_GET, "/cases/figures", SIGNED_IN, NULL, enter, list_show },
	{ HTTP_GET, "/cases/figures/:year", SIGNED_IN, NULL, enter, year_show },
	{ HTTP_GET, "/cases/figures/:year/file", SIGNED_IN, NULL, enter, year_file },
	{ HTTP_POST, "/cases/figures/:year/offer", SIGNED_IN, NULL, enter, offer_act },
	{ HTTP_POST, "/cases/figures/:year/release", SIGNED_IN, NULL, enter, release_act },
	{ HTTP_POST, "/cases/figures/:year/drop", SIGNED_IN, NULL, enter, drop_act },
	{ 0 },
};
