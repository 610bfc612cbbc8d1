/*
 * Catalogues become two C files and a list:
 *   messages.h     enum msg, and how the texts lie in memory
 *   messages.c     for each language one long text, packed, and where each message starts in
 *                  it: no pointers, so nothing to relocate when the program starts
 *   messages.keys  for tmplc: key, "plural" or "-", placeholders
 */
#include "tool/pack.h"
#include "tool/poc/poc.h"

static void c_name(struct buf *out, struct str key)
{
	buf_c(out, "MSG_");
	for (size_t i = 0; i < key.n; i++)
		buf_byte(out, key.p[i] == '.' ? '_' : key.p[i]);
}

static void head(struct buf *out, const struct book *b)
{
	buf_c(out,
		"/* Made by poc from po/. */\n#pragma once\n#include \"base/packed.h\"\n\n"
		"enum msg {\n\tMSG_NONE,\n");
	for (size_t i = 0; i < b->n_row; i++) {
		buf_byte(out, '\t');
		c_name(out, b->row[i].key);
		buf_c(out, ",\n");
	}
	buf_c(out,
		"\tMSG_COUNT\n};\n\n"
		"/* One language. Message m has the texts first[m] to first[m + 1] - 1, a plural\n"
		" * one for each of the language's categories; text i is text[at[i]] up to\n"
		" * text[at[i + 1]]. */\n"
		"struct msg_book {\n\tstruct packed packed;\n\tchar *text; /* room for what is packed */\n"
		"\tconst uint32_t *at;\n\tconst uint16_t *first;\n};\n"
		"extern const struct msg_book msg_books[6]; /* by enum lang_id */\n");
}

/* The texts as raw deflate: base/packed.h opens them. */
static void packed(struct buf *out, const char *code, struct str text)
{
	auto_buf room = { .max = BOOK_MAX };
	struct str small = pack(&room, text);
	if (!small.n)
		out->failed = ERR_NOMEM;
	buf_f(out, "static const char packed_%s[] = {", code);
	for (size_t i = 0; i < small.n; i++)
		buf_f(out, "%s%d,", i % 24 ? " " : "\n\t", (signed char)small.p[i]);
	buf_f(out, "\n};\nstatic char text_%s[%zu];\n", code, text.n);
}

static void numbers(struct buf *out, const char *type, const char *name, const char *code)
{
	buf_f(out, "static const %s %s_%s[] = {", type, name, code);
}

static void language(struct buf *out, const struct book *b, enum lang_id lang)
{
	const char *code = tongues[lang].code;
	size_t at = 0, count = 0;
	auto_buf text = { .max = BOOK_MAX };
	for (size_t i = 0; i < b->n_row; i++)
		for (size_t k = 0; k < b->row[i].entry[lang]->n_text; k++)
			buf_str(&text, b->row[i].entry[lang]->text[k]);
	if (text.failed)
		out->failed = text.failed;
	packed(out, code, buf_view(&text));
	numbers(out, "uint32_t", "at", code);
	for (size_t i = 0; i < b->n_row; i++)
		for (size_t k = 0; k < b->row[i].entry[lang]->n_text; k++, count++) {
			buf_f(out, "%s%zu,", count % 16 ? " " : "\n\t", at);
			at += b->row[i].entry[lang]->text[k].n;
		}
	buf_f(out, "\n\t%zu };\n", at);
	numbers(out, "uint16_t", "first", code);
	count = 0;
	buf_c(out, "\n\t0,"); /* MSG_NONE: no text at all */
	for (size_t i = 0; i < b->n_row; i++) {
		buf_f(out, "%s%zu,", (i + 1) % 16 ? " " : "\n\t", count);
		count += b->row[i].entry[lang]->n_text;
	}
	buf_f(out, "\n\t%zu };\n\n", count);
}

static void body(struct buf *out, const struct book *b)
{
	buf_c(out,
		"/* Made by poc from po/. */\n#include \"po/messages.h\"\n"
		"#include \"i18n/i18n.h\"\n\n");
	for (enum lang_id l = 0; l < LANG_COUNT; l++)
		language(out, b, l);
	buf_c(out, "const struct msg_book msg_books[6] = {\n");
	for (enum lang_id l = 0; l < LANG_COUNT; l++) {
		const char *code = tongues[l].code;
		buf_f(out,
			"\t[%d] = { { packed_%s, sizeof packed_%s, sizeof text_%s }, text_%s, at_%s, "
			"first_%s },\n",
			(int)l, code, code, code, code, code, code);
	}
	buf_c(out, "};\n");
}

