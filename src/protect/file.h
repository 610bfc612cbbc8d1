/*
 * I know files that people send: sealed piece by piece as they come, each under a key of its own,
 * into a folder beside the database. Nothing of them is ever on the disk in clear; pictures wait
 * in memory until they were made anew without what is hidden in them.
 */
#pragma once
#include "account/visit.h"
#include "render/file_kind.h"
#include "vault/seal.h"

enum {
	FILE_MAX = 500 << 20, /* bytes of one */
	FILES_MAX = 10,       /* of one report before it is sent */
	FILE_ID_CHARS = 22,
};
#define FILE_FOLDER "files"

/* A file that lies sealed: under which name, and its card, which holds its key. */
struct file_sealed {
	struct vault_id id;
	uint8_t card[VAULT_CARD_MAX];
};
_Static_assert(sizeof(struct file_sealed) == VAULT_ID + VAULT_CARD_MAX, "bytes without a gap");
void file_sealed_wipe(struct file_sealed *f);

struct files;
struct lane;
/* files_open(folder, ret): The folder in ${folder}, made (mode 0700) when there is none. ERR_IO.
 * files_stop(f): No more work on pictures. files_close(f): NULL is allowed.
 * files_sink(f): Where uploads go. upload_shut(): One for its functions that goes nowhere; NULL: no
 * memory. */
int files_open(const char *folder, struct files **ret) must_use;
void files_stop(struct files *f);
void files_close(struct files *f);
const struct http_sink *files_sink(const struct files *f);
void *upload_shut(void);
/* files_read(f, id, ret_head): The body of a file behind its head; a descriptor. ERR_MISSING. */
int files_read(
	const struct files *f, const struct vault_id *id, uint8_t ret_head[STREAM_HEAD]) must_use;
/* files_sweep(f, db, today): Take away what no case and no draft knows any more, and is older than
 * today. How many, or ERR_IO. Writes. */
int files_sweep(const struct files *f, struct db *db, int64_t today) must_use;

/* A file on its way, of this request. */
struct upload;
enum { UPLOADS_MAX = 8 };
/* upload_all(v, name, ret): Those of field ${name}; how many. */
size_t upload_all(const struct visit *v, const char *name, struct upload *ret[UPLOADS_MAX]);
/* upload_settle(v, all, n): Make pictures anew, and see to it that all is on the disk; in a check,
 * which ends with it: VISIT_PARKED, or ERR_BUSY. What is wrong with one it says itself. */
int upload_settle(struct visit *v, struct upload *const all[], size_t n) must_use;
enum file_fault upload_fault(const struct upload *u);
struct str upload_name(const struct upload *u);
/* upload_sealed(u): It stays when the request has ended. NULL: there is something wrong with it. */
const struct file_sealed *upload_sealed(struct upload *u);
