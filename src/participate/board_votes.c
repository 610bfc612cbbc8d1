#include "participate/board_votes.h"
#include "participate/board.sql.h"
#include <stdlib.h>
#include <string.h>

enum { PIECE = 20000, PIECE_BYTES = 4 << 20, NO_PLACE = UINT32_MAX };

static size_t slot_of(const struct places_of *p, int64_t id)
{
	size_t at = (size_t)((uint64_t)id * 0x9e3779b97f4a7c15u >> 20) & (p->cap - 1);
	while (p->slot[at] != NO_PLACE && p->id[p->slot[at]] != id)
		at = (at + 1) & (p->cap - 1);
	return at;
}

static int grow(struct places_of *p)
{
	size_t cap = p->cap ? 2 * p->cap : 64;
	uint32_t *slot = malloc(cap * sizeof *slot);
	int64_t *id = slot ? realloc(p->id, cap / 2 * sizeof *id) : NULL;
	if (!id) {
		free(slot);
		return err_note(ERR_NOMEM, "places of votes");
	}
	free(p->slot);
	memset(slot, 0xff, cap * sizeof *slot);
	p->id = id;
	p->slot = slot;
	p->cap = cap;
	for (size_t i = 0; i < p->n; i++)
		slot[slot_of(p, id[i])] = (uint32_t)i;
	return 0;
}

static int place(struct places_of *p, int64_t id, size_t *ret)
{
	if (p->n >= p->cap / 2 && grow(p) < 0)
		return ERR_NOMEM;
	size_t at = slot_of(p, id);
	if (p->slot[at] == NO_PLACE) {
		p->id[p->n] = id;
		p->slot[at] = (uint32_t)p->n++;
	}
	*ret = p->slot[at];
	return 0;
}

int ballot_open(int64_t space, struct ballot **ret)
{
	struct ballot *b = calloc(1, sizeof *b);
	if (!b)
		return err_note(ERR_NOMEM, "votes of a space");
	b->space = space;
	int result = opinion_open(NULL, &b->opinion);
	if (result < 0)
		ballot_close(b);
	else
		*ret = b;
	return result;
}

void ballot_close(struct ballot *b)
{
	if (!b)
		return;
	opinion_close(b->opinion);
	free(b->seat.id);
	free(b->seat.slot);
	free(b->item.id);
	free(b->item.slot);
	free(b);
}

int ballot_column(struct ballot *b, int64_t item, size_t *ret)
{
	return place(&b->item, item, ret);
}

int ballot_add(struct ballot *b, const struct board_vote *v)
{
	size_t row, col;
	int result = place(&b->seat, v->seat, &row);
	if (result == 0)
		result = place(&b->item, v->item, &col);
	return result < 0 ? result : opinion_vote(b->opinion, row, col, v->value);
}

/* The votes of one person that stand together in a piece. */
static int add_run(struct ballot *b, const struct board_votes_row *r, size_t n, struct arena *mem)
{
	size_t row, col;
	struct opinion_vote *vote = arena_array(mem, n, sizeof *vote);
	int result = vote ? place(&b->seat, r->seat, &row) : ERR_NOMEM;
	for (size_t i = 0; i < n && result == 0; i++) {
		result = place(&b->item, r[i].item, &col);
		if (result == 0)
			vote[i] = (struct opinion_vote){ (uint32_t)col, (int)r[i].value };
	}
	return result < 0 ? result : opinion_row(b->opinion, row, vote, n);
}

static int add_piece(struct ballot *b, const struct board_votes_row *r, size_t n, struct arena *mem)
{
	int result = 0;
	for (size_t from = 0, to; from < n && result == 0; from = to) {
		for (to = from + 1; to < n && r[to].seat == r[from].seat; to++)
			;
		result = add_run(b, r + from, to - from, mem);
	}
	return result;
}

int ballot_load(struct ballot *b, struct db *db)
{
	int64_t seat = 0, item = 0;
	for (;;) {
		auto_arena mem;
		struct board_votes_row *r;
		size_t n;
		arena_init(&mem, PIECE_BYTES);
		int result = board_votes(db, &mem, b->space, seat, item, PIECE, &r, &n);
		if (result <= 0 || n == 0)
			return result < 0 ? result : 0;
		result = add_piece(b, r, n, &mem);
		if (result < 0)
			return result;
		seat = r[n - 1].seat;
		item = r[n - 1].item;
	}
}
