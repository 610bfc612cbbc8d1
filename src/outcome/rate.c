#include "outcome/rate.h"
#include "outcome/rate.sql.h"

static int load_states(struct visit *v, struct rate_of of, struct rate *r)
{
	struct rate_states_row *row;
	size_t n;
	int result = rate_states(v->db, v->mem, of.space, of.org, of.account, &row, &n);
	for (size_t i = 0; result >= 0 && i < n; i++) {
		must(row[i].state >= 0 && row[i].state < ASK_STATES);
		r->stand[ask_stand((enum ask_state)row[i].state)] += row[i].n;
		r->n += row[i].n;
	}
	r->answered = r->n - r->stand[STAND_NONE];
	return result < 0 ? result : 0;
}

/* Of an even number the two in the middle are halved, upwards. */
static int load_days(struct visit *v, struct rate_of of, struct rate *r)
{
	struct rate_days_row *row;
	size_t n;
	int result = rate_days(v->db, v->mem, of.space, of.org, of.account, &row, &n);
	if (result < 0)
		return result;
	r->has_days = n > 0;
	if (n)
		r->days = (row[(n - 1) / 2].days + row[n / 2].days + 1) / 2;
	return 0;
}

int rate_load(struct visit *v, struct rate_of of, struct rate *ret)
{
	struct rate r = { 0 };
	struct rate_late_row late = { 0 };
	int result = load_states(v, of, &r);
	if (result == 0)
		result = rate_late(
			v->db, v->mem, of.space, of.org, of.account, v->now / DAY, &late);
	if (result < 0)
		return result;
	r.late = late.n;
	result = load_days(v, of, &r);
	if (result == 0)
		*ret = r;
	return result;
}

struct str rate_share(struct arena *mem, const struct lang *l, const struct rate *r)
{
	return lang_percent(l, mem, r->answered, r->n);
}
