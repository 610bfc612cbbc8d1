/* A page of a definition, and answers in a reader's words. */
#include "base/utf8.h"
#include "form/value.h"
#include "record/blob.h"
#include "record/shown.h"

enum { LINE_CHOICES = 6, LINE_CHARS = 24 };

int walk_show(const struct answers *a, const struct labels *labels, int page, size_t row,
	struct walk_view *ret)
{
	int end = walk_page_end(a->def, page);
	*ret = (struct walk_view){ .a = a, .labels = labels, .page = page, .row = row };
	ret->is_alone = end == page + 1;
	for (int i = page; i < end; i++) {
		int asks = answers_asks(a, i, row);
		if (asks < 0)
			return asks;
		ret->asks[i] = asks && a->def->field[i].kind >= DEF_NOTE;
		ret->has_files |= ret->asks[i] && a->def->field[i].kind == DEF_FILE;
		if (ret->asks[i] && a->def->field[i].kind == DEF_COUNTRY && !ret->country)
			ret->country = country_list(labels->lang, &ret->n_country);
	}
	return 0;
}

const struct walk_fault *walk_fault_of(const struct walk_view *p, int field)
{
	for (size_t i = 0; p->faults && i < p->faults->n; i++)
		if (p->faults->at[i].field == field)
			return &p->faults->at[i];
	return NULL;
}

bool walk_is_chosen(const struct walk_view *p, int field, struct str choice)
{
	return answers_has_choice(answers_get(p->a, field, p->row), choice);
}

bool walk_fits_line(const struct walk_view *p, int field)
{
	const struct def_field *f = &p->a->def->field[field];
	if (f->n_choice > LINE_CHOICES)
		return false;
	for (size_t i = 0; i < f->n_choice; i++)
		if (utf8_count(labels_choice(p->labels, p->a->def, &f->choice[i]).s) > LINE_CHARS)
			return false;
	return true;
}

struct str walk_typed(const struct walk_view *p, int field)
{
	struct str s = answers_get(p->a, field, p->row);
	bool is_month = p->a->def->field[field].is_month && s.n == 10;
	return is_month ? (struct str){ s.p, 7 } : s;
}

const char *walk_accept(const struct def_field *f)
{
	static const char *const accept[] = { [DEF_ANY_FILE] = "",
		[DEF_IMAGE] = "image/jpeg,image/png,image/webp",
		[DEF_AUDIO] = "audio/*",
		[DEF_VIDEO] = "video/*" };
	return accept[f->media];
}

struct shown_file walk_file(const struct walk_view *p, int field)
{
	return shown_file(p->a, p->uid, field, p->row);
}

/* ---- in words ---- */

static int said_choices(const struct answers *a, const struct labels *labels,
	const struct def_field *f, struct str s, struct said *ret)
{
	struct str *name = arena_array(a->mem, f->n_choice + 1, sizeof *name);
	size_t n = 0;
	if (!name)
		return ERR_NOMEM;
	ret->lang = labels->lang;
	for (size_t i = 0; i < f->n_choice; i++) {
		if (!answers_has_choice(s, f->choice[i].name))
			continue;
		struct said one = labels_choice(labels, a->def, &f->choice[i]);
		name[n++] = one.s;
		ret->lang = one.lang;
	}
	ret->s = n == 1 ? name[0] : lang_list(labels->lang, a->mem, name, n);
	return 0;
}

int walk_said(const struct answers *a, const struct labels *labels, int field, size_t row,
	const struct lang *lang, struct said *ret)
{
	const struct def_field *f = &a->def->field[field];
	struct str s = answers_get(a, field, row);
	struct blob_card card = { 0 };
	int64_t n;
	*ret = (struct said){ s, labels->lang };
	if (f->kind == DEF_ONE || f->kind == DEF_MANY)
		return said_choices(a, labels, f, s, ret);
	if (blob_of(a, field, row, &card))
		*ret = (struct said){ card.name, lang };
	else if (f->kind == DEF_COUNTRY && country_is(s))
		ret->s = lang_country(labels->lang, a->mem, s);
	else if (f->kind == DEF_DATE && value_date(s, &n))
		ret->s = f->is_month ? lang_month(labels->lang, a->mem, n)
				     : lang_date(labels->lang, a->mem, n);
	else if (f->kind == DEF_INTEGER && str_i64(s, &n))
		ret->s = lang_number(labels->lang, a->mem, n);
	else if (f->kind == DEF_TEXT)
		ret->lang = lang;
	return ret->s.p ? 0 : ERR_NOMEM;
}
