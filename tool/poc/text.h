/*
 * I know how a text of a catalogue is looked at: letter by letter, in one language,
 * beside its English.
 */
#pragma once
#include "tool/poc/poc.h"

enum { LETTERS_MAX = 4096 };

struct subject {
	struct report *r;
	const struct rules *rules;
	struct place at;
	const struct entry *entry;
	enum lang_id lang;
	struct str text, english; /* of the matching or last form */
	int32_t letter[LETTERS_MAX];
	size_t n;
};

void find_error(struct subject *s, const char *fmt, ...) printf_like(2, 3);
void find_warning(struct subject *s, const char *fmt, ...) printf_like(2, 3);

void check_spaces(struct subject *s);  /* 5 */
void check_quotes(struct subject *s);  /* 6 */
void check_same(struct subject *s);    /* 7 */
void check_width(struct subject *s);   /* 8 */
void check_marks(struct subject *s);   /* 9 */
void check_letters(struct subject *s); /* 10 */
void check_digits(struct subject *s);  /* 11 */
void check_hidden(struct subject *s);  /* 12: invisible marks, French spaces */
void check_words(struct subject *s);   /* 12: ban.csv, glossary.csv */

/* note_has(notes, word): True if ${notes} say "gl: ${word}". */
bool note_has(struct str notes, struct str word);
