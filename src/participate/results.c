#include "participate/results.h"
#include "participate/results.html.h"
#include "participate/results.sql.h"
#include "po/messages.h"
#include "render/bar.h"
#include <stdlib.h>

struct str results_say(const struct visit *v, int msg, const struct msg_arg *arg, size_t n)
{
	struct html w = { .mem = v->mem, .lang = v->lang };
	buf_init(&w.out, 64 << 10);
	html_msg_attr(&w, msg, arg, n);
	struct str said = arena_copy(v->mem, buf_view(&w.out));
	buf_done(&w.out);
	return said;
}

struct str results_letter(size_t group)
{
	static const char letters[] = "ABCDE";
	return (struct str){ letters + group, 1 };
}

struct str results_share(struct html *w, const struct tally *t, enum share which)
{
	const int64_t n[] = { t->agree, t->pass, t->disagree };
	int share[3];
	if (!tally_all(*t))
		return STR("–");
	bar_shares(n, 3, share);
	return lang_percent(w->lang, w->mem, share[which], 100);
}

/* What a bar says to those who do not see it. */
static struct str bar_words(struct html *w, const struct tally *t, struct str who)
{
	struct html say = { .mem = w->mem, .lang = w->lang };
	const struct msg_arg arg[] = { msg_arg_str("agree", results_share(w, t, SHARE_AGREE)),
		msg_arg_str("disagree", results_share(w, t, SHARE_DISAGREE)),
		msg_arg_str("pass", results_share(w, t, SHARE_PASS)), msg_arg_str("name", who) };
	buf_init(&say.out, 4096);
	html_msg_attr(&say, MSG_results_share_group, arg, 4);
	struct str said = arena_copy(w->mem, buf_view(&say.out));
	buf_done(&say.out);
	return said;
}

void results_bar(struct html *w, const struct tally *t, struct str who, bool is_big)
{
	struct bar b = { .part = { { "b-y", t->agree }, { "b-0", t->pass },
				 { "b-n", t->disagree } },
		.n_part = 3,
		.is_big = is_big };
	if (who.n)
		b.label = bar_words(w, t, who);
	bar_html(w, &b);
}

void results_wish_bar(struct html *w, const struct results_wish *wish)
{
	const struct bar b = { .part = { { wish->is_half ? "b-b" : "b-3", wish->part },
				       { "b-0", wish->rest } },
		.n_part = 2 };
	bar_html(w, &b);
}

int results_words_load(struct visit *v, const struct figures *f, const struct words **ret)
{
	struct results_words_row *r;
	size_t n;
	int result = results_words(v->db, v->mem, f->space, visit_words(v), v->lang->code, &r, &n);
	if (result < 0)
		return result;
	struct words *words = arena_array(v->mem, f->n_statement + 1, sizeof *words);
	if (!words)
		return ERR_NOMEM;
	for (size_t i = 0; i < n; i++) {
		const struct statement *s = figures_find(f, r[i].item);
		if (s)
			words[s - f->statement] = (struct words){ r[i].body,
				lang_plain(r[i].lang) };
	}
	*ret = words;
	return 0;
}

/* ---- who took part ---- */

typedef struct str namer(const struct lang *l, struct arena *mem, struct str key);

static struct str name_of(const struct visit *v, namer *name, struct str key)
{
	struct str said = key.n ? name(v->lang, v->mem, key) : (struct str){ 0 };
	if (said.n)
		return said;
	return key.n ? key : msg_text(v->lang, MSG_results_unsaid_name, 0);
}

struct sorting {
	const struct lang *lang;
	struct results_row row;
};

static int by_name(const void *a, const void *b)
{
	const struct sorting *x = a, *y = b;
	return lang_compare(x->lang, x->row.name, y->row.name);
}

static int name_hidden(struct visit *v, const struct sorting *all, struct results_table *t)
{
	struct str *name = arena_array(v->mem, t->cells->n + 1, sizeof *name);
	size_t n = 0;
	if (!name)
		return ERR_NOMEM;
	for (size_t i = 0; i < t->cells->n; i++)
		if (all[i].row.n < 0)
			name[n++] = all[i].row.name;
	t->hidden_names = lang_list(v->lang, v->mem, name, n);
	return 0;
}

