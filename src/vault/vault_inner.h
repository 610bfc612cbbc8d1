/*
 * I know what vault.c (the house's side), vault_keeper.c (who starts the vault, and starts it
 * again) and vault_process.c (the vault itself) share; nobody else includes me.
 */
#pragma once
#include "vault/message.h"
#include <sys/types.h>

/* Questions that work on a password have a line of their own, so that nobody waits for them who
 * only wants to read. */
enum { LINE_QUICK, LINE_SLOW, LINES };

/* What the keeper hands over: one end of each line, and who is at the other. */
struct lines {
	int fd[LINES];
	pid_t pid;
};

/* vault_process(fd, pepper): Be the vault until a line ends. First says VAULT_HELLO on the quick
 * line: 0, or why it cannot be. */
_Noreturn void vault_process(const int fd[LINES], const struct secret *pepper);

/* keeper_start(pepper, ret): Fork the keeper; ${ret} is our end of its line. ERR_IO.
 * keeper_ask(fd, ret): A new vault; the one before should be dead. ERR_IO. */
int keeper_start(const struct secret *pepper, int *ret) must_use;
int keeper_ask(int fd, struct lines *ret) must_use;

/* line_send(fd, bytes), line_read(fd, p, n): All of it. ERR_IO: the other side is gone. */
int line_send(int fd, struct str bytes) must_use;
int line_read(int fd, void *p, size_t n) must_use;
