/*
 * I turn votes into groups and common ground; pure arithmetic, no I/O.
 *
 * Participants are rows, statements are columns, both numbered from 0 by the caller; a vote
 * is +1 agree, 0 pass or -1 disagree. What is computed, and why, stands in docs/opinion.md.
 *
 * Cost: a vote is a handful of integer additions; a run reads all votes twice, and the first one
 * counts pairs of votes besides. docs/performance.md has figures. Memory: 4 bytes a vote, 12
 * a row, 16 a pair of columns up to 2,048 columns, 22 a row in each result.
 *
 * Order: results do not depend on the order of the rows or of the calls, to the last bit;
 * the order of the columns moves the last digits (below 1e-9) and no group. Exceptions:
 * seeding OPINION_POLIS, whose groups depend on row order by design.
 *
 * Threads: one thread at a time in each struct opinion. A run starts helpers and ends them.
 */
#pragma once
#include "base/err.h"
#include <stdbool.h>
#include <stdint.h>

struct opinion;

/* The most that is taken, each at least 1. Zero means the default. */
struct opinion_limits {
	size_t rows;  /* default and maximum 16,000,000 */
	size_t cols;  /* default 100,000, maximum 1,000,000 */
	size_t votes; /* default 200,000,000, maximum 1,000,000,000 */
};

/* opinion_open(limits, ret): An empty conversation; ${limits} may be NULL. ERR_NOMEM,
 * ERR_LIMIT (a limit above its maximum). */
int opinion_open(const struct opinion_limits *limits, struct opinion **ret) must_use;
void opinion_close(struct opinion *o); /* NULL is allowed */

/* opinion_size(o, rows, cols): There are at least so many participants and statements, even
 * if nobody votes on them. ERR_LIMIT, ERR_NOMEM. */
int opinion_size(struct opinion *o, size_t rows, size_t cols) must_use;

/* opinion_vote(o, row, col, vote): Add a vote or replace the former one; rows and columns
 * appear when they are first named. ERR_INPUT (not -1, 0 or 1), ERR_LIMIT, ERR_NOMEM. */
int opinion_vote(struct opinion *o, size_t row, size_t col, int vote) must_use;
/* opinion_unvote(o, row, col): Take a vote back; nothing happens when there is none. */
int opinion_unvote(struct opinion *o, size_t row, size_t col) must_use;

struct opinion_vote {
	uint32_t col;
	int vote;
};
/* opinion_row(o, row, votes, n): As n calls of opinion_vote, cheaper for a row that has no
 * votes yet. Of two votes on one column the later one counts. */
int opinion_row(struct opinion *o, size_t row, const struct opinion_vote *votes, size_t n) must_use;

enum opinion_moderation {
	OPINION_KEPT, /* also what nobody has looked at yet */
	OPINION_OUT,  /* hidden: plays no part in groups, lists and consensus */
	OPINION_META, /* about the consultation itself: as OUT, but shown to everybody */
};
/* opinion_moderate(o, col, how): May be changed at any time, at no cost. */
int opinion_moderate(struct opinion *o, size_t col, enum opinion_moderation how) must_use;

size_t opinion_rows(const struct opinion *o);
size_t opinion_cols(const struct opinion *o);
size_t opinion_votes(const struct opinion *o);

struct opinion_tally {
	uint32_t agree, disagree, pass;
};
/* opinion_tally(o, col): How everybody voted on it, moderated or not; all 0 for a column that
 * there is not. */
struct opinion_tally opinion_tally(const struct opinion *o, size_t col);

enum opinion_seeding {
	OPINION_STABLE, /* independent of the order of rows and columns */
	OPINION_POLIS,  /* as pol.is does it, to compare with what it published */
};

enum {
	OPINION_NO_GROUP = -1,
	OPINION_K_MAX = 5,       /* groups looked for: 2 to 5 */
	OPINION_LIST_MAX = 5,    /* statements in each list */
	OPINION_GIVEN_MAX = 127, /* largest group number in options.group */
};

