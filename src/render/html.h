/*
 * I am the only way by which bytes reach an HTML response.
 *
 * Templates are compiled to C (tool/tmplc); the compiler knows the context of every hole
 * and writes one of the H_* macros below. The macro picks the function by the argument's
 * type; a type that has no business there has no entry, and the program does not compile.
 *
 *   hole in            macro      accepts
 *   element content    H_TEXT     text, numbers, struct safe_html
 *   quoted attribute   H_ATTR     text, numbers
 *   whole URL          H_URL      struct url (made only by url_* functions)
 *   part of a URL      H_URLPART  text, numbers (percent-encoded)
 * A bool is refused everywhere.
 */
#pragma once
#include "base/buf.h"
#include "i18n/i18n.h"

struct html {
	struct buf out;
	struct arena *mem;       /* for formatted numbers and dates */
	const struct lang *lang; /* of the reader */
	struct str csrf;         /* token of this visit, URL-safe */
};
struct safe_html {
	struct str s; /* sanitised markup; made only in render/markdown.c */
};
struct url {
	struct str s; /* a checked address; see url_local, url_web */
};
struct day {
	int64_t at; /* shown as a date in the reader's language */
};
struct moment {
	int64_t at; /* date, time and zone */
};

void html_lit(struct html *w, const char *p, size_t n); /* tmplc only */
void html_text_str(struct html *w, struct str s);       /* escaped; UTF-8 as is */
void html_text_c(struct html *w, const char *z);
void html_text_i64(struct html *w, int64_t v); /* plain ASCII digits, no grouping */
void html_text_u64(struct html *w, uint64_t v);
void html_text_safe(struct html *w, struct safe_html h);
void html_text_day(struct html *w, struct day d);
void html_text_moment(struct html *w, struct moment m);
void html_url(struct html *w, struct url u);
void html_urlpart_str(struct html *w, struct str s);
void html_urlpart_c(struct html *w, const char *z);
void html_csrf(struct html *w);

/* One argument of a message: {{t key name=expr}}. In element content a text value stands in
 * <bdi>, a number is grouped for the language, a struct url opens and closes {link}. In an
 * attribute, values are isolated with U+2068 and U+2069, and a link is refused by tmplc. */
struct msg_arg {
	const char *name;
	enum { ARG_STR, ARG_I64, ARG_DAY, ARG_MOMENT, ARG_URL } kind;
	struct str s;
	int64_t n;
};
void html_msg(struct html *w, int m, const struct msg_arg *arg, size_t n);
void html_msg_attr(struct html *w, int m, const struct msg_arg *arg, size_t n);
/* msg_plain(mem, l, m, arg, n): A message as text, for what is no HTML. A value stays on its line,
 * and is isolated with U+2068 and U+2069 where it may run another way than the sentence. Without
 * {link}. Absent when the arena is full, which it remembers. */
struct str msg_plain(struct arena *mem, const struct lang *l, int m, const struct msg_arg *arg,
	size_t n) must_use;
struct msg_arg msg_arg_str(const char *name, struct str s);
struct msg_arg msg_arg_c(const char *name, const char *z);
struct msg_arg msg_arg_i64(const char *name, int64_t v);
struct msg_arg msg_arg_u64(const char *name, uint64_t v); /* past INT64_MAX: that */
struct msg_arg msg_arg_day(const char *name, struct day d);
struct msg_arg msg_arg_moment(const char *name, struct moment m);
struct msg_arg msg_arg_url(const char *name, struct url u);

/* url_part(to, s): A name or value of a query, percent-encoded. */
void url_part(struct buf *to, struct str s);
/* url_local(s, ret): "/path", never "//host". url_web(s, ret): http, https, mailto. Both:
 * printable, no backslash. 0 or ERR_INPUT. */
int url_local(struct str s, struct url *ret) must_use;
int url_web(struct str s, struct url *ret) must_use;

/* ---- what tmplc writes ---- */
#define H_STR_(str_one, c_one) struct str : str_one, char * : c_one, const char * : c_one
#define H_INT_(i64_one, u64_one) \
	int : i64_one, \
	      long : i64_one, \
		     long long : i64_one, \
				 unsigned : u64_one, \
					    unsigned long : u64_one, \
							    unsigned long long : u64_one
#define H_TIME_(day_one, moment_one) struct day : day_one, struct moment : moment_one

#define H_TEXT(w, e) \
	_Generic((e), H_STR_(html_text_str, html_text_c), H_INT_(html_text_i64, html_text_u64), \
		 H_TIME_(html_text_day, html_text_moment), struct safe_html \
		 : html_text_safe)(w, e)
#define H_ATTR(w, e) \
	_Generic((e), H_STR_(html_text_str, html_text_c), H_INT_(html_text_i64, html_text_u64), \
		H_TIME_(html_text_day, html_text_moment))(w, e)
#define H_URL(w, e) _Generic((e), struct url : html_url)(w, e)
#define H_URLPART(w, e) \
	_Generic((e), H_STR_(html_urlpart_str, html_urlpart_c), \
		H_INT_(html_text_i64, html_text_u64))(w, e)
#define M_ARG(name, e) \
	_Generic((e), H_STR_(msg_arg_str, msg_arg_c), H_INT_(msg_arg_i64, msg_arg_u64), \
		H_TIME_(msg_arg_day, msg_arg_moment))(name, e)
/* {count} chooses the plural form; {link}…{/link} leads somewhere. */
#define M_COUNT(e) _Generic((e), H_INT_(msg_arg_i64, msg_arg_u64))("count", e)
#define M_LINK(e) _Generic((e), struct url : msg_arg_url)("link", e)
/* The number of a message chosen at run time: an enum msg. */
#define M_KEY(e) _Generic((e), int : (int)(e), unsigned : (int)(e))
