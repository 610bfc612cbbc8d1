/* Where a letter leads: say yes, change how often, stop one thing or all; see follow.h. */
#include "account/who.h"
#include "notify/follow.h"
#include "notify/follow.html.h"
#include "notify/reader.sql.h"
#include "po/messages.h"

struct mail_in {
	struct opt_i64 what, follow, rhythm;
};
struct stop_in {
	struct str how;
};

static const char *const wishes[] = { "yes", "stop", "rhythm", "all", NULL };
enum wish { WISH_YES, WISH_STOP, WISH_RHYTHM, WISH_ALL };

#define AT(member) .at = offsetof(struct mail_in, member)
static const struct form mail_form = {
	.name = "mail",
	.size = sizeof(struct mail_in),
	.body_max = 4096,
	.field = { { "do", FIELD_CHOICE, .is_required = true, .choices = wishes, AT(what) },
		{ "follow", FIELD_INT, .max = INT64_MAX, AT(follow) },
		{ "rhythm", FIELD_CHOICE, .choices = follow_rhythms, AT(rhythm) } },
};
/* What a mail program sends by itself (RFC 8058), without our token: the address is proof enough.
 */
static const struct form stop_form = {
	.name = "stop",
	.size = sizeof(struct stop_in),
	.body_max = 4096,
	.field = { { "List-Unsubscribe", FIELD_LINE, .at = offsetof(struct stop_in, how) } },
};

static int find(struct visit *v, struct reader *r)
{
	int found = reader_find(v->db, v->mem, v->house->keys, v->part[0], r);
	return found < 0 ? found : found ? 0 : err_note(ERR_MISSING, "no such reader");
}

static int load(struct visit *v, const struct reader *r, struct mail_view *p)
{
	struct follow_list_row *row;
	size_t n = 0;
	int result = follow_list(v->db, v->mem, r->id, FOLLOWS_MAX, &row, &n);
	p->follow = result < 0 ? NULL : arena_array(v->mem, n + 1, sizeof *p->follow);
	if (!p->follow)
		return result < 0 ? result : ERR_NOMEM;
	for (size_t i = 0; i < n && result >= 0; i++) {
		struct mail_follow *f = &p->follow[p->n_follow++];
		struct follow_what what = { (enum follow_kind)row[i].kind, row[i].ref,
			row[i].country };
		*f = (struct mail_follow){ .id = row[i].id,
			.kind = what.kind,
			.title = STR("–"), /* not public any more */
			.rhythm = (int)row[i].rhythm,
			.is_confirmed = row[i].is_confirmed };
		p->is_waiting |= !f->is_confirmed;
		result = follow_title(v, &what, &f->title);
	}
	return result < 0 ? result : 0;
}

static int mail_show(struct visit *v)
{
	struct reader r;
	struct mail_view p = { .is_saved = http_query(v->req, "saved").p != NULL };
	int result = find(v, &r);
	if (result == 0)
		result = load(v, &r, &p);
	if (result == 0)
		result = who_form(v);
	if (result < 0)
		return result;
	p.frame = visit_frame(v, visit_say(v, MSG_notify_mail_title, 0));
	p.token = v->part[0];
	p.address = r.address;
	p.form = &v->form;
	p.rhythm = (int)r.rhythm - RHYTHM_INSTANT;
	mail_page(&v->out, &p);
	return visit_page(v, 200);
}

static int stop_show(struct visit *v)
{
	struct reader r;
	struct mail_view p = { .token = v->part[0] };
	int result = find(v, &r);
	if (result == 0)
		result = who_form(v);
	if (result < 0)
		return result;
	p.frame = visit_frame(v, visit_say(v, MSG_notify_stop_title, 0));
	p.address = r.address;
	mail_stop_page(&v->out, &p);
	return visit_page(v, 200);
}

static int gone_show(struct visit *v)
{
	struct mail_view p = { .frame = visit_frame(v, visit_say(v, MSG_notify_gone_title, 0)) };
	mail_gone_page(&v->out, &p);
	return visit_page(v, 200);
}

/* ---- changes ---- */

static int mail_check(struct visit *v)
{
	struct reader r;
	int result = find(v, &r);
	if (result < 0)
		return result;
	return v->form.n_fault ? err_note(ERR_DENIED, "a page too old, or none of ours")
			       : VISIT_GO_ON;
}

static int say_yes(struct visit *v, const struct reader *r, int64_t id)
{
	struct follow_one_row row;
	int found = follow_one(v->db, v->mem, r->id, id, &row);
	if (found <= 0)
		return found < 0 ? found : err_note(ERR_MISSING, "nothing to say yes to");
	int result = reader_start(v->db, r->id);
	if (result >= 0)
		result = follow_confirm(v->db, r->id, id);
	if (result < 0 || row.kind == FOLLOW_ANSWERS || row.kind == FOLLOW_ROLE)
		return result;
	return reader_rhythm_set(
		v->db, r->id, row.rhythm, rhythm_next((enum rhythm)row.rhythm, v->now));
}

static int change(struct visit *v, const struct reader *r, const struct mail_in *in)
{
	enum rhythm rhythm = in->rhythm.has ? (enum rhythm)(in->rhythm.v + RHYTHM_INSTANT)
					    : r->rhythm;
	switch ((enum wish)in->what.v) {
	case WISH_YES: return say_yes(v, r, in->follow.v);
	case WISH_RHYTHM:
		return reader_rhythm_set(v->db, r->id, rhythm, rhythm_next(rhythm, v->now));
	case WISH_ALL: return reader_forget(v->db, r->id);
	case WISH_STOP: break;
	}
	return reader_stop(v->db, v->mem, r->id, in->follow.v);
}

static int mail_act(struct visit *v)
{
	struct reader r;
	v->is_quiet = true;
	int result = find(v, &r);
	if (result == 0)
		result = change(v, &r, visit_in(v, struct mail_in));
	if (result < 0)
		return result;
	result = reader_find(v->db, v->mem, v->house->keys, v->part[0], &r);
	if (result < 0)
		return result;
	return result ? visit_goto(v, "/mail/%.*s?saved", STR_ARG(v->part[0]))
		      : visit_go(v, STR("/mail/gone"));
}

static int stop_check(struct visit *v)
{
	v->form.n_fault = 0;
	return VISIT_GO_ON;
}

/* Twice is once: who left is told the same again. */
static int stop_act(struct visit *v)
{
	struct reader r;
	v->is_quiet = true;
	int result = reader_find(v->db, v->mem, v->house->keys, v->part[0], &r);
	if (result > 0)
		result = reader_forget(v->db, r.id);
	return result < 0 ? result : visit_go(v, STR("/mail/gone"));
}

const struct route mail_page_routes[] = {
	/* method    path                who     input       check       act */
	{ HTTP_GET, "/mail/gone", ANYONE, NULL, NULL, gone_show },
	{ HTTP_GET, "/mail/:token", ANYONE, NULL, NULL, mail_show },
	{ HTTP_POST, "/mail/:token", ANYONE, &mail_form, mail_check, mail_act },
	{ HTTP_GET, "/mail/:token/stop", ANYONE, NULL, NULL, stop_show },
	{ HTTP_POST, "/mail/:token/stop", ANYONE, &stop_form, stop_check, stop_act },
	{ 0 },
};
