/* What was typed on a page, into answers. */
#include "base/buf.h"
#include "base/utf8.h"
#include "form/value.h"
#include "po/messages.h"
#include "record/blob.h"
#include "record/walk.h"
#include <stdlib.h>
#include <string.h>
#include <time.h>

struct reading {
	struct answers *a;
	const struct http_pair *pair;
	size_t n;
	size_t row;
	struct walk_faults *faults;
	bool was_shown[DEF_FIELDS_MAX];
};

static void fault(struct reading *r, int field, int msg, int64_t n, bool is_own)
{
	if (r->faults->n < DEF_FIELDS_MAX)
		r->faults->at[r->faults->n++] = (struct walk_fault){ field, msg, n, is_own };
}

/* ---- one value ---- */

/* "string-length(.) <= 120", alone or joined by "and". 0: no such limit. */
static int64_t length_limit(const struct expr *e)
{
	if (!e)
		return 0;
	if (e->op == EXPR_AND) {
		int64_t n = length_limit(e->arg[0]);
		return n ? n : length_limit(e->arg[1]);
	}
	bool is_limit = e->op == EXPR_LE && e->arg[0]->op == EXPR_CALL &&
		e->arg[0]->fn == FN_STRING_LENGTH && e->arg[0]->n == 1 &&
		e->arg[0]->arg[0]->op == EXPR_SELF && e->arg[1]->op == EXPR_NUMBER;
	double n = is_limit ? e->arg[1]->number : 0;
	return n >= 1 && n <= WALK_TEXT_MAX ? (int64_t)n : 0;
}

int64_t walk_text_max(const struct def_field *f)
{
	int64_t n = length_limit(f->constraint);
	return n ? n : WALK_LINE_MAX;
}

bool walk_is_long(const struct def_field *f)
{
	return f->kind == DEF_TEXT && walk_text_max(f) > WALK_LINE_MAX;
}

/* The number in ${s}, with "." or "," before its fraction: as text, for JSON and expressions. */
static bool read_decimal(struct arena *mem, struct str s, struct str *ret)
{
	size_t digits = 0, points = 0;
	struct str plain = lang_digits(mem, str_trim(s));
	char text[40];
	if (!plain.p || plain.n >= sizeof text)
		return false;
	for (size_t i = 0; i < plain.n; i++) {
		char c = plain.p[i] == ',' ? '.' : plain.p[i];
		digits += c >= '0' && c <= '9';
		points += c == '.';
		if ((c < '0' || c > '9') && c != '.' && !(c == '-' && i == 0))
			return false;
		text[i] = c;
	}
	*ret = arena_copy(mem, (struct str){ text, plain.n });
	return digits && points <= 1 && ret->p;
}

/* Latitude and longitude, parted by blanks. */
static bool read_place(struct arena *mem, struct str s, struct str *ret)
{
	struct str rest = str_trim(s), lat, lon;
	double at[2];
	if (!str_cut(&rest, ' ', &lat) || !rest.p || !read_decimal(mem, lat, &lat) ||
		!read_decimal(mem, rest, &lon))
		return false;
	at[0] = strtod(lat.p, NULL);
	at[1] = strtod(lon.p, NULL);
	*ret = arena_f(mem, "%.*s %.*s", STR_ARG(lat), STR_ARG(lon));
	return at[0] >= -90 && at[0] <= 90 && at[1] >= -180 && at[1] <= 180 && ret->p;
}

bool walk_day(struct arena *mem, struct str s, bool is_month, struct str *ret)
{
	int64_t at;
	struct tm day;
	time_t t;
	bool is_short = is_month && value_date(arena_f(mem, "%.*s-01", STR_ARG(str_trim(s))), &at);
	if (!is_short && !value_date(s, &at))
		return false;
	t = (time_t)at;
	if (!gmtime_r(&t, &day))
		return false;
	*ret = arena_f(mem, "%04d-%02d-%02d", day.tm_year + 1900, day.tm_mon + 1,
		is_month ? 1 : day.tm_mday);
	return ret->p;
}

bool walk_number(struct arena *mem, struct str s, struct str *ret)
{
	int64_t n;
	if (!value_int(s, &n))
		return false;
	*ret = arena_f(mem, "%lld", (long long)n);
	return ret->p;
}

bool walk_kind(struct arena *mem, const struct def_field *f, struct str s, struct str *ret)
{
	switch (f->kind) {
	case DEF_INTEGER: return walk_number(mem, s, ret);
	case DEF_DECIMAL: return read_decimal(mem, s, ret);
	case DEF_DATE: return walk_day(mem, s, f->is_month, ret);
	case DEF_PLACE: return read_place(mem, s, ret);
	case DEF_GROUP:
	case DEF_REPEAT:
	case DEF_NOTE:
	case DEF_TEXT:
	case DEF_ONE:
	case DEF_MANY:
	case DEF_COUNTRY:
	case DEF_FILE: break;
	}
	*ret = s;
	return true;
}

