#include "monitor/picture.h"
#include "i18n/region.h"
#include "monitor/count.h"
#include "monitor/picture.html.h"
#include "monitor/picture.sql.h"
#include "monitor/routes.h"
#include "po/messages.h"
#include "record/body.h"
#include "record/list.h"
#include "record/walk.h"
#include "render/bar.h"
#include <stdlib.h>
#include <time.h>

void picture_bar(struct html *w, const struct picture_row *row, int64_t total)
{
	const struct bar b = { .part = { { "b-p", row->n }, { "b-0", total - row->n } },
		.n_part = 2 };
	bar_html(w, &b);
}

/* ---- what can be chosen ---- */

static int options_of(struct visit *v, const struct picture_view *p, const struct def *def,
	const char *field, struct str on, struct picture_options *ret)
{
	const struct def_field *f = &def->field[def_field_find(def, str_c(field))];
	ret->at = arena_array(v->mem, f->n_choice + 1, sizeof *ret->at);
	if (!ret->at)
		return ERR_NOMEM;
	for (size_t i = 0; i < f->n_choice; i++)
		ret->at[ret->n++] = (struct picture_option){ f->choice[i].name,
			labels_choice(p->labels, def, &f->choice[i]).s,
			str_eq(on, f->choice[i].name) };
	return 0;
}

struct sorting {
	const struct lang *lang;
	struct picture_option o;
};

static int by_name(const void *a, const void *b)
{
	const struct sorting *x = a, *y = b;
	return lang_compare(x->lang, x->o.name, y->o.name);
}

/* Countries with anything at all. */
static int country_options(struct visit *v, struct picture_view *p)
{
	struct picture_countries_row *row;
	size_t n = 0;
	int result = picture_countries(v->db, v->mem,
		(struct picture_countries_in){ STR(""), STR(""), STR(""), INT64_MIN, INT64_MAX },
		&row, &n);
	struct sorting *all = result < 0 ? NULL : arena_array(v->mem, n + 1, sizeof *all);
	p->country.at = result < 0 ? NULL : arena_array(v->mem, n + 1, sizeof *p->country.at);
	if (!all || !p->country.at)
		return result < 0 ? result : ERR_NOMEM;
	for (size_t i = 0; i < n; i++) {
		struct str name = lang_country(v->lang, v->mem, row[i].country);
		all[i] = (struct sorting){ v->lang,
			{ row[i].country, name.n ? name : row[i].country,
				str_eq(row[i].country, p->ask.country) } };
	}
	qsort(all, n, sizeof *all, by_name);
	for (size_t i = 0; i < n; i++)
		p->country.at[p->country.n++] = all[i].o;
	return 0;
}

static int region_options(struct visit *v, struct picture_view *p)
{
	size_t n;
	const struct str *all = region_codes(&n);
	p->region.at = arena_array(v->mem, n + 1, sizeof *p->region.at);
	if (!p->region.at)
		return ERR_NOMEM;
	for (size_t i = 0; i < n; i++) {
		struct str name = lang_region(v->lang, v->mem, all[i]);
		p->region.at[p->region.n++] = (struct picture_option){ all[i],
			name.n ? name : all[i], str_eq(all[i], p->ask.region) };
	}
	return 0;
}

static int year_options(struct visit *v, struct picture_view *p)
{
	struct picture_first_row first = { 0 };
	int64_t now = count_year(v->now);
	int result = picture_first(v->db, v->mem, &first);
	p->year.at = arena_array(v->mem, PICTURE_YEARS, sizeof *p->year.at);
	if (result < 0 || !p->year.at)
		return result < 0 ? result : ERR_NOMEM;
	int64_t from = first.month ? count_year(first.month) : now;
	for (int64_t y = now; y >= from && p->year.n < PICTURE_YEARS; y--) {
		struct str text = arena_f(v->mem, "%lld", (long long)y);
		p->year.at[p->year.n++] = (struct picture_option){ text, text, y == p->ask.year };
	}
	return 0;
}

/* ---- the latest ---- */

