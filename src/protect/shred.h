/*
 * I know the file whose slots go into every key of a case, so that zeroing one ends the case in
 * every copy of the database. It lies beside the database, never in it, and has slots of 32
 * random bytes, which cases take at random: their order says nothing.
 */
#pragma once
#include "base/arena.h"
#include "crypto/crypto.h"

#define SHRED_FILE "shred.bin"

struct shred;
/* shred_open(folder, ret): The file in ${folder}, made (mode 0600, on disk) when there is none.
 * ERR_DENIED: others may read it. ERR_INPUT: it is no whole number of slots. ERR_IO, ERR_NOMEM. */
int shred_open(const char *folder, struct shred **ret) must_use;
/* shred_close(s): NULL is allowed. */
void shred_close(struct shred *s);

/* shred_slots(s): How many there are. shred_grow(s, n): At least ${n}, on disk.
 * shred_get(s, slot, ret): What a slot holds. ERR_MISSING: it was zeroed, or there is none.
 * shred_zero(s, slot): On disk before this returns. For any thread.
 * shred_claim(s, slot): True for the first who asks, as long as the house is open: two who report
 * at once do not get one slot. */
int64_t shred_slots(struct shred *s);
int shred_grow(struct shred *s, int64_t n) must_use;
int shred_get(struct shred *s, int64_t slot, struct secret *ret) must_use;
int shred_zero(struct shred *s, int64_t slot) must_use;
/* shred_log_due(s): A slot was zeroed since shred_log_done(s), or shred_log_again(s) was
 * said: what was locked with it should leave the
 * database's log, too (db_forget). */
bool shred_log_due(struct shred *s);
void shred_log_done(struct shred *s);
void shred_log_again(struct shred *s);
bool shred_claim(struct shred *s, int64_t slot) must_use;
