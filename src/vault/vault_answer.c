#include "vault/vault_answer.h"
#include "vault/vault_answer_inner.h"

void asker_wipe(struct asker *a)
{
	wipe(a, sizeof *a);
}

void vault_answer_state_init(struct vault_answer_state *st, const struct secret *pepper)
{
	st->pepper = *pepper;
	pthread_mutex_init(&st->lock, NULL);
}

bool vault_answer_is_slow(enum vault_kind kind)
{
	return kind == VAULT_ACCOUNT || kind == VAULT_UNLOCK || kind == VAULT_REKEY;
}

int vault_answer_begin(const struct task *t, bool is_reporter, const struct secret *secret)
{
	const struct unlocked_session who = { .owner = { t->ask->account, t->ask->key },
		.is_reporter = is_reporter };
	pthread_mutex_lock(&t->st->lock);
	int result = unlocked_put(&t->st->unlocked, t->ask->cookie, &who, secret, t->now);
	pthread_mutex_unlock(&t->st->lock);
	return result;
}

int vault_answer_who_asks(const struct task *t, struct asker *ret)
{
	const struct unlocked_session *s;
	pthread_mutex_lock(&t->st->lock);
	int result = unlocked_get(&t->st->unlocked, t->ask->cookie, t->now, &s, &ret->secret);
	if (result == 0) {
		ret->owner = s->owner;
		ret->is_reporter = s->is_reporter;
	}
	pthread_mutex_unlock(&t->st->lock);
	return result;
}

/* A new slot for a secret, as the password of the question opens it. */
static int put_in_slot(
	const struct task *t, const struct vault_owner *owner, const struct secret *secret)
{
	auto_secret key = { 0 };
	random_bytes(t->ret->salt, sizeof t->ret->salt);
	int result = vault_password_key(
		&t->st->pepper, t->ask->password, t->ret->salt, &key, t->ret->verifier);
	if (result == 0)
		vault_slot_make(VAULT_BY_PASSWORD, &key, owner, secret, t->ret->slot);
	return result;
}

static int make_account(const struct task *t)
{
	auto_secret secret = { 0 };
	struct vault_message session = *t->ask;
	struct task then = *t;
	then.ask = &session;
	pair_make(&secret, &session.key);
	t->ret->key = session.key;
	const struct vault_owner owner = { t->ask->account, session.key };
	int result = put_in_slot(t, &owner, &secret);
	if (result == 0)
		result = vault_answer_begin(&then, false, &secret);
	wipe(&session, sizeof session);
	return result;
}

/* The key of whoever asks, in another slot. */
static int slot_again(const struct task *t)
{
	auto_asker a = { 0 };
	auto_secret key = { 0 };
	int result = vault_answer_who_asks(t, &a);
	if (result == 0 && a.is_reporter)
		result = err_note(ERR_DENIED, "a reporter has a receipt and no other slot");
	if (result < 0)
		return result;
	if (t->ask->kind == VAULT_REKEY)
		return put_in_slot(t, &a.owner, &a.secret);
	vault_recovery_key(&t->st->pepper, &a.owner.account, &t->ask->code, &key);
	vault_slot_make(VAULT_BY_RECOVERY, &key, &a.owner, &a.secret, t->ret->recovery);
	return 0;
}

static int stay(const struct task *t)
{
	auto_asker a = { 0 };
	int result = vault_answer_who_asks(t, &a);
	t->ret->account = a.owner.account;
	return result;
}

/* The same work and the same refusal whether the password or the slot is wrong. */
static int unlock(const struct task *t)
{
	auto_secret key = { 0 }, secret = { 0 };
	const struct vault_owner owner = { t->ask->account, t->ask->key };
	uint8_t verifier[HASH_BYTES] = { 0 };
	int result = vault_password_key(
		&t->st->pepper, t->ask->password, t->ask->salt, &key, verifier);
	if (result < 0)
		return result;
	bool is_right = bytes_same(verifier, t->ask->verifier, sizeof verifier);
	if (vault_slot_open(VAULT_BY_PASSWORD, &key, &owner, t->ask->slot, &secret) < 0 ||
		!is_right)
		return err_note(ERR_DENIED, "not the password");
	return vault_answer_begin(t, false, &secret);
}

