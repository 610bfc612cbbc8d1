/* What the evidence desk shows: see evidence.h. */
#include "account/counts.h"
#include "base/utf8.h"
#include "outcome/evidence.h"
#include "outcome/evidence.sql.h"
#include "participate/question.sql.h"
#include "store/search.h"

enum { HEAD = 320, PAGES_MAX = 100000 };

static const char *const use_values[USES] = { "any", "none", "some" };

const char *evidence_use_value(enum evidence_use use)
{
	return use_values[use];
}

/* ---- what is looked for ---- */

static int64_t number_asked(const struct visit *v, const char *name, int64_t otherwise)
{
	int64_t n;
	return str_i64(http_query(v->req, name), &n) && n > 0 ? n : otherwise;
}

static enum item_kind kind_asked(struct visit *v)
{
	int64_t kind = number_asked(v, "kind", ITEM_CONTRIBUTION);
	bool is_one = kind == ITEM_REPLY || kind == ITEM_STATEMENT;
	return is_one ? (enum item_kind)kind : ITEM_CONTRIBUTION;
}

/* Without a word, what no ask uses yet. */
static enum evidence_use use_asked(struct visit *v)
{
	struct str use = http_query(v->req, "use");
	for (int i = 0; i < USES; i++)
		if (str_is(use, use_values[i]))
			return (enum evidence_use)i;
	return USE_NONE;
}

static void read_wish(struct visit *v, struct evidence_view *p)
{
	struct evidence_wish *w = &p->wish;
	const struct lang *lang = lang_by_code(http_query(v->req, "lang"));
	struct str country = http_query(v->req, "country");
	w->words = utf8_head(str_trim(http_query(v->req, "q")), EVIDENCE_FIND_MAX);
	w->lang = lang ? lang->code : STR("");
	w->country = country_is(country) ? country : STR("");
	w->use = use_asked(v);
	w->kind = kind_asked(v);
	w->question = number_asked(v, "question", -1);
	w->theme = number_asked(v, "theme", 0);
	w->crowd = number_asked(v, "crowd", 0);
	w->ask = number_asked(v, "ask", 0);
	w->page = number_asked(v, "page", 1);
	if (w->page > PAGES_MAX)
		w->page = 1;
	p->is_filtered = w->words.n || w->lang.n || w->country.n || w->question > 0 || w->theme ||
		w->crowd || w->use != USE_NONE || w->kind != ITEM_CONTRIBUTION;
}

int evidence_begin(struct visit *v, struct evidence_view *p)
{
	*p = (struct evidence_view){ .form = &v->form, .now = v->now };
	int result = desk_here(v, MAY_EDIT, &p->s);
	read_wish(v, p);
	return result;
}

/* ---- texts ---- */

int evidence_row_load(
	struct visit *v, const struct evidence_view *p, int64_t item, struct evidence_row *ret)
{
	struct post_eyes eyes = { .s = &p->s, .back = v->path };
	int result = post_load(v, &eyes, item, &ret->post);
	if (result == 0)
		ret->words = utf8_head(ret->post.item.body, HEAD);
	return result;
}

/* Ids of one page. */
struct ids {
	int64_t id[EVIDENCE_PAGE];
	size_t n;
};

/* Of a number that no question has, nothing is found. */
static int question_id(struct visit *v, const struct evidence_view *p, int64_t *ret)
{
	struct question_at_row row = { -1 };
	int found = 0;
	*ret = 0;
	if (p->wish.question > 0) {
		found = question_at(v->db, v->mem, p->s.id, p->wish.question, &row);
		*ret = row.id;
	}
	return found < 0 ? found : 0;
}

static int find_words(struct visit *v, struct evidence_view *p, struct str words, int64_t question,
	struct ids *ret)
{
	const struct evidence_wish *w = &p->wish;
	struct evidence_count_found_row count = { 0 };
	struct evidence_found_row *row;
	int result = evidence_count_found(v->db, v->mem,
		(struct evidence_count_found_in){ words, p->s.id, w->kind, w->use, question,
			w->theme, w->lang, w->country, w->crowd },
		&count);
	if (result >= 0)
		result = evidence_found(v->db, v->mem,
			(struct evidence_found_in){ words, p->s.id, w->kind, w->use, question,
				w->theme, w->lang, w->country, w->crowd, EVIDENCE_PAGE,
				(w->page - 1) * EVIDENCE_PAGE },
			&row, &ret->n);
	for (size_t i = 0; result >= 0 && i < ret->n; i++)
		ret->id[i] = row[i].id;
	p->all = count.n;
	return result;
}

