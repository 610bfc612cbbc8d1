/*
 * I know records: answers to a definition's questions, in a state, with all that was said and done
 * about them. Whoever changes anything about a record does it by record_write.
 */
#pragma once
#include "record/answers.h"
#include "record/chain.h"
#include "record/shelf.h"

enum {
	RECORD_UID_CHARS = 16,
	RECORD_WORDS_MAX = 2000, /* of a message, a note or a reason */
};

/* What somebody may do with a record: the one place that says so. */
struct record_can {
	uint32_t roles;
	int may; /* a set of enum def_verb */
	struct def_fields reads, writes, adds;
	struct def_fields takes; /* of those they read: that may leave the house in a file */
	uint64_t moves; /* a set of places in def->move: theirs to make, if all else is there */
};

struct record {
	int64_t id, version, created, changed;
	struct str uid, ref, lang, body;
	int state;
	struct opt_i64 account, participant; /* who made it */
	bool is_sample;
	const struct shelf_form *form;
	struct answers answers;
	struct record_can can;
};

/* record_may(by, f, r, ret): What ${by} may with ${r}, of which form, state and makers are set;
 * ${r} NULL: with the form, of which only DEF_CREATE means something. */
int record_may(const struct record_by *by, const struct shelf_form *f, const struct record *r,
	struct record_can *ret) must_use;

/* record_takes(def, roles, state): The fields of struct record_can.takes, where only that is asked.
 */
struct def_fields record_takes(const struct def *def, uint32_t roles, int state);

/* record_find(by, shelf, uid, ret): ERR_MISSING also for whoever may not read it. */
int record_find(const struct record_by *by, const struct shelf *shelf, struct str uid,
	struct record *ret) must_use;

/* The numbers are kept for ever. */
enum record_link {
	LINK_DERIVED = 1,
	LINK_SAME = 2,  /* from the one that was merged to the one that stays */
	LINK_CITES = 3, /* see cite.h */
};
/* record_join(by, from, to, kind): Link two records; they are the caller's to link. */
int record_join(
	const struct record_by *by, int64_t from, int64_t to, enum record_link kind) must_use;

/* record_uid(mem, ret): A new one, drawn. */
int record_uid(struct arena *mem, struct str *ret) must_use;

/* One thing to do. */
struct cell_batch;
struct record_job {
	enum chain_kind what;          /* CHAIN_AGREED comes of CHAIN_MOVED by itself */
	const struct shelf_form *form; /* CHAIN_MADE */
	struct str uid;                /* of the record; of one to be made */
	const struct answers *answers; /* CHAIN_MADE, CHAIN_CHANGED */
	int64_t version;               /* CHAIN_CHANGED: what they were begun with */
	int move;                      /* CHAIN_MOVED */
	struct str words;              /* message, note, reason */
	bool is_sample;
	/* CHAIN_MADE, one of many: its cells go there instead of into the database, and the caller
	 * writes them before anybody looks for records. Nothing of it is written when it is refused
	 * (ERR_INPUT, ERR_DENIED), so that the caller needs no savepoint; a refusal that comes
	 * later is ERR_BUG. NULL: at once. */
	struct cell_batch *cells;
};
struct record_done {
	int64_t id;
	bool is_agreed; /* the move waits for a second person */
};
/* record_write(by, shelf, job, ret): Do it, in the transaction of by->db: the record, its line in
 * the chain, its cells and its words. ERR_INPUT: the answers are not what the definition asks for,
 * or would have to be sealed, and nothing here seals; the note names the field. ERR_DENIED: not for
 * them. ERR_CONFLICT: somebody changed or moved it meanwhile, or what a move needs is not there.
 * ERR_MISSING. */
int record_write(const struct record_by *by, const struct shelf *shelf,
	const struct record_job *job, struct record_done *ret) must_use;

struct blob;
/* A file for a record that is there: the answer to ${field}, in row ${row} of its repeat (else 0).
 */
struct record_file {
	struct str uid, field;
	size_t row;
	const struct blob *blob; /* settled: see blob.h */
};
/* record_attach(by, shelf, file, ret): From now on the record has it, as a change that ${by} made,
 * in place of the file that was there. As record_write; also ERR_INPUT: no such question or row, or
 * not a file that is taken there. A file that comes with a record to be made is held for its uid
 * first (blob_hold), and what that returns is set as the answer. */
int record_attach(const struct record_by *by, const struct shelf *shelf,
	const struct record_file *file, struct record_done *ret) must_use;

/* What a move lacks: bits beside those of enum expr_word. */
enum { LACKS_CONDITION = 256 };
/* record_lacks(by, r, move, words, ret): The set of what is missing for ${by} to make it.
 * NEEDS_TWO_PEOPLE: nobody has agreed yet, so that they would be the first. */
int record_lacks(const struct record_by *by, const struct record *r, int move, struct str words,
	int *ret) must_use;

/* record_reindex(db, shelf): Make all that is made from bodies anew: cells, tallies, words. In a
 * transaction of the caller; returns how many records there are. */
int record_reindex(struct db *db, const struct shelf *shelf) must_use;
