/* I know what the parts of the compiler share: where the tokenizer stands in the literal
 * HTML, which elements and blocks are open, and what was promised (labels, ids). */
#pragma once
#include "tool/tmplc/tmplc.h"
#include <setjmp.h>

enum { NAME = 32, VALUE = 64, DEPTH = 64, BLOCKS = 32, NOTES = 128, ARGS = 16, EXPR = 4000 };

enum state {
	TEXT,
	AFTER_LT,
	TAG_NAME,
	END_TAG,
	IN_TAG,
	ATTR_NAME,
	AFTER_ATTR,
	BEFORE_VALUE,
	IN_DOUBLE,
	IN_SINGLE,
	COMMENT,
	DOCTYPE,
	RAW_TEXT,
};

enum attr_kind { PLAIN, LINK, FETCH, BANNED }; /* LINK may leave the site, FETCH may not */

/* What has been seen in the tag being read. */
enum {
	HAS_ALT = 1,
	HAS_LANG = 2,
	HAS_DIR = 4,
	HAS_SRC = 8,
	HAS_ACTION = 16,
	HAS_METHOD = 32,
	HAS_LABEL = 64, /* aria-label or aria-labelledby */
	NEEDS_NO_LABEL = 128,
	MAY_POST = 256,
};

/* Where the tokenizer stands. Branches are compared by this. */
struct spot {
	enum state state;
	char tag[NAME], attr[NAME];
	enum attr_kind kind;
	int seen;
	bool needs_space; /* an attribute just ended */
	bool is_closed;   /* "/" stands before the ">" */
	size_t lits;      /* literal bytes of the value so far */
	int holes;
	char value[VALUE]; /* its first bytes; holes as {{expression}} */
	bool is_cut;       /* the value is longer, or differs by branch */
	int depth;
	int heading; /* level of the last one; 0 not known */
};

struct element {
	char name[NAME];
	bool may_post, has_csrf, has_name;
	int blocks, line;
};

enum block_type { B_TEMPLATE, B_LAYOUT, B_IF, B_ELSE, B_FOR };
struct block {
	enum block_type type;
	struct spot at, end; /* where it began; where its arms ended */
	bool has_end;
	int line;
	int serial, arm; /* tells arms that exclude each other */
};

/* An id, a label's for, or a form control, in the template being read. */
struct note {
	char text[VALUE];
	bool is_literal;
	int line, blocks;
	struct {
		int serial, arm;
	} way[BLOCKS];
};
struct notes {
	struct note note[NOTES];
	int n;
};

struct within {
	char name[VALUE];
	const char *args; /* in the source */
	int n;
};

struct tmplc {
	const struct tmplc_job *job;
	const char *cur;
	int line;
	struct spot at;
	struct element open[DEPTH];
	int depth;
	struct block block[BLOCKS];
	int blocks, serial;
	char tag_id[VALUE]; /* of the tag being read */
	bool tag_id_is_literal;
	struct notes ids, labels, controls;
	struct within within;
	bool is_fresh; /* nothing but white space stands in the template so far */
	bool has_body, uses_messages;
	char name[VALUE]; /* of the template */
	const char *params;
	int n_params;
	struct buf lit, body;
	struct buf *c, *h, *err;
	jmp_buf stop;
};

/* tmplc.c */
_Noreturn void fail(struct tmplc *t, const char *fmt, ...) printf_like(2, 3);
_Noreturn void fail_at(struct tmplc *t, int line, const char *fmt, ...) printf_like(3, 4);
bool is_one_of(const char *s, const char *const *list);
bool is_space(char c);
bool is_word(char c);
void trim(const char **s, int *n);
/* name_set(t, to, s, n): Copy a name of at most VALUE - 1 bytes. */
void name_set(struct tmplc *t, char to[VALUE], const char *s, int n);

/* html.c: the tokenizer, over literal bytes. */
void eat(struct tmplc *t, const char *p);
void attr_name_end(struct tmplc *t);
const char *state_words(enum state s);
bool in_value(const struct tmplc *t);

/* url.c: what may stand in an address. */
enum url_start { URL_EMPTY, URL_SLASH, URL_PATH, URL_QUERY, URL_WEB, URL_WHOLE, URL_BAD };
enum url_start url_start(const struct spot *at);
void url_check(struct tmplc *t);

/* rule.c: rules about whole elements. */
void rule_attr(struct tmplc *t);
void rule_value(struct tmplc *t);
void rule_start(struct tmplc *t);
void rule_end(struct tmplc *t, const struct element *e);
void rule_text(struct tmplc *t);
void rule_template_end(struct tmplc *t);
bool is_inside(const struct tmplc *t, const char *name);
bool is_void(const char *name);
/* is_plain: only text without markup can stand here. is_phrase: no paragraphs can. */
bool is_plain(const struct tmplc *t);
bool is_phrase(const struct tmplc *t);

/* expr.c: C expressions, looked at from outside.
 * expr_check: refuse what is not one value. expr_word: length of the first word; brackets and
 * strings may hold spaces. */
void expr_check(struct tmplc *t, const char *s, int n);
int expr_word(const char *s, int n);
bool expr_is_bracketed(const char *s, int n);

/* hole.c */
void hole(struct tmplc *t, const char *s, int n);
void message(struct tmplc *t, const char *s, int n);

/* keys.c */
struct arg {
	const char *name, *expr;
	int n_name, n_expr;
};
void keys_check(struct tmplc *t, const char *key, int n, const struct arg *arg, int n_arg);

/* block.c */
void block_push(struct tmplc *t, enum block_type type);
void block_arm_end(struct tmplc *t, struct block *b);
void block_else(struct tmplc *t, const char *s, int n);
void block_end(struct tmplc *t);
void template_begin(struct tmplc *t, enum block_type type, const char *s, int n);
void template_within(struct tmplc *t, const char *s, int n);
void template_body(struct tmplc *t);

/* directive.c */
void directive(struct tmplc *t, const char *s, int n);

/* out.c */
void out_lit(struct tmplc *t, char c);
void out_flush(struct tmplc *t);
void out_line(struct tmplc *t);
