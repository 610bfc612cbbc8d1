/*
 * I destroy what people said in a consultation, piece by piece: votes, words, authors, receipts.
 *
 * Each piece is a small transaction of its own, and what is left says where to go on: a server that
 * is killed in between goes on when it is back. What was said leaves the row of its item, without
 * words and without author, so that no link to it leads nowhere and nothing that cites it loses
 * count.
 */
#pragma once
#include "store/db.h"

/* erase_piece(db, space): In a writer's transaction: 1 if something was destroyed, and there may
 * be more; 0: nothing is left. Begins with whatever hangs on the others. */
int erase_piece(struct db *db, int64_t space) must_use;
