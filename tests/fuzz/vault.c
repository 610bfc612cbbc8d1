/*
 * A message between the house and the vault: what is read is written again to the same bytes,
 * and the vault answers whatever may be asked.
 */
#include "tests/fuzz/fuzz.h"
#include "vault/vault_answer.h"

static void answer_to(const struct vault_message *ask)
{
	static struct vault_answer_state state;
	static struct vault_answer_room room;
	static int64_t now = UNLOCKED_IDLE;
	struct vault_message said;
	auto_buf out;
	buf_init(&out, VAULT_HEAD + VAULT_MESSAGE_MAX);
	if (now == UNLOCKED_IDLE)
		vault_answer_state_init(&state, &(const struct secret){ { 1 } });
	vault_answer(&state, &room, ++now, ask, &said);
	must(said.is_answer && said.kind == ask->kind);
	vault_message_write(&said, &out);
	must(!out.failed);
}

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct vault_message m;
	auto_buf again;
	buf_init(&again, VAULT_HEAD + VAULT_MESSAGE_MAX);
	if (n < VAULT_HEAD ||
		vault_message_read(
			p, (struct str){ (const char *)p + VAULT_HEAD, n - VAULT_HEAD }, &m) < 0)
		return 0;
	vault_message_write(&m, &again);
	must(again.n == n && !memcmp(again.p, p, n));
	if (!m.is_answer && !vault_answer_is_slow(m.kind))
		answer_to(&m);
	return 0;
}
