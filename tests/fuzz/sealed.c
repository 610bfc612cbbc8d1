/*
 * What stands inside a seal: a padded text, a file's card. Only the exact bytes that would be
 * written for what was read are taken; bytes that nobody sealed never open.
 */
#include "tests/fuzz/fuzz.h"
#include "vault/seal.h"

static void text(struct str bytes)
{
	static uint8_t again[SEALED_ROOM_MAX];
	struct str got;
	if (sealed_unpad(bytes, &got) < 0)
		return;
	must(sealed_pad(got, again) == bytes.n && !memcmp(again, bytes.p, bytes.n));
}

static void card(struct str bytes)
{
	uint8_t again[VAULT_CARD_MAX];
	struct vault_card got;
	if (vault_card_read(bytes, &got) < 0)
		return;
	vault_card_write(&got, again);
	must(!memcmp(again, bytes.p, sizeof again));
}

static void box(struct str bytes)
{
	static uint8_t room[SEALED_ROOM_MAX + SEALED_EXTRA];
	static const struct secret key = { { 1 } };
	struct str got;
	if (bytes.n <= sizeof room)
		must(sealed_open(&key, STR("here"), bytes, room, &got) == ERR_INPUT);
}

static void pieces(struct str bytes)
{
	static uint8_t room[STREAM_PIECE];
	static const struct secret key = { { 1 } };
	struct stream s;
	if (bytes.n >= STREAM_HEAD && stream_open_start(&key, (const uint8_t *)bytes.p, &s) == 0)
		must(stream_open(&s, STR("file"), str_from(bytes, STREAM_HEAD), room) ==
				ERR_INPUT &&
			!s.is_over);
}

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct str bytes = { (const char *)p, n };
	text(bytes);
	card(bytes);
	box(bytes);
	pieces(bytes);
	return 0;
}
