/*
 * Block Krylov iteration: a small orthonormal basis grows by four vectors for each
 * multiplication; the best approximations in it (Rayleigh-Ritz) and what they still miss
 * (residuals) say when to stop. See docs/opinion.md.
 */
#include "opinion/inner.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { BASIS = 32, KEEP = 8, WANTED = 3, APPLY_MAX = 400 };

struct solver {
	struct matrix *mx;
	size_t m, p;                  /* length and number of basis vectors */
	double *v[BASIS], *av[BASIS]; /* the basis, and ZᵀZ times it */
	double h[BASIS][BASIS];       /* vᵀ·av */
	double theta[BASIS];          /* Ritz values, falling */
	double s[BASIS][BASIS];       /* column i: Ritz vector i in the basis */
	double *next[LANES];
	size_t n_next;
	double *in, *out; /* m × LANES */
	double *memory;
};

static double dot(const double *a, const double *b, size_t n)
{
	double sum[4] = { 0 };
	size_t i = 0;
	for (; i + 4 <= n; i += 4)
		for (size_t l = 0; l < 4; l++)
			sum[l] += a[i + l] * b[i + l];
	for (; i < n; i++)
		sum[0] += a[i] * b[i];
	return (sum[0] + sum[1]) + (sum[2] + sum[3]);
}

static void add_times(double *to, double f, const double *from, size_t n)
{
	for (size_t i = 0; i < n; i++)
		to[i] += f * from[i];
}

static bool normalise(double *v, size_t n)
{
	double len = sqrt(dot(v, v, n));
	if (!(len > 0))
		return false;
	for (size_t i = 0; i < n; i++)
		v[i] /= len;
	return true;
}

/* Turn ${h} so that h[p][q] becomes 0, and ${s} with it. */
static void turn(size_t n, size_t stride, double *h, double *s, size_t p, size_t q)
{
	double off = h[p * stride + q];
	double tau = (h[q * stride + q] - h[p * stride + p]) / (2 * off);
	double t = (tau >= 0 ? 1 : -1) / (fabs(tau) + sqrt(1 + tau * tau));
	double c = 1 / sqrt(1 + t * t), w = t * c;
	for (size_t i = 0; i < n; i++) {
		double a = h[i * stride + p], b = h[i * stride + q];
		h[i * stride + p] = c * a - w * b;
		h[i * stride + q] = w * a + c * b;
	}
	for (size_t i = 0; i < n; i++) {
		double a = h[p * stride + i], b = h[q * stride + i];
		h[p * stride + i] = c * a - w * b;
		h[q * stride + i] = w * a + c * b;
	}
	for (size_t i = 0; i < n; i++) {
		double a = s[i * stride + p], b = s[i * stride + q];
		s[i * stride + p] = c * a - w * b;
		s[i * stride + q] = w * a + c * b;
	}
}

void eigen_small(size_t n, size_t stride, double *h, double *s)
{
	double size = 0;
	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j < n; j++) {
			s[i * stride + j] = i == j;
			size += h[i * stride + j] * h[i * stride + j];
		}
	for (int sweep = 0; sweep < 40; sweep++) {
		double off = 0;
		for (size_t p = 0; p < n; p++)
			for (size_t q = p + 1; q < n; q++)
				off += h[p * stride + q] * h[p * stride + q];
		if (off <= 1e-32 * size)
			return;
		for (size_t p = 0; p < n; p++)
			for (size_t q = p + 1; q < n; q++)
				if (h[p * stride + q] != 0)
					turn(n, stride, h, s, p, q);
	}
}

/* Make next[] orthonormal to the basis and to each other and append it; what depends on the
 * rest is dropped. Number of vectors appended. */
static size_t basis_extend(struct solver *e)
{
	size_t from = e->p;
	for (size_t l = 0; l < e->n_next; l++) {
		double *w = e->next[l];
		if (!normalise(w, e->m))
			continue;
		bool is_new = true;
		for (int again = 0; again < 3 && is_new; again++) {
			for (size_t i = 0; i < e->p; i++)
				add_times(w, -dot(e->v[i], w, e->m), e->v[i], e->m);
			is_new = dot(w, w, e->m) > 1e-12 && normalise(w, e->m);
		}
		if (is_new)
			memcpy(e->v[e->p++], w, e->m * sizeof *w);
	}
	return e->p - from;
}

static void basis_apply(struct solver *e, size_t from)
{
	size_t n = e->p - from;
	for (size_t j = 0; j < e->m; j++)
		for (size_t l = 0; l < LANES; l++)
			e->in[j * LANES + l] = l < n ? e->v[from + l][j] : 0;
	matrix_apply(e->mx, e->in, e->out);
	for (size_t l = 0; l < n; l++)
		for (size_t j = 0; j < e->m; j++)
			e->av[from + l][j] = e->out[j * LANES + l];
	for (size_t b = from; b < e->p; b++)
		for (size_t a = 0; a <= b; a++)
			e->h[a][b] = e->h[b][a] =
				(dot(e->v[a], e->av[b], e->m) + dot(e->v[b], e->av[a], e->m)) / 2;
}

