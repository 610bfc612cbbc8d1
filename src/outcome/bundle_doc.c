#include "outcome/bundle_doc.h"
#include "outcome/bundle_doc.sql.h"
#include "outcome/doc.h"
#include "participate/bundle_table.h"

/* What statements with few parameters take. */
struct put_document_text_in {
	int64_t document;
	struct str lang, title, lead;
};
struct put_document_draft_in {
	int64_t document, at;
	struct str lang, body;
};
struct put_document_version_in {
	int64_t document, version, at;
};
struct put_document_clause_in {
	int64_t document, version, ord, item;
};
struct put_item_clause_in {
	int64_t item, version;
	struct str quote, wording;
};

static int document_put(struct bundle_in *x, void *in)
{
	struct put_document_in *doc = in;
	struct put_document_row made;
	doc->space = x->space.id;
	int result = put_document(x->db, x->mem, *doc, &made);
	if (result >= 0)
		bundle_know(x, BUNDLE_DOCUMENT, doc->uid, made.id);
	return result;
}

static int document_text_put(struct bundle_in *x, void *in)
{
	const struct put_document_text_in *t = in;
	return put_document_text(x->db, t->document, t->lang, t->title, t->lead);
}

static int document_draft_put(struct bundle_in *x, void *in)
{
	const struct put_document_draft_in *t = in;
	return put_document_draft(x->db, t->document, t->lang, t->body, t->at);
}

static int document_version_put(struct bundle_in *x, void *in)
{
	const struct put_document_version_in *v = in;
	return put_document_version(x->db, v->document, v->version, v->at);
}

static int document_clause_put(struct bundle_in *x, void *in)
{
	const struct put_document_clause_in *c = in;
	return put_document_clause(x->db, c->document, c->version, c->ord, c->item);
}

static int document_words_put(struct bundle_in *x, void *in)
{
	return put_document_words(x->db, *(struct put_document_words_in *)in);
}

static int item_clause_put(struct bundle_in *x, void *in)
{
	const struct put_item_clause_in *c = in;
	return put_item_clause(x->db, c->item, c->version, c->quote, c->wording);
}

static int disposition_put(struct bundle_in *x, void *in)
{
	return put_disposition(x->db, *(struct put_disposition_in *)in);
}

BUNDLE_ROWS(document);
BUNDLE_ROWS(document_text);
BUNDLE_ROWS(document_draft);
BUNDLE_ROWS(document_version);
BUNDLE_ROWS(document_clause);
BUNDLE_ROWS(document_words);
BUNDLE_ROWS(item_clause);
BUNDLE_ROWS(disposition);

