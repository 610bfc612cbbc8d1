/* baraza reindex: what is made from the answers of records, made anew. */
#include "app/commands.h"
#include "app/config.h"
#include "base/clock.h"
#include "monitor/count.h"
#include "monitor/warn.h"
#include "record/record.h"
#include <stdio.h>

static int reindex(struct db *db, struct shelf *shelf)
{
	int from, to;
	auto_tx tx = { 0 };
	int result = db_much(db);
	if (result == 0)
		result = db_migrate(db, &from, &to);
	if (result == 0)
		result = shelf_archive(shelf, db, clock_now());
	if (result == 0)
		result = db_tx_begin(db, &tx);
	int n = result == 0 ? record_reindex(db, shelf) : result;
	if (n >= 0)
		result = db_tx_end(&tx);
	return n < 0 ? n : result < 0 ? result : n;
}

int reindex_main(int argc, char **argv)
{
	auto_config config = { 0 };
	struct db *db = NULL;
	struct shelf *shelf = NULL;
	if (command_wants_help(argc, argv)) {
		puts("baraza reindex: make anew what finds and counts records, from their answers.\n"
		     "Close the house first. Named as for baraza serve:\n");
		config_help();
		return 0;
	}
	if (config_read(&config, argc, argv) < 0) {
		fprintf(stderr, "baraza: %s\n", err_noted());
		return EXIT_USAGE;
	}
	int result = shelf_open(&shelf);
	if (result == 0) {
		shelf_watch(shelf, count_watch);
		shelf_watch(shelf, warn_watch);
	}
	if (result == 0)
		result = db_open(config.db, DB_WRITE, &db);
	int n = result == 0 ? reindex(db, shelf) : result;
	if (n < 0)
		fprintf(stderr, "baraza: %s\n", err_noted());
	else
		printf("%d records\n", n);
	db_close(db);
	shelf_close(shelf);
	return n < 0 ? EXIT_FAULT : 0;
}
