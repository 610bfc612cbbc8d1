/*
 * I know a thread that does one thing after the other, and how many may wait for it.
 */
#pragma once
#include "base/err.h"
#include <stdbool.h>

struct lane;

/* One thing to do: the first member of a struct of the caller's, who owns it until ${work}
 * begins. */
struct lane_job {
	void (*work)(struct lane_job *job); /* on the lane's thread */
	struct lane_job *next;              /* the lane's */
};

/* lane_open(max, is_low, ret): Start the thread, at low priority with ${is_low}; at most ${max}
 * jobs may wait. ERR_NOMEM. */
int lane_open(int max, bool is_low, struct lane **ret) must_use;
/* lane_put(l, job): ERR_BUSY: as many wait as may, or it is closing. ${work} is called exactly
 * once, else. From any thread. */
int lane_put(struct lane *l, struct lane_job *job) must_use;
/* lane_is_closing(l): For a long job: end soon. From any thread. */
bool lane_is_closing(const struct lane *l);
/* lane_close(l): Do what waits, while lane_is_closing; then stop. NULL is allowed. */
void lane_close(struct lane *l);
