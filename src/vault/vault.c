#include "vault/vault.h"
#include "vault/vault_answer.h"
#include "vault/vault_inner.h"
#include <poll.h>
#include <pthread.h>
#include <unistd.h>

struct line {
	pthread_mutex_t lock; /* one question at a time */
	int fd;               /* -1: the vault is gone */
};

/* Locks are taken in the order in which they stand here. */
struct vault {
	pthread_mutex_t again; /* who starts another vault */
	int keeper;
	pid_t pid;
	int64_t turn;
	struct line line[LINES];
};

/* An answer that the asker has no room for is still read to its end, so that the next one is the
 * next one. */
static int drain(int fd, size_t n)
{
	char part[4096];
	while (n > 0) {
		size_t now = n < sizeof part ? n : sizeof part;
		if (line_read(fd, part, now) < 0)
			return ERR_IO;
		n -= now;
	}
	wipe(part, sizeof part);
	return ERR_NOMEM;
}

static int hear(int fd, struct arena *mem, struct vault_message *ret)
{
	uint8_t head[VAULT_HEAD];
	int result = line_read(fd, head, sizeof head);
	int n = result < 0 ? result : vault_message_size(head);
	if (n < 0)
		return ERR_IO;
	char *body = arena_take(mem, (size_t)n + 1);
	if (!body)
		return drain(fd, (size_t)n);
	if (line_read(fd, body, (size_t)n) < 0)
		return ERR_IO;
	return vault_message_read(head, (struct str){ body, (size_t)n }, ret) < 0 ? ERR_IO : 0;
}

/* The first word of a vault that could be furnished. */
static int hear_hello(int fd)
{
	struct vault_message hello = { 0 };
	auto_arena mem;
	arena_init(&mem, 4096);
	int result = hear(fd, &mem, &hello);
	if (result == 0 && (!hello.is_answer || hello.kind != VAULT_HELLO))
		result = ERR_IO;
	if (result < 0)
		return err_note(result, "the vault does not start");
	if (hello.result == ERR_LIMIT)
		return err_note(ERR_LIMIT, "the vault may not lock its memory: raise ulimit -l");
	return hello.result < 0 ? err_note(hello.result, "the vault cannot shut itself in") : 0;
}

static void hang_up(struct line *l)
{
	auto_close_fd(&l->fd);
	l->fd = -1;
}

static int connect_lines(struct vault *v)
{
	struct lines lines;
	for (size_t i = 0; i < LINES; i++)
		hang_up(&v->line[i]);
	int result = keeper_ask(v->keeper, &lines);
	if (result < 0)
		return result;
	v->pid = lines.pid;
	v->turn++;
	for (size_t i = 0; i < LINES; i++)
		v->line[i].fd = lines.fd[i];
	result = hear_hello(v->line[LINE_QUICK].fd);
	for (size_t i = 0; result < 0 && i < LINES; i++)
		hang_up(&v->line[i]);
	return result;
}

/* Whoever comes first starts another; who waited meanwhile finds it there. */
static int start_again(struct vault *v)
{
	int result = 0;
	bool is_whole = true;
	pthread_mutex_lock(&v->again);
	for (size_t i = 0; i < LINES; i++) {
		pthread_mutex_lock(&v->line[i].lock);
		is_whole = is_whole && v->line[i].fd >= 0;
	}
	if (!is_whole)
		result = connect_lines(v);
	for (size_t i = 0; i < LINES; i++)
		pthread_mutex_unlock(&v->line[i].lock);
	pthread_mutex_unlock(&v->again);
	return result;
}

int vault_open(const struct secret *pepper, struct vault **ret)
{
	int keeper = -1;
	int result = crypto_start();
	if (result == 0)
		result = keeper_start(pepper, &keeper);
	if (result < 0)
		return result;
	struct vault *v = calloc(1, sizeof *v);
	if (!v) {
		close(keeper);
		return ERR_NOMEM;
	}
	v->keeper = keeper;
	pthread_mutex_init(&v->again, NULL);
	for (size_t i = 0; i < LINES; i++) {
		pthread_mutex_init(&v->line[i].lock, NULL);
		v->line[i].fd = -1;
	}
	result = connect_lines(v);
	if (result < 0)
		vault_close(v);
	else
		*ret = v;
	return result;
}

void vault_close(struct vault *v)
{
	if (!v)
		return;
	for (size_t i = 0; i < LINES; i++) {
		hang_up(&v->line[i]);
		pthread_mutex_destroy(&v->line[i].lock);
	}
	auto_close_fd(&v->keeper);
	pthread_mutex_destroy(&v->again);
	free(v);
}

static int converse(struct line *l, struct str bytes, struct arena *mem, struct vault_message *ret)
{
	int result = line_send(l->fd, bytes);
	return result < 0 ? result : hear(l->fd, mem, ret);
}

int vault_ask(struct vault *v, const struct vault_message *ask, struct arena *mem,
	struct vault_message *ret)
{
	struct line *l = &v->line[vault_answer_is_slow(ask->kind) ? LINE_SLOW : LINE_QUICK];
	struct vault_message said = { 0 };
	auto_buf bytes;
	buf_init(&bytes, VAULT_HEAD + VAULT_MESSAGE_MAX);
	vault_message_write(ask, &bytes);
	if (bytes.failed)
		return bytes.failed;
	pthread_mutex_lock(&l->lock);
	int result = l->fd < 0 ? ERR_IO : converse(l, buf_view(&bytes), mem, &said);
	if (result == 0 && (!said.is_answer || said.kind != ask->kind))
		result = ERR_IO;
	if (result < 0 && result != ERR_NOMEM)
		hang_up(l); /* what comes next on it would answer something else */
	pthread_mutex_unlock(&l->lock);
	if (result == ERR_NOMEM)
		return result;
	if (result < 0) {
		result = start_again(v);
		return result < 0 ? result
				  : err_note(ERR_BUSY, "the vault started again; sessions ended");
	}
	*ret = said;
	return said.result;
}

pid_t vault_pid(struct vault *v)
{
	pthread_mutex_lock(&v->line[LINE_QUICK].lock);
	pid_t pid = v->pid;
	pthread_mutex_unlock(&v->line[LINE_QUICK].lock);
	return pid;
}

/* Its end of the line is closed: it is gone, though nobody has asked it anything since. */
static bool is_cut(int fd)
{
	struct pollfd line = { .fd = fd };
	return fd < 0 || poll(&line, 1, 0) > 0;
}

int64_t vault_turn(struct vault *v)
{
	struct line *l = &v->line[LINE_QUICK];
	pthread_mutex_lock(&l->lock);
	bool is_gone = is_cut(l->fd);
	if (is_gone)
		hang_up(l);
	pthread_mutex_unlock(&l->lock);
	if (is_gone && start_again(v) < 0)
		return 0;
	pthread_mutex_lock(&l->lock);
	int64_t turn = v->turn;
	pthread_mutex_unlock(&l->lock);
	return turn;
}
