#include "participate/erase.h"
#include "participate/erase.sql.h"
#include "participate/item.h"

enum { SEATS = 100, ROWS = 500, ITEMS = 50, MEM = 1 << 16 };

typedef int drop(struct db *db, int64_t id);

/* All that hangs on one row, then the row. */
static int drop_all(struct db *db, drop *const *list, int64_t id)
{
	int result = 0;
	for (; *list && result >= 0; list++)
		result = (*list)(db, id);
	return result;
}

static int erase_of_kind(struct db *db, int64_t space, enum item_kind kind)
{
	static drop *const all[] = { erase_marks, erase_words, erase_past, erase_quotes,
		erase_found, erase_item, NULL };
	auto_arena mem = { 0 };
	struct erase_items_row *row;
	size_t n = 0;
	arena_init(&mem, MEM);
	int result = erase_items(db, &mem, space, kind, ITEMS, &row, &n);
	for (size_t i = 0; i < n && result >= 0; i++)
		result = drop_all(db, all, row[i].id);
	return result < 0 ? result : n > 0;
}

/* Replies before what they answer; nobody sees either any more. */
static int erase_said(struct db *db, int64_t space)
{
	int result = erase_of_kind(db, space, ITEM_REPLY);
	if (result == 0)
		result = erase_of_kind(db, space, ITEM_CONTRIBUTION);
	return result ? result : erase_of_kind(db, space, ITEM_STATEMENT);
}

static int erase_people(struct db *db, int64_t space)
{
	static drop *const all[] = { erase_seat_marks, erase_seat_crowds, erase_seat, NULL };
	auto_arena mem = { 0 };
	struct erase_seats_row *row;
	size_t n = 0;
	arena_init(&mem, MEM);
	int result = erase_seats(db, &mem, space, SEATS, &row, &n);
	for (size_t i = 0; i < n && result >= 0; i++) {
		result = drop_all(db, all, row[i].id);
		if (result >= 0)
			result = erase_participant(db, row[i].participant);
	}
	return result < 0 ? result : n > 0;
}

static int erase_door(struct db *db, int64_t space)
{
	auto_arena mem = { 0 };
	struct erase_members_row *row;
	size_t n = 0;
	arena_init(&mem, MEM);
	int result = erase_members(db, &mem, space, SEATS, &row, &n);
	for (size_t i = 0; i < n && result >= 0; i++) {
		result = erase_member(db, space, row[i].participant);
		if (result >= 0)
			result = erase_participant(db, row[i].participant);
	}
	return result < 0 ? result : n > 0;
}

int erase_piece(struct db *db, int64_t space)
{
	int result = erase_votes(db, space, SEATS);
	if (result == 0)
		result = erase_flags(db, space, ROWS);
	if (result == 0)
		result = erase_decisions(db, space, ROWS);
	if (result == 0)
		result = erase_said(db, space);
	if (result == 0)
		result = erase_door(db, space);
	if (result == 0)
		result = erase_invites(db, space);
	if (result == 0)
		result = erase_people(db, space);
	return result < 0 ? result : result > 0;
}
