/*
 * I know what the parts of a definition are called in six languages. A definition speaks the
 * language it is written in, English; beside NAME.form.md stand NAME.LANG.po, each message with
 * the place of its text as msgctxt ("survey.title.label", "choices.act.killing",
 * "states.draft", "moves.send", "moves.send.then", "settings.list_title") and that text as msgid.
 * Where a text has no translation, or one of other words than it has now, the definition's own
 * stands, and says in which language. A move without a label is called as the state it leads to.
 */
#pragma once
#include "i18n/i18n.h"
#include "record/def.h"

/* A text with the language it is in, which a page has to say where it is not the reader's. */
struct said {
	struct str s;
	const struct lang *lang;
};

enum { LABELS_TEXT_MAX = 256 << 10 };

struct labels {
	const struct lang *lang;
	struct said title, list_title, intro;
	struct said *label, *hint, *complaint; /* by field */
	struct said *choice;                   /* in the order of def->choice */
	struct said *state, *move;
	struct said *message; /* by move: what its author is told; may be empty */
	size_t n_missing;     /* texts without translation */
	size_t n_lost;        /* translations of what the definition does not say */
};

/* labels_read(mem, file, po, def, lang, ret): "" as ${po}: none. ${file} is its name in
 * complaints. ERR_INPUT: not such a file; the note says "file:line: what". ERR_LIMIT, ERR_NOMEM. */
int labels_read(struct arena *mem, const char *file, struct str po, const struct def *def,
	const struct lang *lang, struct labels *ret) must_use;

/* labels_choice(l, def, c): Of a choice in def->choice. */
struct said labels_choice(
	const struct labels *l, const struct def *def, const struct def_choice *c);
