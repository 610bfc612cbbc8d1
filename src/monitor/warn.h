/*
 * I look, when an incident becomes public, whether somebody should be warned. The rules are data
 * (forms/alert.rules.csv), one a row:
 *
 *   any    one public incident with one of the acts raises an alert, at once
 *   more   of one country and act there are so many in the last days that their number, where the
 * past goes on as it was, has at most the given chance (poisson_tail); and at least so many at all
 *
 * An alert is a record of the form "alert", which only those see who check incidents. A person
 * confirms it, then it is public and those who follow the country are told by mail.
 */
#pragma once
#include "record/fill.h"

enum { WARN_RULES_MAX = 20, WARN_SHOWN_DAYS = 90, WARN_SHOWN = 5 };

enum warn_kind { WARN_ANY, WARN_MORE };
struct warn_rule {
	struct str name, acts; /* acts parted by blanks; "*": each */
	enum warn_kind kind;
	int64_t days, past_days, least;
	double chance;
};
/* warn_rules(text, ret, ret_n): Of a file like the shipped one; views into ${mem}. ERR_INPUT: the
 * note says "line 3: what". */
int warn_rules(struct arena *mem, struct str text, struct warn_rule ret[WARN_RULES_MAX],
	size_t *ret_n) must_use;

/* warn_is_more(rule, now, past, ret_chance): ${now} in rule->days are too many where ${past} were
 * in rule->past_days before. */
bool warn_is_more(const struct warn_rule *rule, int64_t now, int64_t past, double *ret_chance);

/* warn_watch(e): For shelf_watch, behind count_watch. */
int warn_watch(const struct record_event *e) must_use;

/* ---- showing them ---- */

struct warn_shown {
	struct str uid, title, lang, words, country;
	int64_t at;
	bool is_sample;
};
/* warn_load(v, country, ret, ret_n): The newest that are public; ${country} "" for all. */
int warn_load(struct visit *v, struct str country, struct warn_shown ret[WARN_SHOWN],
	size_t *ret_n) must_use;
