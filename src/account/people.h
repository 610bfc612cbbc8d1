/* I show the administrator who has an account, with which roles, and which links are open. */
#pragma once
#include "account/fault.h"
#include "account/roles.h"
#include "render/frame.h"

enum { PEOPLE_MAX = 500, LINKS_MAX = 100 };

struct people_row {
	int64_t id;
	struct str name;
	int roles;
	bool has_step, is_disabled;
};
struct people_link {
	int64_t id, until;
	bool is_reset;
	int roles;
};
struct people_view {
	struct frame frame;
	const struct form_result *form;
	bool is_saved;
	struct people_row *person;
	size_t n_person;
	struct people_link *open;
	size_t n_open;
	struct str link; /* once */
	int chosen;      /* roles that were ticked */
	struct people_row one;
};

extern const struct fault_label people_labels[];
