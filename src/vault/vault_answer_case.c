#include "vault/mark.h"
#include "vault/vault_answer_inner.h"

/* As whom the session may hold the wrap it brings: its own account, or the reporter of its own
 * case. The wrap itself says the same and would not open; this says why. */
static int as_holder(const struct task *t, const struct asker *a, struct vault_holder *ret)
{
	enum vault_role role = (enum vault_role)t->ask->role;
	enum vault_compartment compartment = t->ask->at.compartment;
	bool is_revealed = role == VAULT_HANDLER && compartment == VAULT_IDENTITY;
	bool is_own_case = !a->is_reporter ||
		bytes_same(a->owner.account.b, t->ask->at.of.b, VAULT_ID);
	if (a->is_reporter != (role == VAULT_REPORTER) || !is_own_case ||
		!(vault_may_hold(role, compartment) || is_revealed))
		return err_note(ERR_DENIED, "not a place of this session");
	*ret = (struct vault_holder){ .role = role, .key = a->owner.key };
	if (!a->is_reporter)
		ret->id = a->owner.account;
	return 0;
}

static int raw_of(const struct task *t, struct asker *ret_asker, struct vault_raw *ret)
{
	struct vault_holder me;
	int result = vault_answer_who_asks(t, ret_asker);
	if (result == 0)
		result = as_holder(t, ret_asker, &me);
	if (result == 0)
		result = vault_unwrap(&t->ask->at, &me, &ret_asker->secret, t->ask->wrap, ret);
	return result;
}

int vault_answer_key(const struct task *t, struct vault_key *ret)
{
	auto_asker a = { 0 };
	auto_vault_raw raw = { 0 };
	int result = raw_of(t, &a, &raw);
	return result < 0 ? result : vault_key_of(&t->ask->at, &raw, &t->ask->shred, ret);
}

/* Cards have a way of their own: a card holds a key. */
static bool is_text(struct str field)
{
	return field.n > 0 && field.p[0] != '/';
}

int vault_answer_open(const struct task *t)
{
	auto_vault_key key = { 0 };
	const struct vault_object object = { t->ask->object, t->ask->field };
	if (!is_text(t->ask->field))
		return err_note(ERR_DENIED, "not a text");
	int result = vault_answer_key(t, &key);
	if (result == 0)
		result = vault_unseal(&key, &object, t->ask->box, t->room->open, &t->ret->text);
	return result;
}

int vault_answer_seal(const struct task *t)
{
	auto_vault_key key = { 0 };
	const struct vault_object object = { t->ask->object, t->ask->field };
	if (!is_text(t->ask->field))
		return err_note(ERR_DENIED, "not a text");
	int result = vault_answer_key(t, &key);
	if (result < 0)
		return result;
	vault_seal(&key, &object, t->ask->text, t->room->seal);
	t->ret->box = (struct str){ (const char *)t->room->seal, sealed_size(t->ask->text.n) };
	return 0;
}

static int move_sealed(
	const struct task *t, const struct vault_key *from, const struct vault_key *to)
{
	const struct vault_object object = { t->ask->object, t->ask->field };
	struct str text;
	auto_vault_card card = { 0 };
	if (is_text(t->ask->field)) {
		int result = vault_unseal(from, &object, t->ask->box, t->room->open, &text);
		if (result == 0)
			vault_seal(to, &object, text, t->room->seal);
		return result;
	}
	int result = vault_card_open(from, &t->ask->object, t->ask->box, t->room->open, &card);
	if (result == 0)
		vault_card_seal(to, &t->ask->object, &card, t->room->seal);
	return result;
}

