#include "outcome/ask_show.h"
#include "base/utf8.h"
#include "outcome/ask.sql.h"
#include "outcome/ask_desk.sql.h"
#include "outcome/ask_list.sql.h"
#include "outcome/ask_show.html.h"
#include "outcome/ask_show.sql.h"
#include "outcome/embed.h"
#include "outcome/feed.h"
#include "outcome/kept.h"
#include "po/messages.h"
#include "render/bar.h"

enum { HEAD = 280, PAGES_MAX = 100000 };

static const struct {
	const char *value;
	enum bearing bearing;
	int msg;
} sides[SIDES] = {
	[SIDE_FOR] = { "for", BEARS_FOR, MSG_ask_side_for },
	[SIDE_AGAINST] = { "against", BEARS_AGAINST, MSG_ask_side_against },
	[SIDE_IF] = { "if", BEARS_IF, MSG_ask_side_if },
};

int64_t ask_side_count(const struct ask_weight *n, enum ask_side side)
{
	const int64_t count[SIDES] = { n->in_favour, n->against, n->with_conditions };
	return count[side];
}

int ask_side_msg(enum ask_side side)
{
	return sides[side].msg;
}

enum bearing ask_side_bearing(enum ask_side side)
{
	return sides[side].bearing;
}

const char *ask_side_value(enum ask_side side)
{
	return sides[side].value;
}

void ask_weight_bar(struct html *w, const struct ask_weight *n)
{
	const struct bar b = { .part = { { "b-y", n->in_favour }, { "b-m", n->with_conditions },
				       { "b-n", n->against } },
		.n_part = 3,
		.is_big = true };
	bar_html(w, &b);
}

void ask_reply_bar(struct html *w, const struct ask_show_view *p)
{
	const struct bar b = { .part = { { "b-b", p->reflects }, { "b-n", p->does_not },
				       { "b-0", p->quiet } },
		.n_part = 3,
		.is_big = true };
	bar_html(w, &b);
}

/* What stands there of a contribution: the quoted words, or how it begins; of one that was taken
 * back or hidden only that it was there. */
static int load_one(struct visit *v, const struct post_eyes *eyes,
	const struct ask_evidence_row *row, struct evidence *e)
{
	if (eyes->s->state == SPACE_GONE) {
		e->gone_at = eyes->s->gone_at;
		e->post.item = (struct item){ .id = row->item,
			.kind = (enum item_kind)row->kind,
			.number = row->number,
			.status = ITEM_GONE };
		return 0;
	}
	int result = post_load(v, eyes, row->item, &e->post);
	if (result < 0)
		return result;
	if (e->post.is_gone || row->status == ITEM_HIDDEN || row->status == ITEM_WITHDRAWN) {
		e->gone_at = row->changed_at;
		return 0;
	}
	e->is_quote = row->quote.n > 0;
	e->words = e->is_quote ? row->quote : utf8_head(e->post.item.body, HEAD);
	return 0;
}

static int load_side(
	struct visit *v, struct ask_show_view *p, enum ask_side side, int64_t max, int64_t skip)
{
	struct post_eyes eyes = { .s = &p->s, .back = v->path };
	struct ask_evidence_row *row;
	int result = ask_evidence(
		v->db, v->mem, p->a.id, sides[side].bearing, max, skip, &row, &p->n_side[side]);
	if (result < 0)
		return result;
	struct evidence *e = arena_array(v->mem, p->n_side[side] + 1, sizeof *e);
	if (!e)
		return ERR_NOMEM;
	for (size_t i = 0; i < p->n_side[side] && result >= 0; i++)
		result = load_one(v, &eyes, &row[i], &e[i]);
	p->side[side] = e;
	return result < 0 ? result : 0;
}

/* ---- answers ---- */

static int load_answer(struct visit *v, const struct ask_answers_row *row, struct ask_answer *n)
{
	struct ask_words_row words;
	struct org_words_row by;
	int found = ask_words(
		v->db, v->mem, row->id, visit_words(v), v->lang->code, row->lang, &words);
	if (found > 0)
		found = org_words(v->db, v->mem, row->org, v->lang->code, row->org_lang, &by);
	if (found <= 0)
		return found < 0 ? found : err_note(ERR_BUG, "answer without words");
	must(row->state > ASK_OPEN && row->state < ASK_STATES);
	*n = (struct ask_answer){ .id = row->id,
		.at = row->at,
		.review_at = row->review_at.has ? row->review_at.v : 0,
		.corrects = row->corrects.has ? row->corrects.v : 0,
		.state = (enum ask_state)row->state,
		.body = words.body,
		.lang = lang_plain(words.lang),
		.by = by.name,
		.unit = row->unit };
	return 0;
}

