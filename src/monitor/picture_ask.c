/* What the address of the register asks for. */
#include "i18n/country.h"
#include "i18n/region.h"
#include "monitor/count.h"
#include "monitor/picture.h"

static struct str chosen(struct visit *v, const struct def *def, const char *key, const char *field)
{
	struct str s = http_query(v->req, key);
	int i = def_field_find(def, str_c(field));
	bool is = s.n && i >= 0 &&
		(def->field[i].kind == DEF_COUNTRY ? country_is(s)
						   : def_choice_find(&def->field[i], s) != NULL);
	return is ? s : STR("");
}

/* A region of ours. */
static struct str chosen_region(struct visit *v)
{
	size_t n;
	const struct str *all = region_codes(&n);
	struct str s = http_query(v->req, "region");
	for (size_t i = 0; i < n; i++)
		if (str_eq(all[i], s))
			return all[i];
	return STR("");
}

static int name_countries(struct visit *v, struct str region, struct str *ret)
{
	size_t n;
	const struct str *all = lang_countries(&n);
	auto_buf to;
	buf_init(&to, 4096);
	buf_byte(&to, '|');
	for (size_t i = 0; i < n; i++)
		if (str_eq(region_of(all[i]), region))
			buf_f(&to, "%.*s|", STR_ARG(all[i]));
	*ret = to.failed ? (struct str){ 0 } : arena_copy(v->mem, buf_view(&to));
	return ret->p ? 0 : ERR_NOMEM;
}

static int choose_places(struct visit *v, struct picture_ask *a)
{
	a->region = a->country.n ? STR("") : chosen_region(v);
	a->where = a->country;
	return a->region.n ? name_countries(v, a->region, &a->where) : 0;
}

static void add(struct buf *to, const char *key, struct str value)
{
	if (!value.n)
		return;
	buf_f(to, "%s%s=", to->n ? "&" : "", key);
	url_part(to, value);
}

int picture_ask_read(struct visit *v, const struct shelf_form *form, struct picture_ask *ret)
{
	const struct def *def = form->def;
	struct picture_ask a = { .act = chosen(v, def, "f-act", "act"),
		.grp = chosen(v, def, "f-role", "role"),
		.country = chosen(v, def, "f-country", "country") };
	int64_t year, now = count_year(v->now), next = count_months_on(v->now, 1);
	auto_buf query = { 0 };
	if (str_i64(http_query(v->req, "year"), &year) && year >= 1900 && year <= now)
		a.year = year;
	a.since = a.year ? count_year_begins(a.year) : count_months_on(v->now, 1 - PICTURE_MONTHS);
	a.before = a.year ? count_year_begins(a.year + 1) : next;
	a.end = a.before < next ? a.before : next;
	if (choose_places(v, &a) < 0)
		return ERR_NOMEM;
	a.is_narrow = a.act.n || a.grp.n || a.where.n || a.year;
	buf_init(&query, 2048);
	add(&query, "f-country", a.country);
	add(&query, "region", a.region);
	add(&query, "f-act", a.act);
	add(&query, "f-role", a.grp);
	if (a.year)
		add(&query, "year", arena_f(v->mem, "%lld", (long long)a.year));
	a.query = query.failed ? (struct str){ 0 } : arena_copy(v->mem, buf_view(&query));
	*ret = a;
	return a.query.p ? 0 : ERR_NOMEM;
}
