#include "outcome/bundle_ask.h"
#include "outcome/ask.h"
#include "outcome/bundle_ask.sql.h"
#include "outcome/bundle_doc.h"
#include "participate/bundle_table.h"

enum { REASON_MOST = 100 };

/* What statements with few parameters take. */
struct put_org_text_in {
	int64_t org;
	struct str lang, name, focal_point;
};
struct put_ask_method_in {
	int64_t ask;
	struct str lang, body;
};
struct put_ask_theme_in {
	int64_t ask, theme;
};
struct put_ask_sdg_in {
	int64_t ask;
	struct str target;
};
struct put_ask_withdrawn_in {
	int64_t ask, at;
	struct str reason;
};
struct put_ask_handed_in {
	int64_t ask, from_org, to_org, at;
};
struct put_answer_draft_in {
	int64_t ask, org;
	struct str field, value;
};
/* Here the item is a lasting identity still: see answer_proof_put. */
struct proof_in {
	int64_t answer, ord;
	struct str url, title, item;
};

/* ---- whom it was put to ---- */

static int org_put(struct bundle_in *x, void *in)
{
	const struct put_org_in *org = in;
	struct org_by_uid_row known;
	struct put_org_row made;
	int result = org_by_uid(x->db, x->mem, org->uid, &known);
	made.id = result > 0 ? known.id : 0;
	if (result == 0)
		result = put_org(x->db, x->mem, *org, &made);
	if (result < 0)
		return result;
	return bundle_know(x, BUNDLE_ORG, org->uid, made.id) ? 1 : ERR_CONFLICT;
}

static int org_text_put(struct bundle_in *x, void *in)
{
	const struct put_org_text_in *t = in;
	return put_org_text(x->db, t->org, t->lang, t->name, t->focal_point);
}

/* ---- asks ---- */

static int ask_put(struct bundle_in *x, void *in)
{
	struct put_ask_in *ask = in;
	ask->space = x->space.id;
	return put_ask(x->db, *ask);
}

static int ask_method_put(struct bundle_in *x, void *in)
{
	const struct put_ask_method_in *m = in;
	return put_ask_method(x->db, m->ask, m->lang, m->body);
}

static int ask_theme_put(struct bundle_in *x, void *in)
{
	const struct put_ask_theme_in *t = in;
	return put_ask_theme(x->db, t->ask, t->theme);
}

static int ask_sdg_put(struct bundle_in *x, void *in)
{
	const struct put_ask_sdg_in *t = in;
	return put_ask_sdg(x->db, t->ask, t->target);
}

static int ask_withdrawn_put(struct bundle_in *x, void *in)
{
	const struct put_ask_withdrawn_in *w = in;
	return put_ask_withdrawn(x->db, w->ask, w->reason, w->at);
}

static int ask_handed_put(struct bundle_in *x, void *in)
{
	const struct put_ask_handed_in *h = in;
	return put_ask_handed(x->db, h->ask, h->from_org, h->to_org, h->at);
}

static int ask_reply_put(struct bundle_in *x, void *in)
{
	return put_ask_reply(x->db, *(struct put_ask_reply_in *)in);
}

static int ask_reply_past_put(struct bundle_in *x, void *in)
{
	return put_ask_reply_past(x->db, *(struct put_ask_reply_past_in *)in);
}

/* Batches are numbered through all of a house; in the file they are numbered from 1. */
static int edge_past_put(struct bundle_in *x, void *in)
{
	struct put_edge_past_in *e = in;
	struct last_batch_row last;
	int64_t batch = bundle_map_get(&x->map[BUNDLE_BATCH], (uint64_t)e->batch);
	int result = batch ? 1 : last_batch(x->db, x->mem, &last);
	if (result < 0)
		return result;
	if (!batch) {
		batch = last.n + 1;
		bundle_map_put(&x->map[BUNDLE_BATCH], (uint64_t)e->batch, batch);
	}
	e->batch = batch;
	return put_edge_past(x->db, *e);
}

/* ---- answers ---- */

