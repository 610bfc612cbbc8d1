/*
 * I bring records in from files that others exported, step by step: a file waits for its columns to
 * be named (mapping.h), is looked through, and its rows become records, all by record_write. Each
 * step is done in pieces of some rows, each in one transaction that also moves on the place
 * where it is: whatever stops us, it goes on there, and no row is done twice.
 *
 * The same row of another file is the same record: what is in its key columns tells. An import
 * can be taken back for as long as it is kept (INTAKE_DAYS); what somebody has touched since stays.
 */
#pragma once
#include "account/house.h"
#include "record/mapping.h"
#include "record/record.h"

enum intake_state {
	INTAKE_NAMING = 1,
	INTAKE_LOOKING,
	INTAKE_LOOKED,
	INTAKE_BRINGING,
	INTAKE_IN,
	INTAKE_TAKING_BACK,
	INTAKE_TAKEN_BACK,
};
enum intake_verdict {
	INTAKE_NEW = 1,
	INTAKE_CHANGE,
	INTAKE_SAME,
	INTAKE_REFUSED,
	INTAKE_ASKS,
	INTAKE_VERDICTS
};

enum {
	INTAKE_FILE_MAX = 16 << 20, /* of what a browser sends */
	INTAKE_PART = 512 << 10,
	INTAKE_PIECE = 100, /* rows at a time, while others wait to write */
	INTAKE_PIECE_ALONE = 1000,
	INTAKE_DAYS = 30,
	INTAKE_ASKS_MAX = 200, /* words that are asked about at a time */
};

/* A file being read. */
struct intake_file {
	struct arena mem;
	struct str bytes;
	bool is_ours; /* from the database, to be freed */
	bool is_open;
	struct rows rows;
	size_t at, line, json_line; /* where the piece under way begins */
	struct str rest;
};
void intake_file_done(struct intake_file *f);
/* intake_file_mark(f): The piece under way is on disk: the next one begins here. */
void intake_file_mark(struct intake_file *f);
/* intake_file_load(db, id, f): What a browser sent. ERR_NOMEM. */
int intake_file_load(struct db *db, int64_t id, struct intake_file *f) must_use;

/* Where a step is done. */
struct intake_place {
	struct db *db;
	const struct shelf *shelf;
	int64_t now;
	/* Where all is one transaction that nobody looks into: what is new becomes a record while
	 * it is looked through, and what it is found by gathers here, for the caller to write
	 * between steps. NULL: records are made in a step of their own. */
	struct cell_batch *at_once;
};
/* intake_step(p, id, f): One piece of what import ${id} is at, in the transaction of p->db. ${f} is
 * this import's file, kept between its steps; all zero at first, or with its bytes. 1: there is
 * more; 0: the step is over, or there is none. */
int intake_step(const struct intake_place *p, int64_t id, struct intake_file *f) must_use;

/* intake_begin(p, by, f, name, bytes, ret_uid): A new import of a file into form ${f}; a browser's
 * file is kept (${is_kept}). ERR_INPUT: it cannot be read at all. ERR_DENIED: not for them. */
struct intake_new {
	const struct shelf_form *form;
	struct str file, bytes;
	bool is_kept;
};
int intake_begin(const struct record_by *by, const struct intake_new *what, struct str *ret_uid,
	int64_t *ret_id) must_use;
/* intake_may(by, f, ret): They may bring records of a file in. */
int intake_may(const struct record_by *by, const struct shelf_form *f, bool *ret) must_use;

/* intake_bring_some, intake_back_some, intake_look_some: the pieces, for intake_step. */
struct intake_work {
	const struct intake_place *place;
	struct arena *mem;
	int64_t id, account, at; /* ${at}: the place */
	const struct shelf_form *form;
	struct mapping mapping;
	struct str lang, note;
	struct intake_file *file;
};
/* intake_is_theirs(result): What failed is this row's matter, not the house's. */
bool intake_is_theirs(int result);
/* intake_make(w, key, uid, a, cells): A new record of a row; cells as in struct record_job. Of what
 * is theirs nothing was written. */
int intake_make(struct intake_work *w, struct str key, struct str uid, const struct answers *a,
	struct cell_batch *cells) must_use;
int intake_look_some(struct intake_work *w) must_use;
int intake_bring_some(struct intake_work *w) must_use;
int intake_back_some(struct intake_work *w) must_use;
struct record_by intake_by(const struct intake_work *w);
/* intake_merge(w, r, from, ret): The answers of ${r} with those that the file has in their place.
 */
int intake_merge(const struct intake_work *w, const struct record *r, const struct answers *from,
	struct answers *ret) must_use;

/* The thread that does it all, one piece after the other. */
struct writer;
struct intake;
/* intake_open(house, writer, ret): Start it; it goes on with what was under way. ERR_NOMEM. */
int intake_open(struct house *house, struct writer *writer, struct intake **ret) must_use;
/* intake_close(i): Before the writer. NULL is allowed. */
void intake_close(struct intake *i);
/* intake_woken(house, what): There is something to do; for a visit's ${kept}. */
void intake_woken(struct house *house, const void *what);
