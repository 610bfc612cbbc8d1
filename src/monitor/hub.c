#include "monitor/hub.h"
#include "i18n/country.h"
#include "i18n/region.h"
#include "monitor/count.h"
#include "monitor/hub.html.h"
#include "monitor/hub.sql.h"
#include "monitor/picture.sql.h"
#include "monitor/routes.h"
#include "notify/post.h"
#include "po/messages.h"
#include "record/body.h"
#include "record/list.h"
#include "record/walk.h"
#include "render/bar.h"
#include <stdlib.h>

enum { DAY_SECONDS = 86400 };

void hub_bar(struct html *w, int64_t n, int64_t most)
{
	const struct bar b = { .part = { { "b-p", n }, { "b-0", most - n } }, .n_part = 2 };
	bar_html(w, &b);
}

static struct str name_of(struct visit *v, struct str code)
{
	struct str name = code.n == 3 ? lang_region(v->lang, v->mem, code)
				      : lang_country(v->lang, v->mem, code);
	return name.n ? name : code;
}

struct str hub_tag(struct str code, const struct lang *otherwise)
{
	const struct lang *l = lang_by_code(code);
	return (l ? l : otherwise)->tag;
}

/* ---- numbers of a country ---- */

static int count_recs(struct visit *v, struct hub_country *c, struct hub_view *p)
{
	struct hub_states_row *row;
	size_t n = 0;
	int result = hub_states(v->db, v->mem, STR("recommendation"), c->code, &row, &n);
	for (size_t i = 0; i < n && result >= 0; i++) {
		c->recs += row[i].n;
		if (p && str_is(row[i].state, "assessed"))
			p->assessed += row[i].n;
	}
	return result < 0 ? result : 0;
}

static int count_incidents(struct visit *v, struct hub_country *c, struct str act, int64_t *ret)
{
	struct picture_sum_row sum = { 0 };
	int64_t year = count_year(v->now);
	int result = picture_sum(v->db, v->mem,
		(struct picture_sum_in){ act, STR(""), c->code, count_year_begins(year),
			count_year_begins(year + 1) },
		&sum);
	*ret = sum.n;
	return result < 0 ? result : 0;
}

static int load_offices(struct visit *v, struct hub_country *c, struct hub_view *p)
{
	struct hub_offices_row *row;
	size_t n = 0;
	int result = hub_offices(
		v->db, v->mem, c->code, v->lang->code, v->now / DAY_SECONDS, &row, &n);
	struct hub_link *to = result < 0 ? NULL : arena_array(v->mem, n + 1, sizeof *to);
	if (!to)
		return result < 0 ? result : ERR_NOMEM;
	for (size_t i = 0; i < n; i++) {
		to[i] = (struct hub_link){ .to = row[i].slug,
			.title = row[i].name,
			.lang = hub_tag(row[i].lang, v->lang),
			.due = row[i].due,
			.late = row[i].late };
		c->due += row[i].due;
		c->late += row[i].late;
	}
	if (p) {
		p->office = to;
		p->n_office = n;
	}
	return 0;
}

static int count_all(struct visit *v, struct hub_country *c)
{
	int result = count_incidents(v, c, STR(""), &c->incidents);
	if (result == 0)
		result = count_recs(v, c, NULL);
	return result == 0 ? load_offices(v, c, NULL) : result;
}

/* ---- what there is ---- */

static int load_spaces(struct visit *v, struct hub_view *p)
{
	struct hub_spaces_row *row;
	int result = hub_spaces(v->db, v->mem, p->code, v->lang->code, &row, &p->n_space);
	p->space = result < 0 ? NULL : arena_array(v->mem, p->n_space + 1, sizeof *p->space);
	if (!p->space)
		return result < 0 ? result : ERR_NOMEM;
	for (size_t i = 0; i < p->n_space; i++)
		p->space[i] = (struct hub_link){ .to = row[i].slug,
			.title = row[i].title,
			.lang = hub_tag(row[i].lang, v->lang),
			.is_open = row[i].state == 1 };
	return 0;
}

int hub_answers(struct visit *v, int64_t form, struct str body, struct answers *a,
	const struct labels **ret)
{
	const struct shelf_form *f;
	int result = shelf_of(v->house->shelf, v->db, v->mem, form, &f);
	if (result < 0)
		return result;
	answers_init(a, f->def, v->mem, v->now);
	*ret = shelf_labels(f, v->lang);
	return body_read(body, a);
}

