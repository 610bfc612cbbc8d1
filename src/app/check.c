/* baraza check: look at everything that can be wrong with a house, and say how to mend it. */
#include "account/audit.h"
#include "account/settings.h"
#include "app/check.sql.h"
#include "app/commands.h"
#include "app/config.h"
#include "app/outlines.h"
#include "base/clock.h"
#include "crypto/keys.h"
#include "http/listen.h"
#include "notify/address.h"
#include "notify/smtp.h"
#include "record/blob.h"
#include "record/def_check.h"
#include "record/forms.h"
#include "record/labels.h"
#include "store/db.h"
#include "vault/vault.h"
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { CHECK_MEM = 32 << 20, PATH_SIZE = 4096 };

/* Before this program was written nothing of it happened. */
static const int64_t clock_least = 1767225600; /* 2026-01-01 */

struct check {
	const struct config *config;
	struct db *db; /* reads; NULL: there is none yet, or it cannot be reached */
	int step;      /* of the schema; -1: there is none yet */
	struct arena mem;
	int n_wrong;
};

static void say(struct check *c, bool is_ok, const char *what, const char *fmt, ...)
	printf_like(4, 5);
static void say(struct check *c, bool is_ok, const char *what, const char *fmt, ...)
{
	va_list ap;
	c->n_wrong += !is_ok;
	printf("%-6s %-14s ", is_ok ? "ok" : "wrong", what);
	va_start(ap, fmt);
	vprintf(fmt, ap);
	va_end(ap);
	putchar('\n');
}

static void failed(struct check *c, const char *what, int result, const char *mend)
{
	say(c, false, what, "%s (%s): %s", err_noted(), err_name(result), mend);
}

/* ---- what was written down ---- */

static bool is_yes_or_no(const char *value)
{
	return !strcmp(value, "yes") || !strcmp(value, "no");
}

static void check_config(struct check *c)
{
	const struct config *f = c->config;
	int before = c->n_wrong;
	int64_t n;
	if (!is_yes_or_no(f->https))
		say(c, false, "configuration", "https is \"%s\": write yes or no", f->https);
	if (!is_yes_or_no(f->rates))
		say(c, false, "configuration", "rates is \"%s\": write yes or no", f->rates);
	if (*f->loops && (!str_i64(str_c(f->loops), &n) || n < 1 || n > 64))
		say(c, false, "configuration", "loops is \"%s\": write 1 to 64, or nothing",
			f->loops);
	if (*f->smtp && !smtp_ok(f->smtp))
		say(c, false, "configuration",
			"smtp: write smtp://host:587 or smtps://host:465, or nothing");
	if (*f->smtp && !address_ok(str_c(f->mail_from)))
		say(c, false, "configuration",
			"mail_from: write the address that letters come from");
	if (c->n_wrong == before)
		say(c, true, "configuration", "every key is known");
}

static void check_map(struct check *c)
{
	struct map *map = NULL;
	int result = outlines_open(c->config->map, &map);
	if (result < 0)
		failed(c, "map", result, "mend the file, or leave --map out");
	else
		say(c, true, "map", "%s", *c->config->map ? c->config->map : "the built-in one");
	map_close(map);
}

static void check_folder(struct check *c)
{
	const char *data = c->config->data;
	struct stat st;
	if (stat(data, &st) != 0 || !S_ISDIR(st.st_mode))
		say(c, false, "data folder", "%s is not a folder: make it, or name another", data);
	else if (access(data, R_OK | W_OK | X_OK) != 0)
		say(c, false, "data folder", "%s cannot be written: chown it to this user", data);
	else if (st.st_mode & 077)
		say(c, false, "data folder", "others may enter %s: chmod 700 it", data);
	else
		say(c, true, "data folder", "%s", data);
}

static void check_clock(struct check *c)
{
	struct check_step_at_row row = { 0 };
	if (c->db && check_step_at(c->db, &c->mem, &row) < 0)
		row.at = 0;
	if (clock_now() < clock_least || clock_now() < row.at)
		say(c, false, "clock",
			"it is behind the database: phases would open on wrong days; set it");
	else
		say(c, true, "clock", "after all that is in the database");
}

/* ---- where it listens ---- */

