#include "participate/translate.h"
#include "account/who.h"
#include "participate/desk.h"
#include "participate/easy.h"
#include "participate/translate.html.h"
#include "participate/translate.sql.h"
#include "po/messages.h"
#include "render/markdown.h"

const char *const translate_codes[TRANSLATE_LANGS + 1] = { "ar", "zh", "en", "fr", "ru", "es",
	"ar-easy", "zh-easy", "en-easy", "fr-easy", "ru-easy", "es-easy", NULL };

bool translate_is_easy(int at)
{
	return at >= LANG_COUNT;
}

struct str translate_tag(int at)
{
	return at < 0 ? STR("") : lang_of((enum lang_id)(at % LANG_COUNT))->tag;
}

int translate_code_at(struct str code)
{
	for (int i = 0; i < TRANSLATE_LANGS; i++)
		if (str_is(code, translate_codes[i]))
			return i;
	return -1;
}

struct words_in {
	struct opt_i64 lang, version;
	struct str title, body;
};
#define AT(member) .at = offsetof(struct words_in, member)
static const struct form words_form = {
	.name = "translation",
	.size = sizeof(struct words_in),
	.body_max = 131072,
	.field = {
		{ "lang", FIELD_CHOICE, .is_required = true, .choices = translate_codes, AT(lang) },
		{ "ver", FIELD_INT, .is_required = true, .min = 0, .max = INT64_MAX, AT(version) },
		{ "title", FIELD_LINE, .max = TRANSLATE_TITLE_MAX, AT(title) },
		{ "body", FIELD_TEXT, .max = TRANSLATE_BODY_MAX, AT(body) },
	},
};
#undef AT

struct review_in {
	struct opt_i64 item, lang, version;
};
#define AT(member) .at = offsetof(struct review_in, member)
static const struct form review_form = {
	.name = "review",
	.size = sizeof(struct review_in),
	.body_max = 2048,
	.field = {
		{ "item", FIELD_INT, .is_required = true, .min = 1, .max = INT64_MAX, AT(item) },
		{ "lang", FIELD_CHOICE, .is_required = true, .choices = translate_codes, AT(lang) },
		{ "ver", FIELD_INT, .is_required = true, .min = 1, .max = INT64_MAX, AT(version) },
	},
};

static const struct fault_label labels[] = {
	{ "title", MSG_translate_field_title },
	{ "body", MSG_translate_field_body },
	{ 0 },
};

static int64_t number_asked(const struct visit *v, const char *name, int64_t max, int64_t otherwise)
{
	int64_t n;
	return str_i64(http_query(v->req, name), &n) && n >= 0 && n <= max ? n : otherwise;
}

static int begin(struct visit *v, struct translate_view *p)
{
	*p = (struct translate_view){ .form = &v->form, .label = labels, .now = v->now };
	p->at = translate_code_at(http_query(v->req, "lang"));
	if (p->at < 0)
		p->at = (int)v->lang->id;
	p->is_saved = desk_saved(v);
	return desk_here(v, MAY_TRANSLATE, &p->s);
}

static struct str code_of(const struct translate_view *p)
{
	return str_c(translate_codes[p->at]);
}

/* ---- what is missing ---- */

static int load_rows(struct visit *v, struct translate_view *p)
{
	struct translate_missing_row *from;
	size_t n;
	int result = translate_missing(v->db, v->mem,
		(struct translate_missing_in){
			p->s.id, code_of(p), p->kind, ITEM_PAGE + 1, (p->page - 1) * ITEM_PAGE },
		&from, &n);
	if (result < 0)
		return result;
	struct translate_row *row = arena_array(v->mem, ITEM_PAGE, sizeof *row);
	if (!row)
		return ERR_NOMEM;
	for (size_t i = 0; i < n && i < ITEM_PAGE && result >= 0; i++) {
		struct translate_row *r = &row[p->n_row++];
		r->is_machine = from[i].origin.has && from[i].origin.v == TEXT_MACHINE;
		r->is_old = from[i].origin.has && !r->is_machine;
		result = item_load(v, from[i].id, true, &r->item);
	}
	p->row = row;
	p->has_next = n > ITEM_PAGE;
	return result < 0 ? result : 0;
}

static int load_left(struct visit *v, struct translate_view *p)
{
	struct translate_left_row left;
	struct translate_space_row space;
	int result = translate_left(v->db, v->mem, p->s.id, code_of(p), p->kind, &left);
	if (result < 0)
		return result;
	p->left = left.n;
	if (translate_is_easy(p->at))
		return 0;
	result = translate_space(v->db, v->mem, p->s.id, code_of(p), &space);
	p->lacks_space = result == 0;
	if (result >= 0)
		result = who_may(v, p->s.id, ROLE_ORGANISER);
	p->may_plan = result > 0;
	return result < 0 ? result : 0;
}

static int missing_show(struct visit *v)
{
	struct translate_view p;
	int result = begin(v, &p);
	p.kind = number_asked(v, "kind", ITEM_STATEMENT, 0);
	p.page = number_asked(v, "page", 100000, 1);
	if (p.page == 0)
		p.page = 1;
	if (result == 0)
		result = load_left(v, &p);
	if (result == 0)
		result = load_rows(v, &p);
	if (result < 0)
		return result;
	p.frame = desk_frame(v, &p.s, MSG_desk_tab_translate);
	translate_list_page(&v->out, &p);
	return visit_page(v, 200);
}

/* ---- one item ---- */

/* Only what is public is translated, and never into the language it was written in: those are
 * the author's own words. */
