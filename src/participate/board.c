#include "participate/board.h"
#include "base/clock.h"
#include "crypto/keys.h"
#include "participate/board.sql.h"
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* Spaces whose figures are kept, those whose votes are, and votes that wait to be counted. */
enum { SPACES_MAX = 400, BALLOTS_MAX = 8, QUEUE_MAX = 100000 };

#define SECOND 1000000000LL
static const int64_t quiet = 2 * SECOND, patience = 10 * SECOND, look_every = 5 * SECOND,
		     count_every = 30 * SECOND, retry_after = 5 * SECOND;

/* What is known of one space. What stands behind ${used} is the thread's own, the rest is under
 * the lock; ${newest} and ${ballot} are changed by the thread alone. */
struct known {
	int64_t space;
	const struct figures *newest;
	uint64_t changes; /* counts them, votes apart */
	bool is_due, wants_reload;
	bool was_voted;      /* since the database was last looked at */
	int64_t first, last; /* when the first and the last change came that are not counted yet */
	struct ballot *ballot;
	int64_t used;       /* when it was last counted */
	int64_t n, total;   /* votes in the database, and their sum */
	int64_t counted_at; /* when those were last looked at */
	int64_t cost;       /* of looking */
};

struct board {
	pthread_mutex_t lock;
	pthread_cond_t wake;
	pthread_t thread;
	bool is_running, is_closing;
	struct known known[SPACES_MAX];
	size_t n_known;
	struct board_vote *queue;
	size_t n_queue, cap_queue;
	const char *url;
	struct house *house;
	struct db *db; /* the thread's */
	int64_t looked_at;
};

static struct known *find(struct board *b, int64_t space)
{
	for (size_t i = 0; i < b->n_known; i++)
		if (b->known[i].space == space)
			return &b->known[i];
	return NULL;
}

/* ---- called from everywhere ---- */

static void mark(struct known *k, int64_t now)
{
	if (!k->is_due)
		k->first = now;
	k->is_due = true;
	k->last = now;
}

/* A space that is not known yet is found, with all its votes, at the next look. */
static bool enqueue(struct board *b, const struct board_vote *vote)
{
	if (b->n_queue == b->cap_queue) {
		size_t cap = b->cap_queue ? 2 * b->cap_queue : 64;
		struct board_vote *more = cap > QUEUE_MAX ? NULL
							  : realloc(b->queue, cap * sizeof *more);
		if (!more)
			return false;
		b->queue = more;
		b->cap_queue = cap;
	}
	b->queue[b->n_queue++] = *vote;
	return true;
}

void board_voted(struct board *b, const struct board_vote *vote)
{
	if (!b)
		return;
	pthread_mutex_lock(&b->lock);
	struct known *k = find(b, vote->space);
	if (k) {
		if (!k->wants_reload && !enqueue(b, vote))
			k->wants_reload = true;
		k->was_voted = true;
		if (!k->is_due)
			pthread_cond_signal(&b->wake);
		mark(k, clock_mono());
	}
	pthread_mutex_unlock(&b->lock);
}

/* Where nobody knows, the spaces are counted in which people have voted of late. */
void board_changed(struct board *b, int64_t space)
{
	if (!b)
		return;
	pthread_mutex_lock(&b->lock);
	int64_t now = clock_mono();
	for (size_t i = 0; i < b->n_known; i++) {
		struct known *k = &b->known[i];
		if (space ? k->space != space : !k->ballot)
			continue;
		k->changes++;
		mark(k, now);
	}
	b->looked_at = 0; /* there may be a new space */
	pthread_cond_signal(&b->wake);
	pthread_mutex_unlock(&b->lock);
}

const struct figures *board_hold(struct board *b, int64_t space)
{
	if (!b)
		return NULL;
	pthread_mutex_lock(&b->lock);
	const struct known *k = find(b, space);
	const struct figures *f = k ? k->newest : NULL;
	if (f)
		figures_hold(f);
	pthread_mutex_unlock(&b->lock);
	return f;
}

bool board_is_fresh(struct board *b, const struct figures *f)
{
	if (!b || !f)
		return false;
	pthread_mutex_lock(&b->lock);
	const struct known *k = find(b, f->space);
	bool is_fresh = k && k->changes == f->changes;
	pthread_mutex_unlock(&b->lock);
	return is_fresh;
}

/* ---- the thread ---- */

static bool is_closing(struct board *b)
{
	pthread_mutex_lock(&b->lock);
	bool is = b->is_closing;
	pthread_mutex_unlock(&b->lock);
	return is;
}

