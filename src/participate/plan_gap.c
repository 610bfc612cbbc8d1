#include "participate/plan.h"
#include "po/messages.h"

static int64_t today(int64_t now)
{
	return now - now % DAY;
}

bool plan_is_short(const struct space *s, int64_t now)
{
	return space_opens(s) && space_notice_days(s, now) < SPACE_NOTICE_DAYS;
}

int64_t plan_fair_day(int64_t now)
{
	return today(now) + (SPACE_NOTICE_DAYS + 1) * DAY;
}

int64_t plan_shift(const struct space *s, int64_t now)
{
	if (!space_opens(s))
		return 0;
	int64_t by = plan_fair_day(now) - space_opens(s);
	for (size_t i = 0; i < s->n_phase; i++) {
		int64_t starts = s->phase[i].starts;
		if (starts && starts + by < today(now) + DAY)
			by = today(now) + DAY - starts;
	}
	return by;
}

void plan_move(struct space *s, int64_t now)
{
	int64_t by = plan_shift(s, now);
	for (size_t i = 0; i < s->n_phase; i++) {
		s->phase[i].starts += s->phase[i].starts ? by : 0;
		s->phase[i].ends += s->phase[i].ends ? by : 0;
	}
}

/* The first thing that is wrong with the phases; 0: nothing. */
static int phase_gap(const struct space *s, int64_t now)
{
	int64_t all = 0, before = 0;
	for (size_t i = 0; i < s->n_phase; i++) {
		const struct phase *p = &s->phase[i];
		all |= p->actions;
		if (!p->name.n)
			return MSG_plan_gap_phase_name;
		if (!p->starts || !p->ends)
			return MSG_plan_gap_phase_days;
		if (p->ends <= p->starts)
			return MSG_plan_gap_phase_order;
		if (p->starts < before)
			return MSG_plan_gap_phase_overlap;
		before = p->ends;
	}
	if (!(all & (ACT_CONTRIBUTE | ACT_VOTE)))
		return MSG_plan_gap_phases;
	return s->state == SPACE_DRAFT && s->phase[0].starts < today(now) ? MSG_plan_gap_past : 0;
}

/* The phase after that, in which people reply to the answers, does not count. */
static int64_t writing_ends(const struct space *s)
{
	int64_t last = 0;
	for (size_t i = 0; i < s->n_phase; i++)
		if ((s->phase[i].actions & ~(ACT_READ | ACT_REPLY_TO_ASK)) &&
			s->phase[i].ends > last)
			last = s->phase[i].ends;
	return last;
}

static int due_gap(const struct space *s)
{
	if (!s->answer_due.has)
		return MSG_plan_gap_due;
	return s->answer_due.v < writing_ends(s) ? MSG_plan_gap_due_early : 0;
}

static struct plan_row text_row(struct str text, int label, int gap, const char *field)
{
	return (struct plan_row){ label, text.n ? 0 : gap, field };
}

size_t plan_rows(const struct space *s, int64_t now, struct plan_row ret[PLAN_GAPS_MAX])
{
	size_t n = 0;
	int phases = phase_gap(s, now);
	bool needs_reason = s->state == SPACE_DRAFT && plan_is_short(s, now);
	ret[n++] = text_row(s->purpose, MSG_plan_field_purpose, MSG_plan_gap_purpose, "purpose");
	ret[n++] = text_row(s->run_by, MSG_plan_field_run_by, MSG_plan_gap_run_by, "run_by");
	ret[n++] = text_row(s->decider, MSG_plan_field_decider, MSG_plan_gap_decider, "decider");
	ret[n++] = text_row(s->feeds, MSG_plan_field_feeds, MSG_plan_gap_feeds, "feeds");
	ret[n++] = (struct plan_row){ MSG_plan_field_due, due_gap(s), "due" };
	ret[n++] = (struct plan_row){ MSG_plan_section_when, phases, "phases" };
	if (needs_reason && !phases)
		ret[n++] = text_row(
			s->notice_reason, MSG_plan_rail_notice, MSG_plan_gap_reason, "reason");
	else if (!phases)
		ret[n++] = (struct plan_row){ MSG_plan_rail_notice, 0, "reason" };
	return n;
}

size_t plan_gaps(const struct space *s, int64_t now)
{
	struct plan_row row[PLAN_GAPS_MAX];
	size_t n = plan_rows(s, now, row), gaps = 0;
	for (size_t i = 0; i < n; i++)
		gaps += row[i].gap != 0;
	return gaps;
}

/* The Gregorian day, counted from 1 March of the year 0, whose years end with the leap day. */
struct str plan_date(int64_t at, struct arena *mem)
{
	if (at <= 0)
		return STR("");
	int64_t days = at / DAY + 719468, era = days / 146097, in_era = days % 146097;
	int64_t year = (in_era - in_era / 1460 + in_era / 36524 - in_era / 146096) / 365;
	int64_t in_year = in_era - (365 * year + year / 4 - year / 100),
		m = (5 * in_year + 2) / 153;
	int64_t month = m < 10 ? m + 3 : m - 9, day = in_year - (153 * m + 2) / 5 + 1;
	year += era * 400 + (month <= 2);
	return arena_f(
		mem, "%04lld-%02lld-%02lld", (long long)year, (long long)month, (long long)day);
}
