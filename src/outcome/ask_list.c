#include "outcome/ask_list.h"
#include "account/counts.h"
#include "base/utf8.h"
#include "outcome/ask.sql.h"
#include "outcome/ask_list.html.h"
#include "outcome/ask_list.sql.h"
#include "outcome/embed.h"
#include "outcome/feed.h"
#include "outcome/kept.h"
#include "participate/board.h"
#include "participate/results.h"
#include "po/messages.h"
#include "render/bar.h"

enum { ANSWER_HEAD = 240, PAGES_MAX = 100000, ALL_STATES = (1 << ASK_STATES) - 1 };

static const char *const stand_values[STANDS] = { "none", "planned", "begun", "done", "declined" };

const char *ask_stand_value(enum ask_stand stand)
{
	return stand_values[stand];
}

void ask_bar(struct html *w, const int64_t n[STANDS])
{
	const struct bar b = { .part = { { "b-b", n[STAND_DONE] }, { "b-t", n[STAND_BEGUN] },
				       { "b-m", n[STAND_PLANNED] }, { "b-n", n[STAND_NONE] },
				       { "b-0", n[STAND_DECLINED] } },
		.n_part = 5,
		.is_big = true };
	bar_html(w, &b);
}

int ask_votes(struct visit *v, const struct figures *f, int64_t ask, const struct statement **ret)
{
	struct ask_statements_row *row;
	size_t n;
	const struct statement *best = NULL;
	int result = figures_show(f) ? ask_statements(v->db, v->mem, ask, &row, &n) : 0;
	if (result <= 0) {
		*ret = NULL;
		return result;
	}
	for (size_t i = 0; i < n; i++) {
		const struct statement *s = figures_find(f, row[i].item);
		if (s && tally_all(s->all) >= FIGURES_LEAST &&
			(!best || tally_all(s->all) > tally_all(best->all)))
			best = s;
	}
	*ret = best;
	return 0;
}

static int load_answer(struct visit *v, struct ask_card *c)
{
	struct ask_list_answer_row a;
	struct ask_words_row words;
	struct org_words_row by;
	int found = ask_list_answer(v->db, v->mem, c->a.id, &a);
	if (found > 0)
		found = ask_words(
			v->db, v->mem, a.id, visit_words(v), v->lang->code, a.lang, &words);
	if (found > 0)
		found = org_words(v->db, v->mem, a.org, v->lang->code, a.org_lang, &by);
	if (found <= 0)
		return found;
	c->answer = utf8_head(words.body, ANSWER_HEAD);
	c->answer_lang = lang_plain(words.lang);
	c->answer_by = by.name;
	c->answer_at = a.at;
	return 0;
}

int ask_card_load(struct visit *v, const struct figures *f, int64_t id, struct ask_card *c)
{
	const struct statement *s = NULL;
	int result = ask_load(v, id, &c->a);
	if (result == 0)
		result = ask_weigh_short(v, id, &c->weight);
	if (result == 0)
		result = load_answer(v, c);
	if (result == 0 && c->weight.statements)
		result = ask_votes(v, f, id, &s);
	if (result == 0 && s) {
		struct html w = { .mem = v->mem, .lang = v->lang };
		c->agree = results_share(&w, &s->all, SHARE_AGREE);
		c->do_all_agree = s->is_common;
	}
	return result;
}

static int load_choices(struct visit *v, struct ask_list_view *p)
{
	struct ask_list_sections_row *section;
	struct ask_list_orgs_row *org;
	int result = ask_list_sections(
		v->db, v->mem, p->s.id, visit_words(v), v->lang->code, &section, &p->n_section);
	if (result >= 0)
		result = ask_list_orgs(v->db, v->mem, p->s.id, v->lang->code, &org, &p->n_org);
	if (result < 0)
		return result;
	struct ask_section *s = arena_array(v->mem, p->n_section + 1, sizeof *s);
	struct ask_org *o = arena_array(v->mem, p->n_org + 1, sizeof *o);
	if (!s || !o)
		return ERR_NOMEM;
	for (size_t i = 0; i < p->n_section; i++)
		s[i] = (struct ask_section){ section[i].number, section[i].title,
			lang_plain(section[i].lang) };
	for (size_t i = 0; i < p->n_org; i++)
		o[i] = (struct ask_org){ org[i].id, org[i].slug, org[i].name };
	p->sections = s;
	p->org = o;
	return 0;
}

/* What is no choice of ours counts as not said. */
static void read_wish(struct visit *v, struct ask_list_view *p)
{
	struct str stand = http_query(v->req, "stand");
	int64_t n;
	p->section = str_i64(http_query(v->req, "q"), &n) && n >= 0 ? n : -1;
	p->page = str_i64(http_query(v->req, "page"), &n) && n > 0 && n < PAGES_MAX ? n : 1;
	p->org_asked = http_query(v->req, "org");
	p->stand_asked = -1;
	for (int i = 0; i < STANDS; i++)
		if (str_is(stand, stand_values[i]))
			p->stand_asked = i;
}

