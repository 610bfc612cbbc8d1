/* I know one thing that was said: question, contribution, reply, statement, ask or answer, its
 * words in several languages, and what has become of it. */
#pragma once
#include "participate/seat.h"
#include "participate/space.h"

enum item_kind {
	ITEM_QUESTION = 1,
	ITEM_CONTRIBUTION,
	ITEM_REPLY,
	ITEM_STATEMENT,
	ITEM_ASK,    /* outcome/ask.h */
	ITEM_ANSWER, /* outcome/answer.h */
	ITEM_CLAUSE  /* outcome/doc.h */
};
enum item_status {
	ITEM_WAITING,
	ITEM_PUBLISHED,
	ITEM_SENT_BACK,
	ITEM_HIDDEN,
	ITEM_MERGED,
	ITEM_WITHDRAWN,
	ITEM_GONE /* deleted with its space: it has neither words nor author */
};
enum text_origin { TEXT_AUTHOR, TEXT_HUMAN, TEXT_MACHINE, TEXT_EASY };

/* Limits of the words, in characters. */
enum { STATEMENT_MAX = 280, CONTRIBUTION_MAX = 5000, TITLE_MAX = 200, ITEM_PAGE = 20 };

/* An item as one reader sees it. */
struct item {
	int64_t id, space, parent, number, seat, account, theme; /* 0: none */
	enum item_kind kind;
	enum item_status status;
	struct str uid;
	struct str lang;         /* of the original */
	struct str title, body;  /* in the reader's language, else the original */
	struct str text_lang;    /* in which those are */
	enum text_origin origin; /* of those */
	bool is_old;             /* a translation: the author has changed the original since */
	bool is_seed;
	int64_t useful, merged_into;
	int64_t created_at, published_at; /* published_at 0: never */
	/* Of the writer: */
	int64_t seat_number;       /* 0: an organiser wrote it */
	struct str alias, country; /* '' unnamed, not said */
};

/* item_load(v, id, ret): The item in the visitor's language (v->lang), whatever its status;
 * who may see it is for the caller. ${wants_original}: the author's own words. ERR_MISSING. */
int item_load(struct visit *v, int64_t id, bool wants_original, struct item *ret) must_use;

/* What it takes to write one. */
struct item_new {
	int64_t space, parent, seat, account, theme; /* 0: none */
	enum item_kind kind;
	enum item_status status;
	bool is_seed, is_meta;
	struct str lang, title, body, once; /* once absent: no guard */
};

/* item_add(v, new, ret_id): Write it, with its number and its place in the search. In a POST's
 * act. A form that was sent before (same ${once}) gives ${ret_id} of the first and 0; else 1. */
int item_add(struct visit *v, const struct item_new *new, int64_t *ret_id) must_use;

/* item_set_status(v, id, status): Published for the first time, it gets its date; whatever is
 * not published leaves the search. In a POST's act. */
int item_set_status(struct visit *v, int64_t id, enum item_status status) must_use;

/* item_set_text(v, id, lang, origin, title, body): New words in one language; the former ones
 * stay in item_past. ERR_DENIED: a translation in the language of the original, whose words are
 * the author's. In a POST's act. */
int item_set_text(struct visit *v, int64_t id, struct str lang, enum text_origin origin,
	struct str title, struct str body) must_use;

/* item_set_theme(v, id, theme): What it is about. In a POST's act. */
int item_set_theme(struct visit *v, int64_t id, int64_t theme) must_use;

/* item_first_status(s, seat): What a new item of ${seat} starts as, by the space's rule. */
enum item_status item_first_status(const struct space *s, const struct seat *seat);

/* item_address(kind, number): "C-12", "S-3", "Q-1", "R-7": how people name it. */
struct str item_address(struct arena *mem, enum item_kind kind, int64_t number);
