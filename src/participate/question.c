#include "participate/question.h"
#include "base/utf8.h"
#include "participate/question.html.h"
#include "participate/question.sql.h"
#include "po/messages.h"
#include "render/markdown.h"
#include "store/search.h"

enum { WORDS_MAX = 100, PAGES_MAX = 100000, GONE_MAX = 50 };

int question_find(struct visit *v, const struct space *s, struct str number, struct item *ret)
{
	struct question_at_row row;
	int64_t n;
	int found = str_i64(number, &n) ? question_at(v->db, v->mem, s->id, n, &row) : 0;
	if (found <= 0)
		return found < 0 ? found : err_note(ERR_MISSING, "no such question");
	return item_load(v, row.id, false, ret);
}

/* What is no choice of ours counts as not said. */
static void read_wish(struct visit *v, struct question_view *p)
{
	struct question_wish *w = &p->wish;
	const struct lang *lang = lang_by_code(http_query(v->req, "lang"));
	struct str country = http_query(v->req, "country");
	int64_t n;
	w->words = utf8_head(str_trim(http_query(v->req, "q")), WORDS_MAX);
	w->lang = lang ? lang->code : STR("");
	w->country = country_is(country) ? country : STR("");
	w->theme = str_i64(http_query(v->req, "theme"), &n) && n > 0 ? n : 0;
	w->by_useful = str_is(http_query(v->req, "order"), "useful");
	w->page = str_i64(http_query(v->req, "page"), &n) && n > 0 && n < PAGES_MAX ? n : 1;
	p->is_filtered = w->words.n || w->lang.n || w->country.n || w->theme;
}

/* Ids of one page and one more, to know where the next page begins. */
struct ids {
	int64_t id[ITEM_PAGE + 1];
	size_t n;
};
enum { PAGE_AND_ONE = ITEM_PAGE + 1 };

static int find_words(
	struct visit *v, const struct question_view *p, struct str words, struct ids *ret)
{
	const struct question_wish *w = &p->wish;
	struct question_found_row *row;
	int result = question_found(v->db, v->mem,
		(struct question_found_in){ .words = words,
			.parent = p->q.id,
			.theme = w->theme,
			.lang = w->lang,
			.country = w->country,
			.by_useful = w->by_useful,
			.max = PAGE_AND_ONE,
			.skip = (w->page - 1) * ITEM_PAGE },
		&row, &ret->n);
	for (size_t i = 0; result >= 0 && i < ret->n; i++)
		ret->id[i] = row[i].id;
	return result;
}

static int find_useful(struct visit *v, const struct question_view *p, struct ids *ret)
{
	const struct question_wish *w = &p->wish;
	struct question_useful_row *row;
	int result = question_useful(v->db, v->mem,
		(struct question_useful_in){ .parent = p->q.id,
			.theme = w->theme,
			.lang = w->lang,
			.country = w->country,
			.max = PAGE_AND_ONE,
			.skip = (w->page - 1) * ITEM_PAGE },
		&row, &ret->n);
	for (size_t i = 0; result >= 0 && i < ret->n; i++)
		ret->id[i] = row[i].id;
	return result;
}

/* Without a filter no other table is asked, however far back the page is. */
static int find_plain(struct visit *v, const struct question_view *p, struct ids *ret)
{
	struct question_plain_row *row;
	int result = question_plain(v->db, v->mem, p->q.id, PAGE_AND_ONE,
		(p->wish.page - 1) * ITEM_PAGE, &row, &ret->n);
	for (size_t i = 0; result >= 0 && i < ret->n; i++)
		ret->id[i] = row[i].id;
	return result;
}

static int find_newest(struct visit *v, const struct question_view *p, struct ids *ret)
{
	const struct question_wish *w = &p->wish;
	struct question_newest_row *row;
	int result = question_newest(v->db, v->mem,
		(struct question_newest_in){ .parent = p->q.id,
			.theme = w->theme,
			.lang = w->lang,
			.country = w->country,
			.max = PAGE_AND_ONE,
			.skip = (w->page - 1) * ITEM_PAGE },
		&row, &ret->n);
	for (size_t i = 0; result >= 0 && i < ret->n; i++)
		ret->id[i] = row[i].id;
	return result;
}

static int count(struct visit *v, const struct question_view *p, struct str words, int64_t *ret)
{
	const struct question_wish *w = &p->wish;
	struct question_count_all_row all;
	struct question_count_row some;
	struct question_count_found_row found;
	int result;
	if (!p->is_filtered) {
		result = question_count_all(v->db, v->mem, p->q.id, &all);
		*ret = result > 0 ? all.n : 0;
	} else if (!words.n) {
		result = question_count(
			v->db, v->mem, p->q.id, w->theme, w->lang, w->country, &some);
		*ret = result > 0 ? some.n : 0;
	} else {
		result = question_count_found(v->db, v->mem,
			(struct question_count_found_in){
				words, p->q.id, w->theme, w->lang, w->country },
			&found);
		*ret = result > 0 ? found.n : 0;
	}
	return result < 0 ? result : 0;
}

/* Which items stand on this page, and how many there are on all. Words that say nothing (a
 * dash) find nothing. */
