/*
 * I am the thread that works when nobody waits: I compress kept pages as hard as can be, look every
 * few seconds whether somebody else has written to the database, and go through the whole log of
 * what was done, at the start and each night.
 */
#pragma once
#include "account/house.h"
#include "app/cache.h"
#include "store/writer.h"

/* Kept, and outlives the thread. */
struct tidy_needs {
	struct cache *cache;
	struct house *house;
	struct writer *writer; /* only it can tell its own writing from another's */
	const char *db;        /* address, to read the log */
	bool is_shared;        /* on PostgreSQL others may have written elsewhere: ask less often */
};

struct tidy;
/* tidy_open(needs, ret): Start the thread, at a low priority. */
int tidy_open(const struct tidy_needs *needs, struct tidy **ret) must_use;
/* tidy_close(t): Stop it, before the writer; what is under way is finished. NULL is allowed. */
void tidy_close(struct tidy *t);
