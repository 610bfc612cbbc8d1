#include "outcome/diff.h"
#include "i18n/split.h"

enum { TABLE_MAX = 1000000 };

struct wording {
	struct str *word;
	size_t n;
};

/* A neighbour of the same kind grows instead: both are views of one text, side by side. */
static void put(struct diff *d, enum diff_kind kind, struct str text)
{
	struct diff_piece *last = d->n ? &d->piece[d->n - 1] : NULL;
	if (kind == DIFF_SAME)
		d->same += (int64_t)text.n;
	if (last && last->kind == kind && last->text.p + last->text.n == text.p) {
		last->text.n += text.n;
		return;
	}
	if (kind != DIFF_SAME && (!last || last->kind == DIFF_SAME))
		d->changes++;
	d->piece[d->n++] = (struct diff_piece){ kind, text };
}

static void put_all(struct diff *d, enum diff_kind kind, struct wording w)
{
	for (size_t i = 0; i < w.n; i++)
		put(d, kind, w.word[i]);
}

/* table[i][j]: length of the longest common subsequence of a from i and b from j. */
static void fill(uint16_t *table, struct wording a, struct wording b)
{
	size_t wide = b.n + 1;
	for (size_t i = a.n; i-- > 0;)
		for (size_t j = b.n; j-- > 0;) {
			uint16_t down = table[(i + 1) * wide + j], right = table[i * wide + j + 1];
			table[i * wide + j] = str_eq(a.word[i], b.word[j])
				? (uint16_t)(table[(i + 1) * wide + j + 1] + 1)
				: (down > right ? down : right);
		}
}

static int middle(struct diff *d, struct arena *mem, struct wording a, struct wording b)
{
	if ((a.n + 1) * (b.n + 1) > TABLE_MAX || !a.n || !b.n) {
		put_all(d, DIFF_OUT, a);
		put_all(d, DIFF_IN, b);
		return 0;
	}
	size_t wide = b.n + 1, i = 0, j = 0;
	uint16_t *table = arena_array(mem, (a.n + 1) * wide, sizeof *table);
	if (!table)
		return ERR_NOMEM;
	fill(table, a, b);
	while (i < a.n && j < b.n)
		if (str_eq(a.word[i], b.word[j])) {
			put(d, DIFF_SAME, b.word[j++]);
			i++;
		} else if (table[(i + 1) * wide + j] >= table[i * wide + j + 1]) {
			put(d, DIFF_OUT, a.word[i++]);
		} else {
			put(d, DIFF_IN, b.word[j++]);
		}
	put_all(d, DIFF_OUT, (struct wording){ a.word + i, a.n - i });
	put_all(d, DIFF_IN, (struct wording){ b.word + j, b.n - j });
	return 0;
}

int diff_words(
	const struct lang *l, struct arena *mem, struct str was, struct str is, struct diff *ret)
{
	struct wording a = { 0 }, b = { 0 };
	int result = lang_words(l, mem, was, &a.word, &a.n);
	if (result == 0)
		result = lang_words(l, mem, is, &b.word, &b.n);
	if (result < 0)
		return result;
	struct diff d = { .piece = arena_array(mem, a.n + b.n + 1, sizeof *d.piece) };
	if (!d.piece)
		return ERR_NOMEM;
	size_t head = 0, tail = 0, least = a.n < b.n ? a.n : b.n;
	while (head < least && str_eq(a.word[head], b.word[head]))
		head++;
	while (tail < least - head && str_eq(a.word[a.n - 1 - tail], b.word[b.n - 1 - tail]))
		tail++;
	put_all(&d, DIFF_SAME, (struct wording){ b.word, head });
	result = middle(&d, mem, (struct wording){ a.word + head, a.n - head - tail },
		(struct wording){ b.word + head, b.n - head - tail });
	if (result < 0)
		return result;
	put_all(&d, DIFF_SAME, (struct wording){ b.word + b.n - tail, tail });
	*ret = d;
	return 0;
}

int diff_alike(const struct lang *l, struct arena *mem, struct str a, struct str b)
{
	struct diff d;
	size_t most = a.n > b.n ? a.n : b.n;
	if (!most)
		return 100;
	int result = diff_words(l, mem, a, b, &d);
	return result < 0 ? result : (int)((size_t)d.same * 100 / most);
}
