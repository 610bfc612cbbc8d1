#include "protect/keep.h"
#include "crypto/keys.h"
#include "protect/cover.h"
#include "protect/keep.sql.h"

enum { DAY = 86400 };

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
int keep_is_now(struct visit *v, const struct vault_place *at)
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
	int result = keep_is_now(v, &t->at);
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
	*ret_n = cover_settle(seat->role == VAULT_REPORTER, shown, n);
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
	struct buf copy_of;
	buf_init(&copy_of, VAULT_FIELD_MAX);
	buf_str(&copy_of, str_c(field));
	buf_str(&copy_of, STR(COVER_COPY));
	int result = keep_newest_object(v->db, v->mem, keep_id_bytes(&seat->at.of),
		seat->at.compartment, str_c(field), buf_view(&copy_of), &row, &n);
	buf_done(&copy_of);
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
	*ret_n = cover_settle(false, shown, n);
	return 0;
}

int keep_raw(struct visit *v, const struct keep_seat *seat, const struct vault_id *id,
	struct keep_shown *ret)
{
	struct keep_object_get_row row = { 0 };
	int result = keep_object_get(v->db, v->mem, keep_id_bytes(id), keep_id_bytes(&seat->at.of),
		seat->at.compartment, &row);
	if (result <= 0)
		return result;
	result = keep_open(v, seat,
		&(struct keep_sealed){
			row.id, row.epoch, row.field, row.box, row.account, row.on_day },
		ret);
	return result < 0 ? result : 1;
}
