/*
 * I know the files of records: written into a folder beside the database piece by piece as they
 * come, each under the hash of what it holds, pictures only after they were made anew. An answer
 * names its file; who holds a file (a record or a draft) is a row; what nobody holds is swept.
 */
#pragma once
#include "account/visit.h"
#include "record/answers.h"
#include "render/file_kind.h"

enum {
	BLOB_MAX = 50 << 20,  /* bytes of one */
	BLOBS_HELD_MAX = 30,  /* files of one record or draft */
	BLOB_NAME_MAX = 120,  /* bytes */
	BLOB_HASH_CHARS = 64, /* of the BLAKE2b, hexadecimal */
	BLOB_BODY_MAX = 3 * BLOB_MAX,
};
#define BLOB_FOLDER "blobs"

/* What an answer says: "HASH SIZE TYPE NAME". */
struct blob_card {
	struct str hash, type, name;
	int64_t size;
};
/* blob_card(answer, ret): false: it names no file. */
bool blob_card(struct str answer, struct blob_card *ret);
/* blob_looks(card): A browser may show it: a picture that was made anew, or plain text. */
bool blob_looks(const struct blob_card *card);

/* ---- the folder ---- */

struct blobs;
/* blobs_open(folder, ret): The folder in ${folder}, made (mode 0700) when there is none. ERR_IO.
 * blobs_stop(b): No more work on files. blobs_close(b): NULL is allowed.
 * blobs_sink(b): Where uploads go. blob_shut(b, part): One for its functions that goes nowhere;
 * NULL: no memory. */
int blobs_open(const char *folder, struct blobs **ret) must_use;
void blobs_stop(struct blobs *b);
void blobs_close(struct blobs *b);
const struct http_sink *blobs_sink(const struct blobs *b);
void *blob_shut(struct blobs *b, const struct http_pair *part);
/* blobs_read(b, hash, ret_n): A descriptor of the file, ${ret_n} bytes long. ERR_MISSING. */
int blobs_read(const struct blobs *b, struct str hash, int64_t *ret_n) must_use;
/* blobs_sweep(b, db, today): Take away what nobody holds and is older than today. How many, or
 * ERR_IO. In the writer. */
int blobs_sweep(const struct blobs *b, struct db *db, int64_t today) must_use;
/* blobs_check(folder, db, ret_n, ret_bad): How many files are held, and how many of them are not
 * there or are not what they were. */
int blobs_check(const char *folder, struct db *db, int64_t *ret_n, int64_t *ret_bad) must_use;

/* ---- a file on its way ---- */

/* It comes by a form with has_blobs, or from blob_make; then it is settled, on a thread of its
 * own; then, in a transaction, somebody holds it. */
struct blob;
struct blob_sent {
	struct str name; /* of the field */
	struct str filename;
	struct blob *blob;
	enum def_media media; /* for blob_settle_all: what it must be */
};
/* blob_all(v, ret): Those of this request; how many. They live as long as it. */
size_t blob_all(const struct visit *v, struct blob_sent ret[HTTP_FILES_MAX]);
/* blob_settle(v, all, n): Look what they are, make pictures anew, and see to it that all is on the
 * disk; in a check, which ends with it: VISIT_PARKED, or ERR_BUSY. blob_settle_all: None stays on
 * the disk where one is not what it must be. */
int blob_settle(struct visit *v, const struct blob_sent all[], size_t n) must_use;
int blob_settle_all(struct visit *v, const struct blob_sent all[], size_t n) must_use;
/* blob_make(b, name, bytes, ret): The same for bytes that are at hand, settled already; on a thread
 * that may wait. blob_drop(blob): The caller's end of it; NULL is allowed. ERR_NOMEM. What is wrong
 * with the bytes says blob_fault. */
int blob_make(struct blobs *b, struct str name, struct str bytes, struct blob **ret) must_use;
void blob_drop(struct blob *blob);

/* blob_fault(blob, media): What is wrong with it as an answer to a question for ${media}: a
 * message; 0: nothing. Settled. */
int blob_fault(const struct blob *blob, enum def_media media);
/* blob_hold(db, mem, blob, uid, ret): From now on the draft or record ${uid} holds it, be it there
 * already or made in the same transaction; ${ret} is the answer that names it. ERR_INPUT: there is
 * something wrong with it. ERR_LIMIT: it holds as many as may be. ERR_CONFLICT: it was swept
 * meanwhile; to be sent again. */
int blob_hold(struct db *db, struct arena *mem, const struct blob *blob, struct str uid,
	struct str *ret) must_use;

/* ---- who holds what ---- */

/* blob_sync(db, mem, uid, a): The record or draft ${uid} holds exactly what its answers name.
 * ERR_INPUT: one names a file that nobody holds, which only a made-up answer does. */
int blob_sync(struct db *db, struct arena *mem, struct str uid, const struct answers *a) must_use;
/* blob_again(db, mem, uid, a): The same, believing the answers: for rows that are made anew. */
int blob_again(struct db *db, struct arena *mem, struct str uid, const struct answers *a) must_use;
/* blob_await(db, uid, until): What ${uid} holds stays until then, in seconds, though there is no
 * record or draft of that number yet; 0: no longer than there is one. */
int blob_await(struct db *db, struct str uid, int64_t until) must_use;
/* blob_of(a, field, row, ret): The file that an answer names. false: none. */
bool blob_of(const struct answers *a, int field, size_t row, struct blob_card *ret);
/* blob_path(mem, def, uid, field, row): "/file/UID/FIELD/ROW", where it is read; absent: no room.
 */
struct str blob_path(
	struct arena *mem, const struct def *def, struct str uid, int field, size_t row);
