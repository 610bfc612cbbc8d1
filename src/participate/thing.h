/* I am the lasting address of one item, whatever it is and whatever has become of it. */
#pragma once
#include "account/route.h"
#include "participate/post.h"

/* An item in its space, as this visitor may see it. */
struct thing {
	struct space s;
	struct item item;
	struct seat seat; /* of the visitor; all zero: none */
	bool is_mine, is_staff;
};

/* thing_find(v, which, wants_original, ret): The item at /i/${which}: its id, or the uid that it
 * keeps when it moves to another house. ERR_MISSING also for what this visitor may not see:
 * before it is published, only its author and the space's staff may. */
int thing_find(struct visit *v, struct str which, bool wants_original, struct thing *ret) must_use;

/* An ask that cites it; see outcome/ask.h. */
struct thing_use {
	struct str address, title, lang; /* "2.6" */
};

struct thing_view {
	struct frame frame;
	struct thing t;
	struct post post;
	bool may_see_words; /* though they are hidden or withdrawn */
	bool wants_original, has_question;
	struct item question; /* that it belongs to */
	struct item parent;   /* of a reply */
	int64_t n_past;
	const struct thing_use *use; /* public asks that cite it */
	size_t n_use;
	bool is_flagged;
};

extern const struct route thing_routes[];
