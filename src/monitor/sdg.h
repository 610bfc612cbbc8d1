/*
 * I know people and acts for indicator 16.10.1 of the Sustainable Development Goals: verified cases
 * of killing, enforced disappearance, torture, arbitrary detention, kidnapping and other harmful
 * acts against journalists, trade unionists and human rights defenders, by the rules in
 * docs/data.md.
 *
 * Whole numbers of a country, its region and the world are exact, and so are those by group, which
 * each public incident names. What is broken down by gender, age or who is said to be responsible
 * goes through base/hide.h; page and file take the same numbers from here.
 */
#pragma once
#include "account/parcel.h"
#include "base/hide.h"
#include "record/fill.h"

enum { SDG_ACTS = 7, SDG_YEARS = 5, SDG_COUNTRIES = 260 };
enum sdg_by { SDG_BY_SEX, SDG_BY_AGE, SDG_BY_ACTOR, SDG_BY_GROUP, SDG_BYS };

/* sdg_acts: Names of the acts that count, in the order of the indicator. */
extern const char *const sdg_acts[SDG_ACTS];

struct sdg_units;

/* sdg_units_load(db, mem, first, last, ret): Of these years, in ${mem}. */
int sdg_units_load(struct db *db, struct arena *mem, int64_t first, int64_t last,
	struct sdg_units **ret) must_use;

/* A place is "" for the world, the M49 code of a region, or a country's alpha-2 code. */

/* sdg_count(u, place, year, act): All people; exact. */
int64_t sdg_count(const struct sdg_units *u, struct str place, int64_t year, int act);

struct sdg_cell {
	int64_t n;
	enum hide_how how;
};
/* sdg_columns(by, ret): Names of what it is broken down by; "" is what was not said. Static. */
size_t sdg_columns(enum sdg_by by, const char *const **ret);

/* The numbers of one act in one year, broken down. */
struct sdg_break {
	enum sdg_by by;
	size_t n_column;
	struct str country[SDG_COUNTRIES]; /* with any; a row each */
	struct hide_table t;
};
/* sdg_break(mem, u, year, act, by, ret): ERR_NOMEM. */
int sdg_break(struct arena *mem, const struct sdg_units *u, int64_t year, int act, enum sdg_by by,
	struct sdg_break *ret) must_use;
/* sdg_break_at(b, place, column): What is shown for a place. */
struct sdg_cell sdg_break_at(const struct sdg_break *b, struct str place, size_t column);

/* sdg_places(u, mem, ret, ret_n): The world, regions and countries that have any. */
int sdg_places(
	const struct sdg_units *u, struct arena *mem, struct str **ret, size_t *ret_n) must_use;

/* ---- the page ---- */

struct sdg_option {
	struct str value, name;
	bool is_on;
};
struct sdg_table {
	int title;
	struct said column[HIDE_COLUMNS];
	size_t n_column;
	struct sdg_cell cell[SDG_ACTS][HIDE_COLUMNS];
};
struct sdg_view {
	struct frame frame;
	struct str place, place_name, year_text;
	int64_t year, years[SDG_YEARS];
	struct sdg_option *place_option;
	size_t n_place;
	struct said act[SDG_ACTS];
	int64_t n[SDG_ACTS][SDG_YEARS];
	struct sdg_table table[SDG_BYS];
	struct str query;
	bool has_hidden, is_sample;
};

extern const struct parcel sdg_parcel;