int vault_answer_move(const struct task *t)
{
	auto_vault_key from = { 0 }, to = { 0 };
	if (!bytes_same(t->ask->at.of.b, t->ask->to.of.b, VAULT_ID) ||
		t->ask->at.compartment != t->ask->to.compartment ||
		t->ask->to.epoch < t->ask->at.epoch)
		return err_note(ERR_DENIED, "a text stays in its compartment and gets no older");
	struct vault_message other = *t->ask;
	struct task then = *t;
	then.ask = &other;
	other.at = t->ask->to;
	other.shred = t->ask->to_shred;
	memcpy(other.wrap, t->ask->to_wrap, sizeof other.wrap);
	int result = vault_answer_key(t, &from);
	if (result == 0)
		result = vault_answer_key(&then, &to);
	if (result == 0)
		result = move_sealed(t, &from, &to);
	if (result == 0)
		t->ret->box = (struct str){ (const char *)t->room->seal, t->ask->box.n };
	wipe(&other, sizeof other);
	return result;
}

/* Nobody else has what goes into it, so that whoever shares the key of a compartment with the
 * reporter cannot write in their name unseen. */
int vault_answer_mark(const struct task *t)
{
	auto_asker a = { 0 };
	int result = vault_answer_who_asks(t, &a);
	if (result < 0)
		return result;
	if (!a.is_reporter || !bytes_same(a.owner.account.b, t->ask->at.of.b, VAULT_ID))
		return err_note(ERR_DENIED, "only a reporter marks texts of their case");
	if (!is_text(t->ask->field) || t->ask->text.n > VAULT_MARK_TEXT_MAX)
		return err_note(ERR_INPUT, "nothing that is marked");
	vault_mark(&a.secret, &t->ask->at.of, t->ask->field, t->ask->text, t->ret->verifier);
	return 0;
}

static bool is_list(struct str holders)
{
	return holders.n > 0 && holders.n % VAULT_HOLDER == 0 &&
		holders.n <= (size_t)VAULT_HOLDERS_MAX * VAULT_HOLDER;
}

static int give_to(const struct task *t, const struct vault_place *at, const struct vault_raw *raw)
{
	size_t n = t->ask->holders.n / VAULT_HOLDER;
	enum vault_role from = (enum vault_role)t->ask->role;
	for (size_t i = 0; i < n; i++) {
		enum vault_compartment compartment;
		struct vault_holder to;
		int result = vault_holder_read(t->ask->holders, i, &compartment, &to);
		if (result == 0 &&
			(compartment != at->compartment ||
				!vault_may_give(from, to.role, compartment)))
			result = err_note(ERR_DENIED, "a key for somebody who may not have it");
		if (result == 0)
			result = vault_wrap(at, &to, raw, t->room->wraps + i * PAIR_WRAP);
		if (result < 0)
			return result;
	}
	t->ret->wraps = (struct str){ (const char *)t->room->wraps, n * PAIR_WRAP };
	return 0;
}

/* The same key for others, or the next epoch's key for all who are named. */
int vault_answer_give(const struct task *t)
{
	auto_asker a = { 0 };
	auto_vault_raw raw = { 0 };
	struct vault_place at = t->ask->at;
	int result = raw_of(t, &a, &raw);
	if (result == 0 && !is_list(t->ask->holders))
		result = err_note(ERR_INPUT, "nobody to give a key to");
	if (result == 0 && t->ask->kind == VAULT_ROTATE) {
		if (at.epoch == UINT32_MAX ||
			!vault_may_hold((enum vault_role)t->ask->role, at.compartment))
			return err_note(ERR_DENIED, "whoever was shown a name turns no key");
		at.epoch++;
		vault_raw_make(&raw);
	}
	return result < 0 ? result : give_to(t, &at, &raw);
}

/* Who will hold a new case. */
struct plan {
	bool has[VAULT_LIAISON + 1];
	size_t handlers; /* of the report */
};

static bool is_same_holder(const struct vault_holder *a, const struct vault_holder *b)
{
	return !memcmp(a->id.b, b->id.b, VAULT_ID) || !memcmp(a->key.b, b->key.b, sizeof a->key.b);
}

/* Nobody twice in one compartment: two names for one key are one who can read. */
static bool is_repeated(struct str holders, size_t i)
{
	enum vault_compartment mine, theirs;
	struct vault_holder me, them;
	if (vault_holder_read(holders, i, &mine, &me) < 0)
		return true;
	for (size_t j = 0; j < i; j++)
		if (vault_holder_read(holders, j, &theirs, &them) < 0 ||
			(mine == theirs && is_same_holder(&me, &them)))
			return true;
	return false;
}

