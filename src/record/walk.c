#include "record/walk.h"

int walk_page_end(const struct def *def, int page)
{
	const struct def_field *f = &def->field[page];
	return f->kind == DEF_GROUP || f->kind == DEF_REPEAT ? f->end : page + 1;
}

int walk_page_find(const struct def *def, struct str name)
{
	for (int i = 0; i < (int)def->n_field; i = walk_page_end(def, i))
		if (str_eq(def->field[i].name, name))
			return i;
	return -1;
}

/* Has it something to ask? Of a repeat the questions of a row not made yet count. */
static int has_questions(const struct answers *a, int page)
{
	int end = walk_page_end(a->def, page);
	int result = answers_asks(a, page, 0);
	if (result <= 0 || end == page + 1)
		return result;
	for (int i = page + 1; i < end; i++) {
		result = answers_asks(
			a, i, a->def->field[page].kind == DEF_REPEAT ? a->rows[page] : 0);
		if (result != 0)
			return result;
	}
	return 0;
}

int walk_next(const struct answers *a, int page, int *ret)
{
	int n = (int)a->def->n_field;
	for (int i = page < 0 ? 0 : walk_page_end(a->def, page); i < n;
		i = walk_page_end(a->def, i)) {
		int result = has_questions(a, i);
		if (result < 0)
			return result;
		if (result) {
			*ret = i;
			return 0;
		}
	}
	*ret = -1;
	return 0;
}

int walk_before(const struct answers *a, int page, int *ret)
{
	int at = -1, next = -1, result = walk_next(a, -1, &next);
	while (result == 0 && next >= 0 && next < page) {
		at = next;
		result = walk_next(a, at, &next);
	}
	if (result == 0)
		*ret = at;
	return result;
}

int walk_count(const struct answers *a, int page, int *ret_at, int *ret_n)
{
	int next = -1, n = 0, at = 0, result = walk_next(a, -1, &next);
	while (result == 0 && next >= 0) {
		n++;
		at += next <= page;
		result = walk_next(a, next, &next);
	}
	if (result == 0) {
		*ret_at = at;
		*ret_n = n;
	}
	return result;
}