static void keys(struct buf *out, const struct book *b)
{
	for (size_t i = 0; i < b->n_row; i++) {
		const struct entry *e = b->row[i].entry[LANG_EN];
		struct holes h = { .n = 0 };
		if (holes_scan(e->text[e->n_text - 1], &h))
			continue;
		buf_f(out, "%.*s\t%s\t", STR_ARG(e->key), e->is_plural ? "plural" : "-");
		for (size_t k = 0; k < h.n; k++)
			buf_f(out, "%s%.*s", k ? "," : "", STR_ARG(h.name[k]));
		if (h.links)
			buf_f(out, "%slink", h.n ? "," : "");
		buf_byte(out, '\n');
	}
}

/* Two keys may differ only in '.' and '_'; in C they would be one. */
static void names_apart(struct report *r, const struct book *b)
{
	auto_buf last = { .max = 1024 }, now = { .max = 1024 };
	for (size_t i = 0; i < b->n_row; i++)
		for (size_t k = i + 1; k < b->n_row && b->row[k].key.n == b->row[i].key.n; k++) {
			last.n = now.n = 0;
			c_name(&last, b->row[i].key);
			c_name(&now, b->row[k].key);
			if (str_eq(buf_view(&last), buf_view(&now)))
				report_add(r, ERROR,
					place_of(b->row[k].in[LANG_EN], b->row[k].entry[LANG_EN]),
					"1: in C the same name as %.*s", STR_ARG(b->row[i].key));
		}
}

typedef void (*maker)(struct buf *out, const struct book *b);

static int put(const char *dir, const char *name, const struct book *b, maker make)
{
	auto_buf out = { .max = BOOK_MAX };
	char path[4096];
	make(&out, b);
	if (out.failed)
		return err_note(out.failed, "make %s", name);
	if (snprintf(path, sizeof path, "%s/%s", dir, name) >= (int)sizeof path)
		return err_note(ERR_LIMIT, "path too long");
	return file_replace(path, buf_view(&out));
}

/* What ninja must watch: the files, and the folders where new ones appear. */
static int depfile(const char *path, const char *dir, const struct book *b, char **arg)
{
	auto_buf out = { .max = BOOK_MAX };
	buf_f(&out, "%s/messages.h %s/messages.c %s/messages.keys:", dir, dir, dir);
	for (size_t i = 0; i < b->n; i++)
		buf_f(&out, " %s", b->cat[i].file);
	for (; *arg; arg++)
		buf_f(&out, " %s", *arg);
	buf_byte(&out, '\n');
	return out.failed ? out.failed : file_replace(path, buf_view(&out));
}

static int write_all(const char *dir, const char *dep, const struct book *b, char **from)
{
	int st = put(dir, "messages.h", b, head);
	if (st == 0)
		st = put(dir, "messages.c", b, body);
	if (st == 0)
		st = put(dir, "messages.keys", b, keys);
	if (st == 0 && dep)
		st = depfile(dep, dir, b, from);
	return st;
}

static int compile(struct book *b, struct report *r, const char *dir, const char *dep, char **from)
{
	int st = 0;
	for (char **path = from; *path && st == 0; path++)
		st = book_load(b, r, *path);
	if (st == 0)
		st = book_rows(b, r);
	for (size_t i = 0; i < b->n_row && st == 0; i++)
		check_shape(r, &b->row[i]);
	if (st == 0 && r->errors == 0)
		names_apart(r, b);
	if (st == 0 && r->errors == 0)
		st = write_all(dir, dep, b, from);
	return st;
}

int poc_compile(int argc, char **argv)
{
	struct report r = { stderr, 0, 0 };
	struct book b = { .n = 0 };
	const char *dep = NULL;
	int i = 1;
	if (argc > 2 && str_is(str_c(argv[1]), "--depfile")) {
		dep = argv[2];
		i = 3;
	}
	if (argc < i + 2)
		return 2;
	int st = compile(&b, &r, argv[i], dep, argv + i + 1);
	if (st < 0)
		fprintf(stderr, "poc compile: %s\n", err_noted());
	book_done(&b);
	return st < 0 || r.errors ? 1 : 0;
}
