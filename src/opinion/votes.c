#include "base/num.h"
#include "opinion/inner.h"
#include <stdlib.h>

enum {
	ROWS_DEFAULT = 16000000,
	COLS_DEFAULT = 100000,
	COLS_MAX = 1000000,
	VOTES_DEFAULT = 200000000,
	VOTES_MAX = 1000000000,
	WASTE_MIN = 1 << 16
};

void *take(size_t n, size_t size)
{
	return calloc(n ? n : 1, size);
}

static size_t limit(size_t asked, size_t otherwise)
{
	return asked ? asked : otherwise;
}

int opinion_open(const struct opinion_limits *limits, struct opinion **ret)
{
	struct opinion_limits max = limits ? *limits : (struct opinion_limits){ 0 };
	max.rows = limit(max.rows, ROWS_DEFAULT);
	max.cols = limit(max.cols, COLS_DEFAULT);
	max.votes = limit(max.votes, VOTES_DEFAULT);
	if (max.rows > ROWS_DEFAULT || max.cols > COLS_MAX || max.votes > VOTES_MAX)
		return err_note(ERR_LIMIT, "opinion: limits above the maximum");
	struct opinion *o = take(1, sizeof *o);
	if (!o)
		return err_note(ERR_NOMEM, "opinion");
	o->max = max;
	*ret = o;
	return 0;
}

void opinion_close(struct opinion *o)
{
	if (!o)
		return;
	free(o->row);
	free(o->col);
	free(o->pool);
	free(o->pair);
	free(o);
}

size_t opinion_rows(const struct opinion *o)
{
	return o->n;
}
size_t opinion_cols(const struct opinion *o)
{
	return o->m;
}
size_t opinion_votes(const struct opinion *o)
{
	return o->votes;
}

struct opinion_tally opinion_tally(const struct opinion *o, size_t col)
{
	if (col >= o->m)
		return (struct opinion_tally){ 0 };
	const uint32_t *n = o->col[col].by_code;
	return (struct opinion_tally){ .agree = n[2], .disagree = n[0], .pass = n[1] };
}

/* Room for ${want} things in *p, growing by half. */
static int grow(void **p, size_t *room, size_t want, size_t size)
{
	if (want <= *room)
		return 0;
	size_t to = *room + *room / 2;
	if (to < want)
		to = want;
	size_t bytes;
	void *q = num_mul(to, size, &bytes) ? realloc(*p, bytes) : NULL;
	if (!q)
		return err_note(ERR_NOMEM, "opinion");
	*p = q;
	*room = to;
	return 0;
}

int opinion_size(struct opinion *o, size_t rows, size_t cols)
{
	if (rows > o->max.rows || cols > o->max.cols)
		return err_note(ERR_LIMIT, "opinion: too many participants or statements");
	void *row = o->row, *col = o->col;
	int st = grow(&row, &o->row_room, rows, sizeof *o->row);
	o->row = row;
	if (st == 0)
		st = grow(&col, &o->col_room, cols, sizeof *o->col);
	o->col = col;
	if (st == 0 && o->pair && cols > o->pair_cols)
		st = pairs_grow(o, cols);
	if (st < 0)
		return st;
	for (; o->n < rows; o->n++)
		o->row[o->n] = (struct row){ 0 };
	for (; o->m < cols; o->m++)
		o->col[o->m] = (struct col){ 0 };
	return 0;
}

int opinion_moderate(struct opinion *o, size_t col, enum opinion_moderation how)
{
	if (col >= o->max.cols)
		return err_note(ERR_LIMIT, "opinion: too many statements");
	int st = opinion_size(o, 0, col + 1);
	if (st == 0)
		o->col[col].moderation = (uint8_t)how;
	return st;
}

/* Lay all rows side by side again. */
static int compact(struct opinion *o)
{
	cell *to = take(o->votes + 1, sizeof *to);
	if (!to)
		return err_note(ERR_NOMEM, "opinion");
	uint32_t at = 0;
	for (size_t i = 0; i < o->n; i++) {
		struct row *r = &o->row[i];
		for (uint32_t c = 0; c < r->n; c++)
			to[at + c] = o->pool[r->at + c];
		r->at = at;
		r->room = r->n;
		at += r->n;
	}
	free(o->pool);
	o->pool = to;
	o->pool_n = at;
	o->pool_room = o->votes + 1;
	o->waste = 0;
	return 0;
}

static int pool_room(struct opinion *o, size_t more)
{
	if (o->pool_n + more > UINT32_MAX)
		return err_note(ERR_LIMIT, "opinion: too many votes");
	void *p = o->pool;
	int st = grow(&p, &o->pool_room, o->pool_n + more, sizeof *o->pool);
	o->pool = p;
	return st;
}

