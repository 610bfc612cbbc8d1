#include "protect/case_locks.h"
#include "account/key.h"
#include "protect/case_locks.sql.h"
#include "protect/keep.sql.h"

enum {
	DAY = 86400,
	TEXTS_A_TIME = 8,
	TEXTS_MEM = 8 << 20,
	ENDINGS_MAX = 1000,
	ENDINGS_MEM = 1 << 16
};

static const struct locks_bunch bunches[] = {
	{ VAULT_HANDLER, { VAULT_REPORT, VAULT_INTERNAL, VAULT_LIAISON }, LOCKS_PARTS },
	{ VAULT_CUSTODIAN, { VAULT_IDENTITY }, 1 },
	{ VAULT_FUND_OFFICER, { VAULT_FUND }, 1 },
};

const struct locks_bunch *locks_bunch_of(enum vault_role role)
{
	size_t i = 0;
	while (i + 1 < sizeof bunches / sizeof *bunches && bunches[i].role != role)
		i++;
	must(bunches[i].role == role);
	return &bunches[i];
}

int locks_holds(struct visit *v, const struct keep_case *c, enum vault_role role,
	enum vault_compartment compartment, int64_t account)
{
	struct locks_has_row row;
	return locks_has(v->db, v->mem, keep_id_bytes(&c->id), compartment, role, account, &row);
}

int locks_due(struct visit *v, const struct keep_case *c, enum vault_role role)
{
	const struct locks_bunch *b = locks_bunch_of(role);
	struct locks_due_one_row row;
	return locks_due_one(v->db, v->mem, keep_id_bytes(&c->id), b->part[0],
		b->part[b->n > 1 ? 1 : 0], b->part[b->n - 1], &row);
}

/* Somebody's key of now is the one that they were trusted with. The reporter's is the case's. */
static bool fits(
	const struct keep_case *c, const struct locks_wraps_row *row, struct public_key *ret)
{
	*ret = c->key;
	if (row->role == VAULT_REPORTER)
		return true;
	if (row->shut.has || row->is_off.v || row->now.n != sizeof ret->b ||
		(row->was.p && !str_eq(row->was, row->now)))
		return false;
	memcpy(ret->b, row->now.p, sizeof ret->b);
	return true;
}

int locks_people(
	struct visit *v, const struct keep_case *c, struct locks_person **ret, size_t *ret_n)
{
	struct locks_wraps_row *row;
	struct public_key key = { 0 };
	size_t n = 0, used = 0;
	int result = locks_wraps(v->db, v->mem, keep_id_bytes(&c->id), VAULT_REPORT, &row, &n);
	struct locks_person *all = arena_array(v->mem, n + 1, sizeof *all);
	if (result >= 0 && !all)
		result = ERR_NOMEM;
	if (result < 0)
		return result;
	for (size_t i = 0; i < n; i++)
		if (row[i].role == VAULT_HANDLER)
			all[used++] = (struct locks_person){ .account = row[i].account,
				.name = row[i].name,
				.is_out = !fits(c, &row[i], &key) };
	*ret = all;
	*ret_n = used;
	return 0;
}

int locks_handler(
	struct visit *v, const struct keep_case *c, int64_t account, struct vault_holder *ret)
{
	struct locks_wraps_row *row = NULL;
	size_t n = 0;
	int result = locks_wraps(v->db, v->mem, keep_id_bytes(&c->id), VAULT_REPORT, &row, &n);
	*ret = (struct vault_holder){ .role = VAULT_HANDLER, .id = vault_id_of(account) };
	for (size_t i = 0; result >= 0 && i < n; i++)
		if (row[i].role == VAULT_HANDLER && row[i].account == account)
			return fits(c, &row[i], &ret->key);
	return result < 0 ? result : 0;
}

int locks_candidates(
	struct visit *v, const struct keep_case *c, struct locks_person **ret, size_t *ret_n)
{
	struct locks_free_row *row;
	size_t n = 0;
	int result = locks_free(v->db, v->mem, keep_id_bytes(&c->id), c->channel, &row, &n);
	struct locks_person *all = arena_array(v->mem, n + 1, sizeof *all);
	if (result >= 0 && !all)
		result = ERR_NOMEM;
	if (result < 0)
		return result;
	for (size_t i = 0; i < n; i++)
		all[i] = (struct locks_person){
			.account = row[i].account, .name = row[i].name, .channel = row[i].channel
		};
	*ret = all;
	*ret_n = n;
	return 0;
}

int locks_shut(struct visit *v, const struct keep_case *c, int64_t account, enum locks_why why)
{
	int result = locks_shut_put(v->db, keep_id_bytes(&c->id), account, why, v->now / DAY);
	return result < 0 ? result : 0;
}

