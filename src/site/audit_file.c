/* The log as a file. */
#include "base/clock.h"
#include "site/audit_page.h"

enum { FILE_BYTES = 64 << 20 };

static void put_hex(struct buf *out, struct str mark)
{
	for (size_t i = 0; i < mark.n; i++)
		buf_f(out, "%02x", (unsigned char)mark.p[i]);
}

/* A spreadsheet takes what begins with these for a formula. */
static void put_cell(struct buf *out, struct str s)
{
	buf_byte(out, '"');
	if (s.n && memchr("=+-@\t\r", s.p[0], 6))
		buf_byte(out, '\'');
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '"')
			buf_byte(out, '"');
		buf_byte(out, s.p[i]);
	}
	buf_c(out, "\",");
}

static void put_json(struct buf *out, struct str s)
{
	buf_byte(out, '"');
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		if (c == '"' || c == '\\')
			buf_byte(out, '\\');
		if (c < ' ')
			buf_f(out, "\\u%04x", c);
		else
			buf_byte(out, (char)c);
	}
	buf_byte(out, '"');
}

static enum audit_what what_of(const struct audit_row *r)
{
	return (enum audit_what)r->what;
}

struct str audit_csv(struct visit *v, const struct audit_view *p)
{
	auto_buf out;
	buf_init(&out, FILE_BYTES);
	buf_c(&out,
		"who,about,consultation,kind,what,number,at,account,code,space,ref,n,public,mark\r\n");
	for (size_t i = 0; i < p->n_row; i++) {
		const struct audit_row *r = &p->row[i];
		put_cell(&out, r->who);
		put_cell(&out, r->about);
		put_cell(&out, r->slug);
		buf_f(&out, "%s,%s,%lld,%lld,%lld,%lld,%lld,%lld,%lld,%d,",
			audit_kind_name(audit_kind_of(what_of(r))), audit_what_name(what_of(r)),
			(long long)r->number, (long long)r->at, (long long)r->account,
			(long long)r->what, (long long)r->space, (long long)r->ref, (long long)r->n,
			r->is_public);
		put_hex(&out, r->mark);
		buf_c(&out, "\r\n");
	}
	return out.failed ? (struct str){ 0 } : arena_copy(v->mem, buf_view(&out));
}

struct str audit_json(struct visit *v, const struct audit_view *p)
{
	auto_buf out;
	buf_init(&out, FILE_BYTES);
	buf_f(&out, "{\"count\":%lld,\"lines\":[", (long long)p->count);
	for (size_t i = 0; i < p->n_row; i++) {
		const struct audit_row *r = &p->row[i];
		buf_f(&out,
			"%s\n{\"number\":%lld,\"at\":%lld,\"account\":%lld,\"code\":%lld,\"space\":%lld,"
			"\"ref\":%lld,\"n\":%lld,\"public\":%d,\"kind\":\"%s\",\"what\":\"%s\",\"who\":",
			i ? "," : "", (long long)r->number, (long long)r->at, (long long)r->account,
			(long long)r->what, (long long)r->space, (long long)r->ref, (long long)r->n,
			r->is_public, audit_kind_name(audit_kind_of(what_of(r))),
			audit_what_name(what_of(r)));
		put_json(&out, r->who);
		buf_c(&out, ",\"mark\":\"");
		put_hex(&out, r->mark);
		buf_c(&out, "\"}");
	}
	buf_c(&out, "\n]}\n");
	return out.failed ? (struct str){ 0 } : arena_copy(v->mem, buf_view(&out));
}
