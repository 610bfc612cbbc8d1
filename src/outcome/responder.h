/* I am the room of those who must answer: what waits for them and until when, and the way to hand
 * an ask on to the office that can answer it. */
#pragma once
#include "account/fault.h"
#include "account/route.h"
#include "outcome/ask_list.h"
#include "outcome/rate.h"

enum { RESPONDER_PAGE = 20, RESPONDER_ORGS_MAX = 500 };
enum responder_tab { TAB_WAITING, TAB_ANSWERED, TAB_HANDED, RESPONDER_TABS };

struct responder_ask {
	struct ask a;
	struct str slug; /* of its space */
	struct ask_weight weight;
	struct str agree;   /* as in ask_card */
	struct str handed;  /* to whom it went on; absent: it did not */
	int64_t handed_at;  /* the day */
	int64_t late, left; /* whole days past the day, and to it */
};

struct responder_view {
	struct frame frame;
	const struct form_result *form;
	struct rate rate;
	int64_t waiting, review, n[RESPONDER_TABS];
	enum responder_tab tab;
	int64_t page, pages;
	const struct responder_ask *ask;
	size_t n_ask;
	struct str slug; /* of the one organisation they answer for; absent: several, or none */
	/* To hand one on: */
	struct responder_ask one;
	const struct ask_org *org;
	size_t n_org;
	int64_t chosen;
};

/* responder_here(v, ret): The public ask at :ask, for an account that answers for whom it is
 * asked of. ERR_MISSING, ERR_DENIED. */
int responder_here(struct visit *v, struct responder_ask *ret) must_use;

/* Where an ask has been handed on, oldest first. */
struct ask_handed {
	struct str from, to; /* names */
	int64_t at;
};
int ask_handed_load(
	struct visit *v, int64_t ask, const struct ask_handed **ret, size_t *ret_n) must_use;

/* For the template: how urgent a card looks. */
const char *responder_class(const struct responder_ask *a);
const char *responder_tab_value(enum responder_tab tab);

extern const struct fault_label hand_labels[];
extern const struct route responder_routes[];
