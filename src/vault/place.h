/*
 * I know the places of a case: its compartments, their epochs, who may hold the key of which,
 * and the bytes by which each place is named when something is sealed there.
 */
#pragma once
#include "crypto/pair.h"

enum vault_compartment {
	VAULT_REPORT = 1, /* what was reported, and the talk about it */
	VAULT_IDENTITY,   /* who reported, and how to reach them */
	VAULT_INTERNAL,   /* notes of those who handle the case */
	VAULT_FUND,       /* payments of an emergency fund */
	VAULT_LIAISON,    /* a package made for one referral */
};

enum vault_role {
	VAULT_REPORTER = 1, /* holds the receipt */
	VAULT_HANDLER,
	VAULT_CUSTODIAN, /* keeps identities */
	VAULT_FUND_OFFICER,
	VAULT_MECHANISM, /* another body that a case was referred to */
};

enum { VAULT_ID = 16, VAULT_FIELD_MAX = 64, VAULT_CONTEXT_MAX = 128 };

/* Cases, objects and files have random ids; accounts have numbers. */
struct vault_id {
	uint8_t b[VAULT_ID];
};
struct vault_id vault_id_make(void);
struct vault_id vault_id_of(int64_t account);

struct vault_place {
	struct vault_id of; /* the case */
	enum vault_compartment compartment;
	uint32_t epoch; /* from 1 */
};

struct vault_holder {
	enum vault_role role;
	struct vault_id id; /* of the account or mechanism; zeros for the reporter */
	struct public_key key;
};

/* A text sealed in a case: ${field} (1 to 64 bytes, a constant of the form) of the object. */
struct vault_object {
	struct vault_id id;
	struct str field;
};

/* vault_may_hold(role, compartment): The table of who may have which key. A handler has an
 * identity only when a custodian reveals it: see vault_may_give. */
bool vault_may_hold(enum vault_role role, enum vault_compartment compartment) must_use;
/* vault_may_give(from, to, compartment): May a holder in one role wrap the key for another? */
bool vault_may_give(
	enum vault_role from, enum vault_role to, enum vault_compartment compartment) must_use;
/* vault_place_ok(p): A compartment there is, and an epoch that can be. */
bool vault_place_ok(const struct vault_place *p) must_use;

/* The bytes of a context; ${n} of them. */
struct vault_context {
	char b[VAULT_CONTEXT_MAX];
	size_t n;
};
struct str vault_context_str(const struct vault_context *c);

/* vault_context_place: case 16 | compartment 1 | epoch 4, lowest first.
 * vault_context_holder: the same | role 1 | holder 16.
 * vault_context_object: the same as of the place | object 16 | field. */
void vault_context_place(const struct vault_place *p, struct vault_context *ret);
void vault_context_holder(
	const struct vault_place *p, const struct vault_holder *h, struct vault_context *ret);
void vault_context_object(
	const struct vault_place *p, const struct vault_object *o, struct vault_context *ret);
/* vault_context_add(c, p, n): ${n} more bytes behind. */
void vault_context_add(struct vault_context *c, const void *p, size_t n);
