/*
 * I know the vault: a process of its own that holds unlocked keys and answers questions with
 * them. It has no files, no network and no way to get any; what it says is in message.h, and
 * never a key. When it dies, sessions end; whatever is sealed stays as it was.
 */
#pragma once
#include "base/arena.h"
#include "vault/message.h"
#include <sys/types.h>

struct vault;

/* vault_open(pepper, ret): Start it. Call before the process has threads, and while it knows
 * little: the vault is a copy of it. ${pepper} is used for nothing else, and the caller may wipe
 * it after. ERR_LIMIT: this process may not lock the 4 MiB of memory that it needs (see ulimit
 * -l). ERR_IO: the kernel refuses a part of the sandbox. */
int vault_open(const struct secret *pepper, struct vault **ret) must_use;
/* vault_close(v): Stop it; all sessions end. NULL is allowed. */
void vault_close(struct vault *v);

/* vault_ask(v, ask, mem, ret): Ask and wait: 0.07 ms for a short text; for what works on a
 * password 60 ms, and whoever waits before. For any thread. Texts of ${ret} are in ${mem}.
 * Returns the answer's result; ERR_BUSY also when the vault had died: another one is ready for
 * the next question, without sessions. ERR_NOMEM: ${mem} is too small. */
int vault_ask(struct vault *v, const struct vault_message *ask, struct arena *mem,
	struct vault_message *ret) must_use;

/* vault_pid(v): The process that answers now.
 * vault_turn(v): The how manieth it is, from 1. Looks whether it lives, and starts another if it
 * does not: a session with a key that began in an earlier turn has ended. */
pid_t vault_pid(struct vault *v);
int64_t vault_turn(struct vault *v);
