#include "participate/write.h"
#include "account/who.h"
#include "crypto/crypto.h"
#include "participate/question.h"
#include "participate/write.html.h"
#include "participate/write.sql.h"
#include "po/messages.h"
#include "render/markdown.h"

/* In the order of enum lang_id. */
static const char *const langs[] = { "ar", "zh", "en", "fr", "ru", "es", NULL };

struct write_in {
	struct profile_in who;
	struct str once, body;
	struct opt_i64 lang, theme;
};

enum { ONCE_CHARS = 16, ONCE_BYTES = ONCE_CHARS * 3 / 4 };

#define AT(member) .at = offsetof(struct write_in, member)
#define COMMON_FIELDS \
	PROFILE_FIELDS(struct write_in, who), \
		{ "once", FIELD_LINE, .is_required = true, .max = ONCE_CHARS, AT(once) }, \
		{ "lang", FIELD_CHOICE, .is_required = true, .choices = langs, AT(lang) }, \
	{ \
		"theme", FIELD_INT, .min = 1, .max = INT64_MAX, AT(theme) \
	}
static const struct form contribution_form = {
	.name = "contribution",
	.size = sizeof(struct write_in),
	.field = {
		{ "body", FIELD_TEXT, .is_required = true, .max = CONTRIBUTION_MAX, AT(body) },
		COMMON_FIELDS,
	},
};
static const struct form statement_form = {
	.name = "statement",
	.size = sizeof(struct write_in),
	.body_max = 16384,
	.field = {
		{ "body", FIELD_LINE, .is_required = true, .max = STATEMENT_MAX, AT(body) },
		COMMON_FIELDS,
	},
};

static const struct fault_label text_labels[] = {
	{ "body", MSG_write_body_label },
	{ "alias", MSG_profile_alias_label },
	{ NULL, 0 },
};
static const struct fault_label statement_labels[] = {
	{ "body", MSG_write_statement_label },
	{ "alias", MSG_profile_alias_label },
	{ NULL, 0 },
};

/* ---- where it will stand ---- */

static int find_question(struct visit *v, struct write_view *p)
{
	int result = space_here(v, &p->s);
	return result == 0 ? question_find(v, &p->s, v->part[1], &p->above) : result;
}

/* One level only: there is no reply to a reply. */
static int find_contribution(struct visit *v, struct write_view *p)
{
	struct thing t;
	int result = thing_find(v, v->part[0], false, &t);
	if (result < 0)
		return result;
	if (t.item.kind != ITEM_CONTRIBUTION || t.item.status != ITEM_PUBLISHED)
		return err_note(ERR_MISSING, "nothing to reply to");
	p->s = t.s;
	p->above = t.item;
	return 0;
}

static int find_place(struct visit *v, struct write_view *p, struct seat *seat)
{
	enum space_action action = ACT_CONTRIBUTE;
	int result;
	if (p->kind == ITEM_CONTRIBUTION) {
		result = find_question(v, p);
	} else if (p->kind == ITEM_REPLY) {
		action = ACT_REPLY;
		result = find_contribution(v, p);
	} else {
		action = ACT_PROPOSE;
		result = space_here(v, &p->s);
	}
	if (result == 0)
		result = who_may(v, p->s.id, ROLE_ORGANISER | ROLE_MODERATOR);
	if (result < 0)
		return result;
	p->is_team = result > 0;
	result = seat_find(v, p->s.id, seat);
	p->is_closed = !space_allows(&p->s, action);
	p->is_public_at_once = p->is_team || item_first_status(&p->s, seat) == ITEM_PUBLISHED;
	return result < 0 ? result : 0;
}

/* ---- the page ---- */

static void take_typed(const struct visit *v, struct write_view *p)
{
	int64_t theme;
	p->form = &v->form;
	p->body = form_typed(&v->form, "body");
	p->once = form_typed(&v->form, "once");
	if (lang_by_code(form_typed(&v->form, "lang")))
		p->lang = form_typed(&v->form, "lang");
	if (str_i64(form_typed(&v->form, "theme"), &theme))
		p->theme_chosen = theme;
}

