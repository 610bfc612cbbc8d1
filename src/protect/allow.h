/*
 * I know what a reporter allows, step by step, since when: each change is a text of its own, and
 * the newest one counts.
 */
#pragma once
#include "protect/keep.h"

enum allow_step {
	ALLOW_CONTACT, /* write to them here */
	ALLOW_ACT,     /* advise, make a plan with them */
	ALLOW_SHARE,   /* hand it on, without the name, to a mechanism that can help */
	ALLOW_STATE,   /* raise it with the State */
	ALLOW_NAMED,   /* name them in a report */
	ALLOW_COUNT,   /* count it, without details */
	ALLOW_STEPS,
};
/* allow_name(step): As it stands in the sealed text and in forms: "contact". allow_label(step),
 * allow_hint(step): How to say it. */
const char *allow_name(enum allow_step step);
int allow_label(enum allow_step step);
int allow_hint(enum allow_step step);

struct allow {
	bool is_on[ALLOW_STEPS];
	int64_t since[ALLOW_STEPS]; /* the day on which it became so; 0: never said */
	bool is_broken;             /* the newest one does not open: nothing is allowed */
	struct str text;            /* the newest one; see consent.h */
};
/* allow_find(said, n): Among the opened texts of a report, in order. */
struct allow allow_find(const struct keep_shown *said, size_t n);
