#include "vault/slot.h"

int vault_password_key(const struct secret *pepper, struct str password,
	const uint8_t salt[PASSWORD_SALT], struct secret *ret_key, uint8_t ret_verifier[HASH_BYTES])
{
	auto_secret proof = { 0 };
	int result = password_key_now(pepper, password, salt, ret_key, &proof);
	if (result == 0)
		hash_purpose("vault verifier",
			(struct str){ (const char *)proof.b, sizeof proof.b }, ret_verifier);
	return result;
}

void vault_recovery_key(const struct secret *pepper, const struct vault_id *account,
	const struct code *code, struct secret *ret)
{
	char data[VAULT_ID + CODE_CHARS];
	memcpy(data, account->b, VAULT_ID);
	memcpy(data + VAULT_ID, code->z, CODE_CHARS);
	hash_key(pepper, "vault recovery", (struct str){ data, sizeof data }, ret->b);
	wipe(data, sizeof data);
}

void vault_receipt_key(const struct secret *pepper, const struct code *code,
	uint8_t ret_lookup[VAULT_LOOKUP], struct secret *ret_key)
{
	uint8_t found[HASH_BYTES];
	code_hash(pepper, "vault receipt lookup", code, found);
	memcpy(ret_lookup, found, VAULT_LOOKUP);
	code_hash(pepper, "vault receipt key", code, ret_key->b);
	wipe(found, sizeof found);
}

static void owner_context(char kind, const struct vault_owner *owner, struct vault_context *ret)
{
	ret->n = 0;
	vault_context_add(ret, &kind, 1);
	vault_context_add(ret, owner->account.b, sizeof owner->account.b);
	vault_context_add(ret, owner->key.b, sizeof owner->key.b);
}

void vault_slot_make(enum vault_slot kind, const struct secret *key,
	const struct vault_owner *owner, const struct secret *secret, uint8_t ret[SEALED_SECRET])
{
	struct vault_context c;
	owner_context((char)kind, owner, &c);
	sealed_secret_make(key, vault_context_str(&c), secret, ret);
}

int vault_slot_open(enum vault_slot kind, const struct secret *key, const struct vault_owner *owner,
	const uint8_t slot[SEALED_SECRET], struct secret *ret)
{
	auto_secret got = { 0 };
	struct vault_context c;
	owner_context((char)kind, owner, &c);
	int result = sealed_secret_open(key, vault_context_str(&c), slot, &got);
	if (result == 0 && !pair_is(&got, &owner->key))
		result = err_note(ERR_INPUT, "a slot that holds another key");
	if (result == 0)
		*ret = got;
	return result;
}

/* The two of share ${i}, in the order in which they open it. */
static void share_context(const struct vault_owner *owner,
	const struct public_key officers[VAULT_OFFICERS], size_t i, struct vault_context *ret)
{
	owner_context('E', owner, ret);
	vault_context_add(ret, officers[i].b, sizeof officers[i].b);
	vault_context_add(ret, officers[(i + 1) % VAULT_OFFICERS].b, sizeof officers[i].b);
}

static int share_make(const struct vault_owner *owner,
	const struct public_key officers[VAULT_OFFICERS], size_t i, const struct secret *secret,
	uint8_t ret[VAULT_SHARE])
{
	struct vault_context c;
	uint8_t half[PAIR_WRAP];
	share_context(owner, officers, i, &c);
	int result = pair_wrap(&officers[(i + 1) % VAULT_OFFICERS],
		(struct pair_context){ "vault escrow", vault_context_str(&c) }, secret, half);
	if (result == 0)
		result = pair_seal(
			&officers[i], (struct str){ (const char *)half, sizeof half }, ret);
	wipe(half, sizeof half);
	return result;
}

int vault_escrow_make(const struct vault_owner *owner,
	const struct public_key officers[VAULT_OFFICERS], const struct secret *secret,
	uint8_t ret[VAULT_ESCROW])
{
	int result = 0;
	for (size_t i = 0; i < VAULT_OFFICERS; i++)
		if (bytes_same(officers[i].b, officers[(i + 1) % VAULT_OFFICERS].b,
			    sizeof officers[i].b))
			return err_note(ERR_INPUT, "one officer cannot be two");
	for (size_t i = 0; result == 0 && i < VAULT_OFFICERS; i++)
		result = share_make(owner, officers, i, secret, ret + i * VAULT_SHARE);
	return result;
}

int vault_escrow_first(const struct public_key *officer, const struct secret *secret,
	const uint8_t share[VAULT_SHARE], uint8_t ret[PAIR_WRAP])
{
	return pair_open(secret, officer, (struct str){ (const char *)share, VAULT_SHARE }, ret);
}

int vault_escrow_second(const struct vault_owner *owner,
	const struct public_key officers[VAULT_OFFICERS], size_t i, const struct secret *secret,
	const uint8_t half[PAIR_WRAP], struct secret *ret)
{
	auto_secret got = { 0 };
	struct vault_context c;
	must(i < VAULT_OFFICERS);
	share_context(owner, officers, i, &c);
	int result = pair_unwrap(secret, &officers[(i + 1) % VAULT_OFFICERS],
		(struct pair_context){ "vault escrow", vault_context_str(&c) }, half, &got);
	if (result == 0 && !pair_is(&got, &owner->key))
		result = err_note(ERR_INPUT, "an escrow that holds another key");
	if (result == 0)
		*ret = got;
	return result;
}
