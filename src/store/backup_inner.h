/* I know what both kinds of backup share. For this folder only. */
#pragma once
#include "store/backup.h"
#include <limits.h>

/* backup_file_new(path): An empty file that nobody else may read. ERR_CONFLICT, ERR_MISSING,
 * ERR_IO. */
int backup_file_new(const char *path) must_use;

/* A copy into ${part}, checked; it may rely on an empty ${part} being there. */
int backup_lite_make(const char *path, const char *part) must_use;
int backup_lite_restore(const char *from, const char *path, bool may_replace) must_use;
int backup_pg_make(const char *url, const char *part) must_use;
int backup_pg_restore(const char *from, const char *url, bool may_replace) must_use;
