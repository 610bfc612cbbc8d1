#include "http/multipart.h"
#include "base/utf8.h"
#include <string.h>

/* The parameter ${name} of "value; name=x; name2="y"": where its value begins and ends, still
 * in the encoding of browsers (%22 for a quote). Absent when there is none. */
static struct str parameter(struct str s, const char *name)
{
	size_t at = str_find(s, ';');
	while (at < s.n) {
		struct str rest = str_trim(str_from(s, at + 1));
		size_t equals = str_find(rest, '=');
		struct str key = { rest.p, equals }, value = str_from(rest, equals + 1);
		size_t skip = 0;
		if (value.n && value.p[0] == '"') {
			value = str_from(value, 1);
			value.n = str_find(value, '"');
			skip = 1;
		} else {
			value.n = str_find(value, ';');
		}
		if (equals < rest.n && str_eq_ascii(key, str_c(name)))
			return skip ? value : str_trim(value);
		if (!value.p)
			break;
		struct str after = { value.p + value.n, (size_t)(s.p + s.n - (value.p + value.n)) };
		size_t next = str_find(after, ';');
		at = (size_t)(after.p - s.p) + next;
	}
	return (struct str){ 0 };
}

int multipart_begin(struct multipart *m, struct str type)
{
	struct str boundary = parameter(type, "boundary");
	if (!boundary.n || boundary.n > MULTIPART_BOUNDARY_MAX ||
		str_find(boundary, '\r') < boundary.n)
		return err_note(ERR_INPUT, "multipart without a boundary");
	/* A body may begin with the boundary itself: as if CR LF had just been. */
	*m = (struct multipart){ .state = MULTIPART_PREAMBLE, .n_matched = 2 };
	memcpy(m->mark, "\r\n--", 4);
	memcpy(m->mark + 4, boundary.p, boundary.n);
	m->n_mark = 4 + boundary.n;
	return 0;
}

/* Browsers write %22, %0D and %0A for what cannot stand between quotes, and nothing else. */
static int name_put(struct fields *f, struct str s, struct str *ret)
{
	size_t start = f->used;
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		struct str code = { s.p + i, s.n - i < 3 ? s.n - i : 3 };
		if (str_is(code, "%22"))
			c = '"';
		else if (str_eq_ascii(code, STR("%0d")))
			c = '\r';
		else if (str_eq_ascii(code, STR("%0a")))
			c = '\n';
		if (c != s.p[i])
			i += 2;
		int st = fields_byte(f, c);
		if (st < 0)
			return st;
	}
	*ret = (struct str){ f->text + start, f->used - start };
	return utf8_ok(*ret) ? 0 : err_note(ERR_INPUT, "part's name is not UTF-8");
}

/* Characters that make a name lie: controls, and those that turn the writing direction. */
static bool lies(int32_t c)
{
	return c < 0x20 || c == 0x7f || (c >= 0x80 && c < 0xa0) || c == 0x61c ||
		(c >= 0x200e && c <= 0x200f) || (c >= 0x2028 && c <= 0x202e) ||
		(c >= 0x2066 && c <= 0x2069) || c == 0xfeff || (c < 0x80 && strchr("<>:\"|?*", c));
}

/* The last part of a path, without leading dots and lying characters, in place. */
static struct str filename_tame(char *p, size_t n)
{
	struct str raw = { p, n };
	size_t to = 0;
	for (size_t i = 0; i < n; i++)
		if (p[i] == '/' || p[i] == '\\')
			raw = (struct str){ p + i + 1, n - i - 1 };
	for (size_t at = 0, from = 0; at < raw.n; from = at) {
		int32_t c = utf8_next(raw, &at);
		if (lies(c) || (!to && (c == '.' || c == ' ')))
			continue;
		memmove(p + to, raw.p + from, at - from);
		to += at - from;
	}
	return to ? utf8_head((struct str){ p, to }, 120) : STR("file");
}

static int disposition(struct multipart *m, struct fields *f, struct str value)
{
	struct str name = parameter(value, "name"), file = parameter(value, "filename");
	if (!str_eq_ascii((struct str){ value.p, str_find(value, ';') }, STR("form-data")) ||
		!name.p || m->is_named)
		return err_note(ERR_INPUT, "part without a name");
	if (name.n > FIELD_NAME_MAX)
		return err_note(ERR_LIMIT, "part's name too long");
	m->is_named = true;
	int st = name_put(f, name, &m->pair.name);
	size_t start = f->used;
	if (st < 0 || !file.n)
		return st;
	m->is_file = true;
	if ((st = name_put(f, file, &m->pair.filename)) < 0)
		return st;
	m->pair.filename = filename_tame(f->text + start, f->used - start);
	return 0;
}

static int begin_file(struct multipart *m, const struct fields *f)
{
	if (m->req) {
		m->req->field = f->pair;
		m->req->n_field = f->n;
	}
	if (m->n_all == m->sink->files_max)
		return err_note(ERR_LIMIT, "too many files");
	m->held = m->sink->begin(m->sink->ctx, &m->pair);
	if (!m->held)
		return err_note(ERR_NOMEM, "room for a file");
	m->all[m->n_all++] = m->pair.held = m->held;
	return 0;
}

