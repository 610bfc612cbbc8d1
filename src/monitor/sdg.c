#include "monitor/sdg.h"
#include "account/parcel.h"
#include "monitor/count.h"
#include "monitor/picture.h"
#include "monitor/routes.h"
#include "monitor/sdg.html.h"
#include "po/messages.h"
#include <stdlib.h>

extern const struct str sdg_query_text;

/* The statement itself, without what our compiler reads above it. */
static struct str query(void)
{
	for (size_t i = 0; i < sdg_query_text.n; i++)
		if (str_starts(str_from(sdg_query_text, i), "\nSELECT"))
			return str_from(sdg_query_text, i + 1);
	return sdg_query_text;
}

/* ---- what can be chosen ---- */

static struct str place_name(struct visit *v, struct str place)
{
	struct str name = !place.n ? msg_text(v->lang, MSG_picture_filter_world, 0)
		: place.n == 3     ? lang_region(v->lang, v->mem, place)
				   : lang_country(v->lang, v->mem, place);
	return name.n ? name : place;
}

struct sorting {
	const struct lang *lang;
	struct sdg_option o;
};

/* The world, then regions, then countries; each by name. */
static int by_name(const void *a, const void *b)
{
	const struct sorting *x = a, *y = b;
	size_t kx = x->o.value.n ? 5 - x->o.value.n : 0, ky = y->o.value.n ? 5 - y->o.value.n : 0;
	return kx != ky ? (kx > ky) - (kx < ky) : lang_compare(x->lang, x->o.name, y->o.name);
}

static int load_places(struct visit *v, struct sdg_view *p, const struct sdg_units *u)
{
	struct str *place, asked = http_query(v->req, "place");
	int result = sdg_places(u, v->mem, &place, &p->n_place);
	struct sorting *all = result < 0 ? NULL : arena_array(v->mem, p->n_place, sizeof *all);
	p->place_option = all ? arena_array(v->mem, p->n_place, sizeof *p->place_option) : NULL;
	if (!p->place_option)
		return result < 0 ? result : ERR_NOMEM;
	for (size_t i = 0; i < p->n_place; i++) {
		bool is_on = asked.n && str_eq(asked, place[i]);
		all[i] = (struct sorting){ v->lang, { place[i], place_name(v, place[i]), is_on } };
		if (is_on)
			p->place = place[i];
	}
	qsort(all, p->n_place, sizeof *all, by_name);
	for (size_t i = 0; i < p->n_place; i++)
		p->place_option[i] = all[i].o;
	p->place_name = place_name(v, p->place);
	return 0;
}

/* ---- tables ---- */

static struct said column_name(
	struct visit *v, const struct shelf_form *f, enum sdg_by by, const char *name)
{
	static const char *const field[] = { "sex", "age", "kind", "role" };
	int i = def_field_find(f->def, str_c(field[by]));
	const struct def_choice *c = i >= 0 ? def_choice_find(&f->def->field[i], str_c(name))
					    : NULL;
	if (c)
		return labels_choice(shelf_labels(f, v->lang), f->def, c);
	int msg = *name ? MSG_sdg_column_several : MSG_sdg_column_unknown;
	return (struct said){ msg_text(v->lang, msg, 0), v->lang };
}

static int load_table(struct visit *v, struct sdg_view *p, const struct sdg_units *u,
	const struct shelf_form *f, enum sdg_by by)
{
	static const int title[] = { MSG_sdg_table_sex, MSG_sdg_table_age, MSG_sdg_table_actor,
		MSG_sdg_table_group };
	struct sdg_table *to = &p->table[by];
	const char *const *name;
	struct sdg_break *b = arena_take(v->mem, sizeof *b);
	int result = b ? 0 : ERR_NOMEM;
	to->title = title[by];
	to->n_column = sdg_columns(by, &name);
	for (size_t k = 0; k < to->n_column; k++)
		to->column[k] = column_name(v, f, by, name[k]);
	for (int act = 0; act < SDG_ACTS && result == 0; act++) {
		result = sdg_break(v->mem, u, p->year, act, by, b);
		for (size_t k = 0; k < to->n_column && result == 0; k++) {
			to->cell[act][k] = sdg_break_at(b, p->place, k);
			p->has_hidden |= to->cell[act][k].how != HIDE_SHOWN;
		}
	}
	return result;
}

static void load_years(struct visit *v, struct sdg_view *p)
{
	int64_t asked, now = count_year(v->now);
	p->year = now;
	for (int i = 0; i < SDG_YEARS; i++)
		p->years[i] = now - SDG_YEARS + 1 + i;
	if (str_i64(http_query(v->req, "year"), &asked) && asked >= p->years[0] && asked <= now)
		p->year = asked;
}

static int load(struct visit *v, struct sdg_view *p)
{
	const struct shelf_form *f = shelf_find(v->house->shelf, STR("incident"));
	const struct def_field *act = &f->def->field[def_field_find(f->def, STR("act"))];
	struct sdg_units *u = NULL;
	load_years(v, p);
	int result = sdg_units_load(v->db, v->mem, p->years[0], p->years[SDG_YEARS - 1], &u);
	if (result == 0)
		result = load_places(v, p, u);
	for (int a = 0; a < SDG_ACTS && result == 0; a++) {
		const struct def_choice *c = def_choice_find(act, str_c(sdg_acts[a]));
		p->act[a] = labels_choice(shelf_labels(f, v->lang), f->def, c);
		for (int y = 0; y < SDG_YEARS; y++)
			p->n[a][y] = sdg_count(u, p->place, p->years[y], a);
	}
	for (int by = 0; by < SDG_BYS && result == 0; by++)
		result = load_table(v, p, u, f, (enum sdg_by)by);
	return result;
}

static int sdg_show(struct visit *v)
{
	struct sdg_view *p = arena_take(v->mem, sizeof *p);
	int result = p ? load(v, p) : ERR_NOMEM;
	if (result < 0)
		return result;
	p->query = query();
	p->year_text = arena_f(v->mem, "%lld", (long long)p->year);
	v->is_public = true;
	v->fresh_until = count_year_begins(count_year(v->now) + 1);
	p->frame = visit_frame(v, visit_say(v, MSG_sdg_page_title, 0));
	p->frame.area = FRAME_DATA;
	sdg_page(&v->out, p);
	return visit_page(v, 200);
}

static int sdg_file(struct visit *v)
{
	return parcel_park(v, &sdg_parcel);
}

const struct route sdg_routes[] = {
	/* method    path                 who     input check act */
	{ HTTP_GET, "/incidents/sdg", ANYONE, NULL, NULL, sdg_show },
	{ HTTP_GET, "/incidents/sdg.csv", ANYONE, NULL, sdg_file, parcel_act },
	{ 0 },
};
