/* The lines that name a statement, and where the statement ends. */
#include "tool/sqlc/lex.h"
#include "tool/sqlc/sqlc.h"
#include <ctype.h>

enum { NAME_MAX_LEN = 60 };

/* What is left of a header, and the line it stands on. */
struct head {
	struct sqlc *c;
	struct str left;
	int line;
};

static void skip(struct head *h)
{
	h->left = str_trim(h->left);
}

static bool take_sign(struct head *h, const char *sign)
{
	skip(h);
	if (!str_starts(h->left, sign))
		return false;
	h->left = str_from(h->left, strlen(sign));
	return true;
}

/* Lower case, digits and _: such a name is a C name in both databases. */
static bool take_name(struct head *h, const char *what, struct str *ret)
{
	size_t n = 0;
	skip(h);
	while (n < h->left.n && (isalnum((unsigned char)h->left.p[n]) || h->left.p[n] == '_'))
		n++;
	struct str name = { h->left.p, n };
	if (n == 0 || isdigit((unsigned char)name.p[0]))
		return sqlc_bad(h->c, h->line, "%s expected at \"%.*s\"", what,
			(int)(h->left.n < 20 ? h->left.n : 20), h->left.p);
	if (n > NAME_MAX_LEN)
		return sqlc_bad(h->c, h->line, "%.*s… is longer than %d characters", 20, name.p,
			NAME_MAX_LEN);
	for (size_t i = 0; i < n; i++)
		if (isupper((unsigned char)name.p[i]))
			return sqlc_bad(h->c, h->line, "%.*s: names are lower case", STR_ARG(name));
	h->left = str_from(h->left, n);
	*ret = name;
	return true;
}

/* Words that mean something else in the C that we make. */
static bool is_taken(struct str name)
{
	static const char *const word[] = { "auto", "bool", "break", "case", "char", "const",
		"continue", "db", "default", "do", "double", "else", "enum", "errno", "extern",
		"false", "float", "for", "goto", "if", "in", "inline", "int", "linux", "long",
		"mem", "register", "restrict", "ret", "ret_n", "return", "short", "signed",
		"sizeof", "st", "static", "struct", "switch", "true", "typedef", "typeof", "union",
		"unix", "unsigned", "void", "volatile", "while" };
	for (size_t i = 0; i < sizeof word / sizeof *word; i++)
		if (str_is(name, word[i]))
			return true;
	return false;
}

static bool take_field(struct head *h, struct sqlc_field *list, size_t *n)
{
	static const char *const type_name[] = { "i64", "str", "blob" };
	struct sqlc_field f = { 0 };
	struct str type;
	if (!take_name(h, "a name", &f.name) || !take_name(h, "a type", &type))
		return false;
	if (is_taken(f.name))
		return sqlc_bad(h->c, h->line,
			"%.*s is a word of C or of ours: choose another name", STR_ARG(f.name));
	if (str_is(type, "bool"))
		return sqlc_bad(h->c, h->line, "%.*s: there is no bool; use i64 with 0 and 1",
			STR_ARG(f.name));
	size_t t = 0;
	while (t < 3 && !str_is(type, type_name[t]))
		t++;
	if (t == 3)
		return sqlc_bad(h->c, h->line, "type %.*s of %.*s: use i64, str or blob",
			STR_ARG(type), STR_ARG(f.name));
	for (size_t i = 0; i < *n; i++)
		if (str_eq(list[i].name, f.name))
			return sqlc_bad(h->c, h->line, "%.*s is named twice", STR_ARG(f.name));
	if (*n == SQLC_FIELDS)
		return sqlc_bad(h->c, h->line, "more than %d parameters or columns", SQLC_FIELDS);
	f.type = (enum sqlc_type)t;
	f.is_opt = take_sign(h, "?");
	list[(*n)++] = f;
	return true;
}

static bool take_fields(struct head *h, struct sqlc_field *list, size_t *n)
{
	do {
		if (!take_field(h, list, n))
			return false;
	} while (take_sign(h, ","));
	return true;
}