/* Reads ${s} as far as it can be read; 0, or the message that says what is wrong. */
static int read_plain(struct reading *r, const struct def_field *f, struct str s, struct str *ret)
{
	static const int wrong[] = { [DEF_INTEGER] = MSG_site_fault_number,
		[DEF_DECIMAL] = MSG_site_fault_not_a_number,
		[DEF_DATE] = MSG_site_fault_date,
		[DEF_PLACE] = MSG_record_fault_place,
		[DEF_FILE] = 0 };
	*ret = s;
	return walk_kind(r->a->mem, f, s, ret) ? 0 : wrong[f->kind];
}

static int read_text(struct reading *r, int field, struct str raw, struct str *ret)
{
	const struct def_field *f = &r->a->def->field[field];
	int result = value_text(raw, walk_is_long(f) ? FIELD_TEXT : FIELD_LINE, r->a->mem, ret);
	if (result == 0 && (int64_t)utf8_count(*ret) > walk_text_max(f))
		fault(r, field, MSG_site_fault_too_long, walk_text_max(f), false);
	return result;
}

static bool is_offered(const struct def_field *f, struct str name)
{
	return f->kind == DEF_COUNTRY ? country_is(name) : def_choice_find(f, name) != NULL;
}

/* ---- one field ---- */

static struct str name_of(const struct http_pair *p)
{
	return str_starts(p->name, "q-") ? str_from(p->name, 2) : STR("");
}

/* Several choices, each once, in the order of the definition. */
static int read_many(struct reading *r, int field, struct str *ret)
{
	const struct def_field *f = &r->a->def->field[field];
	bool is_chosen[64] = { false };
	auto_buf all;
	buf_init(&all, 4096);
	for (size_t i = 0; i < r->n; i++) {
		const struct def_choice *c;
		if (!str_eq(name_of(&r->pair[i]), f->name) || !r->pair[i].value.n)
			continue;
		if (!(c = def_choice_find(f, r->pair[i].value)))
			return err_note(ERR_INPUT, "a choice that was not offered");
		is_chosen[c - f->choice] = true;
	}
	for (size_t i = 0; i < f->n_choice; i++)
		if (is_chosen[i])
			buf_f(&all, "%s%.*s", all.n ? " " : "", STR_ARG(f->choice[i].name));
	if (all.failed)
		return all.failed;
	*ret = arena_copy(r->a->mem, buf_view(&all));
	return ret->p ? 0 : ERR_NOMEM;
}

static int find_raw(const struct reading *r, struct str name, struct str *ret)
{
	struct str found = { 0 };
	for (size_t i = 0; i < r->n; i++) {
		if (!str_eq(name_of(&r->pair[i]), name))
			continue;
		if (found.p)
			return err_note(ERR_INPUT, "an answer twice");
		found = r->pair[i].value.p ? r->pair[i].value : STR("");
	}
	if (!utf8_ok(found))
		return err_note(ERR_INPUT, "an answer is not UTF-8");
	*ret = found.p ? found : STR("");
	return 0;
}

/* Which file it is the house says; a browser can only have it taken away. */
static int read_file(struct reading *r, int field)
{
	for (size_t i = 0; i < r->n; i++)
		if (str_starts(r->pair[i].name, "drop-") && r->pair[i].value.n &&
			str_eq(str_from(r->pair[i].name, 5), r->a->def->field[field].name))
			return answers_set(r->a, field, r->row, STR(""));
	return 0;
}

static int read_field(struct reading *r, int field)
{
	const struct def_field *f = &r->a->def->field[field];
	struct str raw, s = STR("");
	if (f->kind == DEF_FILE)
		return read_file(r, field);
	int result = f->kind == DEF_MANY ? read_many(r, field, &s) : find_raw(r, f->name, &raw);
	if (result < 0)
		return result;
	if (f->kind == DEF_TEXT) {
		result = read_text(r, field, raw, &s);
	} else if (f->kind != DEF_MANY && !value_is_blank(raw)) {
		bool is_choice = f->kind == DEF_ONE || f->kind == DEF_COUNTRY;
		if (is_choice && !is_offered(f, raw))
			return err_note(ERR_INPUT, "a choice that was not offered");
		int msg = read_plain(r, f, raw, &s);
		if (msg)
			fault(r, field, msg, 0, false);
	}
	return result < 0 ? result : answers_set(r->a, field, r->row, s);
}

/* ---- a page ---- */

/* Every question on a page comes with its name, so that one that is left empty is told from one
 * that was not there. What is not asked here is not taken, whoever sends it. */
static void note_shown(struct reading *r, int first, int end)
{
	for (size_t k = 0; k < r->n; k++)
		for (int i = first; str_starts(r->pair[k].name, "on-") && i < end; i++)
			r->was_shown[i] |= str_eq(str_from(r->pair[k].name, 3),
						   r->a->def->field[i].name) &&
				!(r->a->left_out && def_fields_have(r->a->left_out, i));
}

