#include "protect/case_clock.h"
#include "protect/case_clock.sql.h"
#include "protect/case_log.h"
#include <time.h>

enum {
	HOUR = 3600,
	DAY = 86400,
	DAY_HOURS = 24,
	CRITICAL_HOURS = 2,
	LOOK_AHEAD = 60 * DAY_HOURS,
	LATE_MAX = 100,
	LATE_MEM = 1 << 18,
	QUARTERS = 4,
};

static bool works(const struct clock_office *o, int64_t hour)
{
	int64_t day = (hour / DAY_HOURS + 3) % 7; /* 1 January 1970 was a Thursday */
	int64_t at = hour % DAY_HOURS;
	return (o->days >> day & 1) && at >= o->opens && at < o->closes;
}

int64_t clock_after(const struct clock_office *o, int64_t hour, int64_t hours)
{
	int64_t left = hours;
	for (int64_t h = hour; h < hour + LOOK_AHEAD; h++) {
		if (left == 0)
			return h;
		left -= works(o, h);
	}
	return hour + hours;
}

/* The hour that has not begun yet: nobody is promised less than they were told. */
static int64_t hour_of(int64_t now)
{
	return (now + HOUR - 1) / HOUR;
}

static int64_t quarter_of(int64_t now)
{
	struct tm day;
	time_t at = (time_t)now;
	gmtime_r(&at, &day);
	return ((int64_t)day.tm_year + 1900) * QUARTERS + day.tm_mon / 3;
}

static int load(struct visit *v, const struct vault_id *id, struct clock_case_row *ret)
{
	int result = clock_case(v->db, v->mem, keep_id_bytes(id), ret);
	return result == 0 ? err_note(ERR_MISSING, "no such case") : result < 0 ? result : 0;
}

/* By when somebody who wrote now is answered. */
static int64_t reply_by(const struct clock_case_row *row, int64_t now)
{
	const struct clock_office o = { row->opens, row->closes, row->days };
	if (row->pace == CLOCK_CRITICAL)
		return clock_after(&o, hour_of(now), CRITICAL_HOURS);
	if (row->pace == CLOCK_HIGH)
		return hour_of(now) + DAY_HOURS;
	return (now / DAY + row->first_days + 1) * DAY_HOURS;
}

/* The day that people are told: the last on which it is in time. */
static int64_t day_of(int64_t hour)
{
	return (hour - 1) / DAY_HOURS;
}

static int count(struct visit *v, int64_t channel, enum clock_promise kind, bool is_kept)
{
	int result = clock_promise_add(v->db,
		(struct clock_promise_add_in){ .channel = channel,
			.quarter = quarter_of(v->now),
			.kind = kind,
			.kept = is_kept,
			.late = !is_kept });
	return result < 0 ? result : 0;
}

int clock_said(struct visit *v, const struct keep_case *c)
{
	struct clock_case_row row;
	int result = load(v, &c->id, &row);
	if (result < 0)
		return result;
	/* The text itself is there already. Who writes twice has kept one promise. */
	bool is_first = row.said <= 1;
	if (is_first || row.turn == KEEP_REPORTER)
		result = count(v, row.channel, is_first ? CLOCK_FIRST : CLOCK_NEWS,
			v->now < row.due_hour * HOUR);
	int64_t due = (v->now / DAY + row.news_days + 1) * DAY_HOURS;
	if (result == 0)
		result = clock_said_set(
			v->db, keep_id_bytes(&c->id), v->now / DAY, due, day_of(due));
	return result < 0 ? result : 0;
}

int clock_heard(struct visit *v, const struct vault_id *id)
{
	struct clock_case_row row;
	int result = load(v, id, &row);
	if (result < 0)
		return result;
	int64_t due = reply_by(&row, v->now);
	if (row.turn == KEEP_REPORTER || row.due_hour < due)
		due = row.due_hour; /* what was promised stands */
	result = clock_heard_set(v->db, keep_id_bytes(id), v->now / DAY, due, day_of(due));
	return result < 0 ? result : 0;
}

int clock_pace_set(struct visit *v, const struct keep_case *c, enum clock_pace pace)
{
	struct clock_case_row row;
	int result = load(v, &c->id, &row);
	if (result < 0)
		return result;
	row.pace = pace;
	int64_t due = reply_by(&row, v->now);
	if (row.turn != KEEP_REPORTER || row.due_hour < due)
		due = row.due_hour;
	result = clock_pace_put(v->db, keep_id_bytes(&c->id), pace, due, day_of(due));
	return result < 0 ? result : 0;
}

int clock_next_set(struct visit *v, const struct keep_case *c, int64_t hour)
{
	int result = clock_next_put(v->db, keep_id_bytes(&c->id), hour);
	return result < 0 ? result : 0;
}

int clock_closed(struct visit *v, const struct keep_case *c)
{
	return count(
		v, c->channel, CLOCK_CLOSING, v->now / DAY - c->created_on <= CLOCK_CLOSING_DAYS);
}

/* ---- what is late ---- */

static int raise_one(
	struct db *db, struct arena *mem, const struct clock_late_row *row, int64_t now)
{
	struct clock_other_row other;
	struct case_log_line line = {
		.day = now / DAY, .channel = row->channel, .what = CASE_RAISED
	};
	int64_t again = now / HOUR + (row->pace == CLOCK_CRITICAL ? 1 : DAY_HOURS);
	int result = clock_other(db, mem, row->id, row->taken_by.v, &other);
	if (result == 0)
		return clock_ask_later(db, row->id, again);
	if (result > 0)
		result = clock_ask(db, row->id, other.account, again);
	if (result < 0 || row->id.n != sizeof line.of.b)
		return result;
	memcpy(line.of.b, row->id.p, sizeof line.of.b);
	line.ref = other.account;
	return case_log_put(db, mem, &line);
}

int clock_raise(struct db *db, int64_t now)
{
	auto_arena mem;
	struct clock_late_row *row;
	size_t n = 0;
	struct clock_late_next_row *own;
	size_t n_own = 0;
	arena_init(&mem, LATE_MEM);
	int result = clock_late(db, &mem, now / HOUR, LATE_MAX, &row, &n);
	for (size_t i = 0; result >= 0 && i < n; i++)
		result = raise_one(db, &mem, &row[i], now);
	if (result >= 0)
		result = clock_late_next(db, &mem, now / HOUR, LATE_MAX, &own, &n_own);
	for (size_t i = 0; result >= 0 && i < n_own; i++)
		result = raise_one(db, &mem,
			&(struct clock_late_row){
				own[i].id, own[i].channel, own[i].pace, own[i].taken_by },
			now);
	return result < 0 ? result : (int)(n + n_own);
}

int clock_kept_read(struct visit *v, struct clock_kept ret[CLOCK_PROMISES])
{
	struct clock_promises_row *row;
	struct clock_late_now_row late = { 0 };
	size_t n = 0;
	int result = clock_promises(v->db, v->mem, quarter_of(v->now) - QUARTERS, &row, &n);
	if (result >= 0)
		result = clock_late_now(v->db, v->mem, v->now / HOUR, &late);
	if (result < 0)
		return result;
	memset(ret, 0, CLOCK_PROMISES * sizeof *ret);
	for (size_t i = 0; i < n; i++)
		if (row[i].kind >= CLOCK_FIRST && row[i].kind < CLOCK_PROMISES)
			ret[row[i].kind] = (struct clock_kept){ row[i].kept,
				row[i].kept + row[i].late };
	ret[CLOCK_NEWS].of += late.n; /* of those it is not known which promise it was */
	return 0;
}
