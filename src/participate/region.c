#include "participate/region.h"
#include <stdlib.h>

/* ---- what a region would tell of its countries ---- */

/* The hidden countries of some regions: how many, and the people in them. Who sees both tables
 * can subtract the shown countries from a shown region, and those of all hidden regions from what
 * these have together: so each shown region, and the hidden ones together, must be safe. */
struct untold {
	size_t n;
	int64_t people;
};

static bool is_safe(struct untold s)
{
	struct cells c = { .n_hidden = s.n, .hidden = s.people };
	return s.n == 0 || cells_safe(&c);
}

static struct untold untold_of(const struct cells *country, struct str region)
{
	struct untold s = { 0 };
	for (size_t i = 0; i < country->n; i++)
		if (country->cell[i].is_hidden && str_eq(region_of(country->cell[i].key), region)) {
			s.n++;
			s.people += country->cell[i].n;
		}
	return s;
}

static void hide(struct cells *region, struct cell *cell, struct untold own, struct untold *all)
{
	cell->is_hidden = true;
	region->n_hidden++;
	region->hidden += cell->n;
	all->n += own.n;
	all->people += own.people;
}

/* The smallest shown region that has a secret of its own: only such a one can cover another's. */
static struct cell *cover(const struct cells *country, struct cells *region)
{
	struct cell *least = NULL;
	for (size_t i = 0; i < region->n; i++) {
		struct cell *one = &region->cell[i];
		if (!one->is_hidden && untold_of(country, one->key).n &&
			(!least || cells_by_size(one, least) > 0))
			least = one;
	}
	return least;
}

static void hide_regions(const struct cells *country, struct cells *region)
{
	struct untold all = { 0 };
	for (size_t i = 0; i < region->n; i++) {
		struct untold own = untold_of(country, region->cell[i].key);
		if (!is_safe(own))
			hide(region, &region->cell[i], own, &all);
	}
	while (!is_safe(all)) {
		struct cell *next = cover(country, region);
		if (!next)
			break;
		hide(region, next, untold_of(country, next->key), &all);
	}
	region->is_secret = !is_safe(all);
}

static struct cell *cell_of(struct cells *region, struct str key)
{
	for (size_t i = 0; i < region->n; i++)
		if (str_eq(region->cell[i].key, key))
			return &region->cell[i];
	region->cell[region->n] = (struct cell){ .key = key };
	return &region->cell[region->n++];
}

static void add(struct cell *to, const struct cell *country)
{
	to->n += country->n;
	to->noise ^= country->noise;
}

void region_cells(const struct cells *country, struct cells *region)
{
	for (size_t i = 0; i < country->n; i++)
		add(cell_of(region, region_of(country->cell[i].key)), &country->cell[i]);
	qsort(region->cell, region->n, sizeof *region->cell, cells_by_size);
	if (country->is_secret)
		cells_hide(region);
	else
		hide_regions(country, region);
}
