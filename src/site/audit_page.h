/* I show the administrator what was done in the house, and whether that record holds. */
#pragma once
#include "account/audit_watch.h"
#include "render/frame.h"

enum { AUDIT_PAGE = 50, AUDIT_FILE_MAX = 100000 };

/* Which lines are wanted. */
struct audit_wish {
	int64_t kind;            /* enum audit_kind; 0: all */
	int64_t account;         /* 0: the house; -1: anyone */
	struct opt_i64 from, to; /* days, both included */
	int look;                /* index into audit_looks; 0: none */
	int64_t page;
	/* worked out */
	int64_t first, last; /* numbers */
	int64_t least, most; /* enum audit_what */
};

struct audit_row {
	int64_t number, at, account, what, space, n, ref;
	int kind_msg, what_msg; /* what_msg 0: of a newer program */
	struct str who, about, slug, mark;
	bool is_public;
};

enum { AUDIT_LOOKS = 5 };
struct audit_look {
	int msg;
	struct url url;
	int64_t n;
};

struct audit_person {
	int64_t id;
	struct str name;
};

struct audit_view {
	struct frame frame;
	struct audit_wish wish;
	struct audit_seen seen;
	struct str mark;     /* the newest, in groups */
	struct str from, to; /* as typed into the fields */
	struct audit_row *row;
	size_t n_row;
	int64_t count;
	struct audit_look look[AUDIT_LOOKS];
	struct audit_person *person;
	size_t n_person;
	struct url before, next, csv, json;
	bool has_before, has_next;
};

/* audit_kind_msg(kind): How people read it. audit_what_msg(what): The same; 0: not ours. */
int audit_kind_msg(enum audit_kind kind);
int audit_what_msg(enum audit_what what);
/* audit_what_name(what): The same in files: "signed in"; "" when it is not ours. */
const char *audit_what_name(enum audit_what what);
const char *audit_kind_name(enum audit_kind kind);

/* audit_load(v, wish, max, ret): The lines that are wanted, newest first, and how many there
 * are in all. */
int audit_load(struct visit *v, const struct audit_wish *wish, int64_t max,
	struct audit_view *ret) must_use;
/* audit_csv(v, p), audit_json(v, p): The same as a file. */
struct str audit_csv(struct visit *v, const struct audit_view *p);
struct str audit_json(struct visit *v, const struct audit_view *p);
