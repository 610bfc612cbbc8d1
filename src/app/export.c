/* "baraza export": copies to keep, and to carry elsewhere. */
#include "app/commands.h"
#include "app/words.h"
#include "outcome/bundle_ask.h"
#include "store/backup.h"
#include <stdio.h>

static const char help[] =
	"baraza export --space NAME FOLDER\n"
	"    the consultation /c/NAME, whole: space.json and tables that a spreadsheet opens;\n"
	"    it holds what is not public, too, but no codes and no accounts\n"
	"baraza export --backup FILE\n"
	"    the whole database, while it is in use; baraza import --backup brings it back\n"
	"\n"
	"Behind it, configuration:\n\n";

#define EXPORT_MEM ((size_t)4 << 30)

static int say_usage(void)
{
	int status = words_usage(help);
	config_help();
	return status;
}

static int export_backup(const struct words *w, const char *file)
{
	auto_config config = { 0 };
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

static int export_bundle(struct words *w, struct str slug)
{
	struct db *db;
	struct bundle_count n;
	auto_arena mem;
	arena_init(&mem, EXPORT_MEM);
	const char *folder = words_next(w);
	if (!folder || !slug.n)
		return say_usage();
	int status = words_db(w, DB_READ, &db);
	if (status)
		return status;
	int result = bundle_export(db, &mem, &outcome_bundle, slug, folder, &n);
	db_close(db);
	if (result == 0)
		status = words_trace(w, AUDIT_BUNDLE_TAKEN, n.space);
	if (result < 0 || status)
		return result < 0 ? words_fault(result) : status;
	printf("%lld people, %lld items, %lld votes, %lld asks and %lld documents are written to "
	       "%s; some of it is not public.\n",
		(long long)n.people, (long long)n.items, (long long)n.votes, (long long)n.asks,
		(long long)n.documents, folder);
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
	if (backup)
		return export_backup(&w, backup);
	struct str slug = str_c(words_value(&w, "--space"));
	return export_bundle(&w, slug);
}
