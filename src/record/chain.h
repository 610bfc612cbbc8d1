/*
 * I know what was said and done about a record, line by line. Lines are only ever added; each
 * carries a mark, the BLAKE2b of the mark before it (64 hexadecimal digits, of the first line
 * zeros) and of the line, parted by line breaks:
 *
 *   MARK NUMBER AT ACCOUNT PARTICIPANT KIND MOVE FROM TO LANG FIELDS BODY WORDS
 *
 * BODY is the hash of the answers after the line, so that answers changed behind our back show
 * as well.
 */
#pragma once
#include "crypto/crypto.h"
#include "record/by.h"

/* The numbers are kept for ever. */
enum chain_kind {
	CHAIN_MADE = 1,
	CHAIN_CHANGED,
	CHAIN_MOVED,
	CHAIN_AGREED, /* to a move that needs two people: the first one */
	CHAIN_MESSAGE,
	CHAIN_NOTE,
	CHAIN_KINDS
};

struct chain_line {
	int64_t number, at;
	struct opt_i64 account, participant;
	enum chain_kind kind;
	struct str move, state_from, state_to; /* names */
	struct str lang, words, fields;        /* fields: names parted by blanks */
};

/* chain_put(by, record, line, body): One more line; number and time are given here. */
int chain_put(const struct record_by *by, int64_t record, const struct chain_line *line,
	struct str body) must_use;
/* chain_read(db, mem, record, body, ret, ret_n, ret_holds): All lines, oldest first, and how many
 * hold, from the first on. The last one does when ${body} is what it was. */
int chain_read(struct db *db, struct arena *mem, int64_t record, struct str body,
	struct chain_line **ret, size_t *ret_n, size_t *ret_holds) must_use;
