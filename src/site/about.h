/* I say what this site is: how it works, what it keeps, whom it serves, where its source is. */
#pragma once
#include "site/routes.h"

/* One line. ${to} absent: the message has no link; ${name} absent: no {name}. */
struct about_line {
	int msg;
	struct url to;
	struct str name;
};

enum { ABOUT_PARTS = 6, ABOUT_LINES = 6, ABOUT_TABS = 6 };

struct about_part {
	int title;
	bool is_steps; /* one after the other */
	size_t n;
	struct about_line line[ABOUT_LINES];
};

struct about_tab {
	struct url to;
	int name;
	bool is_here;
};

struct about_view {
	struct frame frame;
	struct about_tab tab[ABOUT_TABS];
	int lead;
	size_t n;
	struct about_part part[ABOUT_PARTS];
};
