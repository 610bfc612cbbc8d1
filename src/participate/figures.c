#include "participate/figures.h"
#include "base/clock.h"
#include "crypto/keys.h"
#include "participate/board.sql.h"
#include "participate/region.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FIGURES_BYTES = 512 << 20, COUNT_BYTES = 8 << 20 };

/* ---- who took part ---- */

/* The same for a key of one space as long as the house stands, so that nothing is learned by
 * looking twice. */
static uint64_t noise_of(const struct secret *secret, int64_t space, struct str key)
{
	static const struct secret none;
	uint8_t hash[HASH_BYTES];
	char text[64];
	uint64_t noise;
	int n = snprintf(text, sizeof text, "%lld %.*s", (long long)space, STR_ARG(key));
	size_t length = n < 0 ? 0 : (size_t)n < sizeof text ? (size_t)n : sizeof text - 1;
	hash_key(secret ? secret : &none, "cells", (struct str){ text, length }, hash);
	memcpy(&noise, hash, sizeof noise);
	return noise;
}

static int add_cell(
	struct figures *f, const struct ballot *b, struct cells *c, struct str key, int64_t n)
{
	struct str kept = key.n ? arena_copy(&f->mem, key) : STR("");
	uint64_t noise = noise_of(b->secret, b->space, key);
	c->cell[c->n++] = (struct cell){ .key = kept, .n = n, .noise = noise };
	return kept.p ? 0 : ERR_NOMEM;
}

/* What is shown must not tell in which order it was hidden. */
static void forget_noise(struct cells *c)
{
	for (size_t i = 0; i < c->n; i++)
		c->cell[i].noise = 0;
	qsort(c->cell, c->n, sizeof *c->cell, cells_by_size);
}

static int count_countries(
	struct figures *f, const struct ballot *b, struct db *db, struct arena *mem)
{
	struct board_countries_row *r;
	size_t n;
	int result = board_countries(db, mem, f->space, &r, &n);
	if (result < 0)
		return result;
	f->country.cell = arena_array(&f->mem, n + 1, sizeof *f->country.cell);
	f->region.cell = arena_array(&f->mem, n + 1, sizeof *f->region.cell);
	if (!f->country.cell || !f->region.cell)
		return ERR_NOMEM;
	result = 0;
	for (size_t i = 0; i < n && result == 0; i++) {
		f->people += r[i].n;
		f->countries += r[i].name.n > 0;
		result = add_cell(f, b, &f->country, r[i].name, r[i].n);
	}
	qsort(f->country.cell, f->country.n, sizeof *f->country.cell, cells_by_size);
	cells_hide(&f->country);
	region_cells(&f->country, &f->region);
	forget_noise(&f->country);
	forget_noise(&f->region);
	return result;
}

static int count_langs(struct figures *f, const struct ballot *b, struct db *db, struct arena *mem)
{
	struct board_langs_row *r;
	size_t n;
	int result = board_langs(db, mem, f->space, &r, &n);
	if (result < 0)
		return result;
	if (!(f->lang.cell = arena_array(&f->mem, n + 1, sizeof *f->lang.cell)))
		return ERR_NOMEM;
	result = 0;
	for (size_t i = 0; i < n && result == 0; i++) {
		f->languages += r[i].name.n > 0;
		result = add_cell(f, b, &f->lang, r[i].name, r[i].n);
	}
	qsort(f->lang.cell, f->lang.n, sizeof *f->lang.cell, cells_by_size);
	cells_hide(&f->lang);
	forget_noise(&f->lang);
	return result;
}

/* A hoped-for country is told no more of than the table of countries tells. */
static void wish_of_cells(const struct cells *c, struct wish *w)
{
	const struct cell *cell = cells_find(c, w->key);
	w->is_hidden = cell && cell->is_hidden;
	w->n = cell && !cell->is_hidden ? cell->n : 0;
}

static int count_wishes(struct figures *f, struct db *db, struct arena *mem)
{
	struct board_targets_row *t;
	struct board_crowds_row *c;
	size_t n_target, n_crowd;
	int result = board_targets(db, mem, f->space, &t, &n_target);
	if (result >= 0)
		result = board_crowds(db, mem, f->space, &c, &n_crowd);
	if (result < 0)
		return result;
	struct wish *w = f->wish = arena_array(&f->mem, n_target + n_crowd + 1, sizeof *w);
	if (!w)
		return ERR_NOMEM;
	for (size_t i = 0; i < n_target; i++, w++) {
		*w = (struct wish){ .kind = t[i].kind ? WISH_LANG : WISH_COUNTRY,
			.key = arena_copy(&f->mem, t[i].value),
			.hoped = t[i].least };
		wish_of_cells(w->kind == WISH_LANG ? &f->lang : &f->country, w);
	}
	for (size_t i = 0; i < n_crowd; i++, w++)
		*w = (struct wish){ .kind = WISH_CROWD,
			.crowd = c[i].id,
			.n = c[i].n < FIGURES_LEAST ? 0 : c[i].n,
			.hoped = c[i].hoped.has ? c[i].hoped.v : 0,
			.is_hidden = c[i].n > 0 && c[i].n < FIGURES_LEAST };
	f->n_wish = n_target + n_crowd;
	return f->mem.has_failed ? ERR_NOMEM : 0;
}

