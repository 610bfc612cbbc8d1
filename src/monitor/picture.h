/*
 * I show the register of incidents to everybody: where, when, what and to whom, for what the
 * address asks, as a map, lines and tables; and hand out the same figures as files.
 */
#pragma once
#include "monitor/value.h"
#include "monitor/warn.h"
#include "record/fill.h"
#include "record/find.h"
#include "render/map.h"
#include "render/trend.h"

enum {
	PICTURE_LATEST = 10, /* incidents on the page */
	PICTURE_PAGES = 20,  /* of the list, in which those of a region are looked for */
	PICTURE_TRENDS = 4,  /* acts with a line of their own */
	PICTURE_MONTHS = 12,
	PICTURE_YEARS = 30,
};

/* What the address asks: ?f-country=KE&f-act=killing&f-role=journalist&year=2026 */
struct picture_ask {
	struct str act, grp, country; /* "" for all; what is none of ours is passed by */
	struct str region;            /* M49; "" for the world, and where a country is asked for */
	struct str where;             /* for statements: "", a country, or "|KE|UG|" of a region */
	int64_t year;                 /* 0: the last twelve months */
	int64_t since, before;        /* begins of months */
	int64_t end;                  /* at most the month after this one */
	struct str query; /* the same as text, for addresses: "f-act=killing&year=2026" */
	bool is_narrow;
};

/* picture_ask_read(v, form, ret): Of the visit's address; ${form} is incident_public. */
int picture_ask_read(
	struct visit *v, const struct shelf_form *form, struct picture_ask *ret) must_use;

struct picture_option {
	struct str value, name;
	bool is_on;
};
struct picture_options {
	struct picture_option *at;
	size_t n;
};

struct picture_row {
	struct str code, name;
	int64_t n, countries, share;
};
struct picture_line {
	struct str act;
	struct said name;
	int64_t n[PICTURE_MONTHS], sum;
	struct trend trend;
};
struct picture_incident {
	struct str uid, title, title_lang, code; /* code: of the country */
	struct said country, act;
	struct str month;
	bool is_sample;
};
struct picture_view {
	struct frame frame;
	struct picture_ask ask;
	const struct labels *labels;
	struct picture_options country, region, act, grp, year;
	int64_t total, before; /* and in the twelve months before; -1: nothing to compare with */
	const struct map *map;
	struct map_picture map_picture;
	struct picture_row *by_country, *by_region;
	size_t n_country, n_region;
	struct picture_line all, line[PICTURE_TRENDS];
	size_t n_line, n_month;
	int64_t month[PICTURE_MONTHS];
	struct picture_incident latest[PICTURE_LATEST];
	size_t n_latest;
	struct warn_shown warn[WARN_SHOWN];
	size_t n_warn;
	struct value_latest *value; /* of the country that is asked for */
	size_t n_value;
	struct url list, countries_file, months_file;
	struct str period;
	bool may_check; /* looks at what comes in */
	bool is_sample;
};

/* picture_load(v, p): Figures for p->ask. */
int picture_load(struct visit *v, struct picture_view *p) must_use;
/* picture_change(p): In whole per cents of the time before; p->before is not 0. */
int64_t picture_change(const struct picture_view *p);
/* picture_say(v, msg, arg, n): A message as plain text. */
struct str picture_say(const struct visit *v, int msg, const struct msg_arg *arg, size_t n);

/* For the template. */
void picture_bar(struct html *w, const struct picture_row *row, int64_t total);