static void check_socket(struct check *c, struct str address)
{
	char path[PATH_SIZE];
	struct str at = str_from(address, str_find(address, ':') + 1);
	size_t n = at.n;
	while (n && at.p[n - 1] != '/')
		n--;
	snprintf(path, sizeof path, "%.*s", n ? (int)n : 1, n ? at.p : ".");
	if (at.n == 0 || at.n >= sizeof(((struct listener *)0)->path))
		say(c, false, "listen", "%.*s: the path is empty or too long", STR_ARG(address));
	else if (access(path, W_OK | X_OK) != 0)
		say(c, false, "listen", "%.*s: %s: make the folder, and chown it to this user",
			STR_ARG(address), strerror(errno));
	else
		say(c, true, "listen", "%.*s", STR_ARG(address));
}

static bool is_loopback(struct str address)
{
	return str_starts(address, "127.") || str_starts(address, "[::1]");
}

static void check_port(struct check *c, struct str address)
{
	struct listener l;
	int result = listen_open(address, &l);
	bool is_taken = result == ERR_IO && errno == EADDRINUSE;
	if (result == 0)
		listen_close(&l);
	if (result < 0 && !is_taken)
		say(c, false, "listen", "%.*s: %s: name another in --listen", STR_ARG(address),
			err_noted());
	else if (!is_loopback(address) && strcmp(c->config->https, "yes") != 0)
		say(c, false, "listen",
			"%.*s: the network can read along: put a server with TLS in front, "
			"then set https to yes",
			STR_ARG(address));
	else
		say(c, true, "listen", "%.*s%s", STR_ARG(address),
			is_taken ? " is taken: by this house, if it is open" : "");
}

static void check_listen(struct check *c)
{
	struct str list = str_c(c->config->listen), one;
	int n = 0;
	while (str_cut(&list, ' ', &one)) {
		if (!one.n)
			continue;
		n++;
		if (str_starts(one, "unix"))
			check_socket(c, one);
		else
			check_port(c, one);
	}
	if (n == 0 || n > CONFIG_LISTEN_MAX)
		say(c, false, "listen", "%d addresses: name 1 to %d", n, CONFIG_LISTEN_MAX);
}

/* ---- what is kept ---- */

/* Of a database in a file: is it there? Looking must not make one. */
static bool is_there(const struct config *config)
{
	struct str url = str_c(config->db);
	return !str_starts(url, "sqlite:") || access(config->db + strlen("sqlite:"), F_OK) == 0;
}

static void check_reach(struct check *c)
{
	int result = is_there(c->config) ? db_open(c->config->db, DB_READ, &c->db) : 0;
	if (result < 0)
		failed(c, "database", result, "see that it runs, and that this user may open it");
	else if (!c->db)
		say(c, true, "database", "there is none yet: the first start makes it");
	else
		say(c, true, "database", "%s",
			db_is_pg(c->db) ? "PostgreSQL answers" : "SQLite can be read");
}

/* One setting is written and taken back. */
static void check_write(struct check *c)
{
	struct db *db = NULL;
	struct db_tx tx = { 0 };
	int result = db_open(c->config->db, DB_WRITE, &db);
	if (result == 0)
		result = db_tx_begin(db, &tx);
	if (result == 0)
		result = settings_set(db, "check", STR(""));
	if (result < 0)
		failed(c, "writing", result,
			"see that the disk has room and that this user may write there");
	else
		say(c, true, "writing", "a change was made and taken back");
	db_tx_drop(&tx);
	db_close(db);
}

/* Whether what is behind can be looked at. */
static bool check_schema(struct check *c)
{
	int newest;
	int result = db_schema_at(c->db, &c->step, &newest);
	if (result < 0)
		failed(c, "schema", result, "run the program that belongs to this database");
	else if (c->step < 0)
		say(c, true, "schema", "the database is empty: the first start fills it");
	else if (c->step < newest)
		say(c, true, "schema", "step %d: the next start takes it to %d; keep a copy first",
			c->step, newest);
	else
		say(c, true, "schema", "step %d, the newest", c->step);
	return result == 0 && c->step == newest;
}

/* Is the file of a key there? Otherwise says whether that is bad: ${is_needed} by what the
 * database has, ${lost} says what does not work without it. */
