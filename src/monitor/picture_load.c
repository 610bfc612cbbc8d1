/* The register's figures, as they are kept. */
#include "i18n/region.h"
#include "monitor/count.h"
#include "monitor/picture.h"
#include "monitor/picture.sql.h"
#include "po/messages.h"
#include <stdlib.h>

struct str picture_say(const struct visit *v, int msg, const struct msg_arg *arg, size_t n)
{
	return msg_plain(v->mem, v->lang, msg, arg, n);
}

/* ---- where ---- */

static int load_countries(struct visit *v, struct picture_view *p)
{
	const struct picture_ask *a = &p->ask;
	struct picture_countries_row *row;
	int result = picture_countries(v->db, v->mem,
		(struct picture_countries_in){ a->act, a->grp, a->where, a->since, a->before },
		&row, &p->n_country);
	if (result < 0)
		return result;
	p->by_country = arena_array(v->mem, p->n_country + 1, sizeof *p->by_country);
	if (!p->by_country)
		return ERR_NOMEM;
	for (size_t i = 0; i < p->n_country; i++) {
		struct str name = lang_country(v->lang, v->mem, row[i].country);
		p->by_country[i] = (struct picture_row){ .code = row[i].country,
			.name = name.n ? name : row[i].country,
			.n = row[i].n,
			.countries = 1 };
		p->total += row[i].n;
	}
	return 0;
}

static struct picture_row *region_row(struct visit *v, struct picture_view *p, struct str code)
{
	for (size_t i = 0; i < p->n_region; i++)
		if (str_eq(p->by_region[i].code, code))
			return &p->by_region[i];
	p->by_region[p->n_region] = (struct picture_row){ .code = code,
		.name = lang_region(v->lang, v->mem, code) };
	return &p->by_region[p->n_region++];
}

static int by_number(const void *a, const void *b)
{
	const struct picture_row *x = a, *y = b;
	return x->n != y->n ? (x->n < y->n) - (x->n > y->n) : str_cmp(x->code, y->code);
}

static int add_regions(struct visit *v, struct picture_view *p)
{
	p->by_region = arena_array(v->mem, p->n_country + 1, sizeof *p->by_region);
	if (!p->by_region)
		return ERR_NOMEM;
	for (size_t i = 0; i < p->n_country; i++) {
		struct picture_row *to = region_row(v, p, region_of(p->by_country[i].code));
		to->n += p->by_country[i].n;
		to->countries++;
	}
	qsort(p->by_region, p->n_region, sizeof *p->by_region, by_number);
	return 0;
}

static int draw_map(struct visit *v, struct picture_view *p)
{
	struct map_value *value = arena_array(v->mem, p->n_country + 1, sizeof *value);
	struct str name[3];
	size_t n = 0;
	if (!value)
		return ERR_NOMEM;
	for (size_t i = 0; i < p->n_country; i++) {
		value[i] = (struct map_value){ p->by_country[i].code, p->by_country[i].n };
		if (n < 3)
			name[n++] = p->by_country[i].name;
	}
	const struct msg_arg most = msg_arg_str("countries", lang_list(v->lang, v->mem, name, n));
	const struct msg_arg period = msg_arg_str("period", p->period);
	p->map = v->house->map;
	p->map_picture = (struct map_picture){ .id = "im",
		.title = picture_say(v, MSG_picture_map_title, &period, 1),
		.desc = n ? picture_say(v, MSG_picture_map_desc, &most, 1)
			  : picture_say(v, MSG_picture_map_nothing, NULL, 0),
		.value = value,
		.n = p->n_country };
	return 0;
}

/* ---- when ---- */

static int load_line(
	struct visit *v, const struct picture_view *p, struct str act, struct picture_line *ret)
{
	const struct picture_ask *a = &p->ask;
	struct picture_months_row *row;
	size_t n = 0;
	struct picture_line line = { .act = act };
	int result = picture_months(v->db, v->mem,
		(struct picture_months_in){ act, a->grp, a->where, a->since, a->before }, &row, &n);
	for (size_t i = 0; i < n && result >= 0; i++)
		for (size_t k = 0; k < p->n_month; k++)
			if (row[i].month == p->month[k]) {
				line.n[k] += row[i].n;
				line.sum += row[i].n;
			}
	if (result >= 0)
		*ret = line;
	return result < 0 ? result : 0;
}

