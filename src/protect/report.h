/* I show the way to a report: what is safe and what is not, a few questions, the secret code. */
#pragma once
#include "account/fault.h"
#include "protect/channel.h"
#include "protect/quiet.h"
#include "protect/unsent.h"

struct report_view {
	struct frame frame;
	const struct form_result *form;
	const struct channel_row *channel; /* of the list; or one */
	size_t n_channel;
	struct str code; /* shown, to be retyped */
};
extern const struct fault_label report_labels[];
