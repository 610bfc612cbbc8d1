/*
 * A cell of the scratch table holds four counts of 16 bits, all of which grow by 0, 1 or 2 with
 * each co-voter, so that one addition counts a pair; it is emptied into the real table
 * before 16 bits can run over.
 */
#include "opinion/inner.h"
#include <stdlib.h>
#include <string.h>

enum {
	COLS = 2048,
	ROWS_A_TURN = 32000,
	WORTH_PAIRS = 1 << 26,
	WORTH_A_VOTE = 24,
	BATCH = 2048,
	TILE_PAIRS = 1 << 15,
};

bool pairs_wanted(const struct opinion *o)
{
	uint64_t worth = (uint64_t)o->votes * WORTH_A_VOTE;
	return o->m <= COLS && o->pairs <= (worth > WORTH_PAIRS ? worth : WORTH_PAIRS);
}

static size_t pair_total(size_t cols)
{
	return cols ? pair_at(0, cols) : 0;
}

int pairs_grow(struct opinion *o, size_t cols)
{
	if (cols > COLS) {
		free(o->pair);
		o->pair = NULL;
		o->pair_cols = 0;
		return 0;
	}
	size_t have = pair_total(o->pair_cols), want = pair_total(cols + cols / 8);
	struct pair *p = realloc(o->pair, (want + 1) * sizeof *p);
	if (!p)
		return err_note(ERR_NOMEM, "opinion: table of %zu columns", cols);
	memset(p + have, 0, (want - have) * sizeof *p);
	o->pair = p;
	o->pair_cols = cols + cols / 8;
	return 0;
}

void pairs_count(struct opinion *o, const cell *cells, size_t n, cell c, int sign)
{
	size_t col = cell_col(c);
	for (size_t i = 0; i < n; i++) {
		size_t other = cell_col(cells[i]);
		if (other == col)
			continue;
		cell low = other < col ? cells[i] : c, high = other < col ? c : cells[i];
		struct pair *p = &o->pair[pair_at(cell_col(low), cell_col(high))];
		int x = sign * cell_vote(low), y = cell_vote(high);
		p->n += sign;
		p->x += x;
		p->y += sign * y;
		p->a += x * y;
	}
}

struct counting {
	struct opinion *o;
	uint64_t *scratch[PARTS_MAX];
	struct span span[PARTS_MAX]; /* the rows of this turn */
	int parts;
};

/* Count the pairs of a row whose higher column is below ${end}, from vote ${b} on; where to go
 * on with the next tile. */
static uint32_t count_row(uint64_t *scratch, const cell *c, uint32_t n, uint32_t b, size_t end)
{
	for (; b < n && cell_col(c[b]) < end; b++) {
		uint64_t *to = scratch + pair_at(0, cell_col(c[b]));
		uint64_t y = cell_code(c[b]), first = 1 | y << 32, add[4];
		add[0] = first | (2 - y) << 48;
		add[1] = first | (uint64_t)1 << 16 | (uint64_t)1 << 48;
		add[2] = first | (uint64_t)2 << 16 | y << 48;
		for (uint32_t i = 0; i < b; i++)
			to[cell_col(c[i])] += add[cell_code(c[i])];
	}
	return b;
}

/* The first column behind a tile that begins at ${col}. */
static size_t tile_end(size_t col, size_t cols)
{
	size_t end = col + 1;
	while (end < cols && pair_at(0, end + 1) - pair_at(0, col) <= TILE_PAIRS)
		end++;
	return end;
}

/* A few rows and a tile of the table at a time, both small enough to stay near the core. */
static void count_rows(void *ctx, int part, int parts)
{
	(void)parts;
	struct counting *w = ctx;
	const struct opinion *o = w->o;
	uint32_t next[BATCH];
	for (size_t from = w->span[part].from; from < w->span[part].to; from += BATCH) {
		size_t n = w->span[part].to - from;
		n = n < BATCH ? n : BATCH;
		memset(next, 0, sizeof next);
		for (size_t col = 0; col < o->m; col = tile_end(col, o->m)) {
			size_t end = tile_end(col, o->m);
			for (size_t i = 0; i < n; i++) {
				const struct row *r = &o->row[from + i];
				next[i] = count_row(
					w->scratch[part], o->pool + r->at, r->n, next[i], end);
			}
		}
	}
}

static void empty_scratch(void *ctx, int part, int parts)
{
	struct counting *w = ctx;
	struct span s = par_span(pair_total(w->o->m), part, parts);
	for (int i = 0; i < w->parts; i++) {
		for (size_t at = s.from; at < s.to; at++) {
			uint64_t c = w->scratch[i][at];
			if (!c)
				continue;
			struct pair *p = &w->o->pair[at];
			int32_t n = (int32_t)(c & 0xffff);
			p->n += n;
			p->x += (int32_t)(c >> 16 & 0xffff) - n;
			p->y += (int32_t)(c >> 32 & 0xffff) - n;
			p->a += (int32_t)(c >> 48) - n;
			w->scratch[i][at] = 0;
		}
	}
}

int pairs_ready(struct opinion *o, int parts)
{
	if (o->pair)
		return 0;
	struct counting w = { .o = o, .parts = parts };
	bool is_full = true;
	for (int i = 0; i < parts; i++) {
		w.scratch[i] = take(pair_total(o->m), sizeof **w.scratch);
		is_full = is_full && w.scratch[i];
	}
	int st = is_full ? pairs_grow(o, o->m) : err_note(ERR_NOMEM, "opinion: co-votes");
	for (size_t at = 0; st == 0 && at < o->n;) {
		for (int i = 0; i < parts; i++) {
			size_t to = at + ROWS_A_TURN < o->n ? at + ROWS_A_TURN : o->n;
			w.span[i] = (struct span){ at, to };
			at = to;
		}
		par_run(parts, count_rows, &w);
		par_run(parts, empty_scratch, &w);
	}
	for (int i = 0; i < parts; i++)
		free(w.scratch[i]);
	return st;
}
