/* I am the queue of those who moderate: what waits, what readers flagged, what was sent back,
 * and what was decided; and I take their decisions, one at a time (several: moderate_many.h). */
#pragma once
#include "account/fault.h"
#include "account/route.h"
#include "participate/decide.h"
#include "participate/flag.h"
#include "participate/moderate_twin.h"

enum queue_tab { QUEUE_WAITING, QUEUE_FLAGGED, QUEUE_BACK, QUEUE_WORDS, QUEUE_DECIDED, QUEUE_TABS };

/* How long ago, or how long, in words: an enum msg and its {count}. */
struct age {
	int msg;
	int64_t n;
};
struct age age_of(int64_t now, int64_t at);  /* "2 days ago" */
struct age span_of(int64_t now, int64_t at); /* "2 days" */

struct queue_flag {
	int reason; /* enum flag_reason */
	int64_t n;
};

/* The newest decision on an item; verdict VERDICT_NONE: none yet. */
struct queue_last {
	enum verdict verdict;
	int reason;
	int64_t at;
	struct str word;
};

/* One thing to decide on, or in QUEUE_WORDS one translation to read. */
struct queue_card {
	struct item item;
	struct decide_item state;
	struct safe_html html;
	struct str country; /* its name, or absent */
	int64_t question;   /* number of the question it belongs to, 0: none */
	int64_t answers;    /* of a reply: number of the contribution */
	struct age age;
	const struct queue_flag *flag;
	size_t n_flag;
	struct queue_last last;
	struct twin twin;
	size_t slot;      /* its place on the page */
	bool is_original; /* shown as the author wrote it */
	bool is_trusted;  /* its author */
	bool is_faulty;   /* the form with the faults is this one's */
	/* Of a translation: */
	struct str lang, title;
	int at; /* the same language: index in translate_codes */
	struct safe_html words;
	int64_t version;
	bool is_own; /* the visitor translated it */
};

struct queue_question {
	int64_t number;
	struct str title;
};

struct queue_view {
	struct frame frame;
	struct space s;
	const struct form_result *form;
	const struct fault_label *label;
	int64_t now;
	enum queue_tab tab;
	int64_t n[QUEUE_TABS]; /* how many in each; QUEUE_DECIDED is not counted */
	struct age oldest;     /* of those that wait */
	int64_t kind;          /* chosen: enum item_kind, 0: all */
	const struct lang *lang;
	bool newest_first, has_next;
	int64_t page;
	const struct queue_card *card;
	size_t n_card;
	const struct queue_question *question;
	size_t n_question;
	struct queue_card done; /* done.item.id 0: nothing was decided just now */
	bool is_late;           /* ${done} tells what somebody else did first */
	/* Of a decision on several: */
	bool is_all;  /* every tick is set */
	bool is_many; /* the faults are in its form */
	bool is_told; /* it was taken just now: on so many things, not on others */
	int64_t did, did_not;
	const struct queue_card *late; /* some of those */
	size_t n_late;
	int64_t n_kind[ITEM_STATEMENT +
		1]; /* how many of each kind in the tab; not in QUEUE_DECIDED */
};

/* queue_begin(v, p): Tab, filters and page as the address says, for who may moderate here.
 * queue_end(v, p, status): The page. */
int queue_begin(struct visit *v, struct queue_view *p) must_use;
int queue_end(struct visit *v, struct queue_view *p, int status) must_use;

/* queue_path(mem, p, below, tab, page): Of this queue as it is filtered, or of what stands
 * ${below} it ("", "/many"). queue_local(address): Such an address. */
struct str queue_path(struct arena *mem, const struct queue_view *p, const char *below,
	enum queue_tab tab, int64_t page);
struct url queue_local(struct str address);

/* queue_url(w, p, tab, page): This queue as it is filtered, at that tab and page. */
struct url queue_url(struct html *w, const struct queue_view *p, enum queue_tab tab, int64_t page);
/* queue_original(w, p, id): The same page with one text as its author wrote it; id 0: none. */
struct url queue_original(struct html *w, const struct queue_view *p, int64_t id);
/* queue_tab_name(tab): As in addresses. */
const char *queue_tab_name(enum queue_tab tab);
/* queue_typed(p, c, field): What was typed into the form of ${c}. */
struct str queue_typed(const struct queue_view *p, const struct queue_card *c, const char *field);

/* queue_is_bad(p, c, field): The fault of that field is in the form of ${c}. */
bool queue_is_bad(const struct queue_view *p, const struct queue_card *c, const char *field);

/* queue_load(v, p): Everything of the page but what a form adds. p->s, tab and filters stand. */
int queue_load(struct visit *v, struct queue_view *p) must_use;
/* queue_card_load(v, p, id, ret): One card. */
int queue_card_load(
	struct visit *v, const struct queue_view *p, int64_t id, struct queue_card *ret) must_use;

extern const struct route moderate_routes[];
