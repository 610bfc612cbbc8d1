#include "protect/channel_words.h"
#include "account/audit.h"
#include "po/messages.h"
#include "protect/channel.sql.h"
#include "protect/channel_words.html.h"
#include "protect/routes.h"

enum { NAME_MAX_CHARS = 80, ABOUT_MAX = 400, KINDS = 2 };

struct words_in {
	struct str text[KINDS][LANG_COUNT];
	struct opt_i64 first_days, news_days;
};

/* In the order of enum lang_id. */
static const char *const fields[KINDS][LANG_COUNT] = {
	{ [LANG_AR] = "name-ar",
		[LANG_ZH] = "name-zh",
		[LANG_EN] = "name-en",
		[LANG_FR] = "name-fr",
		[LANG_RU] = "name-ru",
		[LANG_ES] = "name-es" },
	{ [LANG_AR] = "about-ar",
		[LANG_ZH] = "about-zh",
		[LANG_EN] = "about-en",
		[LANG_FR] = "about-fr",
		[LANG_RU] = "about-ru",
		[LANG_ES] = "about-es" },
};
#define WORDS(kind, id, called, most) \
	{ \
		called, FIELD_LINE, .max = (most), .at = offsetof(struct words_in, text[kind][id]) \
	}
#define BOTH(id, code) \
	WORDS(0, id, "name-" code, NAME_MAX_CHARS), WORDS(1, id, "about-" code, ABOUT_MAX)
static const struct form words_form = {
	.name = "channel-words",
	.size = sizeof(struct words_in),
	.body_max = 32768,
	.field = { BOTH(LANG_AR, "ar"), BOTH(LANG_ZH, "zh"), BOTH(LANG_EN, "en"),
		BOTH(LANG_FR, "fr"), BOTH(LANG_RU, "ru"), BOTH(LANG_ES, "es"),
		{ "first_days", FIELD_INT, .is_required = true, .min = 1, .max = 30,
			.at = offsetof(struct words_in, first_days) },
		{ "news_days", FIELD_INT, .is_required = true, .min = 1, .max = 90,
			.at = offsetof(struct words_in, news_days) } },
};
static const struct fault_label words_labels[] = {
	{ "first_days", MSG_protect_words_first },
	{ "news_days", MSG_protect_words_news },
	{ "name-ar", MSG_protect_label_name },
	{ "name-zh", MSG_protect_label_name },
	{ "name-en", MSG_protect_label_name },
	{ "name-fr", MSG_protect_label_name },
	{ "name-ru", MSG_protect_label_name },
	{ "name-es", MSG_protect_label_name },
	{ 0 },
};

const char *words_field(int kind, int lang)
{
	return fields[kind][lang];
}

struct str words_typed(const struct words_view *p, int kind, int lang)
{
	struct str typed = form_typed(p->form, fields[kind][lang]);
	return typed.p ? typed : kind ? p->about[lang] : p->name[lang];
}

static int load(struct visit *v, struct words_view *p)
{
	struct channel_texts_row *row;
	int64_t id;
	size_t n = 0;
	*p = (struct words_view){ .form = &v->form,
		.is_saved = http_query(v->req, "saved").p != NULL };
	int result = str_i64(v->part[0], &id) ? channel_of(v, id, &p->one) : 0;
	if (result == 0)
		return err_note(ERR_MISSING, "no such channel");
	if (result > 0)
		result = channel_texts(v->db, v->mem, id, &row, &n);
	for (size_t i = 0; i < n && result >= 0; i++) {
		const struct lang *l = lang_by_code(row[i].lang);
		if (!l)
			continue;
		p->name[l->id] = row[i].name;
		p->about[l->id] = row[i].about;
	}
	return result < 0 ? result : 0;
}

static int words_show(struct visit *v)
{
	struct words_view p;
	int result = load(v, &p);
	if (result < 0)
		return result;
	p.frame = visit_frame(v, visit_say(v, MSG_protect_words_title, 0));
	p.frame.area = FRAME_PEOPLE;
	channel_words_page(&v->out, &p, words_labels);
	return visit_page(v, v->form.n_fault ? 422 : 200);
}

/* A name without a text, or the other way round, says too little; the channel's own language must
 * stay. */
static int words_check(struct visit *v)
{
	const struct words_in *in = visit_in(v, struct words_in);
	struct channel_lang_row own = { 0 };
	struct words_view p = { 0 };
	int result = load(v, &p);
	if (result == 0)
		result = channel_lang(v->db, v->mem, p.one.id, &own);
	if (result < 0)
		return result;
	for (int i = 0; i < LANG_COUNT && !v->form.n_fault; i++) {
		bool is_own = result > 0 && str_eq(own.lang, lang_of((enum lang_id)i)->code);
		bool has_name = in->text[0][i].n > 0, has_about = in->text[1][i].n > 0;
		if (has_name != has_about || (is_own && !has_name))
			form_fault_add(&v->form, fields[0][i], MSG_protect_words_both, 0);
	}
	return v->form.n_fault ? visit_ended(words_show(v)) : VISIT_GO_ON;
}

static int words_act(struct visit *v)
{
	const struct words_in *in = visit_in(v, struct words_in);
	struct words_view p;
	int result = load(v, &p);
	for (int i = 0; i < LANG_COUNT && result >= 0; i++) {
		struct str code = lang_of((enum lang_id)i)->code;
		if (in->text[0][i].n)
			result = channel_text_put(
				v->db, p.one.id, code, in->text[0][i], in->text[1][i]);
		else
			result = channel_text_drop(v->db, p.one.id, code);
	}
	if (result >= 0)
		result = channel_promise_set(v->db, p.one.id, in->first_days.v, in->news_days.v);
	if (result >= 0)
		result = audit_add(
			v, &(struct audit_line){ .what = AUDIT_SETTINGS_SET, .n = p.one.id });
	return result < 0 ? result
			  : visit_goto(v, "/site/channels/%lld/words?saved", (long long)p.one.id);
}

const struct route channel_words_routes[] = {
	{ HTTP_GET, "/site/channels/:id/words", ADMIN, NULL, NULL, words_show },
	{ HTTP_POST, "/site/channels/:id/words", ADMIN, &words_form, words_check, words_act },
	{ 0 },
};
