/*
 * A message is walked once: literal text is escaped, each {name} becomes its argument.
 * A value may be written in any direction, so it is isolated from the sentence around it:
 * by <bdi> in content, by U+2068 and U+2069 where there can be no element. In plain text, which
 * people copy and old mail programs show, those stand only where they change something.
 */
#include "render/html.h"

#define ISOLATE "\xe2\x81\xa8"
#define POP "\xe2\x81\xa9"

enum { PLAIN_MAX = 1 << 16 };

static size_t find(const struct msg_arg *arg, size_t n, struct str name)
{
	size_t i = 0;
	while (i < n && !str_is(name, arg[i].name))
		i++;
	return i;
}

static int64_t count_of(const struct msg_arg *arg, size_t n)
{
	size_t i = find(arg, n, STR("count"));
	return i < n && arg[i].kind == ARG_I64 ? arg[i].n : 0;
}

/* Where a message goes, and so how it is escaped and how its values are isolated. */
enum place { IN_CONTENT, IN_ATTRIBUTE, IN_TEXT };

static void put(struct html *w, struct str s, enum place place)
{
	if (place == IN_TEXT)
		buf_str(&w->out, s);
	else
		html_text_str(w, s);
}

static bool is_ascii(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] > 127)
			return false;
	return true;
}

static void put_words(struct html *w, struct str s, enum place place)
{
	bool is_same_way = is_ascii(s) && str_is(w->lang->dir, "ltr");
	if (place == IN_CONTENT)
		buf_c(&w->out, "<bdi>");
	else if (place == IN_ATTRIBUTE || !is_same_way)
		buf_c(&w->out, ISOLATE);
	if (place == IN_TEXT)
		buf_line(&w->out, s);
	else
		html_text_str(w, s);
	if (place == IN_CONTENT)
		buf_c(&w->out, "</bdi>");
	else if (place == IN_ATTRIBUTE || !is_same_way)
		buf_c(&w->out, POP);
}

static void value(struct html *w, const struct msg_arg *a, enum place place)
{
	must(a->kind != ARG_URL); /* a link has no text of its own */
	switch (a->kind) {
	case ARG_STR: put_words(w, a->s, place); break;
	case ARG_I64: put(w, lang_number(w->lang, w->mem, a->n), place); break;
	case ARG_DAY: put(w, lang_date(w->lang, w->mem, a->n), place); break;
	case ARG_MOMENT: put(w, lang_time(w->lang, w->mem, a->n), place); break;
	case ARG_URL: break;
	}
}

/* {link} and {/link}; true if it was one of them. */
static bool link_tag(struct html *w, struct str name, const struct msg_arg *arg, size_t n)
{
	if (str_is(name, "/link")) {
		buf_c(&w->out, "</a>");
		return true;
	}
	if (!str_is(name, "link"))
		return false;
	size_t i = find(arg, n, name);
	must(i < n && arg[i].kind == ARG_URL);
	buf_c(&w->out, "<a href=\"");
	html_url(w, (struct url){ arg[i].s });
	buf_c(&w->out, "\">");
	return true;
}

/* Takes "{name}" off the front of ${text}, whose shape poc has checked. */
static struct str take_name(struct str *text)
{
	struct str name = str_from(*text, 1);
	name.n = str_find(name, '}');
	*text = str_from(*text, name.n + 2);
	return name;
}

/* Each argument must stand in the pattern; only a number may be said in words. */
static void all_used(uint64_t used, const struct msg_arg *arg, size_t n)
{
	for (size_t i = 0; i < n; i++)
		must((used >> i & 1) || str_is(str_c(arg[i].name), "count"));
}

static void walk(struct html *w, int m, const struct msg_arg *arg, size_t n, enum place place)
{
	struct str text = msg_text(w->lang, m, count_of(arg, n));
	uint64_t used = 0;
	must(n <= 64);
	while (text.n) {
		struct str plain = { text.p, str_find(text, '{') };
		put(w, plain, place);
		text = str_from(text, plain.n);
		if (!text.n)
			break;
		struct str name = take_name(&text);
		bool is_end = str_is(name, "/link");
		size_t i = find(arg, n, is_end ? STR("link") : name);
		must(i < n);
		must(place == IN_CONTENT || arg[i].kind != ARG_URL);
		used |= UINT64_C(1) << i;
		if (link_tag(w, name, arg, n))
			continue;
		value(w, &arg[i], place);
	}
	all_used(used, arg, n);
}

void html_msg(struct html *w, int m, const struct msg_arg *arg, size_t n)
{
	walk(w, m, arg, n, IN_CONTENT);
}

void html_msg_attr(struct html *w, int m, const struct msg_arg *arg, size_t n)
{
	walk(w, m, arg, n, IN_ATTRIBUTE);
}

struct str msg_plain(
	struct arena *mem, const struct lang *l, int m, const struct msg_arg *arg, size_t n)
{
	struct html w = { .mem = mem, .lang = l };
	buf_init(&w.out, PLAIN_MAX);
	walk(&w, m, arg, n, IN_TEXT);
	struct str text = w.out.failed ? (struct str){ 0 } : arena_copy(mem, buf_view(&w.out));
	mem->has_failed |= !text.p;
	buf_done(&w.out);
	return text;
}