/* Kept while only the first choices are made. */
static int count_all(struct visit *v, const struct evidence_view *p, int64_t question, int64_t *ret)
{
	const struct evidence_wish *w = &p->wish;
	struct evidence_count_row row = { 0 };
	struct counts_key key = { "texts on the evidence desk", p->s.id,
		(int64_t)w->use << 8 | (int64_t)w->kind };
	bool is_kept = !question && !w->theme && !w->lang.n && !w->country.n && !w->crowd;
	if (is_kept && counts_find(v, key, ret, sizeof *ret))
		return 0;
	int result = evidence_count(v->db, v->mem,
		(struct evidence_count_in){ p->s.id, w->kind, w->use, question, w->theme, w->lang,
			w->country, w->crowd },
		&row);
	*ret = row.n;
	if (result >= 0 && is_kept)
		counts_keep(v, key, ret, sizeof *ret);
	return result < 0 ? result : 0;
}

static int find_all(struct visit *v, struct evidence_view *p, int64_t question, struct ids *ret)
{
	const struct evidence_wish *w = &p->wish;
	struct evidence_page_row *row;
	struct evidence_cited_row *marked;
	int64_t skip = (w->page - 1) * EVIDENCE_PAGE;
	bool is_any = w->use == USE_ANY;
	int result = count_all(v, p, question, &p->all);
	if (result >= 0 && is_any)
		result = evidence_page(v->db, v->mem,
			(struct evidence_page_in){ p->s.id, w->kind, question, w->theme, w->lang,
				w->country, w->crowd, EVIDENCE_PAGE, skip },
			&row, &ret->n);
	else if (result >= 0)
		result = evidence_cited(v->db, v->mem,
			(struct evidence_cited_in){ p->s.id, w->kind, question, w->theme, w->lang,
				w->country, w->crowd, EVIDENCE_PAGE, skip, w->use == USE_SOME },
			&marked, &ret->n);
	for (size_t i = 0; result >= 0 && i < ret->n; i++)
		ret->id[i] = is_any ? row[i].id : marked[i].id;
	return result;
}

int evidence_rows_load(struct visit *v, struct evidence_view *p)
{
	struct ids page = { 0 };
	struct str words = { 0 };
	int64_t question;
	int result = question_id(v, p, &question);
	if (result == 0 && p->wish.words.n)
		result = search_query(v->db, p->wish.words, v->mem, &words);
	if (result >= 0)
		result = words.n ? find_words(v, p, words, question, &page)
				 : find_all(v, p, question, &page);
	struct evidence_row *row = arena_array(v->mem, EVIDENCE_PAGE, sizeof *row);
	if (!row)
		return result < 0 ? result : ERR_NOMEM;
	for (size_t i = 0; i < page.n && result >= 0; i++) {
		row[i].slot = i;
		result = evidence_row_load(v, p, page.id[i], &row[i]);
	}
	p->row = row;
	p->n_row = page.n;
	p->pages = (p->all + EVIDENCE_PAGE - 1) / EVIDENCE_PAGE;
	return result < 0 ? result : 0;
}

/* ---- asks ---- */

int evidence_ask_load(struct visit *v, int64_t id, struct evidence_ask *ret)
{
	struct evidence_sides_row *row;
	size_t n = 0;
	int result = ask_load(v, id, &ret->a);
	if (result == 0)
		result = evidence_sides(v->db, v->mem, id, &row, &n);
	for (size_t i = 0; result >= 0 && i < n; i++) {
		enum ask_side side = row[i].relation == BEARS_FOR ? SIDE_FOR
			: row[i].relation == BEARS_IF             ? SIDE_IF
								  : SIDE_AGAINST;
		ret->side[side] = row[i].n;
		ret->n += row[i].n;
	}
	return result < 0 ? result : 0;
}

