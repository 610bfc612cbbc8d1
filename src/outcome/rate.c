#include "outcome/rate.h"
#include "account/counts.h"
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

/* What is late depends on the day. */
static struct counts_key key_of(struct rate_of of, int64_t now)
{
	if (of.account)
		return (struct counts_key){ "rate of an account", of.account, now / DAY };
	if (of.org)
		return (struct counts_key){ "rate of an organisation", of.org, now / DAY };
	return (struct counts_key){ "rate of a space", of.space, now / DAY };
}

int rate_load(struct visit *v, struct rate_of of, struct rate *ret)
{
	struct rate r = { 0 };
	struct rate_late_row late = { 0 };
	struct counts_key key = key_of(of, v->now);
	if (counts_find(v, key, ret, sizeof *ret))
		return 0;
	int result = load_states(v, of, &r);
	if (result == 0)
		result = rate_late(
			v->db, v->mem, of.space, of.org, of.account, v->now / DAY, &late);
	if (result < 0)
		return result;
	r.late = late.n;
	result = load_days(v, of, &r);
	if (result < 0)
		return result;
	counts_keep(v, key, &r, sizeof r);
	*ret = r;
	return 0;
}

struct str rate_share(struct arena *mem, const struct lang *l, const struct rate *r)
{
	return lang_percent(l, mem, r->answered, r->n);
}
