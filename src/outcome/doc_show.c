#include "outcome/doc_show.h"
#include "outcome/ask.h"
#include "outcome/doc_adopt.h"
#include "outcome/doc_show.html.h"
#include "outcome/doc_show.sql.h"
#include "po/messages.h"
#include "render/bar.h"
#include "render/markdown.h"

enum { PAGES_MAX = 100000 };

int clause_change_msg(enum clause_change change)
{
	static const int msg[CLAUSE_CHANGES] = { MSG_doc_change_same, MSG_doc_change_changed,
		MSG_doc_change_new, MSG_doc_change_dropped };
	return msg[change];
}

void doc_verdict_bar(struct html *w, const struct doc_show_view *p)
{
	const struct bar b = { .part = { { "b-b", p->verdicts[DOC_ADOPTED] },
				       { "b-t", p->verdicts[DOC_PARTLY] },
				       { "b-n", p->verdicts[DOC_NOT] } },
		.n_part = 3,
		.is_big = true };
	bar_html(w, &b);
}

static const struct lang *lang_of_original(const struct document *d)
{
	const struct lang *l = lang_by_code(d->lang);
	return l ? l : lang_of(LANG_EN);
}

/* ---- what stands on every page ---- */

static int load_versions(struct visit *v, struct doc_show_view *p)
{
	struct doc_versions_row *row;
	int result = doc_versions(v->db, v->mem, p->d.id, &row, &p->n_version);
	struct doc_version *version = result < 0
		? NULL
		: arena_array(v->mem, p->n_version + 1, sizeof *version);
	if (!version)
		return result < 0 ? result : ERR_NOMEM;
	for (size_t i = 0; i < p->n_version; i++)
		version[i] = (struct doc_version){ row[i].version, row[i].at };
	p->versions = version;
	return 0;
}

static bool has_version(const struct doc_show_view *p, int64_t version)
{
	for (size_t i = 0; i < p->n_version; i++)
		if (p->versions[i].version == version)
			return true;
	return false;
}

/* A version that was asked for, or ${otherwise}. */
static int64_t version_asked(
	struct visit *v, const struct doc_show_view *p, const char *name, int64_t otherwise)
{
	int64_t n;
	return str_i64(http_query(v->req, name), &n) && has_version(p, n) ? n : otherwise;
}

static enum clause_change change_of(const struct clause *c, const struct clause_list *before)
{
	const struct clause *was = doc_clause_of(before, c->item);
	if (!was)
		return CLAUSE_NEW;
	return was->wording == c->wording ? CLAUSE_SAME : CLAUSE_CHANGED;
}

/* Whether a clause changed is told by its original words. */
static int load_changes(struct visit *v, const struct doc_show_view *p, struct doc_row *row)
{
	struct clause_list is = { 0 }, was = { 0 };
	if (p->version < 2)
		return 0;
	int result = doc_clauses(v, &p->d, p->version, p->d.lang, &is);
	if (result == 0)
		result = doc_clauses(v, &p->d, p->version - 1, p->d.lang, &was);
	for (size_t i = 0; result == 0 && i < is.n && i < p->n_row; i++)
		row[i].change = change_of(&is.clause[i], &was);
	return result;
}

static int load_comments(struct visit *v, const struct doc_show_view *p, struct doc_row *row)
{
	struct doc_comment_counts_row *count;
	size_t n;
	int result = doc_comment_counts(v->db, v->mem, p->d.id, p->version, &count, &n);
	for (size_t k = 0; result >= 0 && k < n; k++)
		for (size_t i = 0; i < p->n_row; i++)
			if (row[i].c.item == count[k].item)
				row[i].comments = count[k].n;
	return result < 0 ? result : 0;
}

static int load_rows(struct visit *v, struct doc_show_view *p)
{
	struct clause_list list;
	int result = doc_clauses(v, &p->d, p->version, v->lang->code, &list);
	struct doc_row *row = result < 0 ? NULL : arena_array(v->mem, list.n + 1, sizeof *row);
	if (!row)
		return result < 0 ? result : ERR_NOMEM;
	for (size_t i = 0; i < list.n; i++)
		row[i].c = list.clause[i];
	p->row = row;
	p->n_row = list.n;
	result = load_changes(v, p, row);
	if (result == 0)
		result = load_comments(v, p, row);
	for (size_t i = 0; result == 0 && p->is_whole && i < list.n; i++)
		result = markdown_html(v->mem, row[i].c.body, &row[i].html);
	return result;
}

static int load_sums(struct visit *v, struct doc_show_view *p)
{
	struct doc_comment_people_row all;
	struct doc_verdicts_row *row;
	size_t n = 0;
	int result = doc_comment_people(v->db, v->mem, p->d.id, &all);
	if (result >= 0)
		result = doc_verdicts(v->db, v->mem, p->d.id, &row, &n);
	if (result < 0)
		return result;
	p->comments = all.comments;
	p->people = ask_count(v->mem, v->lang, all.people);
	for (size_t i = 0; i < n; i++) {
		must(row[i].verdict > DOC_OPEN && row[i].verdict < DOC_VERDICTS);
		p->verdicts[row[i].verdict] = row[i].n;
		p->answered += row[i].n;
	}
	return 0;
}