/* The one that was chosen before stands first, whichever it is. */
static int load_asks(struct visit *v, struct evidence_view *p)
{
	struct evidence_asks_row *row;
	struct evidence_asks_count_row all = { 0 };
	size_t n = 0;
	int result = evidence_asks(
		v->db, v->mem, p->s.id, p->wish.question, EVIDENCE_ASKS, &row, &n);
	if (result >= 0)
		result = evidence_asks_count(v->db, v->mem, p->s.id, &all);
	struct evidence_ask *ask = arena_array(v->mem, EVIDENCE_ASKS + 1, sizeof *ask);
	if (result < 0 || !ask)
		return result < 0 ? result : ERR_NOMEM;
	if (p->wish.ask) {
		result = evidence_ask_load(v, p->wish.ask, &ask[0]);
		p->n_ask = result == 0 && ask[0].a.space == p->s.id;
		ask[p->n_ask] = (struct evidence_ask){ .n = 0 };
	}
	for (size_t i = 0; i < n && (result >= 0 || result == ERR_MISSING); i++)
		if (!p->n_ask || row[i].id != ask[0].a.id)
			result = evidence_ask_load(v, row[i].id, &ask[p->n_ask++]);
	p->ask = ask;
	p->n_asks = all.n;
	return result < 0 && result != ERR_MISSING ? result : 0;
}

/* ---- choices ---- */

static int load_crowds(struct visit *v, struct evidence_view *p)
{
	struct evidence_crowds_row *row;
	int result = evidence_crowds(
		v->db, v->mem, p->s.id, v->lang->code, p->s.lang, &row, &p->n_crowd);
	struct evidence_crowd *c = result < 0 ? NULL
					      : arena_array(v->mem, p->n_crowd + 1, sizeof *c);
	if (!c)
		return result < 0 ? result : ERR_NOMEM;
	for (size_t i = 0; i < p->n_crowd; i++)
		c[i] = (struct evidence_crowd){ row[i].id, row[i].name };
	p->crowd = c;
	return 0;
}

int evidence_beside_load(struct visit *v, struct evidence_view *p)
{
	struct theme *theme;
	int result = load_asks(v, p);
	if (result == 0)
		result = choose_questions(v, p->s.id, &p->question, &p->n_question);
	if (result == 0)
		result = choose_countries(v, p->s.id, &p->country, &p->n_country);
	if (result == 0)
		result = load_crowds(v, p);
	if (result == 0)
		result = space_themes(v, &p->s, &theme, &p->n_theme);
	if (result == 0) {
		p->theme = theme;
		result = coverage_load(v, p->s.id, true, &p->coverage);
	}
	return result == 0 ? link_newest(v, &p->seen) : result;
}

/* ---- what was done ---- */

int evidence_changes_load(
	struct visit *v, struct evidence_view *p, int64_t above, int64_t not_by, int64_t max)
{
	struct link_change *c;
	struct item i = { 0 };
	size_t n = 0;
	int result = link_changes_load(v, p->a.id, above, max, &c, &n);
	struct evidence_change *change = result < 0 ? NULL
						    : arena_array(v->mem, n + 1, sizeof *change);
	if (!change)
		return result < 0 ? result : ERR_NOMEM;
	for (size_t k = 0; k < n && result == 0; k++) {
		if (c[k].account == not_by)
			continue;
		result = item_load(v, c[k].item, false, &i);
		change[p->n_change++] = (struct evidence_change){ c[k],
			item_address(v->mem, i.kind, i.number) };
	}
	p->change = change;
	return result;
}

int evidence_batch_load(struct visit *v, struct evidence_view *p)
{
	struct evidence_batch_row *row;
	size_t n = 0;
	int result = evidence_batch(v->db, v->mem, p->batch, &row, &n);
	if (result >= 0 && n)
		result = ask_load(v, row[0].ask, &p->a);
	if (result < 0 || !n || p->a.space != p->s.id)
		return result < 0 ? result : 0;
	p->done = (int64_t)n;
	p->done_ask = p->a.address;
	p->was_cut = row[0].relation == 0;
	result = link_may_undo(v, p->batch);
	p->may_undo = result > 0;
	return result < 0 ? result : 0;
}

int evidence_done_load(struct visit *v, struct evidence_view *p)
{
	int64_t since;
	p->batch = number_asked(v, "did", 0);
	p->is_undone = http_query(v->req, "undone").p != NULL;
	p->is_too_late = http_query(v->req, "late").p != NULL;
	p->is_themed = http_query(v->req, "themed").p != NULL;
	int result = p->batch ? evidence_batch_load(v, p) : 0;
	if (result == 0 && p->done && str_i64(http_query(v->req, "since"), &since)) {
		p->changed_ask = p->a.address;
		result = evidence_changes_load(v, p, since, v->who.account.v, EVIDENCE_CHANGES);
	}
	return result;
}
