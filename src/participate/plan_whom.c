#include "participate/plan_whom.h"
#include "participate/organise.sql.h"
#include "participate/plan.h"
#include "participate/plan_whom.html.h"
#include "participate/plan_whom.sql.h"
#include "participate/plan_words.sql.h"
#include "po/messages.h"
#include <stdlib.h>

const char *const whom_id[TARGETS_MAX] = { "x0", "x1", "x2", "x3", "x4", "x5", "x6", "x7", "x8",
	"x9", "x10", "x11", "x12", "x13", "x14", "x15", "x16", "x17" };
const char *const whom_name[TARGETS_MAX] = { "n0", "n1", "n2", "n3", "n4", "n5", "n6", "n7", "n8",
	"n9", "n10", "n11", "n12", "n13", "n14", "n15", "n16", "n17" };
const char *const whom_hope[TARGETS_MAX] = { "h0", "h1", "h2", "h3", "h4", "h5", "h6", "h7", "h8",
	"h9", "h10", "h11", "h12", "h13", "h14", "h15", "h16", "h17" };

struct group_in {
	struct str name;
	struct opt_i64 id, hoped;
};
struct groups_in {
	struct group_in group[TARGETS_MAX];
	struct str sdg;
};

#define AT(member) .at = offsetof(struct groups_in, member)
#define NAMED(k) \
	{ "x" #k, FIELD_INT, .min = 0, .max = INT64_MAX, AT(group[k].id) }, \
	{ \
		"n" #k, FIELD_LINE, .max = NAME_MAX_CHARS, AT(group[k].name) \
	}
#define HOPED(k, most) \
	{ \
		"h" #k, FIELD_INT, .min = 1, .max = (most), AT(group[k].hoped) \
	}
#define TARGET(k) { "n" #k, FIELD_LINE, .max = 8, AT(group[k].name) }, HOPED(k, PEOPLE_MAX_HOPED)
static const struct form themes_form = {
	.name = "themes",
	.size = sizeof(struct groups_in),
	.field = { { "sdg", FIELD_LINE, .max = 400, AT(sdg) }, NAMED(0), NAMED(1), NAMED(2),
		NAMED(3), NAMED(4), NAMED(5), NAMED(6), NAMED(7), NAMED(8), NAMED(9), NAMED(10),
		NAMED(11) },
};
static const struct form crowds_form = {
	.name = "crowds",
	.size = sizeof(struct groups_in),
	.field = { NAMED(0), HOPED(0, 100), NAMED(1), HOPED(1, 100), NAMED(2), HOPED(2, 100),
		NAMED(3), HOPED(3, 100), NAMED(4), HOPED(4, 100), NAMED(5), HOPED(5, 100), NAMED(6),
		HOPED(6, 100), NAMED(7), HOPED(7, 100), NAMED(8), HOPED(8, 100), NAMED(9),
		HOPED(9, 100), NAMED(10), HOPED(10, 100), NAMED(11), HOPED(11, 100) },
};
static const struct form targets_form = {
	.name = "targets",
	.size = sizeof(struct groups_in),
	.field = { TARGET(0), TARGET(1), TARGET(2), TARGET(3), TARGET(4), TARGET(5), TARGET(6),
		TARGET(7), TARGET(8), TARGET(9), TARGET(10), TARGET(11), TARGET(12), TARGET(13),
		TARGET(14), TARGET(15), TARGET(16), TARGET(17) },
};

/* What the fields of a row are called above the form. */
#define EACH_12(row) \
	row(0), row(1), row(2), row(3), row(4), row(5), row(6), row(7), row(8), row(9), row(10), \
		row(11)
#define EACH_18(row) EACH_12(row), row(12), row(13), row(14), row(15), row(16), row(17)
#define THEME(k) \
	{ \
		"n" #k, MSG_whom_theme_name \
	}
#define CROWD(k) \
	{ "n" #k, MSG_whom_crowd_name }, \
	{ \
		"h" #k, MSG_whom_row_hoped \
	}
#define PLACE(k) \
	{ "n" #k, MSG_whom_row_place }, \
	{ \
		"h" #k, MSG_whom_row_least \
	}
static const struct fault_label theme_labels[] = { { "sdg", MSG_whom_sdg_label }, EACH_12(THEME),
	{ 0 } };
static const struct fault_label crowd_labels[] = { EACH_12(CROWD), { 0 } };
static const struct fault_label target_labels[] = { EACH_18(PLACE), { 0 } };

/* ---- reading ---- */

static int load_groups(struct visit *v, struct whom_view *p)
{
	struct whom_themes_row *theme;
	struct whom_crowds_row *crowd;
	struct whom_sdg_row *sdg;
	size_t n;
	int result = whom_themes(v->db, v->mem, p->s.id, p->s.lang, &theme, &n);
	for (size_t i = 0; result >= 0 && i < n && i < GROUPS_MAX; i++)
		p->theme[i] = (struct whom_group){ .id = theme[i].id, .name = theme[i].name };
	if (result >= 0)
		result = whom_crowds(v->db, v->mem, p->s.id, p->s.lang, &crowd, &n);
	for (size_t i = 0; result >= 0 && i < n && i < GROUPS_MAX; i++) {
		p->crowd[i] = (struct whom_group){ .id = crowd[i].id, .name = crowd[i].name };
		if (crowd[i].hoped.has)
			p->crowd[i].hoped = arena_f(v->mem, "%lld", (long long)crowd[i].hoped.v);
	}
	if (result >= 0)
		result = whom_sdg(v->db, v->mem, p->s.id, &sdg, &n);
	for (size_t i = 0; result >= 0 && i < n; i++)
		p->sdg = arena_f(v->mem, "%.*s%s%.*s", STR_ARG(p->sdg), i ? ", " : "",
			STR_ARG(sdg[i].target));
	return result < 0 ? result : 0;
}

static struct str place_name(const struct visit *v, struct str value)
{
	return lang_by_code(value) ? lang_language(v->lang, v->mem, value)
				   : lang_country(v->lang, v->mem, value);
}

static int load_targets(struct visit *v, struct whom_view *p)
{
	struct organise_targets_row *row;
	size_t n;
	int result = organise_targets(v->db, v->mem, p->s.id, &row, &n);
	for (size_t i = 0; result >= 0 && i < n && i < TARGETS_MAX; i++)
		p->target[p->n_target++] = (struct whom_target){ .value = row[i].value,
			.name = place_name(v, row[i].value),
			.least = arena_f(v->mem, "%lld", (long long)row[i].least) };
	return result < 0 ? result : 0;
}

static int by_name(const void *a, const void *b)
{
	const struct whom_place *x = a, *y = b;
	return str_cmp(x->name, y->name);
}

/* Languages first, then countries in the order of their names. */
static int load_places(struct visit *v, struct whom_view *p)
{
	size_t n;
	const struct str *country = lang_countries(&n);
	p->place = arena_array(v->mem, n + LANG_COUNT, sizeof *p->place);
	if (!p->place)
		return ERR_NOMEM;
	for (int i = 0; i < LANG_COUNT; i++) {
		struct str code = lang_of((enum lang_id)i)->code;
		p->place[p->n_place++] = (struct whom_place){ code, place_name(v, code) };
	}
	for (size_t i = 0; i < n; i++)
		p->place[p->n_place++] = (struct whom_place){ country[i],
			place_name(v, country[i]) };
	qsort(p->place + LANG_COUNT, n, sizeof *p->place, by_name);
	return 0;
}

static int begin(struct visit *v, struct whom_view *p)
{
	p->form = &v->form;
	p->now = v->now;
	int result = desk_here(v, MAY_PLAN, &p->s);
	p->lang = result == 0 ? lang_by_code(p->s.lang) : v->lang;
	if (result == 0)
		result = load_groups(v, p);
	return result < 0 ? result : load_targets(v, p);
}

/* Rows up to the last one in use, and a few to fill. */
static size_t rows_of(const struct whom_group *group)
{
	enum { MORE = 3 };
	size_t n = 0;
	for (size_t i = 0; i < GROUPS_MAX; i++)
		if (group[i].id || group[i].name.n)
			n = i + 1;
	return n + MORE < GROUPS_MAX ? n + MORE : GROUPS_MAX;
}

static int show(struct visit *v, struct whom_view *p)
{
	p->n_theme = rows_of(p->theme);
	p->n_crowd = rows_of(p->crowd);
	int result = load_places(v, p);
	if (result < 0)
		return result;
	p->frame = desk_frame(v, &p->s, MSG_desk_tab_whom);
	p->is_saved = desk_saved(v);
	whom_page(&v->out, p);
	return visit_page(v, desk_status(v));
}

const struct form_fault *whom_fault(
	const struct whom_view *p, enum whom_form form, const char *field)
{
	return p->sent == form ? form_fault_of(p->form, field) : NULL;
}

struct str whom_at(
	struct html *w, const struct whom_view *p, enum whom_form form, const char *field)
{
	return p->sent == form ? arena_f(w->mem, "f-%s", field)
			       : arena_f(w->mem, "w%d-%s", (int)form, field);
}

/* The page again, with what is wrong in one of its forms. */
static int show_faults(
	struct visit *v, struct whom_view *p, enum whom_form sent, const struct fault_label *label)
{
	p->sent = sent;
	p->label = label;
	return visit_ended(show(v, p));
}

static int whom_show(struct visit *v)
{
	struct whom_view p = { 0 };
	int result = begin(v, &p);
	return result < 0 ? result : show(v, &p);
}

static int back(struct visit *v, const struct whom_view *p)
{
	return visit_goto(v, "/desk/%.*s/whom?saved", STR_ARG(p->s.slug));
}

/* ---- what was typed ---- */

static void fill_groups(struct visit *v, struct whom_group *group)
{
	const struct groups_in *in = visit_in(v, struct groups_in);
	for (size_t i = 0; i < GROUPS_MAX; i++)
		group[i] = (struct whom_group){ in->group[i].id.v, in->group[i].name,
			form_typed(&v->form, whom_hope[i]) };
}

bool sdg_is_fine(struct str s)
{
	struct str goal;
	int64_t g, t;
	if (!str_cut(&s, '.', &goal) || !s.p || !str_i64(goal, &g) || g < 1 || g > 17)
		return false;
	return (str_i64(s, &t) && t > 0 && t < 20) || (s.n == 1 && s.p[0] >= 'a' && s.p[0] <= 'd');
}

/* The next target in "16.7, 16.a". False at the end. */
bool sdg_next(struct str *list, struct str *ret)
{
	while (str_cut(list, ',', ret)) {
		*ret = str_trim(*ret);
		if (ret->n)
			return true;
	}
	return false;
}

static bool is_kept(const struct groups_in *in, int64_t id)
{
	for (size_t i = 0; i < GROUPS_MAX; i++)
		if (in->group[i].id.v == id && in->group[i].name.n)
			return true;
	return false;
}

static bool is_ours(const struct whom_group *was, int64_t id)
{
	for (size_t i = 0; id && i < GROUPS_MAX; i++)
		if (was[i].id == id)
			return true;
	return false;
}

/* ---- themes ---- */

/* A theme that texts stand under, or a group that people have named, stays. */
static int themes_begin(struct visit *v, struct whom_view *p)
{
	const struct groups_in *in = visit_in(v, struct groups_in);
	int result = begin(v, p);
	for (size_t i = 0; result >= 0 && i < GROUPS_MAX; i++) {
		struct whom_theme_used_row used;
		if (!p->theme[i].id || is_kept(in, p->theme[i].id))
			continue;
		result = whom_theme_used(v->db, v->mem, p->theme[i].id, &used);
		if (result > 0 && used.n)
			form_fault_add(&v->form, whom_name[i], MSG_whom_fault_used, 0);
	}
	struct str list = in->sdg, one;
	while (sdg_next(&list, &one))
		if (!sdg_is_fine(one) && !form_fault_of(&v->form, "sdg"))
			form_fault_add(&v->form, "sdg", MSG_whom_fault_sdg, 0);
	return result < 0 ? result : 0;
}

static int themes_check(struct visit *v)
{
	struct whom_view p = { 0 };
	int result = themes_begin(v, &p);
	if (result < 0 || !v->form.n_fault)
		return result < 0 ? result : VISIT_GO_ON;
	fill_groups(v, p.theme);
	p.sdg = form_typed(&v->form, "sdg");
	return show_faults(v, &p, WHOM_THEMES, theme_labels);
}

static int put_theme(struct visit *v, const struct whom_view *p, const struct group_in *g, size_t i)
{
	struct whom_theme_add_row made = { is_ours(p->theme, g->id.v) ? g->id.v : 0 };
	int result = 0;
	if (!g->name.n)
		return 0;
	if (!made.id)
		result = whom_theme_add(v->db, v->mem, p->s.id, (int64_t)i + 1, &made);
	return result < 0 ? result : words_theme_put(v->db, made.id, p->s.lang, g->name);
}

static int put_sdg(struct visit *v, const struct whom_view *p)
{
	struct str list = visit_in(v, struct groups_in)->sdg, one;
	int result = whom_sdg_clear(v->db, p->s.id);
	while (result >= 0 && sdg_next(&list, &one))
		result = whom_sdg_add(v->db, p->s.id, one);
	return result;
}

static int themes_act(struct visit *v)
{
	const struct groups_in *in = visit_in(v, struct groups_in);
	struct whom_view p = { 0 };
	int result = themes_begin(v, &p);
	if (result == 0 && v->form.n_fault)
		return err_note(ERR_CONFLICT, "changed while it was looked at");
	for (size_t i = 0; i < GROUPS_MAX && result >= 0; i++) {
		if (!p.theme[i].id || is_kept(in, p.theme[i].id))
			continue;
		result = whom_theme_names_drop(v->db, p.theme[i].id);
		if (result >= 0)
			result = whom_theme_drop(v->db, p.theme[i].id, p.s.id);
	}
	for (size_t i = 0; i < GROUPS_MAX && result >= 0; i++)
		result = put_theme(v, &p, &in->group[i], i);
	if (result >= 0)
		result = put_sdg(v, &p);
	return result < 0 ? result : back(v, &p);
}

/* ---- crowds ---- */

static int crowds_begin(struct visit *v, struct whom_view *p)
{
	const struct groups_in *in = visit_in(v, struct groups_in);
	int result = begin(v, p);
	for (size_t i = 0; result >= 0 && i < GROUPS_MAX; i++) {
		struct whom_crowd_used_row used;
		if (!p->crowd[i].id || is_kept(in, p->crowd[i].id))
			continue;
		result = whom_crowd_used(v->db, v->mem, p->crowd[i].id, &used);
		if (result > 0 && used.n)
			form_fault_add(&v->form, whom_name[i], MSG_whom_fault_used, 0);
	}
	return result < 0 ? result : 0;
}

static int crowds_check(struct visit *v)
{
	struct whom_view p = { 0 };
	int result = crowds_begin(v, &p);
	if (result < 0 || !v->form.n_fault)
		return result < 0 ? result : VISIT_GO_ON;
	fill_groups(v, p.crowd);
	return show_faults(v, &p, WHOM_CROWDS, crowd_labels);
}

static int put_crowd(struct visit *v, const struct whom_view *p, const struct group_in *g, size_t i)
{
	struct whom_crowd_add_row made = { is_ours(p->crowd, g->id.v) ? g->id.v : 0 };
	int result;
	if (!g->name.n)
		return 0;
	if (made.id)
		result = whom_crowd_hope(v->db, made.id, p->s.id, g->hoped);
	else
		result = whom_crowd_add(v->db, v->mem, p->s.id, (int64_t)i + 1, g->hoped, &made);
	return result < 0 ? result : words_crowd_put(v->db, made.id, p->s.lang, g->name);
}

static int crowds_act(struct visit *v)
{
	const struct groups_in *in = visit_in(v, struct groups_in);
	struct whom_view p = { 0 };
	int result = crowds_begin(v, &p);
	if (result == 0 && v->form.n_fault)
		return err_note(ERR_CONFLICT, "changed while it was looked at");
	for (size_t i = 0; i < GROUPS_MAX && result >= 0; i++) {
		if (!p.crowd[i].id || is_kept(in, p.crowd[i].id))
			continue;
		result = whom_crowd_names_drop(v->db, p.crowd[i].id);
		if (result >= 0)
			result = whom_crowd_drop(v->db, p.crowd[i].id, p.s.id);
	}
	for (size_t i = 0; i < GROUPS_MAX && result >= 0; i++)
		result = put_crowd(v, &p, &in->group[i], i);
	return result < 0 ? result : back(v, &p);
}

/* ---- countries and languages ---- */

static bool is_place(const struct whom_view *p, struct str value)
{
	for (size_t i = 0; i < p->n_place; i++)
		if (str_eq(p->place[i].value, value))
			return true;
	return false;
}

static int targets_begin(struct visit *v, struct whom_view *p)
{
	const struct groups_in *in = visit_in(v, struct groups_in);
	int result = begin(v, p);
	if (result == 0)
		result = load_places(v, p);
	for (size_t i = 0; result == 0 && i < TARGETS_MAX; i++)
		if (in->group[i].name.n && !is_place(p, in->group[i].name))
			return err_note(ERR_INPUT, "a place that was not offered");
	return result;
}

static int targets_check(struct visit *v)
{
	const struct groups_in *in = visit_in(v, struct groups_in);
	struct whom_view p = { 0 };
	int result = targets_begin(v, &p);
	if (result < 0 || !v->form.n_fault)
		return result < 0 ? result : VISIT_GO_ON;
	p.n_place = p.n_target = 0;
	for (size_t i = 0; i < TARGETS_MAX; i++)
		if (in->group[i].name.n)
			p.target[p.n_target++] = (struct whom_target){ in->group[i].name,
				place_name(v, in->group[i].name),
				form_typed(&v->form, whom_hope[i]) };
	return show_faults(v, &p, WHOM_TARGETS, target_labels);
}

/* A row without a number is taken away. */
static int targets_act(struct visit *v)
{
	const struct groups_in *in = visit_in(v, struct groups_in);
	struct whom_view p = { 0 };
	int result = targets_begin(v, &p);
	if (result == 0)
		result = whom_target_clear(v->db, p.s.id);
	for (size_t i = 0; i < TARGETS_MAX && result >= 0; i++) {
		const struct group_in *g = &in->group[i];
		if (g->name.n && g->hoped.has)
			result = whom_target_put(
				v->db, p.s.id, lang_by_code(g->name) != NULL, g->name, g->hoped.v);
	}
	return result < 0 ? result : back(v, &p);
}

const struct route plan_whom_routes[] = {
	/* method    path                        who    input  check  act */
	{ HTTP_GET, "/desk/:slug/whom", STAFF, NULL, NULL, whom_show },
	{ HTTP_POST, "/desk/:slug/whom/themes", STAFF, &themes_form, themes_check, themes_act },
	{ HTTP_POST, "/desk/:slug/whom/crowds", STAFF, &crowds_form, crowds_check, crowds_act },
	{ HTTP_POST, "/desk/:slug/whom/targets", STAFF, &targets_form, targets_check, targets_act },
	{ 0 },
};
