/*
 * I know in which region of the world a country lies, as the UN's statisticians group them (M49),
 * and how a table of regions is shown beside one of countries.
 */
#pragma once
#include "participate/figures.h"

/* region_of(country): The M49 code ("002") of an alpha-2 code; a country in no region stands for
 * itself, and the empty code, "not said", too. */
struct str region_of(struct str country);

/* region_cells(country, region): Add ${country} up by regions, in room for as many cells, and hide
 * what would, with both tables and their rule known, give a hidden country away. ${country} has
 * been hidden by cells_hide. */
void region_cells(const struct cells *country, struct cells *region);