static bool has_fault(const struct reading *r, int field)
{
	for (size_t i = 0; i < r->faults->n; i++)
		if (r->faults->at[i].field == field)
			return true;
	return false;
}

static void drop_fault(struct reading *r, int field)
{
	struct walk_faults *f = r->faults;
	for (size_t i = 0; i < f->n; i++)
		if (f->at[i].field == field)
			memmove(&f->at[i], &f->at[i + 1], (f->n-- - i - 1) * sizeof f->at[0]);
}

/* What only all answers together can tell. */
static int judge(struct reading *r, int field)
{
	const struct def_field *f = &r->a->def->field[field];
	int asks = answers_asks(r->a, field, r->row);
	if (asks < 0)
		return asks;
	if (!asks)
		drop_fault(r, field);
	if (!asks || has_fault(r, field))
		return 0;
	if (!r->was_shown[field]) {
		r->faults->is_more |= f->kind >= DEF_NOTE;
		return 0;
	}
	if (f->is_required && !answers_get(r->a, field, r->row).n)
		fault(r, field, MSG_site_fault_required, 0, false);
	int holds = answers_holds(r->a, field, r->row);
	if (holds == 0)
		fault(r, field, MSG_record_fault_constraint, 0, f->constraint_message.n > 0);
	return holds < 0 ? holds : 0;
}

int walk_read(struct answers *a, int page, size_t row, const struct http_pair *pair, size_t n,
	struct walk_faults *ret)
{
	int first = page, end = walk_page_end(a->def, page), result = 0;
	struct reading r = { .a = a, .pair = pair, .n = n, .row = row, .faults = ret };
	*ret = (struct walk_faults){ 0 };
	note_shown(&r, first, end);
	for (int i = first; i < end && result == 0; i++)
		if (def_asks(&a->def->field[i]) && r.was_shown[i])
			result = read_field(&r, i);
	for (int i = first; i < end && result == 0; i++)
		if (def_asks(&a->def->field[i]) || a->def->field[i].kind == DEF_NOTE)
			result = judge(&r, i);
	return result < 0 ? result : (int)ret->n;
}

/* ---- answers from anywhere ---- */

/* The same value when it is read again, or it is none. */
static int check_value(struct reading *r, int field, struct str s)
{
	const struct def_field *f = &r->a->def->field[field];
	struct str again, one, rest = s;
	if (f->kind == DEF_TEXT)
		return utf8_ok(s) && (int64_t)utf8_count(s) <= walk_text_max(f) ? 0 : ERR_INPUT;
	if (f->kind == DEF_ONE || f->kind == DEF_COUNTRY)
		return is_offered(f, s) ? 0 : ERR_INPUT;
	if (f->kind == DEF_FILE) {
		struct blob_card card = { 0 };
		return blob_card(s, &card) ? 0 : ERR_INPUT;
	}
	if (f->kind == DEF_MANY) {
		while (str_cut(&rest, ' ', &one))
			if (!def_choice_find(f, one))
				return ERR_INPUT;
		return 0;
	}
	return read_plain(r, f, s, &again) == 0 && str_eq(again, s) ? 0 : ERR_INPUT;
}

static int check_answer(struct reading *r, int field)
{
	struct str s = answers_get(r->a, field, r->row);
	const struct def_field *f = &r->a->def->field[field];
	int asks = s.n ? answers_asks(r->a, field, r->row) : 1;
	if (asks < 0)
		return asks;
	if (!asks)
		return err_note(ERR_INPUT, "%.*s is answered but not asked", STR_ARG(f->name));
	if (s.n && check_value(r, field, s) < 0)
		return err_note(ERR_INPUT, "%.*s is not such an answer", STR_ARG(f->name));
	int holds = answers_holds(r->a, field, r->row);
	if (holds == 0)
		return err_note(ERR_INPUT, "%.*s does not fit", STR_ARG(f->name));
	return holds < 0 ? holds : 0;
}

int walk_all(const struct answers *a)
{
	struct answers all = *a;
	struct walk_faults faults = { 0 };
	struct reading r = { .a = &all, .faults = &faults };
	for (int i = 0; i < (int)a->def->n_field; i++) {
		const struct def_field *f = &a->def->field[i];
		size_t rows = f->repeat >= 0 ? a->rows[f->repeat] : 1;
		for (r.row = 0; r.row < rows && def_asks(f); r.row++) {
			int result = check_answer(&r, i);
			if (result < 0)
				return result;
		}
	}
	int field;
	size_t row;
	int lack = answers_lack(a, &field, &row);
	return lack > 0
		? err_note(ERR_INPUT, "%.*s is not answered", STR_ARG(a->def->field[field].name))
		: lack;
}