static void draw_line(
	struct visit *v, const struct picture_view *p, struct picture_line *l, const char *id)
{
	int64_t most = 0;
	for (size_t i = 0; i < p->n_month; i++)
		most = l->n[i] > most ? l->n[i] : most;
	const struct msg_arg name = msg_arg_str("name", l->name.s);
	const struct msg_arg desc[] = { msg_arg_i64("from", l->n[0]),
		msg_arg_i64("to", l->n[p->n_month - 1]), msg_arg_i64("most", most) };
	l->trend = (struct trend){ .id = id,
		.title = picture_say(v, MSG_picture_trend_title, &name, 1),
		.desc = picture_say(v, MSG_picture_trend_desc, desc, 3),
		.first = lang_month_short(v->lang, v->mem, p->month[0]),
		.last = lang_month_short(v->lang, v->mem, p->month[p->n_month - 1]),
		.n = l->n,
		.count = p->n_month };
}

static int by_sum(const void *a, const void *b)
{
	const struct picture_line *x = a, *y = b;
	return x->sum != y->sum ? (x->sum < y->sum) - (x->sum > y->sum) : str_cmp(x->act, y->act);
}

/* The acts that were most, or the one that is asked for. */
static int load_lines(struct visit *v, struct picture_view *p, const struct def *def)
{
	static const char *const ids[] = { "l1", "l2", "l3", "l4" };
	const struct def_field *f = &def->field[def_field_find(def, STR("act"))];
	struct picture_line *all = arena_array(v->mem, f->n_choice + 1, sizeof *all);
	size_t n = 0;
	int result = all ? 0 : ERR_NOMEM;
	for (size_t i = 0; i < f->n_choice && result == 0; i++) {
		if (p->ask.act.n && !str_eq(p->ask.act, f->choice[i].name))
			continue;
		result = load_line(v, p, f->choice[i].name, &all[n]);
		all[n].name = labels_choice(p->labels, def, &f->choice[i]);
		n += result == 0 && all[n].sum > 0;
	}
	if (result < 0)
		return result;
	qsort(all, n, sizeof *all, by_sum);
	for (p->n_line = 0; p->n_line < n && p->n_line < PICTURE_TRENDS; p->n_line++) {
		p->line[p->n_line] = all[p->n_line];
		if (p->n_month > 1)
			draw_line(v, p, &p->line[p->n_line], ids[p->n_line]);
	}
	return load_line(v, p, p->ask.act, &p->all);
}

static void list_months(struct picture_view *p)
{
	for (int64_t at = p->ask.since; at < p->ask.end && p->n_month < PICTURE_MONTHS;
		at = count_months_on(at, 1))
		p->month[p->n_month++] = at;
}

/* The same months a year earlier. */
static int load_before(struct visit *v, struct picture_view *p)
{
	const struct picture_ask *a = &p->ask;
	struct picture_first_row first = { 0 };
	struct picture_sum_row sum = { 0 };
	int64_t since = count_months_on(a->since, -12), before = count_months_on(a->end, -12);
	p->before = -1;
	int result = picture_first(v->db, v->mem, &first);
	if (result <= 0 || first.month == 0 || first.month > since)
		return result < 0 ? result : 0;
	result = picture_sum(v->db, v->mem,
		(struct picture_sum_in){ a->act, a->grp, a->where, since, before }, &sum);
	if (result > 0 && sum.n > 0)
		p->before = sum.n;
	return result < 0 ? result : 0;
}

int64_t picture_change(const struct picture_view *p)
{
	return (p->total - p->before) * 100 / p->before;
}

int picture_load(struct visit *v, struct picture_view *p)
{
	const struct shelf_form *f = shelf_find(v->house->shelf, STR("incident_public"));
	p->labels = shelf_labels(f, v->lang);
	list_months(p);
	p->period = p->ask.year ? arena_f(v->mem, "%lld", (long long)p->ask.year)
				: picture_say(v, MSG_picture_period_rolling, NULL, 0);
	int result = load_countries(v, p);
	if (result == 0)
		result = add_regions(v, p);
	if (result == 0)
		result = draw_map(v, p);
	if (result == 0)
		result = load_lines(v, p, f->def);
	return result == 0 ? load_before(v, p) : result;
}