/* Sorted by name; a hidden one has the number -1 while it is sorted. */
static int fill_table(struct visit *v, const struct cells *c, int64_t people, namer *name,
	struct results_table *ret)
{
	struct sorting *all = arena_array(v->mem, c->n + 1, sizeof *all);
	struct results_row *row = arena_array(v->mem, c->n + 1, sizeof *row);
	if (!all || !row)
		return ERR_NOMEM;
	for (size_t i = 0; i < c->n; i++) {
		const struct cell *cell = &c->cell[i];
		all[i] = (struct sorting){ v->lang,
			{ .name = name_of(v, name, cell->key),
				.n = cell->is_hidden ? -1 : cell->n,
				.share = lang_percent(v->lang, v->mem, cell->n, people) } };
	}
	qsort(all, c->n, sizeof *all, by_name);
	*ret = (struct results_table){ .cells = c, .row = row };
	for (size_t i = 0; i < c->n; i++)
		if (all[i].row.n >= 0)
			row[ret->n++] = all[i].row;
	ret->hidden_share = lang_percent(v->lang, v->mem, c->hidden, people);
	return name_hidden(v, all, ret);
}

static struct str say_most(struct visit *v, const struct cells *c)
{
	struct str name[3];
	size_t n = 0;
	for (size_t i = 0; i < c->n && n < 3; i++)
		if (c->cell[i].key.n && !c->cell[i].is_hidden)
			name[n++] = name_of(v, lang_country, c->cell[i].key);
	if (!n)
		return msg_text(v->lang, MSG_results_map_few, 0);
	const struct msg_arg arg = msg_arg_str("countries", lang_list(v->lang, v->mem, name, n));
	return results_say(v, MSG_results_map_desc, &arg, 1);
}

/* A hidden country is drawn with the smallest; the map calls them "fewer than". */
static int fill_map(struct visit *v, struct results_view *p)
{
	const struct cells *c = &p->f->country;
	struct map_value *value = arena_array(v->mem, c->n + 1, sizeof *value);
	if (!value)
		return ERR_NOMEM;
	p->map_picture = (struct map_picture){ .id = "pm",
		.title = msg_text(v->lang, MSG_results_map_title, 0),
		.desc = say_most(v, c),
		.value = value,
		.least = FIGURES_LEAST };
	p->map = c->is_secret ? NULL : v->house->map;
	for (size_t i = 0; i < c->n; i++)
		if (c->cell[i].key.n)
			value[p->map_picture.n++] = (struct map_value){ c->cell[i].key,
				c->cell[i].is_hidden ? 1 : c->cell[i].n };
	return 0;
}

/* ---- who is missing ---- */

static struct str crowd_name(const struct results_crowds_row *r, size_t n, int64_t crowd,
	struct str mine, struct str original)
{
	struct str name = { 0 };
	for (size_t i = 0; i < n; i++) {
		if (r[i].crowd != crowd)
			continue;
		if (str_eq(r[i].lang, mine))
			return r[i].name;
		if (!name.n || str_eq(r[i].lang, original))
			name = r[i].name;
	}
	return name;
}

static void fill_wish(
	struct visit *v, const struct wish *from, int64_t people, struct results_wish *ret)
{
	bool is_crowd = from->kind == WISH_CROWD;
	int64_t reached = is_crowd && people ? from->n * 100 / people : from->n;
	ret->part = reached < from->hoped ? reached : from->hoped;
	ret->rest = from->hoped - ret->part;
	ret->is_half = 2 * reached >= from->hoped;
	if (from->is_hidden) {
		ret->words = msg_text(v->lang, MSG_results_wish_few, 0);
		return;
	}
	struct str hoped = is_crowd ? lang_percent(v->lang, v->mem, from->hoped, 100)
				    : lang_number(v->lang, v->mem, from->hoped);
	struct str number = is_crowd ? lang_percent(v->lang, v->mem, reached, 100)
				     : lang_number(v->lang, v->mem, reached);
	const struct msg_arg arg[] = { msg_arg_str("number", number), msg_arg_str("hoped", hoped) };
	ret->words = results_say(v, MSG_results_wish_count, arg, 2);
}

