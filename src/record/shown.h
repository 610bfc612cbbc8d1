/* I know answers laid out for reading: parts with a title, lines with a question and an answer. */
#pragma once
#include "record/walk.h"

/* A file that is an answer. */
struct shown_file {
	struct str name;       /* absent: none */
	struct str uid, field; /* "/file/UID/FIELD/ROW" */
	int64_t row;
	int64_t kb;
	bool is_look;    /* a browser may show it */
	bool is_picture; /* small enough to stand in the page */
};
/* shown_file(a, uid, field, row): That of a draft or record ${uid}. */
struct shown_file shown_file(const struct answers *a, struct str uid, int field, size_t row);

struct shown_line {
	int field, page;
	size_t row;
	struct said label, value;
	struct shown_file file;
	bool is_empty;
};
/* A group, a row of a repeat, or questions that stand alone one behind the other. */
struct shown_part {
	int page;
	size_t row, rows; /* rows 0: no row of a repeat */
	struct said title;
	struct shown_line *line;
	size_t n;
};
struct shown {
	struct shown_part *part;
	size_t n;
};

/* What of it is wanted. */
struct shown_how {
	const struct labels *labels;
	const struct lang *text_lang;  /* of what people wrote */
	const struct def_fields *sees; /* NULL: all */
	bool has_empty;                /* questions without answer too, where they are asked */
	int page;                      /* of this page alone; -1: of all */
	struct str uid;                /* whose files they are */
};
/* shown_make(a, how, ret): In a->mem. */
int shown_make(const struct answers *a, const struct shown_how *how, struct shown *ret) must_use;
