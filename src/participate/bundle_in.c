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

static int read_table(struct bundle_in *x, const char *folder, const struct bundle_table *t)
{
	auto_buf text;
	buf_init(&text, BUNDLE_FILE_MAX);
	int result = file_read(folder, t->name, &text);
	return result < 0 ? result : bundle_table_in(x, t, buf_view(&text));
}

static int read_part(struct bundle_in *x, const char *folder, const struct bundle_part *p)
{
	int result = 0;
	for (size_t i = 0; i < p->n && result >= 0; i++)
		result = read_table(x, folder, &p->table[i]);
	return result >= 0 && p->check ? p->check(x) : result;
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

int bundle_import(struct db *db, struct arena *mem, const struct bundle_part *more,
	const char *folder, struct str slug, struct bundle_count *ret)
{
	struct bundle_in x = { .db = db, .mem = mem };
	int result = read_space(&x, folder, slug);
	if (result >= 0)
		result = read_part(&x, folder, &bundle_own);
	for (const struct bundle_part *p = more; p && result >= 0; p = p->next)
		result = read_part(&x, folder, p);
	if (result >= 0)
		result = index_all(&x);
	if (result < 0)
		return result == ERR_MISSING ? ERR_INPUT : result;
	*ret = x.n;
	ret->space = x.space.id;
	return 0;
}
