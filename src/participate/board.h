/*
 * I know the newest results of each space. A thread of mine counts anew in the background when
 * somebody has voted; a reader only ever takes what is ready.
 *
 * Results follow a vote after 2 quiet seconds, or after 10 at most; public pages then renew.
 * Votes that come from elsewhere (an import, another server on the same database) are noticed
 * within half a minute. A lost database is asked again later; what was known stays.
 */
#pragma once
#include "account/house.h"
#include "participate/figures.h"

struct board;

/* board_open(db, house, ret): Start the thread, on a read-only connection of its own to the
 * address ${db}, and count every space that is not a draft. Keeps ${db} and ${house}; house
 * changes are announced there. ERR_NOMEM, ERR_IO. */
int board_open(const char *db, struct house *house, struct board **ret) must_use;
/* board_close(b): Stop soon, whatever is under way; NULL is allowed. */
void board_close(struct board *b);

/* board_voted(b, vote): That vote is on disk. Called in the order of commits. */
void board_voted(struct board *b, const struct board_vote *vote);
/* board_changed(b, space): Something else that is public may have changed there: people,
 * statements, contributions. 0: nobody knows where. Both are quick and may come from any
 * thread; ${b} may be NULL. */
void board_changed(struct board *b, int64_t space);

/* board_hold(b, space): The newest figures, or NULL when none are ready. They stay until
 * figures_release. */
const struct figures *board_hold(struct board *b, int64_t space);
/* board_is_fresh(b, f): The list of statements in ${f} is that of the database. */
bool board_is_fresh(struct board *b, const struct figures *f);