int locks_sit(struct visit *v, const struct keep_case *c, enum vault_role role,
	enum vault_compartment compartment, struct keep_seat *seat)
{
	int result = locks_holds(v, c, role, compartment, v->who.account.v);
	if (result <= 0)
		return result < 0 ? result : err_note(ERR_DENIED, "no key to give");
	seat->role = role;
	seat->account = v->who.account.v;
	if (!key_cookie(v, seat->cookie))
		return err_note(ERR_DENIED, "a visit without a key");
	return keep_sit(v, c, compartment, seat);
}

/* ---- new locks ---- */

/* A compartment while its locks change. */
struct change {
	struct keep_seat from, to; /* whoever visits, before and after */
	struct locks_wraps_row *row;
	size_t n;
	size_t kept[VAULT_LIST_MAX]; /* which of these stay */
	struct public_key key[VAULT_LIST_MAX];
	size_t n_kept;
};

static void change_wipe(struct change *ch)
{
	keep_seat_wipe(&ch->from);
	keep_seat_wipe(&ch->to);
}

static int who_stays(const struct keep_case *c, struct change *ch, struct buf *list)
{
	for (size_t i = 0; i < ch->n; i++) {
		const struct locks_wraps_row *row = &ch->row[i];
		struct vault_holder h = { .role = (enum vault_role)row->role };
		if (!fits(c, row, &h.key))
			continue;
		if (ch->n_kept == VAULT_HOLDERS_MAX)
			return err_note(ERR_LIMIT, "too many hold keys of a case");
		if (row->role != VAULT_REPORTER)
			h.id = vault_id_of(row->account);
		vault_holder_write(ch->from.at.compartment, &h, list);
		ch->key[ch->n_kept] = h.key;
		ch->kept[ch->n_kept++] = i;
	}
	return list->failed;
}

/* The wraps of the next epoch, for all who stay; the older ones go. */
static int put_wraps(struct visit *v, struct change *ch, struct str wraps)
{
	struct str of = keep_id_bytes(&ch->from.at.of);
	enum vault_compartment compartment = ch->from.at.compartment;
	bool has_own = false;
	if (wraps.n != ch->n_kept * PAIR_WRAP)
		return err_note(ERR_BUG, "another number of wraps");
	int result = locks_wraps_drop(v->db, of, compartment, ch->from.at.epoch);
	for (size_t i = 0; result >= 0 && i < ch->n_kept; i++) {
		const struct locks_wraps_row *row = &ch->row[ch->kept[i]];
		struct str wrap = { wraps.p + i * PAIR_WRAP, PAIR_WRAP };
		result = keep_wrap_add(v->db,
			(struct keep_wrap_add_in){ .of = of,
				.compartment = compartment,
				.epoch = (int64_t)ch->from.at.epoch + 1,
				.role = row->role,
				.account = row->account,
				.wrap = wrap,
				.public = { (const char *)ch->key[i].b, sizeof ch->key[i].b } });
		if (row->role != (int64_t)ch->from.role || row->account != v->who.account.v)
			continue;
		has_own = true;
		memcpy(ch->to.wrap, wrap.p, PAIR_WRAP);
	}
	return result < 0 ? result
		: has_own ? 0
			  : err_note(ERR_DENIED, "whoever leaves changes no locks");
}

/* One text, if it opens: what somebody else put there stays closed. */
static int move_text(struct visit *v, struct arena *mem, const struct change *ch,
	const struct locks_texts_row *row)
{
	struct vault_message said, ask = keep_about(&ch->from, VAULT_MOVE);
	if (row->id.n != VAULT_ID || row->epoch != ch->from.at.epoch || !row->field.n ||
		row->field.n > VAULT_FIELD_MAX || row->box.n > VAULT_BOX_MAX)
		return 0;
	memcpy(ask.object.b, row->id.p, VAULT_ID);
	ask.field = row->field;
	ask.box = row->box;
	ask.to = ch->to.at;
	ask.to_shred = ch->to.shred;
	memcpy(ask.to_wrap, ch->to.wrap, sizeof ask.to_wrap);
	int result = vault_ask(v->house->vault, &ask, mem, &said);
	wipe(&ask, sizeof ask);
	if (result == ERR_INPUT) {
		err_forget();
		return 0;
	}
	if (result == 0)
		result = locks_text_put(v->db, row->id, ch->to.at.epoch, said.box);
	return result < 0 ? result : 0;
}

static int move_texts(struct visit *v, const struct change *ch)
{
	int64_t last = 0;
	size_t n = TEXTS_A_TIME;
	while (n == TEXTS_A_TIME) {
		auto_arena mem;
		struct locks_texts_row *row;
		arena_init(&mem, TEXTS_MEM);
		int result = locks_texts(v->db, &mem, keep_id_bytes(&ch->from.at.of),
			ch->from.at.compartment, last, TEXTS_A_TIME, &row, &n);
		for (size_t i = 0; result >= 0 && i < n; i++) {
			result = move_text(v, &mem, ch, &row[i]);
			last = row[i].n;
		}
		if (result < 0)
			return result;
	}
	return 0;
}

