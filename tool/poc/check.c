/* The twelve checks of a message, and the command that runs them over all. */
#include "base/utf8.h"
#include "tool/poc/text.h"
#include <stdarg.h>

void check_header(struct report *r, const struct catalogue *c)
{
	const char *code = tongues[c->lang].code;
	struct place at = { c->file, c->header_line, STR("") };
	struct str rest = c->header, line;
	bool has_lang = false, has_forms = false;
	while (str_cut(&rest, '\n', &line)) {
		if (str_starts(line, "Language: "))
			has_lang = str_is(str_from(line, 10), code);
		if (str_starts(line, "Plural-Forms: "))
			has_forms = str_is(str_from(line, 14), tongues[c->lang].plural_forms);
	}
	if (!has_lang)
		report_add(r, ERROR, at, "4: the header does not say Language: %s", code);
	if (!has_forms)
		report_add(r, ERROR, at, "4: Plural-Forms is not exactly: %s",
			tongues[c->lang].plural_forms);
	for (size_t i = 1; i < c->n; i++)
		if (str_cmp(c->entry[i - 1].key, c->entry[i].key) > 0)
			report_add(r, ERROR, place_of(c, &c->entry[i]), "1: not sorted by key");
}

static void find(struct subject *s, enum level level, const char *fmt, va_list ap)
	printf_like(3, 0);
static void find(struct subject *s, enum level level, const char *fmt, va_list ap)
{
	char what[512];
	vsnprintf(what, sizeof what, fmt, ap);
	report_add(s->r, level, s->at, "%s", what);
}

void find_error(struct subject *s, const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	find(s, ERROR, fmt, ap);
	va_end(ap);
}

void find_warning(struct subject *s, const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	find(s, WARNING, fmt, ap);
	va_end(ap);
}

static bool spell(struct subject *s)
{
	if (!utf8_ok(s->text)) {
		find_error(s, "5: not UTF-8");
		return false;
	}
	if (utf8_count(s->text) > LETTERS_MAX) {
		find_error(s, "8: over %d letters; make it several messages", LETTERS_MAX);
		return false;
	}
	for (size_t at = 0; at < s->text.n;)
		s->letter[s->n++] = utf8_next(s->text, &at);
	return true;
}

static void check_text(struct subject *s)
{
	if (!spell(s))
		return;
	check_spaces(s);
	check_quotes(s);
	check_same(s);
	check_width(s);
	check_marks(s);
	check_letters(s);
	check_digits(s);
	check_hidden(s);
	check_words(s);
}

void check_row(struct report *r, const struct rules *rules, const struct row *row)
{
	size_t before = r->errors;
	enum level soft = rules->is_release ? ERROR : WARNING;
	const struct entry *en = row->entry[LANG_EN];
	check_shape(r, row);
	if (r->errors > before)
		return;
	if (rules->used && !used_has(rules->used, row->key))
		report_add(r, soft, place_of(row->in[LANG_EN], en), "1: no source uses it");
	for (enum lang_id l = 0; l < LANG_COUNT; l++) {
		const struct entry *e = row->entry[l];
		if (e->is_fuzzy)
			report_add(r, soft, place_of(row->in[l], e), "2: fuzzy");
		if (!e->ctxt.n || !str_eq(e->ctxt, en->ctxt))
			report_add(r, ERROR, place_of(row->in[l], e),
				"1: msgctxt is missing, or not that of English");
		for (size_t i = 0; i < e->n_text; i++) {
			struct subject s = { .r = r,
				.rules = rules,
				.at = place_of(row->in[l], e),
				.entry = e,
				.lang = l,
				.text = e->text[i],
				.english = l == LANG_EN ? e->text[i] : en->text[en->n_text - 1] };
			check_text(&s);
		}
	}
}

struct options {
	struct rules rules;
	const char *used, *po;
};

static bool options_read(int argc, char **argv, struct options *ret)
{
	struct options o = { 0 };
	int i = 1;
	for (; i < argc && str_starts(str_c(argv[i]), "--"); i++)
		if (str_is(str_c(argv[i]), "--release"))
			o.rules.is_release = true;
		else if (str_is(str_c(argv[i]), "--used") && i + 1 < argc)
			o.used = argv[++i];
		else
			return false;
	if (i + 1 != argc)
		return false;
	o.po = argv[i];
	*ret = o;
	return true;
}

static int check(struct book *b, struct report *r, struct options *o)
{
	struct words *words = NULL;
	struct used *used = NULL;
	int st = book_load(b, r, o->po);
	if (st == 0)
		st = book_rows(b, r);
	if (st == 0)
		st = words_load(&b->mem, o->po, &words);
	if (st == 0 && o->used)
		st = used_load(&b->mem, o->used, &used);
	o->rules.words = words;
	o->rules.used = used;
	for (size_t i = 0; st == 0 && i < b->n; i++)
		check_header(r, &b->cat[i]);
	for (size_t i = 0; st == 0 && i < b->n_row; i++)
		check_row(r, &o->rules, &b->row[i]);
	if (st == 0 && used)
		used_unknown(r, used, b);
	return st;
}

int poc_check(int argc, char **argv)
{
	struct report r = { stderr, 0, 0 };
	struct book b = { .n = 0 };
	struct options o;
	if (!options_read(argc, argv, &o))
		return 2;
	int st = check(&b, &r, &o);
	if (st < 0)
		fprintf(stderr, "poc check: %s\n", err_noted());
	else
		printf("%zu messages: %zu errors, %zu warnings\n", b.n_row, r.errors, r.warnings);
	book_done(&b);
	return st < 0 || r.errors ? 1 : 0;
}
