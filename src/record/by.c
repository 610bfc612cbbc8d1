#include "record/by.h"
#include "record/by.sql.h"

struct record_by record_by(const struct visit *v)
{
	return (struct record_by){ .db = v->db,
		.mem = v->mem,
		.now = v->now,
		.account = who_acts(&v->who),
		.participant = v->who.participant.v,
		.is_staff = v->who.is_staff,
		.lang = v->lang->code };
}

static bool is_same(int64_t mine, struct opt_i64 of)
{
	return mine && of.has && of.v == mine;
}

int record_roles(const struct record_by *by, const struct def *def, struct opt_i64 account,
	struct opt_i64 participant, uint32_t *ret)
{
	uint32_t roles = 1u << DEF_PUBLIC;
	struct by_grants_row *grant;
	size_t n = 0;
	int staff = by->is_staff ? def_role_find(def, STR("staff")) : -1;
	int result = by->account
		? by_grants(by->db, by->mem, by->account, def->id, by->now, &grant, &n)
		: 0;
	if (result < 0)
		return result;
	if (staff >= 0)
		roles |= 1u << staff;
	if (is_same(by->account, account) || is_same(by->participant, participant))
		roles |= 1u << DEF_AUTHOR;
	for (size_t i = 0; i < n; i++) {
		int role = def_role_find(def, grant[i].role);
		if (role > DEF_AUTHOR)
			roles |= 1u << role;
	}
	*ret = roles;
	return 0;
}
