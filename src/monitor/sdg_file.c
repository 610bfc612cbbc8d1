/* The same numbers as the page's, of all places and years, with the columns of SDMX. */
#include "account/parcel.h"
#include "monitor/count.h"
#include "monitor/sdg.h"

enum { YEAR_BYTES = 64 << 20 };

struct writing_file {
	struct parcel_out *o;
	int64_t year;
	int act;
};

static const char head[] =
	"FREQ,INDICATOR,GEO,SEX,AGE,URBANIZATION,INCOME,EDUCATION,OCCUPATION,COMPOSITE_BREAKDOWN,"
	"DISABILITY,TIME_PERIOD,OBS_VALUE,UNIT_MEASURE,REPORTING_TYPE,NATURE,DATA_SOURCE,OBS_STATUS,"
	"OBS_COMMENT\r\n";

/* Codes of SDMX: F, M, _O (another), _U (not known). */
static const char *sex_code(const char *name)
{
	return *name == 'f' ? "F" : *name == 'm' ? "M" : *name == 'x' ? "_O" : "_U";
}

static const char *age_code(const char *name)
{
	return *name == 'c' ? "Y0T17" : *name == 'a' ? "Y_GE18" : "_U";
}

/* "F" and so on; of what is not broken down: "_T". */
static int put(const struct writing_file *w, struct str place, enum sdg_by by, const char *name,
	struct sdg_cell cell)
{
	struct buf *b = &w->o->b;
	bool is_sex = by == SDG_BY_SEX, is_age = by == SDG_BY_AGE;
	buf_f(b, "A,16.10.1,%.*s,%s,%s,,,,,act=%s", STR_ARG(place.n ? place : STR("001")),
		is_sex ? sex_code(name) : "_T", is_age ? age_code(name) : "_T", sdg_acts[w->act]);
	if (by == SDG_BY_ACTOR || by == SDG_BY_GROUP)
		buf_f(b, ";%s=%s", by == SDG_BY_ACTOR ? "responsible" : "group",
			*name ? name : "unknown");
	buf_f(b, ",,%lld,", (long long)w->year);
	if (cell.how == HIDE_SHOWN)
		buf_i64(b, cell.n);
	buf_c(b, ",NUMBER,,,,");
	buf_c(b,
		cell.how == HIDE_SHOWN         ? "A,"
			: cell.how == HIDE_FEW ? "Q,fewer than 5"
					       : "Q,held back");
	buf_c(b, "\r\n");
	return parcel_row(w->o);
}

static int put_act(const struct writing_file *w, struct arena *mem, const struct sdg_units *u,
	const struct str *place, size_t n_place)
{
	struct sdg_break *b = arena_take(mem, sizeof *b);
	int result = b ? 0 : ERR_NOMEM;
	for (size_t i = 0; i < n_place && result == 0; i++)
		result = put(w, place[i], SDG_BYS, "",
			(struct sdg_cell){ sdg_count(u, place[i], w->year, w->act), HIDE_SHOWN });
	for (int by = 0; by < SDG_BYS && result == 0; by++) {
		const char *const *name;
		size_t n = sdg_columns((enum sdg_by)by, &name);
		result = sdg_break(mem, u, w->year, w->act, (enum sdg_by)by, b);
		for (size_t i = 0; i < n_place * n && result == 0; i++)
			result = put(w, place[i / n], (enum sdg_by)by, name[i % n],
				sdg_break_at(b, place[i / n], i % n));
	}
	return result;
}

static int put_year(struct visit *v, struct parcel_out *o, int64_t year)
{
	auto_arena mem;
	struct sdg_units *u = NULL;
	struct str *place;
	size_t n_place = 0;
	arena_init(&mem, YEAR_BYTES);
	int result = sdg_units_load(v->db, &mem, year, year, &u);
	if (result == 0)
		result = sdg_places(u, &mem, &place, &n_place);
	for (int act = 0; act < SDG_ACTS && result == 0; act++)
		result = put_act(&(struct writing_file){ o, year, act }, &mem, u, place, n_place);
	return result;
}

static int make(struct visit *v, struct parcel_out *o, const void *of)
{
	int64_t now = count_year(v->now);
	(void)of;
	buf_c(&o->b, head);
	int result = parcel_row(o);
	for (int64_t year = now - SDG_YEARS + 1; year <= now && result == 0; year++)
		result = put_year(v, o, year);
	return result;
}

const struct parcel sdg_parcel = {
	.type = "text/csv; charset=utf-8", .name = "sdg-16-10-1.csv", .make = make
};
