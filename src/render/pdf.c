/* First every block is placed, then the pages are drawn: only then it is known how many there are.
 */
#include "render/pdf_inner.h"
#include <stdlib.h>

static cairo_status_t take(void *to, const unsigned char *p, unsigned n)
{
	struct buf *b = to;
	buf_put(b, p, n);
	return b->failed ? CAIRO_STATUS_WRITE_ERROR : CAIRO_STATUS_SUCCESS;
}

/* Without the right fonts every letter would be an empty box. */
static bool has_fonts(struct sheet *s)
{
	PangoFontFamily **family = NULL;
	int n = 0;
	pango_font_map_list_families(pango_cairo_font_map_get_default(), &family, &n);
	g_free(family);
	if (n == 0)
		return false;
	PangoLayout *title = pdf_lay(s, s->d->title, s->d->lang, 10, false, 0);
	bool is_known = pango_layout_get_unknown_glyphs_count(title) == 0;
	g_object_unref(title);
	return is_known;
}

static void name_it(struct sheet *s)
{
	char *title = g_strndup(s->d->title.p, s->d->title.n);
	char *author = g_strndup(s->d->author.p, s->d->author.n);
	cairo_pdf_surface_set_metadata(s->surface, CAIRO_PDF_METADATA_TITLE, title);
	cairo_pdf_surface_set_metadata(s->surface, CAIRO_PDF_METADATA_AUTHOR, author);
	cairo_pdf_surface_set_metadata(s->surface, CAIRO_PDF_METADATA_CREATOR, "Baraza");
	g_free(title);
	g_free(author);
}

static void start(struct sheet *s)
{
	PangoFontMap *map = pango_cairo_font_map_get_default();
	pango_cairo_font_map_set_resolution(PANGO_CAIRO_FONT_MAP(map), 72);
	cairo_font_options_t *o = cairo_font_options_create();
	cairo_font_options_set_hint_style(o, CAIRO_HINT_STYLE_NONE);
	cairo_font_options_set_hint_metrics(o, CAIRO_HINT_METRICS_OFF);
	s->context = pango_cairo_create_context(s->cr);
	pango_cairo_context_set_font_options(s->context, o);
	pango_context_set_base_dir(
		s->context, s->d->is_rtl ? PANGO_DIRECTION_RTL : PANGO_DIRECTION_LTR);
	cairo_font_options_destroy(o);
	name_it(s);
	pdf_next_page(s);
}

static void free_placed(struct sheet *s)
{
	for (size_t i = 0; i < s->n; i++) {
		if (i && s->placed[i - 1].text == s->placed[i].text)
			continue; /* one text on several pages */
		g_object_unref(s->placed[i].text);
		g_clear_object(&s->placed[i].mark);
	}
	free(s->placed);
}

static int draw(struct sheet *s)
{
	if (!has_fonts(s))
		return err_note(ERR_MISSING, "no fonts");
	for (size_t i = 0; i < s->d->n_block && !s->has_failed; i++)
		pdf_place(s, &s->d->block[i]);
	if (s->has_failed)
		return err_note(ERR_LIMIT, "document is too long");
	pdf_pages(s);
	return 0;
}

int pdf_draw(const struct pdf *d, struct buf *ret)
{
	struct sheet s = { .d = d };
	s.surface = cairo_pdf_surface_create_for_stream(take, ret, PAGE_W, PAGE_H);
	s.cr = cairo_create(s.surface);
	start(&s);
	/* Only under one root does Cairo say that the PDF is tagged. */
	cairo_tag_begin(s.cr, "Document", NULL);
	int result = draw(&s);
	cairo_tag_end(s.cr, "Document");
	free_placed(&s);
	g_object_unref(s.context);
	cairo_destroy(s.cr);
	cairo_surface_finish(s.surface);
	cairo_status_t status = cairo_surface_status(s.surface);
	cairo_surface_destroy(s.surface);
	if (result == 0 && status != CAIRO_STATUS_SUCCESS)
		result = err_note(ret->failed ? ret->failed : ERR_NOMEM, "PDF: %s",
			cairo_status_to_string(status));
	return result;
}