/* Whoever answers chose the address: it leads to a page, or nowhere. */
static bool is_web(struct str s, struct url *ret)
{
	bool is_page = str_starts(s, "https://") || str_starts(s, "http://");
	int result = is_page ? url_web(s, ret) : ERR_INPUT;
	if (is_page && result < 0)
		err_forget();
	return result == 0;
}

static int load_proofs(struct visit *v, int64_t ask, struct ask_answer *answer, size_t n_answer)
{
	struct ask_proofs_row *row;
	size_t n;
	int result = ask_proofs(v->db, v->mem, ask, &row, &n);
	struct ask_proof *proof = result < 0 ? NULL : arena_array(v->mem, n + 1, sizeof *proof);
	if (!proof)
		return result < 0 ? result : ERR_NOMEM;
	for (size_t i = 0; i < n; i++) {
		proof[i] = (struct ask_proof){ .url = row[i].url,
			.title = row[i].title,
			.item = row[i].item.has ? row[i].item.v : 0,
			.gone_at = row[i].gone_at };
		proof[i].is_web = is_web(row[i].url, &proof[i].web);
	}
	for (size_t k = 0; k < n_answer; k++)
		for (size_t i = 0; i < n; i++)
			if (row[i].answer == answer[k].id && answer[k].n_proof++ == 0)
				answer[k].proof = &proof[i];
	return 0;
}

int ask_answers_load(struct visit *v, int64_t ask, const struct ask_answer **ret, size_t *ret_n)
{
	struct ask_answers_row *row;
	size_t n;
	int result = ask_answers(v->db, v->mem, ask, &row, &n);
	if (result < 0)
		return result;
	struct ask_answer *answer = arena_array(v->mem, n + 1, sizeof *answer);
	if (!answer)
		return ERR_NOMEM;
	for (size_t i = 0; i < n && result >= 0; i++)
		result = load_answer(v, &row[i], &answer[i]);
	if (result >= 0)
		result = load_proofs(v, ask, answer, n);
	if (result < 0)
		return result;
	*ret = answer;
	*ret_n = n;
	return 0;
}

/* ---- votes ---- */

/* A statement that is no longer published has no votes to show. */
static int load_votes(struct visit *v, struct ask_show_view *p)
{
	struct ask_statements_row *row;
	struct item i = { 0 };
	size_t n;
	if (!figures_show(p->f))
		return 0;
	int result = ask_statements(v->db, v->mem, p->a.id, &row, &n);
	if (result < 0)
		return result;
	struct ask_vote *vote = arena_array(v->mem, n + 1, sizeof *vote);
	if (!vote)
		return ERR_NOMEM;
	for (size_t k = 0; k < n && result >= 0; k++) {
		const struct statement *s = figures_find(p->f, row[k].item);
		if (!s || tally_all(s->all) < FIGURES_LEAST)
			continue;
		if (p->s.state == SPACE_GONE)
			i = (struct item){ .body = item_address(v->mem, ITEM_STATEMENT, s->number),
				.text_lang = v->lang->code };
		else
			result = item_load(v, row[k].item, false, &i);
		vote[p->n_vote++] = (struct ask_vote){ s, i.body, i.text_lang,
			(enum bearing)row[k].relation };
	}
	p->vote = vote;
	return result < 0 ? result : 0;
}

/* ---- who is cited ---- */

/* The three figures add up, so either all may be seen or none. */
static bool may_count(int64_t a, int64_t b, int64_t c)
{
	return (!a || a >= ASK_LEAST) && (!b || b >= ASK_LEAST) && (!c || c >= ASK_LEAST);
}

