#include "form/form.h"
#include "base/utf8.h"
#include "crypto/code.h"
#include "form/value.h"
#include "po/messages.h"

/* One field while it is read. */
struct reading {
	const struct field *field;
	struct form_result *result;
	void *at; /* in the input struct */
	struct str raw;
	struct arena *mem;
};

static void fault(struct reading *r, int msg, int64_t n)
{
	form_fault_add(r->result, r->field->name, msg, n);
}

static void absent(struct reading *r)
{
	if (r->field->is_required)
		fault(r, MSG_site_fault_required, 0);
}

static int64_t characters_max(const struct field *f)
{
	if (f->max)
		return f->max;
	return f->kind == FIELD_TEXT ? FORM_TEXT_MAX : FORM_LINE_MAX;
}

static int read_text(struct reading *r)
{
	struct str s;
	int st = value_text(r->raw, r->field->kind, r->mem, &s);
	if (st)
		return st;
	int64_t n = (int64_t)utf8_count(s), max = characters_max(r->field);
	*(struct str *)r->at = s;
	if (n == 0)
		absent(r);
	else if (n > max)
		fault(r, MSG_site_fault_too_long, max);
	else if (n < r->field->min)
		fault(r, MSG_site_fault_too_short, r->field->min);
	return 0;
}

static bool has_bounds(const struct field *f)
{
	return f->min != 0 || f->max != 0;
}

static int read_int(struct reading *r)
{
	int64_t v;
	if (!value_int(r->raw, &v))
		fault(r, MSG_site_fault_number, 0);
	else if (has_bounds(r->field) && v < r->field->min)
		fault(r, MSG_site_fault_number_low, r->field->min);
	else if (has_bounds(r->field) && v > r->field->max)
		fault(r, MSG_site_fault_number_high, r->field->max);
	else
		*(struct opt_i64 *)r->at = (struct opt_i64){ v, true };
	return 0;
}

static int read_date(struct reading *r)
{
	int64_t v;
	if (!value_date(r->raw, &v))
		fault(r, MSG_site_fault_date, 0);
	else if (has_bounds(r->field) && (v < r->field->min || v > r->field->max))
		fault(r, MSG_site_fault_date_range, 0);
	else
		*(struct opt_i64 *)r->at = (struct opt_i64){ v, true };
	return 0;
}

static int choice_index(const struct field *f, struct str value)
{
	for (int i = 0; f->choices[i]; i++)
		if (str_is(value, f->choices[i]))
			return i;
	return err_note(ERR_INPUT, "a choice of %s that was not offered", f->name);
}

static int read_choice(struct reading *r)
{
	int i = choice_index(r->field, r->raw);
	if (i < 0)
		return i;
	*(struct opt_i64 *)r->at = (struct opt_i64){ i, true };
	return 0;
}

static int read_code(struct reading *r)
{
	struct code code;
	if (code_parse(r->raw, &code) != 0) {
		fault(r, MSG_site_fault_code, 0);
		return 0;
	}
	*(struct str *)r->at = arena_copy(r->mem, (struct str){ code.z, CODE_CHARS });
	wipe(&code, sizeof code);
	return ((struct str *)r->at)->p ? 0 : ERR_NOMEM;
}

static int read_value(struct reading *r)
{
	enum field_kind kind = r->field->kind;
	if (kind == FIELD_LINE || kind == FIELD_TEXT || kind == FIELD_SECRET)
		return read_text(r);
	if (kind == FIELD_BOOL) {
		*(bool *)r->at = r->raw.n > 0;
		if (r->raw.n == 0)
			absent(r);
		return 0;
	}
	if (value_is_blank(r->raw)) {
		absent(r);
		return 0;
	}
	switch (kind) {
	case FIELD_INT: return read_int(r);
	case FIELD_DATE: return read_date(r);
	case FIELD_CHOICE: return read_choice(r);
	case FIELD_CODE: return read_code(r);
	case FIELD_LINE:
	case FIELD_TEXT:
	case FIELD_BOOL:
	case FIELD_SET:
	case FIELD_SECRET: break;
	}
	return err_note(ERR_BUG, "field %s has no kind", r->field->name);
}

/* The one value of a field; absent when it was not sent. */
static int find_value(
	const struct field *f, const struct http_pair *pairs, size_t n, struct str *ret)
{
	struct str found = { 0 };
	for (size_t i = 0; i < n; i++) {
		if (!str_is(pairs[i].name, f->name))
			continue;
		if (found.p)
			return err_note(ERR_INPUT, "field %s twice", f->name);
		if (!utf8_ok(pairs[i].value))
			return err_note(ERR_INPUT, "field %s is not UTF-8", f->name);
		found = pairs[i].value.p ? pairs[i].value : STR("");
	}
	*ret = found;
	return 0;
}

static int read_set(struct reading *r, const struct http_pair *pairs, size_t n)
{
	int64_t mask = 0;
	for (size_t i = 0; i < n; i++) {
		if (!str_is(pairs[i].name, r->field->name) || pairs[i].value.n == 0)
			continue;
		int bit = choice_index(r->field, pairs[i].value);
		if (bit < 0)
			return bit;
		must(bit < 63);
		mask |= INT64_C(1) << bit;
	}
	*(int64_t *)r->at = mask;
	if (!mask)
		absent(r);
	return 0;
}

int form_read(const struct form *form, const struct http_pair *pairs, size_t n, struct arena *mem,
	struct form_result *ret)
{
	*ret = (struct form_result){ .form = form, .in = arena_take(mem, form->size) };
	if (!ret->in)
		return ERR_NOMEM;
	for (size_t i = 0; i < FORM_FIELDS_MAX && form->field[i].name; i++) {
		const struct field *f = &form->field[i];
		struct reading r = { f, ret, (char *)ret->in + f->at, { 0 }, mem };
		if (f->kind == FIELD_SET) {
			int st = read_set(&r, pairs, n);
			if (st)
				return st;
			continue;
		}
		int st = find_value(f, pairs, n, &r.raw);
		if (st)
			return st;
		if (f->kind != FIELD_SECRET)
			ret->typed[i] = r.raw;
		st = read_value(&r);
		if (st)
			return st;
	}
	return (int)ret->n_fault;
}

void form_fault_add(struct form_result *r, const char *field, int msg, int64_t n)
{
	if (r->n_fault < FORM_FIELDS_MAX)
		r->fault[r->n_fault++] = (struct form_fault){ field, msg, n };
}

const struct form_fault *form_fault_of(const struct form_result *r, const char *field)
{
	for (size_t i = 0; r && i < r->n_fault; i++)
		if (strcmp(r->fault[i].field, field) == 0)
			return &r->fault[i];
	return NULL;
}

struct str form_typed(const struct form_result *r, const char *field)
{
	for (size_t i = 0; r && r->form && i < FORM_FIELDS_MAX && r->form->field[i].name; i++)
		if (strcmp(r->form->field[i].name, field) == 0)
			return r->typed[i];
	return (struct str){ 0 };
}
