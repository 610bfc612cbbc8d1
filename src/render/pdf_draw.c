/* What is placed is drawn, page by page: see pdf_inner.h. */
#include "render/pdf_inner.h"
#include <stdio.h>

enum { URL_MAX = 2000 };

static const struct {
	uint32_t ink, ground;
} tones[TONES] = { { 0x4b565f, 0xeceeef }, { 0x1c6437, 0xe3f3e8 }, { 0x2a4b8d, 0xe8eefa },
	{ 0x7a4d00, 0xfdf1d8 }, { 0xa1171f, 0xfdeceb } };
static const uint32_t part_ink[PDF_PARTS] = { 0x0b5358, 0x43898b, 0x69737b, 0xa4461c, 0xffffff };

static void colour(cairo_t *cr, uint32_t rgb)
{
	cairo_set_source_rgb(
		cr, (rgb >> 16) / 255.0, (rgb >> 8 & 255) / 255.0, (rgb & 255) / 255.0);
}

/* Where something ${w} wide stands whose distance from the page's beginning is ${x}. */
static double across(const struct sheet *s, double x, double w)
{
	return s->d->is_rtl ? PAGE_W - x - w : x;
}

/* Lines ${from} to ${to}, the first at the height ${y}; returns where they end. */
static double show(struct sheet *s, PangoLayout *l, double x, double y, int from, int to)
{
	PangoLayoutIter *i = pango_layout_get_iter(l);
	double base = 0, end = y;
	int at = 0;
	do {
		PangoRectangle box;
		int top, bottom;
		pango_layout_iter_get_line_extents(i, NULL, &box);
		pango_layout_iter_get_line_yrange(i, &top, &bottom);
		if (at == from)
			base = (double)top / PANGO_SCALE;
		if (at >= from && at < to) {
			cairo_move_to(s->cr, x + (double)box.x / PANGO_SCALE,
				y - base + (double)pango_layout_iter_get_baseline(i) / PANGO_SCALE);
			pango_cairo_show_layout_line(s->cr, pango_layout_iter_get_line_readonly(i));
			end = y - base + (double)bottom / PANGO_SCALE;
		}
		at++;
	} while (pango_layout_iter_next_line(i));
	pango_layout_iter_free(i);
	return end;
}

static void draw_bar(struct sheet *s, const struct placed *p)
{
	double sum = 0, x = p->x;
	for (int i = 0; i < PDF_PARTS; i++)
		sum += (double)p->b->n[i];
	for (int i = 0; i < PDF_PARTS && sum > 0; i++) {
		double w = p->w * (double)p->b->n[i] / sum;
		cairo_rectangle(s->cr, across(s, x, w), p->y, w > 1.5 ? w - 1.5 : w, p->h);
		colour(s->cr, part_ink[i]);
		cairo_fill(s->cr);
		x += w;
	}
	cairo_rectangle(s->cr, across(s, p->x, p->w), p->y, p->w, p->h);
	cairo_set_line_width(s->cr, 0.6);
	colour(s->cr, 0x737d85);
	cairo_stroke(s->cr);
}

static void draw_chip(struct sheet *s, const struct placed *p)
{
	double w = pdf_width(p->mark) + 14, h = pdf_height(p->mark) + 3, r = h / 2, y = p->y - 1;
	double x = across(s, SIDE + PAGE_W - 2 * SIDE - w, w);
	cairo_new_sub_path(s->cr);
	cairo_arc(s->cr, x + w - r, y + r, r, -G_PI_2, G_PI_2);
	cairo_arc(s->cr, x + r, y + r, r, G_PI_2, -G_PI_2);
	cairo_close_path(s->cr);
	colour(s->cr, tones[p->b->tone].ground);
	cairo_fill(s->cr);
	colour(s->cr, tones[p->b->tone].ink);
	show(s, p->mark, x + 7, y + 1.5, 0, 1);
}

/* What stands around the words of a block; true: the words are not to be drawn. */
static bool draw_around(struct sheet *s, const struct placed *p)
{
	cairo_t *cr = s->cr;
	if (p->b->role == PDF_BAR) {
		draw_bar(s, p);
		return true;
	}
	if (p->b->role == PDF_NUMBER) {
		cairo_rectangle(cr, SIDE, p->y - 8, PAGE_W - 2 * SIDE, 0.6);
		colour(cr, 0xddd6c9);
		cairo_fill(cr);
		if (p->mark)
			draw_chip(s, p);
	}
	if (p->b->role == PDF_QUOTE) {
		cairo_rectangle(cr, across(s, SIDE, 3), p->y, 3, p->h);
		colour(cr, 0x8fc0bb);
		cairo_fill(cr);
	}
	if (p->b->role == PDF_KEY) {
		int64_t part = p->b->n[0] < 0 || p->b->n[0] >= PDF_PARTS ? 0 : p->b->n[0];
		cairo_rectangle(cr, across(s, p->x - 14, 9), p->y + 2, 9, 9);
		colour(cr, part_ink[part]);
		cairo_fill_preserve(cr);
		cairo_set_line_width(cr, 0.6);
		colour(cr, 0x737d85);
		cairo_stroke(cr);
	}
	return false;
}

