/*
 * I know what falls due when: deadlines on a wheel, set and dropped at constant cost.
 * Not for two threads at a time.
 */
#pragma once
#include <stdbool.h>
#include <stdint.h>

struct wheel_node {
	struct wheel_node *next, **at; /* at: what points here; NULL when in no wheel */
	int64_t due;                   /* in ms */
	int64_t tick;                  /* where it hangs: never later than due */
};

enum { WHEEL_SLOTS = 256, WHEEL_TICK_MS = 100 };

struct wheel {
	struct wheel_node *slot[WHEEL_SLOTS], *firing;
	int64_t tick; /* all slots up to this one are done */
	int n;
};

/* wheel_begin(w, now): An empty wheel at ${now} ms. */
void wheel_begin(struct wheel *w, int64_t now);
/* wheel_set(w, node, due): ${node} (kept; all zero at first) falls due at ${due} ms or up to
 * one tick later. Replaces what was set before. */
void wheel_set(struct wheel *w, struct wheel_node *node, int64_t due);
void wheel_drop(struct wheel *w, struct wheel_node *node);
/* wheel_pop(w, now): Take out a node that is due, NULL when there is none. */
struct wheel_node *wheel_pop(struct wheel *w, int64_t now);
/* wheel_wait(w, now): Milliseconds until it is worth looking again; -1: never. */
int wheel_wait(const struct wheel *w, int64_t now);
