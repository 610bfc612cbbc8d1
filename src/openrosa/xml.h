/*
 * I know the XML that a device sends in: elements, one behind the other, each with its text. I read
 * it by expat, refuse documents that define anything (DTD), and stop at what is too much.
 */
#pragma once
#include "base/arena.h"
#include "base/buf.h"

enum {
	XML_DEPTH_MAX = 20,
	XML_NODES_MAX = 10000,
	XML_TEXT_MAX = 1 << 20, /* bytes of a document */
};

struct xml_node {
	struct str name; /* without its prefix */
	struct str text; /* of an element without elements in it; else "" */
	int parent;      /* -1: the root */
	int end;         /* the number behind the last one within */
};

struct xml_doc {
	struct xml_node *node; /* the first is the root; children come behind their parent */
	size_t n;
	struct str id, version; /* of the root; "" where they are not said */
	struct str space;       /* the root's namespace */
};

enum xml_fault {
	XML_FINE,
	XML_BROKEN, /* not well-formed, or in letters that nobody knows */
	XML_DEFINES,
	XML_DEEP,
	XML_LARGE,
};

/* xml_read(mem, text, ret_fault, ret): ${text} as elements in ${mem}. ERR_INPUT: it is not taken,
 * and
 * ${ret_fault} says why. ERR_NOMEM. */
int xml_read(struct arena *mem, struct str text, enum xml_fault *ret_fault,
	struct xml_doc *ret) must_use;

/* xml_put(to, s): As text or a quoted value in XML; what XML cannot hold becomes U+FFFD. */
void xml_put(struct buf *to, struct str s);
