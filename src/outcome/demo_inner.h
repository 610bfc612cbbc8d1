/* I know what the parts of the sample summary hand to each other while it is being written. */
#pragma once
#include "outcome/demo.h"
#include "participate/demo_read.h"
#include "participate/item.h"

enum { SECTIONS = 4, ASKS = 32, ORGS = 8, CLAUSES = 16, COMMENTS = 16 };

struct made_ask {
	int64_t id, org, answer; /* answer: the newest */
};
struct made_clause {
	int64_t id;
};

/* What is written so far. What is named by its number in the texts stands at that number here. */
struct sample {
	struct db *db;
	struct arena *mem;
	struct demo_outcome_staff staff;
	int64_t space, today;
	int64_t n_uid, n_item[ITEM_CLAUSE + 1];
	int64_t n_org, org[ORGS];
	int64_t n_ask[SECTIONS];
	struct made_ask ask[SECTIONS][ASKS];
	struct demo_block method;
	/* The document: */
	int64_t document, version, version_at, ord;
	struct made_clause clause[CLAUSES];
	int64_t n_comment, comment[COMMENTS], comment_clause[COMMENTS];
};

/* An item as a block has it; of an account or of a seat. */
struct sample_item {
	enum item_kind kind;
	int64_t parent, account, seat, at; /* 0: none */
};

/* sample_wrong(b, what): ERR_BUG with the line. */
int sample_wrong(const struct demo_block *b, const char *what);
struct str sample_uid(struct sample *s);
/* sample_day(s, b, name): "at=-2": that day. */
int64_t sample_day(const struct sample *s, const struct demo_block *b, const char *name);
/* sample_add(s, b, what, ret): The item with its words in all languages of the block. */
int sample_add(struct sample *s, const struct demo_block *b, const struct sample_item *what,
	int64_t *ret) must_use;
/* sample_ask(s, name): "2.6"; NULL: no such ask. */
struct made_ask *sample_ask(struct sample *s, struct str name);

/* What the blocks of a document do. */
int sample_document(struct sample *s, const struct demo_block *b) must_use;
int sample_version(struct sample *s, const struct demo_block *b) must_use;
int sample_clause(struct sample *s, const struct demo_block *b) must_use;
int sample_keep(struct sample *s, const struct demo_block *b) must_use;
int sample_comment(struct sample *s, const struct demo_block *b) must_use;
int sample_verdict(struct sample *s, const struct demo_block *b) must_use;
