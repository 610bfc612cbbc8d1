#include "record/def_table.h"
#include "base/utf8.h"

struct cells {
	struct str at[TABLE_COLUMNS_MAX + 1];
	size_t n;
};

static bool is_csv(struct str text)
{
	struct str all = text, line;
	while (str_cut(&text, '\n', &line))
		if (str_starts(str_trim(line), "|"))
			return false;
	while (str_cut(&all, '\n', &line))
		if (str_trim(line).n)
			return line.p[0] != '#' &&
				(str_has(line, STR(",")) || str_has(line, STR(";")));
	return false;
}

void table_init(struct table *t, struct arena *mem, struct str text)
{
	*t = (struct table){ .mem = mem, .left = text, .is_csv = is_csv(text) };
	if (t->is_csv)
		csv_init(&t->csv, text, TABLE_COLUMNS_MAX + 1);
}

void table_done(struct table *t)
{
	if (t->is_csv)
		csv_done(&t->csv);
}

/* ---- one line ---- */

static struct str next_line(struct table *t)
{
	size_t n = str_find(t->left, '\n');
	struct str line = { t->left.p, n };
	t->left = str_from(t->left, n + 1);
	t->line++;
	return str_trim(line);
}

/* Where the cell that begins ${s} ends: at the first pipe without "\" before it. */
static size_t cell_end(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] == '|' && (i == 0 || s.p[i - 1] != '\\'))
			return i;
	return s.n;
}

static int unescape(struct arena *mem, struct str s, struct str *ret)
{
	if (!str_has(s, STR("\\|"))) {
		*ret = s.n ? s : STR("");
		return 0;
	}
	char *to = arena_take(mem, s.n);
	size_t n = 0;
	if (!to)
		return ERR_NOMEM;
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] != '\\' || i + 1 == s.n || s.p[i + 1] != '|')
			to[n++] = s.p[i];
	*ret = (struct str){ to, n };
	return 0;
}

static int cut_cells(struct arena *mem, struct str line, struct cells *ret)
{
	struct str left = str_from(line, 1);
	ret->n = 0;
	while (left.n) {
		size_t n = cell_end(left);
		if (ret->n == TABLE_COLUMNS_MAX + 1)
			return err_note(
				ERR_LIMIT, "a row has more than %d cells", TABLE_COLUMNS_MAX);
		int result = unescape(mem, str_trim((struct str){ left.p, n }), &ret->at[ret->n]);
		if (result < 0)
			return result;
		ret->n++;
		left = str_from(left, n + 1);
	}
	return 0;
}

/* "|---|:-:|" parts the head of a Markdown table from its body. */
static bool is_rule(struct str line)
{
	bool has_dash = false;
	for (size_t i = 0; i < line.n; i++) {
		char c = line.p[i];
		if (c != '|' && c != '-' && c != ':' && c != ' ')
			return false;
		has_dash |= c == '-';
	}
	return has_dash;
}

static bool is_blank(const struct cells *c)
{
	for (size_t i = 0; i < c->n; i++)
		if (c->at[i].n)
			return false;
	return true;
}

/* ---- what a row is ---- */

static int begin_columns(struct table *t, const struct cells *c)
{
	t->n_column = 0;
	for (size_t i = 1; i < c->n; i++) {
		if (!c->at[i].n)
			return err_note(
				ERR_INPUT, "column %zu of %.*s has no name", i, STR_ARG(t->name));
		for (size_t k = 0; k < t->n_column; k++)
			if (str_eq(t->column[k], c->at[i]))
				return err_note(ERR_INPUT, "column \"%.*s\" stands twice",
					STR_ARG(c->at[i]));
		t->column[t->n_column++] = c->at[i];
	}
	t->is_new = true;
	return 0;
}

static int fill_row(struct table *t, const struct cells *c)
{
	for (size_t i = 0; i < TABLE_COLUMNS_MAX; i++)
		t->cell[i] = STR("");
	for (size_t i = 1; i < c->n; i++) {
		if (i <= t->n_column)
			t->cell[i - 1] = c->at[i];
		else if (c->at[i].n)
			return err_note(ERR_INPUT, "a cell stands below no column");
	}
	return 1;
}

/* Empty cells behind the last name of a head are only layout. */
static void drop_last(struct cells *c)
{
	while (c->n > 1 && !c->at[c->n - 1].n)
		c->n--;
}

static int take_row(struct table *t, struct cells *c)
{
	if (c->at[0].n) {
		t->name = c->at[0];
		t->n_column = 0;
		return 0;
	}
	if (!t->name.p)
		return err_note(ERR_INPUT, "a row stands before the name of its table");
	if (t->n_column)
		return fill_row(t, c);
	drop_last(c);
	return begin_columns(t, c);
}

/* Names are the same in small and capital letters. */
static int copy_cell(struct table *t, struct str s, bool is_name, struct str *ret)
{
	struct str copy = arena_copy(t->mem, str_trim(s));
	char *to = (char *)(uintptr_t)copy.p;
	if (!to)
		return ERR_NOMEM;
	for (size_t i = 0; i < copy.n && is_name; i++)
		if (to[i] >= 'A' && to[i] <= 'Z')
			to[i] = (char)(to[i] - 'A' + 'a');
	*ret = copy;
	return 0;
}

static int next_csv(struct table *t)
{
	struct cells cells = { 0 };
	int result;
	while ((result = csv_next(&t->csv)) > 0) {
		const struct csv *c = &t->csv;
		const bool is_head = t->name.p && !t->n_column;
		t->line = (int)c->row_line;
		cells.n = c->n;
		for (size_t i = 0; i < c->n && result > 0; i++)
			if (copy_cell(t, c->field[i], is_head || i == 0, &cells.at[i]) < 0)
				result = ERR_NOMEM;
		if (result > 0 && is_blank(&cells))
			continue;
		if (result > 0)
			result = take_row(t, &cells);
		if (result != 0)
			return result;
	}
	if (result < 0)
		t->line = (int)t->csv.row_line;
	return result;
}

int table_next(struct table *t)
{
	struct cells cells = { 0 };
	t->is_new = false;
	if (t->left.n > TABLE_TEXT_MAX)
		return err_note(ERR_LIMIT, "longer than %d bytes", TABLE_TEXT_MAX);
	if (t->is_csv)
		return next_csv(t);
	while (t->left.n) {
		struct str line = next_line(t);
		if (!utf8_ok(line))
			return err_note(ERR_INPUT, "not UTF-8 text");
		if (!str_starts(line, "|") || is_rule(line))
			continue;
		int result = cut_cells(t->mem, line, &cells);
		if (result == 0 && !is_blank(&cells))
			result = take_row(t, &cells);
		if (result != 0)
			return result;
	}
	return 0;
}
