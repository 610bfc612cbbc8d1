#include "account/hashing.h"
#include "crypto/keys.h"

static void done(struct password_job *job)
{
	struct hashing *h = job->arg;
	visit_resume(h->v);
}

/* Takes what is new into h->key. 1, 0: refused, or negative. */
static int ask(struct hashing *h, struct vault_message *ask)
{
	struct vault_message said, *slots = &h->key.slots;
	memcpy(ask->cookie, h->cookie, sizeof ask->cookie);
	int result = vault_ask(h->v->house->vault, ask, h->v->mem, &said);
	if (result < 0)
		return result == ERR_DENIED ? 0 : result;
	if (ask->kind == VAULT_ACCOUNT)
		slots->key = said.key;
	if (ask->kind == VAULT_ACCOUNT || ask->kind == VAULT_REKEY) {
		memcpy(slots->salt, said.salt, sizeof slots->salt);
		memcpy(slots->verifier, said.verifier, sizeof slots->verifier);
		memcpy(slots->slot, said.slot, sizeof slots->slot);
		h->is_made = true;
	}
	h->is_open = true;
	return 1;
}

static int unlock(struct hashing *h)
{
	struct vault_message m = h->key.slots;
	m.kind = VAULT_UNLOCK;
	m.password = h->task.password;
	if (h->task.recovery) {
		m.kind = VAULT_RECOVER;
		m.code = *h->task.recovery;
		memcpy(m.slot, m.recovery, sizeof m.slot);
	}
	return ask(h, &m);
}

/* As it was before accounts had keys. */
static int compare(const struct hashing *h)
{
	const char *against = arena_z(h->v->mem, h->task.against);
	return password_check_now(&h->v->house->keys->password, against, h->task.password);
}

static int work(struct password_job *job)
{
	struct hashing *h = job->arg;
	bool is_old = !h->has_key && h->task.against.n;
	int result = is_old ? compare(h) : unlock(h);
	if (result <= 0 || !(is_old || h->task.next.p))
		return result;
	struct vault_message m = { .kind = is_old ? VAULT_ACCOUNT : VAULT_REKEY,
		.account = vault_id_of(h->task.account.v),
		.password = h->task.next.p ? h->task.next : h->task.password };
	result = ask(h, &m);
	return result == 0 ? ERR_BUSY : result; /* the vault has just forgotten */
}

static int put(struct visit *v, struct hashing *h)
{
	v->parked = h;
	int st = passwords_put(v->house->passwords, &h->job);
	return st < 0 ? st : VISIT_PARKED;
}

int hashing_park(struct visit *v, struct str password)
{
	struct hashing *h = arena_take(v->mem, sizeof *h);
	if (!h)
		return ERR_NOMEM;
	h->v = v;
	h->job = (struct password_job){ .password = password, .done = done, .arg = h };
	return put(v, h);
}

int hashing_park_account(struct visit *v, const struct hashing_task *task)
{
	struct hashing *h = arena_take(v->mem, sizeof *h);
	if (!h)
		return ERR_NOMEM;
	h->v = v;
	h->task = *task;
	int st = task->account.v ? account_key_find(v->db, v->mem, task->account, &h->key) : 0;
	if (st < 0)
		return st;
	h->has_key = st > 0;
	if (!h->has_key)
		account_key_nobody(&h->key);
	h->key.of = task->account;
	random_bytes(h->cookie, sizeof h->cookie);
	h->job = (struct password_job){ .work = work, .done = done, .arg = h };
	return put(v, h);
}

const struct hashing *hashing_of(const struct visit *v)
{
	return v->parked;
}

int hashing_keep(struct visit *v, const struct hashing *h)
{
	struct account_key now;
	if (!h->is_open)
		return 0;
	int st = h->is_made && !h->has_key ? account_key_find(v->db, v->mem, h->task.account, &now)
					   : 0;
	if (st)
		return st < 0 ? st : err_note(ERR_CONFLICT, "an account got two keys at once");
	if (h->is_made)
		st = account_key_keep(v->db, &h->key);
	if (st == 0)
		key_cookie_give(v, h->cookie);
	return st;
}

int64_t hashing_turn(struct visit *v, const struct hashing *h)
{
	return h->is_open ? vault_turn(v->house->vault) : 0;
}
