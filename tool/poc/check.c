#include "tool/poc/poc.h"

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
}

void check_row(struct report *r, const struct rules *rules, const struct row *row)
{
	(void)rules;
	check_shape(r, row);
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
	int st = book_load(b, r, o->po);
	if (st == 0)
		st = book_rows(b, r);
	for (size_t i = 0; st == 0 && i < b->n; i++)
		check_header(r, &b->cat[i]);
	for (size_t i = 0; st == 0 && i < b->n_row; i++)
		check_row(r, &o->rules, &b->row[i]);
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
