/* I let those who may change an indicator bring in its values from a file, and show them row by
 * row what would become of it before anything is kept. */
#pragma once
#include "monitor/value_show.h"

enum { VALUE_SHOWN = 50 /* rows */ };

struct value_in_view {
	struct frame frame;
	const struct form_result *form;
	struct value_source source;
	int fault; /* a message; 0: none */
	struct str why;
};
struct value_sheet_view {
	struct frame frame;
	struct value_source source;
	struct str uid, file;
	struct value_sheet sheet;
	enum value_verdict shown;
	struct value_row row[VALUE_SHOWN]; /* the first of these */
	size_t n;
};

/* For the template. */
int value_verdict_msg(enum value_verdict verdict);
