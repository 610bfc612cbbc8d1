/* I hold the keys to all rooms: what the program opened, in the order it was opened. */
#pragma once
#include "account/house.h"
#include "account/route.h"
#include "app/cache.h"
#include "app/config.h"
#include "app/readers.h"
#include "app/tidy.h"
#include "http/bucket.h"
#include "participate/machine.h"
#include "store/writer.h"

struct app {
	const struct config *config;
	struct house house;
	struct db *first; /* until the writer has it */
	struct writer *writer;
	struct cache *cache;
	struct tidy *tidy;
	struct readers *readers; /* on PostgreSQL; else NULL and the loops read */
	bool has_new_pepper;     /* the vault's key was made at this start */
	bool is_shared;          /* other nodes may use the same database */
	struct machine *machine; /* NULL: no machine translates */
	struct machine_address machine_at;
	struct bucket_table *buckets;
	struct http_server *server;
	_Atomic uint64_t faults; /* numbers the failures that people are shown */
};

/* Per event loop: its own connection, for reading; NULL where readers do that. */
struct loop {
	struct app *app;
	struct db *db;
};

/* app_open(config, app): Open database, keys, threads; bring the schema up to date. On failure
 * app_close still wants to be called. */
int app_open(const struct config *config, struct app *app) must_use;
void app_close(struct app *app);
