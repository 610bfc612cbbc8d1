#include "notify/letter.h"
#include "base/utf8.h"
#include "crypto/code.h"
#include <string.h>
#include <time.h>

enum {
	WORD_BYTES = 42, /* of UTF-8 in one encoded word, which may take 75 letters */
	PLAIN_LINE = 72,
	LINE_BYTES = 57, /* 76 letters of base64 */
};

/* ---- headings ---- */

static bool is_plain(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] < ' ' || s.p[i] > '~')
			return false;
	return true;
}

/* As many bytes as fit and end with a whole character. */
static struct str word_head(struct str s)
{
	size_t at = 0, end = 0;
	while (end < s.n && utf8_next(s, &at) >= 0 && at <= WORD_BYTES)
		end = at;
	return (struct str){ s.p, end ? end : s.n < WORD_BYTES ? s.n : WORD_BYTES };
}

/* RFC 2047: whatever ${s} holds, no letter of it stands in the heading as it is. */
static void put_words(struct buf *out, struct str s)
{
	for (const char *gap = ""; s.n; gap = "\r\n ") {
		char coded[BASE64_MAIL_SIZE(WORD_BYTES)];
		struct str head = word_head(s);
		base64_mail(head.p, head.n, coded, sizeof coded);
		buf_f(out, "%s=?UTF-8?B?%s?=", gap, coded);
		s = str_from(s, head.n);
	}
}

static void put_text_heading(struct buf *out, const char *name, struct str text)
{
	buf_f(out, "%s: ", name);
	if (is_plain(text) && !str_has(text, STR("=?")) && text.n + strlen(name) < PLAIN_LINE)
		buf_str(out, text);
	else
		put_words(out, text);
	buf_c(out, "\r\n");
}

static void put_from(struct buf *out, const struct letter *l)
{
	buf_c(out, "From: ");
	if (l->site.n) {
		put_words(out, l->site);
		buf_byte(out, ' ');
	}
	buf_f(out, "<%.*s>\r\n", STR_ARG(l->from));
}

static void put_date(struct buf *out, int64_t at)
{
	time_t t = (time_t)at;
	struct tm tm;
	char text[48] = "Thu, 01 Jan 1970 00:00:00 +0000";
	if (gmtime_r(&t, &tm))
		strftime(text, sizeof text, "%a, %d %b %Y %H:%M:%S +0000", &tm);
	buf_f(out, "Date: %s\r\n", text);
}

static void put_headings(struct buf *out, const struct letter *l)
{
	struct str host = str_from(l->from, str_find(l->from, '@') + 1);
	put_date(out, l->at);
	put_from(out, l);
	buf_f(out, "To: <%.*s>\r\n", STR_ARG(l->to));
	put_text_heading(out, "Subject", l->subject);
	buf_f(out, "Message-ID: <%.*s@%.*s>\r\n", STR_ARG(l->id), STR_ARG(host));
	buf_f(out, "Content-Language: %.*s\r\n", STR_ARG(l->lang->tag));
	buf_c(out, "Auto-Submitted: auto-generated\r\n");
	if (l->leave.n)
		buf_f(out,
			"List-Unsubscribe: <%.*s>\r\n"
			"List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n",
			STR_ARG(l->leave));
}

/* ---- the text ---- */

/* Fit to travel as it is: ASCII in short lines. */
static bool is_seven_bit(struct str body)
{
	struct str line;
	while (str_cut(&body, '\n', &line))
		if (!is_plain(line) || line.n > 900)
			return false;
	return true;
}

static void put_lines(struct buf *out, struct str body)
{
	struct str line;
	while (str_cut(&body, '\n', &line)) {
		buf_str(out, line);
		if (body.p)
			buf_c(out, "\r\n");
	}
}

static void put_coded(struct buf *out, struct str body)
{
	auto_buf lines;
	buf_init(&lines, LETTER_MAX);
	put_lines(&lines, body);
	if (lines.failed)
		out->failed = lines.failed;
	struct str rest = buf_view(&lines);
	while (rest.n) {
		char coded[BASE64_MAIL_SIZE(LINE_BYTES)];
		size_t n = rest.n < LINE_BYTES ? rest.n : LINE_BYTES;
		base64_mail(rest.p, n, coded, sizeof coded);
		buf_f(out, "%s\r\n", coded);
		rest = str_from(rest, n);
	}
}

void letter_put(struct buf *out, const struct letter *l)
{
	bool is_short = is_seven_bit(l->body);
	put_headings(out, l);
	buf_f(out,
		"MIME-Version: 1.0\r\n"
		"Content-Type: text/plain; charset=utf-8\r\n"
		"Content-Transfer-Encoding: %s\r\n\r\n",
		is_short ? "7bit" : "base64");
	if (is_short)
		put_lines(out, l->body);
	else
		put_coded(out, l->body);
}

struct str letter_id(char ret[LETTER_ID_CHARS + 1])
{
	base32_make(ret, LETTER_ID_CHARS);
	return (struct str){ ret, LETTER_ID_CHARS };
}