static int take_incident(struct visit *v, const struct find_row *row, struct picture_incident *to)
{
	const struct shelf_form *f;
	const struct lang *lang = lang_by_code(row->lang);
	struct answers a;
	int result = shelf_of(v->house->shelf, v->db, v->mem, row->form, &f);
	if (result < 0)
		return result;
	answers_init(&a, f->def, v->mem, v->now);
	result = body_read(row->body, &a);
	if (result < 0)
		return result;
	lang = lang ? lang : v->lang;
	const struct labels *labels = shelf_labels(f, v->lang);
	*to = (struct picture_incident){ .uid = row->uid,
		.title = answers_get(&a, def_field_find(f->def, STR("title")), 0),
		.title_lang = lang->tag,
		.month = lang_month(v->lang, v->mem, row->ord),
		.is_sample = row->is_sample };
	to->code = answers_get(&a, def_field_find(f->def, STR("country")), 0);
	result = walk_said(
		&a, labels, def_field_find(f->def, STR("country")), 0, lang, &to->country);
	return result < 0
		? result
		: walk_said(&a, labels, def_field_find(f->def, STR("act")), 0, lang, &to->act);
}

/* Of the region that is asked for. */
static int take_incidents(
	struct visit *v, struct picture_view *p, const struct find_row *row, size_t n)
{
	int result = 0;
	for (size_t i = 0; i < n && p->n_latest < PICTURE_LATEST && result >= 0; i++) {
		struct picture_incident *to = &p->latest[p->n_latest];
		result = take_incident(v, &row[i], to);
		if (p->ask.region.n && !str_eq(region_of(to->code), p->ask.region))
			continue;
		p->is_sample |= to->is_sample;
		p->n_latest += result == 0;
	}
	return result;
}

static struct str day_text(struct visit *v, int64_t at)
{
	struct tm t = { 0 };
	time_t when = (time_t)at;
	if (!gmtime_r(&when, &t))
		return STR("");
	return arena_f(v->mem, "%04d-%02d-%02d", t.tm_year + 1900, t.tm_mon + 1, t.tm_mday);
}

static int load_latest(struct visit *v, struct picture_view *p, const struct shelf_form *f)
{
	struct find find;
	struct find_row *row;
	size_t n = 0;
	int result = find_begin(v, f, &find);
	if (result < 0)
		return result;
	find.since = p->ask.since;
	find.before = find.ord = p->ask.before;
	find.id = 0;
	find.from_day = day_text(v, p->ask.since);
	find.to_day = day_text(v, p->ask.before - 1);
	for (int page = 0; page < PICTURE_PAGES && result >= 0; page++) {
		result = find_rows(&find, &row, &n);
		if (result >= 0)
			result = take_incidents(v, p, row, n);
		if (n < FIND_MOST || p->n_latest == PICTURE_LATEST)
			break;
		find.ord = row[n - 1].ord;
		find.id = row[n - 1].id;
	}
	const struct find_step none = { .without = -1 };
	return result < 0 ? result : find_address(&find, &none, &p->list);
}

/* ---- the page ---- */

static int file_url(struct visit *v, const struct picture_ask *a, const char *path, struct url *ret)
{
	struct str s = arena_f(v->mem, "%s%s%.*s", path, a->query.n ? "?" : "", STR_ARG(a->query));
	return s.p ? url_local(s, ret) : ERR_NOMEM;
}

static int may_check(struct visit *v, bool *ret)
{
	struct record_by by = record_by(v);
	const struct shelf_form *f = shelf_find(v->house->shelf, STR("incident"));
	int role = def_role_find(f->def, STR("reviewer"));
	struct record_can can = { 0 };
	int result = by.account ? record_may(&by, f, NULL, &can) : 0;
	*ret = result == 0 && role >= 0 && (can.roles >> role & 1);
	return result;
}

/* Of the region that is asked for. */
static int load_warnings(struct visit *v, struct picture_view *p)
{
	size_t n = 0;
	int result = warn_load(v, p->ask.country, p->warn, &n);
	for (size_t i = 0; i < n && result == 0; i++)
		if (!p->ask.region.n || str_eq(region_of(p->warn[i].country), p->ask.region))
			p->warn[p->n_warn++] = p->warn[i];
	return result;
}

