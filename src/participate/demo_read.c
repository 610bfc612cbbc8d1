#include "participate/demo_read.h"

static int bad(const struct demo_reader *r, const char *what)
{
	return err_note(ERR_BUG, "sample texts, line %d: %s", r->line, what);
}

static bool next_line(struct demo_reader *r, struct str *ret)
{
	r->line++;
	return str_cut(&r->rest, '\n', ret);
}

static int read_head(struct demo_reader *r, struct str line, struct demo_block *b)
{
	struct str word;
	str_cut(&line, ' ', &b->kind);
	while (str_cut(&line, ' ', &word)) {
		if (b->n_arg == DEMO_ARGS)
			return bad(r, "too many arguments");
		struct demo_arg *a = &b->arg[b->n_arg++];
		str_cut(&word, '=', &a->name);
		a->value = word;
	}
	return 0;
}

static int read_row(struct demo_reader *r, struct str line, struct demo_block *b)
{
	size_t colon = str_find(line, ':');
	if (colon == line.n || b->n_line == DEMO_LINES)
		return bad(r, "not \"lang: text\", or too many of them");
	struct demo_line *row = &b->row[b->n_line++];
	struct str head = { line.p, colon };
	row->text = str_trim(str_from(line, colon + 1));
	str_cut(&head, '.', &row->lang);
	row->field = head;
	return 0;
}

static int read_more(struct demo_reader *r, struct str line, struct demo_block *b)
{
	if (!b->n_line)
		return bad(r, "nothing to go on with");
	struct str *text = &b->row[b->n_line - 1].text;
	*text = arena_f(r->mem, "%.*s\n%.*s", STR_ARG(*text), STR_ARG(str_from(line, 1)));
	return text->p ? 0 : ERR_NOMEM;
}

int demo_next(struct demo_reader *r, struct demo_block *ret)
{
	struct str line;
	struct demo_block b = { 0 };
	while (next_line(r, &line)) {
		int result = 0;
		if (line.n && line.p[0] == '#')
			continue;
		if (line.n == 0 && b.kind.p)
			break;
		if (line.n == 0)
			continue;
		if (!b.kind.p) {
			b.line = r->line;
			result = read_head(r, line, &b);
		} else if (line.p[0] == '\t') {
			result = read_more(r, line, &b);
		} else {
			result = read_row(r, line, &b);
		}
		if (result < 0)
			return result;
	}
	*ret = b;
	return b.kind.p != NULL;
}

struct str demo_arg(const struct demo_block *b, const char *name)
{
	for (size_t i = 0; i < b->n_arg; i++)
		if (str_is(b->arg[i].name, name))
			return b->arg[i].value;
	return (struct str){ 0 };
}

int64_t demo_number(const struct demo_block *b, const char *name, int64_t otherwise)
{
	int64_t n;
	return str_i64(demo_arg(b, name), &n) ? n : otherwise;
}

struct str demo_text(const struct demo_block *b, struct str lang, const char *field)
{
	for (size_t i = 0; i < b->n_line; i++)
		if (str_eq(b->row[i].lang, lang) && str_eq(b->row[i].field, str_c(field)))
			return b->row[i].text;
	return (struct str){ 0 };
}
