#include "vault/seal.h"

enum { SIZE_BYTES = 8, CARD_HEAD = SECRET_BYTES + SIZE_BYTES };
_Static_assert(VAULT_CARD_MAX == CARD_HEAD + 2 + VAULT_TYPE_MAX + VAULT_NAME_MAX, "card");

static const char wrap_purpose[] = "vault wrap";
/* A card's field is no field of a form: those are words, and this begins with a slash. The key
 * has another purpose besides, so that nobody opens a card as if it were a text. */
static const struct str card_field = { "/file", 5 };

void vault_raw_wipe(struct vault_raw *r)
{
	wipe(r, sizeof *r);
}

void vault_key_wipe(struct vault_key *k)
{
	wipe(k, sizeof *k);
}

void vault_card_wipe(struct vault_card *c)
{
	wipe(c, sizeof *c);
}

void vault_raw_make(struct vault_raw *ret)
{
	random_bytes(ret->key.b, sizeof ret->key.b);
}

int vault_wrap(const struct vault_place *at, const struct vault_holder *to,
	const struct vault_raw *raw, uint8_t ret[PAIR_WRAP])
{
	struct vault_context c;
	vault_context_holder(at, to, &c);
	return pair_wrap(&to->key, (struct pair_context){ wrap_purpose, vault_context_str(&c) },
		&raw->key, ret);
}

int vault_unwrap(const struct vault_place *at, const struct vault_holder *me,
	const struct secret *secret, const uint8_t wrap[PAIR_WRAP], struct vault_raw *ret)
{
	struct vault_context c;
	vault_context_holder(at, me, &c);
	return pair_unwrap(secret, &me->key,
		(struct pair_context){ wrap_purpose, vault_context_str(&c) }, wrap, &ret->key);
}

int vault_key_of(const struct vault_place *at, const struct vault_raw *raw,
	const struct secret *shred, struct vault_key *ret)
{
	static const struct secret zeros;
	if (bytes_same(shred->b, zeros.b, sizeof zeros.b))
		return err_note(ERR_MISSING, "the case was destroyed");
	struct vault_context c;
	vault_context_place(at, &c);
	vault_context_add(&c, shred->b, sizeof shred->b);
	hash_key(&raw->key, "vault effective", vault_context_str(&c), ret->key.b);
	ret->at = *at;
	wipe(&c, sizeof c);
	return 0;
}

/* The key of one text or card, and the context it is sealed in. */
static void object_key(const struct vault_key *key, const char *purpose,
	const struct vault_object *object, struct secret *ret, struct vault_context *ret_context)
{
	struct vault_context name = { 0 };
	vault_context_add(&name, object->id.b, sizeof object->id.b);
	vault_context_add(&name, object->field.p, object->field.n);
	hash_key(&key->key, purpose, vault_context_str(&name), ret->b);
	vault_context_object(&key->at, object, ret_context);
}

void vault_seal(const struct vault_key *key, const struct vault_object *object, struct str text,
	uint8_t *ret)
{
	auto_secret own;
	struct vault_context c;
	object_key(key, "obj", object, &own, &c);
	sealed_make(&own, vault_context_str(&c), text, ret);
}

int vault_unseal(const struct vault_key *key, const struct vault_object *object, struct str box,
	uint8_t *room, struct str *ret)
{
	auto_secret own;
	struct vault_context c;
	object_key(key, "obj", object, &own, &c);
	return sealed_open(&own, vault_context_str(&c), box, room, ret);
}

void vault_card_write(const struct vault_card *card, uint8_t ret[VAULT_CARD_MAX])
{
	must(card->type.n <= VAULT_TYPE_MAX && card->name.n <= VAULT_NAME_MAX);
	memset(ret, 0, VAULT_CARD_MAX);
	memcpy(ret, card->key.b, SECRET_BYTES);
	for (size_t i = 0; i < SIZE_BYTES; i++)
		ret[SECRET_BYTES + i] = (uint8_t)(card->size >> 8 * i);
	uint8_t *p = ret + CARD_HEAD;
	*p++ = (uint8_t)card->type.n;
	*p++ = (uint8_t)card->name.n;
	if (card->type.n)
		memcpy(p, card->type.p, card->type.n);
	if (card->name.n)
		memcpy(p + card->type.n, card->name.p, card->name.n);
}

int vault_card_read(struct str bytes, struct vault_card *ret)
{
	if (bytes.n != VAULT_CARD_MAX)
		return err_note(ERR_INPUT, "a file's card of a wrong size");
	const uint8_t *p = (const uint8_t *)bytes.p;
	uint64_t size = 0;
	for (size_t i = 0; i < SIZE_BYTES; i++)
		size |= (uint64_t)p[SECRET_BYTES + i] << 8 * i;
	size_t n_type = p[CARD_HEAD], n_name = p[CARD_HEAD + 1], used = CARD_HEAD + 2;
	if (n_type > VAULT_TYPE_MAX || size > (uint64_t)1 << 53)
		return err_note(ERR_INPUT, "a file's card that cannot be");
	struct str type = { bytes.p + used, n_type }, name = { bytes.p + used + n_type, n_name };
	uint8_t rest = 0;
	for (size_t i = used + n_type + n_name; i < bytes.n; i++)
		rest |= p[i];
	if (rest)
		return err_note(ERR_INPUT, "a file's card with something behind the name");
	memcpy(ret->key.b, p, SECRET_BYTES);
	ret->size = size;
	ret->type = type;
	ret->name = name;
	return 0;
}

void vault_card_seal(const struct vault_key *key, const struct vault_id *file,
	const struct vault_card *card, uint8_t *ret)
{
	auto_secret own;
	struct vault_context c;
	uint8_t plain[VAULT_CARD_MAX];
	object_key(key, "file", &(struct vault_object){ *file, card_field }, &own, &c);
	vault_card_write(card, plain);
	sealed_make(&own, vault_context_str(&c), (struct str){ (const char *)plain, sizeof plain },
		ret);
	wipe(plain, sizeof plain);
}

int vault_card_open(const struct vault_key *key, const struct vault_id *file, struct str box,
	uint8_t *room, struct vault_card *ret)
{
	auto_secret own;
	struct vault_context c;
	struct str plain;
	object_key(key, "file", &(struct vault_object){ *file, card_field }, &own, &c);
	int result = sealed_open(&own, vault_context_str(&c), box, room, &plain);
	if (result == 0 && (result = vault_card_read(plain, ret)) < 0)
		wipe(room, box.n - SEALED_EXTRA);
	return result;
}

int vault_card_part(const struct vault_card *card, uint64_t at, struct str piece, struct str *ret)
{
	size_t n = at >= card->size         ? 0
		: card->size - at < piece.n ? (size_t)(card->size - at)
					    : piece.n;
	uint8_t rest = 0;
	for (size_t i = n; i < piece.n; i++)
		rest |= (uint8_t)piece.p[i];
	if (rest)
		return err_note(ERR_INPUT, "something stands behind a sealed file");
	*ret = (struct str){ piece.p, n };
	return 0;
}