static int picture_show(struct visit *v)
{
	struct picture_view p = { 0 };
	const struct shelf_form *f = shelf_find(v->house->shelf, STR("incident_public"));
	int result = picture_ask_read(v, f, &p.ask);
	if (result == 0)
		result = picture_load(v, &p);
	if (result == 0)
		result = load_latest(v, &p, f);
	if (result == 0)
		result = load_warnings(v, &p);
	if (result == 0 && p.ask.country.n)
		result = value_of_country(v, p.ask.country, &p.value, &p.n_value);
	if (result == 0)
		result = country_options(v, &p);
	if (result == 0)
		result = options_of(v, &p, f->def, "act", p.ask.act, &p.act);
	if (result == 0)
		result = options_of(v, &p, f->def, "role", p.ask.grp, &p.grp);
	if (result == 0)
		result = region_options(v, &p);
	if (result == 0)
		result = year_options(v, &p);
	if (result == 0)
		result = may_check(v, &p.may_check);
	if (result == 0)
		result = file_url(v, &p.ask, "/incidents/countries.csv", &p.countries_file);
	if (result == 0)
		result = file_url(v, &p.ask, "/incidents/months.csv", &p.months_file);
	if (result < 0)
		return result;
	v->is_public = !v->who.account.v;
	v->fresh_until = count_months_on(v->now, 1);
	p.frame = visit_frame(v, visit_say(v, MSG_picture_page_title, 0));
	p.frame.area = FRAME_DATA;
	picture_page(&v->out, &p);
	return visit_page(v, 200);
}

/* ---- the same figures as files ---- */

static int file_begin(struct visit *v, struct picture_view *p, struct buf *to)
{
	const struct shelf_form *f = shelf_find(v->house->shelf, STR("incident_public"));
	int result = picture_ask_read(v, f, &p->ask);
	buf_init(to, 1 << 20);
	v->is_public = true;
	v->fresh_until = count_months_on(v->now, 1);
	return result == 0 ? picture_load(v, p) : result;
}

static int file_end(struct visit *v, struct buf *b, const char *name)
{
	struct str s = b->failed ? (struct str){ 0 } : arena_copy(v->mem, buf_view(b));
	return s.p ? visit_bytes(v, "text/csv; charset=utf-8", s, name) : ERR_NOMEM;
}

static int countries_file(struct visit *v)
{
	struct picture_view p = { 0 };
	auto_buf b;
	int result = file_begin(v, &p, &b);
	if (result < 0)
		return result;
	buf_c(&b, "country,incidents\r\n#country+code,#affected+ind+num\r\n");
	for (size_t i = 0; i < p.n_country; i++)
		buf_f(&b, "%.*s,%lld\r\n", STR_ARG(p.by_country[i].code),
			(long long)p.by_country[i].n);
	return file_end(v, &b, "incidents-by-country.csv");
}

static int months_file(struct visit *v)
{
	struct picture_view p = { 0 };
	auto_buf b;
	int result = file_begin(v, &p, &b);
	if (result < 0)
		return result;
	buf_c(&b, "month,incidents\r\n#date+occurred,#affected+ind+num\r\n");
	for (size_t i = 0; i < p.n_month; i++)
		buf_f(&b, "%.7s,%lld\r\n", arena_z(v->mem, day_text(v, p.month[i])),
			(long long)p.all.n[i]);
	return file_end(v, &b, "incidents-by-month.csv");
}

const struct route picture_routes[] = {
	/* method    path                       who     input check act */
	{ HTTP_GET, "/incidents", ANYONE, NULL, NULL, picture_show },
	{ HTTP_GET, "/incidents/countries.csv", ANYONE, NULL, NULL, countries_file },
	{ HTTP_GET, "/incidents/months.csv", ANYONE, NULL, NULL, months_file },
	{ 0 },
};
