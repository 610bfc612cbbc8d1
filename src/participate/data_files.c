/* figures.json and tables.xlsx: see data.h. */
#include "account/parcel_json.h"
#include "participate/data.h"
#include <xlsxwriter.h>

static json_t *tally_json(const struct tally *t, bool *has_failed)
{
	json_t *to = json_object();
	json_put(to, has_failed, "votes", json_integer(tally_all(*t)));
	json_put(to, has_failed, "agree", json_integer(t->agree));
	json_put(to, has_failed, "disagree", json_integer(t->disagree));
	json_put(to, has_failed, "pass", json_integer(t->pass));
	return to;
}

static json_t *statement_json(const struct figures *f, const struct statement *s, bool *has_failed)
{
	json_t *to = json_object(), *groups = json_array();
	for (size_t g = 0; g < f->n_group; g++)
		json_add(groups, has_failed, tally_json(&s->group[g], has_failed));
	json_put(to, has_failed, "statement", json_integer(s->number));
	json_put(to, has_failed, "everyone", tally_json(&s->all, has_failed));
	json_put(to, has_failed, "groups", groups);
	json_put(to, has_failed, "common", json_boolean(s->is_common));
	json_put(to, has_failed, "consensus", json_real(s->consensus));
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
	json_put(to, has_failed, "people", shown);
	json_put(to, has_failed, "together", json_integer(c->hidden));
	return to;
}

static json_t *groups_json(const struct figures *f, bool *has_failed)
{
	json_t *to = json_array();
	for (size_t g = 0; g < f->n_group; g++)
		json_add(to, has_failed, json_integer(f->group[g].people));
	return to;
}

int data_json(struct visit *v, const struct figures *f, struct parcel_out *o)
{
	struct parcel_json j = { .o = o };
	bool has_failed = false;
	json_t *to = json_object();
	(void)v;
	json_put(to, &has_failed, "at", json_integer(f->at));
	json_put(to, &has_failed, "people", json_integer(f->people));
	json_put(to, &has_failed, "countries", json_integer(f->countries));
	json_put(to, &has_failed, "votes", json_integer(f->votes));
	json_put(to, &has_failed, "contributions", json_integer(f->contributions));
	json_put(to, &has_failed, "common", json_integer(f->common));
	json_put(to, &has_failed, "groups", groups_json(f, &has_failed));
	json_put(to, &has_failed, "by_region", cells_json(&f->region, &has_failed));
	json_put(to, &has_failed, "by_country", cells_json(&f->country, &has_failed));
	json_put(to, &has_failed, "by_language", cells_json(&f->lang, &has_failed));
	int result = parcel_json_begin(&j, to, has_failed, "statements");
	for (size_t i = 0; i < f->n_statement && result >= 0; i++) {
		json_t *one = statement_json(f, &f->statement[i], &has_failed);
		result = parcel_json_item(&j, one, has_failed);
	}
	return result < 0 ? result : parcel_json_end(&j);
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

static void statement_head(lxw_worksheet *sheet, size_t n_group)
{
	static const char *const head[] = { "statement", "text", "votes", "agree", "disagree",
		"pass" };
	static const char *const part[] = { "agree", "disagree", "pass" };
	for (size_t c = 0; c < 6; c++)
		worksheet_write_string(sheet, 0, (lxw_col_t)c, head[c], NULL);
	for (size_t c = 0; c < 3 * n_group; c++) {
		char name[16];
		snprintf(name, sizeof name, "%c_%s", (char)('a' + c / 3), part[c % 3]);
		worksheet_write_string(sheet, 0, (lxw_col_t)(6 + c), name, NULL);
	}
}

/* Words go in as words: the file's format does not calculate them. */
static int statement_sheet(struct visit *v, lxw_workbook *book, const struct figures *f)
{
	auto_words w = { 0 };
	lxw_worksheet *sheet = workbook_add_worksheet(book, "statements");
	statement_head(sheet, f->n_group);
	for (size_t i = 0; i < f->n_statement; i++) {
		struct words words;
		const struct statement *s = &f->statement[i];
		int result = data_words_of(v, f, &w, i, &words);
		if (result < 0)
			return result;
		number(sheet, i + 1, 0, s->number);
		worksheet_write_string(
			sheet, (lxw_row_t)(i + 1), 1, arena_z(&w.mem, words.body), NULL);
		number(sheet, i + 1, 2, tally_all(s->all));
		tally_cells(sheet, i + 1, 3, &s->all);
		for (size_t g = 0; g < f->n_group; g++)
			tally_cells(sheet, i + 1, 6 + 3 * g, &s->group[g]);
	}
	return 0;
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

/* The library writes to a file's name, rows as they come through files of its own. */
int data_xlsx(struct visit *v, const struct figures *f, struct parcel_out *o)
{
	const char *to = arena_z(v->mem, arena_f(v->mem, "/proc/self/fd/%d", o->fd));
	char *folder = (char *)(uintptr_t)parcel_folder(o); /* only read */
	lxw_workbook_options options = { .constant_memory = LXW_TRUE, .tmpdir = folder };
	lxw_workbook *book = workbook_new_opt(to, &options);
	if (!book)
		return err_note(ERR_NOMEM, "tables.xlsx");
	int result = statement_sheet(v, book, f);
	cells_sheet(v, book, "regions", &f->region);
	cells_sheet(v, book, "countries", &f->country);
	cells_sheet(v, book, "languages", &f->lang);
	if (workbook_close(book) != LXW_NO_ERROR)
		return err_note(ERR_IO, "tables.xlsx is not written");
	return result;
}