static int change_one(struct visit *v, const struct keep_case *c, enum vault_role role,
	enum vault_compartment compartment, const struct secret *shred)
{
	struct change *ch = arena_take(v->mem, sizeof *ch);
	struct buf list;
	if (!ch)
		return ERR_NOMEM;
	*ch = (struct change){ 0 };
	buf_init(&list, (size_t)VAULT_LIST_MAX * VAULT_HOLDER);
	int result = locks_sit(v, c, role, compartment, &ch->from);
	if (result == 0)
		result = locks_wraps(
			v->db, v->mem, keep_id_bytes(&c->id), compartment, &ch->row, &ch->n);
	if (result >= 0)
		result = who_stays(c, ch, &list);
	if (result == 0) {
		struct vault_message said, ask = keep_about(&ch->from, VAULT_ROTATE);
		ask.holders = buf_view(&list);
		result = vault_ask(v->house->vault, &ask, v->mem, &said);
		wipe(&ask, sizeof ask);
		ch->to = ch->from;
		ch->to.at.epoch++;
		ch->to.shred = *shred;
		if (result == 0)
			result = put_wraps(v, ch, said.wraps);
	}
	if (result == 0)
		result = move_texts(v, ch);
	buf_done(&list);
	change_wipe(ch);
	return result;
}

/* Names or payments get a slot of their own; what lies under the old one besides keeps it. */
static int set_part_slot(
	struct visit *v, const struct keep_case *c, enum vault_compartment part, int64_t slot)
{
	int64_t before = keep_slot(v, c, part);
	int result = before < 0 ? (int)before
				: locks_part_slot_put(v->db, keep_id_bytes(&c->id), part, slot);
	return result < 0 || before == c->shred ? result : locks_end(v, before);
}

/* What is under the old slot besides keeps it; else it ends. */
static int leave_slot(struct visit *v, const struct keep_case *c)
{
	struct locks_slot_is_shared_row row = { 0 };
	int result = locks_slot_is_shared(v->db, v->mem, keep_id_bytes(&c->id), &row);
	if (result < 0)
		return result;
	if (row.n == 0)
		return keep_slot_add(v->db, keep_id_bytes(&c->id), VAULT_IDENTITY, c->shred);
	return locks_end(v, c->shred);
}

int locks_change(struct visit *v, struct keep_case *c, enum vault_role role)
{
	auto_secret shred = { 0 };
	const struct locks_bunch *b = locks_bunch_of(role);
	int64_t slot;
	int result = keep_slot_pick(v, &slot, &shred);
	for (size_t i = 0; result >= 0 && i < b->n; i++) {
		result = locks_holds(v, c, role, b->part[i], v->who.account.v);
		if (result == 0 && b->part[i] == VAULT_LIAISON)
			continue;
		if (result >= 0)
			result = change_one(v, c, role, b->part[i], &shred);
	}
	if (result >= 0 && role != VAULT_HANDLER)
		return set_part_slot(v, c, b->part[0], slot);
	if (result >= 0)
		result = locks_slot_set(v->db, keep_id_bytes(&c->id), slot);
	if (result >= 0)
		result = leave_slot(v, c);
	if (result >= 0)
		c->shred = slot;
	return result < 0 ? result : 0;
}

/* ---- slots that end ---- */

struct ending {
	int64_t slot;
	const struct ending *next;
};

/* On the writer's thread, when it is on disk that nothing uses them. What is not done here is done
 * at the next start: the rows say so. */
static void end_slots(struct house *house, const void *what)
{
	for (const struct ending *e = what; e; e = e->next)
		if (shred_zero(house->shred, e->slot) < 0)
			err_forget();
}

int locks_end(struct visit *v, int64_t slot)
{
	struct ending *e = arena_take(v->mem, sizeof *e);
	if (!e)
		return ERR_NOMEM;
	int result = locks_ending_add(v->db, slot);
	e->slot = slot;
	e->next = v->kept == end_slots ? v->kept_what : NULL;
	v->kept = end_slots;
	v->kept_what = e;
	return result < 0 ? result : 0;
}

int locks_finish(struct db *db, struct shred *shred)
{
	auto_arena mem;
	struct locks_endings_row *row;
	size_t n = 0;
	arena_init(&mem, ENDINGS_MEM);
	int result = locks_endings(db, &mem, ENDINGS_MAX, &row, &n);
	for (size_t i = 0; result >= 0 && i < n; i++) {
		result = shred_zero(shred, row[i].shred);
		if (result >= 0)
			result = locks_ending_drop(db, row[i].shred);
	}
	return result < 0 ? result : 0;
}
