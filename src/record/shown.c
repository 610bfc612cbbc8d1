#include "record/shown.h"
#include "record/blob.h"

enum { KB = 1000, PICTURE_IN_PAGE = 200 * KB };
enum { PARTS_MAX = DEF_FIELDS_MAX + 8 * DEF_ROWS_MAX };

struct laying {
	const struct answers *a;
	const struct shown_how *how;
	struct shown to;
	bool is_loose; /* the last part takes questions that stand alone */
};

struct shown_file shown_file(const struct answers *a, struct str uid, int field, size_t row)
{
	struct blob_card card = { 0 };
	if (!blob_of(a, field, row, &card))
		return (struct shown_file){ .kb = 0 };
	return (struct shown_file){ .name = card.name,
		.uid = uid,
		.field = a->def->field[field].name,
		.row = (int64_t)row + 1,
		.kb = (card.size + KB - 1) / KB,
		.is_look = blob_looks(&card),
		.is_picture = str_starts(card.type, "image/") && card.size <= PICTURE_IN_PAGE };
}

static bool is_seen(const struct laying *l, int field)
{
	return !l->how->sees || def_fields_have(l->how->sees, field);
}

static struct shown_part *part_add(struct laying *l, int page, size_t lines, struct said title)
{
	struct shown_line *line = arena_array(l->a->mem, lines + 1, sizeof *line);
	if (!line || l->to.n == PARTS_MAX)
		return NULL;
	struct shown_part *part = &l->to.part[l->to.n++];
	*part = (struct shown_part){ .page = page, .title = title, .line = line };
	return part;
}

static int line_add(struct laying *l, struct shown_part *part, int field, int page, size_t row)
{
	bool is_empty = !answers_get(l->a, field, row).n;
	struct shown_line line = { .field = field,
		.page = page,
		.row = row,
		.label = l->how->labels->label[field],
		.is_empty = is_empty };
	if (!def_asks(&l->a->def->field[field]) || !is_seen(l, field))
		return 0;
	int asks = is_empty ? l->how->has_empty : 1;
	if (asks && is_empty)
		asks = answers_asks(l->a, field, row);
	if (asks <= 0)
		return asks;
	line.file = shown_file(l->a, l->how->uid, field, row);
	int result = walk_said(l->a, l->how->labels, field, row, l->how->text_lang, &line.value);
	if (result == 0)
		part->line[part->n++] = line;
	return result;
}

static int add_span(struct laying *l, int page, size_t row, size_t rows)
{
	int end = walk_page_end(l->a->def, page), result = 0;
	struct shown_part *part = part_add(
		l, page, (size_t)(end - page), l->how->labels->label[page]);
	if (!part)
		return ERR_NOMEM;
	part->row = row;
	part->rows = rows;
	for (int i = page + 1; i < end && result == 0; i++)
		result = line_add(l, part, i, page, row);
	if (!part->n && !rows)
		l->to.n--;
	l->is_loose = false;
	return result;
}

static int add_loose(struct laying *l, int page)
{
	if (!l->is_loose && !part_add(l, page, l->a->def->n_field, l->how->labels->title))
		return ERR_NOMEM;
	struct shown_part *part = &l->to.part[l->to.n - 1];
	int result = line_add(l, part, page, page, 0);
	l->is_loose = part->n > 0;
	if (!part->n)
		l->to.n--;
	return result;
}

static int add_page(struct laying *l, int page)
{
	enum def_kind kind = l->a->def->field[page].kind;
	int result = 0;
	if (kind == DEF_GROUP)
		return add_span(l, page, 0, 0);
	if (kind != DEF_REPEAT)
		return add_loose(l, page);
	for (size_t row = 0; row < l->a->rows[page] && result == 0; row++)
		if (is_seen(l, page))
			result = add_span(l, page, row, l->a->rows[page]);
	return result;
}

int shown_make(const struct answers *a, const struct shown_how *how, struct shown *ret)
{
	struct laying l = { .a = a, .how = how };
	int result = 0;
	l.to.part = arena_array(a->mem, PARTS_MAX, sizeof *l.to.part);
	if (!l.to.part)
		return ERR_NOMEM;
	for (int i = 0; i < (int)a->def->n_field && result == 0; i = walk_page_end(a->def, i))
		if (how->page < 0 || how->page == i)
			result = add_page(&l, i);
	if (result == 0)
		*ret = l.to;
	return result;
}
