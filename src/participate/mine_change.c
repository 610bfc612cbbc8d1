#include "account/who.h"
#include "base/utf8.h"
#include "participate/mine.h"
#include "participate/mine.html.h"
#include "participate/mine.sql.h"
#include "po/messages.h"
#include "record/draft.h"

/* In the order of enum lang_id. */
static const char *const langs[] = { "ar", "zh", "en", "fr", "ru", "es", NULL };

struct correct_in {
	struct str body;
};
const struct form correct_form = {
	.name = "correct",
	.size = sizeof(struct correct_in),
	.field = {
		{ "body", FIELD_TEXT, .is_required = true, .max = CONTRIBUTION_MAX,
			.at = offsetof(struct correct_in, body) },
	},
};

struct profile_form_in {
	struct profile_in who;
	struct opt_i64 lang;
};
const struct form profile_form = {
	.name = "profile",
	.size = sizeof(struct profile_form_in),
	.field = {
		PROFILE_FIELDS(struct profile_form_in, who),
		{ "lang", FIELD_CHOICE, .choices = langs,
			.at = offsetof(struct profile_form_in, lang) },
	},
};

/* ---- one thing: other words, or none ---- */

static int begin(struct visit *v, struct thing *t, struct mine_view *p)
{
	int result = mine_find(v, t);
	return result == 0 ? mine_load(v, t, &p->one) : result;
}

int correct_show(struct visit *v)
{
	struct mine_view p = { 0 };
	struct thing t;
	int result = begin(v, &t, &p);
	if (result == 0 && !p.one.may_correct)
		return err_note(ERR_CONFLICT, "stays as it is");
	p.body = p.one.item.body;
	return result < 0 ? result : mine_end(v, &p, MSG_words_correct_title, correct_page, 200);
}

int correct_check(struct visit *v)
{
	struct mine_view p = { 0 };
	struct thing t;
	int result = begin(v, &t, &p);
	if (result < 0)
		return result;
	size_t n = v->form.n_fault ? 0 : utf8_count(visit_in(v, struct correct_in)->body);
	if (t.item.kind == ITEM_STATEMENT && n > STATEMENT_MAX)
		form_fault_add(&v->form, "body", MSG_site_fault_too_long, STATEMENT_MAX);
	if (v->form.n_fault == 0 && p.one.may_correct)
		return VISIT_GO_ON;
	p.body = form_typed(&v->form, "body");
	return visit_ended(mine_end(
		v, &p, MSG_words_correct_title, correct_page, v->form.n_fault ? 422 : 409));
}

/* New words are read like new ones; what was sent back or hidden waits in any case. */
static enum item_status status_after(const struct thing *t)
{
	return t->item.status == ITEM_PUBLISHED ? item_first_status(&t->s, &t->seat) : ITEM_WAITING;
}

int correct_act(struct visit *v)
{
	struct thing t;
	int result = mine_find(v, &t);
	if (result == 0 && !mine_may_correct(&t.s, &t.item))
		return err_note(ERR_CONFLICT, "stays as it is");
	if (result == 0)
		result = item_set_text(v, t.item.id, t.item.lang, TEXT_AUTHOR, STR(""),
			visit_in(v, struct correct_in)->body);
	if (result == 0)
		result = item_set_status(v, t.item.id, status_after(&t));
	if (result < 0)
		return result;
	return visit_goto(v, "/me?saved#i%lld", (long long)t.item.id);
}

int withdraw_show(struct visit *v)
{
	struct mine_view p = { 0 };
	struct thing t;
	int result = begin(v, &t, &p);
	if (result == 0 && !p.one.may_withdraw)
		return err_note(ERR_CONFLICT, "withdrawn before");
	return result < 0 ? result : mine_end(v, &p, MSG_words_withdraw_title, withdraw_page, 200);
}

int withdraw_act(struct visit *v)
{
	struct thing t;
	int result = mine_find(v, &t);
	if (result == 0)
		result = item_set_status(v, t.item.id, ITEM_WITHDRAWN);
	if (result < 0)
		return result;
	return visit_goto(v, "/me?withdrawn#i%lld", (long long)t.item.id);
}

