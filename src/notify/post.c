#include "notify/post.h"
#include "base/clock.h"
#include "notify/address.h"
#include "notify/digest.h"
#include "notify/moves.h"
#include "notify/outbox.h"
#include "notify/remind.h"
#include "notify/remind_case.h"
#include "notify/remind_desk.h"
#include "notify/smtp.h"
#include <pthread.h>
#include <stdlib.h>

enum {
	ROUND_SECONDS = 5,
	AWAY_LEAST = 2,
	AWAY_MOST = 600,
	ROUND_MEM = 16 << 20,
	SWEEP_SECONDS = 3600
};

struct post {
	struct post_needs needs;
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t wake;
	bool is_woken;
	atomic_bool is_over;
	struct smtp *smtp;
	struct db *db;       /* reads */
	int64_t swept;       /* by clock_mono, in seconds */
	int away;            /* seconds to leave the mail server alone when it is gone */
	int64_t quiet_until; /* by clock_mono, in seconds */
	struct post_state state;
};

static int64_t seconds(void)
{
	return clock_mono() / 1000000000;
}

/* Until somebody wakes me, a round is over, or all is. */
static bool rest_or_end(struct post *p)
{
	int64_t until = clock_mono() + ROUND_SECONDS * 1000000000LL;
	pthread_mutex_lock(&p->lock);
	while (!atomic_load(&p->is_over) && !p->is_woken &&
		clock_cond_wait(&p->wake, &p->lock, until))
		continue;
	p->is_woken = false;
	pthread_mutex_unlock(&p->lock);
	return atomic_load(&p->is_over);
}

static void note(struct post *p, int result, long reply)
{
	pthread_mutex_lock(&p->lock);
	if (result == 0) {
		p->state.sent_at = clock_now();
	} else {
		p->state.failed_at = clock_now();
		p->state.failure = result;
		p->state.reply = reply;
	}
	pthread_mutex_unlock(&p->lock);
}

/* The server is gone: longer with each try, and less as soon as it is back. */
static void leave_alone(struct post *p, bool is_gone)
{
	if (!is_gone) {
		p->away = 0;
		return;
	}
	p->away = p->away ? p->away * 2 : AWAY_LEAST;
	p->away = p->away < AWAY_MOST ? p->away : AWAY_MOST;
	p->quiet_until = seconds() + p->away;
}

/* 0, or negative when the others need not be tried. The one that met a dead server goes to the
 * end of the queue, in case it was the reason. */
static int send_one(struct post *p, struct outbox_letter *l)
{
	long reply = 0;
	if (l->end == OUTBOX_BROKEN)
		return 0;
	int result = smtp_send(p->smtp, l->to.p, l->text, &reply);
	if (atomic_load(&p->is_over) && result < 0)
		return result;
	l->end = result == 0 ? OUTBOX_SENT : result == ERR_DENIED ? OUTBOX_REFUSED : OUTBOX_AWAY;
	note(p, result, reply);
	leave_alone(p, result == ERR_IO);
	return result == ERR_DENIED ? 0 : result;
}

/* True: there may be more. */
static bool send_some(struct post *p)
{
	auto_arena mem = { 0 };
	struct outbox_batch b = { .keys = p->needs.house->keys, .mem = &mem, .now = clock_now() };
	arena_init(&mem, ROUND_MEM);
	int result = writer_now(p->needs.writer, outbox_take, &b);
	if (result < 0 || b.n == 0)
		return false;
	for (size_t i = 0; i < b.n && result == 0; i++)
		result = send_one(p, &b.letter[i]);
	b.now = clock_now();
	int settled = writer_now(p->needs.writer, outbox_settle, &b);
	return result == 0 && settled == 0 && b.n == OUTBOX_AT_ONCE;
}

/* Links in letters lead somewhere. house->post is not looked at: it may not be set yet. */
static bool has_base(const struct house *house)
{
	const struct settings *set = atomic_load(&house->settings);
	return set->base_url.n != 0;
}

/* A failure is not the end: the next round looks again. */
static void write_digests(struct post *p)
{
	static int (*const rounds[])(const struct digest_needs *) = { digest_round, remind_round,
		remind_desk_round, remind_case_round, moves_round };
	struct digest_needs needs = { .db = p->db,
		.writer = p->needs.writer,
		.house = p->needs.house,
		.from = str_c(p->needs.from),
		.now = clock_now() };
	for (size_t i = 0; i < sizeof rounds / sizeof *rounds; i++)
		while (has_base(p->needs.house) && !atomic_load(&p->is_over) &&
			rounds[i](&needs) > 0)
			continue;
	if (seconds() - p->swept >= SWEEP_SECONDS && digest_sweep(&needs) == 0)
		p->swept = seconds();
}

static void *work(void *arg)
{
	struct post *p = arg;
	while (!rest_or_end(p)) {
		write_digests(p);
		while (seconds() >= p->quiet_until && send_some(p) && !atomic_load(&p->is_over))
			continue;
	}
	return NULL;
}

static int start(struct post *p)
{
	pthread_mutex_init(&p->lock, NULL);
	clock_cond_init(&p->wake);
	if (pthread_create(&p->thread, NULL, work, p) == 0)
		return 0;
	pthread_cond_destroy(&p->wake);
	pthread_mutex_destroy(&p->lock);
	return err_note(ERR_NOMEM, "thread");
}

int post_open(const struct post_needs *needs, struct post **ret)
{
	*ret = NULL;
	if (!*needs->smtp)
		return 0;
	if (!address_ok(str_c(needs->from)))
		return err_note(ERR_INPUT, "mail_from: write the address that letters come from");
	struct post *p = calloc(1, sizeof *p);
	if (!p)
		return err_note(ERR_NOMEM, "post");
	p->needs = *needs;
	p->is_woken = true;
	p->swept = seconds() - SWEEP_SECONDS;
	int result = db_open(needs->db, DB_READ, &p->db);
	if (result == 0)
		result = smtp_open(needs->smtp, needs->from, &p->is_over, &p->smtp);
	if (result == 0)
		result = start(p);
	if (result < 0) {
		smtp_close(p->smtp);
		db_close(p->db);
		free(p);
		return result;
	}
	*ret = p;
	return 0;
}

void post_stop(struct post *p)
{
	if (!p || atomic_load(&p->is_over))
		return;
	pthread_mutex_lock(&p->lock);
	atomic_store(&p->is_over, true);
	pthread_cond_signal(&p->wake);
	pthread_mutex_unlock(&p->lock);
	pthread_join(p->thread, NULL);
}

void post_close(struct post *p)
{
	if (!p)
		return;
	post_stop(p);
	pthread_cond_destroy(&p->wake);
	pthread_mutex_destroy(&p->lock);
	smtp_close(p->smtp);
	db_close(p->db);
	free(p);
}

void post_wake(struct post *p)
{
	if (!p)
		return;
	pthread_mutex_lock(&p->lock);
	p->is_woken = true;
	pthread_cond_signal(&p->wake);
	pthread_mutex_unlock(&p->lock);
}

void post_woken(struct house *house, const void *what)
{
	(void)what;
	post_wake(house->post);
}

struct str post_from(const struct post *p)
{
	return str_c(p->needs.from);
}

bool post_can(const struct house *house)
{
	return house->post && has_base(house);
}

struct post_state post_look(struct post *p)
{
	pthread_mutex_lock(&p->lock);
	struct post_state state = p->state;
	pthread_mutex_unlock(&p->lock);
	return state;
}
