#include "account/visit.h"
#include <stdarg.h>
#include <stdio.h>

struct frame visit_frame(const struct visit *v, struct str title)
{
	const struct settings *set = atomic_load(&v->house->settings);
	return (struct frame){
		.title = title,
		.site = set->name,
		.keeper = set->keeper,
		.path = v->path,
		.is_easy = v->is_easy,
		.has_easy = atomic_load(&v->house->has_easy),
		.account = v->who.account_name,
		.is_staff = v->who.is_staff,
		.is_responder = v->who.is_responder,
		.late = v->who.late,
		.due_soon = v->who.due_soon,
		.is_handler = v->who.is_handler,
		.takes_reports = atomic_load(&v->house->takes_reports),
		.is_admin = v->who.roles_site & ROLE_ADMIN,
		.is_sample = set->is_sample,
		.is_fault = v->form.n_fault > 0,
		.is_private = !v->is_public,
		.has_mail = v->house->post && set->base_url.n,
		.has_code = v->who.participant.v != 0,
	};
}

struct str visit_base(const struct visit *v)
{
	const struct settings *set = atomic_load(&v->house->settings);
	if (set->base_url.n)
		return set->base_url;
	struct str host = http_head(v->req, "host");
	return arena_f(v->mem, "%s://%.*s", v->house->is_https ? "https" : "http", STR_ARG(host));
}

struct str visit_say(const struct visit *v, int msg, int64_t n)
{
	struct str pattern = msg_text(v->lang, msg, n), head = pattern;
	struct str count = STR("{count}");
	for (size_t i = 0; i + count.n <= pattern.n; i++) {
		if (!str_eq((struct str){ pattern.p + i, count.n }, count))
			continue;
		struct str number = lang_number(v->lang, v->mem, n);
		head.n = i;
		struct str tail = str_from(pattern, i + count.n);
		return arena_f(
			v->mem, "%.*s%.*s%.*s", STR_ARG(head), STR_ARG(number), STR_ARG(tail));
	}
	return pattern;
}

int visit_page(struct visit *v, int status)
{
	if (v->out.out.failed)
		return err_note(v->out.out.failed, "page too large");
	if (v->mem->has_failed)
		return err_note(ERR_NOMEM, "request arena is full");
	v->res->status = status;
	v->res->type = STR("text/html; charset=utf-8");
	v->res->body = buf_view(&v->out.out);
	return 0;
}

int visit_go(struct visit *v, struct str path)
{
	struct url checked;
	if (url_local(path, &checked))
		return err_note(ERR_BUG, "redirect is not local");
	v->res->status = 303;
	v->res->location = checked.s;
	return 0;
}

int visit_goto(struct visit *v, const char *fmt, ...)
{
	va_list ap;
	char path[512];
	va_start(ap, fmt);
	int n = vsnprintf(path, sizeof path, fmt, ap);
	va_end(ap);
	if (n < 0 || (size_t)n >= sizeof path)
		return err_note(ERR_BUG, "redirect is too long");
	struct str kept = arena_copy(v->mem, (struct str){ path, (size_t)n });
	return kept.p ? visit_go(v, kept) : ERR_NOMEM;
}

/* A file to be kept under that name. */
static int name_file(struct visit *v, const char *filename)
{
	struct str how = arena_f(v->mem, "attachment; filename=\"%s\"", filename);
	if (!how.p)
		return ERR_NOMEM;
	must(v->res->n_more < sizeof v->res->more / sizeof *v->res->more);
	v->res->more[v->res->n_more++] = (struct http_pair){ STR("Content-Disposition"), how };
	return 0;
}

int visit_name(struct visit *v, struct str name, bool is_look)
{
	static const char digits[] = "0123456789ABCDEF";
	auto_buf text; /* in letters that stand in a header: RFC 5987 */
	buf_init(&text, 3 * name.n + 3);
	for (size_t i = 0; i < name.n; i++) {
		unsigned char c = (unsigned char)name.p[i];
		bool is_plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
			(c >= '0' && c <= '9') || c == '.' || c == '-' || c == '_';
		if (is_plain)
			buf_byte(&text, (char)c);
		else
			buf_f(&text, "%%%c%c", digits[c >> 4], digits[c & 15]);
	}
	struct str how = arena_f(v->mem, "%s; filename*=UTF-8''%.*s",
		is_look ? "inline" : "attachment", STR_ARG(buf_view(&text)));
	if (!how.p || text.failed)
		return ERR_NOMEM;
	must(v->res->n_more < sizeof v->res->more / sizeof *v->res->more);
	v->res->more[v->res->n_more++] = (struct http_pair){ STR("Content-Disposition"), how };
	return 0;
}

int visit_bytes(struct visit *v, const char *type, struct str body, const char *filename)
{
	v->res->status = 200;
	v->res->type = str_c(type);
	v->res->body = body;
	return filename ? name_file(v, filename) : 0;
}

int visit_file(struct visit *v, const char *type, int fd, int64_t n, const char *filename)
{
	v->res->file = fd;
	v->res->file_n = n;
	return visit_bytes(v, type, STR(""), filename);
}

void visit_cookie(struct visit *v, const char *name, struct str value, int64_t seconds)
{
	must(v->res->n_cookie < sizeof v->res->cookie / sizeof *v->res->cookie);
	auto_buf life;
	buf_init(&life, 64);
	if (seconds)
		buf_f(&life, "; Max-Age=%lld", (long long)(seconds < 0 ? 0 : seconds));
	struct str cookie = arena_f(v->mem, "%s=%.*s; Path=/; HttpOnly; SameSite=Lax%s%.*s", name,
		STR_ARG(value), v->house->is_https ? "; Secure" : "", STR_ARG(buf_view(&life)));
	if (cookie.p)
		v->res->cookie[v->res->n_cookie++] = cookie;
}
