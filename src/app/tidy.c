#include "app/tidy.h"
#include "account/audit_watch.h"
#include "account/settings.h"
#include "base/clock.h"
#include "base/log.h"
#include "openrosa/devices.h"
#include "openrosa/parts.h"
#include "outcome/retire.h"
#include "participate/board.h"
#include "protect/case_clock.h"
#include "protect/case_end.h"
#include "protect/case_locks.h"
#include "protect/file.h"
#include "record/blob.h"
#include "record/shelf.h"
#include "record/term.h"
#include <pthread.h>
#include <stdlib.h>
#include <sys/resource.h>

enum { SECOND = 1000000000, MINUTE = 60, HOUR = 3600, NIGHT = 3 * 3600 };
enum { LOOK_SECONDS = 5, LOOK_SECONDS_SHARED = 30, PROMISES_SECONDS = 60 };

struct tidy {
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t wake;
	bool is_over;
	struct tidy_needs needs;
	int64_t look_at, night; /* when to look next; the night whose look is done */
	int64_t files_night;
	int64_t keep_at, erase_at, retire_at,
		day; /* when to look next whose time is over; the day of the last look */
	int64_t promises_at, cases_at, forget_at;
};

/* Sleep a second, or until it is over; then is it? */
static bool pause_or_end(struct tidy *t)
{
	int64_t until = clock_mono() + SECOND;
	pthread_mutex_lock(&t->lock);
	while (!t->is_over && clock_cond_wait(&t->wake, &t->lock, until))
		continue;
	bool is_over = t->is_over;
	pthread_mutex_unlock(&t->lock);
	return is_over;
}

static bool is_over(struct tidy *t)
{
	pthread_mutex_lock(&t->lock);
	bool is = t->is_over;
	pthread_mutex_unlock(&t->lock);
	return is;
}

/* ---- has somebody else written? ---- */

static int ask_writer(struct db *db, void *arg)
{
	struct house *house = arg;
	int others = db_others_wrote(db);
	int result = others > 0 ? settings_load(db, house) : 0;
	if (result >= 0 && others > 0)
		result = devices_load(house->devices, db);
	if (result >= 0 && others > 0)
		result = shelf_reload(house->shelf, db);
	return result < 0 ? result : others;
}

/* What is kept may no longer be true: pages, counts, results. A busy writer is asked later. */
static void look_for_others(struct tidy *t)
{
	int64_t now = clock_mono();
	if (now < t->look_at)
		return;
	int64_t pause = t->needs.is_shared ? LOOK_SECONDS_SHARED : LOOK_SECONDS;
	t->look_at = now + pause * SECOND;
	if (writer_now(t->needs.writer, ask_writer, t->needs.house) <= 0)
		return;
	house_changed(t->needs.house);
	board_changed(t->needs.house->take_part, 0);
}

/* ---- is the log whole? ---- */

static void look_at_log(struct tidy *t)
{
	int64_t now = clock_now(), night = (now - NIGHT) / DAY;
	struct audit_watch *watch = t->needs.house->audit;
	struct audit_seen seen;
	struct db *db = NULL;
	if (night == t->night)
		return;
	t->night = night;
	int result = db_open(t->needs.db, DB_READ, &db);
	if (result == 0)
		result = audit_watch_night(watch, db, now);
	db_close(db);
	if (result < 0)
		log_event(LOG_LEVEL_ERROR, "audit_not_read", LOG_C("err", err_name(result)),
			LOG_C("note", err_noted()), );
	else if (audit_watch_last(watch, &seen) && seen.verdict.broken)
		log_event(LOG_LEVEL_ERROR, "audit_broken", LOG_N("line", seen.verdict.broken), );
}

/* ---- whose time is over? ---- */

/* Each hour, and when it is another day. */
static void look_who_ends(struct tidy *t)
{
	struct retire r = { .house = t->needs.house, .now = clock_now() };
	int64_t mono = clock_mono();
	if (mono < t->retire_at && r.now / DAY == t->day)
		return;
	int result = writer_now(t->needs.writer, retire_look, &r);
	if (result < 0) {
		log_event(LOG_LEVEL_ERROR, "retire_failed", LOG_C("err", err_name(result)),
			LOG_C("note", err_noted()), );
		return;
	}
	t->retire_at = mono + (int64_t)HOUR * SECOND;
	t->day = r.now / DAY;
	if (r.has_changed)
		house_changed(t->needs.house);
}

/* A little at a time, so that nobody waits for it. */
static void erase(struct tidy *t)
{
	struct house *house = t->needs.house;
	struct retire r = { .house = house, .now = clock_now() };
	int result = 1;
	if (!atomic_load(&house->is_erasing) || clock_mono() < t->erase_at)
		return;
	while (result > 0 && !is_over(t))
		result = writer_now(t->needs.writer, retire_piece, &r);
	if (result == 0)
		atomic_store(&house->is_erasing, false);
	house_changed(house);
	if (result < 0) {
		t->erase_at = clock_mono() + (int64_t)MINUTE * SECOND;
		log_event(LOG_LEVEL_ERROR, "erase_failed", LOG_C("err", err_name(result)),
			LOG_C("note", err_noted()), );
	}
}

