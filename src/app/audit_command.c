/* baraza audit: whether what was done is still written down as it was. */
#include "account/audit.h"
#include "app/commands.h"
#include "app/config.h"
#include "protect/case_log.h"
#include <stdio.h>
#include <string.h>

/* 0: both chains hold; 1: one is broken; or negative. */
static int verify(struct db *db)
{
	struct audit_verdict all = { 0 };
	int64_t lines = 0, broken = 0;
	char mark[2 * HASH_BYTES + 1];
	int result = audit_check(db, &all);
	if (result == 0)
		result = case_log_check(db, &lines, &broken);
	if (result < 0)
		return result;
	hex_text(all.mark, sizeof all.mark, mark);
	if (all.broken)
		printf("what was done: line %lld was changed or is missing\n",
			(long long)all.broken);
	else
		printf("what was done: %lld lines hold; newest mark %s\n", (long long)all.lines,
			mark);
	if (broken)
		printf("cases: line %lld was changed or is missing\n", (long long)broken);
	else
		printf("cases: %lld lines hold\n", (long long)lines);
	return all.broken || broken;
}

int audit_main(int argc, char **argv)
{
	auto_config config = { 0 };
	struct db *db = NULL;
	bool is_help = command_wants_help(argc, argv);
	if (is_help || argc < 1 || strcmp(argv[0], "verify") != 0) {
		fputs("baraza audit verify: go along the chains of what was done, of the house and of its\n"
		      "cases. Exit status 1 when a line was changed or taken out. Named as for baraza serve:\n\n",
			is_help ? stdout : stderr);
		if (is_help)
			config_help();
		return is_help ? 0 : EXIT_USAGE;
	}
	if (config_read(&config, argc - 1, argv + 1) < 0) {
		fprintf(stderr, "baraza: %s\n", err_noted());
		return EXIT_USAGE;
	}
	int result = db_open(config.db, DB_READ, &db);
	if (result == 0)
		result = verify(db);
	if (result < 0)
		fprintf(stderr, "baraza: %s\n", err_noted());
	db_close(db);
	return result == 0 ? 0 : EXIT_FAULT;
}