static void set_ballot(struct board *b, struct known *k, struct ballot *ballot)
{
	ballot_close(k->ballot);
	pthread_mutex_lock(&b->lock);
	k->ballot = ballot;
	pthread_mutex_unlock(&b->lock);
}

/* At most so many spaces keep their votes in memory: the one longest not counted goes. */
static void make_room(struct board *b)
{
	struct known *oldest = NULL;
	size_t n = 0;
	for (size_t i = 0; i < b->n_known; i++) {
		struct known *k = &b->known[i];
		n += k->ballot != NULL;
		if (k->ballot && (!oldest || k->used < oldest->used))
			oldest = k;
	}
	if (n >= BALLOTS_MAX)
		set_ballot(b, oldest, NULL);
}

/* Votes of one space, out of the queue, in their order. The lock is held. */
static size_t take_votes(struct board *b, int64_t space, struct board_vote **ret)
{
	size_t n = 0, kept = 0;
	for (size_t i = 0; i < b->n_queue; i++)
		n += b->queue[i].space == space;
	struct board_vote *to = n ? malloc(n * sizeof *to) : NULL;
	*ret = to;
	if (n && !to)
		return SIZE_MAX;
	n = 0;
	for (size_t i = 0; i < b->n_queue; i++)
		if (b->queue[i].space == space)
			to[n++] = b->queue[i];
		else
			b->queue[kept++] = b->queue[i];
	b->n_queue = kept;
	return n;
}

/* What is in the queue was on disk before the reading began or is added again: either way the
 * last word on each vote stands. */
static int bring_up(struct board *b, struct known *k, bool wants_reload,
	const struct board_vote *vote, size_t n)
{
	int result = 0;
	if (wants_reload)
		set_ballot(b, k, NULL);
	if (!k->ballot) {
		make_room(b);
		struct ballot *fresh;
		result = ballot_open(k->space, &fresh);
		if (result < 0)
			return result;
		fresh->secret = b->house->keys ? &b->house->keys->take_part : NULL;
		result = ballot_load(fresh, b->db);
		if (result < 0)
			ballot_close(fresh);
		else
			set_ballot(b, k, fresh);
	}
	for (size_t i = 0; i < n && result == 0; i++)
		result = ballot_add(k->ballot, &vote[i]);
	return result;
}

static void put_up(struct board *b, struct known *k, struct figures *f)
{
	pthread_mutex_lock(&b->lock);
	const struct figures *former = k->newest;
	k->newest = f;
	pthread_mutex_unlock(&b->lock);
	figures_release(former);
	house_changed(b->house);
}

/* The pointer to a known space stays good: the table never moves, and only this thread adds. */
static int count(struct board *b, struct known *k)
{
	struct board_vote *vote;
	struct figures *f = NULL;
	pthread_mutex_lock(&b->lock);
	uint64_t changes = k->changes;
	size_t n = take_votes(b, k->space, &vote);
	bool wants_reload = k->wants_reload || n == SIZE_MAX;
	k->wants_reload = k->is_due = false;
	pthread_mutex_unlock(&b->lock);
	int result = bring_up(b, k, wants_reload, vote, n == SIZE_MAX ? 0 : n);
	free(vote);
	if (result == 0)
		result = figures_make(k->ballot, b->db, k->newest, &f);
	k->used = clock_mono();
	if (result < 0) {
		pthread_mutex_lock(&b->lock);
		k->wants_reload = true;
		mark(k, k->used + retry_after - quiet);
		pthread_mutex_unlock(&b->lock);
		return result;
	}
	must(f);
	f->changes = changes;
	k->n = (int64_t)opinion_votes(k->ballot->opinion);
	put_up(b, k, f);
	return 0;
}

static void add_known(struct board *b, int64_t space)
{
	pthread_mutex_lock(&b->lock);
	if (!find(b, space) && b->n_known < SPACES_MAX) {
		struct known *k = &b->known[b->n_known++];
		*k = (struct known){ .space = space, .is_due = true };
	}
	pthread_mutex_unlock(&b->lock);
}

/* Are there spaces that we do not know yet? */
static int look_for_spaces(struct board *b)
{
	auto_arena mem;
	arena_init(&mem, 1 << 20);
	for (int64_t state = 1; state <= 3; state++) {
		struct board_spaces_row *r;
		size_t n;
		int result = board_spaces(b->db, &mem, state, SPACES_MAX, &r, &n);
		if (result < 0)
			return result;
		for (size_t i = 0; i < n; i++)
			add_known(b, r[i].id);
	}
	return 0;
}

