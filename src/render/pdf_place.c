/* Every block finds its page and its place there: see pdf_inner.h. */
#include "render/pdf_inner.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The first that has a character draws it. Of OpenType fonts cairo 1.16 leaves some Chinese
 * characters blank, so that a TrueType one stands before. */
#define FONTS "Noto Sans,Noto Naskh Arabic,WenQuanYi Micro Hei,Noto Sans CJK SC,sans-serif"

static const double LEADING = 1.32;

enum { PAGES_MAX = 5000 };

const struct look pdf_looks[PDF_ROLES] = {
	[PDF_EYEBROW] = { "P", 10.5, 0, 2, 0, 60, 0x0b5358, true, 1 },
	[PDF_TITLE] = { "H1", 26, 0, 8, 0, 60, 0x1c2329, true, 1 },
	[PDF_LEAD] = { "P", 12, 0, 12, 0, 0, 0x4b565f, false, 1 },
	[PDF_BAR] = { "P", 10, 4, 8, 0, 20, 0x1c2329, false, 1 },
	[PDF_KEY] = { "P", 9.5, 0, 3, 14, 12, 0x1c2329, false, 3 },
	[PDF_FIGURE] = { "P", 9.5, 10, 6, 0, 12, 0x4b565f, false, 4 },
	[PDF_SECTION] = { "H2", 16, 20, 8, 0, 130, 0x0b5358, true, 1 },
	[PDF_NUMBER] = { "P", 9.5, 16, 2, 0, 72, 0x4b565f, false, 1 },
	[PDF_CARD] = { "H3", 12.5, 0, 5, 0, 40, 0x1c2329, true, 1 },
	[PDF_TEXT] = { "P", 10.5, 0, 6, 0, 0, 0x1c2329, false, 1 },
	[PDF_SMALL] = { "P", 9, 0, 5, 0, 0, 0x4b565f, false, 1 },
	[PDF_QUOTE] = { "BlockQuote", 10, 3, 4, 14, 0, 0x1c2329, false, 1 },
};

/* ---- words ---- */

