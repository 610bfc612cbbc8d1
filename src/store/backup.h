/*
 * I know how a database is copied while others write to it, and how a copy becomes a
 * database again.
 *
 * A copy of SQLite is a SQLite file, one of PostgreSQL an archive of pg_dump; each goes back
 * into a database of its own kind only. The server's key is not in it: keep that elsewhere.
 */
#pragma once
#include "base/err.h"
#include <stdbool.h>

/* backup_make(url, to): Copy the database into the new file ${to}, as it is at one moment,
 * without holding up its writer. The file has its name only once it is whole, checked and on
 * disk; before that it is ${to}.part. ERR_CONFLICT: there is such a file already; ERR_IO;
 * ERR_MISSING: no database, no folder for the copy, or no pg_dump. */
int backup_make(const char *url, const char *to) must_use;

/* backup_restore(from, url, may_replace): Make the database ${url} what it was when ${from}
 * was made; all of it or nothing. ERR_CONFLICT: the database holds something and
 * ${may_replace} is false, or the copy is of a newer program; ERR_INPUT: ${from} is not a
 * whole copy of this kind of database; ERR_BUSY: a server is using it; ERR_MISSING. */
int backup_restore(const char *from, const char *url, bool may_replace) must_use;
