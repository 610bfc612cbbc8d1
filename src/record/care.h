/* I show the caretaker each form: what it asks, who may what in which state, what is not
 * translated; and take down who has which of its roles. */
#pragma once
#include "record/fill.h"

struct care_row {
	const struct shelf_form *form;
	const struct labels *labels;
	size_t n_question, n_missing; /* texts in the six languages together */
};
struct care_list_view {
	struct frame frame;
	struct care_row *row;
	size_t n;
};

struct care_holder {
	struct str role, person;
	int64_t account;
};
struct care_person {
	int64_t id;
	struct str name;
};
struct care_view {
	struct frame frame;
	const struct shelf_form *form;
	const struct labels *labels;
	const struct form_result *typed;
	bool is_saved;
	struct care_holder *holder;
	size_t n_holder;
	struct care_person *person;
	size_t n_person;
};

/* For the template. care_kind(f): The message that says what an answer of ${f} is. */
int care_kind(const struct def_field *f);
/* care_verb(verb): Of the place of a verb in def_verbs. */
int care_verb(int verb);
/* care_role(role): Of a role whose name the house knows; 0: it is the form's own. */
int care_role(struct str role);
