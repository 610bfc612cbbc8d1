/* I list the asks of a space: each with its evidence, the answer and the result. */
#pragma once
#include "account/route.h"
#include "outcome/ask.h"
#include "outcome/coverage.h"
#include "outcome/rate.h"
#include "participate/figures.h"

struct embed_code;

enum { ASK_PAGE = 10 };

/* One ask in the list. */
struct ask_card {
	struct ask a;
	struct ask_weight weight;
	struct str agree;  /* "91%" of the votes on the statement it rests on; absent: none */
	bool do_all_agree; /* more than half in every opinion group */
	struct str answer, answer_lang,
		answer_by; /* of the newest; answer_by absent: there is none */
	int64_t answer_at;
};

struct ask_section {
	int64_t number;
	struct str title, lang;
};
struct ask_org {
	int64_t id;
	struct str slug, name;
};

struct ask_list_view {
	struct frame frame;
	struct space s;
	struct rate rate;
	struct coverage coverage;
	int64_t shown, page, pages, now;
	int64_t section;      /* asked for; negative: any */
	int stand_asked;      /* negative: any */
	struct str org_asked; /* slug; empty: any */
	const struct ask_section *sections;
	size_t n_section;
	const struct ask_org *org;
	size_t n_org;
	const struct ask_card *card;
	size_t n_card;
	bool is_filtered;
	const struct embed_code *embed;
};

/* ask_card_load(v, f, id, ret): One ask with all of that, weighed in short; without the votes when
 * ${f} is NULL. */
int ask_card_load(
	struct visit *v, const struct figures *f, int64_t id, struct ask_card *ret) must_use;

/* ask_votes(v, f, ask, ret): The published statement with the most votes that ${ask} rests on,
 * by the figures ${f} (may be NULL); NULL when there is none to show. */
int ask_votes(struct visit *v, const struct figures *f, int64_t ask,
	const struct statement **ret) must_use;

/* For the templates: a bar of how asks stand, with its words; how such a state is named in an
 * address. */
void ask_bar(struct html *w, const int64_t n[STANDS]);
const char *ask_stand_value(enum ask_stand stand);

extern const struct route ask_list_routes[];
