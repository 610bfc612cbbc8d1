#include "store/search.h"
#include "base/buf.h"
#include "store/search_cut.h"
#include <stdlib.h>
#include <string.h>

enum { TOKENS_FIRST = 64 };

struct heap {
	struct arena *mem;
	struct str *p;
	size_t n, cap, size;
};

static bool heap_grow(struct heap *h)
{
	size_t cap = h->cap ? h->cap * 2 : TOKENS_FIRST;
	struct str *p = arena_array(h->mem, cap, sizeof *p);
	if (!p)
		return false;
	if (h->n)
		memcpy(p, h->p, h->n * sizeof *p);
	h->p = p;
	h->cap = cap;
	return true;
}

static int heap_take(void *arg, struct str token, bool is_sign)
{
	struct heap *h = arg;
	(void)is_sign;
	if (h->size + token.n > SEARCH_TOKENS_SIZE_MAX)
		return 1;
	if (h->n == h->cap && !heap_grow(h))
		return ERR_NOMEM;
	struct str copy = arena_copy(h->mem, token);
	if (!copy.p)
		return ERR_NOMEM;
	h->p[h->n++] = copy;
	h->size += token.n;
	return 0;
}

static int by_bytes(const void *a, const void *b)
{
	return str_cmp(*(const struct str *)a, *(const struct str *)b);
}

int search_tokens(struct str text, struct arena *mem, struct str **ret, size_t *ret_n)
{
	struct heap h = { .mem = mem };
	int bad = search_cut(search_head(text), SEARCH_INDEX, heap_take, &h);
	if (bad < 0)
		return err_note(bad, "tokens of a text");
	size_t n = 0;
	if (h.n)
		qsort(h.p, h.n, sizeof *h.p, by_bytes);
	for (size_t i = 0; i < h.n; i++)
		if (!n || !str_eq(h.p[n - 1], h.p[i]))
			h.p[n++] = h.p[i];
	*ret = h.p;
	*ret_n = n;
	return 0;
}

/* The words that are asked for, each once, in the order typed. */
struct asked {
	struct {
		char p[SEARCH_TOKEN_MAX];
		size_t n;
		bool is_start;
	} word[SEARCH_ASKED_MAX];
	size_t n;
};

static int asked_take(void *arg, struct str token, bool is_sign)
{
	struct asked *a = arg;
	for (size_t i = 0; i < a->n; i++)
		if (str_eq(token, (struct str){ a->word[i].p, a->word[i].n }))
			return 0;
	memcpy(a->word[a->n].p, token.p, token.n);
	a->word[a->n].n = token.n;
	a->word[a->n].is_start = is_sign;
	return ++a->n == SEARCH_ASKED_MAX;
}

/* How a dialect writes its words. Tokens hold letters and digits only, so that quoting is all
 * it takes; search_cut promises it, and here it is looked at once more. */
struct dialect {
	const char *open, *close, *start, *and, *nothing;
};

/* How the last word may go on; none: the index is asked for all that begins with it. */
struct ways {
	struct str at[SEARCH_WAYS_MAX];
	size_t n;
};

static void put_word(struct buf *b, const struct dialect *d, struct str word)
{
	must(str_find(word, '"') == word.n && str_find(word, '\'') == word.n &&
		str_find(word, '\\') == word.n);
	buf_c(b, d->open);
	buf_str(b, word);
	buf_c(b, d->close);
}

static void put_ways(struct buf *b, const struct dialect *d, const struct ways *w)
{
	for (size_t i = 0; i < w->n; i++) {
		buf_c(b, i ? " OR " : "(");
		put_word(b, d, w->at[i]);
	}
	buf_c(b, ")");
}

static int query(const struct asked *a, const struct dialect *d, const struct ways *w,
	struct arena *mem, struct str *ret)
{
	auto_buf b;
	buf_init(&b, (SEARCH_ASKED_MAX + SEARCH_WAYS_MAX) * (SEARCH_TOKEN_MAX + 16));
	for (size_t i = 0; i < a->n; i++) {
		struct str word = { a->word[i].p, a->word[i].n };
		bool is_last = i + 1 == a->n;
		buf_c(&b, i ? d->and : "");
		if (is_last && w->n) {
			put_ways(&b, d, w);
			continue;
		}
		put_word(&b, d, word);
		buf_c(&b, a->word[i].is_start || is_last ? d->start : "");
	}
	if (!a->n)
		buf_c(&b, d->nothing);
	struct str made = b.failed ? (struct str){ 0 } : arena_copy(mem, buf_view(&b));
	if (!made.p)
		return err_note(ERR_NOMEM, "words of a question");
	*ret = made;
	return (int)a->n;
}

static int cut_asked(struct str text, struct asked *ret)
{
	int bad = search_cut(search_head(text), SEARCH_QUERY, asked_take, ret);
	return bad < 0 ? bad : 0;
}

static const struct dialect lite = { "\"", "\"", "*", " AND ", "\"\"" };
static const struct dialect pg = { "'", "'", ":*", " & ", " " };
static const struct ways no_ways = { .n = 0 };

int search_query_lite(struct str text, struct arena *mem, struct str *ret)
{
	struct asked a = { 0 };
	int bad = cut_asked(text, &a);
	return bad < 0 ? bad : query(&a, &lite, &no_ways, mem, ret);
}

int search_query_pg(struct str text, struct arena *mem, struct str *ret)
{
	struct asked a = { 0 };
	int bad = cut_asked(text, &a);
	return bad < 0 ? bad : query(&a, &pg, &no_ways, mem, ret);
}

int search_query_ways(
	struct str text, search_ways *find, void *arg, struct arena *mem, struct str *ret)
{
	struct asked a = { 0 };
	struct ways w = { .n = 0 };
	int n = cut_asked(text, &a);
	if (n == 0 && a.n)
		n = find(arg, (struct str){ a.word[a.n - 1].p, a.word[a.n - 1].n }, mem, w.at);
	w.n = n > 0 ? (size_t)n : 0;
	return n < 0 ? n : query(&a, &lite, &w, mem, ret);
}
