#include "vault/mark.h"

void vault_mark(const struct secret *secret, const struct vault_id *of, struct str field,
	struct str text, uint8_t ret[HASH_BYTES])
{
	char room[VAULT_ID + VAULT_FIELD_MAX + 1 + VAULT_MARK_TEXT_MAX];
	must(field.n <= VAULT_FIELD_MAX && text.n <= VAULT_MARK_TEXT_MAX);
	size_t n = sizeof of->b;
	memcpy(room, of->b, n);
	memcpy(room + n, field.p, field.n);
	n += field.n;
	room[n++] = 0;
	if (text.n)
		memcpy(room + n, text.p, text.n);
	hash_key(secret, "reporter mark", (struct str){ room, n + text.n }, ret);
	wipe(room, sizeof room);
}