static const struct bundle_table tables[] = {
	{ "documents.csv", "this document is here already, or has another's number", NULL,
		BUNDLE_DOCUMENT, offsetof(struct bundle_count, documents), BUNDLE_OF(document),
		.column = {
			{ "uid", BUNDLE_UID, BUNDLE_AT(document, uid) },
			{ "number", BUNDLE_NUMBER, BUNDLE_AT(document, number), 1, INT64_MAX },
			{ "kind", BUNDLE_NUMBER, BUNDLE_AT(document, kind), DOC_SUMMARY,
				DOC_KINDS - 1 },
			{ "lang", BUNDLE_LANG, BUNDLE_AT(document, lang) },
			{ "version", BUNDLE_NUMBER, BUNDLE_AT(document, version), 0, INT64_MAX },
			{ "edits", BUNDLE_NUMBER, BUNDLE_AT(document, edits), 0, INT64_MAX },
			{ "created_at", BUNDLE_NUMBER, BUNDLE_AT(document, created_at) },
		} },
	{ "document_texts.csv", "this text stands there twice", BUNDLE_OF(document_text),
		.column = {
			{ "document", BUNDLE_DOCUMENT, BUNDLE_AT(document_text, document) },
			{ "lang", BUNDLE_LANG, BUNDLE_AT(document_text, lang) },
			{ "title", BUNDLE_WORDS, BUNDLE_AT(document_text, title) },
			{ "lead", BUNDLE_WORDS, BUNDLE_AT(document_text, lead) },
		} },
	{ "document_drafts.csv", "this draft stands there twice", BUNDLE_OF(document_draft),
		.column = {
			{ "document", BUNDLE_DOCUMENT, BUNDLE_AT(document_draft, document) },
			{ "lang", BUNDLE_LANG, BUNDLE_AT(document_draft, lang) },
			{ "at", BUNDLE_NUMBER, BUNDLE_AT(document_draft, at) },
			{ "body", BUNDLE_WORDS, BUNDLE_AT(document_draft, body) },
		} },
	{ "document_versions.csv", "this version stands there twice", BUNDLE_OF(document_version),
		.column = {
			{ "document", BUNDLE_DOCUMENT, BUNDLE_AT(document_version, document) },
			{ "version", BUNDLE_NUMBER, BUNDLE_AT(document_version, version), 1,
				INT64_MAX },
			{ "at", BUNDLE_NUMBER, BUNDLE_AT(document_version, at) },
		} },
	{ "clauses.csv", "this place is taken", "this item is no clause",
		BUNDLE_OF(document_clause),
		.column = {
			{ "document", BUNDLE_DOCUMENT, BUNDLE_AT(document_clause, document) },
			{ "version", BUNDLE_NUMBER, BUNDLE_AT(document_clause, version), 1,
				INT64_MAX },
			{ "place", BUNDLE_NUMBER, BUNDLE_AT(document_clause, ord), 1, INT64_MAX },
			{ "item", BUNDLE_ITEM, BUNDLE_AT(document_clause, item) },
		} },
	{ "wordings.csv", "this wording stands there twice", "this item is no clause",
		BUNDLE_OF(document_words),
		.column = {
			{ "document", BUNDLE_DOCUMENT, BUNDLE_AT(document_words, document) },
			{ "version", BUNDLE_NUMBER, BUNDLE_AT(document_words, version), 1,
				INT64_MAX },
			{ "item", BUNDLE_ITEM, BUNDLE_AT(document_words, item) },
			{ "lang", BUNDLE_LANG, BUNDLE_AT(document_words, lang) },
			{ "wording", BUNDLE_NUMBER, BUNDLE_AT(document_words, wording), 1,
				INT64_MAX },
		} },
	{ "comments.csv", "this comment stands there twice", "this item is no comment on a clause",
		BUNDLE_OF(item_clause),
		.column = {
			{ "item", BUNDLE_ITEM, BUNDLE_AT(item_clause, item) },
			{ "version", BUNDLE_NUMBER, BUNDLE_AT(item_clause, version), 1, INT64_MAX },
			{ "quote", BUNDLE_WORDS, BUNDLE_AT(item_clause, quote) },
			{ "wording", BUNDLE_WORDS, BUNDLE_AT(item_clause, wording) },
		} },
	{ "dispositions.csv", NULL, "this item is no comment on a clause", BUNDLE_OF(disposition),
		.column = {
			{ "document", BUNDLE_DOCUMENT, BUNDLE_AT(disposition, document) },
			{ "comment", BUNDLE_ITEM, BUNDLE_AT(disposition, comment) },
			{ "verdict", BUNDLE_NUMBER, BUNDLE_AT(disposition, verdict), DOC_ADOPTED,
				DOC_NOT },
			{ "lang", BUNDLE_LANG, BUNDLE_AT(disposition, lang) },
			{ "at", BUNDLE_NUMBER, BUNDLE_AT(disposition, at) },
			{ "reason", BUNDLE_WORDS, BUNDLE_AT(disposition, reason) },
		} },
};

static int check(struct bundle_in *x)
{
	struct bundle_loose_row loose = { 0 };
	struct bundle_empty_row empty = { 0 };
	int result = bundle_loose(x->db, x->mem, x->space.id, &loose);
	if (result >= 0)
		result = bundle_empty(x->db, x->mem, x->space.id, &empty);
	if (result >= 0 && loose.n)
		return err_note(ERR_INPUT, "clauses.csv: a clause of items.csv is not there");
	if (result >= 0 && empty.n)
		return err_note(ERR_INPUT, "clauses.csv: a document's newest version is not there");
	return result < 0 ? result : 0;
}

const struct bundle_part bundle_docs = { tables, sizeof tables / sizeof *tables, check, NULL };
