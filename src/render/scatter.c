#include "render/scatter.h"

#include <math.h>

#define LIT(w, literal) html_lit(w, literal, sizeof(literal) - 1)

enum {
	WIDTH = 480,
	HEIGHT = 290,
	SIDE = 24, /* free on the left and right; */
	ABOVE = 36,
	BELOW = 28, /* and for labels above and below */
	MANY = 900, /* marks: beyond it they are gathered on a coarser grid */
	WORDS = (HEIGHT + 63) / 64,
	LABEL_HIGH = 22, /* of a label, on a small screen; */
	NARROW = 6,      /* and half the width of a letter, */
	BROAD = 10,      /* or of a Chinese sign */
};

struct point {
	int x, y;
};

/* Which pixels a group's people stand on: sorted and single by nature. */
struct plot {
	uint64_t column[WIDTH + 1][WORDS];
};

/* From the plane of opinions to the picture: at most half as large again one way as the
 * other, so that near and far stay what they are. */
struct fit {
	double wide, tall, x, y;
};

static bool is_drawn(const struct scatter *s, size_t i)
{
	int g = s->group[i];
	return g >= 0 && g < SCATTER_GROUPS && s->label[g].n && isfinite(s->x[i]) &&
		isfinite(s->y[i]);
}

static struct fit fit_all(const struct scatter *s)
{
	double left = 0, right = 0, low = 0, high = 0;
	bool is_first = true;
	for (size_t i = 0; i < s->n; i++) {
		if (!is_drawn(s, i))
			continue;
		left = is_first ? s->x[i] : fmin(left, s->x[i]);
		right = is_first ? s->x[i] : fmax(right, s->x[i]);
		low = is_first ? s->y[i] : fmin(low, s->y[i]);
		high = is_first ? s->y[i] : fmax(high, s->y[i]);
		is_first = false;
	}
	double wide = WIDTH - 2 * SIDE, tall = HEIGHT - ABOVE - BELOW;
	double by_width = wide / fmax(right - left, 1e-9),
	       by_height = tall / fmax(high - low, 1e-9);
	double x = fmin(by_width, 1.5 * by_height), y = fmin(by_height, 1.5 * by_width);
	return (struct fit){ x, y, SIDE + wide / 2 - x * (left / 2 + right / 2),
		ABOVE + tall / 2 + y * (low / 2 + high / 2) };
}

static int between(double v, int least, int most)
{
	return v < least ? least : v > most ? most : (int)lround(v);
}

static struct point place(const struct scatter *s, size_t i, struct fit f)
{
	return (struct point){ between(f.x + f.wide * s->x[i], 0, WIDTH),
		between(f.y - f.tall * s->y[i], 0, HEIGHT - 1) };
}

static bool is_set(const struct plot *p, int x, int y)
{
	return p->column[x][y / 64] >> (y % 64) & 1;
}

/* Fills ${p} with group ${g}, gathered on a grid of ${step} pixels; returns how many marks. */
static size_t fill(struct plot *p, const struct scatter *s, int g, struct fit f, int step)
{
	size_t n = 0;
	memset(p, 0, sizeof *p);
	for (size_t i = 0; i < s->n; i++) {
		if (s->group[i] != g || !is_drawn(s, i))
			continue;
		struct point at = place(s, i, f);
		int x = at.x / step * step + step / 2, y = at.y / step * step + step / 2;
		x = x > WIDTH ? WIDTH : x;
		y = y >= HEIGHT ? HEIGHT - 1 : y;
		n += !is_set(p, x, y);
		p->column[x][y / 64] |= UINT64_C(1) << (y % 64);
	}
	return n;
}

static int grid_step(struct plot *p, const struct scatter *s, struct fit f)
{
	for (int step = 1;; step++) {
		size_t n = 0;
		for (int g = 0; g < SCATTER_GROUPS; g++)
			n += fill(p, s, g, f, step);
		if (n <= MANY || step == 8)
			return step;
	}
}