static int answer_put(struct bundle_in *x, void *in)
{
	return put_answer(x->db, *(struct put_answer_in *)in);
}

/* What shows it may stand in another space: where that one is not here, its title stays. */
static int answer_proof_put(struct bundle_in *x, void *in)
{
	const struct proof_in *p = in;
	struct proof_item_row item = { 0 };
	int found = p->item.n ? proof_item(x->db, x->mem, p->item, &item) : 0;
	if (found < 0)
		return found;
	return put_answer_proof(x->db,
		(struct put_answer_proof_in){ .answer = p->answer,
			.ord = p->ord,
			.url = p->url,
			.title = p->title,
			.item = { item.id, found > 0 } });
}

static int answer_draft_put(struct bundle_in *x, void *in)
{
	const struct put_answer_draft_in *d = in;
	return put_answer_draft(x->db, d->ask, d->org, d->field, d->value);
}

BUNDLE_ROWS(org);
BUNDLE_ROWS(org_text);
BUNDLE_ROWS(ask);
BUNDLE_ROWS(ask_method);
BUNDLE_ROWS(ask_theme);
BUNDLE_ROWS(ask_sdg);
BUNDLE_ROWS(ask_withdrawn);
BUNDLE_ROWS(ask_handed);
BUNDLE_ROWS(ask_reply);
BUNDLE_ROWS(ask_reply_past);
BUNDLE_ROWS(edge_past);
BUNDLE_ROWS(answer);
BUNDLE_ROWS(answer_proof);
BUNDLE_ROWS(answer_draft);

#define PROOF_AT(member) \
	.out = offsetof(struct bundle_answer_proof_row, member), \
	.in = offsetof(struct proof_in, member)

static const char no_ask[] = "this item is no ask";