static int load_focal(struct visit *v, struct hub_view *p)
{
	struct hub_focal_row *row;
	int result = hub_focal(v->db, v->mem, p->code, &row, &p->n_focal);
	p->focal = result < 0 ? NULL : arena_array(v->mem, p->n_focal + 1, sizeof *p->focal);
	if (!p->focal)
		return result < 0 ? result : ERR_NOMEM;
	for (size_t i = 0; i < p->n_focal && result >= 0; i++) {
		struct answers a;
		const struct labels *labels;
		const struct lang *lang = lang_by_code(row[i].lang);
		struct hub_link *to = &p->focal[i];
		result = hub_answers(v, row[i].form, row[i].body, &a, &labels);
		if (result < 0)
			break;
		*to = (struct hub_link){ .to = row[i].uid,
			.title = answers_get(&a, def_field_find(a.def, STR("office")), 0),
			.lang = hub_tag(row[i].lang, v->lang) };
		result = walk_said(&a, labels, def_field_find(a.def, STR("jobs")), 0,
			lang ? lang : v->lang, &to->kind);
	}
	return result < 0 ? result : 0;
}

static int load_ratings(struct visit *v, struct hub_view *p)
{
	struct hub_ratings_row *row;
	int result = hub_ratings(v->db, v->mem, p->code, &row, &p->n_rating);
	p->rating = result < 0 ? NULL : arena_array(v->mem, p->n_rating + 1, sizeof *p->rating);
	if (!p->rating)
		return result < 0 ? result : ERR_NOMEM;
	for (size_t i = 0; i < p->n_rating && result >= 0; i++) {
		struct answers a;
		const struct labels *labels;
		result = hub_answers(v, row[i].form, row[i].body, &a, &labels);
		if (result < 0)
			break;
		p->rating[i] = (struct hub_link){ .to = row[i].uid,
			.at = row[i].ord,
			.due = (int64_t)a.rows[def_field_find(a.def, STR("assessor"))] };
		result = walk_said(&a, labels, def_field_find(a.def, STR("level")), 0, v->lang,
			&p->rating[i].kind);
	}
	return result < 0 ? result : 0;
}

int hub_news_load(struct visit *v, struct hub_view *p, size_t most)
{
	struct hub_news_row *row;
	size_t n = 0;
	int result = hub_news(v->db, v->mem, p->code, &row, &n);
	p->news = result < 0 ? NULL : arena_array(v->mem, n + 1, sizeof *p->news);
	if (!p->news)
		return result < 0 ? result : ERR_NOMEM;
	for (size_t i = 0; i < n && i < most && result >= 0; i++) {
		struct answers a;
		const struct labels *labels;
		struct hub_link *to = &p->news[p->n_news];
		result = hub_answers(v, row[i].form, row[i].body, &a, &labels);
		if (result < 0)
			break;
		*to = (struct hub_link){ .to = row[i].uid,
			.title = answers_get(&a, def_field_find(a.def, STR("title")), 0),
			.lang = hub_tag(row[i].lang, v->lang),
			.at = row[i].at,
			.is_sample = row[i].is_sample != 0 };
		p->is_sample |= to->is_sample;
		p->n_news++;
	}
	return result < 0 ? result : 0;
}

static int by_number(const void *a, const void *b)
{
	const struct hub_act *x = a, *y = b;
	return x->n != y->n ? (x->n < y->n) - (x->n > y->n) : str_cmp(x->name.s, y->name.s);
}

static int load_acts(struct visit *v, struct hub_view *p)
{
	const struct shelf_form *f = shelf_find(v->house->shelf, STR("incident_public"));
	const struct def_field *act = &f->def->field[def_field_find(f->def, STR("act"))];
	struct hub_act *all = arena_array(v->mem, act->n_choice + 1, sizeof *all);
	size_t n = 0;
	int result = all ? 0 : ERR_NOMEM;
	for (size_t i = 0; i < act->n_choice && result == 0; i++) {
		all[n].name = labels_choice(shelf_labels(f, v->lang), f->def, &act->choice[i]);
		result = count_incidents(v, &p->sum, act->choice[i].name, &all[n].n);
		n += result == 0 && all[n].n > 0;
	}
	if (result < 0)
		return result;
	qsort(all, n, sizeof *all, by_number);
	for (p->n_act = 0; p->n_act < n && p->n_act < HUB_ACTS; p->n_act++)
		p->act[p->n_act] = all[p->n_act];
	p->most = n ? all[0].n : 0;
	return 0;
}

/* ---- pages ---- */

struct sorting {
	const struct lang *lang;
	struct hub_country c;
};
static int by_name(const void *a, const void *b)
{
	const struct sorting *x = a, *y = b;
	return lang_compare(x->lang, x->c.name, y->c.name);
}

/* Those with anything, of ${region} ("" for all), by name. */
static int load_countries(
	struct visit *v, struct str region, struct hub_country **ret, size_t *ret_n)
{
	struct hub_countries_row *row;
	size_t n = 0, count = 0;
	int result = hub_countries(v->db, v->mem, &row, &n);
	struct sorting *all = result < 0 ? NULL : arena_array(v->mem, n + 1, sizeof *all);
	struct hub_country *to = result < 0 ? NULL : arena_array(v->mem, n + 1, sizeof *to);
	if (!all || !to)
		return result < 0 ? result : ERR_NOMEM;
	for (size_t i = 0; i < n && result >= 0; i++) {
		if (!country_is(row[i].country) ||
			(region.n && !str_eq(region_of(row[i].country), region)))
			continue;
		struct hub_country c = { .code = row[i].country,
			.name = name_of(v, row[i].country) };
		result = count_all(v, &c);
		all[count++] = (struct sorting){ v->lang, c };
	}
	if (result < 0)
		return result;
	qsort(all, count, sizeof *all, by_name);
	for (size_t i = 0; i < count; i++)
		to[i] = all[i].c;
	*ret = to;
	*ret_n = count;
	return 0;
}