static int fill_wishes(struct visit *v, struct results_view *p)
{
	struct results_crowds_row *crowd;
	size_t n_crowd;
	int result = results_crowds(v->db, v->mem, p->s.id, &crowd, &n_crowd);
	struct results_wish *wish = arena_array(v->mem, p->f->n_wish + 1, sizeof *wish);
	if (result < 0 || !wish)
		return result < 0 ? result : ERR_NOMEM;
	for (size_t i = 0; i < p->f->n_wish; i++) {
		const struct wish *from = &p->f->wish[i];
		struct results_wish *to = &wish[p->n_wish];
		if (from->hoped <= 0)
			continue;
		to->name = from->kind == WISH_CROWD
			? crowd_name(crowd, n_crowd, from->crowd, v->lang->code, p->s.lang)
			: name_of(v, from->kind == WISH_LANG ? lang_language : lang_country,
				  from->key);
		fill_wish(v, from, p->f->people, to);
		p->n_wish++;
	}
	p->wish = wish;
	return 0;
}

/* ---- groups ---- */

static void fill_scatter(struct visit *v, struct results_view *p)
{
	const struct figures *f = p->f;
	struct scatter *s = &p->scatter;
	*s = (struct scatter){ .id = "sg",
		.title = msg_text(v->lang, MSG_results_scatter_title, 0),
		.x = f->x,
		.y = f->y,
		.group = f->mark,
		.n = f->n_mark };
	for (size_t g = 0; g < f->n_group; g++) {
		const struct msg_arg arg[] = { msg_arg_str("name", results_letter(g)),
			msg_arg_i64("count", f->group[g].people) };
		s->label[g] = results_say(v, MSG_results_group_size, arg, 2);
	}
	const struct msg_arg groups = msg_arg_str(
		"groups", lang_list(v->lang, v->mem, s->label, f->n_group));
	s->desc = results_say(v, MSG_results_scatter_desc, &groups, 1);
}

static int fill(struct visit *v, struct results_view *p)
{
	const struct figures *f = p->f;
	if (url_local(arena_f(v->mem, "/c/%.*s/data", STR_ARG(p->s.slug)), &p->data) < 0 ||
		url_local(arena_f(v->mem, "/c/%.*s/results#gt", STR_ARG(p->s.slug)), &p->table) < 0)
		return err_note(ERR_BUG, "address of the data");
	int result = results_words_load(v, f, &p->words);
	if (result == 0)
		result = fill_table(v, &f->region, f->people, lang_region, &p->region);
	if (result == 0)
		result = fill_table(v, &f->country, f->people, lang_country, &p->country);
	if (result == 0)
		result = fill_table(v, &f->lang, f->people, lang_language, &p->lang);
	if (result == 0)
		result = fill_map(v, p);
	if (result == 0)
		result = fill_wishes(v, p);
	if (result < 0)
		return result;
	p->n_common = figures_common(f, RESULTS_BEST, p->common);
	p->n_apart = figures_apart(f, RESULTS_BEST, p->apart);
	p->n_row = f->n_statement < RESULTS_ROWS ? f->n_statement : RESULTS_ROWS;
	p->people = lang_number(v->lang, v->mem, f->people);
	p->countries = lang_number(v->lang, v->mem, f->countries);
	p->votes = lang_number(v->lang, v->mem, f->votes);
	p->contributions = lang_number(v->lang, v->mem, f->contributions);
	fill_scatter(v, p);
	return 0;
}

static int show(struct visit *v, struct results_view *p)
{
	int result = figures_show(p->f) ? fill(v, p) : 0;
	if (result < 0)
		return result;
	v->is_public = p->s.access == SPACE_EVERYONE && p->s.state != SPACE_DRAFT;
	p->frame = visit_frame(v, msg_text(v->lang, MSG_results_page_title, 0));
	p->frame.area = FRAME_TAKE_PART;
	p->frame.is_sample |= p->s.is_sample;
	results_page(&v->out, p);
	return visit_page(v, 200);
}

static int results_show(struct visit *v)
{
	struct results_view p = { 0 };
	int result = space_here(v, &p.s);
	if (result < 0)
		return result;
	p.f = board_hold(v->house->take_part, p.s.id);
	result = show(v, &p);
	figures_release(p.f);
	return result;
}

const struct route results_routes[] = {
	/* method  path                who     input check act */
	{ HTTP_GET, "/c/:slug/results", ANYONE, NULL, NULL, results_show },
	{ 0 },
};
