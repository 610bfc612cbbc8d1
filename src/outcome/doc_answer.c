#include "notify/news.h"
#include "outcome/doc_adopt.h"
#include "outcome/doc_answer.sql.h"
#include "outcome/doc_desk.h"
#include "outcome/doc_desk.html.h"
#include "outcome/doc_show.sql.h"
#include "participate/desk.h"
#include "po/messages.h"

enum { REASON_MAX = 2000, PAGES_MAX = 100000 };

static const char *const verdicts[] = { "adopted", "partly", "not", NULL };
struct answer_in {
	struct str reason;
	struct opt_i64 verdict, comment, page, seen;
};
#define AT(member) .at = offsetof(struct answer_in, member)
static const struct form answer_form = {
	.name = "disposition",
	.size = sizeof(struct answer_in),
	.body_max = 65536,
	.field = {
		{ "reason", FIELD_TEXT, .is_required = true, .max = REASON_MAX, AT(reason) },
		{ "verdict", FIELD_CHOICE, .is_required = true, .choices = verdicts, AT(verdict) },
		{ "comment", FIELD_INT, .is_required = true, .min = 1, .max = INT64_MAX, AT(comment) },
		{ "seen", FIELD_INT, .is_required = true, .max = INT64_MAX, AT(seen) },
		{ "page", FIELD_INT, .min = 1, .max = PAGES_MAX, AT(page) },
	},
};

static int64_t place_of(const struct clause_list *now, int64_t item)
{
	const struct clause *c = doc_clause_of(now, item);
	return c ? c->ord : 0;
}

static int load_one(struct visit *v, const struct doc_desk_view *p,
	const struct doc_desk_comments_row *row, struct doc_comment *c)
{
	struct post_eyes eyes = { .s = &p->s, .back = v->path };
	struct clause_verdict_row verdict = { 0 };
	c->version = row->version;
	c->quote = row->quote;
	int result = post_load(v, &eyes, row->id, &c->post);
	if (result == 0)
		result = clause_verdict(v->db, v->mem, row->id, &verdict);
	if (result <= 0)
		return result;
	must(verdict.verdict > DOC_OPEN && verdict.verdict < DOC_VERDICTS);
	c->verdict = (enum doc_verdict)verdict.verdict;
	c->reason = verdict.reason;
	c->reason_lang = verdict.lang;
	c->verdict_id = verdict.id;
	c->verdict_at = verdict.at;
	return doc_adopted(v, row->id, true, &c->ask);
}

static int load(struct visit *v, struct doc_desk_view *p)
{
	struct doc_desk_comments_row *row;
	struct doc_desk_counts_row n;
	struct clause_list now;
	int result = doc_clauses(v, &p->d, p->d.version, p->d.lang, &now);
	if (result >= 0)
		result = doc_desk_counts(v->db, v->mem, p->d.id, &n);
	if (result >= 0)
		result = doc_desk_comments(v->db, v->mem, p->d.id, DOC_COMMENTS,
			p->only ? 0 : (p->page - 1) * DOC_COMMENTS, p->only, &row, &p->n_comment);
	if (result < 0)
		return result;
	p->open = n.n - n.answered;
	p->pages = p->only ? 1 : (n.n + DOC_COMMENTS - 1) / DOC_COMMENTS;
	struct doc_comment *c = arena_array(v->mem, p->n_comment + 1, sizeof *c);
	int64_t *clause = arena_array(v->mem, p->n_comment + 1, sizeof *clause);
	if (!c || !clause)
		return ERR_NOMEM;
	for (size_t i = 0; i < p->n_comment && result >= 0; i++) {
		clause[i] = place_of(&now, row[i].clause);
		result = load_one(v, p, &row[i], &c[i]);
	}
	p->comment = c;
	p->clause = clause;
	return result < 0 ? result : 0;
}

static int show(struct visit *v, struct doc_desk_view *p, int status)
{
	int result = load(v, p);
	if (result < 0)
		return result;
	p->frame = desk_frame(v, &p->s, MSG_doc_answer_heading);
	doc_answer_page(&v->out, p);
	return visit_page(v, status);
}

static int answers_show(struct visit *v)
{
	struct doc_desk_view p = { 0 };
	int64_t n;
	int result = doc_desk_find(v, &p);
	p.page = str_i64(http_query(v->req, "page"), &n) && n > 0 && n < PAGES_MAX ? n : 1;
	return result < 0 ? result : show(v, &p, 200);
}

static int find(struct visit *v, struct doc_desk_view *p)
{
	struct doc_comment_is_row row = { 0 };
	const struct answer_in *in = visit_in(v, struct answer_in);
	int result = doc_desk_find(v, p);
	p->page = in->page.has ? in->page.v : 1;
	if (result == 0 && in->comment.has)
		result = doc_comment_is(v->db, v->mem, in->comment.v, p->d.id, &row);
	if (result < 0)
		return result;
	p->is_late = in->seen.has && in->seen.v != row.last;
	return row.n ? 0 : err_note(ERR_MISSING, "no such comment");
}

static int answer_check(struct visit *v)
{
	struct doc_desk_view p = { 0 };
	int result = find(v, &p);
	if (result < 0)
		return result;
	p.is_late = p.is_late && !v->form.n_fault;
	p.only = p.is_late ? visit_in(v, struct answer_in)->comment.v : 0;
	if (v->form.n_fault || p.is_late)
		return visit_ended(show(v, &p, p.is_late ? 409 : 422));
	return VISIT_GO_ON;
}

static int answer_act(struct visit *v)
{
	const struct answer_in *in = visit_in(v, struct answer_in);
	struct doc_desk_view p = { 0 };
	int result = find(v, &p);
	if (result == 0 && p.is_late)
		return err_note(ERR_CONFLICT, "another editor was faster");
	if (result == 0)
		result = disposition_add(v->db,
			(struct disposition_add_in){ .document = p.d.id,
				.comment = in->comment.v,
				.verdict = in->verdict.v + 1,
				.lang = v->lang->code,
				.reason = in->reason,
				.account = v->who.account.v,
				.at = v->now });
	if (result >= 0)
		result = news_tell_of(v, NEWS_COMMENTS, p.s.id, p.d.id, v->now / DAY * DAY);
	if (result < 0)
		return result;
	return visit_goto(v, "/desk/%.*s/documents/%lld/comments?saved&page=%lld",
		STR_ARG(p.s.slug), (long long)p.d.number, (long long)p.page);
}

/* What somebody typed at this comment and could not be taken. */
static bool is_typed(const struct doc_desk_view *p, const struct doc_comment *c)
{
	int64_t id;
	return str_i64(form_typed(p->form, "comment"), &id) && id == c->post.item.id;
}

struct str doc_answer_typed(const struct doc_desk_view *p, const struct doc_comment *c)
{
	return is_typed(p, c) ? form_typed(p->form, "reason") : STR("");
}

bool doc_answer_chosen(
	const struct doc_desk_view *p, const struct doc_comment *c, enum doc_verdict verdict)
{
	return is_typed(p, c) && str_is(form_typed(p->form, "verdict"), verdicts[verdict - 1]);
}

const struct route doc_answer_routes[] = {
	/* method    path                                who    input  check  act */
	{ HTTP_GET, "/desk/:slug/documents/:n/comments", STAFF, NULL, NULL, answers_show },
	{ HTTP_POST, "/desk/:slug/documents/:n/comments", STAFF, &answer_form, answer_check,
		answer_act },
	{ 0 },
};
