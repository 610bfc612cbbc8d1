/* A document on its way to another process: see pdf.h. */
#include "render/pdf.h"
#include <jansson.h>
#include <stdlib.h>

static json_t *text(struct str s)
{
	return json_stringn(s.p ? s.p : "", s.n);
}

static json_t *block_json(const struct pdf_block *b)
{
	json_t *n = json_array();
	for (int i = 0; i < PDF_PARTS; i++)
		json_array_append_new(n, json_integer(b->n[i]));
	return json_pack("[i, i, o, o, o, o, o]", (int)b->role, (int)b->tone, text(b->text),
		text(b->lang), text(b->url), text(b->mark), n);
}

int pdf_to_json(const struct pdf *d, struct buf *ret)
{
	json_t *blocks = json_array();
	bool has_failed = false;
	for (size_t i = 0; i < d->n_block; i++)
		has_failed |= json_array_append_new(blocks, block_json(&d->block[i])) < 0;
	json_t *all = json_pack("{s:o, s:o, s:o, s:o, s:o, s:b, s:o}", "title", text(d->title),
		"author", text(d->author), "lang", text(d->lang), "page_of", text(d->page_of),
		"sample", text(d->sample), "is_rtl", d->is_rtl, "blocks", blocks);
	char *z = has_failed || !all ? NULL : json_dumps(all, JSON_COMPACT);
	json_decref(all);
	if (!z)
		return err_note(ERR_NOMEM, "document for the PDF");
	buf_c(ret, z);
	free(z);
	return ret->failed;
}

/* What the words of ${from} are, kept in ${mem}. */
static struct str taken(struct arena *mem, json_t *from)
{
	return arena_copy(mem, (struct str){ json_string_value(from), json_string_length(from) });
}

static bool read_block(struct arena *mem, json_t *from, struct pdf_block *b)
{
	json_t *words, *lang, *url, *mark, *n;
	int role, tone;
	if (json_unpack(from, "[i, i, o, o, o, o, o!]", &role, &tone, &words, &lang, &url, &mark,
		    &n) < 0)
		return false;
	if (role < 0 || role >= PDF_ROLES || tone < 0 || tone >= TONES)
		return false;
	*b = (struct pdf_block){ .role = (enum pdf_role)role,
		.tone = (enum pdf_tone)tone,
		.text = taken(mem, words),
		.lang = taken(mem, lang),
		.url = taken(mem, url),
		.mark = taken(mem, mark) };
	for (size_t i = 0; i < PDF_PARTS; i++)
		b->n[i] = json_integer_value(json_array_get(n, i));
	return true;
}

static int read_all(struct arena *mem, json_t *all, struct pdf *d)
{
	json_t *title, *author, *lang, *page_of, *sample, *blocks;
	int is_rtl;
	if (json_unpack(all, "{s:o, s:o, s:o, s:o, s:o, s:b, s:o}", "title", &title, "author",
		    &author, "lang", &lang, "page_of", &page_of, "sample", &sample, "is_rtl",
		    &is_rtl, "blocks", &blocks) < 0 ||
		json_array_size(blocks) > PDF_BLOCKS)
		return err_note(ERR_INPUT, "no document");
	*d = (struct pdf){ .title = taken(mem, title),
		.author = taken(mem, author),
		.lang = taken(mem, lang),
		.page_of = taken(mem, page_of),
		.sample = taken(mem, sample),
		.is_rtl = is_rtl,
		.n_block = json_array_size(blocks) };
	struct pdf_block *b = arena_array(mem, d->n_block + 1, sizeof *b);
	if (!b)
		return err_note(ERR_NOMEM, "document");
	for (size_t i = 0; i < d->n_block; i++)
		if (!read_block(mem, json_array_get(blocks, i), &b[i]))
			return err_note(ERR_INPUT, "no block");
	d->block = b;
	return mem->has_failed ? ERR_NOMEM : 0;
}

int pdf_from_json(struct arena *mem, struct str s, struct pdf *ret)
{
	struct pdf d = { 0 };
	json_t *all = json_loadb(s.p, s.n, JSON_ALLOW_NUL, NULL);
	int result = all ? read_all(mem, all, &d) : err_note(ERR_INPUT, "no JSON");
	json_decref(all);
	if (result == 0)
		*ret = d;
	return result;
}
