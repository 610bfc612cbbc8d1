/*
 * I know what is new for each reader and write it into one letter: by consultation, each thing
 * once, in the reader's language, and no letter when there is nothing.
 */
#pragma once
#include "notify/letter.h"
#include "notify/reader.h"
#include "store/writer.h"

/* What a round needs. */
struct digest_needs {
	struct db *db; /* reads */
	struct writer *writer;
	const struct house *house;
	struct str from;
	int64_t now;
};

/* digest_round(needs): Letters for all whose time has come. The number of readers looked at, at
 * most a few dozen: while it is not 0 there may be more. */
int digest_round(const struct digest_needs *needs) must_use;

/* digest_sweep(needs): Forget wishes that nobody said yes to within a week, addresses that follow
 * nothing, and news that everybody was told long ago. */
int digest_sweep(const struct digest_needs *needs) must_use;

/* digest_letter(needs, mem, who, subject, body, ret): The letter to ${who}; behind ${body} comes
 * why it was sent and how to end it. What it points to is in ${mem}, as ${subject} must be. */
int digest_letter(const struct digest_needs *needs, struct arena *mem, const struct reader *who,
	struct str subject, struct buf *body, struct letter *ret) must_use;