/* ---- which promises to people who reported are late? ---- */

static int ask_others(struct db *db, void *arg)
{
	return clock_raise(db, *(const int64_t *)arg);
}

static void look_at_promises(struct tidy *t)
{
	int64_t now = clock_mono(), wall = clock_now();
	if (now < t->promises_at)
		return;
	t->promises_at = now + (int64_t)PROMISES_SECONDS * SECOND;
	if (writer_now(t->needs.writer, ask_others, &wall) < 0)
		err_forget(); /* a busy writer is asked again */
}

/* ---- files that nothing names ---- */

static int sweep_files(struct db *db, void *arg)
{
	const struct house *house = arg;
	int64_t now = clock_now();
	int result = files_sweep(house->files, db, now / DAY);
	if (result >= 0)
		result = parts_sweep(db, now);
	return result < 0 ? result : blobs_sweep(house->blobs, db, now / DAY);
}

/* At the start and each night. */
static void look_at_files(struct tidy *t)
{
	int64_t night = (clock_now() - NIGHT) / DAY;
	if (night == t->files_night)
		return;
	t->files_night = night;
	if (writer_now(t->needs.writer, sweep_files, t->needs.house) < 0)
		err_forget();
}

/* ---- cases that were kept long enough ---- */

static int sweep_cases(struct db *db, void *arg)
{
	return end_sweep(db, *(const int64_t *)arg);
}

static int finish_slots(struct db *db, void *arg)
{
	return locks_finish(db, arg);
}

/* Each hour: rows go in one step, and when that is on disk their slots. */
static void look_at_cases(struct tidy *t)
{
	int64_t now = clock_mono(), wall = clock_now();
	if (now < t->cases_at)
		return;
	int result = writer_now(t->needs.writer, sweep_cases, &wall);
	if (result > 0)
		result = writer_now(t->needs.writer, finish_slots, t->needs.house->shred);
	else if (result == 0)
		t->cases_at = now + (int64_t)HOUR * SECOND;
	if (result < 0) {
		t->cases_at = now + (int64_t)MINUTE * SECOND;
		log_event(LOG_LEVEL_ERROR, "cases_not_swept", LOG_C("err", err_name(result)), );
	}
}

/* What was locked with a slot that is zeroed leaves the write-ahead log, too. */
static void forget_log(struct tidy *t)
{
	struct db *db = NULL;
	int64_t now = clock_mono();
	if (!shred_log_due(t->needs.house->shred) || now < t->forget_at)
		return;
	shred_log_done(t->needs.house->shred);
	int result = db_open(t->needs.db, DB_WRITE, &db);
	if (result == 0)
		result = db_forget(db);
	db_close(db);
	if (result > 0) {
		t->files_night = 0; /* nothing names the files of what was destroyed */
		return;
	}
	shred_log_again(t->needs.house->shred);
	t->forget_at = now + (result < 0 ? (int64_t)MINUTE * SECOND : SECOND);
	if (result < 0)
		err_forget();
}

/* ---- which records were kept long enough? ---- */

static void look_what_is_kept(struct tidy *t)
{
	int64_t mono = clock_mono();
	int result = 1;
	if (mono < t->keep_at)
		return;
	t->keep_at = mono + (int64_t)HOUR * SECOND;
	while (result > 0 && !is_over(t)) {
		result = writer_now(t->needs.writer, term_round, t->needs.house);
		if (result > 0) {
			house_changed(t->needs.house);
			t->files_night = 0; /* their files go with them */
		}
	}
	if (result < 0)
		log_event(LOG_LEVEL_ERROR, "keep_failed", LOG_C("err", err_name(result)),
			LOG_C("note", err_noted()), );
}

static void *work(void *arg)
{
	struct tidy *t = arg;
	setpriority(PRIO_PROCESS, 0, 10); /* on Linux: of this thread alone */
	while (!pause_or_end(t)) {
		cache_polish(t->needs.cache);
		look_for_others(t);
		look_at_log(t);
		look_at_files(t);
		look_who_ends(t);
		erase(t);
		look_what_is_kept(t);
		look_at_promises(t);
		look_at_cases(t);
		forget_log(t);
	}
	return NULL;
}

int tidy_open(const struct tidy_needs *needs, struct tidy **ret)
{
	struct tidy *t = calloc(1, sizeof *t);
	if (!t)
		return err_note(ERR_NOMEM, "tidy");
	t->needs = *needs;
	atomic_store(&needs->house->is_erasing, true); /* what a former start began */
	pthread_mutex_init(&t->lock, NULL);
	clock_cond_init(&t->wake);
	if (pthread_create(&t->thread, NULL, work, t) != 0) {
		free(t);
		return err_note(ERR_NOMEM, "thread");
	}
	*ret = t;
	return 0;
}

void tidy_close(struct tidy *t)
{
	if (!t)
		return;
	pthread_mutex_lock(&t->lock);
	t->is_over = true;
	pthread_cond_signal(&t->wake);
	pthread_mutex_unlock(&t->lock);
	pthread_join(t->thread, NULL);
	pthread_cond_destroy(&t->wake);
	pthread_mutex_destroy(&t->lock);
	free(t);
}
