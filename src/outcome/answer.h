/* I let those who are asked answer: look at it first, keep a draft, publish. What is published is
 * never changed; a correction is another answer that names the first. */
#pragma once
#include "outcome/ask_show.h"
#include "outcome/responder.h"

enum { ANSWER_MAX = 3000, ANSWER_PROOFS = 3 };

/* An earlier answer of the same organisation. */
struct answer_own {
	int64_t id, at;
};

struct answer_view {
	struct frame frame;
	const struct form_result *form;
	struct responder_ask one;
	struct str value[FORM_FIELDS_MAX]; /* of the form's fields, as they are shown */
	const struct lang *lang;           /* of the answer's own words */
	const struct answer_own *own;
	size_t n_own;
	const struct ask_answer *past;
	size_t n_past;
	struct ask_answer next; /* as readers will see it */
	bool is_saved, is_draft;
};

/* For the templates. */
struct str answer_value(const struct answer_view *p, const char *field);
bool answer_is(const struct answer_view *p, const char *field, int64_t id);
const char *answer_field(size_t i); /* name of field ${i}; NULL past the last */
const char *answer_state_value(enum ask_state state);
int answer_state_msg(enum ask_state state);  /* "We accept it": an enum msg */
int answer_state_hint(enum ask_state state); /* "Say what you do, and by when." */
const char *answer_body_field(int lang);     /* an enum lang_id */
const char *answer_proof_field(int i, bool is_title);
int answer_others(const struct answer_view *p); /* how many other languages it speaks */

extern const struct fault_label answer_labels[];
extern const struct route answer_routes[];