static int load_replies(struct visit *v, struct ask_show_view *p)
{
	struct ask_replies_row n;
	struct ask_reply_words_row *row;
	int result = ask_replies(v->db, v->mem, p->a.id, &n);
	if (result >= 0)
		result = ask_reply_words(v->db, v->mem, p->a.id, ASK_REPLIES, &row, &p->n_reply);
	if (result < 0)
		return result;
	p->reflects = n.reflects;
	p->does_not = n.does_not;
	p->quiet = p->weight.people - n.reflects - n.does_not;
	if (p->quiet < 0) /* somebody replied whose words are no longer linked */
		p->quiet = 0;
	p->is_tally_shown = n.reflects + n.does_not && may_count(n.reflects, n.does_not, p->quiet);
	struct ask_reply_line *reply = arena_array(v->mem, p->n_reply + 1, sizeof *reply);
	if (!reply)
		return ERR_NOMEM;
	for (size_t i = 0; i < p->n_reply; i++)
		reply[i] = (struct ask_reply_line){ row[i].body, row[i].alias, row[i].number,
			row[i].at, row[i].value == 1 };
	p->reply = reply;
	return 0;
}

/* ---- what stands beside ---- */

static int load_method(struct visit *v, struct ask_show_view *p)
{
	struct ask_method_words_row row;
	int found = ask_method_words(v->db, v->mem, p->a.id, v->lang->code, p->a.lang, &row);
	if (found > 0) {
		p->method = row.body;
		p->method_lang = row.lang;
	}
	return found < 0 ? found : 0;
}

static int load_tags(struct visit *v, struct ask_show_view *p)
{
	struct ask_themes_row *theme;
	struct ask_targets_row *target;
	struct ask_org_country_row org;
	int found = ask_org_country(v->db, v->mem, p->a.org, &org);
	if (found < 0)
		return found;
	p->org_country = found ? org.country : STR("");
	p->org_country_name = lang_country(v->lang, v->mem, p->org_country);
	int result = ask_themes(
		v->db, v->mem, p->a.id, v->lang->code, p->s.lang, &theme, &p->n_theme);
	if (result >= 0)
		result = ask_targets(v->db, v->mem, p->a.id, &target, &p->n_target);
	if (result < 0)
		return result;
	struct theme *t = arena_array(v->mem, p->n_theme + 1, sizeof *t);
	struct str *s = arena_array(v->mem, p->n_target + 1, sizeof *s);
	if (!t || !s)
		return ERR_NOMEM;
	for (size_t i = 0; i < p->n_theme; i++)
		t[i] = (struct theme){ theme[i].id, theme[i].name };
	for (size_t i = 0; i < p->n_target; i++)
		s[i] = target[i].target;
	p->theme = t;
	p->target = s;
	return 0;
}

static int load_neighbours(struct visit *v, struct ask_show_view *p)
{
	struct ask_before_row before;
	struct ask_after_row after;
	int found = ask_before(v->db, v->mem, p->s.id, p->a.section, p->a.number, &before);
	if (found > 0)
		p->before = arena_f(
			v->mem, "%lld.%lld", (long long)before.section, (long long)before.number);
	if (found >= 0)
		found = ask_after(v->db, v->mem, p->s.id, p->a.section, p->a.number, &after);
	if (found > 0)
		p->after = arena_f(
			v->mem, "%lld.%lld", (long long)after.section, (long long)after.number);
	return found < 0 ? found : 0;
}

static int load_counts(struct visit *v, struct ask_show_view *p)
{
	int result = ask_weigh(v, p->a.id, &p->weight);
	p->people = ask_count(v->mem, v->lang, p->weight.people);
	p->countries = ask_count(v->mem, v->lang, p->weight.countries);
	p->languages = ask_count(v->mem, v->lang, p->weight.languages);
	return result;
}

static int load_all(struct visit *v, struct ask_show_view *p)
{
	int result = load_counts(v, p);
	for (int side = 0; side < SIDES && result == 0; side++)
		result = load_side(v, p, (enum ask_side)side, ASK_SHOWN, 0);
	if (result == 0)
		result = ask_answers_load(v, p->a.id, &p->answer, &p->n_answer);
	if (result == 0)
		result = ask_handed_load(v, p->a.id, &p->handed, &p->n_handed);
	if (result == 0)
		result = load_votes(v, p);
	if (result == 0)
		result = load_replies(v, p);
	if (result == 0)
		result = load_method(v, p);
	if (result == 0)
		result = load_tags(v, p);
	if (result == 0)
		result = doc_adopted_from(v, p->a.id, &p->clause, &p->n_clause);
	if (result == 0)
		result = ask_past_load(v, p->a.id, p->a.text_lang, &p->past);
	return result == 0 ? load_neighbours(v, p) : result;
}

