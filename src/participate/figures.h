/*
 * I know all that the votes of one space come to at one moment: groups, agreement, and who
 * took part. Never changed once made; shared by whoever holds it.
 *
 * Nothing in here tells of fewer than FIGURES_LEAST people: small opinion groups are left out,
 * small counts are hidden, with as many others as it takes that none can be computed.
 */
#pragma once
#include "participate/board_votes.h"
#include <stdatomic.h>

enum { FIGURES_LEAST = 5, FIGURES_GROUPS = 5 };

/* A count of people who said the same; key "": who did not say. */
struct cell {
	struct str key;
	int64_t n;
	bool is_hidden;
	uint64_t noise; /* the order of cells of one size: nobody else's to know (cells_hide) */
};
/* Largest first. What is hidden may be shown as one sum with the names of its cells, but if
 * ${is_secret} no cell of it may be named at all. */
struct cells {
	struct cell *cell;
	size_t n, n_hidden;
	int64_t hidden; /* people, together */
	bool is_secret;
};

/* cells_hide(c): Decide what is hidden, so that the sum of all cells, which is no secret, the
 * cells that are shown, and knowing this rule do not give away a single hidden one. */
void cells_hide(struct cells *c);
/* cells_safe(c): Whoever knows how many cells are hidden, and how many people they hold together,
 * cannot tell how many one of them holds. For qsort: cells_by_size. */
bool cells_safe(const struct cells *c);
int cells_by_size(const void *a, const void *b);
/* cells_find(c, key): The cell of that key, or NULL. */
const struct cell *cells_find(const struct cells *c, struct str key);

struct tally {
	int64_t agree, disagree, pass;
};
static inline int64_t tally_all(struct tally t)
{
	return t.agree + t.disagree + t.pass;
}

/* A published statement. */
struct statement {
	int64_t item, number;
	struct tally all, group[FIGURES_GROUPS];
	double consensus; /* group-aware: 0 to 1 */
	double apart;     /* largest difference of two groups' shares of agreement, 0 to 1 */
	double priority;
	bool is_common; /* more than half of each group's votes agree */
	bool is_meta;
};

/* What a group is known for. */
struct trait {
	size_t statement; /* index */
	bool is_agree;
};
struct group {
	int64_t people;
	struct trait trait[OPINION_LIST_MAX];
	size_t n_trait;
};

/* A self-described crowd, or a country or language that the space hopes for. */
enum wish_kind { WISH_COUNTRY, WISH_LANG, WISH_CROWD };
struct wish {
	enum wish_kind kind;
	struct str key; /* of a country or language */
	int64_t crowd;
	int64_t n;     /* people; 0 also when hidden */
	int64_t hoped; /* people, or for a crowd per cent of all */
	bool is_hidden;
};

struct figures {
	_Atomic int holders;
	struct arena mem;
	int64_t space, at;
	uint64_t changes; /* the board's count when the statements were read */
	int64_t people, countries, languages, voters, votes, contributions, common;
	struct cells country, region, lang;
	struct wish *wish;
	size_t n_wish;
	struct statement *statement; /* by number */
	size_t n_statement;
	struct statement const **by_item; /* the same by item */
	struct group group[FIGURES_GROUPS];
	size_t n_group; /* those that are shown, largest first; 0: too few people */
	double *x, *y;  /* places of the people of these groups */
	int8_t *mark;   /* each one's group */
	size_t n_mark;
	struct opinion_result *result; /* whole; for the next run */
};

/* figures_make(b, db, before, ret): Count and compute; ${before} may be NULL. The first holder
 * is the caller's. Brings the moderation in ${b} up to date. */
int figures_make(struct ballot *b, struct db *db, const struct figures *before,
	struct figures **ret) must_use;

/* figures_show(f): Enough people voted for a result to be shown. */
static inline bool figures_show(const struct figures *f)
{
	return f && f->voters >= FIGURES_LEAST;
}

/* figures_find(f, item): The published statement of that id, or NULL. */
const struct statement *figures_find(const struct figures *f, int64_t item);

/* figures_common(f, max, ret), figures_apart(f, max, ret): At most ${max} statements, best first:
 * what every group agrees on; where people differ. The number of them. */
size_t figures_common(const struct figures *f, size_t max, const struct statement **ret);
size_t figures_apart(const struct figures *f, size_t max, const struct statement **ret);

void figures_hold(const struct figures *f);
void figures_release(const struct figures *f); /* NULL is allowed */
