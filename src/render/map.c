#include "render/map.h"

#include "po/messages.h"
#include "render/outline.h"

#define LIT(w, literal) html_lit(w, literal, sizeof(literal) - 1)

static int64_t most_of(const struct map_picture *p)
{
	int64_t most = 0;
	for (size_t i = 0; i < p->n; i++)
		if (p->value[i].n > most)
			most = p->value[i].n;
	return most;
}

/* Down to 1, 2, 3 or 5 times a power of ten, for people to read. */
static int64_t rounded(int64_t n)
{
	int64_t ten = 1;
	while (n / ten >= 10)
		ten *= 10;
	int64_t lead = n / ten;
	return ten * (lead >= 5 ? 5 : lead == 4 ? 3 : lead);
}

/* The shades rise by the same factor, the smallest one that reaches the largest value: many
 * countries have a few, few have many. */
void map_scale(const struct map_picture *p, int64_t ret[4])
{
	int64_t most = most_of(p), k = 2, first;
	do {
		first = p->least > 1 ? p->least : k;
		if (first * k * k * k >= most)
			break;
	} while (++k < 2000);
	bool is_fine = k == 2;
	ret[0] = 1;
	ret[1] = first;
	ret[2] = is_fine ? first * k : rounded(first * k);
	ret[3] = is_fine ? first * k * k : rounded(first * k * k);
	if (p->least <= 1 && !is_fine)
		ret[1] = rounded(first);
}

static int64_t value_of(const struct map_picture *p, const char code[2])
{
	for (size_t i = 0; i < p->n; i++)
		if (p->value[i].country.n == 2 && memcmp(p->value[i].country.p, code, 2) == 0)
			return p->value[i].n;
	return 0;
}

/* A tool-tip for those who point; everybody else reads the table. */
static void tip(struct html *w, const char code[2], int64_t n, int64_t least)
{
	struct str alpha2 = { code, 2 }, name = lang_country(w->lang, w->mem, alpha2);
	bool is_few = n > 0 && n < least;
	const struct msg_arg arg[] = { msg_arg_str("country", name.n ? name : alpha2),
		msg_arg_i64("number", is_few ? least : n) };
	LIT(w, "<title>");
	html_msg_attr(w, is_few ? MSG_map_country_few : MSG_map_country_count, arg, 2);
	LIT(w, "</title>");
}

static void shade(struct html *w, int64_t n, const int64_t scale[4])
{
	if (n < 1) {
		LIT(w, " class=\"nd\"");
		return;
	}
	int i = 3;
	while (i > 0 && n < scale[i])
		i--;
	LIT(w, " class=\"m");
	html_text_i64(w, i + 1);
	LIT(w, "\"");
}

static void country(struct html *w, const struct outline *o, const struct map_picture *p,
	const int64_t scale[4])
{
	int64_t n = value_of(p, o->code);
	if (o->path.n) {
		LIT(w, "<path");
		shade(w, n, scale);
		LIT(w, " d=\"");
		html_text_str(w, o->path);
		LIT(w, "\">");
		tip(w, o->code, n, p->least);
		LIT(w, "</path>");
		return;
	}
	LIT(w, "<circle");
	shade(w, n, scale);
	LIT(w, " cx=\"");
	html_text_i64(w, o->x);
	LIT(w, "\" cy=\"");
	html_text_i64(w, o->y);
	LIT(w, "\" r=\"3.2\">");
	tip(w, o->code, n, p->least);
	LIT(w, "</circle>");
}

static void head(struct html *w, const struct map *m, const struct map_picture *p)
{
	LIT(w, "<div class=\"bleed\"><svg class=\"chart c\" viewBox=\"0 0 ");
	html_text_i64(w, m->width);
	LIT(w, " ");
	html_text_i64(w, m->height);
	LIT(w, "\" role=\"img\" aria-labelledby=\"");
	html_text_c(w, p->id);
	LIT(w, "-t ");
	html_text_c(w, p->id);
	LIT(w, "-d\"><title id=\"");
	html_text_c(w, p->id);
	LIT(w, "-t\">");
	html_text_str(w, p->title);
	LIT(w, "</title><desc id=\"");
	html_text_c(w, p->id);
	LIT(w, "-d\">");
	html_text_str(w, p->desc);
	LIT(w,
		"</desc><defs><pattern id=\"nd\" width=\"5\" height=\"5\" patternUnits=\"userSpaceOnUse\""
		" patternTransform=\"rotate(45)\"><rect width=\"5\" height=\"5\"/><path d=\"M0 0V5\"/>"
		"</pattern></defs>");
}

/* What shade ${i} stands for; ${next} is where the one above begins, 0: there is none. */
static void legend_words(struct html *w, int64_t from, int64_t next, int64_t least)
{
	if (next && next <= least) {
		html_msg(w, MSG_map_legend_few, (struct msg_arg[]){ msg_arg_i64("number", least) },
			1);
	} else if (!next) {
		html_msg(w, MSG_map_legend_more, (struct msg_arg[]){ msg_arg_i64("number", from) },
			1);
	} else if (next - from == 1) {
		html_text_str(w, lang_number(w->lang, w->mem, from));
	} else {
		const struct msg_arg arg[] = { msg_arg_i64("from", from),
			msg_arg_i64("to", next - 1) };
		html_msg(w, MSG_map_legend_range, arg, 2);
	}
}

static void legend(struct html *w, const int64_t scale[4], int64_t least)
{
	LIT(w, "<ul class=\"legend\"><li><span class=\"sw snd\"></span>");
	html_msg(w, MSG_map_legend_none, NULL, 0);
	for (int i = 0; i < 4; i++) {
		LIT(w, "</li><li><span class=\"sw n");
		html_text_i64(w, i + 1);
		LIT(w, "\"></span>");
		legend_words(w, scale[i], i < 3 ? scale[i + 1] : 0, least);
	}
	LIT(w, "</li></ul>");
}

void map_html(struct html *w, const struct map *m, const struct map_picture *p)
{
	int64_t scale[4];
	map_scale(p, scale);
	head(w, m, p);
	for (size_t i = 0; i < m->n; i++)
		country(w, &m->outline[i], p, scale);
	LIT(w, "</svg></div>");
	legend(w, scale, p->least);
	LIT(w, "<figcaption>");
	html_msg(w, MSG_map_borders, NULL, 0);
	LIT(w, "</figcaption>");
}
