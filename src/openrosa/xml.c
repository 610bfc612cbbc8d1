#include "openrosa/xml.h"
#include "base/buf.h"
#include "base/utf8.h"
#include <expat.h>
#include <stdlib.h>
#include <string.h>

enum { SEPARATOR = '\n', NODES_FIRST = 256, SCRATCH = 4 << 20 };

struct reading {
	struct arena *mem;
	struct arena scratch; /* what is not kept */
	XML_Parser parser;
	enum xml_fault fault;
	struct xml_doc doc;
	size_t room;
	size_t start[XML_NODES_MAX]; /* where a node's text begins, and how much it is */
	size_t n_text[XML_NODES_MAX];
	int open, depth; /* the innermost element that is open; -1: none */
	struct buf text;
};

static void stop(struct reading *r, enum xml_fault fault)
{
	if (!r->fault)
		r->fault = fault;
	XML_StopParser(r->parser, XML_FALSE);
}

static bool grow(struct reading *r)
{
	size_t room = r->room ? 2 * r->room : NODES_FIRST;
	struct xml_node *node = arena_array(&r->scratch, room, sizeof *node);
	if (!node)
		return false;
	if (r->doc.n)
		memcpy(node, r->doc.node, r->doc.n * sizeof *node);
	r->doc.node = node;
	r->room = room;
	return true;
}

/* Expat writes "namespace\nname". */
static struct str local_name(struct str name, struct str *ret_space)
{
	size_t at = str_find(name, SEPARATOR);
	*ret_space = at < name.n ? (struct str){ name.p, at } : STR("");
	return at < name.n ? str_from(name, at + 1) : name;
}

static void read_root(struct reading *r, struct str space, const char **attribute)
{
	r->doc.id = r->doc.version = STR("");
	r->doc.space = arena_copy(r->mem, space);
	for (size_t i = 0; attribute[i]; i += 2) {
		struct str value = arena_copy(r->mem, str_c(attribute[i + 1]));
		if (!strcmp(attribute[i], "id"))
			r->doc.id = value;
		else if (!strcmp(attribute[i], "version"))
			r->doc.version = value;
	}
}

static void on_start(void *ctx, const char *name, const char **attribute)
{
	struct reading *r = ctx;
	struct str space, local = local_name(str_c(name), &space);
	if (r->depth == XML_DEPTH_MAX) {
		stop(r, XML_DEEP);
		return;
	}
	if (r->doc.n == XML_NODES_MAX || (r->doc.n == r->room && !grow(r))) {
		stop(r, XML_LARGE);
		return;
	}
	if (!r->doc.n)
		read_root(r, space, attribute);
	r->doc.node[r->doc.n] = (struct xml_node){ .name = arena_copy(r->mem, local),
		.parent = r->open };
	r->start[r->doc.n] = r->text.n;
	r->open = (int)r->doc.n++;
	r->depth++;
}

static void on_end(void *ctx, const char *name)
{
	struct reading *r = ctx;
	struct xml_node *node = &r->doc.node[r->open];
	(void)name;
	node->end = (int)r->doc.n;
	if (node->end == r->open + 1)
		r->n_text[r->open] = r->text.n - r->start[r->open];
	r->open = node->parent;
	r->depth--;
}

static void on_text(void *ctx, const char *p, int n)
{
	struct reading *r = ctx;
	buf_put(&r->text, p, (size_t)n);
	if (r->text.failed)
		stop(r, XML_LARGE);
}

static void on_doctype(
	void *ctx, const char *name, const char *system_id, const char *public_id, int has_inner)
{
	(void)name;
	(void)system_id;
	(void)public_id;
	(void)has_inner;
	stop(ctx, XML_DEFINES);
}

/* Texts lay in a buffer that moved. */
static int settle(struct reading *r)
{
	struct str all = arena_copy(r->mem, buf_view(&r->text));
	if (!all.p)
		return ERR_NOMEM;
	struct xml_node *node = arena_array(r->mem, r->doc.n, sizeof *node);
	if (!node)
		return ERR_NOMEM;
	memcpy(node, r->doc.node, r->doc.n * sizeof *node);
	r->doc.node = node;
	for (size_t i = 0; i < r->doc.n; i++)
		node[i].text = (struct str){ all.p + r->start[i], r->n_text[i] };
	return 0;
}

static int parse(struct reading *r, struct str text)
{
	buf_init(&r->text, XML_TEXT_MAX);
	XML_SetUserData(r->parser, r);
	XML_SetElementHandler(r->parser, on_start, on_end);
	XML_SetCharacterDataHandler(r->parser, on_text);
	XML_SetStartDoctypeDeclHandler(r->parser, on_doctype);
	if (text.n > XML_TEXT_MAX)
		r->fault = XML_LARGE;
	else if (XML_Parse(r->parser, text.p ? text.p : "", (int)text.n, XML_TRUE) !=
			XML_STATUS_OK &&
		!r->fault)
		r->fault = XML_GetErrorCode(r->parser) == XML_ERROR_NO_MEMORY ? XML_LARGE
									      : XML_BROKEN;
	if (r->mem->has_failed || r->scratch.has_failed)
		return err_note(ERR_NOMEM, "elements");
	return r->fault ? err_note(ERR_INPUT, "XML is not taken") : settle(r);
}

int xml_read(struct arena *mem, struct str text, enum xml_fault *ret_fault, struct xml_doc *ret)
{
	struct reading *r = calloc(1, sizeof *r);
	if (!r)
		return err_note(ERR_NOMEM, "a reader of XML");
	*ret_fault = XML_FINE;
	arena_init(&r->scratch, SCRATCH);
	r->mem = mem;
	r->open = -1;
	r->parser = XML_ParserCreateNS(NULL, SEPARATOR);
	int result = r->parser ? 0 : err_note(ERR_NOMEM, "a reader of XML");
	if (result == 0)
		result = parse(r, text);
	XML_ParserFree(r->parser);
	buf_done(&r->text);
	arena_done(&r->scratch);
	*ret_fault = r->fault;
	if (result == 0)
		*ret = r->doc;
	free(r);
	return result;
}

static bool is_of_xml(int32_t c)
{
	return c >= 0x20 || c == '\t' || c == '\n' || c == '\r';
}

void xml_put(struct buf *to, struct str s)
{
	for (size_t at = 0, from = 0; at < s.n; from = at) {
		int32_t c = utf8_next(s, &at);
		if (c == '<')
			buf_c(to, "&lt;");
		else if (c == '>')
			buf_c(to, "&gt;");
		else if (c == '&')
			buf_c(to, "&amp;");
		else if (c == '"')
			buf_c(to, "&quot;");
		else if (c == '\r' || c == '\t')
			buf_f(to, "&#%d;", (int)c);
		else if (is_of_xml(c) && c != 0xfffe && c != 0xffff)
			buf_put(to, s.p + from, at - from);
		else
			buf_c(to, "\xef\xbf\xbd");
	}
}
