#include "protect/keep.h"
#include "crypto/keys.h"
#include "protect/consent.h"
#include "protect/keep.sql.h"

enum { DAY = 86400, WRAPS_MAX = VAULT_LIST_MAX };

void keep_seat_wipe(struct keep_seat *s)
{
	wipe(s, sizeof *s);
}

static struct str bytes(const void *p, size_t n)
{
	return (struct str){ p, n };
}

struct str keep_id_bytes(const struct vault_id *id)
{
	return bytes(id->b, sizeof id->b);
}

static bool copy(struct str from, void *to, size_t n)
{
	if (from.n == n)
		memcpy(to, from.p, n);
	return from.n == n;
}

void keep_id_text(const struct vault_id *id, char ret[KEEP_ID_CHARS + 1])
{
	base64_url(id->b, sizeof id->b, ret, KEEP_ID_CHARS + 1);
}

bool keep_id_read(struct str text, struct vault_id *ret)
{
	return text.n == KEEP_ID_CHARS && base64_url_bytes(text, ret->b, sizeof ret->b);
}

int keep_case_load(struct visit *v, const struct vault_id *id, struct keep_case *ret)
{
	struct keep_case_get_row row;
	struct keep_case c = { .id = *id };
	int result = keep_case_get(v->db, v->mem, keep_id_bytes(id), &row);
	if (result <= 0)
		return result;
	if (row.pepper != KEYS_PEPPER || !copy(row.public, c.key.b, sizeof c.key.b) ||
		!copy(row.slot, c.slot, sizeof c.slot))
		return err_note(ERR_BUG, "a case that is none of this version");
	c.channel = row.channel;
	c.slug = row.slug;
	c.state = (enum keep_state)row.state;
	c.turn = (enum keep_turn)row.turn;
	c.taken_by = row.taken_by.v;
	c.created_on = row.created_on;
	c.changed_on = row.changed_on;
	c.due_on = row.due_on;
	c.due_hour = row.due_hour;
	c.next_hour = row.next_hour;
	c.pace = row.pace;
	c.shred = row.shred;
	c.withdrawn_on = row.withdrawn_on;
	*ret = c;
	return 1;
}

int64_t keep_slot(struct visit *v, const struct keep_case *c, enum vault_compartment compartment)
{
	struct keep_slot_get_row row;
	if (compartment != VAULT_IDENTITY && compartment != VAULT_FUND)
		return c->shred;
	int result = keep_slot_get(v->db, v->mem, keep_id_bytes(&c->id), compartment, &row);
	return result < 0 ? result : result == 0 ? c->shred : row.shred;
}

int keep_sit(struct visit *v, const struct keep_case *c, enum vault_compartment compartment,
	struct keep_seat *seat)
{
	struct keep_wrap_get_row row;
	int result = keep_wrap_get(
		v->db, v->mem, keep_id_bytes(&c->id), compartment, seat->role, seat->account, &row);
	if (result == 0 || (result > 0 && !copy(row.wrap, seat->wrap, sizeof seat->wrap)))
		return err_note(ERR_DENIED, "no key to this part of the case");
	if (result < 0)
		return result;
	seat->at = (struct vault_place){ c->id, compartment, (uint32_t)row.epoch };
	int64_t slot = keep_slot(v, c, compartment);
	return slot < 0 ? (int)slot : shred_get(v->house->shred, slot, &seat->shred);
}

struct vault_message keep_about(const struct keep_seat *seat, enum vault_kind kind)
{
	struct vault_message m = {
		.kind = kind, .role = (uint8_t)seat->role, .at = seat->at, .shred = seat->shred
	};
	memcpy(m.cookie, seat->cookie, sizeof m.cookie);
	memcpy(m.wrap, seat->wrap, sizeof m.wrap);
	return m;
}

int keep_seal(struct visit *v, const struct keep_seat *seat, const char *field, struct str text,
	struct keep_text *ret)
{
	struct vault_message said, ask = keep_about(seat, VAULT_SEAL);
	ask.object = vault_id_make();
	ask.field = str_c(field);
	ask.text = text;
	int result = vault_ask(v->house->vault, &ask, v->mem, &said);
	if (result == 0)
		*ret = (struct keep_text){ ask.object, seat->at, field, seat->account, said.box };
	wipe(&ask, sizeof ask);
	return result;
}

/* A text that was sealed before the locks were changed would open for nobody. */
static int is_of_now(struct visit *v, const struct vault_place *at)
{
	struct keep_epoch_now_row now;
	int result = keep_epoch_now(v->db, v->mem, keep_id_bytes(&at->of), at->compartment, &now);
	if (result > 0 && now.epoch.v != at->epoch)
		return err_note(ERR_BUSY, "the locks of the case were changed");
	return result < 0 ? result : 0;
}

