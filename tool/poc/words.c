/* Check 12: words we do not use (ban.csv), and terms that have one name (glossary.csv). */
#include "base/utf8.h"
#include "tool/poc/text.h"
#include <errno.h>
#include <unicode/uchar.h>

enum { BANS_MAX = 1000, TERMS_MAX = 2000, COLUMNS_MAX = 16, FOLDED_MAX = 16384 };

struct ban {
	enum lang_id lang;
	struct str word, say, except;
};
struct term {
	struct str key, in[LANG_COUNT];
};
struct words {
	struct ban ban[BANS_MAX];
	struct term term[TERMS_MAX];
	size_t n_ban, n_term;
};

/* One record of a CSV file without line ends in its fields; quotes undone. */
static size_t csv_line(struct arena *mem, struct str line, struct str cell[COLUMNS_MAX])
{
	size_t n = 0, i = 0;
	while (n < COLUMNS_MAX) {
		char *out = arena_take(mem, line.n + 1);
		bool is_quoted = i < line.n && line.p[i] == '"';
		size_t len = 0;
		if (!out)
			return n;
		for (i += is_quoted; i < line.n; i++) {
			if (is_quoted && line.p[i] == '"') {
				if (i + 1 == line.n || line.p[i + 1] != '"')
					break;
				i++;
			} else if (!is_quoted && line.p[i] == ',') {
				break;
			}
			out[len++] = line.p[i];
		}
		i += is_quoted;
		cell[n++] = str_trim((struct str){ out, len });
		if (i >= line.n)
			break;
		i++;
	}
	return n;
}

typedef int (*taker)(struct words *w, struct str *cell, size_t n);

static int take_ban(struct words *w, struct str *cell, size_t n)
{
	int lang = n ? tongue_by_code(cell[0]) : -1;
	if (n < 4 || lang < 0 || !cell[1].n || w->n_ban == BANS_MAX)
		return err_note(ERR_INPUT, "ban.csv: lang,banned,say,key,except is expected");
	w->ban[w->n_ban++] = (struct ban){ (enum lang_id)lang, cell[1], cell[2],
		n > 4 ? cell[4] : STR("") };
	return 0;
}

static int take_term(struct words *w, struct str *cell, size_t n)
{
	if (n != 7 || w->n_term == TERMS_MAX)
		return err_note(ERR_INPUT, "glossary.csv: key,en,ar,zh,fr,ru,es is expected");
	struct term *t = &w->term[w->n_term++];
	t->key = cell[0];
	t->in[LANG_EN] = cell[1];
	t->in[LANG_AR] = cell[2];
	t->in[LANG_ZH] = cell[3];
	t->in[LANG_FR] = cell[4];
	t->in[LANG_RU] = cell[5];
	t->in[LANG_ES] = cell[6];
	return 0;
}

static int load(struct arena *mem, const char *dir, const char *name, struct words *w, taker take)
{
	struct str path = arena_f(mem, "%s/%s", dir, name), text, line, cell[COLUMNS_MAX];
	int st = path.p ? file_read(mem, path.p, &text) : ERR_NOMEM;
	if (st == ERR_IO && errno == ENOENT)
		return 0;
	if (st < 0)
		return st;
	str_cut(&text, '\n', &line); /* the names of the columns */
	while (st == 0 && str_cut(&text, '\n', &line)) {
		line = str_trim(line);
		if (line.n)
			st = take(w, cell, csv_line(mem, line, cell));
	}
	return st;
}

int words_load(struct arena *mem, const char *dir, struct words **ret)
{
	struct words *w = arena_take(mem, sizeof *w);
	if (!w)
		return err_note(ERR_NOMEM, "words");
	int st = load(mem, dir, "ban.csv", w, take_ban);
	if (st == 0)
		st = load(mem, dir, "glossary.csv", w, take_term);
	if (st == 0)
		*ret = w;
	return st;
}

