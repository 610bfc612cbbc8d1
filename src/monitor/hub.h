/* I put on one page what the house holds about a country, or about the countries of a region; and
 * say what is new there as a feed. */
#pragma once
#include "monitor/picture.h"
#include "monitor/value.h"

enum { HUB_NEWS = 5, HUB_ACTS = 6, HUB_FEED = 20 };

struct hub_link {
	struct str to, title, lang; /* to: slug or uid */
	struct said kind;
	int64_t due, late, at;
	bool is_open, is_sample;
};
struct hub_act {
	struct said name;
	int64_t n;
};
struct hub_country {
	struct str code, name;
	int64_t incidents, recs, due, late; /* incidents of this year */
};
struct hub_view {
	struct frame frame;
	struct str code, name;
	int64_t year;
	struct str year_text;
	struct hub_country sum;
	struct hub_act act[HUB_ACTS];
	size_t n_act;
	int64_t most;
	struct hub_link *space, *office, *focal, *news;
	size_t n_space, n_office, n_focal, n_news;
	struct hub_link *rating; /* kind: its level; due: how many assessors; at: since */
	size_t n_rating;
	struct warn_shown warn[WARN_SHOWN];
	size_t n_warn;
	struct value_latest *value;
	size_t n_value;
	int64_t assessed;
	struct hub_country *country; /* of a region */
	size_t n_country;
	bool is_region, has_mail, is_sample;
};

struct hubs_group {
	struct str code, name;
	struct hub_country *country;
	size_t n;
};
struct hubs_view {
	struct frame frame;
	struct hubs_group *group;
	size_t n;
};

/* hub_here(v, p): Which country or region the address is of. ERR_MISSING. */
int hub_here(struct visit *v, struct hub_view *p) must_use;
/* hub_news_load(v, p, most): Public incidents, the newest first, into p->news. */
int hub_news_load(struct visit *v, struct hub_view *p, size_t most) must_use;
/* hub_answers(v, form, body, a, ret): Of a record, with what its parts are called. */
int hub_answers(struct visit *v, int64_t form, struct str body, struct answers *a,
	const struct labels **ret) must_use;
/* hub_tag(code, otherwise): A language as lang= says it. */
struct str hub_tag(struct str code, const struct lang *otherwise);

/* For the template. */
void hub_bar(struct html *w, int64_t n, int64_t most);