/* Content of a part. */
static int take(struct multipart *m, struct fields *f, struct str s)
{
	if (!m->held)
		return fields_bytes(f, s);
	if (s.n)
		m->sink->piece(m->held, s);
	return 0;
}

static bool goes_into_sink(const struct multipart *m)
{
	return m->is_file && m->sink && !(m->sink->kept.p && str_eq(m->pair.name, m->sink->kept));
}

/* A line of a part's head, without CR LF. */
static int head_line(struct multipart *m, struct fields *f, struct str line)
{
	if (!line.n) {
		m->state = MULTIPART_CONTENT;
		m->start = f->used;
		m->n_matched = 0;
		if (!m->is_named)
			return err_note(ERR_INPUT, "part without a name");
		return goes_into_sink(m) ? begin_file(m, f) : 0;
	}
	if (++m->n_lines > MULTIPART_LINES_MAX)
		return err_note(ERR_LIMIT, "part's head too long");
	size_t colon = str_find(line, ':');
	struct str name = { line.p, colon };
	if (!str_eq_ascii(name, STR("content-disposition")))
		return 0;
	return disposition(m, f, str_trim(str_from(line, colon + 1)));
}

static int head_byte(struct multipart *m, struct fields *f, char c)
{
	if (m->n_line == sizeof m->line)
		return err_note(ERR_LIMIT, "part's head too long");
	m->line[m->n_line++] = c;
	if (c != '\n')
		return 0;
	if (m->n_line < 2 || m->line[m->n_line - 2] != '\r')
		return err_note(ERR_INPUT, "part's head without CR");
	struct str line = { m->line, m->n_line - 2 };
	m->n_line = 0;
	return head_line(m, f, line);
}

static int mark_byte(struct multipart *m, char c)
{
	m->line[m->n_line++] = c;
	if (m->n_line < 2)
		return 0;
	struct str two = { m->line, 2 };
	m->n_line = 0;
	if (str_is(two, "--")) {
		m->state = MULTIPART_EPILOGUE;
		return 0;
	}
	if (!str_is(two, "\r\n"))
		return err_note(ERR_INPUT, "bytes behind a boundary");
	m->state = MULTIPART_HEAD;
	m->pair = (struct http_pair){ 0 };
	m->n_lines = 0;
	m->is_file = m->is_named = false;
	return 0;
}

/* The boundary is whole: what stood before it is the part's value. */
static int part_end(struct multipart *m, struct fields *f)
{
	bool is_part = m->state == MULTIPART_CONTENT;
	m->state = MULTIPART_MARK;
	m->n_matched = 0;
	if (!is_part)
		return 0;
	m->pair.value = (struct str){ f->text + m->start, f->used - m->start };
	if (m->held)
		m->sink->end(m->held);
	m->held = NULL;
	if (!m->is_file && !utf8_ok(m->pair.value))
		return err_note(ERR_INPUT, "field is not UTF-8");
	return fields_add(f, m->pair);
}

/* CR stands only at the mark's beginning, so after a mismatch the search starts anew. */
static int content_byte(struct multipart *m, struct fields *f, char c)
{
	bool is_kept = m->state == MULTIPART_CONTENT;
	if (c == m->mark[m->n_matched])
		return ++m->n_matched == m->n_mark ? part_end(m, f) : 0;
	int st = is_kept ? take(m, f, (struct str){ m->mark, m->n_matched }) : 0;
	m->n_matched = c == '\r';
	if (st == 0 && is_kept && !m->n_matched)
		st = take(m, f, (struct str){ &c, 1 });
	return st;
}

int multipart_feed(struct multipart *m, struct fields *f, struct str piece)
{
	int st = 0;
	for (size_t i = 0; i < piece.n && st >= 0; i++) {
		char c = piece.p[i];
		switch (m->state) {
		case MULTIPART_CONTENT:
			if (!m->n_matched) {
				struct str rest = str_from(piece, i);
				size_t n = str_find(rest, '\r');
				st = take(m, f, (struct str){ rest.p, n });
				i += n;
				if (st < 0 || i == piece.n)
					return st;
				c = piece.p[i];
			}
			st = content_byte(m, f, c);
			break;
		case MULTIPART_PREAMBLE: st = content_byte(m, f, c); break;
		case MULTIPART_MARK: st = mark_byte(m, c); break;
		case MULTIPART_HEAD: st = head_byte(m, f, c); break;
		case MULTIPART_EPILOGUE: return 0;
		}
	}
	return st;
}

int multipart_end(const struct multipart *m)
{
	return m->state == MULTIPART_EPILOGUE ? 0 : err_note(ERR_INPUT, "multipart cut short");
}

void multipart_done(struct multipart *m)
{
	for (size_t i = 0; i < m->n_all; i++)
		m->sink->drop(m->all[i]);
	m->n_all = 0;
}
