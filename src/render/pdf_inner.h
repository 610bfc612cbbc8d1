/* I know how a document lies on its pages: between placing it (pdf_place.c) and drawing it
 * (pdf_draw.c). Points from the page's upper left corner, as on the page. */
#pragma once
#include "render/pdf.h"
#include <cairo-pdf.h>
#include <pango/pangocairo.h>

static const double PAGE_W = 595.28, PAGE_H = 841.89, SIDE = 56, TOP = 60, FOOT = 64;

/* How a role looks; sizes in points, colours as in the stylesheet. */
struct look {
	const char *tag;
	double size, before, after, inset;
	double keep; /* room that must be left below it on its page; 0: it may break */
	uint32_t ink;
	bool is_bold;
	int columns;
};
extern const struct look pdf_looks[PDF_ROLES];

/* Lines ${from} to ${to} of a block, on their page. */
struct placed {
	const struct pdf_block *b;
	PangoLayout *text, *mark; /* mark: NULL where there is none */
	int page, from, to;
	double x, y, w, h;
};

struct sheet {
	const struct pdf *d;
	cairo_surface_t *surface;
	cairo_t *cr;
	PangoContext *context;
	struct placed *placed;
	size_t n, room;
	int pages, column;
	double y, row_h;
	bool has_failed;
};

/* pdf_lay(s, text, lang, size, is_bold, w): A text in lines of at most ${w}; 0: one line. The
 * caller gives it back by g_object_unref. */
PangoLayout *pdf_lay(
	struct sheet *s, struct str text, struct str lang, double size, bool is_bold, double w);
/* pdf_height(l), pdf_width(l): Of all its lines. */
double pdf_height(PangoLayout *l);
double pdf_width(PangoLayout *l);

/* pdf_next_page(s): What is placed from now on stands there. pdf_place(s, b): Below what is
 * placed already. A failure is kept in ${s}. */
void pdf_next_page(struct sheet *s);
void pdf_place(struct sheet *s, const struct pdf_block *b);

/* pdf_pages(s): Draw all pages. */
void pdf_pages(struct sheet *s);
