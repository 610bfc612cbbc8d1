#include "render/bar.h"

#define LIT(w, literal) html_lit(w, literal, sizeof(literal) - 1)

void bar_shares(const int64_t *n, size_t count, int *ret)
{
	must(count <= BAR_PARTS);
	double sum = 0, left[BAR_PARTS];
	int given = 0;
	for (size_t i = 0; i < count; i++) {
		sum += n[i] > 0 ? (double)n[i] : 0;
		ret[i] = 0;
	}
	if (!count || sum <= 0)
		return;
	for (size_t i = 0; i < count; i++) {
		double share = n[i] > 0 ? 100.0 * (double)n[i] / sum : 0;
		ret[i] = (int)share;
		left[i] = share - ret[i];
		given += ret[i];
	}
	for (; given < 100; given++) {
		size_t most = 0;
		for (size_t i = 1; i < count; i++)
			if (left[i] > left[most])
				most = i;
		ret[most]++;
		left[most] = -1;
	}
}

void bar_html(struct html *w, const struct bar *b)
{
	int64_t n[BAR_PARTS];
	int share[BAR_PARTS];
	must(b->n_part <= BAR_PARTS);
	for (size_t i = 0; i < b->n_part; i++)
		n[i] = b->part[i].n;
	bar_shares(n, b->n_part, share);

	LIT(w, "<div class=\"bar");
	if (b->is_big)
		LIT(w, " big");
	LIT(w, "\"");
	if (b->label.n) {
		LIT(w, " role=\"img\" aria-label=\"");
		html_text_str(w, b->label);
		LIT(w, "\"");
	}
	LIT(w, ">");
	for (size_t i = 0; i < b->n_part; i++) {
		if (!share[i])
			continue;
		LIT(w, "<span class=\"");
		html_text_c(w, b->part[i].look);
		LIT(w, " p");
		html_text_i64(w, share[i]);
		LIT(w, "\"></span>");
	}
	LIT(w, "</div>");
}