static int count_people(struct figures *f, const struct ballot *b, struct db *db)
{
	auto_arena mem;
	struct board_contributions_row r = { 0 };
	arena_init(&mem, COUNT_BYTES);
	int result = count_countries(f, b, db, &mem);
	if (result == 0)
		result = count_langs(f, b, db, &mem);
	if (result == 0)
		result = count_wishes(f, db, &mem);
	if (result == 0)
		result = board_contributions(db, &mem, f->space, &r);
	if (result > 0)
		f->contributions = r.n;
	return result < 0 ? result : 0;
}

/* ---- what they voted on ---- */

/* Every statement gets its column and its moderation; the published ones are listed. The
 * columns are left in ${col}, in the order of f->statement. */
static int read_statements(
	struct figures *f, struct ballot *b, struct db *db, struct arena *mem, size_t **ret_col)
{
	struct board_statements_row *r;
	size_t n, at;
	int result = board_statements(db, mem, f->space, &r, &n);
	if (result < 0)
		return result;
	size_t *col = *ret_col = arena_array(mem, n + 1, sizeof *col);
	f->statement = arena_array(&f->mem, n + 1, sizeof *f->statement);
	if (!col || !f->statement)
		return ERR_NOMEM;
	for (size_t i = 0; i < n; i++) {
		bool is_out = r[i].status != 1; /* not ITEM_PUBLISHED */
		result = ballot_column(b, r[i].id, &at);
		if (result == 0)
			result = opinion_size(b->opinion, 0, at + 1);
		if (result == 0)
			result = opinion_moderate(b->opinion, at,
				is_out                 ? OPINION_OUT
					: r[i].is_meta ? OPINION_META
						       : OPINION_KEPT);
		if (result < 0)
			return result;
		if (is_out)
			continue;
		col[f->n_statement] = at;
		f->statement[f->n_statement++] = (struct statement){
			.item = r[i].id, .number = r[i].number, .is_meta = r[i].is_meta != 0
		};
	}
	return 0;
}

static struct tally tally_of(const struct opinion_group *g, size_t col)
{
	return (struct tally){ .agree = g->agree[col],
		.disagree = g->disagree[col],
		.pass = (int64_t)g->seen[col] - g->agree[col] - g->disagree[col] };
}

/* Share of agreement with the pseudocounts of the method. */
static double share(struct tally t)
{
	return ((double)t.agree + 1) / ((double)tally_all(t) + 2);
}

static void weigh(struct statement *s, size_t n_group)
{
	double most = 0, least = 1;
	s->is_common = n_group > 0 && !s->is_meta;
	s->consensus = n_group > 0;
	for (size_t g = 0; g < n_group; g++) {
		double p = share(s->group[g]);
		most = fmax(most, p);
		least = fmin(least, p);
		s->consensus *= p;
		s->is_common &= 2 * s->group[g].agree > tally_all(s->group[g]);
	}
	s->apart = n_group > 1 ? most - least : 0;
}

static void fill_statements(struct figures *f, const struct ballot *b, const size_t *col)
{
	for (size_t i = 0; i < f->n_statement; i++) {
		struct statement *s = &f->statement[i];
		struct opinion_tally all = opinion_tally(b->opinion, col[i]);
		s->all = (struct tally){ all.agree, all.disagree, all.pass };
		s->priority = col[i] < f->result->cols ? f->result->priority[col[i]] : 0;
		for (size_t g = 0; g < f->n_group; g++)
			s->group[g] = tally_of(&f->result->groups[g], col[i]);
		weigh(s, f->n_group);
		f->votes += tally_all(s->all);
		f->common += s->is_common;
	}
}

static int by_item(const void *a, const void *b)
{
	const struct statement *const *x = a, *const *y = b;
	return ((*x)->item > (*y)->item) - ((*x)->item < (*y)->item);
}

static int sort_by_item(struct figures *f)
{
	f->by_item = arena_array(&f->mem, f->n_statement + 1, sizeof *f->by_item);
	if (!f->by_item)
		return ERR_NOMEM;
	for (size_t i = 0; i < f->n_statement; i++)
		f->by_item[i] = &f->statement[i];
	qsort(f->by_item, f->n_statement, sizeof *f->by_item, by_item);
	return 0;
}

/* ---- groups ---- */

/* Groups come largest first, so those that are shown stand in front. */
static void show_groups(struct figures *f)
{
	const struct opinion_result *r = f->result;
	while (f->n_group < r->n_groups && f->n_group < FIGURES_GROUPS &&
		r->groups[f->n_group].members >= FIGURES_LEAST) {
		f->group[f->n_group].people = (int64_t)r->groups[f->n_group].members;
		f->n_group++;
	}
}

