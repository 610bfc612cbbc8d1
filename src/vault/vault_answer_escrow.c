/* An account's key for two of three officers: put there by its holder, taken out by two of them. */
#include "vault/vault_answer_inner.h"

static int person_asks(const struct task *t, struct asker *ret)
{
	int result = vault_answer_who_asks(t, ret);
	if (result == 0 && ret->is_reporter)
		result = err_note(ERR_DENIED, "a reporter has a receipt and no officers");
	return result;
}

static int officers_of(const struct task *t, struct public_key ret[VAULT_OFFICERS])
{
	if (t->ask->text.n != VAULT_OFFICERS_KEYS)
		return err_note(ERR_INPUT, "not the keys of three officers");
	for (size_t i = 0; i < VAULT_OFFICERS; i++)
		memcpy(ret[i].b, t->ask->text.p + i * sizeof ret[i].b, sizeof ret[i].b);
	return 0;
}

int vault_answer_entrust(const struct task *t)
{
	auto_asker a = { 0 };
	struct public_key officers[VAULT_OFFICERS];
	int result = person_asks(t, &a);
	if (result == 0)
		result = officers_of(t, officers);
	for (size_t i = 0; result == 0 && i < VAULT_OFFICERS; i++)
		if (bytes_same(officers[i].b, a.owner.key.b, sizeof officers[i].b))
			result = err_note(ERR_INPUT, "nobody is their own officer");
	if (result == 0)
		result = vault_escrow_make(&a.owner, officers, &a.secret, t->room->seal);
	if (result == 0)
		t->ret->box = (struct str){ (const char *)t->room->seal, VAULT_ESCROW };
	return result;
}

/* What comes out is still sealed to the next officer. */
int vault_answer_part(const struct task *t)
{
	auto_asker a = { 0 };
	int result = person_asks(t, &a);
	if (result == 0 && t->ask->box.n != VAULT_SHARE)
		result = err_note(ERR_INPUT, "not a share");
	if (result == 0)
		result = vault_escrow_first(
			&a.owner.key, &a.secret, (const uint8_t *)t->ask->box.p, t->room->seal);
	if (result == 0)
		t->ret->text = (struct str){ (const char *)t->room->seal, PAIR_WRAP };
	return result;
}

/* The key itself goes into a slot for a new recovery code of its holder, and nowhere else. */
int vault_answer_rejoin(const struct task *t)
{
	auto_asker a = { 0 };
	auto_secret secret = { 0 }, key = { 0 };
	struct public_key officers[VAULT_OFFICERS];
	const struct vault_owner owner = { t->ask->account, t->ask->key };
	size_t i = t->ask->role;
	int result = person_asks(t, &a);
	if (result == 0)
		result = officers_of(t, officers);
	if (result == 0 && (i >= VAULT_OFFICERS || t->ask->box.n != PAIR_WRAP))
		result = err_note(ERR_INPUT, "not half of a share");
	if (result == 0)
		result = vault_escrow_second(
			&owner, officers, i, &a.secret, (const uint8_t *)t->ask->box.p, &secret);
	if (result < 0)
		return result;
	vault_recovery_key(&t->st->pepper, &owner.account, &t->ask->code, &key);
	vault_slot_make(VAULT_BY_RECOVERY, &key, &owner, &secret, t->ret->recovery);
	return 0;
}
