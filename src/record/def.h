/*
 * I know what a definition says: which questions a record answers, which states it goes through,
 * who may do what with it, and where it may come from. A definition is a Markdown text with the
 * tables settings, survey, choices, states, moves, access and import.
 */
#pragma once
#include "record/expr.h"

enum {
	DEF_FIELDS_MAX = 128,
	DEF_CHOICES_MAX = 1000,
	DEF_STATES_MAX = 16,
	DEF_ROLES_MAX = 16,
	DEF_MOVES_MAX = 32,
	DEF_ACCESS_MAX = 64,
	DEF_IMPORT_MAX = 100,
	DEF_ROWS_MAX = 50, /* of a repeat in one record */
	DEF_PAGE_FILES_MAX = 8,
};

enum def_kind {
	DEF_GROUP, /* up to the field before ${end}: one page */
	DEF_REPEAT,
	DEF_NOTE, /* asks nothing */
	DEF_TEXT,
	DEF_INTEGER,
	DEF_DECIMAL,
	DEF_DATE,
	DEF_ONE,
	DEF_MANY,
	DEF_COUNTRY,
	DEF_PLACE,
	DEF_FILE,
};

/* What a file must be. */
enum def_media { DEF_ANY_FILE, DEF_IMAGE, DEF_AUDIO, DEF_VIDEO };

enum def_index { DEF_UNINDEXED, DEF_KEY, DEF_FACET, DEF_ORDER, DEF_WORDS, DEF_SUM, DEF_GEO };
/* DEF_COARSE: what is published of it is rounded, a place to its country, a day to its month.
 * DEF_IDENTITY: sealed, and for those who keep names, not for those who handle the case. */
enum def_seal { DEF_OPEN, DEF_COARSE, DEF_SEALED, DEF_IDENTITY };

struct def_choice {
	struct str list, name, label, code, parent;
	int line;
};

struct def_field {
	struct str name, label, hint, hxl, constraint_message, otherwise;
	enum def_kind kind;
	enum def_index index;
	enum def_seal seal;
	struct str was;                  /* names in earlier versions, parted by blanks */
	struct str list;                 /* DEF_ONE, DEF_MANY */
	const struct def_choice *choice; /* of the list, in order */
	size_t n_choice;
	int group, repeat;    /* that it stands in; -1: none. A repeat stands in itself */
	int end;              /* groups and repeats: the number behind their last field */
	enum def_media media; /* DEF_FILE */
	bool is_required, is_retired;
	struct str refers; /* DEF_TEXT: a reference of a record of this form, which everybody
			    * may read; absent: any text */
	bool is_month;     /* DEF_DATE: of a day only year and month are asked and shown */
	struct expr *relevant, *constraint; /* NULL: always */
	int line;
};

struct def_state {
	struct str name, label;
	bool is_done;
};

enum def_then {
	DEF_THEN_NOTHING,
	DEF_THEN_NOTIFY,
	DEF_THEN_MESSAGE,
	DEF_THEN_DERIVE,
	DEF_THEN_PUBLISH,
	DEF_THEN_ALERT,
};

struct def_move {
	struct str name, label;
	uint32_t from, by; /* sets of states and of roles */
	int to;
	int needs;              /* a set of enum expr_word */
	struct expr *condition; /* NULL: none */
	enum def_then then;
	struct str then_what; /* whom, which message, which form */
	int line;
};

enum def_verb {
	DEF_CREATE = 1,
	DEF_READ = 2,
	DEF_WRITE = 4,
	DEF_ADD = 8, /* rows and files, to what is there */
	DEF_SAY = 16,
	DEF_NOTE_DOWN = 32,
	DEF_GRANT = 64,
	DEF_EXPORT = 128,
	DEF_FOLLOW = 256,
	DEF_TALLY = 512,
};
enum { DEF_VERBS = 10 };
/* def_verbs: Their names in order: "create", "read", … */
extern const char *const def_verbs[DEF_VERBS];

/* A set of fields. */
struct def_fields {
	uint64_t bits[DEF_FIELDS_MAX / 64];
};

struct def_access {
	int role;
	uint32_t states;
	int may; /* a set of enum def_verb */
	struct def_fields fields;
	int line;
};

struct def_import {
	struct str source, path, as;
	int to;
};

struct def {
	struct str id, title, ref;
	struct str list_title; /* of many: "Meetings"; the title where there is none */
	struct str intro;      /* who fills it in and what becomes of it; may be empty */
	int64_t version;
	int order;         /* the field by which records are ordered; -1: by their arrival */
	bool is_sealed;    /* all of it */
	int64_t keep_days; /* after a record came into ${keep_state}; 0: for ever */
	int keep_state;
	const struct def_field *field;
	const struct def_choice *choice;
	const struct def_state *state; /* the first is where records begin */
	const struct str *role;        /* by name; DEF_PUBLIC and DEF_AUTHOR are always there */
	const struct def_move *move;
	const struct def_access *access;
	const struct def_import *import;
	size_t n_field, n_choice, n_state, n_role, n_move, n_access, n_import;
};
/* The public is everybody; the author made the record. */
enum { DEF_PUBLIC, DEF_AUTHOR };

/* def_read(mem, file, text, ret): The definition ${text}, which is kept and must live as long as
 * ${mem}. ${file} is its name in complaints. ERR_INPUT: something is wrong or not supported; the
 * note says "file:line: what". ERR_LIMIT: more than we take. ERR_NOMEM. */
int def_read(struct arena *mem, const char *file, struct str text, struct def **ret) must_use;

/* def_plain_text(mem, name, text, ret): An XLSForm written as CSV may have no settings: then with
 * some, form_id being ${name} without its endings; else as it is. ERR_NOMEM. */
int def_plain_text(struct arena *mem, struct str name, struct str text, struct str *ret) must_use;

/* def_field_find(def, name): Its number; -1: none. */
int def_field_find(const struct def *def, struct str name);
/* def_field_called(def, name): The same, also by a name that it had in an earlier version. */
int def_field_called(const struct def *def, struct str name);
/* def_field_as(def, f): The field of ${def}, another version of the form, that asks what ${f} asks;
 * -1. */
int def_field_as(const struct def *def, const struct def_field *f);
int def_state_find(const struct def *def, struct str name);
int def_role_find(const struct def *def, struct str name);
int def_move_find(const struct def *def, struct str name);
/* def_choice_find(f, name): NULL: not offered. */
const struct def_choice *def_choice_find(const struct def_field *f, struct str name);

/* def_asks(f): It has an answer: no group, repeat or note. */
bool def_asks(const struct def_field *f);
/* def_is_sealed(def, field): What is answered is locked for those who handle the case: it reaches
 * no index, no list and no file. */
bool def_is_sealed(const struct def *def, int field);

static inline bool def_fields_have(const struct def_fields *set, int field)
{
	return set->bits[field / 64] >> (field % 64) & 1;
}
static inline void def_fields_add(struct def_fields *set, int field)
{
	set->bits[field / 64] |= UINT64_C(1) << (field % 64);
}

/* def_move_tells(m, whom), def_tells(def, whom): The step, or some step, has "author" or
 * "followers" told by mail. */
bool def_move_tells(const struct def_move *m, const char *whom);
bool def_tells(const struct def *def, const char *whom);

/* def_may(def, roles, state): The set of enum def_verb that one of ${roles} (a set) may. */
int def_may(const struct def *def, uint32_t roles, int state);
/* def_sees(def, roles, state, verb): The fields that the verb reaches. */
struct def_fields def_sees(const struct def *def, uint32_t roles, int state, enum def_verb verb);
