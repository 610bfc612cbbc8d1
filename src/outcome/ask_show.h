/* I show one ask: its evidence with what speaks against it, the votes, the answers, and whether
 * those who are cited find themselves in it. */
#pragma once
#include "account/route.h"
#include "outcome/ask_list.h"
#include "outcome/ask_past.h"
#include "outcome/doc_adopt.h"
#include "outcome/responder.h"
#include "participate/post.h"

struct embed_code;

enum { ASK_SHOWN = 3, ASK_EVIDENCE_PAGE = 10, ASK_REPLIES = 10, ASK_SOURCES = 2000 };
enum ask_side { SIDE_FOR, SIDE_AGAINST, SIDE_IF, SIDES };

/* A contribution or reply that is evidence. */
struct evidence {
	struct post post;
	struct str words; /* the quote, or how it begins */
	bool is_quote;
	int64_t gone_at; /* 0: its words are there */
};

/* Where a contribution or reply stands. */
struct ask_source {
	int64_t item;
	struct str address; /* "C-12" */
};

struct ask_answer {
	int64_t id, at, review_at, corrects; /* corrects: number of the answer below, 0: none */
	enum ask_state state;
	struct str body, lang, by, unit;
	const struct ask_proof *proof;
	size_t n_proof;
};
struct ask_proof {
	struct str url, title;
	struct url web; /* ${url}, where it may be a link */
	bool is_web;
	int64_t item;    /* 0: only the address */
	int64_t gone_at; /* it was deleted with its space; 0: it was not */
};

struct ask_vote {
	const struct statement *s;
	struct str words, lang;
	enum bearing bearing;
};

struct ask_reply_line {
	struct str body, alias;
	int64_t number, at;
	bool is_reflected;
};

struct ask_show_view {
	struct frame frame;
	struct space s;
	struct ask a;
	struct ask_weight weight;
	struct str people, countries, languages; /* as a reader may see them */
	const struct evidence *side[SIDES];
	size_t n_side[SIDES];
	const struct ask_answer *answer;
	size_t n_answer;
	const struct ask_handed *handed;
	size_t n_handed;
	const struct figures *f;
	const struct ask_vote *vote;
	size_t n_vote;
	int64_t reflects, does_not, quiet; /* people who are cited */
	bool is_tally_shown;
	const struct ask_reply_line *reply;
	size_t n_reply;
	struct str org_country, org_country_name; /* of who is asked; empty: of no one country */
	const struct theme *theme;
	size_t n_theme;
	const struct str *target;
	size_t n_target;
	struct str method, method_lang, before, after; /* before, after: addresses of asks */
	const struct ask_clause *clause;               /* that it comes from */
	size_t n_clause;
	struct ask_past_list past;
	const struct embed_code *embed;
	int64_t now;
	struct str reason; /* of one that was taken back … */
	int64_t gone_at;   /* … and when */
	/* The page of all evidence on one side: */
	enum ask_side only;
	int64_t page, pages;
	const struct ask_source *source; /* all of that side, where it has more than one page */
	size_t n_source;
};

/* ask_answers_load(v, ask, ret, ret_n): Its public answers, newest first. */
int ask_answers_load(
	struct visit *v, int64_t ask, const struct ask_answer **ret, size_t *ret_n) must_use;

extern const struct route ask_show_routes[];

/* For the templates. */
int64_t ask_side_count(const struct ask_weight *n, enum ask_side side);
int ask_side_msg(enum ask_side side); /* "In favour": an enum msg */
enum bearing ask_side_bearing(enum ask_side side);
const char *ask_side_value(enum ask_side side); /* in addresses */
void ask_weight_bar(struct html *w, const struct ask_weight *n);
void ask_reply_bar(struct html *w, const struct ask_show_view *p);