static int draw_once(struct visit *v, struct write_view *p)
{
	uint8_t bytes[ONCE_BYTES];
	char once[ONCE_CHARS + 1];
	random_bytes(bytes, sizeof bytes);
	base64_url(bytes, sizeof bytes, once, sizeof once);
	p->once = arena_copy(v->mem, (struct str){ once, ONCE_CHARS });
	return p->once.p ? 0 : ERR_NOMEM;
}

static int load(struct visit *v, struct write_view *p, const struct seat *seat)
{
	struct theme *theme = NULL;
	p->lang = v->lang->code;
	if (v->form.form)
		take_typed(v, p);
	int result = p->once.n ? 0 : draw_once(v, p);
	if (result == 0)
		result = url_local(v->path, &p->action);
	if (result == 0 && p->kind == ITEM_CONTRIBUTION)
		result = space_themes(v, &p->s, &theme, &p->n_theme);
	if (result >= 0 && p->kind == ITEM_REPLY)
		result = markdown_html(v->mem, p->above.body, &p->above_html);
	if (result >= 0 && !p->is_team)
		result = profile_load(v, &p->s, seat, &p->who);
	p->theme = theme;
	return result < 0 ? result : 0;
}

static int end(struct visit *v, struct write_view *p, int status)
{
	int title = p->kind == ITEM_CONTRIBUTION ? MSG_write_page_title
		: p->kind == ITEM_REPLY          ? MSG_write_reply_title
						 : MSG_write_statement_title;
	p->frame = visit_frame(v, visit_say(v, title, 0));
	p->frame.area = FRAME_TAKE_PART;
	p->frame.is_sample |= p->s.is_sample;
	p->frame.is_fault = v->form.n_fault > 0;
	p->labels = p->kind == ITEM_STATEMENT ? statement_labels : text_labels;
	write_page(&v->out, p);
	return visit_page(v, status);
}

static int show(struct visit *v, enum item_kind kind)
{
	struct write_view p = { .kind = kind };
	struct seat seat = { 0 };
	int result = who_code(v);
	if (result == 0)
		result = find_place(v, &p, &seat);
	if (result == 0)
		result = load(v, &p, &seat);
	return result < 0 ? result : end(v, &p, 200);
}

/* ---- the form ---- */

static int check_theme(struct visit *v, const struct write_view *p, struct opt_i64 theme)
{
	struct theme *t;
	size_t n;
	if (!theme.has)
		return 0;
	if (p->kind != ITEM_CONTRIBUTION)
		return err_note(ERR_INPUT, "theme of what has none");
	int result = space_themes(v, &p->s, &t, &n);
	for (size_t i = 0; result >= 0 && i < n; i++)
		if (t[i].id == theme.v)
			return 0;
	return result < 0 ? result : err_note(ERR_INPUT, "no such theme");
}

static int check(struct visit *v, enum item_kind kind)
{
	const struct write_in *in = visit_in(v, struct write_in);
	struct write_view p = { .kind = kind };
	struct seat seat = { 0 };
	int result = who_code(v);
	if (result == 0)
		result = find_place(v, &p, &seat);
	if (result == 0)
		result = check_theme(v, &p, in->theme);
	if (result == 0)
		result = profile_check(v, &p.s, &in->who);
	if (result < 0)
		return result;
	if (v->form.n_fault == 0 && !p.is_closed)
		return VISIT_GO_ON;
	result = load(v, &p, &seat);
	return result < 0 ? result : visit_ended(end(v, &p, v->form.n_fault ? 422 : 409));
}