/* Twice the area to the left of a-b-c: positive for a turn to the right on a screen. */
static int turn(struct point a, struct point b, struct point c)
{
	return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
}

/* A chain of Andrew's: points in order, those inside the bend dropped. Returns its length. */
static size_t chain_add(struct point *chain, size_t n, size_t from, struct point p)
{
	while (n >= from + 2 && turn(chain[n - 2], chain[n - 1], p) <= 0)
		n--;
	chain[n++] = p;
	return n;
}

static int end_of(const uint64_t column[WORDS], bool is_low)
{
	for (int i = 0; i < WORDS; i++) {
		uint64_t bits = column[is_low ? WORDS - 1 - i : i];
		if (bits && is_low)
			return (WORDS - 1 - i) * 64 + 63 - __builtin_clzll(bits);
		if (bits)
			return i * 64 + __builtin_ctzll(bits);
	}
	return -1;
}

/* The outline round all marks, from the highest and lowest of each column. */
static size_t hull(const struct plot *p, struct point *chain)
{
	size_t n = 0;
	for (int x = 0; x <= WIDTH; x++) {
		int top = end_of(p->column[x], false);
		if (top >= 0)
			n = chain_add(chain, n, 0, (struct point){ x, top });
	}
	size_t half = n ? n - 1 : 0;
	for (int x = WIDTH; x >= 0; x--) {
		int low = end_of(p->column[x], true);
		if (low < 0)
			continue;
		struct point at = { x, low };
		if (n && chain[n - 1].x == at.x && chain[n - 1].y == at.y)
			continue;
		n = chain_add(chain, n, half, at);
	}
	if (n > 1 && chain[n - 1].x == chain[0].x && chain[n - 1].y == chain[0].y)
		n--;
	return n;
}

/* "12 30", "12-3": what stands between two numbers of a path is as short as can be. */
static void pair(struct html *w, int x, int y)
{
	html_text_i64(w, x);
	if (y >= 0)
		LIT(w, " ");
	html_text_i64(w, y);
}

static void class_of(struct html *w, const char *kind, int g)
{
	LIT(w, "<path class=\"");
	html_text_c(w, kind);
	LIT(w, " g");
	html_lit(w, &"abcde"[g], 1);
	LIT(w, "\" d=\"");
}

static void draw_hull(struct html *w, const struct point *chain, size_t n, int g)
{
	if (n < 3)
		return;
	class_of(w, "hull", g);
	for (size_t i = 0; i < n; i++) {
		html_lit(w, i ? "L" : "M", 1);
		pair(w, chain[i].x, chain[i].y);
	}
	LIT(w, "z\"/>");
}

/* Where a shape begins, seen from its middle, and the rest of it; it ends where it began. */
static const struct shape {
	const char *kind;
	int x, y;
	const char *rest;
} shapes[SCATTER_GROUPS] = {
	{ "dot", 0, 0, "h0" },
	{ "dot sq", 0, 0, "h0" },
	{ "tri", 0, -4, "l4 7h-8z" },
	{ "dia", -4, 0, "l4-4 4 4-4 4z" },
	{ "ring", -3, 0, "a3 3 0 1 0 6 0a3 3 0 1 0-6 0z" },
};

static void draw_marks(struct html *w, const struct plot *p, int g)
{
	const struct shape *shape = &shapes[g];
	struct point last = { -shape->x, -shape->y };
	class_of(w, shape->kind, g);
	for (int x = 0; x <= WIDTH; x++)
		for (int y = 0; y < HEIGHT; y++) {
			if (!is_set(p, x, y))
				continue;
			LIT(w, "m");
			pair(w, x - last.x, y - last.y);
			html_text_c(w, shape->rest);
			last = (struct point){ x, y };
		}
	LIT(w, "\"/>");
}

/* A label's middle and the foot of its letters, and half its width. */
struct spot {
	struct point at;
	int half;
};

/* U+2066 to U+2069, which keep a name's direction to itself, take no room. */
static bool is_isolate(struct str rest)
{
	return str_starts(rest, "\xe2\x81") && rest.n > 2 && (unsigned char)rest.p[2] >= 0xA6 &&
		(unsigned char)rest.p[2] <= 0xA9;
}

