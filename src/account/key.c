#include "account/key.h"
#include "account/account.sql.h"
#include "crypto/keys.h"

static bool copy(struct str from, void *to, size_t n)
{
	if (from.n == n)
		memcpy(to, from.p, n);
	return from.n == n;
}

int account_key_find(
	struct db *db, struct arena *mem, struct account_id account, struct account_key *ret)
{
	struct account_key_get_row row;
	struct account_key got = { .of = account, .slots.account = vault_id_of(account.v) };
	int result = account_key_get(db, mem, account.v, &row);
	if (result <= 0)
		return result;
	struct vault_message *m = &got.slots;
	bool is_whole = row.pepper == KEYS_PEPPER && copy(row.public, m->key.b, sizeof m->key.b) &&
		copy(row.salt, m->salt, sizeof m->salt) &&
		copy(row.verifier, m->verifier, sizeof m->verifier) &&
		copy(row.slot, m->slot, sizeof m->slot);
	if (row.recovery.p)
		is_whole = is_whole && copy(row.recovery, m->recovery, sizeof m->recovery);
	if (!is_whole)
		return err_note(ERR_BUG, "an account's key that is none of this version");
	got.has_recovery = row.recovery.p != NULL;
	*ret = got;
	return 1;
}

static struct str bytes(const void *p, size_t n)
{
	return (struct str){ p, n };
}

int account_key_keep(struct db *db, const struct account_key *key)
{
	const struct vault_message *m = &key->slots;
	int result = account_key_put(db,
		(struct account_key_put_in){
			.account = key->of.v,
			.pepper = KEYS_PEPPER,
			.public = bytes(m->key.b, sizeof m->key.b),
			.salt = bytes(m->salt, sizeof m->salt),
			.verifier = bytes(m->verifier, sizeof m->verifier),
			.slot = bytes(m->slot, sizeof m->slot),
		});
	if (result >= 0)
		result = account_hash_drop(db, key->of.v);
	return result < 0 ? result : 0;
}

int account_key_recovery_keep(
	struct db *db, struct account_id account, const uint8_t slot[SEALED_SECRET])
{
	int result = account_key_recovery_put(db, account.v, bytes(slot, SEALED_SECRET));
	if (result == 0)
		return err_note(ERR_CONFLICT, "a recovery code for a key that is gone");
	return result < 0 ? result : 0;
}

int account_key_any(struct db *db)
{
	struct account_key_first_row row;
	auto_arena mem;
	arena_init(&mem, 4096);
	return account_key_first(db, &mem, &row);
}

void account_key_nobody(struct account_key *ret)
{
	*ret = (struct account_key){ 0 };
	random_bytes(ret->slots.key.b, sizeof ret->slots.key.b);
	random_bytes(ret->slots.slot, sizeof ret->slots.slot);
}

bool key_cookie(const struct visit *v, uint8_t ret[VAULT_COOKIE])
{
	struct str text = http_cookie(v->req, "k");
	return text.n == KEY_COOKIE_CHARS && base64_url_bytes(text, ret, VAULT_COOKIE);
}

void key_cookie_give(struct visit *v, const uint8_t cookie[VAULT_COOKIE])
{
	char text[KEY_COOKIE_CHARS + 1];
	base64_url(cookie, VAULT_COOKIE, text, sizeof text);
	visit_cookie(v, "k", (struct str){ text, KEY_COOKIE_CHARS }, 0);
	wipe(text, sizeof text);
}

void key_cookie_take(struct visit *v)
{
	visit_cookie(v, "k", STR(""), -1);
}

int key_ask(struct visit *v, struct vault_message *ask, struct vault_message *ret)
{
	if (!key_cookie(v, ask->cookie))
		return err_note(ERR_DENIED, "a visit without a key");
	return vault_ask(v->house->vault, ask, v->mem, ret);
}

/* If the vault is gone, so are its sessions. */
void key_end(struct visit *v)
{
	struct vault_message said, ask = { .kind = VAULT_LOCK };
	if (key_ask(v, &ask, &said) < 0)
		err_forget();
	key_cookie_take(v);
}

void key_end_all(struct visit *v, struct account_id account, const uint8_t but[VAULT_COOKIE])
{
	struct vault_message said, ask = { .kind = VAULT_EVICT, .account = vault_id_of(account.v) };
	if (but)
		memcpy(ask.cookie, but, sizeof ask.cookie);
	if (vault_ask(v->house->vault, &ask, v->mem, &said) < 0)
		err_forget();
}
