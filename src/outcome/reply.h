/* I let those who are cited say whether an ask reflects what they said. */
#pragma once
#include "account/fault.h"
#include "account/route.h"
#include "outcome/ask.h"

enum { REPLY_MAX = 1000 };

/* What one person said of one ask. */
struct reply {
	bool is_said, is_reflected;
	struct str body;
	enum item_status status; /* of the comment */
};

struct reply_view {
	struct frame frame;
	const struct form_result *form;
	struct ask a;
	struct space s;
	struct seat seat;
	struct reply own;
	bool is_open;
};

/* reply_is_open(s, a, now): Until the end of its day, or while a phase allows it. */
bool reply_is_open(const struct space *s, const struct ask *a, int64_t now);

/* reply_space(v, a, ret): The space of an ask, if this visitor may see it; ERR_MISSING. */
int reply_space(struct visit *v, const struct ask *a, struct space *ret) must_use;

/* reply_load(v, ask, seat, ret): What ${seat} said of it. */
int reply_load(struct visit *v, int64_t ask, int64_t seat, struct reply *ret) must_use;

extern const struct fault_label reply_labels[];
extern const struct route reply_routes[];
