/* I show the way to a report: where it can go, what is safe and what is not, the secret code. */
#pragma once
#include "account/fault.h"
#include "protect/channel.h"
#include "protect/quiet.h"
#include "protect/told.h"
#include "protect/unsent.h"

struct report_view {
	struct frame frame;
	const struct form_result *form;
	const struct channel_row *channel; /* of the list; or one */
	size_t n_channel;
	struct str code; /* shown, to be retyped */
	bool has_draft, is_dropped;
};
extern const struct fault_label report_labels[];

/* report_channel(v, slug, ret): 1; 0: it cannot receive now. ERR_MISSING: there is none.
 * report_shut(v): The page that says so. */
int report_channel(struct visit *v, struct str slug, struct channel_row *ret) must_use;
int report_shut(struct visit *v) must_use;
