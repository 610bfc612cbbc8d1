#include "outcome/kept.h"
#include "outcome/kept.sql.h"
#include "participate/board.h"

static int put(struct db *db, int64_t item, int64_t part, struct tally t)
{
	int result = kept_vote_put(
		db, (struct kept_vote_put_in){ item, part, t.agree, t.disagree, t.pass });
	return result < 0 ? result : 0;
}

static int take_votes(struct db *db, int64_t space, const struct figures *f)
{
	auto_arena mem = { 0 };
	struct kept_statements_row *row;
	size_t n = 0;
	arena_init(&mem, 8 << 20);
	int result = kept_statements(db, &mem, space, &row, &n);
	for (size_t i = 0; i < n && result >= 0; i++) {
		const struct statement *s = figures_find(f, row[i].item);
		if (!s || tally_all(s->all) < FIGURES_LEAST)
			continue;
		result = put(db, s->item, 0, s->all);
		for (size_t g = 0; g < f->n_group && result >= 0; g++)
			result = put(db, s->item, (int64_t)g + 1, s->group[g]);
	}
	return result < 0 ? result : 0;
}

int kept_take(struct db *db, int64_t space, const struct figures *f)
{
	int result = kept_asks(db, space);
	if (result >= 0 && figures_show(f))
		result = take_votes(db, space, f);
	return result < 0 ? result : 0;
}

/* More than half of the votes of every group agree: what was kept says it again. */
static bool is_common(const struct figures *f, const struct statement *s)
{
	bool is = f->n_group > 0;
	for (size_t g = 0; g < f->n_group; g++)
		is &= s->group[g].agree * 2 > tally_all(s->group[g]);
	return is;
}

static void fill(struct figures *f, const struct kept_votes_row *row, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const struct tally t = { row[i].agree, row[i].disagree, row[i].pass };
		size_t part = (size_t)row[i].part;
		if (i == 0 || row[i].item != row[i - 1].item)
			f->statement[f->n_statement++] = (struct statement){ .item = row[i].item,
				.number = row[i].number };
		struct statement *s = &f->statement[f->n_statement - 1];
		if (part == 0)
			s->all = t;
		else if (part <= FIGURES_GROUPS)
			s->group[part - 1] = t;
		f->n_group = part > f->n_group ? part : f->n_group;
		f->voters = tally_all(s->all) > f->voters ? tally_all(s->all) : f->voters;
	}
	for (size_t i = 0; i < f->n_statement; i++) {
		f->statement[i].is_common = is_common(f, &f->statement[i]);
		f->by_item[i] = &f->statement[i];
	}
}

/* Held in the visit's arena, and by one more than will ever release it. */
static const struct figures *kept_figures(struct visit *v, int64_t space)
{
	struct kept_votes_row *row;
	size_t n = 0;
	if (kept_votes(v->db, v->mem, space, &row, &n) < 0)
		err_forget();
	struct figures *f = arena_take(v->mem, sizeof *f);
	if (!f || !n)
		return NULL;
	*f = (struct figures){ .holders = 2, .space = space };
	f->statement = arena_array(v->mem, n, sizeof *f->statement);
	f->by_item = arena_array(v->mem, n, sizeof *f->by_item);
	if (!f->statement || !f->by_item)
		return NULL;
	fill(f, row, n);
	return f;
}

const struct figures *ask_figures(struct visit *v, const struct space *s)
{
	return s->state == SPACE_GONE ? kept_figures(v, s->id)
				      : board_hold(v->house->take_part, s->id);
}
