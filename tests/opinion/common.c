#include "tests/opinion/common.h"

/* xorshift64* (Vigna 2016): the same dice everywhere. */
static uint64_t dice = 1;

void roll_seed(uint64_t seed)
{
	dice = seed;
}

size_t roll(size_t sides)
{
	dice ^= dice >> 12;
	dice ^= dice << 25;
	dice ^= dice >> 27;
	return (size_t)((dice * 0x2545f4914f6cdd1du >> 33) % sides);
}

struct opinion *opened(void)
{
	struct opinion *o;
	assert_int_equal(opinion_open(NULL, &o), 0);
	return o;
}

struct opinion_result *ran(struct opinion *o, const struct opinion_options *how)
{
	struct opinion_result *r;
	assert_int_equal(opinion_run(o, how, &r), 0);
	return r;
}

static void same_bytes(const void *a, const void *b, size_t n)
{
	if (n)
		assert_memory_equal(a, b, n);
}

void same_result(const struct opinion_result *a, const struct opinion_result *b)
{
	assert_int_equal(a->rows, b->rows);
	assert_int_equal(a->cols, b->cols);
	size_t per_col = a->cols * sizeof(double), per_row = a->rows * sizeof(double);
	same_bytes(a->center, b->center, per_col);
	for (int v = 0; v < 2; v++)
		same_bytes(a->comp[v], b->comp[v], per_col);
	same_bytes(a->extremity, b->extremity, per_col);
	same_bytes(a->consensus, b->consensus, per_col);
	same_bytes(a->priority, b->priority, per_col);
	same_bytes(a->x, b->x, per_row);
	same_bytes(a->y, b->y, per_row);
	same_bytes(a->group, b->group, a->rows);
	same_bytes(a->base, b->base, a->rows * sizeof *a->base);
	same_bytes(a->eigenvalue, b->eigenvalue, sizeof a->eigenvalue);
	same_bytes(a->silhouette, b->silhouette, sizeof a->silhouette);
	assert_int_equal(a->k, b->k);
	assert_int_equal(a->n_groups, b->n_groups);
	assert_true(a->inertia == b->inertia);
	for (size_t g = 0; g < a->n_groups; g++) {
		same_bytes(a->groups[g].seen, b->groups[g].seen, a->cols * sizeof(uint32_t));
		assert_int_equal(a->groups[g].rep.n, b->groups[g].rep.n);
		for (size_t i = 0; i < a->groups[g].rep.n; i++)
			assert_int_equal(
				a->groups[g].rep.item[i].col, b->groups[g].rep.item[i].col);
	}
}
