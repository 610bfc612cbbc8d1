/* I know which definitions are dangerous although they can be read, and show who may what. */
#pragma once
#include "base/buf.h"
#include "record/def.h"

enum { DEF_WRONGS_MAX = 64 };
struct def_wrong {
	const char *what;
	struct str name; /* of the role, state or move */
	int line;        /* 0: of no row */
};

/* def_check(def, ret): How much is wrong, and what in ${ret}: the public reads or anybody exports
 * what is sealed, an open state that nobody can leave, a move that nobody may make. */
size_t def_check(const struct def *def, struct def_wrong ret[DEF_WRONGS_MAX]);

/* def_matrix_row(def, state, to): "public: create; author: read write" */
void def_matrix_row(const struct def *def, int state, struct buf *to);
