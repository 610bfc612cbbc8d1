/*
 * I know the command "baraza user": looking after accounts from the console, for when the
 * browser does not help.
 */
#pragma once
#include "crypto/keys.h"
#include "store/db.h"

/* account_user_command(argc, argv, db, keys): argv[0] is the first word behind "user". Prints
 * to stdout, faults to stderr; the exit status: 0, 1 (fault) or 2 (usage). ${db} writes. */
int account_user_command(int argc, char **argv, struct db *db, const struct keys *keys) must_use;
/* account_user_help(): What the command can do, for --help. */
void account_user_help(void);
