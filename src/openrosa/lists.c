/* What a device may fetch: the list of forms, each form, and what belongs to it. */
#include "openrosa/openrosa.h"
#include "openrosa/routes.h"
#include "openrosa/xml.h"
#include "po/messages.h"

/* 1: go on; 0: the answer is made. */
static int enter(struct visit *v, struct device *ret)
{
	if (!openrosa_speaks(v))
		return 0;
	int known = device_of(v, ret);
	if (known == 0)
		openrosa_refuse(v, 401, MSG_openrosa_fault_key);
	return known;
}

/* 1: it is theirs to fill in, of which ${ret} is the XForm. */
static int find(
	struct visit *v, const struct device *d, const struct shelf_form *f, struct xform *ret)
{
	int may = xform_can(f) ? device_may(d, f) : 0;
	if (may <= 0)
		return may;
	int result = xforms_get(v->house->xforms, f, v->mem, ret);
	return result < 0 ? result : 1;
}

static void put_element(struct buf *to, const char *name, struct str value)
{
	buf_f(to, "<%s>", name);
	xml_put(to, value);
	buf_f(to, "</%s>", name);
}

static void put_form(
	struct visit *v, const struct device *d, const struct shelf_form *f, const struct xform *x)
{
	struct buf *to = &v->out.out;
	const struct labels *l = shelf_labels(f, v->lang);
	struct str name = f->def->id;
	buf_c(to, "<xform>");
	put_element(to, "formID", name);
	put_element(to, "name", l->title.s);
	buf_f(to, "<version>%lld</version><hash>md5:%s</hash>", (long long)f->def->version, x->md5);
	if (str_is(http_query(v->req, "verbose"), "true") && l->intro.s.n)
		put_element(to, "descriptionText", l->intro.s);
	buf_c(to, "<downloadUrl>");
	xml_put(to, d->base);
	buf_f(to, "/forms/%.*s.xml</downloadUrl></xform>\n", STR_ARG(name));
}

static int list(struct visit *v)
{
	struct device d = { 0 };
	size_t n;
	const struct shelf_form *all = shelf_all(v->house->shelf, &n);
	struct str only = http_query(v->req, "formID");
	int result = enter(v, &d);
	if (result <= 0)
		return result;
	buf_c(&v->out.out,
		"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
		"<xforms xmlns=\"http://openrosa.org/xforms/xformsList\">\n");
	for (size_t i = 0; i < n; i++) {
		struct xform x = { 0 };
		if (only.n && !str_eq(only, all[i].def->id))
			continue;
		result = find(v, &d, &all[i], &x);
		if (result < 0)
			return result;
		if (result)
			put_form(v, &d, &all[i], &x);
	}
	buf_c(&v->out.out, "</xforms>\n");
	return openrosa_xml(v, 200);
}

/* "meeting.xml" */
static struct str form_name(struct str file)
{
	static const struct str end = { ".xml", 4 };
	return str_ends(file, end.p) ? (struct str){ file.p, file.n - end.n } : STR("");
}

static int find_here(struct visit *v, struct str name, struct xform *ret)
{
	struct device d = { 0 };
	int result = enter(v, &d);
	if (result <= 0)
		return result;
	struct str asked = name.p ? name : form_name(device_part(v, &d, 0));
	const struct shelf_form *f = shelf_find(v->house->shelf, asked);
	result = f ? find(v, &d, f, ret) : 0;
	if (result == 0)
		openrosa_refuse(v, 404, MSG_openrosa_fault_no_form);
	return result;
}

/* Named, and not with a weight of nothing. */
static bool takes_gzip(const struct http_request *req)
{
	struct str list = http_head(req, "accept-encoding"), one, name;
	while (str_cut(&list, ',', &one)) {
		str_cut(&one, ';', &name);
		if (str_eq_ascii(str_trim(name), STR("gzip")))
			return !str_starts(str_trim(one), "q=0");
	}
	return false;
}

static int form(struct visit *v)
{
	struct xform x = { 0 };
	int result = find_here(v, (struct str){ 0 }, &x);
	if (result <= 0)
		return result;
	bool is_small = takes_gzip(v->req);
	if (!is_small)
		result = xform_text(&x, &v->out.out);
	if (result >= 0)
		result = openrosa_xml(v, 200);
	v->res->vary = STR("Accept-Encoding");
	if (is_small) {
		v->res->body = x.gzip;
		v->res->encoding = STR("gzip");
	}
	return result;
}

/* All that a form needs is in it. */
static int manifest(struct visit *v)
{
	struct xform x = { 0 };
	bool has_key = str_starts(v->path, "/or/k/");
	int result = find_here(v, v->part[has_key ? 1 : 0], &x);
	if (result <= 0)
		return result;
	buf_c(&v->out.out,
		"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
		"<manifest xmlns=\"http://openrosa.org/xforms/xformsManifest\"/>\n");
	return openrosa_xml(v, 200);
}

/* A device asks where to send before it sends; GET is answered in the same way. */
static int ready(struct visit *v)
{
	struct device d = { 0 };
	int result = enter(v, &d);
	return result <= 0 ? result : openrosa_empty(v);
}

const struct route openrosa_list_routes[] = {
	/* method   path         who     input check act */
	{ HTTP_GET, "/or/formList", ANYONE, NULL, NULL, list, .is_machine = true },
	{ HTTP_GET, "/or/submission", ANYONE, NULL, NULL, ready, .is_machine = true },
	{ HTTP_GET, "/or/forms/:file", ANYONE, NULL, NULL, form, .is_machine = true },
	{ HTTP_GET, "/or/forms/:form/manifest", ANYONE, NULL, NULL, manifest, .is_machine = true },
	{ HTTP_GET, "/or/k/:key/formList", ANYONE, NULL, NULL, list, .is_machine = true },
	{ HTTP_GET, "/or/k/:key/submission", ANYONE, NULL, NULL, ready, .is_machine = true },
	{ HTTP_GET, "/or/k/:key/forms/:file", ANYONE, NULL, NULL, form, .is_machine = true },
	{ HTTP_GET, "/or/k/:key/forms/:form/manifest", ANYONE, NULL, NULL, manifest,
		.is_machine = true },
	{ 0 },
};
