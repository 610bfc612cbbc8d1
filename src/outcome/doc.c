#include "outcome/doc.h"
#include "outcome/doc.sql.h"
#include "po/messages.h"

const char *const doc_kinds[DOC_KINDS] = { "summary", "law", "plan", "minutes", NULL };

int doc_kind_msg(enum doc_kind kind)
{
	static const int msg[DOC_KINDS] = { MSG_NONE, MSG_doc_kind_summary, MSG_doc_kind_law,
		MSG_doc_kind_plan, MSG_doc_kind_minutes };
	return msg[kind];
}

int doc_verdict_msg(enum doc_verdict verdict)
{
	static const int msg[DOC_VERDICTS] = { MSG_doc_verdict_open, MSG_doc_verdict_adopted,
		MSG_doc_verdict_partly, MSG_doc_verdict_not };
	return msg[verdict];
}

static int load(struct visit *v, int64_t space, int64_t number, struct document *ret)
{
	struct doc_at_row r;
	struct doc_words_row words;
	int found = doc_at(v->db, v->mem, space, number, &r);
	if (found <= 0)
		return found < 0 ? found : err_note(ERR_MISSING, "no such document");
	found = doc_words(v->db, v->mem, r.id, v->lang->code, r.lang, &words);
	if (found <= 0)
		return found < 0 ? found : err_note(ERR_BUG, "document without a title");
	must(r.kind > 0 && r.kind < DOC_KINDS);
	*ret = (struct document){ .id = r.id,
		.space = space,
		.number = r.number,
		.version = r.version,
		.edits = r.edits,
		.kind = (enum doc_kind)r.kind,
		.lang = r.lang,
		.title = words.title,
		.lead = words.lead,
		.text_lang = words.lang };
	return 0;
}

int doc_find(struct visit *v, int64_t space, struct str number, struct document *ret)
{
	int64_t n;
	if (!str_i64(number, &n))
		return err_note(ERR_MISSING, "no such document");
	return load(v, space, n, ret);
}

int doc_here(struct visit *v, struct space *s, struct document *ret)
{
	struct document d;
	int result = space_kept(v, s);
	if (result == 0)
		result = doc_find(v, s->id, v->part[1], &d);
	if (result == 0 && !d.version)
		result = err_note(ERR_MISSING, "no version is public");
	if (result == 0)
		*ret = d;
	return result;
}

int doc_list(
	struct visit *v, int64_t space, bool wants_drafts, struct document **ret, size_t *ret_n)
{
	struct doc_all_row *row;
	size_t n;
	int result = doc_all(v->db, v->mem, space, !wants_drafts, &row, &n);
	struct document *d = result < 0 ? NULL : arena_array(v->mem, n + 1, sizeof *d);
	if (!d)
		return result < 0 ? result : ERR_NOMEM;
	for (size_t i = 0; i < n && result >= 0; i++)
		result = load(v, space, row[i].number, &d[i]);
	if (result < 0)
		return result;
	*ret = d;
	*ret_n = n;
	return 0;
}

int doc_clauses(struct visit *v, const struct document *d, int64_t version, struct str lang,
	struct clause_list *ret)
{
	struct doc_clause_words_row *row;
	size_t n;
	int result = doc_clause_words(v->db, v->mem, d->id, version, lang, d->lang, &row, &n);
	struct clause *c = result < 0 ? NULL : arena_array(v->mem, n + 1, sizeof *c);
	if (!c)
		return result < 0 ? result : ERR_NOMEM;
	for (size_t i = 0; i < n; i++)
		c[i] = (struct clause){ .ord = row[i].ord,
			.item = row[i].item,
			.wording = row[i].wording,
			.title = row[i].title,
			.body = row[i].body,
			.lang = row[i].lang };
	*ret = (struct clause_list){ c, n };
	return 0;
}

const struct clause *doc_clause_of(const struct clause_list *list, int64_t item)
{
	for (size_t i = 0; i < list->n; i++)
		if (list->clause[i].item == item)
			return &list->clause[i];
	return NULL;
}
