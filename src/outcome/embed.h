/* I show an ask, or how all asks of a space stand, as a card that other websites may put in a frame
 * of theirs: as far as the caretaker allows it, without script and without a cookie. */
#pragma once
#include "account/route.h"
#include "outcome/ask_list.h"

struct embed_view {
	struct frame frame; /* for its title, site and sample mark */
	struct space s;
	struct rate rate; /* of a space */
	struct ask a;     /* of an ask … */
	struct ask_weight weight;
	struct str
		address; /* where it stands, to type or copy: in a frame no link of ours can open */
	int64_t now;
};

/* What a page says to whoever wants to show its card. */
struct embed_code {
	struct url card;
	struct str address; /* the same with the house's name; absent: it is not allowed */
};

/* embed_code_load(v, fmt, …): In the visit's arena, NULL when that is full: of the card at that
 * address without language, "/embed/c/…". */
const struct embed_code *embed_code_load(struct visit *v, const char *fmt, ...) printf_like(2, 3);

extern const struct route embed_routes[];