/* ---- everything ---- */

static int need_words(const struct visit *v)
{
	return v->who.participant.v ? 0 : err_note(ERR_MISSING, "nothing written");
}

int delete_show(struct visit *v)
{
	struct mine_view p = { 0 };
	int result = need_words(v);
	return result < 0 ? result : mine_end(v, &p, MSG_words_delete_title, delete_page, 200);
}

/* The words themselves go, not only from view: the line that stays holds none. */
static int erase_items(struct visit *v, int64_t seat)
{
	struct mine_all_row *row;
	size_t n;
	int result = mine_all(v->db, v->mem, seat, &row, &n);
	for (size_t i = 0; result >= 0 && i < n; i++) {
		if (row[i].status != ITEM_WITHDRAWN)
			result = item_set_status(v, row[i].id, ITEM_WITHDRAWN);
		if (result >= 0)
			result = mine_text_erase(v->db, row[i].id);
		if (result >= 0)
			result = mine_past_erase(v->db, row[i].id);
	}
	return result;
}

static int erase_seat(struct visit *v, int64_t space, int64_t seat)
{
	int result = erase_items(v, seat);
	if (result >= 0)
		result = mine_votes_erase(v->db, space, seat);
	if (result >= 0)
		result = mine_marks_uncount(v->db, seat);
	if (result >= 0)
		result = mine_marks_erase(v->db, seat);
	if (result >= 0)
		result = mine_crowds_erase(v->db, seat);
	if (result >= 0)
		result = mine_seat_erase(v->db, seat);
	return result;
}

int delete_act(struct visit *v)
{
	struct mine_seats_row *row;
	size_t n = 0;
	int result = need_words(v);
	if (result == 0)
		result = mine_seats(
			v->db, v->mem, v->who.participant.v, v->who.account.v, &row, &n);
	for (size_t i = 0; result >= 0 && i < n; i++)
		result = erase_seat(v, row[i].space, row[i].id);
	if (result >= 0)
		result = draft_forget_all(v);
	return result < 0 ? result : visit_goto(v, "/me?deleted");
}

/* ---- what they say of themselves ---- */

static int find_here(struct visit *v, struct mine_space *ret)
{
	int result = space_here(v, &ret->s);
	if (result == 0)
		result = seat_find(v, ret->s.id, &ret->seat);
	return result == 0 ? err_note(ERR_MISSING, "no seat here") : result < 0 ? result : 0;
}

static int profile_end(struct visit *v, struct mine_view *p, int status)
{
	int result = profile_load(v, &p->here.s, &p->here.seat, &p->who);
	p->lang = v->form.form ? form_typed(&v->form, "lang") : p->here.seat.lang;
	if (result < 0)
		return result;
	return mine_end(v, p, MSG_words_profile_title, profile_page, status);
}

int profile_show(struct visit *v)
{
	struct mine_view p = { 0 };
	int result = find_here(v, &p.here);
	return result < 0 ? result : profile_end(v, &p, 200);
}

int profile_form_check(struct visit *v)
{
	struct mine_view p = { 0 };
	int result = find_here(v, &p.here);
	if (result == 0)
		result = profile_check(v, &p.here.s, &visit_in(v, struct profile_form_in)->who);
	if (result < 0)
		return result;
	return v->form.n_fault ? visit_ended(profile_end(v, &p, 422)) : VISIT_GO_ON;
}

int profile_act(struct visit *v)
{
	const struct profile_form_in *in = visit_in(v, struct profile_form_in);
	struct mine_space here;
	int result = find_here(v, &here);
	if (result == 0)
		result = profile_save(v, &here.s, &here.seat, &in->who);
	if (result == 0)
		result = mine_seat_lang(
			v->db, here.seat.id, in->lang.has ? str_c(langs[in->lang.v]) : STR(""));
	return result < 0 ? result : visit_goto(v, "/me?saved");
}
