/* I know, in memory, which secrets of devices are good: so that of what comes under another one no
 * file reaches the disk. */
#pragma once
#include "account/visit.h"

struct devices;
/* devices_open(ret), devices_close(d): NULL is allowed. ERR_NOMEM.
 * devices_load(d, db): Those of the database, in place of what was known. ERR_NOMEM. */
int devices_open(struct devices **ret) must_use;
void devices_close(struct devices *d);
int devices_load(struct devices *d, struct db *db) must_use;
/* devices_know(d, key): ${key} is a good one. Another house on the database may have made or ended
 * one a moment ago: the database has the last word. */
bool devices_know(struct devices *d, struct str key);
/* devices_begin(house, hash), devices_end(house, hash): For a visit's ${kept}: one was made or
 * ended; its hash as a C string. */
void devices_begin(struct house *house, const void *hash);
void devices_end(struct house *house, const void *hash);
