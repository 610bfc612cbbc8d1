#include "openrosa/xform.h"
#include "openrosa/path.h"
#include "openrosa/xml.h"
#include "po/messages.h"
#include "record/walk.h"
#include "render/html.h"

struct making {
	const struct shelf_form *f;
	const struct def *def;
	struct buf *to;
	struct arena mem; /* for messages */
};

bool xform_asks(const struct shelf_form *f, int field)
{
	const struct def_field *q = &f->def->field[field];
	return !q->is_retired && !def_fields_have(&f->left_out, field);
}

bool xform_can(const struct shelf_form *f)
{
	return f->can_make && def_field_find(f->def, STR("meta")) < 0;
}

/* ---- words in all languages ---- */

static void put_path(struct making *m, int field)
{
	path_of(m->def, field, m->to);
}

static void put_text(struct making *m, struct str id, const char *kind, struct str value)
{
	if (!value.n)
		return;
	buf_f(m->to, "<text id=\"%.*s%s\"><value>", STR_ARG(id), kind);
	xml_put(m->to, value);
	buf_c(m->to, "</value></text>\n");
}

static bool has_limit(const struct def_field *q)
{
	return q->kind == DEF_TEXT && (!q->constraint || walk_text_max(q) == WALK_LINE_MAX);
}

/* What is said when an answer does not fit; "" where it always does. */
static struct str complaint(struct making *m, const struct labels *l, int field)
{
	const struct def_field *q = &m->def->field[field];
	if (q->constraint_message.n)
		return l->complaint[field].s;
	if (q->kind == DEF_TEXT)
		return msg_plain(&m->mem, l->lang, MSG_site_fault_too_long,
			&(struct msg_arg){
				.name = "count", .kind = ARG_I64, .n = walk_text_max(q) },
			1);
	return q->constraint ? msg_text(l->lang, MSG_record_fault_constraint, 0) : STR("");
}

static bool is_complained(const struct def_field *q)
{
	return q->constraint_message.n || q->kind == DEF_TEXT || q->constraint;
}

static void put_field_texts(struct making *m, const struct labels *l, int field)
{
	auto_buf id;
	buf_init(&id, 256);
	path_of(m->def, field, &id);
	put_text(m, buf_view(&id), ":label", l->label[field].s);
	put_text(m, buf_view(&id), ":hint", l->hint[field].s);
	put_text(m, buf_view(&id), ":jr:constraintMsg", complaint(m, l, field));
}

static bool has_countries(const struct making *m)
{
	for (int i = 0; i < (int)m->def->n_field; i++)
		if (m->def->field[i].kind == DEF_COUNTRY && xform_asks(m->f, i))
			return true;
	return false;
}

static void put_choice_texts(struct making *m, const struct labels *l)
{
	for (size_t i = 0; i < m->def->n_choice; i++) {
		const struct def_choice *c = &m->def->choice[i];
		struct str id = arena_f(&m->mem, "%.*s-%.*s", STR_ARG(c->list), STR_ARG(c->name));
		put_text(m, id, "", l->choice[i].s);
	}
	size_t n = 0;
	const struct country *country = has_countries(m) ? country_list(l->lang, &n) : NULL;
	for (size_t i = 0; i < n; i++)
		put_text(m, arena_f(&m->mem, "countries.csv-%.*s", STR_ARG(country[i].code)), "",
			country[i].name);
}

static void put_languages(struct making *m)
{
	buf_c(m->to, "<itext>\n");
	for (int i = 0; i < LANG_COUNT; i++) {
		const struct labels *l = &m->f->labels[i];
		buf_f(m->to, "<translation lang=\"%.*s (%.*s)\"%s>\n", STR_ARG(l->lang->name),
			STR_ARG(l->lang->code), i == LANG_EN ? " default=\"true()\"" : "");
		for (int k = 0; k < (int)m->def->n_field; k++)
			if (xform_asks(m->f, k))
				put_field_texts(m, l, k);
		put_choice_texts(m, l);
		buf_c(m->to, "</translation>\n");
	}
	buf_c(m->to, "</itext>\n");
}

/* ---- an empty record ---- */

static void put_nodes(struct making *m)
{
	const struct def *def = m->def;
	buf_c(m->to, "<instance><data id=\"");
	xml_put(m->to, def->id);
	buf_f(m->to, "\" version=\"%lld\">", (long long)def->version);
	for (int i = 0; i < (int)def->n_field; i++) {
		const struct def_field *q = &def->field[i];
		bool is_block = q->kind <= DEF_REPEAT;
		int block = is_block ? i : q->repeat >= 0 ? q->repeat : q->group;
		if (is_block)
			buf_f(m->to, "<%.*s%s>", STR_ARG(q->name),
				q->kind == DEF_REPEAT ? " jr:template=\"\"" : "");
		else if (!q->is_retired)
			buf_f(m->to, "<%.*s/>", STR_ARG(q->name));
		if (block >= 0 && i + 1 == def->field[block].end)
			buf_f(m->to, "</%.*s>", STR_ARG(def->field[block].name));
	}
	buf_c(m->to, "<meta><instanceID/></meta></data></instance>\n");
}