/* The once-token counts for one writer only: nobody takes another's place with it. */
static struct item_new make(struct visit *v, const struct write_view *p, const struct seat *seat)
{
	const struct write_in *in = visit_in(v, struct write_in);
	int64_t account = p->is_team ? v->who.account.v : 0;
	return (struct item_new){
		.space = p->s.id,
		.parent = p->above.id,
		.seat = seat->id,
		.account = account,
		.theme = in->theme.has ? in->theme.v : 0,
		.kind = p->kind,
		.status = p->is_team ? ITEM_PUBLISHED : item_first_status(&p->s, seat),
		.lang = str_c(langs[in->lang.v]),
		.title = STR(""),
		.body = in->body,
		.once = arena_f(v->mem, "%lld:%lld:%.*s", (long long)account, (long long)seat->id,
			STR_ARG(in->once)),
	};
}

/* The person's place in the space, with what the form says of them; the team has none. */
static int take_seat(struct visit *v, const struct write_view *p, struct seat *seat,
	struct write_before_row *before)
{
	const struct write_in *in = visit_in(v, struct write_in);
	if (p->is_team) {
		*seat = (struct seat){ 0 };
		return 0;
	}
	int result = seat_take(v, p->s.id, seat);
	if (result >= 0)
		result = profile_save(v, &p->s, seat, &in->who);
	return result < 0 ? result : write_before(v->db, v->mem, seat->id, before);
}

static int act(struct visit *v, enum item_kind kind)
{
	const struct write_in *in = visit_in(v, struct write_in);
	struct write_view p = { .kind = kind };
	struct seat seat = { 0 };
	struct write_before_row before = { 0 };
	int64_t id;
	int result = find_place(v, &p, &seat);
	if (result == 0 && p.is_closed)
		return err_note(ERR_CONFLICT, "closed");
	if (result == 0)
		result = check_theme(v, &p, in->theme);
	if (result == 0)
		result = take_seat(v, &p, &seat, &before);
	if (result < 0)
		return result;
	struct item_new new = make(v, &p, &seat);
	result = new.once.p ? item_add(v, &new, &id) : ERR_NOMEM;
	if (result < 0)
		return result;
	v->is_quiet = new.status != ITEM_PUBLISHED;
	if (p.is_team)
		return visit_goto(v, "/i/%lld", (long long)id);
	return visit_goto(v, "/me?%s#i%lld", before.n ? "sent" : "first", (long long)id);
}

static int contribution_show(struct visit *v)
{
	return show(v, ITEM_CONTRIBUTION);
}

static int contribution_check(struct visit *v)
{
	return check(v, ITEM_CONTRIBUTION);
}

static int contribution_act(struct visit *v)
{
	return act(v, ITEM_CONTRIBUTION);
}

static int reply_show(struct visit *v)
{
	return show(v, ITEM_REPLY);
}

static int reply_check(struct visit *v)
{
	return check(v, ITEM_REPLY);
}

static int reply_act(struct visit *v)
{
	return act(v, ITEM_REPLY);
}

static int statement_show(struct visit *v)
{
	return show(v, ITEM_STATEMENT);
}

static int statement_check(struct visit *v)
{
	return check(v, ITEM_STATEMENT);
}

static int statement_act(struct visit *v)
{
	return act(v, ITEM_STATEMENT);
}

const struct route write_routes[] = {
	/* method    path                   who     input       check       act */
	{ HTTP_GET, "/c/:slug/q/:n/write", ANYONE, NULL, NULL, contribution_show },
	{ HTTP_POST, "/c/:slug/q/:n/write", ANYONE, &contribution_form, contribution_check,
		contribution_act },
	{ HTTP_GET, "/i/:id/reply", ANYONE, NULL, NULL, reply_show },
	{ HTTP_POST, "/i/:id/reply", ANYONE, &contribution_form, reply_check, reply_act },
	{ HTTP_GET, "/c/:slug/statement", ANYONE, NULL, NULL, statement_show },
	{ HTTP_POST, "/c/:slug/statement", ANYONE, &statement_form, statement_check,
		statement_act },
	{ 0 },
};
