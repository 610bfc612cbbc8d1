#include "notify/follow.h"
#include "account/who.h"
#include "notify/address.h"
#include "notify/follow.html.h"
#include "notify/outbox.h"
#include "notify/post.h"
#include "notify/reader.sql.h"
#include "po/messages.h"
#include "record/record.h"

struct follow_in {
	struct str address;
	struct opt_i64 rhythm;
};

const char *const follow_rhythms[RHYTHMS + 1] = { "instant", "daily", "weekly", NULL };
static const int rhythm_msg[] = { MSG_notify_rhythm_instant, MSG_notify_rhythm_daily,
	MSG_notify_rhythm_weekly };

#define AT(member) .at = offsetof(struct follow_in, member)
static const struct form follow_form = {
	.name = "follow",
	.size = sizeof(struct follow_in),
	.body_max = 4096,
	.field = { { "address", FIELD_LINE, .is_required = true, .max = ADDRESS_MAX, AT(address) },
		{ "rhythm", FIELD_CHOICE, .is_required = true, .choices = follow_rhythms,
			AT(rhythm) } },
};

const struct fault_label follow_labels[] = {
	{ "address", MSG_notify_label_address },
	{ "rhythm", MSG_notify_label_rhythm },
	{ 0 },
};

int follow_rhythm_msg(int i)
{
	return rhythm_msg[i];
}

int follow_kind_msg(enum follow_kind kind)
{
	switch (kind) {
	case FOLLOW_SPACE: return MSG_notify_kind_space;
	case FOLLOW_THEME: return MSG_notify_kind_theme;
	case FOLLOW_COUNTRY: return MSG_notify_kind_country;
	case FOLLOW_ASK: return MSG_notify_kind_ask;
	case FOLLOW_ORG: return MSG_notify_kind_org;
	case FOLLOW_ANSWERS: return MSG_notify_remind_title;
	case FOLLOW_RECORD: return MSG_notify_kind_record;
	case FOLLOW_ROLE: return MSG_notify_moves_title;
	case FOLLOW_MINE: return MSG_notify_kind_mine;
	}
	return 0;
}

/* ---- what ---- */

static int find_slug(struct visit *v, struct follow_view *p)
{
	struct find_space_row space = { 0 };
	struct find_org_row org = { 0 };
	bool is_space = str_is(p->kind, "c");
	int found = is_space ? find_space(v->db, v->mem, p->key, v->lang->code, &space)
			     : find_org(v->db, v->mem, p->key, &org);
	p->what.kind = is_space ? FOLLOW_SPACE : FOLLOW_ORG;
	p->what.ref = is_space ? space.id : org.id;
	if (found > 0 && org.country.n) {
		p->country = org.country;
		p->country_name = lang_country(v->lang, v->mem, org.country);
	}
	return found;
}

/* Its author is told what authors are told; others what everybody may follow. */
static int find_record(struct visit *v, struct follow_view *p)
{
	struct record_by by = record_by(v);
	struct record r = { 0 };
	int result = record_find(&by, v->house->shelf, p->key, &r);
	if (result < 0)
		return result == ERR_MISSING ? 0 : result;
	const struct def *def = r.form->def;
	bool is_mine = (r.can.roles >> DEF_AUTHOR & 1) && def_tells(def, "author");
	p->what.kind = is_mine ? FOLLOW_MINE : FOLLOW_RECORD;
	p->what.ref = r.id;
	return is_mine || ((r.can.may & DEF_FOLLOW) && def_tells(def, "followers"));
}

static int find(struct visit *v, struct follow_view *p)
{
	int found = 1;
	p->kind = v->part[0];
	p->key = v->part[1];
	p->what.country = STR("");
	if (str_is(p->kind, "c") || str_is(p->kind, "o")) {
		found = find_slug(v, p);
	} else if (str_is(p->kind, "record")) {
		found = find_record(v, p);
	} else if (str_is(p->kind, "country")) {
		p->what.kind = FOLLOW_COUNTRY;
		p->what.country = p->key;
	} else if (str_is(p->kind, "ask") || str_is(p->kind, "theme")) {
		p->what.kind = str_is(p->kind, "ask") ? FOLLOW_ASK : FOLLOW_THEME;
		found = str_i64(p->key, &p->what.ref);
	} else {
		found = 0;
	}
	if (found > 0)
		found = follow_title(v, &p->what, &p->title);
	return found < 0 ? found : found ? 0 : err_note(ERR_MISSING, "nothing to follow");
}

