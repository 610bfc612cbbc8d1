#include "outcome/clauses.h"
#include "base/utf8.h"
#include "outcome/diff.h"
#include <string.h>

enum { HEADING_LEVELS = 6, ALIKE_LEAST = 50 };

/* The words of a heading; absent: this line is none. */
static struct str heading(struct str line)
{
	size_t level = 0;
	while (level < line.n && line.p[level] == '#')
		level++;
	if (!level || level > HEADING_LEVELS ||
		(level < line.n && line.p[level] != ' ' && line.p[level] != '\t'))
		return (struct str){ 0 };
	struct str words = str_trim(str_from(line, level));
	return words.p ? words : STR("");
}

/* "12. Closing" is "Closing": numbers come from the order. */
static struct str without_number(struct str s)
{
	size_t n = 0;
	while (n < s.n && s.p[n] >= '0' && s.p[n] <= '9')
		n++;
	if (!n || n == s.n || (s.p[n] != '.' && s.p[n] != ')'))
		return s;
	return str_trim(str_from(s, n + 1));
}

/* Takes "[new]" or "[was 7]" off the end of a heading. */
static int64_t take_was(struct str *title)
{
	int64_t was = -1;
	size_t open = title->n;
	while (open && title->p[open - 1] != '[')
		open--;
	if (!open || !str_ends(*title, "]"))
		return -1;
	struct str said = { title->p + open, title->n - open - 1 };
	if (str_is(said, "new"))
		was = 0;
	else if (!str_starts(said, "was ") || !str_i64(str_from(said, 4), &was) || was < 1)
		return -1;
	*title = str_trim((struct str){ title->p, open - 1 });
	return was;
}

static struct str next_line(struct str *rest)
{
	size_t n = str_find(*rest, '\n');
	struct str line = { rest->p, n };
	*rest = str_from(*rest, n + 1);
	return line;
}

static void find_fault(struct clauses *c, enum clauses_fault fault, int64_t line)
{
	if (c->fault == CLAUSES_FINE) {
		c->fault = fault;
		c->line = line;
	}
}

static void judge(struct clauses *c)
{
	for (size_t i = 0; i < c->n; i++) {
		struct clause_words *w = &c->clause[i];
		w->body = str_trim(w->body);
		if (!w->title.n)
			find_fault(c, CLAUSES_NO_TITLE, w->line);
		else if (utf8_count(w->title) > CLAUSE_TITLE_MAX)
			find_fault(c, CLAUSES_TITLE_LONG, w->line);
		else if (utf8_count(w->body) > CLAUSE_BODY_MAX)
			find_fault(c, CLAUSES_BODY_LONG, w->line);
	}
	if (!c->n)
		find_fault(c, CLAUSES_EMPTY, 1);
}

static struct clause_words begin_clause(struct str heading, const char *body, int64_t line)
{
	int64_t was = take_was(&heading);
	return (struct clause_words){ without_number(heading), { body, 0 }, line, was };
}

int clauses_read(struct arena *mem, struct str text, struct clauses *ret)
{
	struct clauses c = { .clause = arena_array(mem, CLAUSES_MAX, sizeof *c.clause) };
	struct str rest = text;
	if (!c.clause)
		return ERR_NOMEM;
	for (int64_t number = 1; rest.n; number++) {
		struct str line = next_line(&rest), words = heading(line);
		struct clause_words *last = c.n ? &c.clause[c.n - 1] : NULL;
		if (words.p && c.n == CLAUSES_MAX)
			find_fault(&c, CLAUSES_TOO_MANY, number);
		else if (words.p)
			c.clause[c.n++] = begin_clause(words, rest.p, number);
		else if (last)
			last->body.n = (size_t)(line.p + line.n - last->body.p);
		else if (str_trim(line).n)
			find_fault(&c, CLAUSES_NO_HEADING, number);
	}
	judge(&c);
	*ret = c;
	return 0;
}

/* ---- the same clause in two versions ---- */

struct matching {
	const struct lang *lang;
	struct arena *mem;
	const struct clauses *was, *is;
	int *ret;
	bool is_taken[CLAUSES_MAX];
};

/* What the headings say. A clause that is said to be new is not looked for. */
static void match_said(struct matching *m)
{
	for (size_t i = 0; i < m->is->n; i++) {
		int64_t was = m->is->clause[i].was;
		if (was < 1 || (uint64_t)was > m->was->n || m->is_taken[was - 1])
			continue;
		m->ret[i] = (int)was - 1;
		m->is_taken[was - 1] = true;
	}
}

static void match_titles(struct matching *m)
{
	for (size_t i = 0; i < m->is->n; i++)
		for (size_t k = 0; k < m->was->n && m->ret[i] < 0; k++)
			if (!m->is_taken[k] && m->is->clause[i].was < 0 &&
				str_eq(m->is->clause[i].title, m->was->clause[k].title)) {
				m->ret[i] = (int)k;
				m->is_taken[k] = true;
			}
}

/* The most alike of those that are left, for the clause at ${i}; -1: none is alike enough. */
static int best_of(struct matching *m, size_t i, int *ret)
{
	int best = ALIKE_LEAST - 1;
	*ret = -1;
	for (size_t k = 0; k < m->was->n; k++) {
		if (m->is_taken[k])
			continue;
		int alike = diff_alike(
			m->lang, m->mem, m->was->clause[k].body, m->is->clause[i].body);
		if (alike < 0)
			return alike;
		if (alike > best && m->is->clause[i].body.n) {
			best = alike;
			*ret = (int)k;
		}
	}
	return 0;
}

int clauses_match(const struct lang *l, struct arena *mem, const struct clauses *was,
	const struct clauses *is, int *ret)
{
	struct matching m = { .lang = l, .mem = mem, .was = was, .is = is, .ret = ret };
	int result = 0;
	must(was->n <= CLAUSES_MAX && is->n <= CLAUSES_MAX);
	for (size_t i = 0; i < is->n; i++)
		ret[i] = -1;
	match_said(&m);
	match_titles(&m);
	for (size_t i = 0; i < is->n && result == 0; i++) {
		if (ret[i] >= 0 || is->clause[i].was >= 0)
			continue;
		result = best_of(&m, i, &ret[i]);
		if (result == 0 && ret[i] >= 0)
			m.is_taken[ret[i]] = true;
	}
	return result;
}
