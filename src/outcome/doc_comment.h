/* I take a comment on a clause: what somebody thinks, the words that are meant, and better ones. */
#pragma once
#include "account/fault.h"
#include "account/route.h"
#include "outcome/doc.h"
#include "participate/profile.h"

enum { QUOTE_MAX = 300 };

struct doc_comment_view {
	struct frame frame;
	const struct form_result *form;
	struct space s;
	struct document d;
	struct clause c;    /* in the reader's language */
	struct str wording; /* of the original, or as typed */
	struct safe_html html;
	struct str once, body, lang, quote;
	struct profile who;
	bool is_closed, is_public_at_once;
};

extern const struct route doc_comment_routes[];
extern const struct fault_label doc_comment_labels[];