static int show(struct visit *v, struct ask_show_view *p)
{
	int64_t tomorrow = (v->now / DAY + 1) * DAY; /* days of delay are counted */
	if (!v->fresh_until || v->fresh_until > tomorrow)
		v->fresh_until = tomorrow;
	v->is_public = p->s.access == SPACE_EVERYONE && p->s.state != SPACE_DRAFT;
	p->frame = visit_frame(v, p->a.title);
	p->frame.area = FRAME_TAKE_PART;
	if (p->a.is_public)
		p->embed = embed_code_load(
			v, "/embed/c/%.*s/asks/%.*s", STR_ARG(p->s.slug), STR_ARG(p->a.address));
	p->frame.feed = feed_link(
		v, "/c/%.*s/asks/%.*s/feed", STR_ARG(p->s.slug), STR_ARG(p->a.address));
	p->frame.is_sample |= p->s.is_sample;
	return 0;
}

/* What stands in the place of one that was taken back. */
static int show_gone(struct visit *v)
{
	struct ask_show_view p = { .now = v->now };
	struct ask_withdrawn_of_row gone = { 0 };
	int result = space_kept(v, &p.s);
	if (result == 0)
		result = ask_find(v, p.s.id, v->part[1], &p.a);
	if (result == 0) {
		result = ask_withdrawn_of(v->db, v->mem, p.a.id, &gone);
		if (result == 0)
			result = err_note(ERR_MISSING, "the ask is not published");
	}
	if (result >= 0)
		result = show(v, &p);
	if (result < 0)
		return result;
	p.gone_at = gone.at;
	p.reason = gone.reason;
	ask_gone_page(&v->out, &p);
	return visit_page(v, 410);
}

static int ask_show(struct visit *v)
{
	struct ask_show_view p = { .now = v->now };
	int result = ask_here(v, &p.s, &p.a);
	if (result == ERR_MISSING)
		return show_gone(v);
	if (result < 0)
		return result;
	p.f = ask_figures(v, &p.s);
	result = load_all(v, &p);
	if (result == 0)
		result = show(v, &p);
	if (result == 0)
		ask_show_page(&v->out, &p);
	figures_release(p.f);
	return result < 0 ? result : visit_page(v, 200);
}

static int load_sources(struct visit *v, struct ask_show_view *p)
{
	struct ask_sources_row *row;
	int result = ask_sources(
		v->db, v->mem, p->a.id, sides[p->only].bearing, ASK_SOURCES, &row, &p->n_source);
	struct ask_source *s = result < 0 ? NULL : arena_array(v->mem, p->n_source + 1, sizeof *s);
	if (!s)
		return result < 0 ? result : ERR_NOMEM;
	for (size_t i = 0; i < p->n_source; i++)
		s[i] = (struct ask_source){ row[i].item,
			item_address(v->mem, (enum item_kind)row[i].kind, row[i].number) };
	p->source = s;
	return 0;
}

static int ask_evidence_show(struct visit *v)
{
	struct ask_show_view p = { .now = v->now };
	struct str side = http_query(v->req, "side"), page = http_query(v->req, "page");
	int result = ask_here(v, &p.s, &p.a);
	if (result < 0)
		return result;
	for (int i = 0; i < SIDES; i++)
		if (str_is(side, sides[i].value))
			p.only = (enum ask_side)i;
	p.page = str_i64(page, &p.page) && p.page > 0 && p.page < PAGES_MAX ? p.page : 1;
	result = load_counts(v, &p);
	if (result == 0)
		result = load_side(
			v, &p, p.only, ASK_EVIDENCE_PAGE, (p.page - 1) * ASK_EVIDENCE_PAGE);
	p.pages = (ask_side_count(&p.weight, p.only) + ASK_EVIDENCE_PAGE - 1) / ASK_EVIDENCE_PAGE;
	if (result == 0 && p.pages > 1)
		result = load_sources(v, &p);
	if (result == 0)
		result = show(v, &p);
	if (result < 0)
		return result;
	ask_evidence_page(&v->out, &p);
	return visit_page(v, 200);
}

const struct route ask_show_routes[] = {
	/* method    path                         who     input check act */
	{ HTTP_GET, "/c/:slug/asks/:n", ANYONE, NULL, NULL, ask_show },
	{ HTTP_GET, "/c/:slug/asks/:n/evidence", ANYONE, NULL, NULL, ask_evidence_show },
	{ 0 },
};
