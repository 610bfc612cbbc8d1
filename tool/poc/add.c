/*
 * poc add ROOM: insert or replace messages in the six files of a room, in sorted order,
 * from blocks on standard input:
 *
 *	key: vote.button.agree
 *	ctxt: button
 *	note: On the vote page; max 24
 *	en: Agree
 *	ar: أوافق
 *	zh: 同意
 *	fr: D’accord
 *	ru: Поддерживаю
 *	es: De acuerdo
 *
 * A plural names each category (en.one, en.other, ar.zero …; see poc --help). Several
 * notes may stand. French no-break spaces may be typed plainly ("Quoi ?", « ah »): they are
 * set right here. Nothing is written unless every block is whole and passes the checks.
 */
#include "tool/poc/poc.h"
#include <errno.h>

enum { BLOCKS_MAX = 4096 };

struct block {
	int line;
	struct str key, ctxt, notes;
	struct str text[LANG_COUNT][PLURAL_COUNT];
	bool has[LANG_COUNT][PLURAL_COUNT];
	struct str plain[LANG_COUNT];
	bool is_plural, has_any;
};

struct adding {
	struct arena *mem;
	struct report *r;
	struct block *block;
	size_t n;
	struct catalogue *cat; /* six, by enum lang_id */
};

static void fault(struct adding *in, int line, struct str key, const char *what, struct str word)
{
	report_add(in->r, ERROR, (struct place){ "block", line, key }, "%s%s%.*s", what,
		word.n ? ": " : "", STR_ARG(word));
}

static int form_by_name(struct str name)
{
	for (int i = 0; i < PLURAL_COUNT; i++)
		if (str_is(name, plural_names[i]))
			return i;
	return -1;
}

static bool has_form(int lang, int form)
{
	for (size_t i = 0; i < tongues[lang].n; i++)
		if ((int)tongues[lang].form[i] == form)
			return true;
	return false;
}

static void note(struct adding *in, struct block *b, struct str text)
{
	b->notes = b->notes.n ? arena_f(in->mem, "%.*s\n#. %.*s", STR_ARG(b->notes), STR_ARG(text))
			      : arena_f(in->mem, "#. %.*s", STR_ARG(text));
}

/* "fr" or "fr.one", and its text. */
static void text_line(
	struct adding *in, struct block *b, int line, struct str field, struct str text)
{
	struct str rest = field, code;
	int lang = str_cut(&rest, '.', &code) ? tongue_by_code(code) : -1;
	if (lang < 0) {
		fault(in, line, b->key, "unknown field", field);
		return;
	}
	text = typeset(in->mem, (enum lang_id)lang, text);
	if (!rest.p) {
		if (b->plain[lang].p)
			fault(in, line, b->key, "stands twice", field);
		b->plain[lang] = text;
	} else {
		int form = form_by_name(rest);
		b->is_plural = true;
		if (form < 0 || !has_form(lang, form)) {
			fault(in, line, b->key, "the language has no such plural", field);
			return;
		}
		if (b->has[lang][form])
			fault(in, line, b->key, "stands twice", field);
		b->has[lang][form] = true;
		b->text[lang][form] = text;
	}
}

static void take_line(struct adding *in, struct block *b, int line, struct str s)
{
	struct str rest = s, field;
	str_cut(&rest, ':', &field);
	if (!rest.p) {
		fault(in, line, b->key, "\"field: text\" is expected", s);
		return;
	}
	struct str text = str_trim(rest);
	if (!b->has_any)
		b->line = line;
	b->has_any = true;
	if (str_is(field, "key"))
		b->key = text;
	else if (str_is(field, "ctxt"))
		b->ctxt = text;
	else if (str_is(field, "note"))
		note(in, b, text);
	else
		text_line(in, b, line, field, text);
}

static void is_whole(struct adding *in, const struct block *b)
{
	struct str none = STR("");
	if (!b->key.n)
		fault(in, b->line, none, "the block has no key", none);
	if (!b->ctxt.n)
		fault(in, b->line, b->key,
			"ctxt is missing (button, link, title, label, hint, text …)", none);
	for (int l = 0; l < LANG_COUNT; l++) {
		if (!b->is_plural && !b->plain[l].n)
			fault(in, b->line, b->key, "missing", str_c(tongues[l].code));
		if (b->is_plural && b->plain[l].p)
			fault(in, b->line, b->key, "this message has plurals; name the category",
				str_c(tongues[l].code));
		for (size_t i = 0; b->is_plural && i < tongues[l].n; i++) {
			enum plural form = tongues[l].form[i];
			if (!b->text[l][form].n)
				fault(in, b->line, b->key, "missing",
					arena_f(in->mem, "%s.%s", tongues[l].code,
						plural_names[form]));
		}
	}
}

