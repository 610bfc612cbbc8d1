/* I know what the parts of the sample hand to each other while it is being written. */
#pragma once
#include "base/packed.h"
#include "participate/bundle_put.sql.h"
#include "participate/demo.h"
#include "participate/demo_read.h"
#include "participate/item.h"

enum { DEMO_SEATS = 512, DEMO_THINGS = 72, DEMO_GROUPS = 3 };

extern const struct packed demo_texts; /* all files of demo/, made by tool/embed */

struct demo_seat {
	int64_t id;
	struct str lang, country;
	int group;      /* which of the planted opinion groups */
	int64_t at;     /* the hour of arrival */
	bool has_asked; /* wrote something already */
};

/* The sample as far as it is written. What is named by its number in the texts stands at that
 * number here; index 0 is unused. */
struct demo {
	struct db *db;
	struct arena *mem;
	struct demo_staff staff;
	int64_t today;
	uint64_t noise;
	int64_t first_space, space;
	struct str lang; /* of the space */
	int64_t announced;
	int64_t opens, ends; /* while people write */
	int64_t n[ITEM_STATEMENT + 1];
	int64_t item[ITEM_STATEMENT + 1][DEMO_THINGS];
	int64_t n_phase, n_theme, n_crowd;
	int64_t theme[DEMO_THINGS], crowd[DEMO_THINGS], share[DEMO_THINGS];
	char lean[DEMO_THINGS][DEMO_GROUPS]; /* of each statement: '+', '-' or '0' */
	size_t n_seat;
	struct demo_seat seat[DEMO_SEATS];
};

/* demo_noise(d, below): The next of a fixed row of numbers, from 0 to ${below} - 1. */
int64_t demo_noise(struct demo *d, int64_t below);
/* demo_uid(d): The next made-up lasting identity. */
struct str demo_uid(struct demo *d);

/* What each kind of block does. Negative: a failure. */
int demo_people(struct demo *d, const struct demo_block *b) must_use;
int demo_votes(struct demo *d, const struct demo_block *b) must_use;
int demo_item(struct demo *d, const struct demo_block *b) must_use;
