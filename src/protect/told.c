#include "protect/told.h"
#include "base/json.h"
#include "base/utf8.h"
#include "record/body.h"
#include <stdlib.h>
#include <string.h>

static void auto_close_json(json_t **j)
{
	json_decref(*j);
}
#define auto_json __attribute__((cleanup(auto_close_json))) json_t

const struct shelf_form *told_kinds(const struct house *house, size_t *ret_n)
{
	size_t n;
	const struct shelf_form *f = shelf_sealed(house->shelf, &n);
	must(n > 0 && str_is(f[n - 1].def->id, TOLD_OWN_RISK));
	*ret_n = n - 1;
	return f;
}

const struct shelf_form *told_kind(const struct house *house, struct str name)
{
	size_t n;
	const struct shelf_form *f = told_kinds(house, &n);
	for (size_t i = 0; i < n; i++)
		if (str_eq(f[i].def->id, name))
			return &f[i];
	return NULL;
}

void told_begin(const struct visit *v, const struct shelf_form *form, struct told *ret)
{
	ret->form = form;
	answers_init(&ret->answers, form->def, v->mem, v->now);
}

/* ---- as text ---- */

/* Only the answers of one part; 1 if there are some. */
static int pick(const struct told *t, enum told_part part, struct answers *ret)
{
	const struct def *def = t->answers.def;
	int n = part == TOLD_DRAFT;
	answers_init(ret, def, t->answers.mem, t->answers.now);
	for (int i = 0; i < (int)def->n_field; i++) {
		bool is_identity = def->field[i].seal == DEF_IDENTITY;
		struct str s = answers_get(&t->answers, i, 0);
		if (!s.n || (part != TOLD_DRAFT && is_identity != (part == TOLD_IDENTITY)))
			continue;
		int result = answers_set(ret, i, 0, s);
		if (result < 0)
			return result;
		n = 1;
	}
	return n;
}

static json_t *envelope(const struct told *t, struct str body)
{
	bool has_failed = false;
	json_t *all = json_object();
	json_put_str(all, &has_failed, "form", t->form->def->id);
	json_put(all, &has_failed, "definition", json_integer(t->form->id));
	json_put(all, &has_failed, "answers", json_loadb(body.p, body.n, 0, NULL));
	if (!has_failed)
		return all;
	json_decref(all);
	return NULL;
}

int told_write(const struct told *t, enum told_part part, struct str *ret)
{
	struct answers some;
	struct str body;
	int result = pick(t, part, &some);
	if (result == 0)
		*ret = STR("");
	if (result > 0)
		result = body_write(&some, &body) < 0 ? ERR_NOMEM : 1;
	if (result <= 0)
		return result;
	auto_json *all = envelope(t, body);
	auto_free char *text = all ? json_dumps(all, JSON_COMPACT) : NULL;
	if (!text)
		return err_note(ERR_NOMEM, "a report as JSON");
	size_t n = strlen(text);
	struct str kept = n <= TOLD_MAX ? arena_copy(t->answers.mem, str_c(text)) : STR("");
	explicit_bzero(text, n);
	if (n > TOLD_MAX)
		return err_note(ERR_LIMIT, "a report that is too long");
	*ret = kept;
	return kept.p ? 0 : ERR_NOMEM;
}

static int find_form(struct visit *v, const json_t *all, const struct shelf_form **ret)
{
	const json_t *name = json_object_get(all, "form");
	const json_t *id = json_object_get(all, "definition");
	struct str called = { json_string_value(name), json_string_length(name) };
	const struct shelf_form *form = NULL;
	int result = shelf_of(v->house->shelf, v->db, v->mem, json_integer_value(id), &form);
	if (result == ERR_MISSING || (result == 0 && !str_eq(form->def->id, called))) {
		form = called.p ? shelf_find(v->house->shelf, called) : NULL;
		result = form ? 0 : err_note(ERR_INPUT, "a report of no kind that is known");
	}
	*ret = form;
	return result;
}

int told_read(struct visit *v, struct str text, struct told *ret)
{
	const struct shelf_form *form = NULL;
	auto_json *all = json_loadb(text.p, text.n, JSON_REJECT_DUPLICATES, NULL);
	const json_t *answers = json_object_get(all, "answers");
	if (!json_is_object(answers))
		return err_note(ERR_INPUT, "a report that is none");
	int result = find_form(v, all, &form);
	auto_free char *body = result == 0 ? json_dumps(answers, JSON_COMPACT) : NULL;
	if (result == 0 && !body)
		result = ERR_NOMEM;
	if (result < 0)
		return result;
	told_begin(v, form, ret);
	return body_read(str_c(body), &ret->answers);
}

/* ---- for reading ---- */

int told_show(struct visit *v, const struct told *t, struct shown *ret)
{
	struct shown_how how = { shelf_labels(t->form, v->lang), v->lang, NULL, false, -1,
		STR("") };
	return shown_make(&t->answers, &how, ret);
}

/* The one question that every kind has: what happened, in their own words. */
static struct str story_of(const struct told *t)
{
	static const char *const named[] = { "story", "story_young" };
	for (size_t i = 0; i < sizeof named / sizeof *named; i++) {
		int field = def_field_find(t->answers.def, str_c(named[i]));
		if (field >= 0 && answers_get(&t->answers, field, 0).n)
			return answers_get(&t->answers, field, 0);
	}
	return STR("");
}

struct str told_title(const struct visit *v, const struct told *t)
{
	struct str text = story_of(t);
	size_t at = 0;
	for (int letters = 0; at < text.n && letters < TOLD_TITLE_MAX && text.p[at] != '\n';
		letters++)
		(void)utf8_next(text, &at);
	return at ? (struct str){ text.p, at } : shelf_labels(t->form, v->lang)->title.s;
}

static int view_of(struct visit *v, const struct keep_shown *said, struct told_view *ret)
{
	struct told t;
	*ret = (struct told_view){ .is_there = true,
		.is_broken = said->is_broken,
		.is_covered = said->is_covered,
		.id = str_c(said->id_text),
		.first = said->first,
		.may = said->may };
	int result = said->is_broken ? ERR_INPUT : told_read(v, said->text, &t);
	if (result == ERR_INPUT) {
		ret->is_broken = true;
		return 0;
	}
	if (result < 0)
		return result;
	ret->kind = shelf_labels(t.form, v->lang)->title;
	ret->title = told_title(v, &t);
	return told_show(v, &t, &ret->shown);
}

int told_find(struct visit *v, const struct keep_shown *said, size_t n, const char *field,
	struct told_view *ret)
{
	*ret = (struct told_view){ 0 };
	for (size_t i = 0; i < n; i++)
		if (str_is(said[i].field, field))
			return view_of(v, &said[i], ret);
	return 0;
}

int told_find_last(struct visit *v, const struct keep_shown *said, size_t n, const char *field,
	struct told_view *ret)
{
	*ret = (struct told_view){ 0 };
	for (size_t i = n; i-- > 0;)
		if (str_is(said[i].field, field))
			return view_of(v, &said[i], ret);
	return 0;
}