static int load_one(struct visit *v, struct translate_view *p)
{
	struct translate_item_row row;
	struct translate_text_row text = { 0 };
	int64_t id;
	if (!str_i64(v->part[1], &id))
		return err_note(ERR_MISSING, "no such item");
	int found = translate_item(v->db, v->mem, id, p->s.id, &row);
	if (found <= 0)
		return found < 0 ? found : err_note(ERR_MISSING, "no such item");
	int result = item_load(v, id, true, &p->item);
	if (result == 0 && str_eq(p->item.lang, code_of(p)))
		return err_note(ERR_MISSING, "that is the original");
	if (result == 0)
		result = markdown_html(v->mem, p->item.body, &p->html);
	if (result == 0)
		result = found = translate_text(v->db, v->mem, id, code_of(p), &text);
	if (found > 0) {
		p->version = text.version;
		p->origin = (enum text_origin)text.origin;
		p->title = p->now_title = text.title;
		p->body = p->now_body = text.body;
	}
	return result < 0 ? result : 0;
}

static int end_one(struct visit *v, struct translate_view *p, int status)
{
	p->frame = desk_frame(v, &p->s, MSG_desk_tab_translate);
	p->frame.is_fault = status == 422;
	translate_one_page(&v->out, p);
	return visit_page(v, status);
}

static int one_show(struct visit *v)
{
	struct translate_view p;
	int result = begin(v, &p);
	if (result == 0)
		result = load_one(v, &p);
	return result < 0 ? result : end_one(v, &p, 200);
}

/* Which language a POST is for stands in the form, not in the address. */
static int begin_post(struct visit *v, struct translate_view *p)
{
	const struct words_in *in = visit_in(v, struct words_in);
	int result = begin(v, p);
	if (in->lang.has)
		p->at = (int)in->lang.v;
	return result == 0 ? load_one(v, p) : result;
}

/* An item without a title has none in any language; one with words has some in all. */
static void check_words(struct visit *v, const struct item *i)
{
	const struct words_in *in = visit_in(v, struct words_in);
	int64_t n = 0;
	for (size_t k = 0; k < in->body.n; k++)
		n += ((unsigned char)in->body.p[k] & 0xC0) != 0x80;
	if (i->title.n && !in->title.n && !form_fault_of(&v->form, "title"))
		form_fault_add(&v->form, "title", MSG_site_fault_required, 0);
	if (i->body.n && !in->body.n && !form_fault_of(&v->form, "body"))
		form_fault_add(&v->form, "body", MSG_site_fault_required, 0);
	if (i->kind == ITEM_STATEMENT && n > TRANSLATE_SHORT_MAX)
		form_fault_add(&v->form, "body", MSG_translate_fault_long, n - TRANSLATE_SHORT_MAX);
}

static int one_check(struct visit *v)
{
	const struct words_in *in = visit_in(v, struct words_in);
	struct translate_view p;
	int result = begin_post(v, &p);
	if (result < 0)
		return result;
	check_words(v, &p.item);
	p.title = form_typed(&v->form, "title");
	p.body = form_typed(&v->form, "body");
	if (v->form.n_fault)
		return visit_ended(end_one(v, &p, 422));
	p.is_late = in->version.v != p.version;
	return p.is_late ? visit_ended(end_one(v, &p, 409)) : VISIT_GO_ON;
}

static int one_act(struct visit *v)
{
	const struct words_in *in = visit_in(v, struct words_in);
	struct translate_view p;
	int result = begin_post(v, &p);
	if (result == 0)
		check_words(v, &p.item);
	if (result == 0 && (v->form.n_fault || in->version.v != p.version))
		return err_note(ERR_CONFLICT, "translated meanwhile");
	if (result == 0)
		result = item_set_text(v, p.item.id, code_of(&p),
			translate_is_easy(p.at) ? TEXT_EASY : TEXT_HUMAN,
			p.item.title.n ? in->title : STR(""), in->body);
	if (translate_is_easy(p.at))
		easy_written(v);
	return result < 0 ? result
			  : visit_goto(v, "/desk/%.*s/translate?lang=%s&saved", STR_ARG(p.s.slug),
				    translate_codes[p.at]);
}

/* ---- a second look ---- */

static int review_check(struct visit *v)
{
	struct space s;
	int result = desk_here(v, MAY_MODERATE, &s);
	if (result == 0 && v->form.n_fault)
		return err_note(ERR_DENIED, "not a form of ours, or an old one");
	return result < 0 ? result : VISIT_GO_ON;
}

/* Nobody looks over their own translation; one that changed meanwhile is read again first. */
static int review_act(struct visit *v)
{
	const struct review_in *in = visit_in(v, struct review_in);
	struct space s;
	int result = desk_here(v, MAY_MODERATE, &s);
	if (result == 0)
		result = translate_reviewed(v->db,
			(struct translate_reviewed_in){ .item = in->item.v,
				.space = s.id,
				.lang = str_c(translate_codes[in->lang.v]),
				.version = in->version.v,
				.account = v->who.account.v });
	if (result == 0)
		return err_note(ERR_CONFLICT, "no such translation to look at");
	return result < 0 ? result : visit_goto(v, "/desk/%.*s/queue?tab=words", STR_ARG(s.slug));
}

const struct route translate_routes[] = {
	/* method    path                            who    input         check         act */
	{ HTTP_GET, "/desk/:slug/translate", STAFF, NULL, NULL, missing_show },
	{ HTTP_GET, "/desk/:slug/translate/:item", STAFF, NULL, NULL, one_show },
	{ HTTP_POST, "/desk/:slug/translate/:item", STAFF, &words_form, one_check, one_act },
	{ HTTP_POST, "/desk/:slug/review", STAFF, &review_form, review_check, review_act },
	{ 0 },
};
