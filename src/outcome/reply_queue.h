/* I am the queue of comments that people left on asks: a moderator reads each before it is shown,
 * and what was decided stays listed. */
#pragma once
#include "account/fault.h"
#include "account/route.h"
#include "participate/desk.h"

enum { REPLY_QUEUE_MAX = 20 };

struct reply_card {
	int64_t ask, seat, version, at;
	struct str body, address; /* of the ask, "2.6" */
	bool is_reflected, is_own;
	/* Of one that was decided on: */
	bool is_hidden;
	int reason; /* enum flag_reason */
};

struct reply_queue_view {
	struct frame frame;
	const struct form_result *form;
	struct space s;
	const struct reply_card *card, *past;
	size_t n_card, n_past;
	int64_t now;
	bool is_saved;
};

extern const struct route reply_queue_routes[];
