/* I know what a file of outlines holds once it is read and found sound. */
#pragma once
#include "base/str.h"

struct outline {
	char code[2];
	struct str path; /* SVG path data; empty: a dot at x, y */
	int x, y;
};

struct map {
	char *text; /* that paths point into */
	int width, height;
	struct outline *outline;
	size_t n;
};
