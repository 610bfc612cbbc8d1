/* I know how an expression of a definition is said in XPath, for the form that a device shows; and
 * where an answer stands in that form. */
#pragma once
#include "base/buf.h"
#include "record/def.h"

/* path_of(def, field, to): "/data/what/title" */
void path_of(const struct def *def, int field, struct buf *to);
/* path_true(def, field, e, to): ${e} as a condition of ${field}: in its own row of a repeat, and
 * true where ours is. */
void path_true(const struct def *def, int field, const struct expr *e, struct buf *to);
