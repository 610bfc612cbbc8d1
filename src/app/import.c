/* "baraza import": what others exported, all of it or nothing. */
#include "account/audit.h"
#include "app/commands.h"
#include "app/import_records.h"
#include "app/words.h"
#include "base/clock.h"
#include "monitor/count.h"
#include "outcome/bundle_ask.h"
#include "participate/polis.h"
#include "store/backup.h"
#include <stdio.h>
#include <string.h>

static const char help[] =
	"baraza import polis DIR --space NAME [--title TEXT] [--lang CODE] [--draft]\n"
	"    a folder that Polis exported (comments.csv, participants-votes.csv, votes.csv,\n"
	"    summary.csv) becomes the consultation /c/NAME, closed, or with --draft a draft\n"
	"baraza import bundle FOLDER [--space NAME]\n"
	"    a consultation that baraza export wrote, with the same lasting identities\n"
	"baraza import records FORM FILE [--lang CODE] [--skip] [--word FIELD:WORD=VALUE]\n"
	"        [--column COLUMN=FIELD,HOW]\n"
	"    rows of a CSV or JSON file as records of a form, by the names of its columns; with\n"
	"    --skip rows that are refused are left out, else they stop it all;\n"
	"    --word says what a word of the file means, as often as needed;\n"
	"    --column names the columns instead: tags[]=act, id=,key, =US=country for all rows\n"
	"baraza import --backup FILE [--replace]\n"
	"    the whole database as it was when FILE was made\n"
	"\n"
	"All of it or nothing: a broken file is refused with its name, line and reason.\n"
	"CODE is ar, zh, en, fr, ru or es. Behind it, configuration:\n\n";

enum { WORDS_MAX = 100 };
#define IMPORT_MEM ((size_t)4 << 30)

static int say_usage(void)
{
	int status = words_usage(help);
	config_help();
	return status;
}

/* In the transaction that brings it in. */
static int note_import(struct db *db, int64_t space)
{
	return audit_put(db, clock_now(),
		&(struct audit_line){ .what = AUDIT_SPACE_IMPORTED, .space = space });
}

static int polis_in_tx(struct db *db, const struct polis_import *what, struct polis_count *ret)
{
	auto_arena mem;
	arena_init(&mem, IMPORT_MEM);
	auto_tx tx = { 0 };
	int result = db_tx_begin(db, &tx);
	if (result == 0)
		result = polis_import(db, &mem, what, clock_now(), ret);
	if (result >= 0)
		result = note_import(db, ret->space);
	return result < 0 ? result : db_tx_end(&tx);
}

static int import_polis(struct words *w)
{
	struct db *db;
	struct polis_count n = { 0 };
	const char *lang = words_value(w, "--lang");
	struct polis_import what = { .slug = str_c(words_value(w, "--space")),
		.title = str_c(words_value(w, "--title")),
		.lang = lang_by_code(str_c(lang ? lang : "en")),
		.is_draft = words_flag(w, "--draft"),
		.folder = words_next(w) };
	if (!what.folder || !what.slug.p)
		return say_usage();
	if (!words_is_slug(what.slug))
		return words_usage("baraza: --space takes 2 to 60 of a-z, 0-9 and -\n");
	if (!what.lang)
		return words_usage("baraza: --lang takes ar, zh, en, fr, ru or es\n");
	int status = words_db(w, DB_WRITE, &db);
	if (status)
		return status;
	int result = polis_in_tx(db, &what, &n);
	db_close(db);
	if (result < 0)
		return words_fault(result);
	printf("%lld statements (%lld of them hidden), %lld people, %lld votes are now at /c/%.*s\n",
		(long long)n.statements, (long long)n.hidden, (long long)n.people,
		(long long)n.votes, STR_ARG(what.slug));
	return 0;
}

static int bundle_in_tx(
	struct db *db, const char *folder, struct str slug, struct bundle_count *ret)
{
	auto_arena mem;
	arena_init(&mem, IMPORT_MEM);
	auto_tx tx = { 0 };
	int result = db_tx_begin(db, &tx);
	if (result == 0)
		result = bundle_import(db, &mem, &outcome_bundle, folder, slug, ret);
	if (result >= 0)
		result = note_import(db, ret->space);
	return result < 0 ? result : db_tx_end(&tx);
}

static int import_bundle(struct words *w)
{
	struct db *db;
	struct bundle_count n = { 0 };
	struct str slug = str_c(words_value(w, "--space"));
	const char *folder = words_next(w);
	if (!folder)
		return say_usage();
	if (slug.p && !words_is_slug(slug))
		return words_usage("baraza: --space takes 2 to 60 of a-z, 0-9 and -\n");
	int status = words_db(w, DB_WRITE, &db);
	if (status)
		return status;
	int result = bundle_in_tx(db, folder, slug, &n);
	db_close(db);
	if (result < 0)
		return words_fault(result);
	printf("%lld people, %lld items, %lld votes, %lld asks and %lld documents are brought in.\n",
		(long long)n.people, (long long)n.items, (long long)n.votes, (long long)n.asks,
		(long long)n.documents);
	return 0;
}

static int import_rows(struct words *w)
{
	struct db *db;
	struct shelf *shelf = NULL;
	const char *lang = words_value(w, "--lang");
	const struct lang *of = lang_by_code(str_c(lang ? lang : "en"));
	struct records_import what = { .may_skip = words_flag(w, "--skip"),
		.form = str_c(words_next(w)) };
	const char *word[WORDS_MAX], *column[WORDS_MAX], *one;
	while (what.n_word < WORDS_MAX && (one = words_value(w, "--word")))
		word[what.n_word++] = one;
	what.word = word;
	while (what.n_column < WORDS_MAX && (one = words_value(w, "--column")))
		column[what.n_column++] = one;
	what.column = column;
	what.path = words_next(w);
	if (!what.path)
		return say_usage();
	if (!of)
		return words_usage("baraza: --lang takes ar, zh, en, fr, ru or es\n");
	what.lang = of->code;
	int status = words_db(w, DB_WRITE, &db);
	if (status)
		return status;
	int result = shelf_open(&shelf);
	if (result == 0)
		result = shelf_archive(shelf, db, clock_now());
	if (result == 0)
		shelf_watch(shelf, count_watch);
	if (result == 0)
		result = import_records(db, shelf, &what);
	shelf_close(shelf);
	db_close(db);
	return result < 0 ? words_fault(result) : 0;
}

static int import_backup(struct words *w, const char *file)
{
	auto_config config = { 0 };
	bool may_replace = words_flag(w, "--replace");
	if (!*file)
		return say_usage();
	if (config_read(&config, w->n, w->word) < 0) {
		fprintf(stderr, "baraza: %s\n", err_noted());
		return EXIT_USAGE;
	}
	int result = backup_restore(file, config.db, may_replace);
	if (result < 0)
		return words_fault(result);
	printf("The database is as it was when %s was made.\n", file);
	return 0;
}

int import_main(int argc, char **argv)
{
	struct words w = { argc, argv };
	if (command_wants_help(argc, argv)) {
		fputs(help, stdout);
		config_help();
		return 0;
	}
	const char *backup = words_value(&w, "--backup");
	if (backup)
		return import_backup(&w, backup);
	const char *what = words_next(&w);
	if (what && !strcmp(what, "polis"))
		return import_polis(&w);
	if (what && !strcmp(what, "bundle"))
		return import_bundle(&w);
	if (what && !strcmp(what, "records"))
		return import_rows(&w);
	return say_usage();
}
