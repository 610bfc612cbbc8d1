/* Checks 1, 3 and 4: is it there, does it hold what English holds, in how many forms. */
#include "tool/poc/poc.h"

/* Which of the six have it at all; the place named is the file where it should stand. */
static bool is_there(struct report *r, const struct row *row)
{
	const struct catalogue *any = NULL;
	const struct entry *e = NULL;
	bool is_whole = true;
	for (int l = 0; l < LANG_COUNT && !any; l++) {
		any = row->in[l];
		e = row->entry[l];
	}
	for (int l = 0; l < LANG_COUNT; l++)
		if (!row->entry[l]) {
			report_add(r, ERROR, place_of(any, e), "1: missing in %.*s.%s.po",
				STR_ARG(any->room), tongues[l].code);
			is_whole = false;
		}
	for (int l = 0; l < LANG_COUNT; l++)
		if (row->entry[l] && !str_eq(row->in[l]->room, any->room)) {
			report_add(r, ERROR, place_of(row->in[l], row->entry[l]),
				"1: belongs to the room of %s", any->file);
			is_whole = false;
		}
	return is_whole;
}

static bool key_is_good(struct str key)
{
	size_t dots = 0;
	for (size_t i = 0; i < key.n; i++) {
		char c = key.p[i];
		bool is_edge = i == 0 || i + 1 == key.n || key.p[i - 1] == '.';
		dots += c == '.';
		if (c == '.' ? is_edge
			     : !((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'))
			return false;
	}
	return dots > 0;
}

static bool forms_fit(struct report *r, const struct row *row, int l)
{
	const struct entry *e = row->entry[l];
	size_t want = e->is_plural ? tongues[l].n : 1;
	struct place at = place_of(row->in[l], e);
	bool fits = e->n_text == want && e->is_plural == row->entry[LANG_EN]->is_plural;
	if (e->is_plural != row->entry[LANG_EN]->is_plural)
		report_add(r, ERROR, at, "4: a plural here or in English, not both");
	else if (!fits)
		report_add(
			r, ERROR, at, "4: %zu forms, %s has %zu", e->n_text, tongues[l].code, want);
	for (size_t i = 0; i < e->n_text; i++)
		if (e->text[i].n == 0) {
			report_add(r, ERROR, at, "1: empty msgstr");
			fits = false;
		}
	return fits;
}

/* Arabic says "one" and "two" without a number; so may zero. */
static bool may_omit_count(int lang, enum plural form)
{
	return lang == LANG_AR && form <= PLURAL_TWO;
}

static void holes_match(struct report *r, const struct row *row, int l, size_t i)
{
	const struct entry *e = row->entry[l], *en = row->entry[LANG_EN];
	struct place at = place_of(row->in[l], e);
	struct holes want, got;
	const char *wrong = holes_scan(e->text[i], &got);
	if (wrong) {
		report_add(r, ERROR, at, "3: %s", wrong);
		return;
	}
	if (holes_scan(en->text[en->n_text - 1], &want))
		return; /* said for English */
	for (size_t k = 0; k < got.n; k++)
		if (!holes_have(&want, got.name[k]))
			report_add(
				r, ERROR, at, "3: {%.*s} is not in English", STR_ARG(got.name[k]));
	for (size_t k = 0; k < want.n; k++) {
		bool may_omit = str_is(want.name[k], "count") && e->is_plural &&
			may_omit_count(l, tongues[l].form[i]);
		if (!holes_have(&got, want.name[k]) && !may_omit)
			report_add(r, ERROR, at, "3: {%.*s} is lost", STR_ARG(want.name[k]));
	}
	if (got.links != want.links)
		report_add(r, ERROR, at, "3: {link} pairs: %zu, English has %zu", got.links,
			want.links);
	if (e->is_plural && !holes_have(&want, STR("count")))
		report_add(r, ERROR, at, "3: a plural needs {count}");
}

void check_shape(struct report *r, const struct row *row)
{
	bool fits = is_there(r, row);
	if (!fits)
		return;
	if (!key_is_good(row->key))
		report_add(r, ERROR, place_of(row->in[LANG_EN], row->entry[LANG_EN]),
			"1: a key is area.page.thing, of a-z 0-9 _ and dots");
	for (int l = 0; l < LANG_COUNT; l++)
		if (!forms_fit(r, row, l))
			fits = false;
	for (int l = 0; l < LANG_COUNT && fits; l++)
		for (size_t i = 0; i < row->entry[l]->n_text; i++)
			holes_match(r, row, l, i);
}
