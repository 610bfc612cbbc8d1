/*
 * I know how a browser's tokenizer reads a page (WHATWG HTML, 13.2.5, as far as pages of ours
 * go). Written apart from tmplc, to judge it.
 */
#pragma once
#include "base/buf.h"

struct parse {
	struct buf shape; /* "tag attr attr", "/tag", "!" for each token, a line each */
	struct buf text;  /* all text, character references decoded */
	void (*attr)(void *ctx, struct str tag, struct str name, struct str value);
	void *ctx;
};

/* parse_page(p, html): Read all of ${html} into the buffers of ${p}. */
void parse_page(struct parse *p, struct str html);
