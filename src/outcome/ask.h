/* I know one ask: what people want of whom, on what evidence, and how it stands. */
#pragma once
#include "participate/item.h"

/* State of the newest answer. */
enum ask_state {
	ASK_OPEN,
	ASK_ACKNOWLEDGED,
	ASK_ACCEPTED,
	ASK_PARTLY,
	ASK_DECLINED,
	ASK_BEGUN,
	ASK_DONE,
	ASK_STATES
};

/* What readers are told of it. An acknowledgement is no answer. */
enum ask_stand { STAND_NONE, STAND_PLANNED, STAND_BEGUN, STAND_DONE, STAND_DECLINED, STANDS };

/* How evidence bears on an ask: values of edge.relation. */
enum bearing { BEARS_FOR = 2, BEARS_AGAINST = 3, BEARS_IF = 4 };

/* Fewer people than this are never counted out. */
enum { ASK_LEAST = 5, ASK_REVIEW_DAYS = 30 };

struct ask {
	int64_t id, space, section, number, version; /* section 0: of no question */
	struct str address;                          /* "2.6" */
	struct str title, body, lang;                /* lang: of the original */
	struct str text_lang;                        /* in which these are */
	enum text_origin origin;
	int64_t org; /* 0: nobody is asked yet */
	struct str org_slug, org_name, focal_point;
	enum ask_state state;
	int64_t asked_at, due_at, answered_at, review_at, reply_until; /* 0: none */
	int64_t changed_at;
	bool is_public;
};

/* ask_load(v, id, ret), ask_find(v, space, address, ret): The ask for this reader, public or
 * not: who may see it is for the caller. ${address}: "2.6". ERR_MISSING. */
int ask_load(struct visit *v, int64_t id, struct ask *ret) must_use;
int ask_find(struct visit *v, int64_t space, struct str address, struct ask *ret) must_use;

/* ask_here(v, s, ret): The public ask of a route "/c/:slug/asks/:n". ERR_MISSING. */
int ask_here(struct visit *v, struct space *s, struct ask *ret) must_use;

enum ask_stand ask_stand(enum ask_state state);
/* ask_states_of(stand): A set of 1 << enum ask_state. */
int64_t ask_states_of(enum ask_stand stand);
int ask_state_msg(enum ask_state state); /* an enum msg */
int ask_stand_msg(enum ask_stand stand);
/* ask_may_follow(from, to): An answer of state ${to} may come after one of state ${from}. */
bool ask_may_follow(enum ask_state from, enum ask_state to);

/* ask_late_days(a, now): Whole days past the due date without an answer; 0: not late. */
int64_t ask_late_days(const struct ask *a, int64_t now);

/* What an ask rests on, counted from the links. What was withdrawn or hidden still counts. */
struct ask_weight {
	int64_t in_favour, against, with_conditions; /* contributions and replies */
	int64_t contributions;                       /* all of these */
	int64_t people, countries, languages;
	int64_t statements;
};

/* ask_weigh(v, ask, ret): Count it. ask_weigh_short: without people, countries and languages. */
int ask_weigh_short(struct visit *v, int64_t ask, struct ask_weight *ret) must_use;
int ask_weigh(struct visit *v, int64_t ask, struct ask_weight *ret) must_use;

/* ask_count(v, n): A count of people as a reader may see it: "31", or "fewer than 5". */
struct str ask_count(struct arena *mem, const struct lang *l, int64_t n);
