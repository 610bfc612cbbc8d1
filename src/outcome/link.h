/*
 * I tie what was said to what is asked, keep who did it, and take it back.
 *
 * Only published words of the ask's own space can be tied: a source is a struct link_source, and
 * only link_find makes one. Reports of the protected channel are not items, so that none can be
 * named here. Between an ask and a text is one link at most; every change of it stays in
 * edge_past, in batches: what one press of a button did, and one press takes back.
 */
#pragma once
#include "outcome/ask.h"

enum { LINK_QUOTE_MAX = 500 };

/* What may be tied to an ask. */
struct link_source {
	int64_t item;
	enum item_kind kind;
};

/* A link as somebody wishes it. */
struct link_wish {
	struct link_source source;
	enum bearing bearing;
	struct str quote; /* empty: none */
};

/* One change. bearing and was: 0, no link. */
struct link_change {
	int64_t id, item, at, account;
	int was, bearing; /* enum bearing */
	struct str name;  /* of the account */
};

/* link_find(v, space, item, ret): ERR_MISSING: no published words of ${space} have that id. */
int link_find(struct visit *v, int64_t space, int64_t item, struct link_source *ret) must_use;

/* link_quotes(v, item, quote): 1 if these words stand in it in one of its languages, whatever the
 * white space; 0 if not. */
int link_quotes(struct visit *v, int64_t item, struct str quote) must_use;

/* link_put(v, ask, wish, n, ret_batch): Tie them. What is already so stays as it is; the batch
 * that made it so is told when nothing changes. In a POST's act. */
int link_put(struct visit *v, int64_t ask, const struct link_wish *wish, size_t n,
	int64_t *ret_batch) must_use;

/* link_cut(v, ask, item, ret_batch): Untie. Nothing to untie is no error: ${ret_batch} 0. */
int link_cut(struct visit *v, int64_t ask, int64_t item, int64_t *ret_batch) must_use;

/* link_clause(v, ask, clause): The ask comes from this clause, which is no evidence for it. In a
 * POST's act. */
int link_clause(struct visit *v, int64_t ask, int64_t clause) must_use;

/* link_may_undo(v, batch): 1 if this visitor did ${batch} and nothing of it was changed since. */
int link_may_undo(struct visit *v, int64_t batch) must_use;
/* link_undo(v, batch): Take back. ERR_CONFLICT: may not. In a POST's act. */
int link_undo(struct visit *v, int64_t batch) must_use;

/* link_changes_load(v, ask, above, max, ret, ret_n): What was done to the ask, newest first, as
 * far as its id is above ${above}. */
int link_changes_load(struct visit *v, int64_t ask, int64_t above, int64_t max,
	struct link_change **ret, size_t *ret_n) must_use;

/* link_newest(v, ret): The highest id of a change. */
int link_newest(struct visit *v, int64_t *ret) must_use;
