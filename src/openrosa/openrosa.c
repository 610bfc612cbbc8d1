#include "openrosa/openrosa.h"
#include "openrosa/early.h"
#include "openrosa/openrosa.sql.h"
#include "openrosa/xml.h"
#include "po/messages.h"

enum { ANSWER_MAX = 16384 };

static const struct str with_key = { "/or/k/", 6 };

bool openrosa_is(struct str path)
{
	return str_starts(path, "/or/");
}

/* ---- who ---- */

void device_key_hash(struct str key, char ret[2 * HASH_BYTES + 1])
{
	uint8_t hash[HASH_BYTES];
	hash_purpose("openrosa key", key, hash);
	hex_text(hash, sizeof hash, ret);
}

static int find_account(struct visit *v, struct str key, struct record_by *by)
{
	char hash[2 * HASH_BYTES + 1];
	struct openrosa_by_key_row row = { 0 };
	struct openrosa_roles_row roles = { 0 };
	if (key.n != OPENROSA_KEY_CHARS)
		return 0;
	device_key_hash(key, hash);
	int found = openrosa_by_key(v->db, v->mem, str_c(hash), &row);
	int result = found > 0 ? openrosa_roles(v->db, v->mem, row.account, &roles) : found;
	if (result < 0 || found <= 0)
		return result;
	by->account = row.account;
	by->is_staff = roles.n > 0;
	return 1;
}

int device_of(struct visit *v, struct device *ret)
{
	struct str base = visit_base(v);
	struct device d = {
		.by = { .db = v->db, .mem = v->mem, .now = v->now, .lang = v->lang->code }
	};
	int result = 1;
	d.has_key = str_starts(v->path, with_key.p);
	if (d.has_key) {
		result = find_account(v, v->part[0], &d.by);
		d.base = arena_f(v->mem, "%.*s/or/k/%.*s", STR_ARG(base), STR_ARG(v->part[0]));
	} else {
		d.base = arena_f(v->mem, "%.*s/or", STR_ARG(base));
	}
	if (result > 0 && !d.base.p)
		return ERR_NOMEM;
	if (result > 0)
		*ret = d;
	return result;
}

struct str device_part(const struct visit *v, const struct device *d, int n)
{
	return v->part[n + (d->has_key ? 1 : 0)];
}

int device_may(const struct device *d, const struct shelf_form *f)
{
	struct record_can can = { 0 };
	int result = record_may(&d->by, f, NULL, &can);
	return result < 0 ? result : (can.may & DEF_CREATE) != 0;
}

bool openrosa_is_open(const struct shelf_form *f)
{
	return f->can_make && !f->def->is_sealed && (def_may(f->def, ~UINT32_C(0), 0) & DEF_CREATE);
}

/* ---- answers ---- */

static void add(struct visit *v, struct str name, struct str value)
{
	struct http_response *res = v->res;
	if (res->n_more < sizeof res->more / sizeof *res->more)
		res->more[res->n_more++] = (struct http_pair){ name, value };
}

static void add_all(struct visit *v)
{
	static const struct str most = { "1048576", 7 }, with_files = { "158334976", 9 };
	_Static_assert(
		OPENROSA_BODY_MAX == 1048576 && OPENROSA_FILES_MAX == 158334976, "as it is said");
	bool has_files = early_body_max(v->house, v->path) > OPENROSA_BODY_MAX;
	v->res->n_more = 0;
	add(v, STR("X-OpenRosa-Version"), STR("1.0"));
	add(v, STR("X-OpenRosa-Accept-Content-Length"), has_files ? with_files : most);
	add(v, STR("Content-Language"), v->lang->tag);
	if (v->res->status == 401)
		add(v, STR("WWW-Authenticate"), STR("Address realm=\"Baraza\""));
	if (v->res->status == 429 || v->res->status == 503)
		add(v, STR("Retry-After"), STR("5"));
}

static void answer(struct visit *v, int status, struct str body)
{
	v->res->status = status;
	v->res->type = STR("text/xml; charset=utf-8");
	v->res->body = body;
	add_all(v);
}

int openrosa_xml(struct visit *v, int status)
{
	if (v->out.out.failed)
		return err_note(v->out.out.failed, "answer too large");
	answer(v, status, buf_view(&v->out.out));
	return 0;
}

int openrosa_empty(struct visit *v)
{
	v->res->status = 204;
	add_all(v);
	return 0;
}

int openrosa_say(struct visit *v, int status, int msg, const struct msg_arg *arg, size_t n)
{
	struct str text = msg_plain(v->mem, v->lang, msg, arg, n), body;
	bool is_fine = status < 400;
	auto_buf out;
	buf_init(&out, ANSWER_MAX);
	buf_f(&out,
		"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
		"<OpenRosaResponse xmlns=\"http://openrosa.org/http/response\" items=\"%d\">"
		"<message nature=\"%s\">",
		is_fine, is_fine ? "submit_success" : "error");
	xml_put(&out, text);
	buf_c(&out, "</message></OpenRosaResponse>\n");
	body = arena_copy(v->mem, buf_view(&out));
	if (!text.p || !body.p || out.failed)
		return err_note(ERR_NOMEM, "an answer to a device");
	answer(v, status, body);
	return 0;
}

bool openrosa_speaks(struct visit *v)
{
	if (str_is(str_trim(http_head(v->req, "x-openrosa-version")), "1.0"))
		return true;
	openrosa_refuse(v, 400, MSG_openrosa_fault_version_header);
	return false;
}

void openrosa_refuse(struct visit *v, int status, int otherwise)
{
	/* Of whoever is not known little is read, so that it seems too much. */
	bool is_known = early_knows(v->house, v->path);
	int msg = status != 413 ? otherwise
		: is_known      ? MSG_openrosa_fault_large
				: MSG_openrosa_fault_key;
	if (status == 413 && !is_known)
		status = 401;
	if (openrosa_say(v, status, msg, NULL, 0) == 0)
		return;
	v->res->status = status;
	v->res->type = STR("text/plain; charset=utf-8");
	v->res->body = msg_text(v->lang, msg, 0);
	add_all(v);
}