static int load_themes(struct visit *v, struct follow_view *p)
{
	struct themes_of_row *row;
	int result = themes_of(
		v->db, v->mem, p->what.ref, v->lang->code, FOLLOW_THEMES_MAX, &row, &p->n_theme);
	p->theme = result < 0 ? NULL : arena_array(v->mem, p->n_theme + 1, sizeof *p->theme);
	if (!p->theme)
		return result < 0 ? result : ERR_NOMEM;
	for (size_t i = 0; i < p->n_theme; i++)
		p->theme[i] = (struct follow_theme){ row[i].id, row[i].title };
	return 0;
}

/* Daily, unless something else was chosen already. */
static int chosen(const struct visit *v)
{
	int i = 0;
	struct str typed = form_typed(&v->form, "rhythm");
	while (i < RHYTHMS && !str_is(typed, follow_rhythms[i]))
		i++;
	return i < RHYTHMS ? i : RHYTHM_DAILY - 1;
}

static int show(struct visit *v, struct follow_view *p)
{
	int result = p->what.kind == FOLLOW_SPACE ? load_themes(v, p) : 0;
	if (result == 0)
		result = who_form(v);
	if (result < 0)
		return result;
	p->form = &v->form;
	p->rhythm = chosen(v);
	p->can = post_can(v->house);
	if (p->can)
		p->from = post_from(v->house->post);
	p->frame = visit_frame(v, visit_say(v, MSG_notify_follow_title, 0));
	follow_page(&v->out, p);
	return visit_page(v, v->form.n_fault ? 422 : 200);
}

static int follow_show(struct visit *v)
{
	struct follow_view p = { 0 };
	int result = find(v, &p);
	return result < 0 ? result : show(v, &p);
}

/* ---- the wish, and the letter that asks for a yes ---- */

static int follow_check(struct visit *v)
{
	const struct follow_in *in = visit_in(v, struct follow_in);
	struct follow_view p = { 0 };
	int result = find(v, &p);
	if (result < 0)
		return result;
	if (!post_can(v->house))
		return err_note(ERR_MISSING, "no mail is sent");
	if (!form_fault_of(&v->form, "address") && !address_ok(in->address))
		form_fault_add(&v->form, "address", MSG_notify_fault_address, 0);
	return v->form.n_fault ? visit_ended(show(v, &p)) : VISIT_GO_ON;
}

int follow_question(struct visit *v, struct str title, const struct reader *r)
{
	const struct settings *set = atomic_load(&v->house->settings);
	const struct msg_arg arg[] = { msg_arg_str("what", title), msg_arg_str("site", set->name) };
	char token[READER_TOKEN], id[LETTER_ID_CHARS + 1];
	auto_buf body;
	reader_token(v->house->keys, r, token);
	buf_init(&body, LETTER_MAX);
	buf_str(&body, msg_plain(v->mem, v->lang, MSG_notify_ask_text, arg, 2));
	buf_c(&body, "\n\n");
	buf_str(&body, reader_link(v->mem, set->base_url, r, token, ""));
	buf_c(&body, "\n\n");
	buf_str(&body, msg_text(v->lang, MSG_notify_ask_ignore, 0));
	buf_byte(&body, '\n');
	struct letter l = { .lang = v->lang,
		.reader = r->id,
		.to = r->address,
		.from = post_from(v->house->post),
		.site = set->name,
		.subject = visit_say(v, MSG_notify_ask_subject, 0),
		.body = buf_view(&body),
		.id = letter_id(id),
		.leave = reader_link(v->mem, set->base_url, r, token, "/stop"),
		.at = v->now };
	if (body.failed || v->mem->has_failed)
		return err_note(ERR_NOMEM, "letter");
	return outbox_put(v->db, v->mem, v->house->keys, &l);
}

static int follow_act(struct visit *v)
{
	const struct follow_in *in = visit_in(v, struct follow_in);
	struct follow_view p = { 0 };
	struct reader r;
	int result = find(v, &p);
	if (result == 0)
		result = reader_ask(v, in->address, &p.what, (enum rhythm)(in->rhythm.v + 1), &r);
	if (result > 0)
		result = follow_question(v, p.title, &r);
	v->is_quiet = true;
	v->kept = post_woken;
	return result < 0 ? result : visit_go(v, STR("/follow/sent"));
}

static int sent_show(struct visit *v)
{
	struct follow_view p = { .can = post_can(v->house),
		.frame = visit_frame(v, visit_say(v, MSG_notify_sent_title, 0)) };
	if (p.can)
		p.from = post_from(v->house->post);
	follow_sent_page(&v->out, &p);
	return visit_page(v, 200);
}

const struct route follow_routes[] = {
	/* method    path                     who     input         check         act */
	{ HTTP_GET, "/follow/sent", ANYONE, NULL, NULL, sent_show },
	{ HTTP_GET, "/follow/:kind/:what", ANYONE, NULL, NULL, follow_show },
	{ HTTP_POST, "/follow/:kind/:what", ANYONE, &follow_form, follow_check, follow_act },
	{ 0 },
};
