/*
 * I know the definitions in use, with their labels, and those that older records were made with.
 * Which ones are in use may change while the program runs: a whole new set takes the place of the
 * old one, whose forms stay readable for as long as the shelf is open.
 */
#pragma once
#include "account/visit.h"
#include "record/labels.h"

struct shelf_form {
	int64_t id; /* in record_form */
	const struct def *def;
	struct labels labels[LANG_COUNT];
	struct def_fields left_out; /* sealed: nothing here could lock the answers */
	bool can_make; /* records can be made: nothing sealed is required, it is not sealed itself
			*/
};

struct shelf;
struct record;
struct record_by;

/* What happened to a record. */
struct record_event {
	const struct record_by *by;
	const struct shelf *shelf;
	const struct record *r; /* as it is now; NULL: all that is made from records begins anew */
	struct str was_state;   /* "" for a new one */
	const struct def_move *moved; /* the step that it took; NULL: none */
	/* A record that goes as a whole is in a state without a name: in none that anybody knows.
	 */
	bool is_anew; /* it was there before: what is made from it is made anew */
};
typedef int (*record_watch)(const struct record_event *e);
enum { SHELF_WATCHES = 8 };
/* shelf_watch(s, watch): Have rooms above told of each record that is made, changed or moved, in
 * the transaction that writes it; a failure takes it back. Before the shelf is used. */
void shelf_watch(struct shelf *s, record_watch watch);
/* shelf_tell(s, e): For this room. */
int shelf_tell(const struct shelf *s, struct record_event e) must_use;

/* shelf_open(ret): Read the definitions that come with the program. ERR_INPUT: one is wrong; the
 * note tells. ERR_NOMEM. */
int shelf_open(struct shelf **ret) must_use;
/* shelf_close(s): NULL is allowed. */
void shelf_close(struct shelf *s);
/* shelf_archive(s, db, now): Keep the text of each for the records that will be made with it, and
 * take over versions that administrators have put in use. Before it is used for anything else;
 * writes. */
int shelf_archive(struct shelf *s, struct db *db, int64_t now) must_use;

/* shelf_all(s, ret_n): In the order in which they are shown; without those that are sealed as a
 * whole, of which there are no records (room protect keeps their answers). */
const struct shelf_form *shelf_all(const struct shelf *s, size_t *ret_n);
/* shelf_sealed(s, ret_n): Those, in their order. */
const struct shelf_form *shelf_sealed(const struct shelf *s, size_t *ret_n);
/* shelf_find(s, name): The one that new records are made with; NULL: there is none. */
const struct shelf_form *shelf_find(const struct shelf *s, struct str name);
/* shelf_of(s, db, mem, id, ret): The one that a record was made with, read anew in ${mem} where it
 * is an older one. ERR_MISSING, ERR_BUG (it cannot be read any more), ERR_NOMEM. */
int shelf_of(const struct shelf *s, struct db *db, struct arena *mem, int64_t id,
	const struct shelf_form **ret) must_use;

/* shelf_version(s, db, mem, now, version, ret): Of the form of which ${now} is in use, version
 * ${version} as it was last in use. ERR_MISSING: there was none; else as shelf_of. */
int shelf_version(const struct shelf *s, struct db *db, struct arena *mem,
	const struct shelf_form *now, int64_t version, const struct shelf_form **ret) must_use;

/* A definition with its translations, as text; absent: the program's own. */
struct shelf_text {
	struct str source, po[LANG_COUNT];
	struct str file; /* its name, for complaints; absent: "the new version" */
};
/* shelf_read(mem, file, text, ret): Read it, as a form that is not in use; ${file} is its name in
 * complaints. ERR_INPUT: it is wrong; the note says "file:line: what". */
int shelf_read(struct arena *mem, const char *file, const struct shelf_text *text,
	struct shelf_form *ret) must_use;
/* shelf_offer(s, db, text, now, ret): Keep it, and make it ready to be the one in use: shelf_use,
 * once what was written is on disk. In a transaction of the caller. */
struct shelf_set;
int shelf_offer(struct shelf *s, struct db *db, const struct shelf_text *text, int64_t now,
	struct shelf_set **ret) must_use;
/* shelf_reload(s, db): Take over what another house on this database has put in use since. 1: there
 * was something; 0. In the writer. ERR_NOMEM. */
int shelf_reload(struct shelf *s, struct db *db) must_use;
/* shelf_use(house, set): For a visit's ${kept}. */
void shelf_use(struct house *house, const void *set);

/* shelf_labels(f, l): What its parts are called for a reader of ${l}. */
static inline const struct labels *shelf_labels(const struct shelf_form *f, const struct lang *l)
{
	return &f->labels[l->id];
}
