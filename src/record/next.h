/* I take a new version of a definition from an administrator, show what would be different and what
 * is wrong about it, and put it in use when a second administrator agrees. Records that were made
 * with older versions keep theirs. */
#pragma once
#include "record/care.h"
#include "record/def_check.h"
#include "record/shelf.h"
#include "record/walk.h"

enum { NEXT_TURNS = 200, NEXT_FILES = 1 << 20, NEXT_PAGES = DEF_FIELDS_MAX };

/* What is different from the version in use. */
struct next_turn {
	int msg;
	struct said what; /* question, stage, step, role */
};
/* next_turns(old, f, l, mem, ret, ret_n): ${old} NULL: the form is new. */
int next_turns(const struct shelf_form *old, const struct shelf_form *f, const struct lang *l,
	struct arena *mem, struct next_turn **ret, size_t *ret_n) must_use;
/* next_faults(old, f, ret): What forbids to use it in place of ${old}; at most DEF_WRONGS_MAX. */
size_t next_faults(const struct shelf_form *old, const struct shelf_form *f,
	struct def_wrong ret[DEF_WRONGS_MAX]);

struct next_row {
	struct str uid, name, person;
	int64_t at;
};

struct next_send_view {
	struct frame frame;
	struct next_row *row;
	size_t n;
	bool is_stale;
	struct str why; /* it cannot be read */
	const struct def_wrong *wrong;
	size_t n_wrong;
};

struct next_view {
	struct care_view care; /* its questions, matrix, steps, translations */
	struct str uid, person;
	int64_t at, was_version; /* 0: the form is new */
	bool is_own;             /* whoever looks has sent it */
	struct next_turn *turn;
	size_t n_turn;
	struct def_wrong wrong[DEF_WRONGS_MAX];
	size_t n_wrong;
	/* The preview. */
	struct walk_view walk;
	int page; /* -1: none */
	int pages[NEXT_PAGES];
	size_t n_page;
};
