/*
 * I give the closing summary away: all asks of a space on one page that prints, and as files with
 * a guide to their fields.
 *
 * An ask has the same number and address on the page and in every file, and the same figures; what
 * is fewer than five on the page is "<5" in a file.
 */
#pragma once
#include "account/route.h"
#include "outcome/ask_show.h"
#include "outcome/coverage.h"
#include "participate/data.h"

enum { SUMMARY_ASKS = 1000 };

/* One thing an ask rests on. */
struct ask_data_evidence {
	struct str item; /* "C-12" */
	int64_t id;
	enum bearing bearing;
	struct str quote; /* empty: none, or gone */
	bool is_gone;
};

/* An ask with all that stands on its page. */
struct ask_data {
	struct ask_card card;
	struct str url; /* with the house's name, where it is known */
	struct str people, countries, languages;
	const struct ask_answer *answer; /* the newest first */
	size_t n_answer;
	const struct ask_data_evidence *evidence;
	size_t n_evidence;
};

struct summary_view {
	struct frame frame;
	struct space s;
	struct rate rate;
	struct coverage coverage;
	const struct ask_data *ask;
	size_t n_ask;
	int64_t now;
};

/* ask_data_load(v, s, ret, ret_n): The public asks of a space, at most SUMMARY_ASKS. */
int ask_data_load(struct visit *v, const struct space *s, const struct ask_data **ret,
	size_t *ret_n) must_use;

/* summary_load(v, ret): All that the page of a route "/c/:slug/…" shows, but for its frame. */
int summary_load(struct visit *v, struct summary_view *ret) must_use;

/* ask_data_each(v, s, work, to): One after the other, however many there are, each in an arena of
 * its own that is v->mem while ${work} runs; until that fails. */
int ask_data_each(struct visit *v, const struct space *s,
	int (*work)(struct visit *v, const struct ask_data *one, void *to), void *to) must_use;

/* summary_file(v): The check that sends a file; ask_data_json(v, o, s): summary.json of a struct
 * space. */
int summary_file(struct visit *v) must_use;
int ask_data_json(struct visit *v, struct parcel_out *o, const void *s) must_use;

/* For the files: how a state and a bearing are called there. */
const char *ask_data_state(enum ask_state state);
const char *ask_data_bearing(enum bearing bearing);

extern const struct route ask_data_routes[];