static int64_t org_of(struct ask_list_view *p)
{
	for (size_t i = 0; i < p->n_org; i++)
		if (str_eq(p->org[i].slug, p->org_asked))
			return p->org[i].id;
	p->org_asked = STR("");
	return 0;
}

static int count_cards(
	struct visit *v, const struct ask_list_view *p, int64_t states, int64_t org, int64_t *ret)
{
	struct ask_list_count_row row = { 0 };
	struct counts_key key = { "asks of a choice", p->s.id,
		(p->section + 1) << 40 | states << 32 | org };
	if (counts_find(v, key, ret, sizeof *ret))
		return 0;
	int result = ask_list_count(v->db, v->mem, p->s.id, p->section, states, org, &row);
	if (result < 0)
		return result;
	*ret = row.n;
	counts_keep(v, key, ret, sizeof *ret);
	return 0;
}

/* The asks of the page, by way of the nearer end of the list. */
static int load_ids(struct visit *v, const struct ask_list_view *p, int64_t states, int64_t org,
	int64_t *id, size_t *ret_n)
{
	struct ask_list_page_row *row;
	struct ask_list_back_row *back;
	size_t n = 0;
	int64_t skip = (p->page - 1) * ASK_PAGE, behind = p->shown - skip - ASK_PAGE;
	int64_t last = behind < 0 ? ASK_PAGE + behind : ASK_PAGE; /* the last page may be short */
	bool is_far = skip > p->shown / 2;
	int result = 0;
	if (!is_far)
		result = ask_list_page(v->db, v->mem,
			(struct ask_list_page_in){
				p->s.id, p->section, states, org, ASK_PAGE, skip },
			&row, &n);
	else if (last > 0)
		result = ask_list_back(v->db, v->mem,
			(struct ask_list_back_in){
				p->s.id, p->section, states, org, last, behind < 0 ? 0 : behind },
			&back, &n);
	for (size_t i = 0; i < n && result >= 0; i++)
		id[i] = is_far ? back[n - 1 - i].id : row[i].id;
	*ret_n = n;
	return result < 0 ? result : 0;
}

static int load_cards(struct visit *v, struct ask_list_view *p)
{
	int64_t id[ASK_PAGE] = { 0 };
	int64_t states = p->stand_asked < 0 ? ALL_STATES
					    : ask_states_of((enum ask_stand)p->stand_asked);
	int64_t org = org_of(p);
	p->is_filtered = p->section >= 0 || p->stand_asked >= 0 || org;
	int result = count_cards(v, p, states, org, &p->shown);
	if (result >= 0)
		result = load_ids(v, p, states, org, id, &p->n_card);
	if (result < 0)
		return result;
	p->pages = (p->shown + ASK_PAGE - 1) / ASK_PAGE;
	struct ask_card *card = arena_array(v->mem, p->n_card + 1, sizeof *card);
	if (!card)
		return ERR_NOMEM;
	const struct figures *f = ask_figures(v, &p->s);
	for (size_t i = 0; i < p->n_card && result >= 0; i++)
		result = ask_card_load(v, f, id[i], &card[i]);
	figures_release(f);
	p->card = card;
	return result < 0 ? result : 0;
}

static int ask_list_show(struct visit *v)
{
	struct ask_list_view p = { .now = v->now };
	int result = space_kept(v, &p.s);
	if (result < 0)
		return result;
	read_wish(v, &p);
	result = rate_load(v, (struct rate_of){ .space = p.s.id }, &p.rate);
	if (result == 0)
		result = coverage_load(v, p.s.id, false, &p.coverage);
	if (result == 0)
		result = load_choices(v, &p);
	if (result == 0)
		result = load_cards(v, &p);
	if (result < 0)
		return result;
	int64_t tomorrow = (v->now / DAY + 1) * DAY; /* days of delay are counted */
	if (!v->fresh_until || v->fresh_until > tomorrow)
		v->fresh_until = tomorrow;
	v->is_public = p.s.access == SPACE_EVERYONE && p.s.state != SPACE_DRAFT;
	p.frame = visit_frame(v, visit_say(v, MSG_ask_list_title, 0));
	p.frame.area = FRAME_TAKE_PART;
	p.embed = embed_code_load(v, "/embed/c/%.*s", STR_ARG(p.s.slug));
	p.frame.feed = feed_link(v, "/c/%.*s/feed", STR_ARG(p.s.slug));
	p.frame.is_sample |= p.s.is_sample;
	ask_list_page_html(&v->out, &p);
	return visit_page(v, 200);
}

const struct route ask_list_routes[] = {
	/* method    path             who     input check act */
	{ HTTP_GET, "/c/:slug/asks", ANYONE, NULL, NULL, ask_list_show },
	{ 0 },
};
