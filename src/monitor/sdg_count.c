/* People and acts, added up, and what is held back of them. */
#include "i18n/region.h"
#include "monitor/sdg.h"
#include "monitor/sdg.sql.h"

const char *const sdg_acts[SDG_ACTS] = { "killing", "disappearance", "torture", "detention",
	"abduction", "attack", "threat" };

struct sdg_units {
	struct sdg_units_row *row;
	size_t n;
};

int sdg_units_load(
	struct db *db, struct arena *mem, int64_t first, int64_t last, struct sdg_units **ret)
{
	struct sdg_units *u = arena_take(mem, sizeof *u);
	int result = u ? sdg_units(db, mem, first, last, &u->row, &u->n) : ERR_NOMEM;
	if (result < 0)
		return result;
	*ret = u;
	return 0;
}

static bool is_in(struct str country, struct str place)
{
	return !place.n || str_eq(place, country) || str_eq(place, region_of(country));
}

int64_t sdg_count(const struct sdg_units *u, struct str place, int64_t year, int act)
{
	int64_t n = 0;
	for (size_t i = 0; i < u->n; i++)
		if (u->row[i].year == year && str_is(u->row[i].act, sdg_acts[act]) &&
			is_in(u->row[i].country, place))
			n += u->row[i].n;
	return n;
}

size_t sdg_columns(enum sdg_by by, const char *const **ret)
{
	static const char *const sex[] = { "f", "m", "x", "" };
	static const char *const age[] = { "child", "adult", "" };
	static const char *const actor[] = { "police", "army", "official", "armed", "company",
		"private", "several", "" };
	static const char *const grp[] = { "journalist", "unionist", "defender", "land",
		"several" };
	static const struct {
		const char *const *name;
		size_t n;
	} all[SDG_BYS] = { { sex, 4 }, { age, 3 }, { actor, 8 }, { grp, 5 } };
	*ret = all[by].name;
	return all[by].n;
}

/* "unsaid" and "unknown" are in the last column, as is what stands in none. */
static size_t column_of(const struct sdg_units_row *row, enum sdg_by by)
{
	const char *const *name;
	size_t n = sdg_columns(by, &name);
	struct str said = by == SDG_BY_SEX ? row->sex
		: by == SDG_BY_AGE         ? row->age
		: by == SDG_BY_ACTOR       ? row->actor
					   : row->grp;
	for (size_t i = 0; i < n; i++)
		if (str_is(said, name[i]))
			return i;
	return n - 1;
}

static size_t country_row(struct sdg_break *b, struct str country)
{
	for (size_t i = 0; i < b->t.rows; i++)
		if (str_eq(b->country[i], country))
			return i;
	if (b->t.rows == SDG_COUNTRIES)
		return SDG_COUNTRIES - 1;
	b->country[b->t.rows] = country;
	return b->t.rows++;
}

/* Regions by number; a country in none has one of its own behind them. */
static size_t region_number(struct str country)
{
	size_t n;
	const struct str *code = region_codes(&n);
	for (size_t i = 0; i < n; i++)
		if (str_eq(code[i], region_of(country)))
			return i;
	return n;
}

static int show_all(struct arena *mem, struct hide_table *t)
{
	size_t cells = t->rows * t->columns, sums = (t->regions + 1) * t->columns;
	t->row = arena_array(mem, cells + sums, sizeof *t->row);
	t->within_n = arena_array(mem, sums, sizeof *t->within_n);
	if (!t->row || !t->within_n)
		return ERR_NOMEM;
	t->within = t->row + cells;
	t->world = t->within + t->regions * t->columns;
	t->world_n = t->within_n + t->regions * t->columns;
	for (size_t i = 0; i < cells; i++) {
		t->within_n[t->region[i / t->columns] * t->columns + i % t->columns] += t->n[i];
		t->world_n[i % t->columns] += t->n[i];
	}
	return 0;
}

int sdg_break(struct arena *mem, const struct sdg_units *u, int64_t year, int act, enum sdg_by by,
	struct sdg_break *ret)
{
	const char *const *name;
	size_t n_region;
	struct sdg_break *b = ret;
	*b = (struct sdg_break){ .by = by, .n_column = sdg_columns(by, &name) };
	region_codes(&n_region);
	int64_t *n = arena_array(mem, SDG_COUNTRIES * b->n_column, sizeof *n);
	size_t *region = arena_array(mem, SDG_COUNTRIES, sizeof *region);
	if (!n || !region)
		return ERR_NOMEM;
	for (size_t i = 0; i < u->n; i++) {
		const struct sdg_units_row *row = &u->row[i];
		if (row->year != year || !str_is(row->act, sdg_acts[act]))
			continue;
		size_t at = country_row(b, row->country);
		region[at] = region_number(row->country);
		n[at * b->n_column + column_of(row, by)] += row->n;
	}
	b->t.columns = b->n_column;
	b->t.regions = n_region + 1;
	b->t.n = n;
	b->t.region = region;
	return by == SDG_BY_GROUP ? show_all(mem, &b->t) : hide_table(mem, &b->t);
}

struct sdg_cell sdg_break_at(const struct sdg_break *b, struct str place, size_t column)
{
	const struct hide_table *t = &b->t;
	size_t n;
	const struct str *code = region_codes(&n);
	if (!place.n)
		return (struct sdg_cell){ t->world_n[column], t->world[column] };
	for (size_t i = 0; i < n; i++)
		if (str_eq(place, code[i]))
			return (struct sdg_cell){ t->within_n[i * t->columns + column],
				t->within[i * t->columns + column] };
	for (size_t i = 0; i < t->rows; i++)
		if (str_eq(place, b->country[i]))
			return (struct sdg_cell){ t->n[i * t->columns + column],
				t->row[i * t->columns + column] };
	return (struct sdg_cell){ 0, HIDE_SHOWN };
}

int sdg_places(const struct sdg_units *u, struct arena *mem, struct str **ret, size_t *ret_n)
{
	size_t n, count = 0;
	const struct str *code = region_codes(&n);
	struct str *place = arena_array(mem, n + u->n + 1, sizeof *place);
	if (!place)
		return ERR_NOMEM;
	place[count++] = STR("");
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < u->n; k++)
			if (str_eq(region_of(u->row[k].country), code[i])) {
				place[count++] = code[i];
				break;
			}
	for (size_t k = 0, first = count; k < u->n; k++) {
		bool is_new = true;
		for (size_t i = first; i < count; i++)
			is_new &= !str_eq(place[i], u->row[k].country);
		if (is_new)
			place[count++] = u->row[k].country;
	}
	*ret = place;
	*ret_n = count;
	return 0;
}
