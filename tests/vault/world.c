#include "tests/vault/world.h"

static void person_make(struct world *w, int64_t account, struct person *ret)
{
	struct vault_message ask = { .kind = VAULT_ACCOUNT,
		.account = vault_id_of(account),
		.password = STR("a good password") };
	struct vault_message recode = { .kind = VAULT_RECODE }, recovery;
	random_bytes(ret->cookie, sizeof ret->cookie);
	memcpy(ask.cookie, ret->cookie, sizeof ask.cookie);
	assert_int_equal(w->ask(&ask, &ret->account), 0);
	ret->account.account = ask.account;
	code_make(&ret->code);
	recode.code = ret->code;
	memcpy(recode.cookie, ret->cookie, sizeof recode.cookie);
	assert_int_equal(w->ask(&recode, &recovery), 0);
	memcpy(ret->account.recovery, recovery.recovery, sizeof recovery.recovery);
}

int world_unlock(struct world *w, const struct person *p, const char *password)
{
	struct vault_message ask = p->account, ret;
	ask.is_answer = false;
	ask.kind = VAULT_UNLOCK;
	ask.password = str_c(password);
	memcpy(ask.cookie, p->cookie, sizeof ask.cookie);
	return w->ask(&ask, &ret);
}

struct str world_holder(const struct person *p, enum vault_role role,
	enum vault_compartment compartment, uint8_t to[VAULT_HOLDER])
{
	struct vault_holder h = { role, p->account.account, p->account.key };
	struct buf b = { .p = (char *)to, .cap = VAULT_HOLDER, .max = VAULT_HOLDER };
	if (role == VAULT_REPORTER)
		h.id = (struct vault_id){ 0 };
	vault_holder_write(compartment, &h, &b);
	assert_int_equal(b.failed, 0);
	return buf_view(&b);
}

static void case_make(struct world *w)
{
	static uint8_t holders[5][VAULT_HOLDER];
	struct vault_message ask = { .kind = VAULT_CASE,
		.account = w->of,
		.code = w->receipt,
		.holders = { (const char *)holders, sizeof holders } };
	world_holder(&w->anna, VAULT_HANDLER, VAULT_REPORT, holders[0]);
	world_holder(&w->boris, VAULT_HANDLER, VAULT_REPORT, holders[1]);
	world_holder(&w->anna, VAULT_HANDLER, VAULT_INTERNAL, holders[2]);
	world_holder(&w->boris, VAULT_HANDLER, VAULT_INTERNAL, holders[3]);
	world_holder(&w->clara, VAULT_CUSTODIAN, VAULT_IDENTITY, holders[4]);
	memcpy(ask.cookie, w->reporter, sizeof ask.cookie);
	assert_int_equal(w->ask(&ask, &w->opened), 0);
	memcpy(w->lists[0], w->opened.holders.p, w->opened.holders.n);
	memcpy(w->lists[1], w->opened.wraps.p, w->opened.wraps.n);
	w->opened.holders.p = (const char *)w->lists[0];
	w->opened.wraps.p = (const char *)w->lists[1];
}

void world_make(ask_fn *ask, struct world *ret)
{
	*ret = (struct world){ .ask = ask, .of = vault_id_make() };
	person_make(ret, 1, &ret->anna);
	person_make(ret, 2, &ret->boris);
	person_make(ret, 3, &ret->clara);
	person_make(ret, 4, &ret->dina);
	code_make(&ret->receipt);
	random_bytes(ret->reporter, sizeof ret->reporter);
	random_bytes(ret->shred.b, sizeof ret->shred.b);
	case_make(ret);
}

/* The holder's id by whose cookie it is; the reporter's is zeros. */
static struct vault_id id_of(const struct world *w, const uint8_t *cookie)
{
	const struct person *all[] = { &w->anna, &w->boris, &w->clara };
	for (size_t i = 0; i < 3; i++)
		if (!memcmp(all[i]->cookie, cookie, VAULT_COOKIE))
			return all[i]->account.account;
	return (struct vault_id){ 0 };
}

struct vault_message world_use(struct world *w, enum vault_kind kind, const uint8_t *cookie,
	enum vault_role role, enum vault_compartment compartment)
{
	struct vault_message ask = { .kind = kind,
		.role = (uint8_t)role,
		.at = { w->of, compartment, 1 },
		.shred = w->shred,
		.object = vault_id_of(1),
		.field = STR("message") };
	struct vault_id id = id_of(w, cookie);
	memcpy(ask.cookie, cookie, sizeof ask.cookie);
	for (size_t i = 0; i < w->opened.holders.n / VAULT_HOLDER; i++) {
		enum vault_compartment c;
		struct vault_holder h;
		assert_int_equal(vault_holder_read(w->opened.holders, i, &c, &h), 0);
		if (c == compartment && h.role == role && !memcmp(h.id.b, id.b, sizeof id.b))
			memcpy(ask.wrap, w->opened.wraps.p + i * PAIR_WRAP, PAIR_WRAP);
	}
	return ask;
}
