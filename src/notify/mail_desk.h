/* I show the administrator whether mail goes out, and send a letter to try it. */
#pragma once
#include "account/fault.h"
#include "notify/post.h"
#include "notify/routes.h"

struct mail_desk_view {
	struct frame frame;
	const struct form_result *form;
	bool is_on, has_base, is_sent;
	struct str from;
	int64_t n_waiting;
	struct post_state state;
	struct moment sent, failed;
};

extern const struct fault_label mail_desk_labels[];