static bool take_kind(struct head *h, struct sqlc_stmt *q)
{
	static const char *const kind_name[] = { "one", "many", "exec" };
	struct str kind = { 0 };
	if (!take_name(h, "a kind", &kind))
		return false;
	size_t k = 0;
	while (k < 3 && !str_is(kind, kind_name[k]))
		k++;
	if (k == 3)
		return sqlc_bad(h->c, h->line, ":%.*s: use :one, :many or :exec", STR_ARG(kind));
	q->kind = (enum sqlc_kind)k;
	return true;
}

/* scan "reason" */
static bool take_scan(struct head *h, struct sqlc_stmt *q)
{
	skip(h);
	struct str after = str_from(h->left, 4);
	if (!str_starts(h->left, "scan") || !after.n || (after.p[0] != ' ' && after.p[0] != '"'))
		return true;
	h->left = after;
	struct str reason = { 0 };
	if (!take_sign(h, "\"") || !str_cut(&h->left, '"', &reason) || !h->left.p ||
		str_trim(reason).n < 5)
		return sqlc_bad(
			h->c, h->line, "scan needs a reason: scan \"at most twenty rows\" name");
	q->may_scan = true;
	return true;
}

static bool parse_head(struct sqlc *c, struct str text, int line, struct sqlc_stmt *q)
{
	struct head h = { c, text, line };
	q->line = line;
	if (!take_kind(&h, q) || !take_scan(&h, q) || !take_name(&h, "a name", &q->name))
		return false;
	if (!take_sign(&h, "("))
		return sqlc_bad(c, line, "( expected after %.*s", STR_ARG(q->name));
	if (!take_sign(&h, ")")) {
		if (!take_fields(&h, q->in, &q->n_in))
			return false;
		if (!take_sign(&h, ")"))
			return sqlc_bad(c, line, "%.*s: ) or , expected at \"%.*s\"",
				STR_ARG(q->name), STR_ARG(h.left));
	}
	if (take_sign(&h, "->") && !take_fields(&h, q->out, &q->n_out))
		return false;
	skip(&h);
	if (h.left.n)
		return sqlc_bad(
			c, line, "%.*s: what is \"%.*s\"?", STR_ARG(q->name), STR_ARG(h.left));
	if ((q->kind == SQLC_EXEC) != (q->n_out == 0))
		return sqlc_bad(c, line, "%.*s: %s", STR_ARG(q->name),
			q->n_out ? ":exec gives no columns: use :one or :many"
				 : "columns missing: write -> name type, …");
	for (const struct sqlc_stmt *o = c->first; o; o = o->next)
		if (str_eq(o->name, q->name))
			return sqlc_bad(c, line, "%.*s: the name is taken in line %d",
				STR_ARG(q->name), o->line);
	return true;
}

/* -- owns a_ b reads c_ */
static bool parse_owns(struct sqlc *c, struct str text, int line)
{
	struct head h = { c, text, line };
	struct str *list = c->owns;
	size_t *n = &c->n_owns;
	if (c->n_owns || c->n_reads)
		return sqlc_bad(c, line, "a second \"-- owns\" line");
	for (skip(&h); h.left.n; skip(&h)) {
		struct str name = { 0 };
		if (!take_name(&h, "a table, or the beginning of one", &name))
			return false;
		if (str_is(name, "reads") && list == c->owns) {
			list = c->reads;
			n = &c->n_reads;
			continue;
		}
		if (*n == SQLC_TABLES)
			return sqlc_bad(c, line, "more than %d tables", SQLC_TABLES);
		list[(*n)++] = name;
	}
	return true;
}

/* ---- lines ---- */

struct lines {
	struct sqlc *c;
	struct str left;
	int line; /* of what is left */
};

static bool peek(const struct lines *l, struct str *ret)
{
	struct str left = l->left;
	return str_cut(&left, '\n', ret);
}