static bool has_key(
	struct check *c, const char *what, const char *path, bool is_needed, const char *lost)
{
	if (access(path, F_OK) == 0)
		return true;
	if (is_needed)
		say(c, false, what, "%s is missing: bring it back from a backup, or %s", path,
			lost);
	else
		say(c, true, what, "there is none yet: the first start makes it");
	return false;
}

static void check_key(struct check *c, bool can_look)
{
	char path[PATH_SIZE];
	struct check_key_is_needed_row row = { 0 };
	struct keys *keys = NULL;
	snprintf(path, sizeof path, "%s/server.key", c->config->data);
	bool is_needed = can_look && check_key_is_needed(c->db, &c->mem, &row) >= 0 && row.n;
	if (!has_key(c, "key", path, is_needed,
		    "no secret code and no password of this database works"))
		return;
	int result = keys_open(c->config->data, &keys);
	if (result < 0)
		failed(c, "key", result, path);
	else
		say(c, true, "key", "%s, for this user alone", path);
	keys_close(keys);
}

/* The vault is started, as the house would start it, and asked for something it must refuse. */
static void check_vault_starts(struct check *c, const struct secret *pepper)
{
	const struct vault_message ask = { .kind = VAULT_STAY };
	struct vault_message said;
	struct vault *vault = NULL;
	int result = vault_open(pepper, &vault);
	if (result == 0 && vault_ask(vault, &ask, &c->mem, &said) != ERR_DENIED)
		result = err_note(ERR_IO, "the vault does not answer");
	if (result < 0)
		failed(c, "vault", result, "without it the house does not open");
	else
		say(c, true, "vault", "starts, shuts itself in and answers");
	vault_close(vault);
}

static void check_vault(struct check *c, bool can_look)
{
	char path[PATH_SIZE];
	struct check_vault_key_is_needed_row row = { 0 };
	auto_secret pepper = { 0 };
	snprintf(path, sizeof path, "%s/" KEYS_PEPPER_FILE, c->config->data);
	bool is_needed = can_look && check_vault_key_is_needed(c->db, &c->mem, &row) >= 0 && row.n;
	int result = 0;
	if (has_key(c, "vault key", path, is_needed,
		    "no password and no receipt of this database opens anything")) {
		result = keys_pepper(c->config->data, &pepper);
		if (result < 0)
			failed(c, "vault key", result, path);
		else
			say(c, true, "vault key", "%s, for this user alone", path);
	}
	if (result == 0)
		check_vault_starts(c, &pepper);
}

static void check_admin(struct check *c)
{
	struct check_admins_row row;
	int result = check_admins(c->db, &c->mem, &row);
	if (result < 0)
		failed(c, "administrator", result, "the database is damaged: restore a backup");
	else if (row.n == 0)
		say(c, false, "administrator",
			"there is none: start, open /setup and give the code that the console "
			"shows; or run baraza user add NAME admin");
	else
		say(c, true, "administrator", "%lld can sign in", (long long)row.n);
}

static void check_spaces_whole(struct check *c)
{
	static const char *const faults[] = { "", "has no title in its own language",
		"does not say what it is for, who runs it, who decides or what it feeds",
		"does not say when an answer is due", "has no phases" };
	struct check_spaces_row *row;
	size_t n = 0;
	int result = check_spaces(c->db, &c->mem, &row, &n);
	if (result < 0)
		failed(c, "consultations", result, "the database is damaged: restore a backup");
	for (size_t i = 0; i < n; i++)
		say(c, false, "consultations", "/c/%.*s %s: an organiser can fill it in",
			STR_ARG(row[i].slug), faults[row[i].fault]);
	if (result >= 0 && n == 0)
		say(c, true, "consultations", "each says what it has to say");
}

static void check_words_whole(struct check *c)
{
	struct check_words_row row;
	int result = check_words(c->db, &c->mem, &row);
	if (result < 0)
		failed(c, "words", result, "the database is damaged: restore a backup");
	else if (row.n)
		say(c, false, "words",
			"%lld published texts lack the author's own words: restore a backup",
			(long long)row.n);
	else
		say(c, true, "words", "every published text has its author's words");
}

static void check_audit(struct check *c)
{
	struct audit_verdict v;
	int result = audit_check(c->db, &v);
	if (result < 0)
		failed(c, "log", result, "the database is damaged: restore a backup");
	else if (v.broken)
		say(c, false, "log",
			"line %lld of what was done is not what it was, or one before it is missing: "
			"somebody changed the log; compare a copy from before",
			(long long)v.broken);
	else
		say(c, true, "log", "%lld lines of what was done, and all of them fit",
			(long long)v.lines);
}

