/* I know a Polis export in memory. */
#pragma once
#include "participate/bundle_sheet.h"
#include "participate/polis.h"

struct polis_statement {
	int64_t tid, at; /* at 0: not said */
	struct str author, body;
	bool is_hidden, is_meta, is_seed;
	int64_t item; /* once it is written */
};

struct polis_person {
	struct str pid;
	size_t row;
	int64_t seat; /* once it is written */
};

struct polis_vote {
	uint32_t row, col; /* col: in statement[] */
	int64_t at;        /* 0: not said */
	size_t order;      /* of votes of the same second the later line counts */
	int8_t value;
};

struct polis {
	struct arena *mem;
	struct polis_statement *statement; /* by tid */
	size_t n_statement;
	struct polis_person *person; /* by row */
	struct polis_person **by_pid;
	size_t n_person;
	struct polis_vote *vote; /* by row and column, one for each pair */
	size_t n_vote;
	struct str topic, about, url; /* of summary.csv; absent if not said */
};

/* polis_read(folder, p): All files of the folder, checked against each other. */
int polis_read(const char *folder, struct polis *p) must_use;
/* polis_read_votes(p, matrix, votes): participants-votes.csv, and votes.csv if it is there. */
int polis_read_votes(struct polis *p, struct str matrix, struct str votes) must_use;
/* polis_find_statement(p, tid): Its place, or SIZE_MAX. */
size_t polis_find_statement(const struct polis *p, int64_t tid);
/* polis_find_person(p, pid): NULL if unknown. */
struct polis_person *polis_find_person(const struct polis *p, struct str pid);
/* polis_time(f, field, ret): Milliseconds of a time stamp as seconds; "" is 0. */
int polis_time(const struct sheet *f, struct str field, int64_t *ret) must_use;
/* polis_plain(mem, text): Without HTML entities: "&amp;" is "&". */
struct str polis_plain(struct arena *mem, struct str text);