/* A case needs two who can read it, so that one lost password does not silence it, and every
 * compartment somebody besides the reporter. Fails closed: nothing is sealed to nobody. */
static int plan_case(const struct task *t, struct plan *ret)
{
	size_t n = t->ask->holders.n / VAULT_HOLDER;
	struct plan plan = { 0 };
	if (!is_list(t->ask->holders))
		return err_note(ERR_INPUT, "nobody to give a key to");
	for (size_t i = 0; i < n; i++) {
		enum vault_compartment compartment;
		struct vault_holder to;
		int result = vault_holder_read(t->ask->holders, i, &compartment, &to);
		if (result < 0)
			return result;
		if (to.role == VAULT_REPORTER || !vault_may_hold(to.role, compartment))
			return err_note(ERR_DENIED, "a key for somebody who may not have it");
		if (is_repeated(t->ask->holders, i))
			return err_note(ERR_INPUT, "one holder named twice");
		plan.has[compartment] = true;
		plan.handlers += compartment == VAULT_REPORT;
	}
	if (plan.handlers < 2)
		return err_note(ERR_DENIED, "a report needs two who can read it");
	*ret = plan;
	return 0;
}

static int wrap_case(const struct task *t, const struct vault_raw *raw, size_t n)
{
	const struct str holders = { (const char *)t->room->holders, n * VAULT_HOLDER };
	for (size_t i = 0; i < n; i++) {
		struct vault_place at = { .of = t->ask->account, .epoch = 1 };
		struct vault_holder to;
		int result = vault_holder_read(holders, i, &at.compartment, &to);
		if (result == 0)
			result = vault_wrap(
				&at, &to, &raw[at.compartment], t->room->wraps + i * PAIR_WRAP);
		if (result < 0)
			return result;
	}
	return 0;
}

/* Behind the holders that were named, the reporter, wherever a reporter may be. */
static size_t list_holders(
	const struct task *t, const struct plan *plan, const struct public_key *reporter)
{
	const struct vault_holder me = { .role = VAULT_REPORTER, .key = *reporter };
	struct buf out = { .p = (char *)t->room->holders,
		.cap = sizeof t->room->holders,
		.max = sizeof t->room->holders };
	buf_str(&out, t->ask->holders);
	for (int c = VAULT_REPORT; c <= VAULT_LIAISON; c++)
		if (plan->has[c] && vault_may_hold(VAULT_REPORTER, (enum vault_compartment)c))
			vault_holder_write((enum vault_compartment)c, &me, &out);
	must(!out.failed);
	return out.n / VAULT_HOLDER;
}

int vault_answer_make_case(const struct task *t)
{
	struct plan plan;
	struct vault_raw raw[VAULT_LIAISON + 1];
	auto_secret secret = { 0 }, key = { 0 };
	int result = plan_case(t, &plan);
	if (result < 0)
		return result;
	struct vault_message session = *t->ask;
	struct task then = *t;
	then.ask = &session;
	pair_make(&secret, &session.key);
	const struct vault_owner owner = { t->ask->account, session.key };
	vault_receipt_key(&t->st->pepper, &t->ask->code, t->ret->found.b, &key);
	vault_slot_make(VAULT_BY_RECEIPT, &key, &owner, &secret, t->ret->slot);
	t->ret->key = session.key;
	for (size_t i = 0; i <= VAULT_LIAISON; i++)
		vault_raw_make(&raw[i]);
	size_t n = list_holders(t, &plan, &session.key);
	result = wrap_case(t, raw, n);
	wipe(raw, sizeof raw);
	if (result == 0)
		result = vault_answer_begin(&then, true, &secret);
	wipe(&session, sizeof session);
	t->ret->holders = (struct str){ (const char *)t->room->holders, n * VAULT_HOLDER };
	t->ret->wraps = (struct str){ (const char *)t->room->wraps, n * PAIR_WRAP };
	return result;
}
