/* I know a definition while it is read. */
#pragma once
#include "record/def.h"
#include "record/def_table.h"

enum { DEF_CELLS = 16 };

/* The columns of all tables; a table knows some of them. */
struct def_column {
	const char *name;
	const char *alias; /* another name that XLSForm has for it; NULL: none */
};

struct def_reader {
	const char *file;
	struct arena *mem;
	struct table t;
	struct def *def;
	/* What def points to, still growing. */
	struct def_field *field;
	struct def_choice *choice;
	struct def_state *state;
	struct str *role;
	struct def_move *move;
	struct def_access *access;
	struct def_import *import;
	/* Rows wait here until all names are known. */
	struct def_wait *wait;
	size_t n_wait;
	int group, repeat; /* that are open; -1: none */
	struct str index_by, keep, seal;
	int settings_line;
};

enum def_wait_kind { WAIT_FIELD, WAIT_MOVE, WAIT_ACCESS, WAIT_IMPORT };

/* A row of moves, access, import, or the expressions of a field. */
struct def_wait {
	enum def_wait_kind kind;
	int line, field;
	struct str cell[DEF_CELLS];
};

/* def_fault(r, line, fmt, ...): ERR_INPUT with "file:line: …" as its note. */
int def_fault(const struct def_reader *r, int line, const char *fmt, ...)
	printf_like(3, 4) must_use;
/* def_noted(r, line, code): The same with the note that there is; other codes than ERR_INPUT and
 * ERR_LIMIT pass. */
int def_noted(const struct def_reader *r, int line, int code) must_use;

/* def_name_ok(s): A name: letters, digits and "_", not a digit first, 40 at most. */
bool def_name_ok(struct str s);

/* One row each, in the order of the columns in def_sheet.c. */
enum survey_column {
	SURVEY_TYPE,
	SURVEY_NAME,
	SURVEY_LABEL,
	SURVEY_HINT,
	SURVEY_REQUIRED,
	SURVEY_RELEVANT,
	SURVEY_CONSTRAINT,
	SURVEY_CONSTRAINT_MESSAGE,
	SURVEY_DEFAULT,
	SURVEY_INDEX,
	SURVEY_SEAL,
	SURVEY_HXL,
	SURVEY_APPEARANCE,
	SURVEY_WAS,
};
enum move_column { MOVE_NAME, MOVE_FROM, MOVE_TO, MOVE_BY, MOVE_NEEDS, MOVE_THEN, MOVE_LABEL };
enum access_column { ACCESS_ROLE, ACCESS_STATE, ACCESS_MAY, ACCESS_FIELDS };
enum import_column { IMPORT_SOURCE, IMPORT_PATH, IMPORT_TO, IMPORT_AS };
int def_sheet_row(struct def_reader *r) must_use;
int def_survey_row(struct def_reader *r, const struct str *cell) must_use;
int def_survey_end(struct def_reader *r) must_use;
/* def_plain(r): The states and rights of an XLSForm that names none. */
int def_plain(struct def_reader *r) must_use;
/* When all names are known. */
int def_field_exprs(struct def_reader *r, const struct def_wait *w) must_use;
int def_move_row(struct def_reader *r, const struct def_wait *w) must_use;
int def_access_row(struct def_reader *r, const struct def_wait *w) must_use;
int def_import_row(struct def_reader *r, const struct def_wait *w) must_use;
/* def_expr(r, line, text, place, ret): NULL for "". */
int def_expr(struct def_reader *r, int line, struct str text, enum expr_place place,
	struct expr **ret) must_use;
