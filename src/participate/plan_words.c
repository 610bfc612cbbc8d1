#include "participate/plan_words.h"
#include "participate/easy.h"
#include "participate/plan.sql.h"
#include "participate/plan_words.html.h"
#include "participate/plan_words.sql.h"
#include "po/messages.h"

enum name_kind { NAME_PHASE, NAME_THEME, NAME_CROWD };

struct words_in {
	struct str text[WORDS_TEXTS], name[WORDS_NAMES], stamp;
};

#define AT(member) .at = offsetof(struct words_in, member)
#define LINE(field, k) \
	{ \
		field, FIELD_LINE, .max = PLAN_LINE_MAX, AT(text[k]) \
	}
#define NAME(k) \
	{ \
		"m" #k, FIELD_LINE, .max = PLAN_LINE_MAX, AT(name[k]) \
	}
static const struct form words_form = {
	.name = "words",
	.size = sizeof(struct words_in),
	.field = {
		LINE("title", 0),
		{ "purpose", FIELD_TEXT, .max = PLAN_TEXT_MAX, AT(text[1]) },
		LINE("run_by", 2), LINE("decider", 3), LINE("feeds", 4), LINE("reason", 5),
		{ "stamp", FIELD_LINE, .max = 1000, AT(stamp) },
		NAME(0), NAME(1), NAME(2), NAME(3), NAME(4), NAME(5), NAME(6), NAME(7), NAME(8),
		NAME(9), NAME(10), NAME(11), NAME(12), NAME(13), NAME(14), NAME(15), NAME(16),
		NAME(17), NAME(18), NAME(19), NAME(20), NAME(21), NAME(22), NAME(23), NAME(24),
		NAME(25), NAME(26), NAME(27), NAME(28), NAME(29),
	},
};
static const char *const name_field[WORDS_NAMES] = { "m0", "m1", "m2", "m3", "m4", "m5", "m6", "m7",
	"m8", "m9", "m10", "m11", "m12", "m13", "m14", "m15", "m16", "m17", "m18", "m19", "m20",
	"m21", "m22", "m23", "m24", "m25", "m26", "m27", "m28", "m29" };

/* ---- reading ---- */

static void add_name(struct words_view *p, enum name_kind kind, int64_t id, struct str original,
	struct str other)
{
	static const int label[] = { MSG_space_phases_name, MSG_whom_theme_name,
		MSG_whom_crowd_name };
	if (p->n_name == WORDS_NAMES)
		return;
	size_t i = p->n_name++;
	p->kind[i] = kind;
	p->id[i] = id;
	p->name[i] = (struct words_field){ name_field[i], label[kind], original, other, false };
}

static int load_names(struct visit *v, struct words_view *p)
{
	struct words_phases_row *phase;
	struct words_themes_row *theme;
	struct words_crowds_row *crowd;
	size_t n;
	struct str code = p->code, first = p->s.lang;
	int result = words_phases(v->db, v->mem, p->s.id, code, first, &phase, &n);
	for (size_t i = 0; result >= 0 && i < n; i++)
		add_name(p, NAME_PHASE, phase[i].id, phase[i].name, phase[i].other);
	if (result >= 0)
		result = words_themes(v->db, v->mem, p->s.id, code, first, &theme, &n);
	for (size_t i = 0; result >= 0 && i < n; i++)
		add_name(p, NAME_THEME, theme[i].id, theme[i].name, theme[i].other);
	if (result >= 0)
		result = words_crowds(v->db, v->mem, p->s.id, code, first, &crowd, &n);
	for (size_t i = 0; result >= 0 && i < n; i++)
		add_name(p, NAME_CROWD, crowd[i].id, crowd[i].name, crowd[i].other);
	return result < 0 ? result : 0;
}

static int load_texts(struct visit *v, struct words_view *p)
{
	struct words_text_row t = { 0 };
	const struct space *s = &p->s;
	int result = words_text(v->db, v->mem, s->id, p->code, &t);
	p->text[0] = (struct words_field){ "title", MSG_plan_field_title, s->title, t.title,
		false };
	p->text[1] = (struct words_field){ "purpose", MSG_plan_field_purpose, s->purpose, t.purpose,
		true };
	p->text[2] = (struct words_field){ "run_by", MSG_plan_field_run_by, s->run_by, t.run_by,
		false };
	p->text[3] = (struct words_field){ "decider", MSG_plan_field_decider, s->decider, t.decider,
		false };
	p->text[4] = (struct words_field){ "feeds", MSG_plan_field_feeds, s->feeds, t.feeds,
		false };
	p->text[5] = (struct words_field){ "reason", MSG_plan_field_reason, s->notice_reason,
		t.reason, false };
	return result < 0 ? result : 0;
}

/* A form made for other phases, themes or crowds must not name these. */
static void write_stamp(struct visit *v, struct words_view *p)
{
	struct buf b;
	buf_init(&b, 1000);
	for (size_t i = 0; i < p->n_name; i++)
		buf_f(&b, "%lld.%lld ", (long long)p->kind[i], (long long)p->id[i]);
	p->stamp = arena_copy(v->mem, str_trim(buf_view(&b)));
	buf_done(&b);
}

