#include "render/trend.h"

#define LIT(w, literal) html_lit(w, literal, sizeof(literal) - 1)

enum { LEFT = 40, RIGHT = 306, TOP = 18, BOTTOM = 118 };

int64_t trend_top(int64_t most)
{
	static const int64_t steps[] = { 1, 2, 4, 6, 8, 10 };
	int64_t ten = 1;
	while (most / ten >= 10 && ten < INT64_MAX / 100)
		ten *= 10;
	for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
		if (steps[i] * ten >= most && steps[i] * ten >= 2 && steps[i] * ten % 2 == 0)
			return steps[i] * ten;
	return 10 * ten;
}

static int64_t across(const struct trend *t, size_t i)
{
	return LEFT + (int64_t)i * (RIGHT - LEFT) / (int64_t)(t->count - 1);
}

static int64_t up(const struct trend *t, size_t i, int64_t top)
{
	int64_t n = t->n[i] < 0 ? 0 : t->n[i] > top ? top : t->n[i];
	return BOTTOM - n * (BOTTOM - TOP) / top;
}

static void line(struct html *w, const struct trend *t, int64_t top)
{
	for (size_t i = 0; i < t->count; i++) {
		html_text_c(w, i ? "L" : "M");
		html_text_i64(w, across(t, i));
		LIT(w, " ");
		html_text_i64(w, up(t, i, top));
	}
}

static void number(struct html *w, int y, int64_t n)
{
	LIT(w, "<text class=\"lt\" x=\"34\" y=\"");
	html_text_i64(w, y);
	LIT(w, "\" text-anchor=\"end\">");
	html_text_str(w, lang_number(w->lang, w->mem, n));
	LIT(w, "</text>");
}

static void head(struct html *w, const struct trend *t)
{
	LIT(w, "<svg class=\"chart\" viewBox=\"0 0 330 142\" role=\"img\" aria-labelledby=\"");
	html_text_c(w, t->id);
	LIT(w, "-t ");
	html_text_c(w, t->id);
	LIT(w, "-d\"><title id=\"");
	html_text_c(w, t->id);
	LIT(w, "-t\">");
	html_text_str(w, t->title);
	LIT(w, "</title><desc id=\"");
	html_text_c(w, t->id);
	LIT(w, "-d\">");
	html_text_str(w, t->desc);
	LIT(w, "</desc><path class=\"axis\" d=\"M40 118H306M40 68H306M40 18H306\"/>");
}

void trend_html(struct html *w, const struct trend *t)
{
	int64_t most = 0;
	must(t->count >= 2 && t->count <= TREND_POINTS);
	for (size_t i = 0; i < t->count; i++)
		most = t->n[i] > most ? t->n[i] : most;
	int64_t top = trend_top(most);
	head(w, t);
	number(w, BOTTOM + 4, 0);
	number(w, (TOP + BOTTOM) / 2 + 5, top / 2);
	number(w, TOP + 5, top);
	LIT(w, "<path class=\"ar\" d=\"");
	line(w, t, top);
	LIT(w, "L306 118L40 118z\"/><path class=\"ln\" d=\"");
	line(w, t, top);
	LIT(w, "\"/><circle class=\"pt\" cx=\"");
	html_text_i64(w, RIGHT);
	LIT(w, "\" cy=\"");
	html_text_i64(w, up(t, t->count - 1, top));
	LIT(w, "\" r=\"5\"/><text x=\"40\" y=\"138\" class=\"lt\">");
	html_text_str(w, t->first);
	LIT(w, "</text><text x=\"306\" y=\"138\" text-anchor=\"end\" class=\"lt\">");
	html_text_str(w, t->last);
	LIT(w, "</text></svg>");
}
