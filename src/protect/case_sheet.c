#include "protect/case_sheet.h"
#include <stdio.h>

void case_sheet_put(struct buf *to, const char *name, struct str value)
{
	if (value.n == 0)
		return;
	buf_str(to, str_c(name));
	buf_byte(to, '=');
	for (size_t i = 0; i < value.n; i++) {
		if (value.p[i] == '\n')
			buf_str(to, STR("\\n"));
		else if (value.p[i] == '\\')
			buf_str(to, STR("\\\\"));
		else
			buf_byte(to, value.p[i]);
	}
	buf_byte(to, '\n');
}

void case_sheet_put_number(struct buf *to, const char *name, int64_t n)
{
	char text[24];
	int length = snprintf(text, sizeof text, "%lld", (long long)n);
	must(length > 0 && (size_t)length < sizeof text);
	if (n)
		case_sheet_put(to, name, (struct str){ text, (size_t)length });
}

static int value_of(struct arena *mem, struct str raw, struct str *ret)
{
	char *room = arena_array(mem, raw.n + 1, 1);
	size_t n = 0;
	if (!room)
		return ERR_NOMEM;
	for (size_t i = 0; i < raw.n; i++) {
		bool is_pair = raw.p[i] == '\\' && i + 1 < raw.n;
		if (is_pair)
			i++;
		room[n++] = is_pair && raw.p[i] == 'n' ? '\n' : raw.p[i];
	}
	*ret = (struct str){ room, n };
	return 0;
}

int case_sheet_read(struct arena *mem, struct str text, struct case_sheet *ret)
{
	struct case_sheet s = { 0 };
	struct str rest = text, line;
	while (str_cut(&rest, '\n', &line)) {
		size_t at = str_find(line, '=');
		if (line.n == 0)
			continue;
		if (s.n == SHEET_LINES || at == line.n)
			return err_note(ERR_INPUT, "not a sheet");
		s.name[s.n] = (struct str){ line.p, at };
		int result = value_of(mem, str_from(line, at + 1), &s.value[s.n]);
		if (result < 0)
			return result;
		s.n++;
	}
	*ret = s;
	return 0;
}

struct str case_sheet_get(const struct case_sheet *s, const char *name)
{
	for (size_t i = 0; i < s->n; i++)
		if (str_is(s->name[i], name))
			return s->value[i];
	return (struct str){ 0 };
}

int64_t case_sheet_number(const struct case_sheet *s, const char *name)
{
	int64_t n;
	return str_i64(case_sheet_get(s, name), &n) ? n : 0;
}