static int begin(struct visit *v, struct words_view *p)
{
	p->form = &v->form;
	p->now = v->now;
	struct lang_choice choice = lang_choice(v->part[1]);
	if (!choice.lang)
		return err_note(ERR_MISSING, "no such language");
	p->lang = choice.lang;
	p->is_easy = choice.is_easy;
	p->code = choice.is_easy ? choice.lang->easy : choice.lang->code;
	int result = desk_here(v, ROLE_ORGANISER | ROLE_TRANSLATOR, &p->shown);
	if (result == 0)
		result = plan_load(v, lang_by_code(p->shown.lang), &p->s);
	if (result == 0 && str_eq(p->code, p->s.lang))
		return err_note(ERR_MISSING, "the first language is in the settings");
	if (result == 0)
		result = load_texts(v, p);
	if (result == 0 && !p->is_easy) /* names are short as they are */
		result = load_names(v, p);
	if (result == 0)
		write_stamp(v, p);
	return result;
}

static int show(struct visit *v, struct words_view *p)
{
	p->frame = desk_frame(v, &p->shown, MSG_plan_words_title);
	p->is_saved = desk_saved(v);
	words_page(&v->out, p);
	return visit_page(v, desk_status(v));
}

static int words_show(struct visit *v)
{
	struct words_view p = { 0 };
	int result = begin(v, &p);
	return result < 0 ? result : show(v, &p);
}

/* Without a language in the address: the first one that is not the original. */
static int words_any(struct visit *v)
{
	struct space s;
	int result = desk_here(v, ROLE_ORGANISER | ROLE_TRANSLATOR, &s), other = LANG_COUNT;
	if (result < 0)
		return result;
	int64_t others = s.langs & ~(1 << lang_by_code(s.lang)->id);
	if (!others)
		others = ~(INT64_C(1) << lang_by_code(s.lang)->id);
	for (int i = LANG_COUNT - 1; i >= 0; i--)
		if (others & (1 << i))
			other = i;
	must(other < LANG_COUNT);
	return visit_goto(v, "/desk/%.*s/words/%s", STR_ARG(s.slug), lang_codes[other]);
}

/* ---- writing ---- */

/* All that the first language says, or nothing: a text is shown in one language. */
static void find_faults(struct visit *v, struct words_view *p)
{
	bool is_any = false;
	for (size_t i = 0; i < WORDS_TEXTS; i++)
		is_any |= p->text[i].typed.n > 0;
	for (size_t i = 0; is_any && i < WORDS_TEXTS; i++)
		if (!p->text[i].typed.n && p->text[i].original.n)
			form_fault_add(&v->form, p->text[i].name, MSG_plan_words_all, 0);
}

static int fill_from_form(struct visit *v, struct words_view *p)
{
	const struct words_in *in = visit_in(v, struct words_in);
	if (!str_eq(in->stamp, p->stamp))
		return err_note(ERR_CONFLICT, "the names have changed");
	for (size_t i = 0; i < WORDS_TEXTS; i++)
		p->text[i].typed = in->text[i];
	for (size_t i = 0; i < p->n_name; i++)
		p->name[i].typed = in->name[i];
	find_faults(v, p);
	return 0;
}

static int words_check(struct visit *v)
{
	struct words_view p = { 0 };
	int result = begin(v, &p);
	if (result == 0)
		result = fill_from_form(v, &p);
	if (result < 0)
		return result;
	return v->form.n_fault ? visit_ended(show(v, &p)) : VISIT_GO_ON;
}

static int put_name(struct visit *v, const struct words_view *p, size_t i)
{
	struct str name = p->name[i].typed, code = p->code;
	int64_t id = p->id[i];
	switch ((enum name_kind)p->kind[i]) {
	case NAME_PHASE:
		return name.n ? plan_phase_name_put(v->db, id, code, name)
			      : plan_phase_name_drop(v->db, id, code);
	case NAME_THEME:
		return name.n ? words_theme_put(v->db, id, code, name)
			      : words_theme_drop(v->db, id, code);
	case NAME_CROWD:
		return name.n ? words_crowd_put(v->db, id, code, name)
			      : words_crowd_drop(v->db, id, code);
	}
	return ERR_BUG;
}

static int words_save(struct visit *v)
{
	struct words_view p = { 0 };
	int result = begin(v, &p);
	if (result == 0)
		result = fill_from_form(v, &p);
	if (result == 0 && v->form.n_fault)
		return err_note(ERR_CONFLICT, "changed while it was looked at");
	if (result == 0 && p.text[0].typed.n)
		result = plan_text_put(v->db,
			(struct plan_text_put_in){ .space = p.s.id,
				.lang = p.code,
				.title = p.text[0].typed,
				.purpose = p.text[1].typed,
				.run_by = p.text[2].typed,
				.decider = p.text[3].typed,
				.feeds = p.text[4].typed,
				.reason = p.text[5].typed });
	else if (result == 0)
		result = plan_text_drop(v->db, p.s.id, p.code);
	for (size_t i = 0; i < p.n_name && result >= 0; i++)
		result = put_name(v, &p, i);
	if (result < 0)
		return result;
	if (p.is_easy && p.text[0].typed.n)
		easy_written(v);
	return visit_goto(v, "/desk/%.*s/words/%.*s?saved", STR_ARG(p.s.slug), STR_ARG(p.code));
}

const struct route words_routes[] = {
	/* method    path                       who    input  check  act */
	{ HTTP_GET, "/desk/:slug/words", STAFF, NULL, NULL, words_any },
	{ HTTP_GET, "/desk/:slug/words/:lang", STAFF, NULL, NULL, words_show },
	{ HTTP_POST, "/desk/:slug/words/:lang", STAFF, &words_form, words_check, words_save },
	{ 0 },
};
