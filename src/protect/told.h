/*
 * I know what a report says, as it is sealed: which kind it is and the answers, in JSON. What names
 * the reporter is a text of its own, for another compartment.
 *
 *   {"form":"reprisal","definition":12,"answers":{"danger":"no","story":"…"}}
 */
#pragma once
#include "protect/keep.h"
#include "record/shelf.h"
#include "record/shown.h"

enum { TOLD_MAX = 200 << 10, TOLD_TITLE_MAX = 80 };
#define TOLD_OWN_RISK "own_risk" /* not a kind of report: filled in with the secret code */

struct told {
	const struct shelf_form *form;
	struct answers answers;
};

/* told_kinds(house, ret_n): What can be reported. told_kind(house, name): One of them, or NULL. */
const struct shelf_form *told_kinds(const struct house *house, size_t *ret_n);
const struct shelf_form *told_kind(const struct house *house, struct str name);

/* told_begin(v, form, ret): Nothing is answered yet. */
void told_begin(const struct visit *v, const struct shelf_form *form, struct told *ret);

/* What of a report is meant: all of it, what goes to those who handle the case, or what names the
 * reporter. */
enum told_part { TOLD_DRAFT, TOLD_REPORT, TOLD_IDENTITY };
/* told_write(t, part, ret): "" when nothing of it was answered (a draft says its kind all the
 * same). ERR_LIMIT: more than TOLD_MAX. */
int told_write(const struct told *t, enum told_part part, struct str *ret) must_use;
/* told_read(v, text, ret): ERR_INPUT: not such a text. Reads v->db for an older definition. */
int told_read(struct visit *v, struct str text, struct told *ret) must_use;

/* told_show(v, t, ret): In the reader's language, without what is empty. */
int told_show(struct visit *v, const struct told *t, struct shown *ret) must_use;
/* told_title(v, t): A short one: how the story begins, or what kind it is. */
struct str told_title(const struct visit *v, const struct told *t);

/* A report among opened texts, ready to be shown. */
struct told_view {
	struct said kind;
	struct str title;
	struct shown shown;
	bool is_there, is_broken;
	bool is_covered; /* and of which text: see keep.h */
	struct str id, first, may;
};
/* told_find(v, said, n, field, ret): The first text of ${field}. told_find_last: The newest. */
int told_find(struct visit *v, const struct keep_shown *said, size_t n, const char *field,
	struct told_view *ret) must_use;
int told_find_last(struct visit *v, const struct keep_shown *said, size_t n, const char *field,
	struct told_view *ret) must_use;