/* Has somebody else written votes? Looking costs reading them, so it is done the less often the
 * longer it takes. */
static int look_at_votes(struct board *b, struct known *k)
{
	auto_arena mem = { 0 };
	struct board_vote_sum_row r;
	int64_t now = clock_mono();
	int64_t pause = k->cost * 100 > count_every ? k->cost * 100 : count_every;
	if (!k->newest || (k->counted_at && now - k->counted_at < pause))
		return 0;
	pthread_mutex_lock(&b->lock);
	bool is_due = k->is_due, was_voted = k->was_voted;
	k->was_voted &= is_due;
	pthread_mutex_unlock(&b->lock);
	if (is_due)
		return 0;
	arena_init(&mem, 4096);
	int result = board_vote_sum(b->db, &mem, k->space, &r);
	if (result < 0)
		return result;
	if (r.n != k->n || (k->counted_at && !was_voted && r.total != k->total)) {
		pthread_mutex_lock(&b->lock);
		k->wants_reload = true;
		mark(k, now - patience);
		pthread_mutex_unlock(&b->lock);
	}
	k->total = r.total;
	k->counted_at = clock_mono();
	k->cost = k->counted_at - now;
	return 0;
}

static int look(struct board *b)
{
	int result = look_for_spaces(b);
	for (size_t i = 0; i < b->n_known && result == 0; i++)
		result = look_at_votes(b, &b->known[i]);
	return result;
}

/* When that space is to be counted. */
static int64_t due_at(const struct known *k)
{
	int64_t calm = k->last + quiet, late = k->first + patience;
	return calm < late ? calm : late;
}

/* The space that waits longest, if its time has come; else how long to wait. The lock is held. */
static struct known *next_due(struct board *b, int64_t now, int64_t *ret_until)
{
	struct known *next = NULL;
	for (size_t i = 0; i < b->n_known; i++)
		if (b->known[i].is_due && (!next || due_at(&b->known[i]) < due_at(next)))
			next = &b->known[i];
	if (next && due_at(next) <= now)
		return next;
	if (next && due_at(next) < *ret_until)
		*ret_until = due_at(next);
	return NULL;
}

static void wait_until(struct board *b, int64_t until)
{
	clock_cond_wait(&b->wake, &b->lock, until);
}

/* One thing done, or waited for. Negative: the database is lost. */
static int step(struct board *b)
{
	pthread_mutex_lock(&b->lock);
	int64_t now = clock_mono(), until = b->looked_at + look_every;
	struct known *k = next_due(b, now, &until);
	bool wants_look = !b->looked_at || now >= b->looked_at + look_every;
	if (!k && !wants_look && !b->is_closing)
		wait_until(b, until);
	else if (wants_look)
		b->looked_at = now;
	pthread_mutex_unlock(&b->lock);
	int result = wants_look ? look(b) : 0;
	return result == 0 && k ? count(b, k) : result;
}

static void *run(void *arg)
{
	struct board *b = arg;
	while (!is_closing(b)) {
		int result = b->db ? 0 : db_open(b->url, DB_READ, &b->db);
		if (result == 0)
			result = step(b);
		if (result == 0)
			continue;
		db_close(b->db);
		b->db = NULL;
		pthread_mutex_lock(&b->lock);
		if (!b->is_closing)
			wait_until(b, clock_mono() + retry_after);
		pthread_mutex_unlock(&b->lock);
	}
	return NULL;
}

int board_open(const char *db, struct house *house, struct board **ret)
{
	struct board *b = calloc(1, sizeof *b);
	if (!b)
		return err_note(ERR_NOMEM, "results board");
	b->url = db;
	b->house = house;
	pthread_mutex_init(&b->lock, NULL);
	clock_cond_init(&b->wake);
	b->is_running = pthread_create(&b->thread, NULL, run, b) == 0;
	if (!b->is_running) {
		board_close(b);
		return err_note(ERR_IO, "thread of the results board");
	}
	*ret = b;
	return 0;
}

void board_close(struct board *b)
{
	if (!b)
		return;
	pthread_mutex_lock(&b->lock);
	b->is_closing = true;
	pthread_cond_signal(&b->wake);
	pthread_mutex_unlock(&b->lock);
	if (b->is_running)
		pthread_join(b->thread, NULL);
	for (size_t i = 0; i < b->n_known; i++) {
		ballot_close(b->known[i].ballot);
		figures_release(b->known[i].newest);
	}
	db_close(b->db);
	pthread_cond_destroy(&b->wake);
	pthread_mutex_destroy(&b->lock);
	free(b->queue);
	free(b);
}
