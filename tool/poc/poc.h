/*
 * I know catalogues: the files po/ROOM.LANG.po, how they are read and written, and what
 * makes a message fit to ship. Languages and plural names are those of i18n.h.
 */
#pragma once
#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"
#include "i18n/i18n.h"
#include <stdio.h>

enum { PLURAL_COUNT = PLURAL_OTHER + 1, HOLES_MAX = 16, FILE_MAX = 8 << 20, BOOK_MAX = 256 << 20 };

/* How one language counts: its categories in CLDR order, and what gettext calls that. */
struct tongue {
	const char *code;
	const char *plural_forms;
	size_t n;
	enum plural form[PLURAL_COUNT];
};
extern const struct tongue tongues[LANG_COUNT];
extern const char *const plural_names[PLURAL_COUNT];
/* tongue_by_code(code): Its enum lang_id, or -1. */
int tongue_by_code(struct str code);

/* ---- findings ---- */
enum level { WARNING, ERROR };
struct report {
	FILE *to;
	size_t errors, warnings;
};
/* report_add(r, level, file, line, key, fmt, ...): One line "file:line: E key: …". */
struct place {
	const char *file;
	int line;
	struct str key; /* may be empty */
};
void report_add(struct report *r, enum level level, struct place at, const char *fmt, ...)
	printf_like(4, 5);

/* ---- one file ---- */
struct entry {
	int line;
	struct str notes; /* whole comment lines as they stand in the file */
	struct str ctxt, key;
	bool is_plural, is_fuzzy, is_wrapped;
	struct str text[PLURAL_COUNT]; /* in the order of the tongue's forms */
	size_t n_text;
};
struct catalogue {
	const char *file;
	struct str room;
	enum lang_id lang;
	struct str header; /* msgstr of the empty msgid */
	int header_line;
	struct entry *entry; /* in the order of the file */
	size_t n;
};
/* po_parse(mem, r, text, ret): Read ${text} into ${ret}, whose file, room and lang are set.
 * What is no catalogue goes to ${r}; what could be read is kept. Views into ${text}. */
void po_parse(struct arena *mem, struct report *r, struct str text, struct catalogue *ret);
/* po_write(out, c): The file, with its header, sorted by key. Sorts ${c}. */
void po_write(struct buf *out, struct catalogue *c);
struct place place_of(const struct catalogue *c, const struct entry *e);

/* ---- all files ---- */
/* A message in all languages; NULL where it is missing. */
struct row {
	struct str key;
	const struct catalogue *in[LANG_COUNT];
	const struct entry *entry[LANG_COUNT];
};
struct book {
	struct arena mem;
	struct catalogue *cat;
	size_t n, cap;
	struct row *row; /* sorted by key; see book_rows */
	size_t n_row;
};
/* book_load(b, r, path): Add a file, or each *.po of a folder. 0, ERR_IO, ERR_NOMEM. */
int book_load(struct book *b, struct report *r, const char *path) must_use;
/* book_rows(b, r): Collect the messages by key; a key that stands twice is an error. */
int book_rows(struct book *b, struct report *r) must_use;
struct row *book_find(const struct book *b, struct str key);
void book_done(struct book *b);
/* file_read(mem, path, ret): A whole file, at most FILE_MAX. */
int file_read(struct arena *mem, const char *path, struct str *ret) must_use;
/* stream_read(mem, f, ret): All that is left of ${f}, at most FILE_MAX. */
int stream_read(struct arena *mem, FILE *f, struct str *ret) must_use;
/* file_replace(path, s): Write beside it, then rename over it. */
int file_replace(const char *path, struct str s) must_use;

/* ---- one text ---- */
/* The {names} of a text, each once, in order of appearance; pairs of {link}…{/link}. */
struct holes {
	struct str name[HOLES_MAX];
	size_t n, links;
};
/* holes_scan(text, ret): NULL, or what is wrong. */
const char *holes_scan(struct str text, struct holes *ret);
bool holes_have(const struct holes *h, struct str name);

/* typeset(mem, lang, s): ${s} with typed apostrophes (en, fr) and spaces before French
 * marks made those of print. */
struct str typeset(struct arena *mem, enum lang_id lang, struct str s);

/* ---- checks ---- */
/* words_load(mem, dir, ret): ban.csv and glossary.csv of ${dir}, as far as they are there. */
struct words;
int words_load(struct arena *mem, const char *dir, struct words **ret) must_use;
/* used_load(mem, dir, ret): Keys named by *.html ("{{t key") and *.c (MSG_key) below ${dir}. */
struct used;
int used_load(struct arena *mem, const char *dir, struct used **ret) must_use;
bool used_has(const struct used *u, struct str key);
/* used_unknown(r, u, b): An error for each name that no catalogue has. */
void used_unknown(struct report *r, const struct used *u, const struct book *b);
struct rules {
	bool is_release;           /* fuzzy and unused become errors */
	const struct words *words; /* banned words and glossary; NULL for neither */
	const struct used *used;   /* keys that sources name; NULL when not asked */
};
/* check_shape(r, row): What must hold before anything can be made of it: there in every
 * language, with the right number of forms and the placeholders of English. */
void check_shape(struct report *r, const struct row *row);
/* check_row(r, rules, row): The twelve checks of one message. */
void check_row(struct report *r, const struct rules *rules, const struct row *row);
/* check_header(r, c): Language and Plural-Forms. */
void check_header(struct report *r, const struct catalogue *c);

/* ---- commands: exit status 0, 1 (faults found), 2 (usage) ---- */
int poc_compile(int argc, char **argv);
int poc_check(int argc, char **argv);
int poc_add(int argc, char **argv);
