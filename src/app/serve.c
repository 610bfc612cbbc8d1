#include "app/serve.h"
#include "account/audit_watch.h"
#include "account/counts.h"
#include "account/first.h"
#include "account/key.h"
#include "account/parcel.h"
#include "account/sessions.h"
#include "account/settings.h"
#include "app/app.h"
#include "app/commands.h"
#include "app/outlines.h"
#include "app/request.h"
#include "base/clock.h"
#include "base/log.h"
#include "crypto/keys.h"
#include "crypto/password.h"
#include "monitor/count.h"
#include "monitor/value.h"
#include "monitor/warn.h"
#include "notify/moves.h"
#include "notify/post.h"
#include "openrosa/devices.h"
#include "openrosa/gone.h"
#include "openrosa/xform.h"
#include "participate/board.h"
#include "participate/easy.h"
#include "protect/case_locks.h"
#include "protect/channel.h"
#include "protect/file.h"
#include "protect/shred.h"
#include "record/blob.h"
#include "record/intake.h"
#include "record/shelf.h"
#include "render/press.h"
#include "vault/vault.h"
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
	WRITER_QUEUE = 4096,
	CACHE_BYTES = 8 << 20,
	LOOPS_MAX = 8,
	READERS_MIN = 2,
	READERS_MAX = 4
};

static struct http_server *running; /* for the signal handler alone */

/* A thread for each processor, within these bounds: more would only take turns. */
static int processors(long min, long max)
{
	long n = sysconf(_SC_NPROCESSORS_ONLN);
	return (int)(n < min ? min : n > max ? max : n);
}

static void on_signal(int number)
{
	(void)number;
	http_stop(running);
}

/* The first line of each start, and what was done to the schema before. */
static int note_opening(struct db *db, int from, int to)
{
	auto_tx tx = { 0 };
	int result = db_tx_begin(db, &tx);
	if (result == 0 && to > from)
		result = audit_put(
			db, clock_now(), &(struct audit_line){ .what = AUDIT_SCHEMA, .n = to });
	if (result == 0)
		result = audit_put(db, clock_now(), &(struct audit_line){ .what = AUDIT_OPENED });
	return result < 0 ? result : db_tx_end(&tx);
}

/* A key that was lost is not made anew in silence: what was made with it would never open. */
static int guard_pepper(struct app *app)
{
	int result = account_key_any(app->first);
	if (result <= 0)
		return result;
	keys_pepper_unmake(app->config->data);
	return err_note(ERR_MISSING,
		KEYS_PEPPER_FILE
		" is missing, and accounts have keys: bring it back from a backup");
}

/* Schema and settings, before anybody else uses the database. */
static int open_database(struct app *app)
{
	int from = 0, to = 0;
	int result = db_open(app->config->db, DB_WRITE, &app->first);
	app->is_shared = result == 0 && db_is_pg(app->first);
	if (result == 0)
		result = db_migrate(app->first, &from, &to);
	if (result == 0 && app->has_new_pepper)
		result = guard_pepper(app);
	if (result == 0)
		result = note_opening(app->first, from, to);
	if (result == 0)
		result = db_others_wrote(app->first); /* from here on: see tidy.c */
	if (result >= 0)
		result = settings_load(app->first, &app->house);
	if (result == 0)
		result = shelf_archive(app->house.shelf, app->first, clock_now());
	if (result == 0)
		result = devices_load(app->house.devices, app->first);
	if (result == 0)
		result = channel_start(app->first, &app->house);
	if (result == 0)
		result = locks_finish(app->first, app->house.shred);
	if (result == 0 && to > from)
		log_event(LOG_LEVEL_NOTICE, "schema", LOG_N("from", from), LOG_N("to", to), );
	return result;
}

/* First of all: the vault is a copy of this process, and should be one that knows little and has
 * neither threads nor a database. */
static int open_keys(struct app *app)
{
	auto_secret pepper = { 0 };
	int result = keys_pepper(app->config->data, &pepper);
	app->has_new_pepper = result > 0;
	if (result >= 0)
		result = vault_open(&pepper, &app->house.vault);
	if (result == 0)
		result = shred_open(app->config->data, &app->house.shred);
	if (result == 0)
		result = files_open(app->config->data, &app->house.files);
	if (result == 0)
		result = blobs_open(app->config->data, &app->house.blobs);
	return result < 0 ? result : keys_open(app->config->data, &app->house.keys);
}

static int open_shelf(struct house *house)
{
	int result = shelf_open(&house->shelf);
	if (result == 0) {
		shelf_watch(house->shelf, count_watch);
		shelf_watch(house->shelf, warn_watch);
		shelf_watch(house->shelf, openrosa_watch);
		shelf_watch(house->shelf, moves_watch);
		shelf_watch(house->shelf, value_watch);
		result = xforms_open(&house->xforms);
		if (result == 0)
			result = devices_open(&house->devices);
	}
	return result;
}

int app_open(const struct config *config, struct app *app)
{
	*app = (struct app){ .config = config };
	app->house.is_https = !strcmp(config->https, "yes");
	app->house.has_machine = *config->translate;
	app->house.embed = str_trim(str_c(config->embed));
	int result = open_keys(app);
	if (result == 0)
		result = open_shelf(&app->house);
	if (result == 0)
		result = open_database(app);
	if (result == 0)
		result = sessions_open(&app->house.sessions);
	if (result == 0)
		result = audit_watch_open(&app->house.audit);
	if (result == 0)
		result = counts_open(&app->house.counts);
	if (result == 0)
		result = passwords_open(&app->house.keys->password, &app->house.passwords);
	if (result == 0)
		result = outlines_open(config->map, &app->house.map);
	if (result == 0)
		result = press_open(&app->house.press);
	if (result == 0)
		result = parcels_open(config->data, config->db, &app->house.parcels);
	if (result == 0)
		result = cache_open(CACHE_BYTES, &app->cache);
	if (result == 0 && app->is_shared)
		result = readers_open(
			config->db, processors(READERS_MIN, READERS_MAX), &app->readers);
	if (result == 0 && !(app->buckets = bucket_open()))
		result = err_note(ERR_NOMEM, "rate limits");
	return result;
}