int keep_card(struct visit *v, const struct keep_seat *seat, const struct file_sealed *file,
	struct keep_text *ret)
{
	struct vault_message said, ask = keep_about(seat, VAULT_CARD);
	ask.object = file->id;
	ask.field = STR(KEEP_FILE);
	ask.text = (struct str){ (const char *)file->card, sizeof file->card };
	int result = vault_ask(v->house->vault, &ask, v->mem, &said);
	if (result == 0)
		*ret = (struct keep_text){ file->id, seat->at, KEEP_FILE, seat->account, said.box };
	wipe(&ask, sizeof ask);
	return result;
}

int keep_put(struct visit *v, const struct keep_text *t)
{
	int result = is_of_now(v, &t->at);
	if (result < 0)
		return result;
	result = keep_object_add(v->db,
		(struct keep_object_add_in){
			.id = keep_id_bytes(&t->id),
			.of = keep_id_bytes(&t->at.of),
			.compartment = t->at.compartment,
			.epoch = t->at.epoch,
			.field = str_c(t->field),
			.account = t->account,
			.on_day = v->now / DAY,
			.box = t->box,
		});
	return result < 0 ? result : 0;
}

bool keep_card_read(struct str s, struct keep_shown *ret)
{
	enum { HEAD = 10 };
	const uint8_t *p = (const uint8_t *)s.p;
	if (s.n < HEAD || s.n != HEAD + (size_t)p[8] + p[9])
		return false;
	for (size_t i = 0; i < 8; i++)
		ret->size |= (uint64_t)p[i] << 8 * i;
	ret->type = (struct str){ s.p + HEAD, p[8] };
	ret->text = (struct str){ s.p + HEAD + p[8], p[9] };
	return true;
}

int keep_open(struct visit *v, const struct keep_seat *seat, const struct keep_sealed *s,
	struct keep_shown *ret)
{
	struct vault_message said, ask = keep_about(seat, VAULT_OPEN);
	*ret = (struct keep_shown){
		.field = s->field, .account = s->account, .on_day = s->on_day, .is_broken = true
	};
	if (!copy(s->id, ask.object.b, sizeof ask.object.b) || s->epoch != seat->at.epoch ||
		s->field.n == 0 || s->field.n > VAULT_FIELD_MAX || s->box.n > VAULT_BOX_MAX)
		return 0;
	ret->id = ask.object;
	ask.field = s->field;
	ask.box = s->box;
	keep_id_text(&ret->id, ret->id_text);
	ret->is_file = str_is(s->field, KEEP_FILE);
	if (ret->is_file)
		ask.kind = VAULT_LOOK;
	int result = vault_ask(v->house->vault, &ask, v->mem, &said);
	wipe(&ask, sizeof ask);
	if (result == 0) {
		ret->text = said.text;
		ret->is_broken = ret->is_file && !keep_card_read(said.text, ret);
	}
	return result == ERR_INPUT ? 0 : result;
}

static int read_some(struct visit *v, const struct keep_seat *seat, int64_t max,
	struct keep_shown **ret, size_t *ret_n)
{
	struct keep_objects_row *row;
	size_t n = 0;
	int result = keep_objects(
		v->db, v->mem, keep_id_bytes(&seat->at.of), seat->at.compartment, max, &row, &n);
	struct keep_shown *shown = arena_array(v->mem, n + 1, sizeof *shown);
	if (result >= 0 && !shown)
		result = ERR_NOMEM;
	for (size_t i = 0; result >= 0 && i < n; i++)
		result = keep_open(v, seat,
			&(struct keep_sealed){ row[i].id, row[i].epoch, row[i].field, row[i].box,
				row[i].account, row[i].on_day },
			&shown[i]);
	if (result < 0)
		return result;
	*ret = shown;
	*ret_n = n;
	return 0;
}

int keep_read(struct visit *v, const struct keep_seat *seat, struct keep_shown **ret, size_t *ret_n)
{
	return read_some(v, seat, KEEP_TEXTS_MAX, ret, ret_n);
}

int keep_first(
	struct visit *v, const struct keep_seat *seat, struct keep_shown **ret, size_t *ret_n)
{
	return read_some(v, seat, 1, ret, ret_n);
}

int keep_newest(struct visit *v, const struct keep_seat *seat, const char *field,
	struct keep_shown **ret, size_t *ret_n)
{
	struct keep_newest_object_row *row;
	size_t n = 0;
	struct keep_shown *shown = arena_take(v->mem, sizeof *shown);
	int result = keep_newest_object(v->db, v->mem, keep_id_bytes(&seat->at.of),
		seat->at.compartment, str_c(field), &row, &n);
	if (result >= 0 && !shown)
		result = ERR_NOMEM;
	if (result >= 0 && n)
		result = keep_open(v, seat,
			&(struct keep_sealed){ row[0].id, row[0].epoch, row[0].field, row[0].box,
				row[0].account, row[0].on_day },
			shown);
	if (result < 0)
		return result;
	*ret = shown;
	*ret_n = n;
	return 0;
}

/* ---- a new case ---- */

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
	if (h->n >= VAULT_HOLDERS_MAX || !copy(row->public, holder.key.b, sizeof holder.key.b))
		return;
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
