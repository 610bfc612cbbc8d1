/*
 * I tell by mail of the steps that records take: those who follow one, those whose role a step
 * names, and who made it, where the definition says so (docs/records.md). What not everybody may
 * read is told without a word of what it says.
 */
#pragma once
#include "notify/digest.h"
#include "record/record.h"

/* moves_watch(e): For shelf_watch: what is to be told waits from the transaction that moved it. */
int moves_watch(const struct record_event *e) must_use;

/* moves_round(needs): Letters for all whose time has come. The number of steps in them: while it is
 * not 0 there may be more. */
int moves_round(const struct digest_needs *needs) must_use;

/* moves_public(db, mem, shelf, uid, ret): The record, as everybody reads it. ERR_MISSING: not
 * everybody may. */
int moves_public(struct db *db, struct arena *mem, const struct shelf *shelf, struct str uid,
	struct record *ret) must_use;
/* moves_title(v, record, ret): What a record is called to everybody; one that is not public has no
 * name. 1, or 0: it is gone. */
int moves_title(struct visit *v, int64_t record, struct str *ret) must_use;
