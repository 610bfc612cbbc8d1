/* A folder, read into a space. */
#include "base/file.h"
#include "participate/bundle_inner.h"
#include "participate/bundle_put.sql.h"
#include "participate/item.sql.h"
#include "store/search.h"

enum { WORDS_MAX = 1 << 20 };

static int read_space(struct bundle_in *x, const char *folder, struct str slug)
{
	auto_buf text;
	json_error_t at;
	buf_init(&text, BUNDLE_FILE_MAX);
	int result = file_read(folder, "space.json", &text);
	if (result < 0)
		return result;
	json_t *json = json_loadb(text.n ? text.p : "", text.n, JSON_REJECT_DUPLICATES, &at);
	if (!json)
		return err_note(ERR_INPUT, "space.json: line %d: %s", at.line, at.text);
	result = bundle_space_put(x->db, x->mem, json, slug, &x->space);
	json_decref(json);
	return result;
}

static int read_rows(struct bundle_in *x, enum bundle_file file, struct str text)
{
	auto_sheet s = { 0 };
	sheet_open(&s, bundle_shapes[file].name, text);
	int result = sheet_head(&s, bundle_shapes[file].column);
	while (result >= 0 && (result = sheet_row(&s)) > 0)
		result = bundle_row(x, file, &s);
	return result;
}

static int read_merged(struct bundle_in *x, struct str text)
{
	auto_sheet s = { 0 };
	sheet_open(&s, bundle_shapes[BUNDLE_ITEMS].name, text);
	int result = sheet_head(&s, bundle_shapes[BUNDLE_ITEMS].column);
	while (result >= 0 && (result = sheet_row(&s)) > 0)
		result = bundle_merged(x, &s);
	return result;
}

static size_t count_lines(struct str text)
{
	size_t n = 1;
	for (size_t i = 0; i < text.n; i++)
		n += text.p[i] == '\n' || text.p[i] == '\r';
	return n;
}

static int read_file(struct bundle_in *x, const char *folder, enum bundle_file file)
{
	auto_buf text;
	buf_init(&text, BUNDLE_FILE_MAX);
	int result = file_read(folder, bundle_shapes[file].name, &text);
	if (result == 0 && file == BUNDLE_PEOPLE)
		result = bundle_map_init(&x->person, x->mem, count_lines(buf_view(&text)));
	if (result == 0 && file == BUNDLE_ITEMS)
		result = bundle_map_init(&x->item, x->mem, count_lines(buf_view(&text)));
	if (result == 0)
		result = read_rows(x, file, buf_view(&text));
	if (result == 0 && file == BUNDLE_ITEMS)
		result = read_merged(x, buf_view(&text));
	return result;
}

/* What is published can be found. */
static int index_item(struct bundle_in *x, int64_t item)
{
	struct item_texts_row *t;
	size_t n = 0;
	auto_buf all;
	buf_init(&all, WORDS_MAX);
	int result = item_texts(x->db, x->mem, item, &t, &n);
	if (result >= 0 && n == 0)
		return err_note(ERR_INPUT, "texts.csv: an item has no text");
	for (size_t i = 0; result >= 0 && i < n; i++) {
		buf_str(&all, t[i].title);
		buf_byte(&all, '\n');
		buf_str(&all, t[i].body);
		buf_byte(&all, '\n');
	}
	if (result >= 0)
		result = all.failed ? all.failed : search_put(x->db, item, buf_view(&all), x->mem);
	return result;
}

static int index_all(struct bundle_in *x)
{
	struct put_published_row *r;
	size_t n = 0;
	int result = put_published(x->db, x->mem, x->space.id, &r, &n);
	for (size_t i = 0; result >= 0 && i < n; i++)
		result = index_item(x, r[i].id);
	return result;
}

int bundle_import(struct db *db, struct arena *mem, const char *folder, struct str slug,
	struct bundle_count *ret)
{
	struct bundle_in x = { .db = db, .mem = mem };
	int result = read_space(&x, folder, slug);
	for (enum bundle_file f = 0; result >= 0 && f < BUNDLE_FILES; f++)
		result = read_file(&x, folder, f);
	if (result >= 0)
		result = index_all(&x);
	if (result < 0)
		return result == ERR_MISSING ? ERR_INPUT : result;
	*ret = x.n;
	ret->space = x.space.id;
	return 0;
}
