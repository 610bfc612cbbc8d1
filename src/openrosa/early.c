#include "openrosa/early.h"
#include "base/clock.h"
#include "openrosa/devices.h"
#include "openrosa/openrosa.h"
#include "openrosa/sent.h"

enum { XML_MEM = 8 << 20, NAMES_MAX = 200 };

static const struct str with_key = { "/or/k/", 6 };

/* ---- how much ---- */

static struct str key_of(struct str path)
{
	struct str rest = str_from(path, with_key.n);
	return (struct str){ rest.p, str_find(rest, '/') };
}

bool early_knows(struct house *house, struct str path)
{
	return !str_starts(path, with_key.p) || devices_know(house->devices, key_of(path));
}

static bool asks_for_files(const struct shelf_form *f)
{
	for (int i = 0; i < (int)f->def->n_field; i++)
		if (f->def->field[i].kind == DEF_FILE && xform_asks(f, i))
			return true;
	return false;
}

/* Everybody may make records of it: for that nothing has to be looked up. */
static bool is_for_all(const struct shelf_form *f)
{
	return (def_may(f->def, 1u << DEF_PUBLIC, 0) & DEF_CREATE) != 0;
}

static bool may_come(const struct shelf_form *f, bool has_key)
{
	return openrosa_is_open(f) && (has_key || is_for_all(f));
}

size_t early_body_max(struct house *house, struct str path)
{
	bool has_key = str_starts(path, with_key.p);
	size_t n = 0;
	const struct shelf_form *all = shelf_all(house->shelf, &n);
	if (!early_knows(house, path))
		return OPENROSA_BODY_MAX;
	for (size_t i = 0; i < n; i++)
		if (may_come(&all[i], has_key) && asks_for_files(&all[i]))
			return OPENROSA_FILES_MAX;
	return OPENROSA_BODY_MAX;
}

/* ---- which files ---- */

struct early {
	struct http_sink sink;
	const struct http_sink *to;
	struct house *house;
	const struct http_request *req;
	struct str path;
	bool is_read;
	struct str name[NAMES_MAX];
	size_t n;
};

/* Questions of an older version may have gone since: whatever may be a name of a file is one. */
static bool may_name(const struct shelf_form *f, const struct xml_doc *doc, struct str name)
{
	int64_t version = 0;
	bool is_now = !doc->version.n ||
		(str_i64(str_trim(doc->version), &version) && version == f->def->version);
	int field = def_field_find(f->def, name);
	return !is_now || (field >= 0 && f->def->field[field].kind == DEF_FILE);
}

static void keep_names(struct early *e, const struct shelf_form *f, const struct xml_doc *doc)
{
	for (size_t i = 0; i < doc->n && e->n < NAMES_MAX; i++) {
		struct str name = str_trim(doc->node[i].text);
		if (!name.n || name.n > SENT_FILE_MAX || !may_name(f, doc, doc->node[i].name))
			continue;
		e->name[e->n] = arena_copy(e->req->mem, name);
		e->n += e->name[e->n].p != NULL;
	}
}

/* What stands in front of the first file. What is wrong with it says whoever reads all of it. */
static void read_record(struct early *e)
{
	struct str xml = http_field(e->req, "xml_submission_file");
	struct xml_doc doc = { 0 };
	enum xml_fault fault = XML_FINE;
	auto_arena mem;
	arena_init(&mem, XML_MEM);
	e->is_read = true;
	if (!xml.p || !early_knows(e->house, e->path) ||
		!str_is(str_trim(http_head(e->req, "x-openrosa-version")), "1.0"))
		return;
	if (xml_read(&mem, xml, &fault, &doc) < 0) {
		err_forget();
		return;
	}
	const struct shelf_form *f = shelf_find(e->house->shelf, doc.id);
	if (f && may_come(f, str_starts(e->path, with_key.p)))
		keep_names(e, f, &doc);
}

static bool is_named(const struct early *e, const struct http_pair *part)
{
	for (size_t i = 0; i < e->n; i++)
		if (str_eq(e->name[i], part->name) || str_eq(e->name[i], part->filename))
			return true;
	return false;
}

static void *begin_file(void *ctx, const struct http_pair *part)
{
	struct early *e = ctx;
	if (!e->is_read)
		read_record(e);
	return is_named(e, part) ? e->to->begin(e->to->ctx, part)
				 : blob_shut(e->house->blobs, part);
}

const struct http_sink *early_sink(
	struct house *house, const struct http_request *req, struct str path)
{
	struct early *e = arena_take(req->mem, sizeof *e);
	if (!e)
		return NULL;
	*e = (struct early){
		.to = blobs_sink(house->blobs), .house = house, .req = req, .path = path
	};
	e->sink = *e->to;
	e->sink.ctx = e;
	e->sink.begin = begin_file;
	e->sink.files_max = HTTP_FILES_MAX;
	e->sink.kept = STR("xml_submission_file");
	return &e->sink;
}
