#include "outcome/link.h"
#include "outcome/link.sql.h"

int link_find(struct visit *v, int64_t space, int64_t item, struct link_source *ret)
{
	struct link_source_row row;
	int found = link_source(v->db, v->mem, item, space, &row);
	if (found <= 0)
		return found < 0 ? found : err_note(ERR_MISSING, "no words that can be linked");
	*ret = (struct link_source){ row.id, (enum item_kind)row.kind };
	return 0;
}

/* ---- quotes ---- */

static bool is_space(char c)
{
	return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

/* Runs of white space become one space. */
static struct str evened(struct arena *mem, struct str s)
{
	char *p = arena_take(mem, s.n + 1);
	size_t n = 0;
	for (size_t i = 0; p && i < s.n; i++)
		if (!is_space(s.p[i]))
			p[n++] = s.p[i];
		else if (n && p[n - 1] != ' ')
			p[n++] = ' ';
	return (struct str){ p, p ? n : 0 };
}

int link_quotes(struct visit *v, int64_t item, struct str quote)
{
	struct link_texts_row *row;
	size_t n = 0;
	int result = link_texts(v->db, v->mem, item, &row, &n);
	struct str wanted = str_trim(evened(v->mem, quote));
	if (result < 0 || !wanted.p)
		return result < 0 ? result : ERR_NOMEM;
	for (size_t i = 0; i < n; i++)
		if (wanted.n && str_has(evened(v->mem, row[i].body), wanted))
			return 1;
	return 0;
}

/* ---- one link ---- */

/* What a pair is to become. */
struct change {
	int64_t batch, ask, item;
	int bearing; /* 0: no link */
	struct str quote;
};

static int write_link(struct visit *v, const struct change *c, const struct link_now_row *now)
{
	int64_t account = v->who.account.v;
	if (!c->bearing)
		return now ? link_delete(v->db, now->id) : 0;
	if (now)
		return link_update(v->db,
			(struct link_update_in){ now->id, c->bearing, c->quote, account, v->now });
	return link_insert(v->db,
		(struct link_insert_in){ c->ask, c->item, c->bearing, c->quote, account, v->now });
}

/* 1: changed; 0: it was so already. */
static int change(struct visit *v, const struct change *c)
{
	struct link_now_row now = { 0 };
	int found = link_now(v->db, v->mem, c->ask, c->item, &now);
	if (found < 0)
		return found;
	if (c->bearing == (found ? now.relation : 0) && str_eq(c->quote, now.quote))
		return 0;
	int result = write_link(v, c, found ? &now : NULL);
	if (result >= 0)
		result = link_log(v->db,
			(struct link_log_in){ .batch = c->batch,
				.ask = c->ask,
				.item = c->item,
				.was = found ? now.relation : 0,
				.was_quote = now.quote,
				.relation = c->bearing,
				.quote = c->quote,
				.account = v->who.account.v,
				.at = v->now });
	return result < 0 ? result : 1;
}

/* The batch that made this pair what it is. */
static int batch_of(struct visit *v, int64_t ask, int64_t item, int64_t *ret)
{
	struct link_latest_row row = { 0 };
	int found = link_latest(v->db, v->mem, item, ask, &row);
	*ret = row.batch;
	return found < 0 ? found : 0;
}

static int next_batch(struct visit *v, int64_t *ret)
{
	struct link_last_row last = { 0 };
	int found = link_last(v->db, v->mem, &last);
	*ret = last.batch + 1;
	return found < 0 ? found : 0;
}

int link_put(
	struct visit *v, int64_t ask, const struct link_wish *wish, size_t n, int64_t *ret_batch)
{
	int64_t batch, n_changed = 0;
	int result = next_batch(v, &batch);
	for (size_t i = 0; i < n && result >= 0; i++) {
		result = change(v,
			&(struct change){ batch, ask, wish[i].source.item, (int)wish[i].bearing,
				wish[i].quote });
		n_changed += result > 0;
	}
	if (result < 0)
		return result;
	*ret_batch = batch;
	return n_changed || !n ? 0 : batch_of(v, ask, wish[0].source.item, ret_batch);
}

int link_clause(struct visit *v, int64_t ask, int64_t clause)
{
	int result = link_clause_add(v->db, ask, clause, v->who.account.v, v->now);
	return result < 0 ? result : 0;
}

int link_cut(struct visit *v, int64_t ask, int64_t item, int64_t *ret_batch)
{
	int64_t batch;
	int result = next_batch(v, &batch);
	if (result == 0)
		result = change(v, &(struct change){ batch, ask, item, 0, STR("") });
	*ret_batch = result > 0 ? batch : 0;
	return result < 0 ? result : 0;
}

/* ---- taking back ---- */

static int load_batch(struct visit *v, int64_t batch, struct link_batch_row **ret, size_t *ret_n)
{
	return link_batch(v->db, v->mem, batch, ret, ret_n);
}

static int is_untouched(struct visit *v, int64_t batch, const struct link_batch_row *row, size_t n)
{
	int result = 0;
	bool is = n > 0;
	for (size_t i = 0; i < n && result == 0 && is; i++) {
		int64_t latest;
		result = batch_of(v, row[i].ask, row[i].item, &latest);
		is = latest == batch && row[i].account == v->who.account.v;
	}
	return result < 0 ? result : is;
}

int link_may_undo(struct visit *v, int64_t batch)
{
	struct link_batch_row *row;
	size_t n = 0;
	int result = load_batch(v, batch, &row, &n);
	return result < 0 ? result : is_untouched(v, batch, row, n);
}

int link_undo(struct visit *v, int64_t batch)
{
	struct link_batch_row *row;
	size_t n = 0;
	int64_t undoing;
	int result = load_batch(v, batch, &row, &n);
	if (result >= 0)
		result = is_untouched(v, batch, row, n);
	if (result == 0)
		return err_note(ERR_CONFLICT, "changed since");
	if (result > 0)
		result = next_batch(v, &undoing);
	for (size_t i = 0; i < n && result >= 0; i++)
		result = change(v,
			&(struct change){ undoing, row[i].ask, row[i].item, (int)row[i].was,
				row[i].was_quote });
	return result < 0 ? result : 0;
}

/* ---- what was done ---- */

int link_changes_load(struct visit *v, int64_t ask, int64_t above, int64_t max,
	struct link_change **ret, size_t *ret_n)
{
	struct link_changes_row *row;
	size_t n = 0;
	int result = link_changes(v->db, v->mem, ask, above, max, &row, &n);
	struct link_change *c = result < 0 ? NULL : arena_array(v->mem, n + 1, sizeof *c);
	if (!c)
		return result < 0 ? result : ERR_NOMEM;
	for (size_t i = 0; i < n; i++)
		c[i] = (struct link_change){ .id = row[i].id,
			.item = row[i].item,
			.at = row[i].at,
			.account = row[i].account,
			.was = (int)row[i].was,
			.bearing = (int)row[i].relation,
			.name = row[i].name };
	*ret = c;
	*ret_n = n;
	return 0;
}

int link_newest(struct visit *v, int64_t *ret)
{
	struct link_last_row last = { 0 };
	int found = link_last(v->db, v->mem, &last);
	*ret = last.id;
	return found < 0 ? found : 0;
}
