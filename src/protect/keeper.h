/* I let those who keep names or payments give their keys to others who keep them, and change the
 * locks when one of them has gone: all their cases at once. */
#pragma once
#include "protect/case_desk.h"

/* keeper_due(v, role, ret): How many cases wait for whoever visits, as a custodian or fund officer;
 * at most a few hundred. Reads v->db.
 * keeper_act(v, role): Do it, in a POST's act. */
int keeper_due(struct visit *v, enum vault_role role, int64_t *ret) must_use;
int keeper_act(struct visit *v, enum vault_role role) must_use;