static int begin(struct visit *v, struct doc_show_view *p)
{
	int result = doc_here(v, &p->s, &p->d);
	if (result == 0)
		result = load_versions(v, p);
	if (result < 0)
		return result;
	p->version = version_asked(v, p, "v", p->d.version);
	p->may_comment = space_allows(&p->s, ACT_CONTRIBUTE) && p->version == p->d.version;
	return 0;
}

static void frame(struct visit *v, struct doc_show_view *p, struct str title)
{
	v->is_public = p->s.access == SPACE_EVERYONE && p->s.state != SPACE_DRAFT;
	p->frame = visit_frame(v, title);
	p->frame.area = FRAME_TAKE_PART;
	p->frame.is_sample |= p->s.is_sample;
}

static int doc_show(struct visit *v)
{
	struct doc_show_view p = { 0 };
	int result = begin(v, &p);
	p.is_whole = http_query(v->req, "whole").p != NULL;
	if (result == 0)
		result = load_rows(v, &p);
	if (result == 0)
		result = load_sums(v, &p);
	if (result < 0)
		return result;
	frame(v, &p, p.d.title);
	doc_show_page(&v->out, &p);
	return visit_page(v, 200);
}

/* ---- one clause ---- */

static int find_clause(struct visit *v, struct doc_show_view *p)
{
	int64_t ord;
	if (!str_i64(v->part[2], &ord) || ord < 1 || (uint64_t)ord > p->n_row)
		return err_note(ERR_MISSING, "no such clause");
	size_t i = (size_t)ord - 1;
	p->one = &p->row[i];
	p->before = i ? &p->row[i - 1] : NULL;
	p->after = i + 1 < p->n_row ? &p->row[i + 1] : NULL;
	return 0;
}

/* They stand beside the newest wording and explain it; they never take its place. */
static int load_easy(struct visit *v, struct doc_show_view *p)
{
	struct clause_easy_row row;
	if (!v->is_easy || p->version != p->d.version)
		return 0;
	int found = clause_easy(v->db, v->mem, p->one->c.item, visit_words(v), p->d.lang, &row);
	if (found <= 0)
		return found;
	p->has_easy = true;
	return markdown_html(v->mem, row.body, &p->easy);
}

static int load_verdict(struct visit *v, int64_t id, struct doc_comment *c)
{
	struct clause_verdict_row row;
	int found = clause_verdict(v->db, v->mem, id, &row);
	if (found <= 0)
		return found;
	must(row.verdict > DOC_OPEN && row.verdict < DOC_VERDICTS);
	c->verdict = (enum doc_verdict)row.verdict;
	c->reason = row.reason;
	c->reason_lang = row.lang;
	c->verdict_at = row.at;
	return 0;
}

/* What was proposed is compared with the wording that it was proposed for. */
static int load_wording(struct visit *v, const struct doc_show_view *p,
	const struct clause_comments_row *row, struct doc_comment *c)
{
	struct clause_then_row then, now;
	int64_t item = p->one->c.item;
	int found = clause_then(v->db, v->mem, p->d.id, row->version, item, p->d.lang, &then);
	if (found > 0)
		found = clause_then(v->db, v->mem, p->d.id, p->version, item, p->d.lang, &now);
	if (found <= 0)
		return found;
	c->is_older = then.wording != now.wording;
	if (!row->wording.n)
		return 0;
	return diff_words(lang_of_original(&p->d), v->mem, then.body, row->wording, &c->wording);
}

static int load_talk(struct visit *v, struct doc_show_view *p)
{
	struct post_eyes eyes = { .s = &p->s, .back = v->path };
	struct clause_comments_row *row;
	int result = seat_find(v, p->s.id, &eyes.seat);
	if (result >= 0)
		result = clause_comments(v->db, v->mem, p->one->c.item, CLAUSE_COMMENTS,
			(p->page - 1) * CLAUSE_COMMENTS, &row, &p->n_comment);
	struct doc_comment *c = result < 0 ? NULL
					   : arena_array(v->mem, p->n_comment + 1, sizeof *c);
	if (!c)
		return result < 0 ? result : ERR_NOMEM;
	for (size_t i = 0; i < p->n_comment && result >= 0; i++) {
		c[i].version = row[i].version;
		c[i].quote = row[i].quote;
		result = post_load(v, &eyes, row[i].id, &c[i].post);
		if (result == 0)
			result = post_load_replies(v, &eyes, CLAUSE_COMMENTS, &c[i].post);
		if (result == 0)
			result = load_verdict(v, row[i].id, &c[i]);
		if (result == 0)
			result = load_wording(v, p, &row[i], &c[i]);
		if (result >= 0)
			result = doc_adopted(v, row[i].id, false, &c[i].ask);
	}
	p->comment = c;
	p->pages = (p->one->comments + CLAUSE_COMMENTS - 1) / CLAUSE_COMMENTS;
	return result < 0 ? result : 0;
}

