/* I know how a table of regions is shown beside one of countries. */
#pragma once
#include "i18n/region.h"
#include "participate/figures.h"

/* region_cells(country, region): Add ${country} up by regions, in room for as many cells, and hide
 * what would, with both tables and their rule known, give a hidden country away. ${country} has
 * been hidden by cells_hide. */
void region_cells(const struct cells *country, struct cells *region);
