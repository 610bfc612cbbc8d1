/*
 * I know the values of indicators, by country and year. An indicator is a record of the form
 * indicator_source, which names who publishes it; its values come from a file that somebody looks
 * at before they are kept, and go with the record.
 */
#pragma once
#include "record/record.h"

enum {
	VALUE_FILE_MAX = 1 << 20,
	VALUE_ROWS_MAX = 20000,
	VALUE_CHARS = 40,
	VALUE_NOTE = 300,
	VALUE_SOURCES = 100,
	VALUE_OF_COUNTRY = 40,
};

/* value_watch(e): For shelf_watch. */
int value_watch(const struct record_event *e) must_use;

/* An indicator, out of its record. */
struct value_source {
	int64_t id;
	struct str uid, code, title, unit, by, terms, how, lang;
	struct str link; /* http or https; may be empty */
	struct said kind, better;
	bool is_number, is_sample;
	int64_t countries, first, last; /* years; 0: there are no values */
};
/* value_source_read(v, form, body, ret): ${ret} but for numbers of values, of a record's columns.
 */
int value_source_read(
	struct visit *v, int64_t form, struct str body, struct value_source *ret) must_use;
/* value_sources_load(v, ret, ret_n): All that are public. */
int value_sources_load(struct visit *v, struct value_source **ret, size_t *ret_n) must_use;

/* The latest value of a country. */
struct value_latest {
	struct value_source source;
	int64_t year, before; /* before: 0: no other year */
	struct str val, was;  /* for a reader */
};
/* value_of_country(v, country, ret, ret_n): One of each public indicator that has any. */
int value_of_country(
	struct visit *v, struct str country, struct value_latest **ret, size_t *ret_n) must_use;

/* For templates: a language as lang= says it, "" being none. */
struct str value_tag(struct str lang);

/* ---- a file ---- */

enum value_verdict { VALUE_NEW, VALUE_CHANGE, VALUE_SAME, VALUE_REFUSED, VALUE_VERDICTS };
struct value_row {
	size_t line; /* in the file, from 1 */
	struct str country, val, nature, note;
	int64_t year;
	enum value_verdict verdict;
	int fault;       /* a message; of a refused one */
	struct str what; /* that is refused */
};
struct value_sheet {
	struct value_row *row;
	size_t n, count[VALUE_VERDICTS];
	struct str passed; /* names of columns that are not used, parted by ", " */
};
/* value_sheet_read(db, mem, source, text, ret): What would become of each row. ERR_INPUT: no such
 * file, or a column lacks; the note tells. ERR_LIMIT: too many rows. ERR_NOMEM. */
int value_sheet_read(struct db *db, struct arena *mem, const struct value_source *source,
	struct str text, struct value_sheet *ret) must_use;
/* value_sheet_parse(mem, source, text, ret): The same where no value is known yet. */
int value_sheet_parse(struct arena *mem, const struct value_source *source, struct str text,
	struct value_sheet *ret) must_use;
/* value_sheet_put(db, source, sheet): Keep what is new and what changed. ERR_NOMEM. */
int value_sheet_put(
	struct db *db, const struct value_source *source, const struct value_sheet *sheet) must_use;

/* value_demo(db, mem): Values of the sample indicators. */
int value_demo(struct db *db, struct arena *mem) must_use;
