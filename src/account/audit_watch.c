#include "account/audit_watch.h"
#include "account/account.sql.h"
#include <pthread.h>

enum {
	HOUR = 3600,
	TALLIES = 128,    /* accounts with wrong passwords that are waiting for their hour to end */
	TYPING_SLIPS = 3, /* as many are no news */
	STALE = 60,       /* seconds by which one reader's view may lie behind another's */
};

struct tally {
	int64_t account, hour, n; /* n 0: free */
};

struct audit_watch {
	pthread_mutex_t lock;
	struct audit_seen seen;
	int64_t looked_at;
	struct tally tally[TALLIES];
};

int audit_watch_open(struct audit_watch **ret)
{
	struct audit_watch *w = calloc(1, sizeof *w);
	if (!w)
		return err_note(ERR_NOMEM, "audit");
	pthread_mutex_init(&w->lock, NULL);
	*ret = w;
	return 0;
}

void audit_watch_close(struct audit_watch *w)
{
	if (!w)
		return;
	pthread_mutex_destroy(&w->lock);
	free(w);
}

/* ---- the chain ---- */

static int look(struct audit_seen *seen, struct db *db, int64_t now, bool is_whole)
{
	if (is_whole || !seen->whole_at)
		*seen = (struct audit_seen){ .whole_at = now };
	return audit_check_on(db, &seen->verdict);
}

int audit_watch_look(
	struct audit_watch *w, struct db *db, int64_t now, bool is_whole, struct audit_seen *ret)
{
	struct audit_seen seen = { 0 };
	if (!w) {
		*ret = seen;
		return look(ret, db, now, true);
	}
	pthread_mutex_lock(&w->lock);
	seen = w->seen;
	int st = look(&seen, db, now, is_whole);
	/* A view from a moment ago ends before what a newer one has shown: no line is missing. */
	bool is_stale = seen.verdict.broken && !w->seen.verdict.broken && !is_whole &&
		now - w->looked_at < STALE && seen.verdict.broken <= w->seen.verdict.lines;
	if (st == 0 && !is_stale) {
		w->seen = seen;
		w->looked_at = now;
	}
	*ret = w->seen;
	pthread_mutex_unlock(&w->lock);
	return st;
}

int audit_watch_night(struct audit_watch *w, struct db *db, int64_t now)
{
	struct audit_seen seen = { 0 };
	int st = look(&seen, db, now, true);
	if (st < 0)
		return st;
	pthread_mutex_lock(&w->lock);
	w->seen = seen;
	w->looked_at = now;
	pthread_mutex_unlock(&w->lock);
	return 0;
}

bool audit_watch_last(struct audit_watch *w, struct audit_seen *ret)
{
	if (!w)
		return false;
	pthread_mutex_lock(&w->lock);
	*ret = w->seen;
	pthread_mutex_unlock(&w->lock);
	return ret->whole_at != 0;
}

/* ---- wrong passwords ---- */

void audit_watch_wrong(struct audit_watch *w, struct account_id account, int64_t now)
{
	if (!w)
		return;
	pthread_mutex_lock(&w->lock);
	struct tally *to = &w->tally[0];
	for (size_t i = 0; i < TALLIES; i++) {
		struct tally *t = &w->tally[i];
		if (t->n && t->account == account.v && t->hour == now / HOUR) {
			to = t;
			break;
		}
		if (t->n < to->n)
			to = t;
	}
	if (to->account != account.v || to->hour != now / HOUR)
		*to = (struct tally){ .account = account.v, .hour = now / HOUR };
	to->n++;
	pthread_mutex_unlock(&w->lock);
}

/* Takes one tally out that is of an hour before ${hour}. */
static bool take(struct audit_watch *w, int64_t hour, struct tally *ret)
{
	bool is_one = false;
	pthread_mutex_lock(&w->lock);
	for (size_t i = 0; i < TALLIES && !is_one; i++)
		if (w->tally[i].n && w->tally[i].hour < hour) {
			*ret = w->tally[i];
			w->tally[i] = (struct tally){ 0 };
			is_one = true;
		}
	pthread_mutex_unlock(&w->lock);
	return is_one;
}

/* Of whoever only takes part it is not written down that somebody tried their password. */
static int whose(struct db *db, const struct tally *one, int64_t *ret)
{
	struct account_held_count_row held;
	auto_arena mem;
	arena_init(&mem, 4096);
	int st = one->account ? account_held_count(db, &mem, one->account, &held) : 0;
	*ret = st > 0 && held.n == 0 ? one->account : 0;
	return st < 0 ? st : 0;
}

int audit_watch_tell(struct audit_watch *w, struct db *db, int64_t now, bool is_all)
{
	struct tally one;
	int st = 0;
	while (st == 0 && w && take(w, now / HOUR + is_all, &one)) {
		struct audit_line line = { .what = AUDIT_WRONG, .n = one.n };
		if (one.n <= TYPING_SLIPS)
			continue;
		st = whose(db, &one, &line.ref);
		if (st == 0)
			st = audit_put(db, now, &line);
	}
	return st;
}
