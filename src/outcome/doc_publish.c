#include "notify/news.h"
#include "outcome/doc_desk.h"
#include "outcome/doc_desk.html.h"
#include "outcome/doc_publish.sql.h"
#include "participate/desk.h"
#include "po/messages.h"

struct publish_in {
	struct opt_i64 seen;
};
static const struct form publish_form = {
	.name = "publish",
	.size = sizeof(struct publish_in),
	.body_max = 2048,
	.field = { { "seen", FIELD_INT, .is_required = true, .max = INT64_MAX,
		.at = offsetof(struct publish_in, seen) } },
};

/* ---- the look before ---- */

static int read_draft(
	struct visit *v, const struct document *d, const struct lang *l, struct doc_draft *ret)
{
	*ret = (struct doc_draft){ .lang = l };
	int result = doc_desk_body(v, d, l->code, &ret->body);
	return result < 0 ? result : clauses_read(v->mem, ret->body, &ret->clauses);
}

/* The original, and every other language that has words. */
static int read_drafts(struct visit *v, struct doc_desk_view *p)
{
	struct doc_draft *draft = arena_array(v->mem, LANG_COUNT, sizeof *draft);
	const struct lang *original = lang_by_code(p->d.lang);
	if (!draft || !original)
		return draft ? err_note(ERR_BUG, "document in no language") : ERR_NOMEM;
	int result = read_draft(v, &p->d, original, &draft[p->n_draft++]);
	for (int i = 0; i < LANG_COUNT && result == 0; i++) {
		const struct lang *l = lang_of((enum lang_id)i);
		struct doc_draft *d = &draft[p->n_draft];
		if (l == original)
			continue;
		result = read_draft(v, &p->d, l, d);
		d->is_uneven = d->clauses.n != draft[0].clauses.n;
		p->n_draft += d->body.n > 0;
	}
	p->draft = draft;
	return result;
}

/* The newest version as what the next is matched with. */
static int match(struct visit *v, struct doc_desk_view *p)
{
	const struct clauses *is = &p->draft[0].clauses;
	int result = doc_clauses(v, &p->d, p->d.version, p->d.lang, &p->before);
	struct clause_words *was = result < 0 ? NULL
					      : arena_array(v->mem, p->before.n + 1, sizeof *was);
	int *found = result < 0 ? NULL : arena_array(v->mem, is->n + 1, sizeof *found);
	if (!was || !found)
		return result < 0 ? result : ERR_NOMEM;
	for (size_t i = 0; i < p->before.n; i++)
		was[i] = (struct clause_words){ .title = p->before.clause[i].title,
			.body = p->before.clause[i].body };
	p->match = found;
	p->dropped = (int64_t)p->before.n;
	result = clauses_match(p->draft[0].lang, v->mem,
		&(struct clauses){ .clause = was, .n = p->before.n }, is, found);
	for (size_t i = 0; i < is->n && result == 0; i++)
		p->dropped -= found[i] >= 0;
	return result;
}

static int load(struct visit *v, struct doc_desk_view *p)
{
	int result = doc_desk_find(v, p);
	if (result == 0)
		result = read_drafts(v, p);
	if (result == 0)
		result = match(v, p);
	p->may_publish = result == 0;
	for (size_t i = 0; i < p->n_draft && result == 0; i++)
		if (p->draft[i].clauses.fault || p->draft[i].is_uneven)
			p->may_publish = false;
	return result;
}

static int show(struct visit *v, struct doc_desk_view *p, int status)
{
	p->frame = desk_frame(v, &p->s, MSG_doc_publish_title);
	doc_publish_page(&v->out, p);
	return visit_page(v, status);
}

static int publish_show(struct visit *v)
{
	struct doc_desk_view p = { 0 };
	int result = load(v, &p);
	return result < 0 ? result : show(v, &p, 200);
}

/* ---- making it public ---- */

/* The clause's words in one language, changed only where they differ; which wording that is. */
static int put_words(struct visit *v, const struct doc_desk_view *p, int64_t item,
	const struct doc_draft *draft, size_t i, int64_t version)
{
	const struct clause_words *w = &draft->clauses.clause[i];
	struct str code = draft->lang->code;
	bool is_original = draft == p->draft;
	struct doc_wording_row row;
	int found = doc_wording(v->db, v->mem, item, code, &row);
	if (found == 0 ||
		(found > 0 && (!str_eq(row.title, w->title) || !str_eq(row.body, w->body)))) {
		found = item_set_text(
			v, item, code, is_original ? TEXT_AUTHOR : TEXT_HUMAN, w->title, w->body);
		if (found >= 0)
			found = doc_wording(v->db, v->mem, item, code, &row);
	}
	if (found <= 0)
		return found < 0 ? found : err_note(ERR_BUG, "clause without words");
	return doc_words_add(v->db,
		(struct doc_words_add_in){ .document = p->d.id,
			.version = version,
			.item = item,
			.lang = code,
			.wording = row.version });
}

static int put_clause(struct visit *v, const struct doc_desk_view *p, size_t i, int64_t version)
{
	const struct clause_words *w = &p->draft[0].clauses.clause[i];
	int64_t item = p->match[i] >= 0 ? p->before.clause[p->match[i]].item : 0;
	int result = 0;
	if (!item)
		result = item_add(v,
			&(struct item_new){ .space = p->s.id,
				.account = v->who.account.v,
				.kind = ITEM_CLAUSE,
				.status = ITEM_PUBLISHED,
				.lang = p->d.lang,
				.title = w->title,
				.body = w->body },
			&item);
	if (result >= 0)
		result = doc_clause_add(v->db, p->d.id, version, (int64_t)i + 1, item);
	for (size_t k = 0; k < p->n_draft && result >= 0; k++)
		result = put_words(v, p, item, &p->draft[k], i, version);
	return result < 0 ? result : 0;
}

static int publish_check(struct visit *v)
{
	struct doc_desk_view p = { 0 };
	int result = load(v, &p);
	if (result < 0)
		return result;
	bool is_seen = v->form.n_fault == 0 && visit_in(v, struct publish_in)->seen.v == p.d.edits;
	return is_seen && p.may_publish ? VISIT_GO_ON : visit_ended(show(v, &p, 409));
}

static int publish_act(struct visit *v)
{
	struct doc_desk_view p = { 0 };
	int result = load(v, &p);
	int64_t version = p.d.version + 1;
	if (result == 0 && (!p.may_publish || visit_in(v, struct publish_in)->seen.v != p.d.edits))
		return err_note(ERR_CONFLICT, "the draft changed meanwhile");
	if (result == 0)
		result = doc_version_add(v->db, p.d.id, version, v->who.account.v, v->now);
	for (size_t i = 0; result >= 0 && i < p.draft[0].clauses.n; i++)
		result = put_clause(v, &p, i, version);
	if (result >= 0)
		result = doc_draft_drop(v->db, p.d.id);
	if (result >= 0)
		result = doc_version_set(v->db, p.d.id, version);
	if (result >= 0)
		result = news_tell_of(v, NEWS_VERSION, p.s.id, p.d.id, version);
	if (result < 0)
		return result;
	return visit_goto(v, "/c/%.*s/d/%lld", STR_ARG(p.s.slug), (long long)p.d.number);
}

const struct route doc_publish_routes[] = {
	/* method    path                               who    input  check  act */
	{ HTTP_GET, "/desk/:slug/documents/:n/publish", STAFF, NULL, NULL, publish_show },
	{ HTTP_POST, "/desk/:slug/documents/:n/publish", STAFF, &publish_form, publish_check,
		publish_act },
	{ 0 },
};