static int clause_show(struct visit *v)
{
	struct doc_show_view p = { 0 };
	int64_t n;
	int result = begin(v, &p);
	p.is_whole = true;
	p.page = str_i64(http_query(v->req, "page"), &n) && n > 0 && n < PAGES_MAX ? n : 1;
	if (result == 0)
		result = load_rows(v, &p);
	if (result == 0)
		result = find_clause(v, &p);
	if (result == 0)
		result = load_easy(v, &p);
	if (result == 0)
		result = load_talk(v, &p);
	if (result < 0)
		return result;
	frame(v, &p, p.one->c.title);
	doc_clause_page(&v->out, &p);
	return visit_page(v, 200);
}

/* ---- two versions ---- */

static int compare(struct visit *v, const struct doc_show_view *p, struct doc_pair *pair)
{
	const struct str none = STR("");
	const struct clause *was = pair->was, *is = pair->is;
	const struct lang *l = lang_by_code(is ? is->lang : was->lang);
	l = l ? l : lang_of_original(&p->d);
	int result = diff_words(
		l, v->mem, was ? was->title : none, is ? is->title : none, &pair->title);
	if (result == 0)
		result = diff_words(
			l, v->mem, was ? was->body : none, is ? is->body : none, &pair->body);
	pair->change = !was                                ? CLAUSE_NEW
		: !is                                      ? CLAUSE_DROPPED
		: pair->title.changes + pair->body.changes ? CLAUSE_CHANGED
							   : CLAUSE_SAME;
	return result;
}

/* In the order of the newer version; what was dropped stands at the end. */
static int load_pairs(struct visit *v, struct doc_show_view *p)
{
	struct clause_list was = { 0 }, is = { 0 };
	int result = doc_clauses(v, &p->d, p->from, v->lang->code, &was);
	if (result == 0)
		result = doc_clauses(v, &p->d, p->to, v->lang->code, &is);
	struct doc_pair *pair = result < 0 ? NULL
					   : arena_array(v->mem, was.n + is.n + 1, sizeof *pair);
	if (!pair)
		return result < 0 ? result : ERR_NOMEM;
	for (size_t i = 0; i < is.n; i++)
		pair[p->n_pair++] = (struct doc_pair){
			.was = doc_clause_of(&was, is.clause[i].item), .is = &is.clause[i]
		};
	for (size_t i = 0; i < was.n; i++)
		if (!doc_clause_of(&is, was.clause[i].item))
			pair[p->n_pair++] = (struct doc_pair){ .was = &was.clause[i] };
	for (size_t i = 0; i < p->n_pair && result == 0; i++) {
		result = compare(v, p, &pair[i]);
		p->n_change[pair[i].change]++;
	}
	p->pair = pair;
	return result;
}

static int compare_show(struct visit *v)
{
	struct doc_show_view p = { 0 };
	int result = begin(v, &p);
	if (result < 0)
		return result;
	if (p.d.version < 2)
		return err_note(ERR_MISSING, "only one version");
	p.to = version_asked(v, &p, "to", p.d.version);
	p.from = version_asked(v, &p, "from", p.to > 1 ? p.to - 1 : 1);
	p.wants_all = http_query(v->req, "all").p != NULL;
	result = load_pairs(v, &p);
	if (result < 0)
		return result;
	frame(v, &p, visit_say(v, MSG_doc_compare_title, 0));
	doc_compare_page(&v->out, &p);
	return visit_page(v, 200);
}

/* Where a clause stands now: its lasting address leads here. */
static int clause_find(struct visit *v)
{
	struct clause_place_row row;
	struct space s;
	int64_t id;
	int found = str_i64(v->part[0], &id) ? clause_place(v->db, v->mem, id, &row) : 0;
	if (found <= 0)
		return found < 0 ? found : err_note(ERR_MISSING, "no such clause");
	found = space_load(v, row.slug, &s);
	if (found < 0)
		return found;
	if (row.version == row.newest)
		return visit_goto(v, "/c/%.*s/d/%lld/%lld", STR_ARG(row.slug),
			(long long)row.number, (long long)row.ord);
	return visit_goto(v, "/c/%.*s/d/%lld/%lld?v=%lld", STR_ARG(row.slug), (long long)row.number,
		(long long)row.ord, (long long)row.version);
}

const struct route doc_show_routes[] = {
	/* method    path                     who     input check act */
	{ HTTP_GET, "/c/:slug/d/:n", ANYONE, NULL, NULL, doc_show },
	{ HTTP_GET, "/c/:slug/d/:n/compare", ANYONE, NULL, NULL, compare_show },
	{ HTTP_GET, "/c/:slug/d/:n/:clause", ANYONE, NULL, NULL, clause_show },
	{ HTTP_GET, "/clause/:id", ANYONE, NULL, NULL, clause_find },
	{ 0 },
};