static void fill_traits(struct figures *f, const size_t *col)
{
	for (size_t g = 0; g < f->n_group; g++) {
		const struct opinion_list *list = &f->result->groups[g].rep;
		struct group *to = &f->group[g];
		for (size_t i = 0; i < list->n; i++)
			for (size_t s = 0; s < f->n_statement; s++)
				if (col[s] == list->item[i].col)
					to->trait[to->n_trait++] = (struct trait){ s,
						list->item[i].is_agree };
	}
}

static int fill_places(struct figures *f)
{
	const struct opinion_result *r = f->result;
	size_t n = 0;
	for (size_t g = 0; g < f->n_group; g++)
		n += (size_t)f->group[g].people;
	f->x = arena_array(&f->mem, n + 1, sizeof *f->x);
	f->y = arena_array(&f->mem, n + 1, sizeof *f->y);
	f->mark = arena_array(&f->mem, n + 1, 1);
	if (!f->x || !f->y || !f->mark)
		return ERR_NOMEM;
	for (size_t i = 0; i < r->rows && f->n_mark < n; i++) {
		if (r->group[i] < 0 || r->group[i] >= (int8_t)f->n_group)
			continue;
		f->x[f->n_mark] = r->x[i];
		f->y[f->n_mark] = r->y[i];
		f->mark[f->n_mark++] = r->group[i];
	}
	return 0;
}

static int compute(
	struct figures *f, struct ballot *b, struct db *db, const struct opinion_result *before)
{
	auto_arena mem;
	size_t *col = NULL;
	arena_init(&mem, COUNT_BYTES);
	int result = read_statements(f, b, db, &mem, &col);
	if (result == 0)
		result = opinion_run(b->opinion,
			&(struct opinion_options){ .seeding = OPINION_STABLE, .before = before },
			&f->result);
	if (result < 0)
		return result;
	f->voters = (int64_t)b->seat.n;
	show_groups(f);
	fill_statements(f, b, col);
	fill_traits(f, col);
	result = sort_by_item(f);
	return result == 0 ? fill_places(f) : result;
}

int figures_make(
	struct ballot *b, struct db *db, const struct figures *before, struct figures **ret)
{
	struct figures *f = calloc(1, sizeof *f);
	if (!f)
		return err_note(ERR_NOMEM, "figures");
	atomic_init(&f->holders, 1);
	arena_init(&f->mem, FIGURES_BYTES);
	f->space = b->space;
	f->at = clock_now();
	int result = count_people(f, b, db);
	if (result == 0)
		result = compute(f, b, db, before ? before->result : NULL);
	if (result < 0)
		figures_release(f);
	else
		*ret = f;
	return result;
}

/* ---- reading ---- */

const struct statement *figures_find(const struct figures *f, int64_t item)
{
	size_t from = 0, to = f->n_statement;
	while (from < to) {
		size_t at = from + (to - from) / 2;
		if (f->by_item[at]->item == item)
			return f->by_item[at];
		if (f->by_item[at]->item < item)
			from = at + 1;
		else
			to = at;
	}
	return NULL;
}

/* Insertion into a short list of the best. */
static size_t insert(const struct statement **list, size_t n, size_t max, const struct statement *s,
	double (*rank)(const struct statement *))
{
	size_t at = n;
	while (at > 0 && rank(list[at - 1]) < rank(s))
		at--;
	if (at >= max)
		return n;
	size_t last = n < max ? n : max - 1;
	for (size_t i = last; i > at; i--)
		list[i] = list[i - 1];
	list[at] = s;
	return last + 1;
}

static double rank_common(const struct statement *s)
{
	return s->consensus;
}

static double rank_apart(const struct statement *s)
{
	return s->apart;
}

size_t figures_common(const struct figures *f, size_t max, const struct statement **ret)
{
	size_t n = 0;
	for (size_t i = 0; i < f->n_statement; i++)
		if (f->statement[i].is_common)
			n = insert(ret, n, max, &f->statement[i], rank_common);
	return n;
}

size_t figures_apart(const struct figures *f, size_t max, const struct statement **ret)
{
	size_t n = 0;
	for (size_t i = 0; i < f->n_statement; i++)
		if (f->statement[i].apart >= 0.2 && !f->statement[i].is_meta)
			n = insert(ret, n, max, &f->statement[i], rank_apart);
	return n;
}

void figures_hold(const struct figures *f)
{
	struct figures *held = (struct figures *)(uintptr_t)f;
	atomic_fetch_add(&held->holders, 1);
}

void figures_release(const struct figures *f)
{
	struct figures *held = (struct figures *)(uintptr_t)f;
	if (!held || atomic_fetch_sub(&held->holders, 1) > 1)
		return;
	opinion_result_free(held->result);
	arena_done(&held->mem);
	free(held);
}
