#include "participate/figures.h"

/* A hidden cell holds one person at the least and, unless it was hidden for the sake of others,
 * FIGURES_LEAST - 1 at the most. At either end the sum of them gives every single one away. */
bool cells_safe(const struct cells *c)
{
	int64_t n = (int64_t)c->n_hidden, most = n * (FIGURES_LEAST - 1);
	return n >= 2 && c->hidden >= FIGURES_LEAST && c->hidden != n && c->hidden != most;
}

int cells_by_size(const void *a, const void *b)
{
	const struct cell *x = a, *y = b;
	if (x->n != y->n)
		return x->n < y->n ? 1 : -1;
	return x->noise != y->noise ? (x->noise > y->noise) - (x->noise < y->noise)
				    : str_cmp(x->key, y->key);
}

static void hide(struct cells *c, struct cell *cell)
{
	cell->is_hidden = true;
	c->n_hidden++;
	c->hidden += cell->n;
}

static struct cell *smallest_shown(struct cells *c)
{
	struct cell *least = NULL;
	for (size_t i = 0; i < c->n; i++)
		if (!c->cell[i].is_hidden && (!least || cells_by_size(&c->cell[i], least) > 0))
			least = &c->cell[i];
	return least;
}

void cells_hide(struct cells *c)
{
	for (size_t i = 0; i < c->n; i++)
		if (c->cell[i].n < FIGURES_LEAST)
			hide(c, &c->cell[i]);
	while (c->n_hidden && !cells_safe(c)) {
		struct cell *next = smallest_shown(c);
		if (!next)
			break;
		hide(c, next);
	}
	c->is_secret = c->n_hidden && !cells_safe(c);
}

const struct cell *cells_find(const struct cells *c, struct str key)
{
	for (size_t i = 0; i < c->n; i++)
		if (str_eq(c->cell[i].key, key))
			return &c->cell[i];
	return NULL;
}
