/* "baraza export": copies to keep, and to carry elsewhere. */
#include "app/commands.h"
#include "app/words.h"
#include "store/backup.h"
#include <stdio.h>

static const char help[] =
	"baraza export --backup FILE\n"
	"    the whole database, while it is in use; baraza import --backup brings it back\n"
	"\n"
	"Behind it, configuration:\n\n";

static int say_usage(void)
{
	int status = words_usage(help);
	config_help();
	return status;
}

static int export_backup(const struct words *w, const char *file)
{
	struct config config;
	if (!*file)
		return say_usage();
	if (config_read(&config, w->n, w->word) < 0) {
		fprintf(stderr, "baraza: %s\n", err_noted());
		return EXIT_USAGE;
	}
	int result = backup_make(config.db, file);
	if (result < 0)
		return words_fault(result);
	printf("The database is copied to %s; keep the server's key elsewhere.\n", file);
	return 0;
}

int export_main(int argc, char **argv)
{
	struct words w = { argc, argv };
	if (command_wants_help(argc, argv)) {
		fputs(help, stdout);
		config_help();
		return 0;
	}
	const char *backup = words_value(&w, "--backup");
	return backup ? export_backup(&w, backup) : say_usage();
}