static void drop(struct lines *l)
{
	struct str gone;
	str_cut(&l->left, '\n', &gone);
	l->line++;
}

/* The header with the lines that carry it on, as one. */
static struct str whole_head(struct lines *l, struct str first)
{
	struct str all = str_from(first, 4), more;
	drop(l);
	while (peek(l, &more) && (str_starts(more, "--  ") || str_starts(more, "--\t"))) {
		all = arena_f(&l->c->mem, "%.*s %.*s", STR_ARG(all), STR_ARG(str_from(more, 2)));
		drop(l);
	}
	return all;
}

/* Up to the ; that ends it. What follows on its line must be a comment or nothing. */
static bool statement(struct lines *l, const struct sqlc_stmt *q, struct str *ret, int *ret_line)
{
	struct lex lex = { .left = l->left, .line = l->line };
	struct lex_token t;
	const char *start = NULL;
	do {
		lex_next(&lex, &t);
		if (!start && t.kind != LEX_END) {
			start = t.text.p;
			*ret_line = t.line;
		}
	} while (t.kind != LEX_END && t.kind != LEX_BAD && !lex_is(&t, ";"));
	if (t.kind == LEX_BAD)
		return sqlc_bad(l->c, t.line,
			"%.*s: a quote or comment without end, a ? without "
			"number, or a stray byte",
			STR_ARG(q->name));
	if (t.kind == LEX_END)
		return sqlc_bad(l->c, l->line, "; missing after %.*s", STR_ARG(q->name));
	if (start == t.text.p)
		return sqlc_bad(l->c, t.line, "%.*s: no statement", STR_ARG(q->name));
	*ret = (struct str){ start, (size_t)(t.text.p - start) };
	l->left = lex.left;
	l->line = lex.line;
	struct str rest = { 0 };
	if (peek(l, &rest) && str_trim(rest).n && !str_starts(str_trim(rest), "--"))
		return sqlc_bad(l->c, l->line, "%.*s: one statement only, and nothing behind its ;",
			STR_ARG(q->name));
	if (l->left.p)
		drop(l);
	return true;
}

static bool parse_stmt(struct lines *l, struct str first)
{
	struct sqlc *c = l->c;
	struct sqlc_stmt *q = arena_take(&c->mem, sizeof *q);
	int line = l->line;
	struct str head = whole_head(l, first);
	if (!q || !head.p)
		return sqlc_bad(c, line, "too much to remember");
	if (!parse_head(c, head, line, q) || !statement(l, q, &q->lite, &q->lite_line))
		return false;
	struct str next;
	if (peek(l, &next) && str_is(str_trim(next), "-- :pg")) {
		drop(l);
		if (!statement(l, q, &q->pg, &q->pg_line))
			return false;
	}
	if (c->last)
		c->last->next = q;
	else
		c->first = q;
	c->last = q;
	return true;
}

bool sqlc_parse(struct sqlc *c, struct str text)
{
	struct lines l = { .c = c, .left = text, .line = 1 };
	struct str line;
	if (text.n && memchr(text.p, 0, text.n))
		return sqlc_bad(c, 1, "a NUL byte");
	while (peek(&l, &line)) {
		bool is_fine = true;
		if (str_starts(line, "-- owns ")) {
			is_fine = parse_owns(c, str_from(line, 8), l.line);
			drop(&l);
		} else if (str_is(str_trim(line), "-- :pg")) {
			is_fine = sqlc_bad(c, l.line, "-- :pg follows a statement at once");
		} else if (str_starts(line, "-- :")) {
			is_fine = parse_stmt(&l, line);
		} else if (str_trim(line).n && !str_starts(line, "--")) {
			is_fine = sqlc_bad(c, l.line, "SQL without a \"-- :kind name\" line");
		} else {
			drop(&l);
		}
		if (!is_fine)
			return false;
	}
	if (c->first && !c->n_owns && !c->n_reads)
		return sqlc_bad(
			c, 1, "say which tables are touched: -- owns consult_ reads account_");
	return true;
}
