/*
 * I know how the key of a compartment is made, handed to those who may hold it, and used: for
 * texts, and for the keys of files. Pure: no disk, no clock, no database. docs/vault.md has the
 * bytes, tests/vault/reader.py reads them without this code.
 */
#pragma once
#include "crypto/sealed.h"
#include "crypto/stream.h"
#include "vault/place.h"

/* What a wrap holds: random, one a compartment and epoch. Opens nothing without the case's
 * slot in the shred file, so that zeroing the slot ends every copy of every wrap. */
struct vault_raw {
	struct secret key;
};
/* What texts are sealed with. */
struct vault_key {
	struct secret key;
	struct vault_place at;
};
void vault_raw_wipe(struct vault_raw *r);
void vault_key_wipe(struct vault_key *k);
#define auto_vault_raw __attribute__((cleanup(vault_raw_wipe))) struct vault_raw
#define auto_vault_key __attribute__((cleanup(vault_key_wipe))) struct vault_key

/* vault_raw_make(ret): The key of a new compartment, or of its next epoch. */
void vault_raw_make(struct vault_raw *ret);
/* vault_wrap(at, to, raw, ret): ${raw} for one holder. ERR_INPUT: ${to->key} cannot be used.
 * Whether ${to} may have it is asked before: vault_may_hold, vault_may_give.
 * vault_unwrap(at, me, secret, wrap, ret): ERR_INPUT: for somebody else, or another place. */
int vault_wrap(const struct vault_place *at, const struct vault_holder *to,
	const struct vault_raw *raw, uint8_t ret[PAIR_WRAP]) must_use;
int vault_unwrap(const struct vault_place *at, const struct vault_holder *me,
	const struct secret *secret, const uint8_t wrap[PAIR_WRAP], struct vault_raw *ret) must_use;
/* vault_key_of(at, raw, shred, ret): ${shred} is what the case's slot holds. ERR_MISSING: the
 * slot is zeroed; the case was destroyed. */
int vault_key_of(const struct vault_place *at, const struct vault_raw *raw,
	const struct secret *shred, struct vault_key *ret) must_use;

/* vault_seal(key, object, text, ret): sealed_size(text.n) bytes.
 * vault_unseal(key, object, box, room, ret): As sealed_open. */
void vault_seal(const struct vault_key *key, const struct vault_object *object, struct str text,
	uint8_t *ret);
int vault_unseal(const struct vault_key *key, const struct vault_object *object, struct str box,
	uint8_t *room, struct str *ret) must_use;

/* What is known of a file, sealed together: the key of its body, its true size, and what people
 * call it. The texts are views. */
enum { VAULT_TYPE_MAX = 127, VAULT_NAME_MAX = 255, VAULT_CARD_MAX = 32 + 8 + 2 + 127 + 255 };
struct vault_card {
	struct secret key;
	uint64_t size;
	struct str type, name;
};
void vault_card_wipe(struct vault_card *c);
#define auto_vault_card __attribute__((cleanup(vault_card_wipe))) struct vault_card

/* vault_card_seal(key, file, card, ret): sealed_size(VAULT_CARD_MAX) bytes, whatever the names.
 * vault_card_open(key, file, box, room, ret): ERR_INPUT also for a card that is not one. */
void vault_card_seal(const struct vault_key *key, const struct vault_id *file,
	const struct vault_card *card, uint8_t *ret);
int vault_card_open(const struct vault_key *key, const struct vault_id *file, struct str box,
	uint8_t *room, struct vault_card *ret) must_use;
/* vault_card_write(card, ret), vault_card_read(bytes, ret): What is sealed of it; VAULT_CARD_MAX
 * bytes, zeros behind the names. */
void vault_card_write(const struct vault_card *card, uint8_t ret[VAULT_CARD_MAX]);
int vault_card_read(struct str bytes, struct vault_card *ret) must_use;

/* vault_card_part(card, at, piece, ret): Of an opened ${piece} that began ${at} bytes into the
 * body, what belongs to the file. ERR_INPUT: what is behind the file is not zeros. */
int vault_card_part(
	const struct vault_card *card, uint64_t at, struct str piece, struct str *ret) must_use;
