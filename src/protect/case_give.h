/* I give the keys of a case to one more, with those of whoever visits; all of it in a POST's act.
 */
#pragma once
#include "protect/case_locks.h"

/* locks_give(v, c, account): A handler gives a candidate the keys that a handler has. ERR_DENIED:
 * not a candidate, or no key to give. */
int locks_give(struct visit *v, const struct keep_case *c, int64_t account) must_use;
/* locks_give_name(v, c, account): A custodian gives the name's key to a handler of the report.
 * locks_take_name(v, c): And takes it back from all of them, by new locks. */
int locks_give_name(struct visit *v, const struct keep_case *c, int64_t account) must_use;
int locks_take_name(struct visit *v, struct keep_case *c) must_use;
/* locks_share(v, c, role, given): Whoever visits, a custodian or fund officer, gives their keys to
 * those in the same role in the case's channel who have none; ${given} is told of each.
 * locks_give_orders(v, c): A handler lets the fund officers of a case read its orders. */
typedef int locks_given(struct visit *v, const struct keep_case *c, int64_t account);
int locks_share(struct visit *v, const struct keep_case *c, enum vault_role role,
	locks_given *given) must_use;
int locks_give_orders(struct visit *v, const struct keep_case *c) must_use;
