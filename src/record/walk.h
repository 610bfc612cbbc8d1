/*
 * I know in which order a definition asks, and what comes back from a page of it: one group, one
 * repeat or one question that stands alone is a page. Where answers are kept between pages is
 * somebody else's; the same walk serves records and sealed reports.
 */
#pragma once
#include "http/http.h"
#include "i18n/country.h"
#include "record/answers.h"
#include "record/labels.h"

enum {
	WALK_TEXT_MAX = 5000, /* characters of any text */
	WALK_LINE_MAX = 200,  /* of one whose definition does not say */
	WALK_BODY_MAX = 256 << 10,
};

/* A page is named by the number of its first field: the group, the repeat or the question. */

/* walk_page_find(def, name): -1: there is no such page. */
int walk_page_find(const struct def *def, struct str name);
/* walk_page_end(def, page): The number behind its last field. */
int walk_page_end(const struct def *def, int page);
/* walk_next(a, page, ret): The next page behind ${page} (-1: the first one) that has something to
 * ask; -1: none is left. walk_before: the one before it. Negative as answers_asks. */
int walk_next(const struct answers *a, int page, int *ret) must_use;
int walk_before(const struct answers *a, int page, int *ret) must_use;
/* walk_count(a, page, ret_at, ret_n): ${page} is number ${ret_at} of ${ret_n}. */
int walk_count(const struct answers *a, int page, int *ret_at, int *ret_n) must_use;

struct walk_fault {
	int field, msg;
	int64_t n;
	bool is_own; /* the definition has words of its own for it */
};
struct walk_faults {
	struct walk_fault at[DEF_FIELDS_MAX];
	size_t n;
	bool is_stale; /* the form's token */
	bool is_more;  /* an answer brought questions that were not on the page */
};

/* walk_read(a, page, row, pair, n, ret): What was typed on a page into ${a} (a row of a repeat:
 * ${row}), also where it is at fault, so that it can be shown again. 0 or above: the number of
 * faults. ERR_INPUT: bytes that no browser sends; ERR_NOMEM; ERR_LIMIT. */
int walk_read(struct answers *a, int page, size_t row, const struct http_pair *pair, size_t n,
	struct walk_faults *ret) must_use;

/* walk_all(a, ret): The same checks on all answers, wherever they came from: what is wrong is
 * named in a note. 0; ERR_INPUT. */
int walk_all(const struct answers *a) must_use;

/* walk_text_max(f): How many characters its text may have. walk_is_long(f): It has many lines. */
int64_t walk_text_max(const struct def_field *f);
bool walk_is_long(const struct def_field *f);

/* walk_day(mem, s, is_month, ret), walk_number(mem, s, ret): What was typed, as answers have it;
 * false: it is none. A month is kept as its first day. */
bool walk_day(struct arena *mem, struct str s, bool is_month, struct str *ret);
bool walk_number(struct arena *mem, struct str s, struct str *ret);
/* walk_kind(mem, f, s, ret): The same for any kind of answer but text, choices and countries. */
bool walk_kind(struct arena *mem, const struct def_field *f, struct str s, struct str *ret);

/* ---- showing a page ---- */

struct walk_view {
	const struct answers *a;
	const struct labels *labels;
	int page;
	size_t row;
	const struct walk_faults *faults; /* NULL: nothing was typed yet */
	bool asks[DEF_FIELDS_MAX];        /* of the fields of this page */
	bool is_alone;                    /* one question is the page */
	bool is_title;                    /* and the title of the page; nothing is required */
	bool has_files;                   /* some of them ask for a file */
	struct str uid;                   /* of the draft or record whose files they are */
	bool is_free;                     /* nothing is required, and that goes without saying */
	const struct country *country;
	size_t n_country;
};

/* walk_show(a, labels, page, row, ret): ${ret} can be handed to the template walk_fields. */
int walk_show(const struct answers *a, const struct labels *labels, int page, size_t row,
	struct walk_view *ret) must_use;

/* For the templates. */
const struct walk_fault *walk_fault_of(const struct walk_view *p, int field);
bool walk_is_chosen(const struct walk_view *p, int field, struct str choice);
bool walk_fits_line(const struct walk_view *p, int field);   /* its choices are few and short */
struct str walk_typed(const struct walk_view *p, int field); /* as its box takes it */

/* walk_accept(f): Which files a browser offers for it; "": all. */
const char *walk_accept(const struct def_field *f);
struct shown_file;
/* walk_file(p, field): The file that is there already: see shown.h. */
struct shown_file walk_file(const struct walk_view *p, int field);

/* walk_said(a, labels, field, row, mem, ret): An answer in a reader's words: names of choices and
 * countries, days and numbers written out. Text stays as it is, with ${lang} as its language. */
int walk_said(const struct answers *a, const struct labels *labels, int field, size_t row,
	const struct lang *lang, struct said *ret) must_use;