static void put_item(struct making *m, struct str list, struct str name)
{
	buf_f(m->to, "<item><itextId>%.*s-%.*s</itextId><name>%.*s</name></item>", STR_ARG(list),
		STR_ARG(name), STR_ARG(name));
}

static bool is_new_list(const struct def *def, size_t i)
{
	for (size_t k = 0; k < i; k++)
		if (str_eq(def->choice[k].list, def->choice[i].list))
			return false;
	return true;
}

static void put_lists(struct making *m)
{
	const struct def *def = m->def;
	for (size_t i = 0; i < def->n_choice; i++) {
		if (!is_new_list(def, i))
			continue;
		buf_f(m->to, "<instance id=\"%.*s\"><root>", STR_ARG(def->choice[i].list));
		for (size_t k = i; k < def->n_choice; k++)
			if (str_eq(def->choice[k].list, def->choice[i].list))
				put_item(m, def->choice[k].list, def->choice[k].name);
		buf_c(m->to, "</root></instance>\n");
	}
	if (!has_countries(m))
		return;
	size_t n;
	const struct country *country = country_list(lang_of(LANG_EN), &n);
	buf_c(m->to, "<instance id=\"countries.csv\"><root>");
	for (size_t i = 0; i < n; i++)
		put_item(m, STR("countries.csv"), country[i].code);
	buf_c(m->to, "</root></instance>\n");
}

/* ---- what may be answered ---- */

static const char *type_of(const struct def_field *q)
{
	switch (q->kind) {
	case DEF_INTEGER: return "int";
	case DEF_DECIMAL: return "decimal";
	case DEF_DATE: return "date";
	case DEF_PLACE: return "geopoint";
	case DEF_FILE: return "binary";
	case DEF_GROUP:
	case DEF_REPEAT: return NULL;
	case DEF_NOTE:
	case DEF_TEXT:
	case DEF_ONE:
	case DEF_MANY:
	case DEF_COUNTRY: break;
	}
	return "string";
}

/* Said in XPath, then escaped as a value in XML. */
static void put_claim(struct making *m, const char *name, int field, const struct expr *e)
{
	auto_buf claim;
	buf_init(&claim, 16384);
	const struct def_field *q = &m->def->field[field];
	bool is_limited = has_limit(q) && e == q->constraint;
	if (e && is_limited)
		buf_byte(&claim, '(');
	if (e)
		path_true(m->def, field, e, &claim);
	if (e && is_limited)
		buf_c(&claim, ") and ");
	if (is_limited)
		buf_f(&claim, "string-length(.) <= %lld", (long long)walk_text_max(q));
	if (claim.failed)
		m->to->failed = claim.failed;
	if (!claim.n)
		return;
	buf_f(m->to, " %s=\"", name);
	xml_put(m->to, buf_view(&claim));
	buf_byte(m->to, '"');
}

static void put_bind(struct making *m, int field)
{
	const struct def_field *q = &m->def->field[field];
	const char *type = type_of(q);
	buf_c(m->to, "<bind nodeset=\"");
	put_path(m, field);
	buf_byte(m->to, '"');
	if (type)
		buf_f(m->to, " type=\"%s\"", type);
	if (!xform_asks(m->f, field)) { /* conditions may name it, and it has no answer */
		buf_c(m->to, " relevant=\"false()\"/>\n");
		return;
	}
	if (q->kind == DEF_NOTE)
		buf_c(m->to, " readonly=\"true()\"");
	if (q->is_required)
		buf_c(m->to, " required=\"true()\"");
	if (q->relevant)
		put_claim(m, "relevant", field, q->relevant);
	if (q->kind >= DEF_TEXT)
		put_claim(m, "constraint", field, q->constraint);
	if (q->kind >= DEF_TEXT && is_complained(q)) {
		buf_c(m->to, " jr:constraintMsg=\"jr:itext('");
		put_path(m, field);
		buf_c(m->to, ":jr:constraintMsg')\"");
	}
	buf_c(m->to, "/>\n");
}

static void put_binds(struct making *m)
{
	for (int i = 0; i < (int)m->def->n_field; i++)
		if (!m->def->field[i].is_retired)
			put_bind(m, i);
	buf_c(m->to,
		"<bind nodeset=\"/data/meta/instanceID\" type=\"string\" readonly=\"true()\" "
		"jr:preload=\"uid\"/>\n");
}

