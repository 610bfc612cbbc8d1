/*
 * I know how simple Markdown from a stranger becomes markup that is safe anywhere on a page.
 * I am the only one who makes a struct safe_html.
 */
#pragma once
#include "render/html.h"

enum { MARKDOWN_MAX = 65536 }; /* bytes of text */

/* markdown_html(mem, text, ret): CommonMark as markup in ${mem}. HTML in the text is shown as
 * typed. Links lead to http, https and mailto only, and carry rel="nofollow noreferrer ugc";
 * others, and images, become their text. Headings become strong paragraphs, so that a page
 * keeps its own order of headings. Nesting past 12 levels is flattened. Bad UTF-8 and NUL are
 * shown as U+FFFD. ERR_LIMIT past MARKDOWN_MAX; ERR_NOMEM. */
int markdown_html(struct arena *mem, struct str text, struct safe_html *ret) must_use;