/* From here on only the writer writes. */
static int start_writer(struct app *app)
{
	int result = writer_open(app->first, WRITER_QUEUE, &app->writer);
	if (result == 0)
		app->first = NULL;
	return result;
}

void app_close(struct app *app)
{
	post_stop(app->house.post);
	readers_close(app->readers);
	parcels_stop(app->house.parcels);
	tidy_close(app->tidy);
	lane_close(app->house.press);
	machine_close(app->machine);
	intake_close(app->house.intake);
	passwords_close(app->house.passwords); /* before the writer: its visits go on there */
	files_stop(app->house.files);          /* and so do its */
	blobs_stop(app->house.blobs);
	writer_close(app->writer);
	post_close(app->house.post);
	board_close(app->house.take_part);
	db_close(app->first);
	http_close(app->server);
	parcels_close(app->house.parcels);
	bucket_close(app->buckets);
	cache_close(app->cache);
	map_close(app->house.map);
	sessions_close(app->house.sessions);
	audit_watch_close(app->house.audit);
	counts_close(app->house.counts);
	settings_free(&app->house);
	xforms_close(app->house.xforms);
	devices_close(app->house.devices);
	shelf_close(app->house.shelf);
	files_close(app->house.files);
	blobs_close(app->house.blobs);
	shred_close(app->house.shred);
	vault_close(app->house.vault);
	keys_close(app->house.keys);
}

static int loops(const struct config *config)
{
	int64_t asked;
	if (str_i64(str_c(config->loops), &asked) && asked > 0 && asked <= 64)
		return (int)asked;
	return processors(1, LOOPS_MAX);
}

static int listen_on(struct app *app)
{
	struct str list = str_c(app->config->listen), one, address[CONFIG_LISTEN_MAX];
	size_t n = 0;
	while (str_cut(&list, ' ', &one))
		if (one.n && n < CONFIG_LISTEN_MAX)
			address[n++] = one;
	const struct http_limits limits = { 0 };
	const struct http_app handlers = request_app(app);
	return http_open(address, n, &limits, &handlers, &app->server);
}

static int start_tidy(struct app *app)
{
	const struct tidy_needs needs = { .cache = app->cache,
		.house = &app->house,
		.writer = app->writer,
		.db = app->config->db,
		.is_shared = app->is_shared };
	return tidy_open(&needs, &app->tidy);
}

static int start_machine(struct app *app)
{
	app->machine_at = (struct machine_address){ app->config->translate,
		app->config->translate_key };
	return machine_open(
		app->config->db, &app->machine_at, &app->house, app->writer, &app->machine);
}

/* Where people find the house, as an address to click on. */
static void say_open(const struct app *app)
{
	struct str list = str_c(app->config->listen), first;
	if (str_cut(&list, ' ', &first) && str_starts(first, "unix"))
		printf("Baraza is open at %.*s\n", STR_ARG(first));
	else
		printf("Baraza is open at http://%.*s:%d\n", (int)(strrchr(first.p, ':') - first.p),
			first.p, http_port(app->server));
	fflush(stdout);
}

static int run(struct app *app)
{
	struct sigaction act = { .sa_handler = on_signal };
	int result = first_start(app->first, app->house.keys);
	if (result == 0)
		result = easy_look(app->first, &app->house);
	if (result == 0)
		result = start_writer(app);
	if (result == 0)
		result = board_open(app->config->db, &app->house, &app->house.take_part);
	if (result == 0)
		result = intake_open(&app->house, app->writer, &app->house.intake);
	if (result == 0)
		result = start_tidy(app);
	if (result == 0 && *app->config->translate)
		result = start_machine(app);
	if (result == 0)
		result = post_open(&(struct post_needs){ .smtp = app->config->smtp,
					   .from = app->config->mail_from,
					   .db = app->config->db,
					   .writer = app->writer,
					   .house = &app->house },
			&app->house.post);
	if (result == 0)
		result = listen_on(app);
	if (result < 0)
		return result;
	running = app->server;
	sigaction(SIGINT, &act, NULL);
	sigaction(SIGTERM, &act, NULL);
	signal(SIGPIPE, SIG_IGN);
	signal(SIGXFSZ, SIG_IGN); /* a file that may not grow is a failed write, like a full disk */
	say_open(app);
	return http_run(app->server, loops(app->config));
}

int serve_with(const struct config *config, int (*before)(struct db *db, struct house *house))
{
	static struct app app;
	int result = app_open(config, &app);
	if (result == 0 && before)
		result = before(app.first, &app.house);
	if (result == 0)
		result = run(&app);
	if (result < 0)
		fprintf(stderr, "baraza: %s: %s\n", err_name(result), err_noted());
	app_close(&app);
	return result < 0 ? EXIT_FAULT : 0;
}

int serve_main(int argc, char **argv)
{
	auto_config config = { 0 };
	if (command_wants_help(argc, argv)) {
		puts("baraza serve: open the house to visitors until Ctrl-C or SIGTERM.\n");
		config_help();
		return 0;
	}
	if (config_read(&config, argc, argv) < 0) {
		fprintf(stderr, "baraza: %s\n", err_noted());
		return EXIT_USAGE;
	}
	return serve_with(&config, NULL);
}
