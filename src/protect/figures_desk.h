/*
 * I show the figures of a year to those who handle cases, have one of them offer and another one
 * release them, and show everybody what was released.
 */
#pragma once
#include "protect/figures.h"
#include "protect/quiet.h"

struct figures_link {
	int64_t year;
	bool is_released;
};
struct figures_desk_view {
	struct frame frame;
	struct figure *figure; /* how cases ended, of all years */
	size_t n_figure;
	struct figures_link *link;
	size_t n_link;

	struct figures f; /* of one year */
	bool is_over, is_offered, is_released, is_mine, has_changed, is_saved;
	struct str offered, released; /* names */
	int64_t offered_on, released_on;
};
