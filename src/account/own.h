/* I show a person's own account: password, second step, recovery codes, key, sessions. */
#pragma once
#include "account/fault.h"
#include "render/frame.h"

struct own_view {
	struct frame frame;
	const struct form_result *form;
	struct str name;
	int roles;
	bool is_saved, has_step, runs_some, is_asked; /* is_asked: see escrow.h */
	bool has_key, has_key_code; /* unlocked in this session; a code on paper opens it, too */
	struct str key_code;        /* shown once, to be retyped; or absent */
	int64_t codes_left;

	struct str picture;     /* path of the QR code */
	struct str picture_box; /* its viewBox */
	struct str letters;     /* the same secret for typing */
	size_t n_code;
	struct str code[10]; /* recovery codes in two groups */
};

extern const struct fault_label own_labels[], own_key_labels[];
