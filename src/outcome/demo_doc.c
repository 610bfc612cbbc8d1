/* The document of the sample: clauses in two versions, comments, and what became of them. */
#include "outcome/ask.h"
#include "outcome/demo_doc.sql.h"
#include "outcome/demo_inner.h"
#include "outcome/doc.h"
#include "outcome/doc_answer.sql.h"
#include "outcome/doc_comment.sql.h"
#include "outcome/doc_desk.sql.h"
#include "outcome/doc_publish.sql.h"
#include "outcome/link.sql.h"

int sample_document(struct sample *s, const struct demo_block *b)
{
	struct doc_insert_row made;
	int result = doc_insert(s->db, s->mem,
		(struct doc_insert_in){ .uid = sample_uid(s),
			.space = s->space,
			.kind = demo_number(b, "kind", DOC_PLAN),
			.lang = b->row[0].lang,
			.at = sample_day(s, b, "at") },
		&made);
	for (size_t i = 0; result >= 0 && i < b->n_line; i++)
		if (!b->row[i].field.p)
			result = doc_text_put(s->db, made.id, b->row[i].lang,
				demo_text(b, b->row[i].lang, "title"), b->row[i].text);
	s->document = result < 0 ? 0 : made.id;
	return result;
}

int sample_version(struct sample *s, const struct demo_block *b)
{
	s->ord = 0;
	s->version_at = sample_day(s, b, "at");
	int result = doc_version_add(
		s->db, s->document, ++s->version, s->staff.editor.v, s->version_at);
	return result < 0 ? result : doc_version_set(s->db, s->document, s->version);
}

static struct made_clause *clause_at(struct sample *s, const struct demo_block *b)
{
	int64_t n = demo_number(b, "n", 0);
	return n > 0 && n < CLAUSES ? &s->clause[n] : NULL;
}

/* The clause, as it is worded now, is the next of this version. */
static int take_in(struct sample *s, int64_t item)
{
	struct demo_clause_langs_row *row;
	size_t n = 0;
	int result = doc_clause_add(s->db, s->document, s->version, ++s->ord, item);
	if (result >= 0)
		result = demo_clause_langs(s->db, s->mem, item, &row, &n);
	for (size_t i = 0; result >= 0 && i < n; i++)
		result = doc_words_add(s->db,
			(struct doc_words_add_in){ .document = s->document,
				.version = s->version,
				.item = item,
				.lang = row[i].lang,
				.wording = row[i].version });
	return result;
}

static int reword(struct sample *s, const struct demo_block *b, int64_t item)
{
	int result = demo_clause_past(s->db, item);
	for (size_t i = 0; result >= 0 && i < b->n_line; i++)
		if (!b->row[i].field.p)
			result = demo_clause_text(s->db,
				(struct demo_clause_text_in){ .item = item,
					.lang = b->row[i].lang,
					.title = demo_text(b, b->row[i].lang, "title"),
					.body = b->row[i].text,
					.at = s->version_at });
	return result;
}

int sample_clause(struct sample *s, const struct demo_block *b)
{
	struct made_clause *c = clause_at(s, b);
	if (!c)
		return sample_wrong(b, "no such clause");
	int result = c->id ? reword(s, b, c->id)
			   : sample_add(s, b,
				     &(struct sample_item){ .kind = ITEM_CLAUSE,
					     .account = s->staff.editor.v,
					     .at = s->version_at },
				     &c->id);
	return result < 0 ? result : take_in(s, c->id);
}

int sample_keep(struct sample *s, const struct demo_block *b)
{
	const struct made_clause *c = clause_at(s, b);
	return c && c->id ? take_in(s, c->id) : sample_wrong(b, "no such clause");
}

int sample_comment(struct sample *s, const struct demo_block *b)
{
	const struct made_clause *c = clause_at(s, b);
	struct demo_seat_at_row seat;
	struct demo_last_row last;
	struct str lang = b->row[0].lang, quote = demo_text(b, lang, "quote"),
		   wording = demo_text(b, lang, "wording");
	int64_t *id = &s->comment[s->n_comment + 1];
	if (!c || !c->id || s->n_comment + 1 == COMMENTS)
		return sample_wrong(b, "no such clause, or too many comments");
	int found = demo_seat_at(s->db, s->mem, s->space, demo_number(b, "seat", 0), &seat);
	if (found == 0)
		return sample_wrong(b, "nobody has this number");
	if (found > 0)
		found = demo_last(s->db, s->mem, s->space, ITEM_CONTRIBUTION, &last);
	if (found < 0)
		return found;
	s->n_item[ITEM_CONTRIBUTION] = last.number;
	int result = sample_add(s, b,
		&(struct sample_item){ .kind = ITEM_CONTRIBUTION,
			.parent = c->id,
			.seat = seat.id,
			.at = sample_day(s, b, "at") },
		id);
	s->comment_clause[++s->n_comment] = c->id;
	return result < 0 ? result
			  : clause_comment_add(s->db, *id, s->version, quote.p ? quote : STR(""),
				    wording.p ? wording : STR(""));
}

/* "ask=1.5": what it became. */
static int adopt(struct sample *s, const struct demo_block *b, int64_t comment, int64_t clause)
{
	const struct made_ask *ask = sample_ask(s, demo_arg(b, "ask"));
	int64_t at = sample_day(s, b, "at"), editor = s->staff.editor.v;
	if (!ask)
		return sample_wrong(b, "no such ask");
	int result = link_insert(
		s->db, (struct link_insert_in){ ask->id, comment, BEARS_FOR, STR(""), editor, at });
	return result < 0 ? result : link_clause_add(s->db, ask->id, clause, editor, at);
}

int sample_verdict(struct sample *s, const struct demo_block *b)
{
	int64_t n = demo_number(b, "comment", 0);
	if (n < 1 || n > s->n_comment)
		return sample_wrong(b, "no such comment");
	int result = disposition_add(s->db,
		(struct disposition_add_in){ .document = s->document,
			.comment = s->comment[n],
			.verdict = demo_number(b, "is", DOC_NOT),
			.lang = b->row[0].lang,
			.reason = b->row[0].text,
			.account = s->staff.editor.v,
			.at = sample_day(s, b, "at") });
	if (result < 0 || !demo_arg(b, "ask").p)
		return result;
	return adopt(s, b, s->comment[n], s->comment_clause[n]);
}