struct opinion_result;
struct opinion_options {
	enum opinion_seeding seeding;
	/* Who is clustered, one byte a row; NULL: the rule (7 votes, or 15 people). */
	const uint8_t *in_conv;
	/* A group for every row (0 to OPINION_GIVEN_MAX, or OPINION_NO_GROUP), to compute the
	 * statistics of groups found elsewhere; NULL: find our own. */
	const int8_t *group;
	/* A former result of the same conversation (rows and columns may have been added):
	 * found faster, signs of components and number of groups do not jump, and who was
	 * clustered stays so. NULL: a cold start. */
	const struct opinion_result *before;
	int threads; /* 1 or 2; 0: 2 where it pays. Never changes a result. */
};

/* A statement in a list: what spec and pol.is call finalised repness. */
struct opinion_rep {
	uint32_t col;
	uint32_t success, trials; /* agrees (disagrees) among votes */
	double p, p_test;         /* share with pseudocounts 1 and 2, and its z score */
	double repness;           /* share here ÷ share in the other groups; not in consensus */
	double repness_test;      /* z score of the difference; not in consensus */
	bool is_agree;            /* what the group does more than others */
	bool is_best;             /* the one most agreed with; then agrees says by how many */
	uint32_t agrees;
};

struct opinion_list {
	size_t n;
	struct opinion_rep item[OPINION_LIST_MAX];
};

struct opinion_group {
	int id;         /* stable: 0 is the largest; polis: as pol.is numbers them */
	size_t members; /* never show groups of fewer than 5 */
	double x, y;    /* mean of the members' places */
	/* cols entries each, over the members, moderated columns included */
	uint32_t *agree, *disagree, *seen;
	struct opinion_list rep; /* what it is known for: agrees first */
};

/* A place on the plane shared by one or more people: a base cluster (polis), a place or a
 * cell of a grid (stable). */
struct opinion_base {
	int id; /* polis: may have gaps */
	uint32_t members;
	double x, y;
};

/* One run's findings; its own memory, no tie to struct opinion. Arrays are as long as rows
 * or cols say; absent values are 0. */
struct opinion_result {
	size_t rows, cols, votes;
	/* One per column. */
	double *center;  /* mean vote, -1 to 1; 0 when moderated out or not voted on */
	double *comp[2]; /* unit length; largest absolute entry positive; all 0 if there is none */
	double *extremity; /* how far a person who only agrees with it stands from the middle */
	double *consensus; /* group-aware: product over groups of the share that agrees, 0 to 1 */
	double *priority;  /* weight in the draw of the next statement to show; meta: 49 */
	uint8_t *moderation;
	/* One per row. */
	double *x, *y;    /* place on the plane, along comp[0] and comp[1] */
	uint8_t *in_conv; /* clustered */
	int8_t *group;    /* its group's id or OPINION_NO_GROUP */
	int32_t *base;    /* index into bases or -1 */

	double eigenvalue[3]; /* of ZᵀZ, largest first */
	size_t n_eigenvalue;  /* fewer than 3 only with fewer columns */
	size_t n_in_conv;

	int k;            /* number of groups chosen, 0 when nobody is in_conv */
	int n_silhouette; /* values for k = 2, 3, … */
	double silhouette[OPINION_K_MAX - 1];
	struct opinion_group *groups; /* by id */
	size_t n_groups;
	struct opinion_base *bases;
	size_t n_bases;
	double inertia; /* sum of squared distances of people to the middle of their group */

	struct opinion_list agree, disagree; /* consensus of everybody who voted */

	/* For the next warm start. */
	int last_k, same_k, smooth_k;
	int8_t *base_group[OPINION_K_MAX - 1]; /* per base, for k = 2, 3, … */

	int64_t ns_components, ns_projection, ns_clustering, ns_tallies;
};

/* opinion_run(o, options, ret): All of the above; ${options} may be NULL. Frees itself with
 * opinion_result_free. Keeps no pointer. ERR_NOMEM, ERR_INPUT (a group out of range). */
int opinion_run(struct opinion *o, const struct opinion_options *options,
	struct opinion_result **ret) must_use;
void opinion_result_free(struct opinion_result *r); /* NULL is allowed */

/* opinion_prop_test(x, n): z score of ${x} successes in ${n} trials against one half. */
double opinion_prop_test(double x, double n);
/* opinion_two_prop(x1, x2, n1, n2): z score of the difference of two shares, with
 * pseudocounts. */
double opinion_two_prop(double x1, double x2, double n1, double n2);
