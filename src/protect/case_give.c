#include "protect/case_give.h"
#include "protect/case_locks.sql.h"
#include "protect/keep.sql.h"

static int give_one(struct visit *v, const struct keep_seat *seat, const struct vault_holder *to,
	int64_t account)
{
	char room[VAULT_HOLDER];
	struct buf list = { .p = room, .cap = sizeof room, .max = sizeof room };
	struct vault_message said, ask = keep_about(seat, VAULT_GIVE);
	vault_holder_write(seat->at.compartment, to, &list);
	ask.holders = buf_view(&list);
	int result = vault_ask(v->house->vault, &ask, v->mem, &said);
	wipe(&ask, sizeof ask);
	if (result == 0 && said.wraps.n != PAIR_WRAP)
		result = err_note(ERR_BUG, "another number of wraps");
	if (result == 0)
		result = keep_wrap_add(v->db,
			(struct keep_wrap_add_in){ .of = keep_id_bytes(&seat->at.of),
				.compartment = seat->at.compartment,
				.epoch = seat->at.epoch,
				.role = to->role,
				.account = account,
				.wrap = said.wraps,
				.public = { (const char *)to->key.b, sizeof to->key.b } });
	return result < 0 ? result : 0;
}

static int find_free(
	struct visit *v, const struct keep_case *c, int64_t account, struct vault_holder *ret)
{
	struct locks_free_row *row = NULL;
	size_t n = 0;
	int result = locks_free(v->db, v->mem, keep_id_bytes(&c->id), c->channel, &row, &n);
	for (size_t i = 0; result >= 0 && i < n; i++)
		if (row[i].account == account && row[i].public.n == sizeof ret->key.b) {
			*ret = (struct vault_holder){ .role = VAULT_HANDLER,
				.id = vault_id_of(account) };
			memcpy(ret->key.b, row[i].public.p, sizeof ret->key.b);
			return 0;
		}
	return result < 0 ? result : err_note(ERR_DENIED, "nobody who can be given a key");
}

int locks_give(struct visit *v, const struct keep_case *c, int64_t account)
{
	struct vault_holder to = { 0 };
	int result = find_free(v, c, account, &to);
	/* Whoever left may come back; what they held before is not theirs any more. */
	if (result == 0)
		result = locks_wraps_drop_of(v->db, keep_id_bytes(&c->id), account);
	if (result >= 0)
		result = locks_shut_drop(v->db, keep_id_bytes(&c->id), account);
	const struct locks_bunch *b = locks_bunch_of(VAULT_HANDLER);
	for (size_t i = 0; result >= 0 && i < b->n; i++) {
		auto_keep_seat seat = { 0 };
		result = locks_holds(v, c, VAULT_HANDLER, b->part[i], v->who.account.v);
		if (result == 0 && b->part[i] == VAULT_LIAISON)
			continue; /* nobody pays here */
		if (result >= 0)
			result = locks_sit(v, c, VAULT_HANDLER, b->part[i], &seat);
		if (result == 0)
			result = give_one(v, &seat, &to, account);
	}
	return result < 0 ? result : 0;
}

static int give_row(struct visit *v, const struct keep_seat *seat, enum vault_role role,
	const struct locks_lack_row *row)
{
	struct vault_holder to = { .role = role, .id = vault_id_of(row->account) };
	if (row->public.n != sizeof to.key.b)
		return err_note(ERR_BUG, "a key of another size");
	memcpy(to.key.b, row->public.p, sizeof to.key.b);
	int result = give_one(v, seat, &to, row->account);
	return result < 0 ? result
			  : locks_shut_drop(v->db, keep_id_bytes(&seat->at.of), row->account);
}

int locks_share(
	struct visit *v, const struct keep_case *c, enum vault_role role, locks_given *given)
{
	auto_keep_seat seat = { 0 };
	struct locks_lack_row *row = NULL;
	size_t n = 0;
	int result = locks_sit(v, c, role, locks_bunch_of(role)->part[0], &seat);
	if (result == 0)
		result = locks_lack(
			v->db, v->mem, keep_id_bytes(&c->id), c->channel, role, &row, &n);
	for (size_t i = 0; result >= 0 && i < n; i++) {
		result = give_row(v, &seat, role, &row[i]);
		if (result >= 0)
			result = given(v, c, row[i].account);
	}
	return result < 0 ? result : 0;
}

int locks_give_orders(struct visit *v, const struct keep_case *c)
{
	auto_keep_seat seat = { 0 };
	struct locks_orderless_row *row = NULL;
	size_t n = 0;
	int result = locks_sit(v, c, VAULT_HANDLER, VAULT_LIAISON, &seat);
	if (result == 0)
		result = locks_orderless(v->db, v->mem, keep_id_bytes(&c->id), &row, &n);
	for (size_t i = 0; result >= 0 && i < n; i++)
		result = give_row(v, &seat, VAULT_MECHANISM,
			&(struct locks_lack_row){ row[i].account, row[i].public });
	return result < 0 ? result : 0;
}

int locks_give_name(struct visit *v, const struct keep_case *c, int64_t account)
{
	auto_keep_seat seat = { 0 };
	struct vault_holder to = { 0 };
	int result = locks_handler(v, c, account, &to);
	if (result <= 0)
		return result < 0 ? result : err_note(ERR_DENIED, "nobody who handles the case");
	result = locks_sit(v, c, VAULT_CUSTODIAN, VAULT_IDENTITY, &seat);
	return result < 0 ? result : give_one(v, &seat, &to, account);
}

int locks_take_name(struct visit *v, struct keep_case *c)
{
	int result = locks_named_drop(v->db, keep_id_bytes(&c->id));
	return result < 0 ? result : locks_change(v, c, VAULT_CUSTODIAN);
}
