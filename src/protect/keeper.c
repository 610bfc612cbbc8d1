#include "protect/keeper.h"
#include "protect/case_give.h"
#include "protect/case_log.h"
#include "protect/keeper.sql.h"

enum { CASES_MAX = 200 };

static int list(struct visit *v, enum vault_role role, struct keeper_cases_row **ret, size_t *ret_n)
{
	int64_t part = role == VAULT_CUSTODIAN ? VAULT_IDENTITY : VAULT_FUND;
	int result = keeper_cases(
		v->db, v->mem, v->who.account.v, role, part, CASES_MAX, ret, ret_n);
	return result < 0 ? result : 0;
}

int keeper_due(struct visit *v, enum vault_role role, int64_t *ret)
{
	struct keeper_cases_row *row = NULL;
	size_t n = 0;
	int result = list(v, role, &row, &n);
	*ret = (int64_t)n;
	return result;
}

static int given(struct visit *v, const struct keep_case *c, int64_t account)
{
	return case_log_add(v, c, CASE_ADDED, account);
}

static int do_one(struct visit *v, struct str of, enum vault_role role)
{
	struct keep_case c = { 0 };
	struct vault_id id = { 0 };
	if (of.n != sizeof id.b)
		return err_note(ERR_BUG, "a case without a name");
	memcpy(id.b, of.p, sizeof id.b);
	int result = keep_case_load(v, &id, &c);
	if (result > 0)
		result = locks_due(v, &c, role);
	if (result > 0)
		result = locks_change(v, &c, role);
	else if (result == 0)
		return locks_share(v, &c, role, given);
	if (result == 0)
		result = case_log_add(v, &c, CASE_LOCKED, 0);
	return result == 0 ? locks_share(v, &c, role, given) : result;
}

int keeper_act(struct visit *v, enum vault_role role)
{
	struct keeper_cases_row *row = NULL;
	size_t n = 0;
	v->is_quiet = true;
	int result = list(v, role, &row, &n);
	for (size_t i = 0; result == 0 && i < n; i++) {
		result = do_one(v, row[i].id, role);
		if (result == ERR_MISSING) {
			err_forget(); /* it was destroyed */
			result = 0;
		}
	}
	return result;
}
