#include "crypto/keys.h"
#include "protect/consent.h"
#include "protect/keep.h"
#include "protect/keep.sql.h"

enum { DAY = 86400, WRAPS_MAX = VAULT_LIST_MAX };

static struct str bytes(const void *p, size_t n)
{
	return (struct str){ p, n };
}

/* The holders of a channel as the vault wants them, and whose they are. */
struct holders {
	struct buf list;
	int64_t account[WRAPS_MAX];
	size_t n, handlers, custodians;
};

static void add_holder(struct holders *h, enum vault_compartment compartment, enum vault_role role,
	const struct keep_holders_row *row)
{
	struct vault_holder holder = { .role = role, .id = vault_id_of(row->account) };
	if (h->n >= VAULT_HOLDERS_MAX || row->public.n != sizeof holder.key.b)
		return;
	memcpy(holder.key.b, row->public.p, sizeof holder.key.b);
	vault_holder_write(compartment, &holder, &h->list);
	h->account[h->n++] = row->account;
	h->handlers += compartment == VAULT_REPORT;
	h->custodians += compartment == VAULT_IDENTITY;
}

/* Into which compartments somebody of a channel gets keys; orders of payment go from handlers to
 * fund officers, where there are some. */
static void add_person(struct holders *h, const struct keep_holders_row *row, bool has_officer)
{
	if (row->role == VAULT_HANDLER) {
		add_holder(h, VAULT_REPORT, VAULT_HANDLER, row);
		add_holder(h, VAULT_INTERNAL, VAULT_HANDLER, row);
		if (has_officer)
			add_holder(h, VAULT_LIAISON, VAULT_HANDLER, row);
	} else if (row->role == VAULT_CUSTODIAN) {
		add_holder(h, VAULT_IDENTITY, VAULT_CUSTODIAN, row);
	} else if (row->role == VAULT_FUND_OFFICER) {
		add_holder(h, VAULT_FUND, VAULT_FUND_OFFICER, row);
		add_holder(h, VAULT_LIAISON, VAULT_MECHANISM, row);
	}
}

static int find_holders(struct visit *v, int64_t channel, struct holders *ret)
{
	struct keep_holders_row *row;
	size_t n = 0;
	bool has_officer = false;
	int result = keep_holders(v->db, v->mem, channel, &row, &n);
	for (size_t i = 0; result >= 0 && i < n; i++)
		has_officer |= row[i].role == VAULT_FUND_OFFICER;
	for (size_t i = 0; result >= 0 && i < n; i++)
		add_person(ret, &row[i], has_officer);
	if (result >= 0 && ret->list.failed)
		result = ret->list.failed;
	return result < 0 ? result : ret->handlers >= 2 && ret->custodians >= 1;
}

int keep_can_receive(struct visit *v, int64_t channel)
{
	struct holders h = { 0 };
	buf_init(&h.list, (size_t)WRAPS_MAX * VAULT_HOLDER);
	int result = find_holders(v, channel, &h);
	buf_done(&h.list);
	return result;
}

/* Those that a case has had are zeros; those that a visit was given are kept for it. */
int keep_slot_pick(struct visit *v, int64_t *ret, struct secret *ret_shred)
{
	enum { TRIES = 64 };
	struct keep_slot_is_taken_row row;
	for (int i = 0; i < TRIES; i++) {
		int64_t slots = shred_slots(v->house->shred);
		if (i == TRIES / 2 && shred_grow(v->house->shred, 2 * slots) < 0)
			return ERR_IO;
		if (slots < 1 || slots > INT32_MAX / 2)
			return err_note(ERR_LIMIT, "no slot left in the shred file");
		int64_t slot = random_below((uint32_t)slots);
		int taken = keep_slot_is_taken(v->db, v->mem, slot, &row);
		if (taken < 0)
			return taken;
		if (!taken && shred_get(v->house->shred, slot, ret_shred) == 0 &&
			shred_claim(v->house->shred, slot)) {
			*ret = slot;
			return 0;
		}
	}
	return err_note(ERR_BUSY, "no free slot found in the shred file");
}

/* The reporter's own seat, among the wraps that the vault has just made. */
static bool seat_of_reporter(
	const struct keep_report *r, enum vault_compartment compartment, struct keep_seat *seat)
{
	for (size_t i = 0; i < r->holders.n / VAULT_HOLDER; i++) {
		enum vault_compartment c;
		struct vault_holder h;
		if (vault_holder_read(r->holders, i, &c, &h) < 0 || c != compartment ||
			h.role != VAULT_REPORTER)
			continue;
		seat->role = VAULT_REPORTER;
		seat->at = (struct vault_place){ r->c.id, compartment, 1 };
		memcpy(seat->wrap, r->wraps.p + i * PAIR_WRAP, PAIR_WRAP);
		return true;
	}
	return false;
}

static int seal_answers(struct visit *v, const struct keep_answer *answer, size_t n,
	struct keep_seat *seat, struct keep_report *r)
{
	for (size_t i = 0; i < n; i++) {
		if (!answer[i].text.n)
			continue;
		if (!seat_of_reporter(r, answer[i].compartment, seat))
			return err_note(ERR_DENIED, "nobody holds this part of a report");
		int got = shred_get(v->house->shred,
			answer[i].compartment == VAULT_IDENTITY       ? r->name_slot
				: answer[i].compartment == VAULT_FUND ? r->fund_slot
								      : r->c.shred,
			&seat->shred);
		if (got < 0)
			return got;
		struct str text = answer[i].text;
		int result = str_is(str_c(answer[i].field), KEEP_CONSENT)
			? consent_write(v, seat, text, 1, &text)
			: 0;
		if (result == 0)
			result = keep_seal(v, seat, answer[i].field, text, &r->text[r->n_text]);
		if (result < 0)
			return result;
		r->n_text++;
	}
	return 0;
}