static void check_files(struct check *c)
{
	int64_t n = 0, bad = 0;
	int result = blobs_check(c->config->data, c->db, &n, &bad);
	if (result < 0)
		failed(c, "files", result, "the database is damaged: restore a backup");
	else
		say(c, !bad, "files",
			bad ? "%lld files of records, and %lld of them are not there or not what they "
			      "were: bring back the folder " BLOB_FOLDER " from a backup"
			    : "%lld files of records, and all of them are what they were",
			(long long)n, (long long)bad);
}

/* ---- definitions ---- */

static void say_who_may_what(struct check *c, const struct def *d)
{
	for (int i = 0; i < (int)d->n_state; i++) {
		auto_buf row;
		buf_init(&row, 1 << 16);
		def_matrix_row(d, i, &row);
		say(c, true, "definition", "%.*s, %.*s: %.*s", STR_ARG(d->id),
			STR_ARG(d->state[i].name), STR_ARG(buf_view(&row)));
	}
}

/* Whether every text of it is there in six languages. */
static void check_labels(struct check *c, const struct shipped_form *form, const struct def *d)
{
	for (int i = 0; i < LANG_COUNT; i++) {
		struct labels l = { 0 };
		struct str po = { 0 };
		const struct lang *lang = lang_of((enum lang_id)i);
		int result = form->po[i] ? packed_open(&c->mem, form->po[i], &po) : 0;
		if (result == 0)
			result = labels_read(&c->mem, form->file, po, d, lang, &l);
		if (result < 0)
			failed(c, "definition", result, "mend the file of translations");
		else if (l.n_missing || l.n_lost)
			say(c, false, "definition",
				"%.*s in %.*s: %zu texts lack, %zu translate what is not there",
				STR_ARG(d->id), STR_ARG(lang->code), l.n_missing, l.n_lost);
	}
}

static void check_form(struct check *c, const struct shipped_form *form)
{
	struct def *d = NULL;
	struct def_wrong wrong[DEF_WRONGS_MAX];
	struct str text = { 0 };
	int result = packed_open(&c->mem, form->text, &text);
	if (result == 0)
		result = def_read(&c->mem, form->file, text, &d);
	if (result < 0) {
		failed(c, "definition", result, "mend the file");
		return;
	}
	must(d); /* as def_read says */
	size_t n = def_check(d, wrong);
	for (size_t i = 0; i < n; i++)
		say(c, false, "definition", "%s:%d: %.*s: %s", form->file, wrong[i].line,
			STR_ARG(wrong[i].name), wrong[i].what);
	if (n == 0)
		say_who_may_what(c, d);
	check_labels(c, form, d);
}

static void check_all(struct check *c)
{
	bool can_look = false;
	check_config(c);
	check_map(c);
	check_folder(c);
	check_listen(c);
	for (const struct shipped_form *f = shipped_forms; f->file; f++)
		check_form(c, f);
	check_reach(c);
	can_look = c->db && check_schema(c);
	if (c->step > 0)
		check_write(c);
	if (c->step >= 0)
		check_clock(c);
	check_key(c, can_look);
	check_vault(c, can_look);
	if (!can_look)
		return;
	check_admin(c);
	check_spaces_whole(c);
	check_words_whole(c);
	check_audit(c);
	check_files(c);
}

int check_main(int argc, char **argv)
{
	auto_config config = { 0 };
	struct check c = { .config = &config, .step = -1 };
	if (command_wants_help(argc, argv)) {
		puts("baraza check: look at configuration, database and definitions; a line each, ok\n"
		     "or wrong and how to mend it. Ends with 1 when something is wrong. The house may\n"
		     "be open meanwhile. Named as for baraza serve:\n");
		config_help();
		return 0;
	}
	if (config_read(&config, argc, argv) < 0) {
		fprintf(stderr, "baraza: %s\n", err_noted());
		return EXIT_USAGE;
	}
	arena_init(&c.mem, CHECK_MEM);
	check_all(&c);
	db_close(c.db);
	arena_done(&c.mem);
	return c.n_wrong ? EXIT_FAULT : 0;
}
