/* I show the pages on which an account begins: the first start, and an invitation. */
#pragma once
#include "account/fault.h"
#include "render/frame.h"

struct come_in_view {
	struct frame frame;
	const struct form_result *form;
	struct str token; /* of the invitation */
	struct str house; /* first start: what it is called */
	struct str name;  /* whose password is new; absent: a new account */
	int roles;
	bool has_key; /* a recovery code would bring back the key */
};

extern const struct fault_label come_in_labels[];
