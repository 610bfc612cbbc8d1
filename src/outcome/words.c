#include "outcome/words.h"
#include "outcome/doc_show.sql.h"
#include "outcome/reply.sql.h"
#include "outcome/words.html.h"
#include "po/messages.h"

static void show_cites(struct html *w, const void *of)
{
	words_cites_part(w, of);
}

static void show_above(struct html *w, const void *of)
{
	words_above_part(w, of);
}

/* A space that has closed its door to them since says nothing of its asks. */
static int load_cite(struct visit *v, const struct words_cites_row *row, struct words_cite *ret)
{
	struct words_cite c = { .quote = row->quote, .now = v->now };
	struct space s;
	struct seat seat = { 0 };
	int result = ask_card_load(v, NULL, row->ask, &c.card);
	if (result == 0)
		result = reply_space(v, &c.card.a, &s);
	if (result == 0)
		result = seat_find(v, s.id, &seat);
	if (result > 0)
		result = reply_load(v, row->ask, seat.id, &c.own);
	if (result < 0)
		return result;
	c.slug = s.slug;
	c.may_reply = reply_is_open(&s, &c.card.a, v->now);
	*ret = c;
	return 0;
}

static int load_cites(struct visit *v, struct my_word *word)
{
	struct words_cites_row *row;
	size_t n;
	struct clause_verdict_row verdict = { 0 };
	int result = words_cites(v->db, v->mem, word->item.id, &row, &n);
	if (result >= 0)
		result = clause_verdict(v->db, v->mem, word->item.id, &verdict);
	if (result < 0 || (!n && !verdict.verdict))
		return result < 0 ? result : 0;
	struct words_of *of = arena_array(v->mem, 1, sizeof *of);
	struct words_cite *cite = arena_array(v->mem, n + 1, sizeof *cite);
	if (!of || !cite)
		return ERR_NOMEM;
	must(verdict.verdict >= DOC_OPEN && verdict.verdict < DOC_VERDICTS);
	of->verdict = (enum doc_verdict)verdict.verdict;
	of->reason = verdict.reason;
	of->reason_lang = verdict.lang;
	of->verdict_at = verdict.at;
	for (size_t i = 0; i < n; i++) {
		result = load_cite(v, &row[i], &cite[of->n_cite]);
		if (result < 0 && result != ERR_MISSING)
			return result;
		of->n_cite += result == 0;
	}
	of->cite = cite;
	word->more = (struct mine_more){ show_cites, of };
	return 0;
}

/* What waits for their reply, while there is time. */
static int load_asked(struct visit *v, struct words_above *above)
{
	struct words_unsaid_row *row;
	size_t n;
	int result = words_unsaid(
		v->db, v->mem, v->who.participant.v, v->who.account.v, WORDS_ASKED_MAX, &row, &n);
	struct ask *asked = result < 0 ? NULL : arena_array(v->mem, n + 1, sizeof *asked);
	if (!asked)
		return result < 0 ? result : ERR_NOMEM;
	for (size_t i = 0; i < n; i++) {
		struct space s;
		struct ask *a = &asked[above->n_asked];
		result = ask_load(v, row[i].ask, a);
		if (result == 0)
			result = reply_space(v, a, &s);
		if (result < 0 && result != ERR_MISSING)
			return result;
		above->n_asked += result == 0 && reply_is_open(&s, a, v->now);
	}
	above->asked = asked;
	return 0;
}

static int load(struct visit *v, struct mine_view *p)
{
	struct words_counts_row row;
	struct words_above *above = arena_array(v->mem, 1, sizeof *above);
	if (!above)
		return ERR_NOMEM;
	int result = words_counts(v->db, v->mem, v->who.participant.v, v->who.account.v, &row);
	if (result >= 0)
		result = load_asked(v, above);
	for (size_t i = 0; result >= 0 && i < p->n_word; i++)
		result = load_cites(v, &p->word[i]);
	if (result < 0)
		return result;
	above->all = p->all;
	above->used = row.used;
	above->answered = row.answered;
	p->more = (struct mine_more){ show_above, above };
	return 0;
}

static int words_show(struct visit *v)
{
	return mine_show(v, load);
}

/* Who takes all words away takes these, too. */
static int words_delete(struct visit *v)
{
	int result = v->who.participant.v
		? reply_erase(v->db, v->who.participant.v, v->who.account.v)
		: 0;
	return result < 0 ? result : delete_act(v);
}

const struct route outcome_words_routes[] = {
	/* method    path          who     input check act */
	{ HTTP_GET, "/me", ANYONE, NULL, NULL, words_show },
	{ HTTP_POST, "/me/delete", ANYONE, NULL, NULL, words_delete },
	{ 0 },
};
