/*
 * I know how the secret half of a person's key is kept: in slots, each opened by something
 * else (a password, a code on paper, two of three officers), and that a receipt is a key, too.
 * Pure: no disk, no clock, no database.
 */
#pragma once
#include "crypto/code.h"
#include "crypto/password.h"
#include "crypto/sealed.h"
#include "vault/place.h"

enum {
	VAULT_LOOKUP = 16,
	VAULT_OFFICERS = 3,
	VAULT_OFFICERS_KEYS = VAULT_OFFICERS * 32,
	VAULT_SHARE = PAIR_WRAP + PAIR_EXTRA, /* for two officers, one after the other */
	VAULT_ESCROW = VAULT_OFFICERS * VAULT_SHARE,
};

/* A person's slot is theirs: ${account} and public key are part of what is sealed. */
struct vault_owner {
	struct vault_id account; /* or the case, for a reporter */
	struct public_key key;
};

/* vault_password_key(pepper, password, salt, ret_key, ret_verifier): About 60 ms and 64 MiB. The
 * first opens the slot; the second may be stored to recognise the password. ERR_NOMEM. */
int vault_password_key(const struct secret *pepper, struct str password,
	const uint8_t salt[PASSWORD_SALT], struct secret *ret_key,
	uint8_t ret_verifier[HASH_BYTES]) must_use;
/* vault_recovery_key(pepper, account, code, ret): No slowness: 100 random bits need none. */
void vault_recovery_key(const struct secret *pepper, const struct vault_id *account,
	const struct code *code, struct secret *ret);
/* vault_receipt_key(pepper, code, ret_lookup, ret_key): By what a case is found, and what opens
 * the reporter's slot. Neither leads to the other. */
void vault_receipt_key(const struct secret *pepper, const struct code *code,
	uint8_t ret_lookup[VAULT_LOOKUP], struct secret *ret_key);

/* What a slot is opened with; part of what is sealed, so that none stands for another. */
enum vault_slot { VAULT_BY_PASSWORD = 'P', VAULT_BY_RECOVERY = 'R', VAULT_BY_RECEIPT = 'T' };

/* vault_slot_make(kind, key, owner, secret, ret); vault_slot_open(kind, key, owner, slot, ret):
 * ERR_INPUT: another key, kind or owner, or a secret that does not belong to the public half. */
void vault_slot_make(enum vault_slot kind, const struct secret *key,
	const struct vault_owner *owner, const struct secret *secret, uint8_t ret[SEALED_SECRET]);
int vault_slot_open(enum vault_slot kind, const struct secret *key, const struct vault_owner *owner,
	const uint8_t slot[SEALED_SECRET], struct secret *ret) must_use;

/* Escrow: share i is sealed to officer i + 1 (after the last comes the first) and then to
 * officer i. So officer i takes off the outer layer, their neighbour the inner one, and every
 * two of the three are neighbours.
 * vault_escrow_make(owner, officers, secret, ret): ERR_INPUT: two officers have the same key, or
 * one cannot be used.
 * vault_escrow_first(officer, secret, share, ret): What goes to the second officer.
 * vault_escrow_second(owner, officers, i, secret, half, ret): The owner's secret half; ${i}
 * names the share, ${secret} is that of the second officer. ERR_INPUT. */
int vault_escrow_make(const struct vault_owner *owner,
	const struct public_key officers[VAULT_OFFICERS], const struct secret *secret,
	uint8_t ret[VAULT_ESCROW]) must_use;
int vault_escrow_first(const struct public_key *officer, const struct secret *secret,
	const uint8_t share[VAULT_SHARE], uint8_t ret[PAIR_WRAP]) must_use;
int vault_escrow_second(const struct vault_owner *owner,
	const struct public_key officers[VAULT_OFFICERS], size_t i, const struct secret *secret,
	const uint8_t half[PAIR_WRAP], struct secret *ret) must_use;