/* What takes as long as a session that begins: the clock must not tell which codes are good. */
static int enter_nothing(const struct task *t)
{
	auto_secret decoy = { 0 };
	struct public_key key = { 0 };
	pair_make(&decoy, &key);
	int result = vault_answer_begin(t, true, &decoy);
	if (result == 0) {
		pthread_mutex_lock(&t->st->lock);
		unlocked_end(&t->st->unlocked, t->ask->cookie);
		pthread_mutex_unlock(&t->st->lock);
	}
	return result < 0 ? result : err_note(ERR_DENIED, "not the code");
}

static int enter(const struct task *t)
{
	auto_secret key = { 0 }, secret = { 0 };
	const struct vault_owner owner = { t->ask->account, t->ask->key };
	uint8_t lookup[VAULT_LOOKUP];
	bool is_reporter = t->ask->kind == VAULT_ENTER;
	if (is_reporter)
		vault_receipt_key(&t->st->pepper, &t->ask->code, lookup, &key);
	else
		vault_recovery_key(&t->st->pepper, &t->ask->account, &t->ask->code, &key);
	if (vault_slot_open(is_reporter ? VAULT_BY_RECEIPT : VAULT_BY_RECOVERY, &key, &owner,
		    t->ask->slot, &secret) < 0)
		return enter_nothing(t);
	return vault_answer_begin(t, is_reporter, &secret);
}

static int find(const struct task *t)
{
	auto_secret key = { 0 };
	vault_receipt_key(&t->st->pepper, &t->ask->code, t->ret->found.b, &key);
	return 0;
}

static int end(const struct task *t)
{
	pthread_mutex_lock(&t->st->lock);
	if (t->ask->kind == VAULT_LOCK)
		unlocked_end(&t->st->unlocked, t->ask->cookie);
	else
		unlocked_end_all(&t->st->unlocked, &t->ask->account, t->ask->cookie);
	pthread_mutex_unlock(&t->st->lock);
	return 0;
}

void vault_answer(struct vault_answer_state *st, struct vault_answer_room *room, int64_t now,
	const struct vault_message *ask, struct vault_message *ret)
{
	static int (*const by_kind[VAULT_KINDS])(const struct task *) = {
		[VAULT_ACCOUNT] = make_account,
		[VAULT_UNLOCK] = unlock,
		[VAULT_RECOVER] = enter,
		[VAULT_REKEY] = slot_again,
		[VAULT_ENTER] = enter,
		[VAULT_FIND] = find,
		[VAULT_LOCK] = end,
		[VAULT_EVICT] = end,
		[VAULT_CASE] = vault_answer_make_case,
		[VAULT_OPEN] = vault_answer_open,
		[VAULT_SEAL] = vault_answer_seal,
		[VAULT_GIVE] = vault_answer_give,
		[VAULT_ROTATE] = vault_answer_give,
		[VAULT_MOVE] = vault_answer_move,
		[VAULT_RECODE] = slot_again,
		[VAULT_STAY] = stay,
		[VAULT_CARD] = vault_answer_card,
		[VAULT_LOOK] = vault_answer_look,
		[VAULT_MARK] = vault_answer_mark,
		[VAULT_READ] = vault_answer_read,
		[VAULT_PIECE] = vault_answer_piece,
		[VAULT_ENTRUST] = vault_answer_entrust,
		[VAULT_PART] = vault_answer_part,
		[VAULT_REJOIN] = vault_answer_rejoin,
	};
	const struct task t = { st, room, now, ask, ret };
	*ret = (struct vault_message){ .kind = ask->kind, .is_answer = true };
	ret->result = by_kind[ask->kind] ? by_kind[ask->kind](&t) : ERR_BUG;
}

/* What a box holds is shorter than it; what is sealed is as long as a box that was asked about, or
 * made of a text or a card. */
void vault_answer_room_wipe(struct vault_answer_room *room, const struct vault_message *ask)
{
	size_t n = sealed_size(ask->text.n);
	if (n < ask->box.n)
		n = ask->box.n;
	if (n < sealed_size(VAULT_CARD_MAX))
		n = sealed_size(VAULT_CARD_MAX);
	if (n > sizeof room->open)
		n = sizeof room->open;
	wipe(room->open, n);
	wipe(room->seal, n);
	wipe(room->holders, sizeof room->holders);
	wipe(room->wraps, sizeof room->wraps);
}
