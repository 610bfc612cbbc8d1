#include "tool/poc/poc.h"
#include <stdlib.h>

static void quoted(struct buf *out, const char *word, struct str s)
{
	buf_f(out, "%s \"", word);
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		if (c == '"' || c == '\\')
			buf_byte(out, '\\');
		if (c == '\n' || c == '\t')
			buf_c(out, c == '\n' ? "\\n" : "\\t");
		else
			buf_byte(out, c);
	}
	buf_c(out, "\"\n");
}

static void write_entry(struct buf *out, const struct entry *e)
{
	buf_byte(out, '\n');
	if (e->notes.n) {
		buf_str(out, e->notes);
		buf_byte(out, '\n');
	}
	if (e->ctxt.n)
		quoted(out, "msgctxt", e->ctxt);
	quoted(out, "msgid", e->key);
	if (!e->is_plural) {
		quoted(out, "msgstr", e->text[0]);
		return;
	}
	quoted(out, "msgid_plural", e->key);
	for (size_t i = 0; i < e->n_text; i++) {
		char word[] = "msgstr[0]";
		word[7] = (char)('0' + i);
		quoted(out, word, e->text[i]);
	}
}

static int by_key(const void *a, const void *b)
{
	return str_cmp(((const struct entry *)a)->key, ((const struct entry *)b)->key);
}

void po_write(struct buf *out, struct catalogue *c)
{
	buf_f(out,
		"msgid \"\"\n"
		"msgstr \"\"\n"
		"\"Language: %s\\n\"\n"
		"\"MIME-Version: 1.0\\n\"\n"
		"\"Content-Type: text/plain; charset=UTF-8\\n\"\n"
		"\"Content-Transfer-Encoding: 8bit\\n\"\n"
		"\"Plural-Forms: %s\\n\"\n",
		tongues[c->lang].code, tongues[c->lang].plural_forms);
	if (c->n)
		qsort(c->entry, c->n, sizeof *c->entry, by_key);
	for (size_t i = 0; i < c->n; i++)
		write_entry(out, &c->entry[i]);
}
