/* A catalogue is read line by line: comments, then msgctxt, msgid, msgid_plural, msgstr. */
#include "tool/poc/poc.h"

struct reader {
	struct arena *mem;
	struct report *r;
	struct catalogue *c;
	int line;
	struct entry now;
	struct str *last; /* where a continued string goes */
	bool has_key, has_ctxt;
};

static void fault(struct reader *in, const char *what)
{
	struct place at = { in->c->file, in->line, in->has_key ? in->now.key : STR("") };
	report_add(in->r, ERROR, at, "%s", what);
}

/* The text of "…" with \" \\ \n \t undone; false if it is no such thing. */
static bool unquote(struct reader *in, struct str s, struct str *ret)
{
	s = str_trim(s);
	if (s.n < 2 || s.p[0] != '"' || s.p[s.n - 1] != '"')
		return false;
	s = (struct str){ s.p + 1, s.n - 2 };
	char *out = arena_take(in->mem, s.n + 1);
	size_t n = 0;
	if (!out)
		return false;
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		if (c == '"')
			return false;
		if (c == '\\') {
			if (++i == s.n)
				return false;
			c = s.p[i];
			if (c == 'n')
				c = '\n';
			else if (c == 't')
				c = '\t';
			else if (c != '"' && c != '\\')
				return false;
		}
		out[n++] = c;
	}
	*ret = (struct str){ out, n };
	return true;
}

static void flush(struct reader *in)
{
	if (in->has_key && in->now.key.n == 0) {
		in->c->header = in->now.text[0];
		in->c->header_line = in->now.line;
	} else if (in->has_key) {
		in->c->entry[in->c->n++] = in->now;
	} else if (in->has_ctxt) {
		fault(in, "msgctxt without msgid");
	}
	in->now = (struct entry){ 0 };
	in->has_key = in->has_ctxt = false;
	in->last = NULL;
}

static void comment(struct reader *in, struct str line)
{
	if (in->has_key)
		flush(in);
	if (str_starts(line, "#~"))
		fault(in, "an obsolete entry; remove it");
	if (str_starts(line, "#,"))
		for (size_t i = 2; i + 5 <= line.n; i++)
			if (str_starts(str_from(line, i), "fuzzy"))
				in->now.is_fuzzy = true;
	if (!in->now.notes.p)
		in->now.notes = line;
	else
		in->now.notes.n = (size_t)(line.p + line.n - in->now.notes.p);
}

/* msgid starts the entry proper; what follows belongs to it. */
static void take_key(struct reader *in, struct str key)
{
	if (in->has_key)
		flush(in);
	in->now.key = key;
	in->now.line = in->line;
	in->has_key = true;
	in->last = &in->now.key;
}

static void take_text(struct reader *in, size_t i, struct str text)
{
	if (!in->has_key) {
		fault(in, "msgstr without msgid");
	} else if (i >= PLURAL_COUNT || i != in->now.n_text) {
		fault(in, "msgstr out of order");
	} else {
		in->now.text[i] = text;
		in->last = &in->now.text[i];
		in->now.n_text++;
	}
}

static void go_on(struct reader *in, struct str text)
{
	if (!in->last) {
		fault(in, "a string that belongs to nothing");
		return;
	}
	in->now.is_wrapped = true;
	*in->last = arena_f(in->mem, "%.*s%.*s", STR_ARG(*in->last), STR_ARG(text));
}

static void take_ctxt(struct reader *in, struct str text)
{
	if (in->has_key)
		flush(in);
	in->now.ctxt = text;
	in->has_ctxt = true;
	in->last = &in->now.ctxt;
}

static void take_plural(struct reader *in, struct str text)
{
	in->now.is_plural = true;
	in->last = NULL;
	if (!in->has_key || !str_eq(text, in->now.key))
		fault(in, "msgid_plural must repeat the key");
}

static void keyword(struct reader *in, struct str line)
{
	struct str rest = line, word = { line.p, 0 }, text;
	if (line.p[0] != '"')
		str_cut(&rest, ' ', &word);
	if (!unquote(in, rest, &text))
		fault(in, "not a catalogue line: keyword \"text\" is expected");
	else if (word.n == 0)
		go_on(in, text);
	else if (str_is(word, "msgctxt"))
		take_ctxt(in, text);
	else if (str_is(word, "msgid"))
		take_key(in, text);
	else if (str_is(word, "msgid_plural"))
		take_plural(in, text);
	else if (str_is(word, "msgstr"))
		take_text(in, 0, text);
	else if (word.n == 9 && str_starts(word, "msgstr[") && word.p[8] == ']')
		take_text(in, (size_t)(unsigned char)word.p[7] - '0', text);
	else
		fault(in, "unknown keyword");
}

static size_t count_keys(struct str text)
{
	struct str line;
	size_t n = 1;
	while (str_cut(&text, '\n', &line))
		n += str_starts(str_trim(line), "msgid");
	return n;
}

void po_parse(struct arena *mem, struct report *r, struct str text, struct catalogue *ret)
{
	struct reader in = { .mem = mem, .r = r, .c = ret };
	struct str line;
	ret->entry = arena_array(mem, count_keys(text), sizeof *ret->entry);
	ret->n = 0;
	if (!ret->entry)
		return;
	if (text.n && text.p[text.n - 1] != '\n')
		report_add(r, ERROR, (struct place){ ret->file, 1, STR("") },
			"the file does not end with a line end");
	while (str_cut(&text, '\n', &line)) {
		in.line++;
		line = str_trim(line);
		if (line.n == 0)
			flush(&in);
		else if (line.p[0] == '#')
			comment(&in, line);
		else
			keyword(&in, line);
	}
	flush(&in);
	if (mem->has_failed)
		fault(&in, "too long to be a catalogue");
}