/* Room for one more cell in row ${i}: it moves to the end of the pool, with some to spare. */
static int row_room(struct opinion *o, size_t i)
{
	if (o->row[i].n < o->row[i].room)
		return 0;
	int st = 0;
	if (o->waste > WASTE_MIN && o->waste > o->votes)
		st = compact(o);
	size_t room = o->row[i].n + o->row[i].n / 2 + 4;
	if (st == 0)
		st = pool_room(o, room);
	if (st < 0)
		return st;
	struct row *r = &o->row[i];
	for (uint32_t c = 0; c < r->n; c++)
		o->pool[o->pool_n + c] = o->pool[r->at + c];
	o->waste += r->room;
	r->at = (uint32_t)o->pool_n;
	r->room = (uint32_t)room;
	o->pool_n += room;
	return 0;
}

/* Where column ${col} stands in a row, or would. */
static uint32_t row_find(const struct opinion *o, const struct row *r, size_t col)
{
	const cell *c = o->pool + r->at;
	uint32_t low = 0, high = r->n;
	while (low < high) {
		uint32_t mid = low + (high - low) / 2;
		if (cell_col(c[mid]) < col)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

/* The vote at ${at} of a row leaves all counts. */
static void count_out(struct opinion *o, const struct row *r, uint32_t at)
{
	cell c = o->pool[r->at + at];
	o->col[cell_col(c)].by_code[cell_code(c)]--;
	if (o->pair)
		pairs_count(o, o->pool + r->at, r->n, c, -1);
	o->votes--;
	o->pairs -= r->n - 1;
}
static void count_in(struct opinion *o, const struct row *r, uint32_t at)
{
	cell c = o->pool[r->at + at];
	o->col[cell_col(c)].by_code[cell_code(c)]++;
	if (o->pair)
		pairs_count(o, o->pool + r->at, r->n, c, 1);
	o->votes++;
	o->pairs += r->n - 1;
}

static int vote_check(const struct opinion *o, size_t row, size_t col, int vote)
{
	if (vote < -1 || vote > 1)
		return err_note(ERR_INPUT, "opinion: a vote is -1, 0 or 1");
	if (row >= o->max.rows || col >= o->max.cols)
		return err_note(ERR_LIMIT, "opinion: too many participants or statements");
	return 0;
}

int opinion_vote(struct opinion *o, size_t row, size_t col, int vote)
{
	int st = vote_check(o, row, col, vote);
	if (st == 0)
		st = opinion_size(o, row + 1, col + 1);
	if (st < 0)
		return st;
	uint32_t at = row_find(o, &o->row[row], col);
	struct row *r = &o->row[row];
	if (at < r->n && cell_col(o->pool[r->at + at]) == col) {
		count_out(o, r, at);
		o->pool[r->at + at] = cell_of(col, vote);
		count_in(o, r, at);
		return 0;
	}
	if (o->votes == o->max.votes)
		return err_note(ERR_LIMIT, "opinion: too many votes");
	st = row_room(o, row);
	if (st < 0)
		return st;
	cell *c = o->pool + r->at;
	for (uint32_t i = r->n++; i > at; i--)
		c[i] = c[i - 1];
	c[at] = cell_of(col, vote);
	count_in(o, r, at);
	return 0;
}

int opinion_unvote(struct opinion *o, size_t row, size_t col)
{
	if (row >= o->n || col >= o->m)
		return 0;
	struct row *r = &o->row[row];
	uint32_t at = row_find(o, r, col);
	cell *c = o->pool + r->at;
	if (at == r->n || cell_col(c[at]) != col)
		return 0;
	count_out(o, r, at);
	for (r->n--; at < r->n; at++)
		c[at] = c[at + 1];
	return 0;
}

/* A first, ordered set of votes goes straight to the end of the pool. */
static int row_append(struct opinion *o, size_t row, const struct opinion_vote *v, size_t n)
{
	int st = pool_room(o, n);
	if (st < 0)
		return st;
	struct row *r = &o->row[row];
	o->waste += r->room;
	*r = (struct row){ (uint32_t)o->pool_n, (uint32_t)n, (uint32_t)n };
	cell *to = o->pool + o->pool_n;
	for (size_t i = 0; i < n; i++) {
		to[i] = cell_of(v[i].col, v[i].vote);
		o->col[v[i].col].by_code[cell_code(to[i])]++;
		if (o->pair)
			pairs_count(o, to, i, to[i], 1);
	}
	o->votes += n;
	o->pairs += (uint64_t)n * (n - 1) / 2;
	o->pool_n += n;
	return 0;
}

int opinion_row(struct opinion *o, size_t row, const struct opinion_vote *votes, size_t n)
{
	size_t cols = 0;
	bool is_ordered = true;
	for (size_t i = 0; i < n; i++) {
		int st = vote_check(o, row, votes[i].col, votes[i].vote);
		if (st < 0)
			return st;
		is_ordered = is_ordered && (i == 0 || votes[i].col > votes[i - 1].col);
		if (votes[i].col >= cols)
			cols = (size_t)votes[i].col + 1;
	}
	if (row >= o->max.rows || n > o->max.votes - o->votes)
		return err_note(ERR_LIMIT, "opinion: too many participants or votes");
	int st = opinion_size(o, row + 1, cols);
	if (st == 0 && n && is_ordered && o->row[row].n == 0)
		return row_append(o, row, votes, n);
	for (size_t i = 0; i < n && st == 0; i++)
		st = opinion_vote(o, row, votes[i].col, votes[i].vote);
	return st;
}