static int half_of(struct str text)
{
	int half = 0;
	for (size_t i = 0; i < text.n && half < WIDTH / 2; i++) {
		unsigned char c = (unsigned char)text.p[i];
		if ((c & 0xC0) != 0x80 && !is_isolate(str_from(text, i)))
			half += c >= 0xE3 ? BROAD : NARROW;
	}
	return half < WIDTH / 2 ? half : WIDTH / 2;
}

static bool is_free(struct spot p, int y, const struct spot *taken, int n_taken)
{
	if (y < LABEL_HIGH || y > HEIGHT - 4)
		return false;
	for (int i = 0; i < n_taken; i++)
		if (abs(p.at.x - taken[i].at.x) < p.half + taken[i].half &&
			abs(y - taken[i].at.y) < LABEL_HIGH)
			return false;
	return true;
}

/* Above the group, or below it, or as near to it as there is room: four labels never fill the
 * height. */
static struct spot label_place(
	const struct point *chain, size_t n, struct str text, const struct spot *taken, int n_taken)
{
	int left = WIDTH, right = 0, top = HEIGHT, low = 0;
	for (size_t i = 0; i < n; i++) {
		left = chain[i].x < left ? chain[i].x : left;
		right = chain[i].x > right ? chain[i].x : right;
		top = chain[i].y < top ? chain[i].y : top;
		low = chain[i].y > low ? chain[i].y : low;
	}
	struct spot p = { .half = half_of(text) };
	p.at.x = between((left + right) / 2.0, p.half, WIDTH - p.half);
	int above = between(top - 10, LABEL_HIGH, HEIGHT - 4), below = low + LABEL_HIGH;
	p.at.y = is_free(p, above, taken, n_taken) ? above : below;
	for (int d = 1; d < HEIGHT && !is_free(p, p.at.y, taken, n_taken); d++)
		p.at.y = is_free(p, above + d, taken, n_taken) ? above + d : above - d;
	return p;
}

static void label(struct html *w, struct point at, struct str text)
{
	LIT(w, "<text x=\"");
	html_text_i64(w, at.x);
	LIT(w, "\" y=\"");
	html_text_i64(w, at.y);
	LIT(w, "\" text-anchor=\"middle\" class=\"gl\">");
	html_text_str(w, text);
	LIT(w, "</text>");
}

static void head(struct html *w, const struct scatter *s)
{
	LIT(w, "<svg class=\"chart o\" viewBox=\"0 0 480 290\" role=\"img\" aria-labelledby=\"");
	html_text_c(w, s->id);
	LIT(w, "-t ");
	html_text_c(w, s->id);
	LIT(w, "-d\"><title id=\"");
	html_text_c(w, s->id);
	LIT(w, "-t\">");
	html_text_str(w, s->title);
	LIT(w, "</title><desc id=\"");
	html_text_c(w, s->id);
	LIT(w, "-d\">");
	html_text_str(w, s->desc);
	LIT(w, "</desc>");
}

void scatter_html(struct html *w, const struct scatter *s)
{
	struct fit f = fit_all(s);
	struct plot plot;
	int step = grid_step(&plot, s, f);
	struct point chain[2 * WIDTH + 4];
	struct spot at[SCATTER_GROUPS];
	int drawn[SCATTER_GROUPS], n_drawn = 0;

	head(w, s);
	for (int g = 0; g < SCATTER_GROUPS; g++) {
		if (!fill(&plot, s, g, f, step))
			continue;
		size_t n = hull(&plot, chain);
		draw_hull(w, chain, n, g);
		draw_marks(w, &plot, g);
		at[n_drawn] = label_place(chain, n, s->label[g], at, n_drawn);
		drawn[n_drawn++] = g;
	}
	for (int i = 0; i < n_drawn; i++)
		label(w, at[i].at, s->label[drawn[i]]);
	LIT(w, "</svg>");
}