PangoLayout *pdf_lay(
	struct sheet *s, struct str text, struct str lang, double size, bool is_bold, double w)
{
	char tag[32];
	PangoLayout *l = pango_layout_new(s->context);
	PangoFontDescription *font = pango_font_description_from_string(FONTS);
	PangoAttrList *attr = pango_attr_list_new();
	pango_font_description_set_size(font, (int)(size * PANGO_SCALE));
	pango_font_description_set_weight(font, is_bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
	pango_layout_set_font_description(l, font);
	snprintf(tag, sizeof tag, "%.*s", STR_ARG(lang));
	if (!strcmp(tag, "zh") || !strcmp(tag, "zh-Hans"))
		snprintf(tag, sizeof tag, "zh-cn"); /* as fontconfig calls it */
	pango_attr_list_insert(attr, pango_attr_language_new(pango_language_from_string(tag)));
	pango_layout_set_attributes(l, attr);
	/* A text that runs the other way than the page is turned by Pango. */
	pango_layout_set_alignment(l, s->d->is_rtl ? PANGO_ALIGN_RIGHT : PANGO_ALIGN_LEFT);
	pango_layout_set_wrap(l, PANGO_WRAP_WORD_CHAR);
	pango_layout_set_line_spacing(l, (float)LEADING);
	pango_layout_set_width(l, w > 0 ? (int)(w * PANGO_SCALE) : -1);
	pango_layout_set_text(l, text.p ? text.p : "", (int)text.n);
	pango_attr_list_unref(attr);
	pango_font_description_free(font);
	return l;
}

double pdf_height(PangoLayout *l)
{
	int h;
	pango_layout_get_size(l, NULL, &h);
	return (double)h / PANGO_SCALE;
}

double pdf_width(PangoLayout *l)
{
	int w;
	pango_layout_get_size(l, &w, NULL);
	return (double)w / PANGO_SCALE;
}

/* ---- placing ---- */

void pdf_next_page(struct sheet *s)
{
	s->pages++;
	s->y = TOP;
	s->has_failed |= s->pages > PAGES_MAX;
}

static void keep_placed(struct sheet *s, const struct placed *p)
{
	if (s->n == s->room) {
		size_t room = s->room ? 2 * s->room : 256;
		struct placed *more = reallocarray(s->placed, room, sizeof *more);
		if (!more) {
			s->has_failed = true;
			return;
		}
		s->placed = more;
		s->room = room;
	}
	s->placed[s->n++] = *p;
}

/* Of the lines from ${from} on, how many fit in ${room}; ${ret_h}: their height. */
static int fitting(PangoLayout *l, int from, double room, double *ret_h)
{
	PangoLayoutIter *i = pango_layout_get_iter(l);
	double base = 0, h = 0;
	int at = 0;
	do {
		int top, bottom;
		pango_layout_iter_get_line_yrange(i, &top, &bottom);
		if (at == from)
			base = (double)top / PANGO_SCALE;
		if (at >= from && (double)bottom / PANGO_SCALE - base > room)
			break;
		h = (double)bottom / PANGO_SCALE - base;
		at++;
	} while (pango_layout_iter_next_line(i));
	pango_layout_iter_free(i);
	*ret_h = h;
	return at > from ? at - from : 0;
}

/* A text that may break: no line of it alone at the foot or the head of a page. */
static void place_lines(struct sheet *s, struct placed p)
{
	int all = pango_layout_get_line_count(p.text);
	while (p.from < all && !s->has_failed) {
		double h;
		int left = all - p.from, n = fitting(p.text, p.from, PAGE_H - FOOT - s->y, &h);
		if (n < left && left - n == 1 && n > 1)
			n = fitting(p.text, p.from, h - 1, &h);
		bool is_fresh = s->y <= TOP;
		if (!is_fresh && n < left && n < 2) {
			pdf_next_page(s);
			continue;
		}
		p.to = p.from + (n ? n : 1);
		p.page = s->pages;
		p.y = s->y;
		p.h = h;
		keep_placed(s, &p);
		s->y += h;
		p.from = p.to;
		if (p.from < all)
			pdf_next_page(s);
	}
}

static void end_row(struct sheet *s)
{
	s->y += s->row_h;
	s->row_h = 0;
	s->column = 0;
}

static void place_cell(struct sheet *s, struct placed p, const struct look *look)
{
	double mark = p.mark ? pdf_height(p.mark) : 0;
	bool is_next = s->n && s->placed[s->n - 1].b->role == p.b->role && s->column > 0;
	if (!is_next)
		end_row(s);
	p.h = mark + pdf_height(p.text) + look->after;
	if (s->column == 0 && s->y + p.h > PAGE_H - FOOT)
		pdf_next_page(s);
	p.x += s->column * (PAGE_W - 2 * SIDE) / look->columns;
	p.to = pango_layout_get_line_count(p.text);
	p.page = s->pages;
	p.y = s->y;
	keep_placed(s, &p);
	s->row_h = p.h > s->row_h ? p.h : s->row_h;
	if (++s->column == look->columns)
		end_row(s);
}

/* A block that has its lines to itself. */
static void place_alone(struct sheet *s, struct placed p, const struct look *look)
{
	double whole = p.b->role == PDF_BAR ? 14 : pdf_height(p.text);
	if (look->keep > 0 && s->y > TOP && s->y + whole + look->keep > PAGE_H - FOOT)
		pdf_next_page(s);
	if (p.b->role == PDF_BAR) {
		p.page = s->pages;
		p.y = s->y;
		p.h = whole;
		keep_placed(s, &p);
		s->y += whole;
	} else {
		place_lines(s, p);
	}
	s->y += look->after;
}

void pdf_place(struct sheet *s, const struct pdf_block *b)
{
	const struct look *look = &pdf_looks[b->role];
	double cell = (PAGE_W - 2 * SIDE) / look->columns;
	struct placed p = { .b = b, .x = SIDE + look->inset, .w = cell - look->inset };
	bool is_cell = look->columns > 1;
	if (is_cell)
		p.w -= 8;
	p.text = pdf_lay(s, b->text, b->lang, look->size, look->is_bold, p.w);
	if (b->mark.n)
		p.mark = pdf_lay(s, b->mark, s->d->lang, is_cell ? 20 : 8.5, true, 0);
	bool is_first = !s->n || s->placed[s->n - 1].b->role != b->role;
	if (is_first)
		end_row(s);
	if (s->y > TOP && (is_first || !is_cell))
		s->y += look->before;
	if (is_cell) {
		place_cell(s, p, look);
		return;
	}
	place_alone(s, p, look);
}
