#include "app/words.h"
#include "app/commands.h"
#include "base/clock.h"
#include <stdio.h>
#include <string.h>

static void take_out(struct words *w, int at, int n)
{
	w->n -= n;
	for (int i = at; i < w->n; i++)
		w->word[i] = w->word[i + n];
}

const char *words_value(struct words *w, const char *name)
{
	for (int i = 0; i < w->n; i++) {
		if (strcmp(w->word[i], name) != 0)
			continue;
		bool has_value = i + 1 < w->n;
		const char *value = has_value ? w->word[i + 1] : "";
		take_out(w, i, has_value ? 2 : 1);
		return value;
	}
	return NULL;
}

bool words_flag(struct words *w, const char *name)
{
	for (int i = 0; i < w->n; i++)
		if (!strcmp(w->word[i], name)) {
			take_out(w, i, 1);
			return true;
		}
	return false;
}

const char *words_next(struct words *w)
{
	if (!w->n || !strncmp(w->word[0], "--", 2))
		return NULL;
	const char *word = w->word[0];
	take_out(w, 0, 1);
	return word;
}

int words_db(const struct words *w, enum db_mode mode, struct db **ret)
{
	auto_config config = { 0 };
	int from, to;
	struct db *db = NULL;
	if (config_read(&config, w->n, w->word) < 0) {
		fprintf(stderr, "baraza: %s\n", err_noted());
		return EXIT_USAGE;
	}
	int result = db_open(config.db, mode, &db);
	if (result == 0 && mode == DB_WRITE)
		result = db_migrate(db, &from, &to);
	if (result < 0) {
		db_close(db);
		return words_fault(result);
	}
	*ret = db;
	return 0;
}

static int put_trace(const char *url, enum audit_what what, int64_t space)
{
	auto_tx tx = { 0 };
	struct db *db = NULL;
	int result = db_open(url, DB_WRITE, &db);
	if (result == 0)
		result = db_tx_begin(db, &tx);
	if (result == 0)
		result = audit_put(
			db, clock_now(), &(struct audit_line){ .what = what, .space = space });
	if (result == 0)
		result = db_tx_end(&tx);
	db_tx_drop(&tx);
	db_close(db);
	return result;
}

int words_trace(const struct words *w, enum audit_what what, int64_t space)
{
	auto_config config = { 0 };
	int result = config_read(&config, w->n, w->word);
	if (result == 0)
		result = put_trace(config.db, what, space);
	return result < 0 ? words_fault(result) : 0;
}

int words_fault(int result)
{
	fprintf(stderr, "baraza: %s: %s\n", err_name(result), err_noted());
	return EXIT_FAULT;
}

int words_usage(const char *text)
{
	fputs(text, stderr);
	return EXIT_USAGE;
}

bool words_is_slug(struct str s)
{
	bool is_fine = s.n >= 2 && s.n <= 60 && s.p[0] != '-' && s.p[s.n - 1] != '-';
	for (size_t i = 0; is_fine && i < s.n; i++)
		is_fine = (s.p[i] >= 'a' && s.p[i] <= 'z') || (s.p[i] >= '0' && s.p[i] <= '9') ||
			s.p[i] == '-';
	return is_fine;
}
