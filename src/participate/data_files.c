#include "participate/data.h"
#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xlsxwriter.h>

/* A failure of jansson is remembered by the values: setting NULL fails, and so does the look at
 * the whole. */
static void put(json_t *to, bool *has_failed, const char *key, json_t *value)
{
	if (json_object_set_new(to, key, value) < 0)
		*has_failed = true;
}

static json_t *tally_json(const struct tally *t, bool *has_failed)
{
	json_t *to = json_object();
	put(to, has_failed, "votes", json_integer(tally_all(*t)));
	put(to, has_failed, "agree", json_integer(t->agree));
	put(to, has_failed, "disagree", json_integer(t->disagree));
	put(to, has_failed, "pass", json_integer(t->pass));
	return to;
}

static json_t *statements_json(const struct figures *f, bool *has_failed)
{
	json_t *to = json_array();
	for (size_t i = 0; i < f->n_statement; i++) {
		const struct statement *s = &f->statement[i];
		json_t *one = json_object(), *groups = json_array();
		for (size_t g = 0; g < f->n_group; g++)
			*has_failed |= json_array_append_new(
					       groups, tally_json(&s->group[g], has_failed)) < 0;
		put(one, has_failed, "statement", json_integer(s->number));
		put(one, has_failed, "everyone", tally_json(&s->all, has_failed));
		put(one, has_failed, "groups", groups);
		put(one, has_failed, "common", json_boolean(s->is_common));
		put(one, has_failed, "consensus", json_real(s->consensus));
		*has_failed |= json_array_append_new(to, one) < 0;
	}
	return to;
}

/* What is hidden is one sum; the key for those who did not say is "". */
static json_t *cells_json(const struct cells *c, bool *has_failed)
{
	json_t *to = json_object(), *shown = json_object();
	for (size_t i = 0; i < c->n && !c->is_secret; i++)
		if (!c->cell[i].is_hidden &&
			json_object_setn_new(shown, c->cell[i].key.p, c->cell[i].key.n,
				json_integer(c->cell[i].n)) < 0)
			*has_failed = true;
	put(to, has_failed, "people", shown);
	put(to, has_failed, "together", json_integer(c->hidden));
	return to;
}

static json_t *groups_json(const struct figures *f, bool *has_failed)
{
	json_t *to = json_array();
	for (size_t g = 0; g < f->n_group; g++)
		*has_failed |= json_array_append_new(to, json_integer(f->group[g].people)) < 0;
	return to;
}

int data_json(struct visit *v, const struct figures *f, struct str *ret)
{
	bool has_failed = false;
	json_t *to = json_object();
	put(to, &has_failed, "at", json_integer(f->at));
	put(to, &has_failed, "people", json_integer(f->people));
	put(to, &has_failed, "countries", json_integer(f->countries));
	put(to, &has_failed, "votes", json_integer(f->votes));
	put(to, &has_failed, "contributions", json_integer(f->contributions));
	put(to, &has_failed, "common", json_integer(f->common));
	put(to, &has_failed, "groups", groups_json(f, &has_failed));
	put(to, &has_failed, "by_country", cells_json(&f->country, &has_failed));
	put(to, &has_failed, "by_language", cells_json(&f->lang, &has_failed));
	put(to, &has_failed, "statements", statements_json(f, &has_failed));
	char *text = has_failed ? NULL : json_dumps(to, JSON_INDENT(1) | JSON_REAL_PRECISION(15));
	json_decref(to);
	struct str made = text ? arena_copy(v->mem, str_c(text)) : (struct str){ 0 };
	free(text);
	*ret = made;
	return made.p ? 0 : err_note(ERR_NOMEM, "figures.json");
}

/* ---- tables.xlsx ---- */

static void number(lxw_worksheet *sheet, size_t row, size_t col, int64_t n)
{
	worksheet_write_number(sheet, (lxw_row_t)row, (lxw_col_t)col, (double)n, NULL);
}

static void tally_cells(lxw_worksheet *sheet, size_t row, size_t col, const struct tally *t)
{
	number(sheet, row, col, t->agree);
	number(sheet, row, col + 1, t->disagree);
	number(sheet, row, col + 2, t->pass);
}

/* Words go in as words: the file's format does not calculate them. */
static void statement_sheet(
	struct visit *v, lxw_workbook *book, const struct figures *f, const struct words *words)
{
	static const char *const head[] = { "statement", "text", "votes", "agree", "disagree",
		"pass" };
	static const char *const part[] = { "agree", "disagree", "pass" };
	lxw_worksheet *sheet = workbook_add_worksheet(book, "statements");
	for (size_t c = 0; c < 6; c++)
		worksheet_write_string(sheet, 0, (lxw_col_t)c, head[c], NULL);
	for (size_t c = 0; c < 3 * f->n_group; c++)
		worksheet_write_string(sheet, 0, (lxw_col_t)(6 + c),
			arena_z(v->mem, arena_f(v->mem, "%c_%s", (char)('a' + c / 3), part[c % 3])),
			NULL);
	for (size_t i = 0; i < f->n_statement; i++) {
		const struct statement *s = &f->statement[i];
		number(sheet, i + 1, 0, s->number);
		worksheet_write_string(
			sheet, (lxw_row_t)(i + 1), 1, arena_z(v->mem, words[i].body), NULL);
		number(sheet, i + 1, 2, tally_all(s->all));
		tally_cells(sheet, i + 1, 3, &s->all);
		for (size_t g = 0; g < f->n_group; g++)
			tally_cells(sheet, i + 1, 6 + 3 * g, &s->group[g]);
	}
}

static void cells_sheet(
	struct visit *v, lxw_workbook *book, const char *name, const struct cells *c)
{
	lxw_worksheet *sheet = workbook_add_worksheet(book, name);
	lxw_row_t row = 0;
	for (size_t i = 0; i < c->n && !c->is_secret; i++) {
		if (c->cell[i].is_hidden)
			continue;
		worksheet_write_string(sheet, row, 0, arena_z(v->mem, c->cell[i].key), NULL);
		number(sheet, row++, 1, c->cell[i].n);
	}
	worksheet_write_string(sheet, row, 0, "together", NULL);
	number(sheet, row, 1, c->hidden);
}

static int read_back(struct visit *v, int fd, struct str *ret)
{
	struct stat at;
	if (fstat(fd, &at) < 0 || at.st_size <= 0)
		return err_note(ERR_IO, "tables.xlsx is empty");
	char *bytes = arena_take(v->mem, (size_t)at.st_size);
	if (!bytes)
		return ERR_NOMEM;
	if (pread(fd, bytes, (size_t)at.st_size, 0) != at.st_size)
		return err_note(ERR_IO, "tables.xlsx does not come back");
	*ret = (struct str){ bytes, (size_t)at.st_size };
	return 0;
}

/* The library writes to a file's name; this one is in memory. */
int data_xlsx(struct visit *v, const struct figures *f, const struct words *words, struct str *ret)
{
	auto_fd fd = memfd_create("tables", MFD_CLOEXEC);
	if (fd < 0)
		return err_note(ERR_IO, "memory for tables.xlsx");
	lxw_workbook *book = workbook_new(arena_z(v->mem, arena_f(v->mem, "/proc/self/fd/%d", fd)));
	if (!book)
		return err_note(ERR_NOMEM, "tables.xlsx");
	statement_sheet(v, book, f, words);
	cells_sheet(v, book, "countries", &f->country);
	cells_sheet(v, book, "languages", &f->lang);
	if (workbook_close(book) != LXW_NO_ERROR)
		return err_note(ERR_IO, "tables.xlsx is not written");
	return read_back(v, fd, ret);
}