static const struct bundle_table tables[] = {
	{ "orgs.csv", "this organisation stands there twice, or another one has its address here",
		NULL, BUNDLE_ORG, BUNDLE_OF(org),
		.column = {
			{ "uid", BUNDLE_UID, BUNDLE_AT(org, uid) },
			{ "slug", BUNDLE_CODE, BUNDLE_AT(org, slug) },
			{ "lang", BUNDLE_LANG, BUNDLE_AT(org, lang) },
			{ "country", BUNDLE_CODE, BUNDLE_AT(org, country) },
			{ "is_sample", BUNDLE_NUMBER, BUNDLE_AT(org, is_sample), 0, 1 },
			{ "created_at", BUNDLE_NUMBER, BUNDLE_AT(org, created_at) },
		} },
	{ "org_texts.csv", .column = {
			{ "org", BUNDLE_ORG, BUNDLE_AT(org_text, org) },
			{ "lang", BUNDLE_LANG, BUNDLE_AT(org_text, lang) },
			{ "name", BUNDLE_WORDS, BUNDLE_AT(org_text, name) },
			{ "focal_point", BUNDLE_WORDS, BUNDLE_AT(org_text, focal_point) },
		}, BUNDLE_OF(org_text) },
	{ "asks.csv", "this ask stands there twice, or has another's number", no_ask,
		.counted = offsetof(struct bundle_count, asks), BUNDLE_OF(ask),
		.column = {
			{ "item", BUNDLE_ITEM, BUNDLE_AT(ask, item) },
			{ "section", BUNDLE_NUMBER, BUNDLE_AT(ask, section), 0, INT64_MAX },
			{ "number", BUNDLE_NUMBER, BUNDLE_AT(ask, number), 1, INT64_MAX },
			{ "org", BUNDLE_ORG, BUNDLE_AT(ask, org), .is_optional = true },
			{ "asked_at", BUNDLE_NUMBER, BUNDLE_AT(ask, asked_at), .is_optional = true },
			{ "due_at", BUNDLE_NUMBER, BUNDLE_AT(ask, due_at), .is_optional = true },
			{ "state", BUNDLE_NUMBER, BUNDLE_AT(ask, state), ASK_OPEN, ASK_DONE },
			{ "answered_at", BUNDLE_NUMBER, BUNDLE_AT(ask, answered_at),
				.is_optional = true },
			{ "review_at", BUNDLE_NUMBER, BUNDLE_AT(ask, review_at),
				.is_optional = true },
			{ "reply_until", BUNDLE_NUMBER, BUNDLE_AT(ask, reply_until),
				.is_optional = true },
			{ "version", BUNDLE_NUMBER, BUNDLE_AT(ask, version), 1, INT64_MAX },
			{ "is_public", BUNDLE_NUMBER, BUNDLE_AT(ask, is_public), 0, 1 },
		} },
	{ "ask_methods.csv", "this text stands there twice", no_ask, BUNDLE_OF(ask_method),
		.column = {
			{ "ask", BUNDLE_ITEM, BUNDLE_AT(ask_method, ask) },
			{ "lang", BUNDLE_LANG, BUNDLE_AT(ask_method, lang) },
			{ "body", BUNDLE_WORDS, BUNDLE_AT(ask_method, body) },
		} },
	{ "ask_themes.csv", "this theme stands there twice", no_ask, BUNDLE_OF(ask_theme),
		.column = {
			{ "ask", BUNDLE_ITEM, BUNDLE_AT(ask_theme, ask) },
			{ "theme", BUNDLE_THEME, BUNDLE_AT(ask_theme, theme) },
		} },
	{ "ask_goals.csv", "this target stands there twice", no_ask, BUNDLE_OF(ask_sdg),
		.column = {
			{ "ask", BUNDLE_ITEM, BUNDLE_AT(ask_sdg, ask) },
			{ "target", BUNDLE_CODE, BUNDLE_AT(ask_sdg, target) },
		} },
	{ "ask_withdrawn.csv", "this ask stands there twice", no_ask, BUNDLE_OF(ask_withdrawn),
		.column = {
			{ "ask", BUNDLE_ITEM, BUNDLE_AT(ask_withdrawn, ask) },
			{ "at", BUNDLE_NUMBER, BUNDLE_AT(ask_withdrawn, at) },
			{ "reason", BUNDLE_WORDS, BUNDLE_AT(ask_withdrawn, reason) },
		} },
	{ "ask_handed.csv", NULL, no_ask, BUNDLE_OF(ask_handed),
		.column = {
			{ "ask", BUNDLE_ITEM, BUNDLE_AT(ask_handed, ask) },
			{ "from", BUNDLE_ORG, BUNDLE_AT(ask_handed, from_org) },
			{ "to", BUNDLE_ORG, BUNDLE_AT(ask_handed, to_org) },
			{ "at", BUNDLE_NUMBER, BUNDLE_AT(ask_handed, at) },
		} },
	{ "ask_replies.csv", "this reply stands there twice", no_ask, BUNDLE_OF(ask_reply),
		.column = {
			{ "ask", BUNDLE_ITEM, BUNDLE_AT(ask_reply, ask) },
			{ "person", BUNDLE_PERSON, BUNDLE_AT(ask_reply, seat) },
			{ "value", BUNDLE_NUMBER, BUNDLE_AT(ask_reply, value), 0, 1 },
			{ "status", BUNDLE_NUMBER, BUNDLE_AT(ask_reply, status), ITEM_WAITING,
				ITEM_WITHDRAWN },
			{ "at", BUNDLE_NUMBER, BUNDLE_AT(ask_reply, at) },
			{ "version", BUNDLE_NUMBER, BUNDLE_AT(ask_reply, version), 1, INT64_MAX },
			{ "body", BUNDLE_WORDS, BUNDLE_AT(ask_reply, body) },
		} },
	{ "ask_replies_past.csv", NULL, no_ask, BUNDLE_OF(ask_reply_past),
		.column = {
			{ "ask", BUNDLE_ITEM, BUNDLE_AT(ask_reply_past, ask) },
			{ "person", BUNDLE_PERSON, BUNDLE_AT(ask_reply_past, seat) },
			{ "version", BUNDLE_NUMBER, BUNDLE_AT(ask_reply_past, version), 1,
				INT64_MAX },
			{ "status", BUNDLE_NUMBER, BUNDLE_AT(ask_reply_past, status), ITEM_WAITING,
				ITEM_WITHDRAWN },
			{ "reason", BUNDLE_NUMBER, BUNDLE_AT(ask_reply_past, reason), 0,
				REASON_MOST },
			{ "at", BUNDLE_NUMBER, BUNDLE_AT(ask_reply_past, at) },
		} },
	{ "links_past.csv", NULL, no_ask, BUNDLE_BATCH, BUNDLE_OF(edge_past),
		.column = {
			{ "batch", BUNDLE_NUMBER, BUNDLE_AT(edge_past, batch), 1, INT64_MAX },
			{ "from", BUNDLE_ITEM, BUNDLE_AT(edge_past, from_item) },
			{ "to", BUNDLE_ITEM, BUNDLE_AT(edge_past, to_item) },
			{ "was_relation", BUNDLE_NUMBER, BUNDLE_AT(edge_past, was_relation), 0,
				BEARS_IF },
			{ "relation", BUNDLE_NUMBER, BUNDLE_AT(edge_past, relation), 0, BEARS_IF },
			{ "at", BUNDLE_NUMBER, BUNDLE_AT(edge_past, at) },
			{ "was_quote", BUNDLE_WORDS, BUNDLE_AT(edge_past, was_quote) },
			{ "quote", BUNDLE_WORDS, BUNDLE_AT(edge_past, quote) },
		} },
	{ "answers.csv", "this answer stands there twice", "this is no answer, or none to this ask",
		BUNDLE_OF(answer),
		.column = {
			{ "item", BUNDLE_ITEM, BUNDLE_AT(answer, item) },
			{ "ask", BUNDLE_ITEM, BUNDLE_AT(answer, ask) },
			{ "org", BUNDLE_ORG, BUNDLE_AT(answer, org) },
			{ "state", BUNDLE_NUMBER, BUNDLE_AT(answer, state), ASK_ACKNOWLEDGED,
				ASK_DONE },
			{ "review_at", BUNDLE_NUMBER, BUNDLE_AT(answer, review_at),
				.is_optional = true },
			{ "corrects", BUNDLE_ITEM, BUNDLE_AT(answer, corrects),
				.is_optional = true },
			{ "unit", BUNDLE_WORDS, BUNDLE_AT(answer, unit) },
		} },
	{ "proofs.csv", "this place is taken", "this item is no answer",
		.row = sizeof(struct bundle_answer_proof_row), .in = sizeof(struct proof_in),
		.rows = answer_proof_rows, .put = answer_proof_put,
		.column = {
			{ "answer", BUNDLE_ITEM, PROOF_AT(answer) },
			{ "place", BUNDLE_NUMBER, PROOF_AT(ord), 0, INT64_MAX },
			{ "url", BUNDLE_CODE, PROOF_AT(url) },
			{ "item", BUNDLE_CODE, PROOF_AT(item) },
			{ "title", BUNDLE_WORDS, PROOF_AT(title) },
		} },
	{ "answer_drafts.csv", "this field stands there twice", no_ask, BUNDLE_OF(answer_draft),
		.column = {
			{ "ask", BUNDLE_ITEM, BUNDLE_AT(answer_draft, ask) },
			{ "org", BUNDLE_ORG, BUNDLE_AT(answer_draft, org) },
			{ "field", BUNDLE_CODE, BUNDLE_AT(answer_draft, field) },
			{ "value", BUNDLE_WORDS, BUNDLE_AT(answer_draft, value) },
		} },
};

static int check(struct bundle_in *x)
{
	struct bundle_halves_row halves = { 0 };
	int result = bundle_halves(x->db, x->mem, x->space.id, &halves);
	if (result >= 0 && halves.n)
		return err_note(ERR_INPUT,
			"asks.csv, answers.csv: an ask or an answer of items.csv is not there");
	return result < 0 ? result : 0;
}

const struct bundle_part outcome_bundle = { tables, sizeof tables / sizeof *tables, check,
	&bundle_docs };
