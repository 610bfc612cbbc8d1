/* baraza user: look after accounts while the house is open or closed. */
#include "account/user.h"
#include "app/commands.h"
#include "app/config.h"
#include <stdio.h>
#include <string.h>

static int failed(int status)
{
	fprintf(stderr, "baraza: %s\n", err_noted());
	return status;
}

static int open_house(const struct config *config, struct db **ret_db, struct keys **ret_keys)
{
	int from, to;
	int result = keys_open(config->data, ret_keys);
	if (result == 0)
		result = db_open(config->db, DB_WRITE, ret_db);
	return result == 0 ? db_migrate(*ret_db, &from, &to) : result;
}

int user_main(int argc, char **argv)
{
	auto_config config = { 0 };
	struct db *db = NULL;
	struct keys *keys = NULL;
	int words = 0;
	while (words < argc && strncmp(argv[words], "--", 2) != 0)
		words++;
	if (command_wants_help(argc, argv)) {
		account_user_help();
		puts("\nThe house is named as for baraza serve:\n");
		config_help();
		return 0;
	}
	if (config_read(&config, argc - words, argv + words) < 0)
		return failed(EXIT_USAGE);
	int result = open_house(&config, &db, &keys);
	int status = result < 0 ? failed(EXIT_FAULT) : account_user_command(words, argv, db, keys);
	db_close(db);
	keys_close(keys);
	return status;
}
