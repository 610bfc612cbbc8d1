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

int seat_find(struct visit *v, int64_t space, struct seat *ret)
{
	return v->who.participant.v ? find(v, space, v->who.participant.v, ret) : 0;
}

int seat_take(struct visit *v, int64_t space, struct seat *ret)
{
	struct seat_add_row made;
	int result = who_participant(v);
	if (result == 0)
		result = find(v, space, v->who.participant.v, ret);
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
