#include "participate/decide.h"
#include "account/audit.h"
#include "participate/decide.sql.h"
#include "po/messages.h"

/* From which states a verdict may follow: a set of 1 << enum item_status. What its author has
 * taken back, and what was merged (its votes count elsewhere), stays. */
#define S(status) (1u << (status))
static const unsigned from[VERDICTS] = {
	[VERDICT_OK] = S(ITEM_WAITING) | S(ITEM_SENT_BACK) | S(ITEM_HIDDEN),
	[VERDICT_BACK] = S(ITEM_WAITING) | S(ITEM_PUBLISHED),
	[VERDICT_HIDE] = S(ITEM_WAITING) | S(ITEM_SENT_BACK) | S(ITEM_PUBLISHED),
	[VERDICT_MERGE] = S(ITEM_WAITING) | S(ITEM_SENT_BACK) | S(ITEM_PUBLISHED),
	[VERDICT_MOVE] = S(ITEM_WAITING) | S(ITEM_SENT_BACK) | S(ITEM_PUBLISHED),
	[VERDICT_KEEP] = S(ITEM_PUBLISHED),
};

bool decide_allows(const struct decide_item *i, enum verdict verdict)
{
	if (!(from[verdict] & S(i->status)))
		return false;
	if (verdict == VERDICT_MERGE) /* a reply belongs to what it answers */
		return i->kind == ITEM_CONTRIBUTION || i->kind == ITEM_STATEMENT;
	if (verdict == VERDICT_MOVE)
		return i->kind == ITEM_CONTRIBUTION;
	return verdict != VERDICT_KEEP || i->flags > 0;
}

int decide_msg(enum verdict verdict)
{
	static const int msg[VERDICTS] = {
		[VERDICT_NONE] = MSG_NONE,
		[VERDICT_OK] = MSG_decide_verdict_ok,
		[VERDICT_BACK] = MSG_decide_verdict_back,
		[VERDICT_HIDE] = MSG_decide_verdict_hide,
		[VERDICT_MERGE] = MSG_decide_verdict_merge,
		[VERDICT_MOVE] = MSG_decide_verdict_move,
		[VERDICT_KEEP] = MSG_decide_verdict_keep,
	};
	return verdict < VERDICTS ? msg[verdict] : MSG_NONE;
}

static int64_t or_0(struct opt_i64 v)
{
	return v.has ? v.v : 0;
}

/* Written with this account, or with a secret code that belongs to it or to this browser. */
static int look_owner(struct visit *v, struct decide_item *i)
{
	struct decide_owner_row row;
	i->is_own = i->account != 0 && i->account == v->who.account.v;
	if (i->is_own || i->seat == 0)
		return 0;
	int found = decide_owner(
		v->db, v->mem, i->seat, v->who.account.v, v->who.participant.v, &row);
	i->is_own = found > 0;
	return found < 0 ? found : 0;
}

int decide_look(struct visit *v, int64_t space, int64_t id, struct decide_item *ret)
{
	struct decide_item_row_row r;
	int found = decide_item_row(v->db, v->mem, id, space, &r);
	if (found <= 0)
		return found < 0 ? found : err_note(ERR_MISSING, "no such item to decide on");
	struct decide_item i = { .id = id,
		.kind = (enum item_kind)r.kind,
		.status = (enum item_status)r.status,
		.seat = or_0(r.seat),
		.account = or_0(r.account),
		.parent = or_0(r.parent),
		.version = r.version,
		.last = r.last,
		.flags = r.flags };
	int result = look_owner(v, &i);
	if (result == 0)
		*ret = i;
	return result;
}

static int numbered(
	struct visit *v, int64_t space, enum item_kind kind, int64_t number, int64_t *ret)
{
	struct decide_numbered_row row;
	int found = decide_numbered(v->db, v->mem, space, kind, number, &row);
	if (found > 0)
		*ret = row.id;
	return found;
}

int decide_other(
	struct visit *v, const struct decide_item *i, int64_t space, int64_t number, int64_t *ret)
{
	int64_t id;
	int found = numbered(v, space, i->kind, number, &id);
	if (found <= 0 || id == i->id)
		return found < 0 ? found : 0;
	*ret = id;
	return 1;
}

int decide_question(struct visit *v, int64_t space, int64_t number, int64_t *ret)
{
	return numbered(v, space, ITEM_QUESTION, number, ret);
}

/* Whoever voted on both keeps the vote on the target. The rows of the merged one stay: nothing
 * said is lost. */
static int merge(struct visit *v, const struct decide_order *o)
{
	int more = 0;
	int result = decide_votes_over(v->db, o->item, o->target);
	if (result >= 0)
		result = more = decide_useful_over(v->db, o->item, o->target);
	if (result >= 0)
		result = decide_useful_more(v->db, o->target, more);
	if (result >= 0)
		result = decide_replies_over(v->db, o->item, o->target);
	if (result >= 0)
		result = decide_merged_over(v->db, o->item, o->target);
	if (result >= 0)
		result = decide_merge(v->db, o->item, o->target);
	if (result >= 0)
		result = decide_edge(v->db, o->item, o->target, v->who.account.v, v->now);
	return result < 0 ? result : item_set_status(v, o->item, ITEM_MERGED);
}

static int carry_out(struct visit *v, const struct decide_order *o)
{
	int result = 0;
	switch (o->verdict) {
	case VERDICT_OK: return item_set_status(v, o->item, ITEM_PUBLISHED);
	case VERDICT_BACK: return item_set_status(v, o->item, ITEM_SENT_BACK);
	case VERDICT_HIDE: return item_set_status(v, o->item, ITEM_HIDDEN);
	case VERDICT_MERGE: return merge(v, o);
	case VERDICT_MOVE: result = decide_move(v->db, o->item, o->target, v->now); break;
	case VERDICT_KEEP: break;
	case VERDICT_NONE:
	case VERDICTS: return err_note(ERR_BUG, "no verdict");
	}
	return result < 0 ? result : 0;
}

int decide_do(struct visit *v, int64_t space, const struct decide_order *o)
{
	struct decide_item i;
	int result = decide_look(v, space, o->item, &i);
	if (result < 0)
		return result;
	if (i.is_own)
		return err_note(ERR_DENIED, "own words");
	if (i.last != o->last || i.version != o->version || !decide_allows(&i, o->verdict))
		return err_note(ERR_CONFLICT, "decided before");
	if ((o->verdict == VERDICT_MERGE || o->verdict == VERDICT_MOVE) && !o->target)
		return err_note(ERR_INPUT, "no target");
	result = decide_put(v->db,
		(struct decide_put_in){ .space = space,
			.item = o->item,
			.account = v->who.account.v,
			.verdict = o->verdict,
			.reason = o->reason,
			.word = o->word,
			.at = v->now });
	if (result >= 0)
		result = decide_close_flags(v->db, o->item);
	if (result >= 0)
		result = audit_add(v,
			&(struct audit_line){ .what = (enum audit_what)(AUDIT_LET_THROUGH +
						      (int)o->verdict - VERDICT_OK),
				.space = space,
				.ref = o->item,
				.is_public = true });
	return result < 0 ? result : carry_out(v, o);
}

int decide_trust(struct visit *v, int64_t space, int64_t seat, bool is_trusted)
{
	int result = decide_trusted(v->db, seat, space, is_trusted);
	if (result == 0)
		return err_note(ERR_MISSING, "no such seat");
	return result < 0 ? result : 0;
}
