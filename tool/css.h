/* I know how to make a stylesheet small without changing what it says. */
#pragma once
#include "base/buf.h"

/* css_squeeze(out, css): ${css} without comments and layout. Text in quotes stays as it is.
 * A comment or text in quotes without its end goes to the end of ${css}. */
void css_squeeze(struct buf *out, struct str css);