/* ---- what is seen ---- */

static void put_words(struct making *m, int field)
{
	buf_c(m->to, "<label ref=\"jr:itext('");
	put_path(m, field);
	buf_c(m->to, ":label')\"/>");
	if (!m->def->field[field].hint.n)
		return;
	buf_c(m->to, "<hint ref=\"jr:itext('");
	put_path(m, field);
	buf_c(m->to, ":hint')\"/>");
}

static void put_upload(struct making *m, int field)
{
	static const char *const kinds[] = { [DEF_ANY_FILE] = "application",
		[DEF_IMAGE] = "image",
		[DEF_AUDIO] = "audio",
		[DEF_VIDEO] = "video" };
	buf_c(m->to, "<upload ref=\"");
	put_path(m, field);
	buf_f(m->to, "\" mediatype=\"%s/*\">", kinds[m->def->field[field].media]);
	put_words(m, field);
	buf_c(m->to, "</upload>\n");
}

static void put_control(struct making *m, int field)
{
	const struct def_field *q = &m->def->field[field];
	if (q->kind == DEF_FILE) {
		put_upload(m, field);
		return;
	}
	bool is_choice = q->kind == DEF_ONE || q->kind == DEF_MANY || q->kind == DEF_COUNTRY;
	const char *what = q->kind == DEF_MANY ? "select" : is_choice ? "select1" : "input";
	const char *look = q->is_month   ? " appearance=\"month-year\""
		: walk_is_long(q)        ? " appearance=\"multiline\""
		: q->kind == DEF_COUNTRY ? " appearance=\"minimal autocomplete\""
					 : "";
	buf_f(m->to, "<%s ref=\"", what);
	put_path(m, field);
	buf_f(m->to, "\"%s>", look);
	put_words(m, field);
	if (is_choice)
		buf_f(m->to,
			"<itemset nodeset=\"instance('%.*s')/root/item\"><value ref=\"name\"/>"
			"<label ref=\"jr:itext(itextId)\"/></itemset>",
			STR_ARG(q->kind == DEF_COUNTRY ? STR("countries.csv") : q->list));
	buf_f(m->to, "</%s>\n", what);
}

static void put_block(struct making *m, int field)
{
	const struct def_field *q = &m->def->field[field];
	bool is_repeat = q->kind == DEF_REPEAT;
	buf_c(m->to, "<group ref=\"");
	put_path(m, field);
	buf_f(m->to, "\"%s>", is_repeat ? "" : " appearance=\"field-list\"");
	put_words(m, field);
	if (is_repeat) {
		buf_c(m->to, "<repeat nodeset=\"");
		put_path(m, field);
		buf_c(m->to, "\" appearance=\"field-list\">");
	}
	buf_byte(m->to, '\n');
	for (int i = field + 1; i < q->end; i++)
		if (xform_asks(m->f, i))
			put_control(m, i);
	buf_f(m->to, "%s</group>\n", is_repeat ? "</repeat>" : "");
}

static void put_body(struct making *m)
{
	const struct def *def = m->def;
	buf_c(m->to, "<h:body>\n");
	for (int i = 0; i < (int)def->n_field; i++) {
		const struct def_field *q = &def->field[i];
		if (q->kind <= DEF_REPEAT) {
			if (!q->is_retired)
				put_block(m, i);
			i = q->end - 1;
		} else if (xform_asks(m->f, i)) {
			put_control(m, i);
		}
	}
	buf_c(m->to, "</h:body>\n");
}

int xform_write(const struct shelf_form *f, struct buf *to)
{
	struct making m = { .f = f, .def = f->def, .to = to };
	arena_init(&m.mem, XFORM_MAX);
	buf_c(to,
		"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
		"<h:html xmlns=\"http://www.w3.org/2002/xforms\" xmlns:h=\"http://www.w3.org/1999/"
		"xhtml\" xmlns:jr=\"http://openrosa.org/javarosa\" "
		"xmlns:orx=\"http://openrosa.org/xforms\" "
		"xmlns:odk=\"http://www.opendatakit.org/xforms\" "
		"xmlns:xsd=\"http://www.w3.org/2001/XMLSchema\">\n<h:head><h:title>");
	xml_put(to, f->labels[LANG_EN].title.s);
	buf_c(to, "</h:title>\n<model odk:xforms-version=\"1.0.0\">\n");
	put_languages(&m);
	put_nodes(&m);
	put_lists(&m);
	put_binds(&m);
	buf_c(to, "</model></h:head>\n");
	put_body(&m);
	buf_c(to, "</h:html>\n");
	bool is_full = m.mem.has_failed;
	arena_done(&m.mem);
	return is_full ? err_note(ERR_NOMEM, "words of an XForm") : to->failed;
}
