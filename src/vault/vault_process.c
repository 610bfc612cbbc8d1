#include "vault/sandbox.h"
#include "vault/vault_answer.h"
#include "vault/vault_inner.h"
#include <poll.h>
#include <pthread.h>
#include <sodium.h>
#include <sys/mman.h>
#include <unistd.h>

enum { SWEEP_MS = 30 * 1000 };
#if defined __SANITIZE_THREAD__ /* keeps what it knows of a thread on its stack */
enum { STACK = 2 << 20 };
#else
enum { STACK = 256 << 10 };
#endif

/* One line, its thread, and all the memory that the thread works in. */
struct desk {
	struct vault_answer_state *st;
	pthread_barrier_t *is_up;
	int fd;
	uint8_t ask[VAULT_MESSAGE_MAX];
	char out[VAULT_HEAD + VAULT_MESSAGE_MAX];
	struct vault_answer_room room;
};

static int64_t now(void)
{
	struct timespec t;
	clock_gettime(CLOCK_BOOTTIME, &t); /* goes on while the machine sleeps */
	return t.tv_sec;
}

static void sweep(struct vault_answer_state *st)
{
	pthread_mutex_lock(&st->lock);
	unlocked_sweep(&st->unlocked, now());
	pthread_mutex_unlock(&st->lock);
}

/* The buffer of an answer has its room from the start and never moves: no copy stays behind. */
static int reply(struct desk *d, const struct vault_message *m)
{
	struct buf out = { .p = d->out, .cap = sizeof d->out, .max = sizeof d->out };
	vault_message_write(m, &out);
	int result = out.failed ? out.failed : line_send(d->fd, buf_view(&out));
	wipe(d->out, out.failed ? sizeof d->out : out.n);
	return result;
}

static int answer_one(struct desk *d, const struct vault_message *ask)
{
	struct vault_message said;
	vault_answer(d->st, &d->room, now(), ask, &said);
	int result = reply(d, &said);
	wipe(&said, sizeof said);
	vault_answer_room_wipe(&d->room, ask);
	return result;
}

static int serve_one(struct desk *d)
{
	uint8_t head[VAULT_HEAD];
	struct vault_message ask = { 0 };
	if (line_read(d->fd, head, sizeof head) < 0)
		return ERR_IO;
	int n = vault_message_size(head);
	if (n < 0 || line_read(d->fd, d->ask, (size_t)n) < 0)
		return ERR_IO;
	int result = vault_message_read(
		head, (struct str){ (const char *)d->ask, (size_t)n }, &ask);
	if (result == 0 && ask.is_answer)
		result = ERR_INPUT;
	if (result == 0)
		result = answer_one(d, &ask);
	wipe(&ask, sizeof ask);
	wipe(d->ask, (size_t)n);
	return result;
}

/* Whoever speaks otherwise than message.h is not the house; and without the house there is
 * nobody to keep keys for. */
static void *serve(void *arg)
{
	struct desk *d = arg;
	struct pollfd wait = { .fd = d->fd, .events = POLLIN };
	pthread_barrier_wait(d->is_up);
	for (;;) {
		int ready = poll(&wait, 1, SWEEP_MS);
		if (ready == 0)
			sweep(d->st);
		if (ready > 0 && serve_one(d) < 0)
			_exit(0);
	}
	return NULL;
}

/* sodium_malloc: between guards, locked, left out of dumps. It does not say whether the lock
 * held; asking once more does. */
static void *locked(size_t n)
{
	void *p = sodium_malloc(n);
	if (p && mlock(p, n) != 0)
		return NULL;
	if (p)
		memset(p, 0, n);
	return p;
}

/* A thread whose stack, where keys stand for a moment, never goes to disk. */
static int start(struct desk *d)
{
	pthread_t thread;
	pthread_attr_t how;
	void *stack = locked(STACK);
	if (!stack)
		return err_note(ERR_LIMIT, "the vault may not lock its memory (ulimit -l)");
	pthread_attr_init(&how);
	int failed = pthread_attr_setstack(&how, stack, STACK);
	if (!failed)
		failed = pthread_create(&thread, &how, serve, d);
	pthread_attr_destroy(&how);
	return failed ? err_note(ERR_NOMEM, "no thread for the vault") : 0;
}

static int furnish(const int fd[LINES], const struct secret *pepper)
{
	/* A thread that is not up yet still makes calls that the filter would kill it for. */
	static pthread_barrier_t all_up;
	pthread_barrier_init(&all_up, NULL, LINES + 1);
	if (sandbox_quiet() < 0 || sandbox_files() < 0)
		return ERR_IO;
	if (crypto_start() < 0)
		return ERR_BUG;
	struct vault_answer_state *st = locked(sizeof *st);
	if (!st)
		return ERR_LIMIT;
	vault_answer_state_init(st, pepper);
	for (size_t i = 0; i < LINES; i++) {
		struct desk *d = locked(sizeof *d);
		if (!d)
			return ERR_LIMIT;
		d->st = st;
		d->is_up = &all_up;
		d->fd = fd[i];
		int result = start(d);
		if (result < 0)
			return result;
	}
	pthread_barrier_wait(&all_up);
	return sandbox_calls();
}

void vault_process(const int fd[LINES], const struct secret *pepper)
{
	char bytes[VAULT_HEAD + 1];
	struct buf out = { .p = bytes, .cap = sizeof bytes, .max = sizeof bytes };
	const struct vault_message hello = {
		.kind = VAULT_HELLO, .is_answer = true, .result = furnish(fd, pepper)
	};
	vault_message_write(&hello, &out);
	if (line_send(fd[LINE_QUICK], buf_view(&out)) < 0 || hello.result < 0)
		_exit(1);
	for (;;)
		poll(NULL, 0, -1); /* the threads end the process */
}