static bool is_region(struct str code)
{
	size_t n;
	const struct str *all = region_codes(&n);
	for (size_t i = 0; i < n; i++)
		if (str_eq(all[i], code))
			return true;
	return false;
}

static int load_region(struct visit *v, struct hub_view *p)
{
	int result = load_countries(v, p->code, &p->country, &p->n_country);
	for (size_t i = 0; i < p->n_country && result == 0; i++) {
		p->sum.incidents += p->country[i].incidents;
		p->sum.recs += p->country[i].recs;
		p->sum.due += p->country[i].due;
		p->sum.late += p->country[i].late;
	}
	return result;
}

static int load_country(struct visit *v, struct hub_view *p)
{
	int result = count_incidents(v, &p->sum, STR(""), &p->sum.incidents);
	if (result == 0)
		result = count_recs(v, &p->sum, p);
	if (result == 0)
		result = load_offices(v, &p->sum, p);
	if (result == 0)
		result = load_acts(v, p);
	if (result == 0)
		result = load_spaces(v, p);
	if (result == 0)
		result = load_focal(v, p);
	if (result == 0)
		result = load_ratings(v, p);
	if (result == 0)
		result = value_of_country(v, p->code, &p->value, &p->n_value);
	if (result == 0)
		result = warn_load(v, p->code, p->warn, &p->n_warn);
	return result == 0 ? hub_news_load(v, p, HUB_NEWS) : result;
}

int hub_here(struct visit *v, struct hub_view *p)
{
	p->code = v->part[0];
	p->is_region = is_region(p->code);
	if (!p->is_region && !country_is(p->code))
		return err_note(ERR_MISSING, "no such country or region");
	p->name = name_of(v, p->code);
	p->sum = (struct hub_country){ .code = p->code, .name = p->name };
	p->year = count_year(v->now);
	p->year_text = arena_f(v->mem, "%lld", (long long)p->year);
	p->has_mail = post_can(v->house);
	return 0;
}

static struct url feed_url(struct visit *v, const struct hub_view *p)
{
	struct url u = { 0 };
	struct str s = arena_f(v->mem, "/country/%.*s/feed", STR_ARG(p->code));
	return s.p && url_local(s, &u) == 0 ? u : (struct url){ 0 };
}

static int hub_show(struct visit *v)
{
	struct hub_view p = { 0 };
	int result = hub_here(v, &p);
	if (result == 0)
		result = p.is_region ? load_region(v, &p) : load_country(v, &p);
	if (result < 0)
		return result;
	v->is_public = true;
	v->fresh_until = (v->now / DAY_SECONDS + 1) * DAY_SECONDS;
	p.frame = visit_frame(v, p.name);
	p.frame.area = FRAME_DATA;
	if (!p.is_region)
		p.frame.feed = feed_url(v, &p);
	hub_page(&v->out, &p);
	return visit_page(v, 200);
}

static int hubs_show(struct visit *v)
{
	struct hubs_view p = { 0 };
	size_t n, all_n = 0;
	struct hub_country *all;
	const struct str *code = region_codes(&n);
	int result = load_countries(v, STR(""), &all, &all_n);
	p.group = result < 0 ? NULL : arena_array(v->mem, n, sizeof *p.group);
	if (!p.group)
		return result < 0 ? result : ERR_NOMEM;
	for (size_t i = 0; i < n; i++) {
		struct hubs_group *g = &p.group[p.n];
		g->code = code[i];
		g->name = name_of(v, code[i]);
		g->country = arena_array(v->mem, all_n + 1, sizeof *g->country);
		if (!g->country)
			return ERR_NOMEM;
		for (size_t k = 0; k < all_n; k++)
			if (str_eq(region_of(all[k].code), code[i]))
				g->country[g->n++] = all[k];
		p.n += g->n > 0;
	}
	v->is_public = true;
	v->fresh_until = (v->now / DAY_SECONDS + 1) * DAY_SECONDS;
	p.frame = visit_frame(v, visit_say(v, MSG_hub_list_title, 0));
	p.frame.area = FRAME_DATA;
	hubs_page(&v->out, &p);
	return visit_page(v, 200);
}

const struct route hub_routes[] = {
	/* method    path                   who     input check act */
	{ HTTP_GET, "/countries", ANYONE, NULL, NULL, hubs_show },
	{ HTTP_GET, "/country/:code", ANYONE, NULL, NULL, hub_show },
	{ 0 },
};
