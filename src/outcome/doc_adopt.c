#include "outcome/doc_adopt.h"
#include "base/utf8.h"
#include "outcome/ask_desk.h"
#include "outcome/doc_adopt.sql.h"
#include "outcome/doc_desk.h"
#include "outcome/link.h"

int doc_adopted(struct visit *v, int64_t comment, bool wants_drafts, struct str *ret)
{
	struct adopt_ask_row row;
	int found = adopt_ask(v->db, v->mem, comment, wants_drafts ? 0 : 1, &row);
	*ret = found > 0
		? arena_f(v->mem, "%lld.%lld", (long long)row.section, (long long)row.number)
		: STR("");
	return found < 0 ? found : 0;
}

int doc_adopted_from(struct visit *v, int64_t ask, const struct ask_clause **ret, size_t *ret_n)
{
	struct adopt_clauses_row *row;
	size_t n;
	int result = adopt_clauses(v->db, v->mem, ask, v->lang->code, &row, &n);
	struct ask_clause *c = result < 0 ? NULL : arena_array(v->mem, n + 1, sizeof *c);
	if (!c)
		return result < 0 ? result : ERR_NOMEM;
	for (size_t i = 0; i < n; i++)
		c[i] = (struct ask_clause){ row[i].item, row[i].title, row[i].lang };
	*ret = c;
	*ret_n = n;
	return 0;
}

/* ---- one press ---- */

struct adopt_in {
	struct opt_i64 comment;
};
static const struct form adopt_form = {
	.name = "adopt",
	.size = sizeof(struct adopt_in),
	.body_max = 2048,
	.field = { { "comment", FIELD_INT, .is_required = true, .min = 1, .max = INT64_MAX,
		.at = offsetof(struct adopt_in, comment) } },
};

static int find(struct visit *v, struct doc_desk_view *p, struct adopt_comment_row *ret)
{
	const struct adopt_in *in = visit_in(v, struct adopt_in);
	int result = doc_desk_find(v, p);
	if (result == 0 && !in->comment.has)
		return err_note(ERR_MISSING, "no comment is named");
	if (result == 0) {
		result = adopt_comment(v->db, v->mem, in->comment.v, p->d.id, p->d.lang, ret);
		if (result == 0)
			return err_note(ERR_MISSING, "no such comment");
	}
	if (result > 0 && ret->verdict != DOC_ADOPTED)
		return err_note(ERR_CONFLICT, "the comment is not adopted");
	return result < 0 ? result : 0;
}

/* What was proposed is what is asked; an editor makes an ask of it. */
static int begin(struct visit *v, const struct doc_desk_view *p, const struct adopt_comment_row *c,
	int64_t comment, int64_t *ret_id)
{
	struct str once = arena_f(v->mem, "adopt:%lld", (long long)comment);
	if (!once.p)
		return ERR_NOMEM;
	return ask_begin(v,
		&(struct ask_new){ .space = p->s.id,
			.lang = p->d.lang,
			.title = c->title,
			.body = utf8_head(c->wording, ASK_BODY_MAX),
			.once = once },
		ret_id);
}

static int tie(struct visit *v, const struct doc_desk_view *p, int64_t ask, int64_t clause)
{
	struct link_wish wish = { .bearing = BEARS_FOR, .quote = STR("") };
	int64_t batch;
	int result = link_find(v, p->s.id, visit_in(v, struct adopt_in)->comment.v, &wish.source);
	if (result == 0)
		result = link_put(v, ask, &wish, 1, &batch);
	return result < 0 ? result : link_clause(v, ask, clause);
}

static int adopt_check(struct visit *v)
{
	struct doc_desk_view p = { 0 };
	struct adopt_comment_row comment = { 0 };
	int result = find(v, &p, &comment);
	return result < 0 ? result : VISIT_GO_ON;
}

/* The same press again leads to the same ask. */
static int adopt_act(struct visit *v)
{
	struct doc_desk_view p = { 0 };
	struct adopt_comment_row comment = { 0 };
	struct ask made;
	int64_t id = 0;
	int result = find(v, &p, &comment);
	if (result == 0)
		result = begin(v, &p, &comment, visit_in(v, struct adopt_in)->comment.v, &id);
	if (result > 0)
		result = tie(v, &p, id, comment.clause);
	if (result >= 0)
		result = ask_load(v, id, &made);
	if (result < 0)
		return result;
	return visit_goto(v, "/desk/%.*s/asks/%.*s", STR_ARG(p.s.slug), STR_ARG(made.address));
}

const struct route doc_adopt_routes[] = {
	/* method    path                                      who    input  check  act */
	{ HTTP_POST, "/desk/:slug/documents/:n/comments/ask", STAFF, &adopt_form, adopt_check,
		adopt_act },
	{ 0 },
};
