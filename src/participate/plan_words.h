/* I let an organiser write what a consultation says of itself in its other languages. */
#pragma once
#include "participate/plan.h"

enum { WORDS_TEXTS = 6, WORDS_NAMES = 30 };

struct words_field {
	const char *name;
	int label;
	struct str original, typed;
	bool is_long;
};

struct words_view {
	struct frame frame;
	const struct form_result *form;
	struct space shown, s; /* for the tabs; in its first language */
	const struct lang *lang;
	struct str code; /* of these words: "ar", or "ar-easy" */
	bool is_easy;
	struct words_field text[WORDS_TEXTS];
	struct words_field name[WORDS_NAMES]; /* of phases, themes and crowds */
	int64_t kind[WORDS_NAMES], id[WORDS_NAMES];
	size_t n_name;
	struct str stamp; /* which names the form was made for */
	int64_t now;
	bool is_saved;
};

extern const struct route words_routes[];
