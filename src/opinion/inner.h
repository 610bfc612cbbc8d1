/* I know how votes lie in memory, and what the steps of a run hand to each other. */
#pragma once
#include "opinion/opinion.h"
#include <stddef.h>

/* A vote as it is kept: column and code in one word, so that it is an index into tables of
 * 4 × columns entries. */
typedef uint32_t cell;
static inline uint32_t cell_col(cell c)
{
	return c >> 2;
}
static inline uint32_t cell_code(cell c)
{
	return c & 3;
} /* vote + 1 */
static inline int cell_vote(cell c)
{
	return (int)(c & 3) - 1;
}
static inline cell cell_of(size_t col, int vote)
{
	return (cell)(col << 2) | (cell)(vote + 1);
}

struct row {
	uint32_t at, n, room; /* in the pool; cells in order of column */
};
struct col {
	uint32_t by_code[3]; /* disagrees, passes, agrees */
	uint8_t moderation;
};

/* Everybody who voted on both of two columns j < k. */
struct pair {
	int32_t n, x, y, a; /* how many, Σ v_j, Σ v_k, Σ v_j·v_k */
};

struct opinion {
	struct opinion_limits max;
	size_t n, m, votes;
	uint64_t pairs; /* Σ n_i(n_i-1)/2: the cost of counting pairs */
	struct row *row;
	struct col *col;
	size_t row_room, col_room;
	cell *pool;
	size_t pool_n, pool_room, waste;
	struct pair *pair; /* pair k(k-1)/2 + j; NULL until a run asks for it */
	size_t pair_cols;
};

static inline size_t pair_at(size_t j, size_t k)
{
	return k * (k - 1) / 2 + j;
}
static inline uint32_t col_seen(const struct col *c)
{
	return c->by_code[0] + c->by_code[1] + c->by_code[2];
}
static inline bool col_is_out(const struct col *c)
{
	return c->moderation != OPINION_KEPT;
}

/* ---- par.c: two threads where it pays ---- */
typedef void par_work(void *ctx, int part, int parts);
enum { PARTS_MAX = 2 };
/* par_run(parts, work, ctx): work(ctx, 0 … parts-1, parts), each on its own thread if there
 * is one to be had. */
void par_run(int parts, par_work *work, void *ctx);
struct span {
	size_t from, to;
};
struct span par_span(size_t n, int part, int parts);

/* ---- pairs.c: the table of co-votes ---- */
/* pairs_wanted(o): Counting pairs is cheaper than reading all votes again and again. Depends
 * on the votes alone, not on how they came. */
bool pairs_wanted(const struct opinion *o);
/* pairs_ready(o, parts): Count all pairs, unless the table is there. */
int pairs_ready(struct opinion *o, int parts) must_use;
/* pairs_grow(o, cols): Make room for more columns in a table that is there. */
int pairs_grow(struct opinion *o, size_t cols) must_use;
/* pairs_count(o, cells, n, c, sign): The vote ${c} joins (+1) or leaves (-1) a row of other
 * votes. */
void pairs_count(struct opinion *o, const cell *cells, size_t n, cell c, int sign);

/* ---- matrix.c: ZᵀZ times a few vectors, by the table or by the votes ---- */
enum { LANES = 4 };
struct lanes {
	int64_t v[LANES];
};
struct matrix {
	const struct opinion *o;
	const double *center;
	int parts;
	double floor;        /* relative rounding error of apply */
	double *gram;        /* m × m, or NULL: read the votes */
	struct lanes *value; /* by cell */
	struct lanes *sum[PARTS_MAX];
	double scale;     /* of the whole numbers in value and sum */
	const double *in; /* m × LANES */
	double *out;
};
int matrix_init(
	struct matrix *mx, const struct opinion *o, const double *center, int parts) must_use;
void matrix_done(struct matrix *mx);
/* matrix_apply(mx, in, out): out = ZᵀZ in, both m × LANES, columns of ${in} at most 1 long. */
void matrix_apply(struct matrix *mx, const double *in, double *out);

/* ---- eigen.c ---- */
/* eigen_find(mx, start, n, comp, value, ret_n): The first two eigenvectors of ${mx} (zero where the
 * eigenvalue is) and up to three eigenvalues, from ${n} starting vectors. */
int eigen_find(struct matrix *mx, const double *const *start, size_t n, double *comp[2],
	double value[3], size_t *ret_n) must_use;
/* eigen_small(n, h, s): Eigenvalues of the symmetric n × n ${h} into its diagonal,
 * eigenvectors into the columns of ${s}, both with rows of ${stride}. */
void eigen_small(size_t n, size_t stride, double *h, double *s);

/* ---- project.c ---- */
/* project(o, r, parts): Fill r->x and r->y, and r->extremity. */
int project(const struct opinion *o, struct opinion_result *r, int parts) must_use;

/* ---- kmeans.c: as pol.is does it ---- */
enum { CLUSTERS_MAX = 100 };
struct clusters {
	size_t n;
	int id[CLUSTERS_MAX];
	double x[CLUSTERS_MAX], y[CLUSTERS_MAX];
};
struct points {
	size_t n;
	const double *x, *y, *w; /* w NULL: all 1 */
};
struct kmeans {
	size_t k;
	int steps;
	/* A warm start: the former cluster's id of each point, or -1; NULL: cold. */
	const int32_t *before;
};
/* kmeans_polis(p, how, label, ret): label[i] is an index into ret. */
int kmeans_polis(const struct points *p, const struct kmeans *how, int32_t *label,
	struct clusters *ret) must_use;

/* ---- groups.c: base clusters, groups, how many ---- */
int groups_find(const struct opinion *o, const struct opinion_options *how,
	struct opinion_result *r, int parts) must_use;
/* groups_k_max(bases), groups_choose_k(r, before): spec sections 5 and 6. */
int groups_k_max(size_t bases);
void groups_choose_k(struct opinion_result *r, const struct opinion_result *before);
/* groups_number(r, ids, n): Make r->groups for n ids in rising order, counting members from
 * r->group. */
int groups_number(struct opinion_result *r, const int *ids, size_t n) must_use;
int polis_groups(struct opinion_result *r, const struct opinion_result *before) must_use;
int stable_groups(
	struct opinion_result *r, const struct opinion_result *before, int parts) must_use;

/* ---- silhouette.c ---- */
/* silhouettes(p, label, n, ret): Mean silhouette of the weighted points for each of ${n}
 * labellings with groups 0 … OPINION_K_MAX-1. */
int silhouettes(const struct points *p, int8_t *const *label, int n, double *ret) must_use;

/* ---- tally.c, stats.c ---- */
int tally(const struct opinion *o, struct opinion_result *r, int parts) must_use;
void stats_fill(const struct opinion *o, struct opinion_result *r);

void *take(size_t n, size_t size);