/* The address as an attribute of a tag; false: it cannot stand there. */
static bool link_of(struct str url, char *ret, size_t size)
{
	bool is_plain = url.n && url.n < URL_MAX;
	for (size_t i = 0; i < url.n && is_plain; i++)
		is_plain = url.p[i] > ' ' && url.p[i] != '\'' && url.p[i] != '\\';
	return is_plain && snprintf(ret, size, "uri='%.*s'", STR_ARG(url)) < (int)size;
}

static void add_outline(struct sheet *s, const struct placed *p, int *section)
{
	char where[96], *name;
	bool is_section = p->b->role == PDF_SECTION;
	if (p->from || (!is_section && p->b->role != PDF_CARD))
		return;
	snprintf(where, sizeof where, "page=%d pos=[0 %d]", p->page, (int)p->y);
	name = g_strndup(p->b->text.p, p->b->text.n);
	int id = cairo_pdf_surface_add_outline(s->surface,
		is_section ? CAIRO_PDF_OUTLINE_ROOT : *section, name, where,
		is_section ? CAIRO_PDF_OUTLINE_FLAG_OPEN : 0);
	if (is_section)
		*section = id;
	g_free(name);
}

static void draw_block(struct sheet *s, const struct placed *p)
{
	char link[URL_MAX + 16];
	const struct look *look = &pdf_looks[p->b->role];
	bool is_link = link_of(p->b->url, link, sizeof link);
	double x = across(s, p->x, p->w), y = p->y;
	cairo_tag_begin(s->cr, look->tag, NULL);
	if (is_link)
		cairo_tag_begin(s->cr, CAIRO_TAG_LINK, link);
	if (!draw_around(s, p)) {
		colour(s->cr, look->ink);
		if (p->mark && p->b->role == PDF_FIGURE) {
			double w = pdf_width(p->mark);
			colour(s->cr, 0x0b5358);
			y = show(s, p->mark, across(s, p->x, w), y, 0, 1);
			colour(s->cr, look->ink);
		}
		show(s, p->text, x, y, p->from, p->to);
	}
	if (is_link)
		cairo_tag_end(s->cr, CAIRO_TAG_LINK);
	cairo_tag_end(s->cr, look->tag);
}

/* "Page {page} of {pages}". */
static char *page_words(struct str pattern, int page, int pages)
{
	GString *g = g_string_new_len(pattern.p, (gssize)pattern.n);
	char n[16];
	snprintf(n, sizeof n, "%d", page);
	g_string_replace(g, "{page}", n, 1);
	snprintf(n, sizeof n, "%d", pages);
	g_string_replace(g, "{pages}", n, 1);
	return g_string_free(g, FALSE);
}

static void draw_edge(struct sheet *s, int page)
{
	const struct pdf *d = s->d;
	double y = PAGE_H - FOOT + 22, half = (PAGE_W - 2 * SIDE) / 2;
	char *words = page_words(d->page_of, page, s->pages);
	PangoLayout *n = pdf_lay(s, str_c(words), d->lang, 8.5, false, 0);
	PangoLayout *title = pdf_lay(s, page > 1 ? d->title : d->author, d->lang, 8.5, false, half);
	pango_layout_set_auto_dir(title, FALSE); /* it begins where the page does */
	pango_layout_set_ellipsize(title, PANGO_ELLIPSIZE_END);
	double w = pdf_width(n);
	cairo_rectangle(s->cr, SIDE, y - 6, PAGE_W - 2 * SIDE, 0.6);
	colour(s->cr, 0xddd6c9);
	cairo_fill(s->cr);
	colour(s->cr, 0x4b565f);
	show(s, title, across(s, SIDE, half), y, 0, 1);
	show(s, n, across(s, PAGE_W - SIDE - w, w), y, 0, 1);
	if (d->sample.n) {
		PangoLayout *mark = pdf_lay(s, d->sample, d->lang, 8, false, PAGE_W - 2 * SIDE);
		show(s, mark, SIDE, y + 13, 0, 1);
		g_object_unref(mark);
	}
	if (page == 1) {
		cairo_rectangle(s->cr, 0, 0, PAGE_W, 10);
		colour(s->cr, 0x0b5358);
		cairo_fill(s->cr);
	}
	g_object_unref(title);
	g_object_unref(n);
	g_free(words);
}

void pdf_pages(struct sheet *s)
{
	int section = CAIRO_PDF_OUTLINE_ROOT;
	size_t i = 0;
	for (int page = 1; page <= s->pages; page++) {
		for (; i < s->n && s->placed[i].page == page; i++) {
			draw_block(s, &s->placed[i]);
			add_outline(s, &s->placed[i], &section);
		}
		draw_edge(s, page);
		cairo_show_page(s->cr);
	}
}
