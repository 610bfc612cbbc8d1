/* What a move lacks. */
#include "record/record.h"

static bool is_other(const struct record_by *by, const struct chain_line *line)
{
	return line->account.has && line->account.v != by->account;
}

/* Has somebody else agreed to it since the record came into its state? */
static bool is_agreed(
	const struct record_by *by, const struct chain_line *line, size_t n, struct str move)
{
	bool is = false;
	for (size_t i = 0; i < n; i++) {
		if (line[i].kind == CHAIN_MOVED || line[i].kind == CHAIN_CHANGED)
			is = false;
		else if (line[i].kind == CHAIN_AGREED && str_eq(line[i].move, move))
			is |= is_other(by, &line[i]);
	}
	return is;
}

/* Somebody who is not the author wrote to the author. */
static bool has_feedback(const struct record *r, const struct chain_line *line, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		bool is_author = line[i].account.has
			? r->account.has && r->account.v == line[i].account.v
			: line[i].participant.has;
		if (line[i].kind == CHAIN_MESSAGE && !is_author)
			return true;
	}
	return false;
}

static int lacks_people(
	const struct record_by *by, const struct record *r, const struct def_move *m, int *ret)
{
	struct chain_line *line;
	size_t n, holds;
	int result = chain_read(by->db, by->mem, r->id, r->body, &line, &n, &holds);
	if (result < 0)
		return result;
	if ((m->needs & NEEDS_TWO_PEOPLE) && !is_agreed(by, line, n, m->name))
		*ret |= NEEDS_TWO_PEOPLE;
	if ((m->needs & NEEDS_FEEDBACK) && !has_feedback(r, line, n))
		*ret |= NEEDS_FEEDBACK;
	return 0;
}

int record_lacks(
	const struct record_by *by, const struct record *r, int move, struct str words, int *ret)
{
	const struct def_move *m = &r->form->def->move[move];
	int lacks = 0, result = 0;
	if (by->is_house) {
		*ret = 0;
		return 0;
	}
	if ((m->needs & NEEDS_NOTE) && !words.n)
		lacks |= NEEDS_NOTE;
	/* Nothing here knows of anybody's consent, so it is never there. */
	lacks |= m->needs & NEEDS_CONSENT;
	if (m->needs & (NEEDS_TWO_PEOPLE | NEEDS_FEEDBACK))
		result = lacks_people(by, r, m, &lacks);
	if (result == 0 && m->condition) {
		struct expr_data d = answers_data(&r->answers, -1, 0);
		int holds = expr_true(m->condition, &d, by->mem);
		if (holds == 0)
			lacks |= LACKS_CONDITION;
		result = holds < 0 ? holds : 0;
	}
	if (result == 0)
		*ret = lacks;
	return result;
}
