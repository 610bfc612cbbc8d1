/*
 * Votes that nobody cast: N people in four planted groups, each with its own leaning on every
 * statement. The same specification makes the same votes on every machine.
 */
#include "app/analyse_inner.h"
#include "base/clock.h"
#include <stdlib.h>
#include <sys/resource.h>

enum { PLANTED = 4, BATCH = 1024, NEW_VOTES = 1000 };

struct synthetic {
	int64_t n, m, v, seed;
	uint64_t dice;
	struct opinion_vote *vote; /* of one batch, row behind row */
	size_t first[BATCH + 1];   /* where each row's votes begin */
	uint64_t *chosen;          /* one bit a column */
};

/* splitmix64 (Steele, Lea and Flood 2014) */
static uint64_t mix(uint64_t v)
{
	v = (v ^ v >> 30) * 0xbf58476d1ce4e5b9u;
	v = (v ^ v >> 27) * 0x94d049bb133111ebu;
	return v ^ v >> 31;
}

static uint64_t roll(struct synthetic *s, uint64_t sides)
{
	s->dice += 0x9e3779b97f4a7c15u;
	return (mix(s->dice) >> 32) * sides >> 32;
}

static int spec_parse(const char *spec, struct synthetic *ret)
{
	struct synthetic s = { 0 };
	int64_t *const part[] = { &s.n, &s.m, &s.v, &s.seed };
	struct str left = str_c(spec), head;
	size_t n = 0;
	while (str_cut(&left, ',', &head))
		if (n >= 4 || !str_i64(head, part[n++]))
			return err_note(ERR_INPUT, "--synthetic wants N,M,V,SEED");
	if (n != 4 || s.n < 1 || s.n > 16000000 || s.m < 1 || s.m > 100000 || s.v < 0 ||
		s.v / s.n > s.m || s.v > 200000000)
		return err_note(ERR_INPUT,
			"--synthetic wants 1 to 16000000 people, 1 to 100000 statements, votes "
			"that fit");
	s.dice = (uint64_t)s.seed;
	*ret = s;
	return 0;
}

/* A person of planted group ${g} agrees with statement ${j} in 15, 50 or 85 of 100 cases. */
static int vote_of(struct synthetic *s, uint64_t g, uint64_t j)
{
	static const uint64_t leaning[] = { 15, 50, 85 };
	uint64_t agrees = leaning[mix((uint64_t)s->seed + 1 + j * PLANTED + g) % 3];
	if (roll(s, 100) < 15)
		return 0;
	return roll(s, 100) < agrees ? 1 : -1;
}

/* Two neighbours share the votes of two: one casts more, the other less. */
static size_t quota(const struct synthetic *s, int64_t i)
{
	int64_t pair = i / 2 * 2, last = pair + 2 < s->n ? pair + 2 : s->n;
	int64_t total = last * s->v / s->n - pair * s->v / s->n;
	if (last - pair == 1)
		return (size_t)total;
	int64_t half = total / 2, room = s->m - (total - half);
	uint64_t spread = (uint64_t)(half < room ? half : room) / 2 + 1;
	int64_t less = half - (int64_t)(mix((uint64_t)(s->seed + pair)) % spread);
	return (size_t)(i == pair ? less : total - less);
}

static size_t make_row(struct synthetic *s, int64_t i, struct opinion_vote *to)
{
	size_t words = (size_t)s->m / 64 + 1, n = quota(s, i);
	memset(s->chosen, 0, words * sizeof *s->chosen);
	for (size_t left = n; left;) {
		uint64_t j = roll(s, (uint64_t)s->m), bit = (uint64_t)1 << (j & 63);
		left -= !(s->chosen[j >> 6] & bit);
		s->chosen[j >> 6] |= bit;
	}
	uint64_t g = mix((uint64_t)(s->seed + i)) % PLANTED;
	size_t at = 0;
	for (size_t w = 0; w < words; w++)
		for (uint64_t bits = s->chosen[w]; bits; bits &= bits - 1) {
			uint32_t j = (uint32_t)(w * 64) + (uint32_t)ffsll((long long)bits) - 1;
			to[at++] = (struct opinion_vote){ j, vote_of(s, g, j) };
		}
	return n;
}

/* Only the adding of votes is timed, not their making. */
static int build(struct synthetic *s, struct opinion *o, int64_t *ret_ns)
{
	int64_t ns = 0;
	for (int64_t i = 0; i < s->n; i += BATCH) {
		size_t rows = s->n - i < BATCH ? (size_t)(s->n - i) : BATCH;
		for (size_t b = 0; b < rows; b++)
			s->first[b + 1] = s->first[b] +
				make_row(s, i + (int64_t)b, s->vote + s->first[b]);
		int64_t from = clock_mono();
		for (size_t b = 0; b < rows; b++) {
			int st = opinion_row(o, (size_t)i + b, s->vote + s->first[b],
				s->first[b + 1] - s->first[b]);
			if (st < 0)
				return st;
		}
		ns += clock_mono() - from;
	}
	*ret_ns = ns;
	return opinion_size(o, (size_t)s->n, (size_t)s->m);
}

static int warm(struct synthetic *s, struct opinion *o, const struct opinion_result *before,
	int64_t *ret_ns)
{
	int64_t from = clock_mono();
	for (int i = 0; i < NEW_VOTES; i++) {
		int st = opinion_vote(
			o, roll(s, (uint64_t)s->n), roll(s, (uint64_t)s->m), (int)roll(s, 3) - 1);
		if (st < 0)
			return st;
	}
	struct opinion_result *r = NULL;
	int st = opinion_run(o, &(struct opinion_options){ .before = before }, &r);
	opinion_result_free(r);
	*ret_ns = clock_mono() - from;
	return st;
}

static void print_seconds(const char *name, int64_t ns)
{
	printf("%s %.3f s\n", name, (double)ns / 1e9);
}

static int measure(struct synthetic *s, struct opinion *o)
{
	int64_t ns_build = 0, ns_warm = 0;
	struct opinion_result *r = NULL;
	int st = build(s, o, &ns_build);
	if (st == 0)
		st = opinion_run(o, NULL, &r);
	if (st == 0)
		st = warm(s, o, r, &ns_warm);
	if (st == 0) {
		print_seconds("build", ns_build);
		print_seconds("components", r->ns_components);
		print_seconds("projection", r->ns_projection);
		print_seconds("clustering", r->ns_clustering);
		print_seconds("tallies", r->ns_tallies);
		print_seconds("cold",
			ns_build + r->ns_components + r->ns_projection + r->ns_clustering +
				r->ns_tallies);
		print_seconds("warm", ns_warm);
		struct rusage used;
		getrusage(RUSAGE_SELF, &used);
		printf("peak %ld MB\n", used.ru_maxrss / 1024);
	}
	opinion_result_free(r);
	return st;
}

int analyse_synthetic(const char *spec)
{
	struct synthetic s = { 0 };
	struct opinion *o = NULL;
	int st = spec_parse(spec, &s);
	if (st < 0)
		return st;
	size_t most = (size_t)(s.v / s.n + 1) * 2;
	most = most < (size_t)s.m ? most : (size_t)s.m;
	s.vote = calloc(BATCH * most + 1, sizeof *s.vote);
	s.chosen = calloc((size_t)s.m / 64 + 1, sizeof *s.chosen);
	st = s.vote && s.chosen ? opinion_open(NULL, &o) : err_note(ERR_NOMEM, "votes");
	if (st == 0)
		st = measure(&s, o);
	opinion_close(o);
	free(s.vote);
	free(s.chosen);
	return st;
}
