#include "participate/moderate_twin.h"
#include "participate/moderate_twin.sql.h"
#include "store/search.h"

/* Close enough: half of the words, and more than one of them by chance. */
enum { CLOSE = 50, COMMON_MIN = 2 };

static size_t common(const struct twin_words *a, const struct twin_words *b)
{
	size_t n = 0;
	for (size_t i = 0, k = 0; i < a->n && k < b->n;) {
		int order = str_cmp(a->word[i], b->word[k]);
		n += order == 0;
		i += order <= 0;
		k += order >= 0;
	}
	return n;
}

int twin_likeness(const struct twin_words *a, const struct twin_words *b)
{
	size_t both = common(a, b), all = a->n + b->n;
	return both < COMMON_MIN ? 0 : (int)(200 * both / all);
}

int twin_fill(struct visit *v, int64_t space, struct str lang, struct twin_pool *ret)
{
	struct twin_statements_row *row;
	size_t n;
	int result = twin_statements(v->db, v->mem, space, lang, TWIN_MAX, &row, &n);
	if (result < 0)
		return result;
	struct twin_pool p = { .lang = lang, .n = n };
	p.twin = arena_array(v->mem, n + 1, sizeof *p.twin);
	p.words = arena_array(v->mem, n + 1, sizeof *p.words);
	if (!p.twin || !p.words)
		return ERR_NOMEM;
	for (size_t i = 0; i < n && result >= 0; i++) {
		p.twin[i] = (struct twin){ row[i].number, row[i].body };
		result = search_tokens(row[i].body, v->mem, &p.words[i].word, &p.words[i].n);
	}
	if (result < 0)
		return result;
	*ret = p;
	return 0;
}

int twin_find(const struct twin_pool *pool, struct arena *mem, int64_t number, struct str body,
	struct twin *ret)
{
	struct twin_words mine;
	int best = CLOSE - 1;
	int result = search_tokens(body, mem, &mine.word, &mine.n);
	for (size_t i = 0; i < pool->n && result >= 0; i++) {
		int likeness = twin_likeness(&mine, &pool->words[i]);
		if (likeness <= best || pool->twin[i].number == number)
			continue;
		best = likeness;
		*ret = pool->twin[i];
	}
	return result < 0 ? result : 0;
}