static int ask_for_case(struct visit *v, const struct code *code, const uint8_t *cookie,
	const struct holders *h, struct keep_report *r)
{
	struct vault_message said, ask = { .kind = VAULT_CASE, .account = r->c.id, .code = *code };
	ask.holders = buf_view(&h->list);
	memcpy(ask.cookie, cookie, sizeof ask.cookie);
	int result = vault_ask(v->house->vault, &ask, v->mem, &said);
	wipe(&ask, sizeof ask);
	if (result < 0)
		return result;
	r->c.key = said.key;
	memcpy(r->c.slot, said.slot, sizeof r->c.slot);
	r->found = said.found;
	r->holders = said.holders;
	r->wraps = said.wraps;
	size_t all = said.holders.n / VAULT_HOLDER;
	if (said.wraps.n != all * PAIR_WRAP || all < h->n)
		return err_note(ERR_BUG, "the vault made a case of another shape");
	r->account = arena_array(v->mem, all, sizeof *r->account);
	if (!r->account)
		return ERR_NOMEM;
	memcpy(r->account, h->account, h->n * sizeof *h->account); /* the reporter's stay 0 */
	return 0;
}

/* Among what was reported. */
static int seal_cards(struct visit *v, struct keep_seat *seat, struct keep_report *r)
{
	if (!r->n_file)
		return 0;
	if (!seat_of_reporter(r, VAULT_REPORT, seat))
		return err_note(ERR_DENIED, "nobody holds this part of a report");
	int result = shred_get(v->house->shred, r->c.shred, &seat->shred);
	for (size_t i = 0; i < r->n_file && result == 0; i++) {
		result = keep_card(v, seat, &r->file[i], &r->text[r->n_text]);
		r->n_text += result == 0;
	}
	return result;
}

int keep_report_make(struct visit *v, const struct code *code, const uint8_t cookie[VAULT_COOKIE],
	const struct keep_answer *answer, size_t n, struct keep_report *ret)
{
	auto_keep_seat seat = { 0 };
	struct holders h = { 0 };
	ret->c.id = vault_id_make();
	ret->text = arena_array(v->mem, n + ret->n_file, sizeof *ret->text);
	if (!ret->text)
		return ERR_NOMEM;
	memcpy(seat.cookie, cookie, sizeof seat.cookie);
	buf_init(&h.list, (size_t)WRAPS_MAX * VAULT_HOLDER);
	int result = find_holders(v, ret->c.channel, &h);
	if (result == 0)
		result = err_note(ERR_DENIED, "too few hold keys here to receive a report");
	if (result > 0)
		result = keep_slot_pick(v, &ret->c.shred, &seat.shred);
	if (result == 0)
		result = keep_slot_pick(v, &ret->name_slot, &seat.shred);
	if (result == 0)
		result = keep_slot_pick(v, &ret->fund_slot, &seat.shred);
	if (result == 0)
		result = ask_for_case(v, code, cookie, &h, ret);
	if (result == 0)
		result = seal_answers(v, answer, n, &seat, ret);
	if (result == 0)
		result = seal_cards(v, &seat, ret);
	buf_done(&h.list);
	return result;
}

static int put_wraps(struct visit *v, const struct keep_report *r)
{
	int result = 0;
	for (size_t i = 0; result >= 0 && i < r->holders.n / VAULT_HOLDER; i++) {
		enum vault_compartment compartment;
		struct vault_holder h;
		result = vault_holder_read(r->holders, i, &compartment, &h);
		if (result == 0)
			result = keep_wrap_add(v->db,
				(struct keep_wrap_add_in){
					.of = keep_id_bytes(&r->c.id),
					.compartment = compartment,
					.epoch = 1,
					.role = h.role,
					.account = r->account[i],
					.wrap = bytes(r->wraps.p + i * PAIR_WRAP, PAIR_WRAP),
					.public = bytes(h.key.b, sizeof h.key.b),
				});
	}
	return result < 0 ? result : 0;
}

int keep_report_put(struct visit *v, const struct keep_report *r)
{
	int result = keep_case_add(v->db,
		(struct keep_case_add_in){
			.id = keep_id_bytes(&r->c.id),
			.channel = r->c.channel,
			.day = v->now / DAY,
			.due_on = r->c.due_on,
			.pepper = KEYS_PEPPER,
			.found = keep_id_bytes(&r->found),
			.public = bytes(r->c.key.b, sizeof r->c.key.b),
			.slot = bytes(r->c.slot, sizeof r->c.slot),
			.shred = r->c.shred,
		});
	if (result >= 0)
		result = keep_slot_add(
			v->db, keep_id_bytes(&r->c.id), VAULT_IDENTITY, r->name_slot);
	if (result >= 0)
		result = keep_slot_add(v->db, keep_id_bytes(&r->c.id), VAULT_FUND, r->fund_slot);
	if (result >= 0)
		result = put_wraps(v, r);
	for (size_t i = 0; result >= 0 && i < r->n_text; i++)
		result = keep_put(v, &r->text[i]);
	return result < 0 ? result : 0;
}
