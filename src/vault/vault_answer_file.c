#include "vault/vault_answer_inner.h"

/* Texts have a way of their own: see vault_answer_case.c. */
static bool is_card(struct str field)
{
	return str_is(field, "/file");
}

int vault_answer_card(const struct task *t)
{
	auto_vault_key key = { 0 };
	auto_vault_card card = { 0 };
	if (!is_card(t->ask->field))
		return err_note(ERR_DENIED, "not a card");
	int result = vault_card_read(t->ask->text, &card);
	if (result == 0)
		result = vault_answer_key(t, &key);
	if (result < 0)
		return result;
	vault_card_seal(&key, &t->ask->object, &card, t->room->seal);
	t->ret->box = (struct str){ (const char *)t->room->seal, sealed_size(VAULT_CARD_MAX) };
	return 0;
}

static int open_card(const struct task *t, struct vault_card *ret)
{
	auto_vault_key key = { 0 };
	if (!is_card(t->ask->field))
		return err_note(ERR_DENIED, "not a card");
	int result = vault_answer_key(t, &key);
	if (result == 0)
		result = vault_card_open(&key, &t->ask->object, t->ask->box, t->room->open, ret);
	return result;
}

/* size 8 | length of type 1 | length of name 1 | type | name: the card without its key. */
static void say_card(const struct task *t, const struct vault_card *card)
{
	struct buf out = {
		.p = (char *)t->room->seal, .cap = sizeof t->room->seal, .max = sizeof t->room->seal
	};
	for (size_t i = 0; i < 8; i++)
		buf_byte(&out, (char)(card->size >> 8 * i));
	buf_byte(&out, (char)card->type.n);
	buf_byte(&out, (char)card->name.n);
	buf_str(&out, card->type);
	buf_str(&out, card->name);
	must(!out.failed);
	t->ret->text = buf_view(&out);
}

int vault_answer_look(const struct task *t)
{
	auto_vault_card card = { 0 };
	int result = open_card(t, &card);
	if (result == 0)
		say_card(t, &card);
	return result;
}

static void session_of(const struct task *t, uint8_t ret[HASH_BYTES])
{
	hash_purpose("vault reading",
		(struct str){ (const char *)t->ask->cookie, sizeof t->ask->cookie }, ret);
}

/* A free place, or that of a reading which nobody goes on with. */
static struct vault_reading *place(const struct task *t)
{
	static const struct vault_id none;
	for (size_t i = 0; i < VAULT_READINGS_MAX; i++) {
		struct vault_reading *r = &t->st->reading[i];
		if (bytes_same(r->handle.b, none.b, VAULT_ID) ||
			t->now - r->last >= VAULT_READING_IDLE)
			return r;
	}
	return NULL;
}

int vault_answer_read(const struct task *t)
{
	auto_vault_card card = { 0 };
	struct vault_reading made = {
		.handle = vault_id_make(), .file = t->ask->object, .last = t->now
	};
	int result = t->ask->text.n == STREAM_HEAD ? open_card(t, &card)
						   : err_note(ERR_INPUT, "no head of a file");
	if (result == 0)
		result = stream_open_start(
			&card.key, (const uint8_t *)t->ask->text.p, &made.stream);
	if (result < 0)
		return result;
	made.size = card.size;
	session_of(t, made.session);
	pthread_mutex_lock(&t->st->lock);
	struct vault_reading *r = place(t);
	if (r)
		*r = made;
	pthread_mutex_unlock(&t->st->lock);
	wipe(&made, sizeof made);
	if (!r)
		return err_note(ERR_BUSY, "too many files are being read");
	t->ret->found = r->handle;
	say_card(t, &card);
	return 0;
}

static struct vault_reading *find(const struct task *t)
{
	uint8_t session[HASH_BYTES];
	session_of(t, session);
	for (size_t i = 0; i < VAULT_READINGS_MAX; i++) {
		struct vault_reading *r = &t->st->reading[i];
		if (bytes_same(r->handle.b, t->ask->object.b, VAULT_ID) &&
			bytes_same(r->session, session, sizeof session))
			return r;
	}
	return NULL;
}

static int read_on(const struct task *t, struct vault_reading *r)
{
	struct str piece = t->ask->box;
	const struct vault_card card = { .size = r->size };
	int result = stream_open(&r->stream,
		(struct str){ (const char *)r->file.b, sizeof r->file.b }, piece, t->room->open);
	if (result < 0)
		return result;
	struct str plain = { (const char *)t->room->open, piece.n - STREAM_EXTRA };
	result = vault_card_part(&card, r->at, plain, &t->ret->text);
	r->at += plain.n;
	if (result == 0 && r->stream.is_over && r->at < r->size)
		result = err_note(ERR_INPUT, "a sealed file ends too early");
	return result;
}

/* The session is looked at for each piece: when it has ended, so has the reading. */
int vault_answer_piece(const struct task *t)
{
	auto_asker a = { 0 };
	int result = vault_answer_who_asks(t, &a);
	if (result < 0)
		return result;
	pthread_mutex_lock(&t->st->lock);
	struct vault_reading *r = find(t);
	result = r ? read_on(t, r) : err_note(ERR_DENIED, "no such reading");
	if (r)
		r->last = t->now;
	if (r && (result < 0 || r->stream.is_over))
		wipe(r, sizeof *r);
	pthread_mutex_unlock(&t->st->lock);
	return result;
}