static void read_blocks(struct adding *in, struct str text)
{
	struct str line;
	struct block *b = &in->block[0];
	for (int n = 1; str_cut(&text, '\n', &line); n++) {
		line = str_trim(line);
		if (line.n == 0 && b->has_any) {
			if (++in->n == BLOCKS_MAX) {
				fault(in, n, STR(""), "too many blocks", STR(""));
				return;
			}
			b = &in->block[in->n];
		} else if (line.n && line.p[0] != '#') {
			take_line(in, b, n, line);
		}
	}
	in->n += b->has_any;
	for (size_t i = 0; i < in->n; i++)
		is_whole(in, &in->block[i]);
}

static struct entry *slot(struct adding *in, struct catalogue *c, struct str key)
{
	for (size_t i = 0; i < c->n; i++)
		if (str_eq(c->entry[i].key, key))
			return &c->entry[i];
	struct entry *more = arena_array(in->mem, c->n + 1, sizeof *more);
	if (!more)
		return NULL;
	if (c->n)
		memcpy(more, c->entry, c->n * sizeof *more);
	c->entry = more;
	return &c->entry[c->n++];
}

static void put(struct adding *in, const struct block *b)
{
	for (int l = 0; l < LANG_COUNT; l++) {
		struct entry *e = slot(in, &in->cat[l], b->key);
		if (!e)
			return;
		*e = (struct entry){ .line = b->line,
			.notes = b->notes,
			.ctxt = b->ctxt,
			.key = b->key,
			.is_plural = b->is_plural,
			.text = { b->plain[l] },
			.n_text = b->is_plural ? tongues[l].n : 1 };
		for (size_t i = 0; b->is_plural && i < tongues[l].n; i++)
			e->text[i] = b->text[l][tongues[l].form[i]];
	}
}

/* Only what was added is checked: old sins of the file do not stop a newcomer. */
static void check_added(struct adding *in, struct words *words)
{
	struct rules rules = { .words = words };
	for (size_t k = 0; k < in->n; k++) {
		struct row row = { .key = in->block[k].key };
		for (int l = 0; l < LANG_COUNT; l++) {
			row.in[l] = &in->cat[l];
			row.entry[l] = slot(in, &in->cat[l], row.key);
		}
		check_row(in->r, &rules, &row);
	}
}

static int load(struct adding *in, const char *dir, const char *room)
{
	for (int l = 0; l < LANG_COUNT; l++) {
		struct catalogue *c = &in->cat[l];
		struct str text;
		*c = (struct catalogue){ .room = str_c(room), .lang = (enum lang_id)l };
		c->file = arena_f(in->mem, "%s/%s.%s.po", dir, room, tongues[l].code).p;
		int st = c->file ? file_read(in->mem, c->file, &text) : ERR_NOMEM;
		if (st == ERR_IO && errno == ENOENT)
			continue;
		if (st < 0)
			return st;
		po_parse(in->mem, in->r, text, c);
	}
	return 0;
}

static int save(struct adding *in)
{
	for (int l = 0; l < LANG_COUNT; l++) {
		auto_buf out = { .max = FILE_MAX };
		po_write(&out, &in->cat[l]);
		int st = out.failed ? out.failed : file_replace(in->cat[l].file, buf_view(&out));
		if (st < 0)
			return st;
	}
	printf("%zu message%s in six languages\n", in->n, in->n == 1 ? "" : "s");
	return 0;
}

static bool room_is_good(const char *room)
{
	for (const char *p = room; *p; p++)
		if (!((*p >= 'a' && *p <= 'z') || *p == '_'))
			return false;
	return *room != '\0';
}

static int add(struct adding *in, const char *dir, const char *room)
{
	struct str text;
	struct words *words = NULL;
	int st = stream_read(in->mem, stdin, &text);
	if (st < 0)
		return st;
	read_blocks(in, text);
	if (in->r->errors == 0)
		st = load(in, dir, room);
	if (st < 0 || in->r->errors)
		return st;
	for (size_t i = 0; i < in->n; i++)
		put(in, &in->block[i]);
	st = words_load(in->mem, dir, &words);
	if (st < 0)
		return st;
	check_added(in, words);
	return in->r->errors ? 0 : save(in);
}

int poc_add(int argc, char **argv)
{
	auto_arena mem;
	struct report r = { stderr, 0, 0 };
	struct catalogue cat[LANG_COUNT];
	const char *dir = "po";
	int i = 1, st;
	if (argc > 3 && str_is(str_c(argv[1]), "--po")) {
		dir = argv[2];
		i = 3;
	}
	if (argc != i + 1 || !room_is_good(argv[i]))
		return 2;
	arena_init(&mem, BOOK_MAX);
	struct adding in = { .mem = &mem, .r = &r, .cat = cat };
	in.block = arena_array(&mem, BLOCKS_MAX + 1, sizeof *in.block);
	st = in.block ? add(&in, dir, argv[i]) : ERR_NOMEM;
	if (st < 0)
		fprintf(stderr, "poc add: %s\n", err_noted());
	if (r.errors)
		fprintf(stderr, "nothing was written\n");
	return st < 0 || r.errors ? 1 : 0;
}