static int find(struct visit *v, struct question_view *p, struct ids *ret)
{
	struct str words = { 0 };
	int result = p->wish.words.n ? search_query(v->db, p->wish.words, v->mem, &words) : 0;
	if (result >= 0)
		result = count(v, p, words, &p->all);
	if (result < 0)
		return result;
	p->pages = (p->all + ITEM_PAGE - 1) / ITEM_PAGE;
	if (words.n)
		return find_words(v, p, words, ret);
	if (p->wish.by_useful)
		return find_useful(v, p, ret);
	return p->is_filtered ? find_newest(v, p, ret) : find_plain(v, p, ret);
}

/* What was hidden or withdrawn leaves a line where it stood, if there are replies to it. Each
 * page shows those between its own first item and the first of the next page. */
static int add_gone(
	struct visit *v, const struct question_view *p, struct ids *page, int64_t *id, size_t *n)
{
	struct question_gone_row *gone;
	size_t n_gone = 0, at = 0, next = 0;
	size_t n_page = page->n > ITEM_PAGE ? ITEM_PAGE : page->n;
	int64_t above = page->n > ITEM_PAGE ? page->id[ITEM_PAGE] : 0;
	int64_t below = p->wish.page > 1 ? (page->n ? page->id[0] : 0) : INT64_MAX;
	int result = 0;
	if (!p->is_filtered && !p->wish.by_useful)
		result = question_gone(v->db, v->mem, p->q.id, above, below, &gone, &n_gone);
	if (result < 0)
		return result;
	for (*n = 0; at < n_page || next < n_gone; (*n)++)
		if (at < n_page && (next == n_gone || page->id[at] > gone[next].id))
			id[*n] = page->id[at++];
		else
			id[*n] = gone[next++].id;
	return 0;
}

static int load_posts(struct visit *v, struct question_view *p, const struct post_eyes *eyes)
{
	struct ids page = { 0 };
	int64_t id[ITEM_PAGE + GONE_MAX];
	int result = find(v, p, &page);
	if (result >= 0)
		result = add_gone(v, p, &page, id, &p->n_post);
	if (result < 0)
		return result;
	struct post *post = arena_array(v->mem, p->n_post + 1, sizeof *post);
	if (!post)
		return ERR_NOMEM;
	for (size_t i = 0; i < p->n_post && result >= 0; i++) {
		result = post_load(v, eyes, id[i], &post[i]);
		if (result == 0)
			result = post_load_replies(v, eyes, ITEM_PAGE, &post[i]);
	}
	p->post = post;
	return result;
}

static int load_own(struct visit *v, struct question_view *p, const struct post_eyes *eyes)
{
	struct question_own_row *row;
	if (!eyes->seat.id)
		return 0;
	int result = question_own(v->db, v->mem, p->q.id, eyes->seat.id, &row, &p->n_own);
	if (result < 0)
		return result;
	struct post *own = arena_array(v->mem, p->n_own + 1, sizeof *own);
	if (!own)
		return ERR_NOMEM;
	for (size_t i = 0; i < p->n_own && result >= 0; i++)
		result = post_load(v, eyes, row[i].id, &own[i]);
	p->own = own;
	return result < 0 ? result : 0;
}

static int load_all(struct visit *v, struct question_view *p)
{
	struct str query = str_from(v->req->target, str_find(v->req->target, '?'));
	struct str back = arena_f(v->mem, "%.*s%.*s", STR_ARG(v->path), STR_ARG(query));
	struct post_eyes eyes = { .s = &p->s, .back = back };
	struct theme *theme;
	int result = seat_find(v, p->s.id, &eyes.seat);
	if (result >= 0)
		result = choose_questions(v, p->s.id, &p->question, &p->n_question);
	if (result >= 0)
		result = space_themes(v, &p->s, &theme, &p->n_theme);
	if (result < 0)
		return result;
	p->theme = theme;
	result = choose_countries(v, p->s.id, &p->country, &p->n_country);
	if (result == 0)
		result = load_own(v, p, &eyes);
	if (result == 0)
		result = load_posts(v, p, &eyes);
	if (result == 0)
		result = markdown_html(v->mem, p->q.body, &p->html);
	return result;
}

static int question_show(struct visit *v)
{
	struct question_view p = { 0 };
	int result = space_here(v, &p.s);
	if (result == 0)
		result = question_find(v, &p.s, v->part[1], &p.q);
	if (result < 0)
		return result;
	read_wish(v, &p);
	result = load_all(v, &p);
	if (result < 0)
		return result;
	p.may_write = space_allows(&p.s, ACT_CONTRIBUTE);
	v->is_public = p.s.access == SPACE_EVERYONE && p.s.state != SPACE_DRAFT && !p.wish.words.n;
	p.frame = visit_frame(v, p.q.title);
	p.frame.area = FRAME_TAKE_PART;
	p.frame.is_sample |= p.s.is_sample;
	question_page(&v->out, &p);
	return visit_page(v, 200);
}

const struct route question_routes[] = {
	/* method    path             who     input check act */
	{ HTTP_GET, "/c/:slug/q/:n", ANYONE, NULL, NULL, question_show },
	{ 0 },
};