/* Letters folded for comparing; the length, at most FOLDED_MAX. */
static size_t fold(struct str s, int32_t to[FOLDED_MAX])
{
	size_t n = 0;
	for (size_t i = 0; i < s.n && n < FOLDED_MAX; n++)
		to[n] = u_foldCase(utf8_next(s, &i), U_FOLD_CASE_DEFAULT);
	return n;
}

enum how { WHOLE_WORD, ANYWHERE };

static bool contains(struct str text, struct str word, enum how how)
{
	static int32_t a[FOLDED_MAX], b[FOLDED_MAX];
	size_t n = fold(text, a), m = fold(word, b);
	for (size_t i = 0; m && i + m <= n; i++) {
		if (memcmp(a + i, b, m * sizeof *a) != 0)
			continue;
		if (how == ANYWHERE)
			return true;
		if ((i == 0 || !u_isalnum(a[i - 1])) && (i + m == n || !u_isalnum(a[i + m])))
			return true;
	}
	return false;
}

bool note_has(struct str notes, struct str word)
{
	for (size_t i = 0; i + 4 + word.n <= notes.n; i++) {
		struct str rest = str_from(notes, i);
		if (!str_starts(rest, "gl: ") || !str_eq((struct str){ rest.p + 4, word.n }, word))
			continue;
		char after = rest.n > 4 + word.n ? rest.p[4 + word.n] : ' ';
		if (after == ' ' || after == ';' || after == ',' || after == '\n')
			return true;
	}
	return false;
}

/* "un.a, un.b (participle)": keys under whose name the word is right. */
static bool is_excepted(const struct ban *b, struct str notes)
{
	struct str rest = b->except, one;
	while (str_cut(&rest, ',', &one)) {
		one = str_trim(one);
		one.n = str_find(one, ' ');
		if (one.n && note_has(notes, one))
			return true;
	}
	return false;
}

/* Words bend: each of a term's words must be there but for its last letters. */
static bool says(struct str text, struct str term, enum lang_id lang)
{
	struct str word;
	if (lang == LANG_ZH)
		return contains(text, term, ANYWHERE);
	while (str_cut(&term, ' ', &word)) {
		size_t n = utf8_count(word);
		size_t keep = n > 6 ? n - 3 : n > 4 ? n - 2 : n;
		if (n > 3 && !contains(text, utf8_head(word, keep), ANYWHERE))
			return false;
	}
	return true;
}

/* A term counts when the notes name its key, or when English can mean nothing else by it:
 * one word alone ("form", "answer") may be a verb. Arabic plurals change within the word;
 * there the notes alone decide. */
static void check_terms(struct subject *s, const struct words *w)
{
	for (size_t i = 0; i < w->n_term; i++) {
		const struct term *t = &w->term[i];
		bool is_phrase = str_find(t->in[LANG_EN], ' ') < t->in[LANG_EN].n;
		bool is_meant = note_has(s->entry->notes, t->key) ||
			(is_phrase && s->lang != LANG_AR &&
				contains(s->english, t->in[LANG_EN], WHOLE_WORD));
		if (is_meant && !says(s->text, t->in[s->lang], s->lang))
			find_warning(s, "12: %.*s is called %.*s", STR_ARG(t->in[LANG_EN]),
				STR_ARG(t->in[s->lang]));
	}
}

void check_words(struct subject *s)
{
	const struct words *w = s->rules->words;
	enum how how = s->lang == LANG_ZH || s->lang == LANG_AR ? ANYWHERE : WHOLE_WORD;
	if (!w)
		return;
	for (size_t i = 0; i < w->n_ban; i++) {
		const struct ban *b = &w->ban[i];
		if (b->lang == s->lang && contains(s->text, b->word, how) &&
			!is_excepted(b, s->entry->notes))
			find_error(s, "12: not %.*s; say %.*s", STR_ARG(b->word), STR_ARG(b->say));
	}
	if (s->lang != LANG_EN)
		check_terms(s, w);
}
