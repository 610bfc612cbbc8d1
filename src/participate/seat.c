#include "participate/seat.h"
#include "account/who.h"
#include "participate/seat.sql.h"

static int find(struct visit *v, int64_t space, int64_t participant, struct seat *ret)
{
	struct seat_of_row r;
	int found = seat_of(v->db, v->mem, space, participant, &r);
	if (found > 0)
		*ret = (struct seat){ .id = r.id,
			.number = r.number,
			.alias = r.alias,
			.lang = r.lang,
			.country = r.country,
			.is_trusted = r.is_trusted != 0 };
	return found;
}

/* Whoever signed in may have taken part here with another code of theirs. */
static int find_mine(struct visit *v, int64_t space, struct seat *ret)
{
	struct seat_of_account_row r;
	int found = find(v, space, v->who.participant.v, ret);
	if (found || !v->who.account.v)
		return found;
	found = seat_of_account(v->db, v->mem, space, v->who.account.v, &r);
	return found > 0 ? find(v, space, r.participant, ret) : found;
}

int seat_find(struct visit *v, int64_t space, struct seat *ret)
{
	return v->who.participant.v ? find_mine(v, space, ret) : 0;
}

int seat_mine(struct visit *v, int64_t seat, struct seat *ret)
{
	struct seat_held_row r;
	int found = v->who.account.v ? seat_held(v->db, v->mem, seat, v->who.account.v, &r) : 0;
	return found > 0 ? find(v, r.space, r.participant, ret) : found;
}

int seat_take(struct visit *v, int64_t space, struct seat *ret)
{
	struct seat_add_row made;
	int result = who_participant(v);
	if (result == 0)
		result = find_mine(v, space, ret);
	if (result != 0)
		return result;
	result = seat_add(v->db, v->mem, space, v->who.participant.v, v->lang->code, &made);
	if (result >= 0)
		*ret = (struct seat){ .id = made.id,
			.number = made.number,
			.alias = STR(""),
			.lang = v->lang->code,
			.country = STR("") };
	return result;
}
