/* I know a few people with keys and a case of theirs, asked for through any way of asking. */
#pragma once
#include "tests/test.h"
#include "vault/message.h"

/* How a question gets its answer; returns its result. */
typedef int ask_fn(const struct vault_message *ask, struct vault_message *ret);

struct person {
	struct vault_message account; /* as VAULT_ACCOUNT answered it */
	struct code code;
	uint8_t cookie[VAULT_COOKIE];
};

struct world {
	ask_fn *ask;
	struct person anna, boris, clara; /* two handlers and a custodian */
	struct person dina;               /* and somebody who has nothing to do with it */
	struct vault_message opened;      /* as VAULT_CASE answered it */
	struct vault_id of;
	struct code receipt;
	uint8_t reporter[VAULT_COOKIE];
	struct secret shred;
	uint8_t lists[2][8192]; /* what ${opened} looks into */
};

/* world_make(ask, ret): Accounts, all signed in, and a case with a reporter's session. */
void world_make(ask_fn *ask, struct world *ret);
/* world_unlock(w, p, password): Sign in; the result. */
int world_unlock(struct world *w, const struct person *p, const char *password);
/* world_use(w, kind, cookie, role, compartment): A question about the text "message" of the case's
 * object 1 with the wrap that they were given at its opening. */
struct vault_message world_use(struct world *w, enum vault_kind kind, const uint8_t *cookie,
	enum vault_role role, enum vault_compartment compartment);
/* world_holder(p, role, compartment, to): The bytes of a holder, at ${to}. */
struct str world_holder(const struct person *p, enum vault_role role,
	enum vault_compartment compartment, uint8_t to[VAULT_HOLDER]);
