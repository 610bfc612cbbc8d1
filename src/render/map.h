/*
 * I know the shapes of countries, and draw the world: each country as dark as its number.
 *
 * The outlines come from a text file (static/map.txt, or the operator's own; its format is in
 * docs/data.md). What a reader learns from the picture stands in its description and in a
 * table that the page puts beside it: some browsers draw no pictures at all.
 */
#pragma once
#include "render/html.h"

struct map;

/* map_read(text, ret): Outlines from a file's ${text}, which is copied. ERR_INPUT with the
 * line and the reason; ERR_NOMEM. */
int map_read(struct str text, struct map **ret) must_use;
void map_close(struct map *m);

struct map_value {
	struct str country; /* ISO 3166 alpha-2, "KE" */
	int64_t n;
};

struct map_picture {
	const char *id; /* of this picture on its page; letters */
	struct str title,
		desc; /* in the reader's language; desc says the finding, names the table */
	struct map_value *value; /* one a country; the order does not matter */
	size_t n;
	int64_t least; /* smaller counts are shown as "fewer than" this; 0: all are shown */
};

/* map_scale(p, ret): The least numbers of the four shades, rising, from 1, so that the largest
 * value falls into the last or, when it is small, before it. */
void map_scale(const struct map_picture *p, int64_t ret[4]);

/* map_html(w, m, p): The picture, its legend and the note on borders: content of a <figure>. A
 * country without a value is hatched; one that the outlines lack is left to the table. */
void map_html(struct html *w, const struct map *m, const struct map_picture *p);