static void ritz(struct solver *e)
{
	double h[BASIS][BASIS], s[BASIS][BASIS];
	memcpy(h, e->h, sizeof h);
	eigen_small(e->p, BASIS, &h[0][0], &s[0][0]);
	bool is_taken[BASIS] = { false };
	for (size_t i = 0; i < e->p; i++) {
		size_t best = BASIS;
		for (size_t j = 0; j < e->p; j++)
			if (!is_taken[j] && (best == BASIS || h[j][j] > h[best][best]))
				best = j;
		must(best < BASIS);
		is_taken[best] = true;
		e->theta[i] = h[best][best];
		for (size_t j = 0; j < e->p; j++)
			e->s[j][i] = s[j][best];
	}
}

static void combine(const struct solver *e, double *const *of, size_t i, double *ret)
{
	memset(ret, 0, e->m * sizeof *ret);
	for (size_t b = 0; b < e->p; b++)
		add_times(ret, e->s[b][i], of[b], e->m);
}

/* What is missing in each of the first Ritz pairs becomes next[]; true when it is little
 * enough. */
static bool is_converged(struct solver *e)
{
	bool is_done = true;
	e->n_next = e->p < LANES ? e->p : LANES;
	for (size_t i = 0; i < e->n_next; i++) {
		combine(e, e->av, i, e->next[i]);
		for (size_t b = 0; b < e->p; b++)
			add_times(e->next[i], -e->theta[i] * e->s[b][i], e->v[b], e->m);
		double left = sqrt(dot(e->next[i], e->next[i], e->m)), gap = e->theta[0];
		for (size_t j = 0; j < e->n_next; j++)
			if (j != i && fabs(e->theta[i] - e->theta[j]) < gap)
				gap = fabs(e->theta[i] - e->theta[j]);
		double allowed = 1e-11 * gap, floor = e->mx->floor * e->theta[0];
		if (i + 1 == WANTED)
			allowed = 1e-7 * e->theta[i];
		if (i < WANTED && !(left <= (allowed > floor ? allowed : floor)))
			is_done = false;
	}
	return is_done;
}

/* Keep the best Ritz vectors as the new basis, in place: entry by entry. */
static void restart(struct solver *e)
{
	size_t n = e->p < KEEP ? e->p : KEEP;
	for (int which = 0; which < 2; which++) {
		double *const *of = which ? e->av : e->v;
		for (size_t j = 0; j < e->m; j++) {
			double to[KEEP] = { 0 };
			for (size_t b = 0; b < e->p; b++)
				for (size_t i = 0; i < n; i++)
					to[i] += e->s[b][i] * of[b][j];
			for (size_t i = 0; i < n; i++)
				of[i][j] = to[i];
		}
	}
	memset(e->h, 0, sizeof e->h);
	for (size_t i = 0; i < n; i++)
		e->h[i][i] = e->theta[i];
	e->p = n;
}

static void solve(struct solver *e)
{
	for (int applied = 0; applied < APPLY_MAX; applied++) {
		if (e->p + LANES > BASIS)
			restart(e);
		size_t from = e->p;
		if (basis_extend(e) == 0)
			return;
		basis_apply(e, from);
		ritz(e);
		if (is_converged(e))
			return;
	}
}

static int solver_init(struct solver *e, struct matrix *mx)
{
	size_t m = mx->o->m, at = 0;
	*e = (struct solver){ .mx = mx, .m = m };
	e->memory = take(m * (2 * BASIS + 3 * LANES), sizeof *e->memory);
	if (!e->memory)
		return err_note(ERR_NOMEM, "opinion: basis");
	for (size_t i = 0; i < BASIS; i++) {
		e->v[i] = e->memory + m * at++;
		e->av[i] = e->memory + m * at++;
	}
	for (size_t i = 0; i < LANES; i++)
		e->next[i] = e->memory + m * at++;
	e->in = e->memory + m * at;
	e->out = e->in + m * LANES;
	return 0;
}

int eigen_find(struct matrix *mx, const double *const *start, size_t n, double *comp[2],
	double value[3], size_t *ret_n)
{
	struct solver *e = take(1, sizeof *e);
	int st = e ? solver_init(e, mx) : err_note(ERR_NOMEM, "opinion: basis");
	if (st == 0) {
		must(n <= LANES);
		for (size_t i = 0; i < n; i++)
			memcpy(e->next[i], start[i], e->m * sizeof **start);
		e->n_next = n;
		solve(e);
		for (size_t i = 0; i < 2; i++) {
			if (i < e->p && e->theta[i] > 1e-10 * e->theta[0] && e->theta[i] > 1e-12) {
				combine(e, e->v, i, comp[i]);
				(void)normalise(comp[i], e->m);
			}
		}
		*ret_n = e->m < WANTED ? e->m : WANTED;
		for (size_t i = 0; i < *ret_n; i++)
			value[i] = i < e->p && e->theta[i] > 0 ? e->theta[i] : 0;
		free(e->memory);
	}
	free(e);
	return st;
}
