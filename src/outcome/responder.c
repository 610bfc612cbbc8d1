#include "outcome/responder.h"
#include "outcome/ask.sql.h"
#include "outcome/responder.html.h"
#include "outcome/responder.sql.h"
#include "participate/board.h"
#include "participate/results.h"
#include "participate/thing.sql.h"
#include "po/messages.h"

enum { SOON_DAYS = 14, PAGES_MAX = 100000 };

static const char *const tabs[RESPONDER_TABS] = { "waiting", "answered", "handed" };

const char *responder_tab_value(enum responder_tab tab)
{
	return tabs[tab];
}

const char *responder_class(const struct responder_ask *a)
{
	if (ask_stand(a->a.state) != STAND_NONE)
		return "r1";
	return a->late ? "r4" : a->a.due_at && a->left <= SOON_DAYS ? "r3" : "r2";
}

/* ---- one ask ---- */

/* Its day is that of the answer, else that of the next look. */
static void count_days(struct responder_ask *r, int64_t now)
{
	int64_t at = ask_stand(r->a.state) == STAND_NONE ? r->a.due_at : r->a.review_at;
	int64_t days = at ? at / DAY - now / DAY : 0;
	r->late = days < 0 ? -days : 0;
	r->left = days > 0 ? days : 0;
}

static int load_votes(struct visit *v, struct responder_ask *r)
{
	const struct figures *f = board_hold(v->house->take_part, r->a.space);
	const struct statement *s;
	int result = ask_votes(v, f, r->a.id, &s);
	if (result == 0 && s) {
		struct html w = { .mem = v->mem, .lang = v->lang };
		r->agree = results_share(&w, &s->all, SHARE_AGREE);
	}
	figures_release(f);
	return result;
}

static int load_ask(struct visit *v, int64_t id, struct responder_ask *ret)
{
	struct responder_ask r = { 0 };
	struct thing_slug_row slug;
	int result = ask_load(v, id, &r.a);
	if (result == 0)
		result = ask_weigh(v, id, &r.weight);
	if (result == 0)
		result = load_votes(v, &r);
	if (result == 0)
		result = thing_slug(v->db, v->mem, r.a.space, &slug);
	if (result < 0)
		return result;
	r.slug = slug.slug;
	count_days(&r, v->now);
	*ret = r;
	return 0;
}

int responder_here(struct visit *v, struct responder_ask *ret)
{
	struct responder_is_row row;
	int64_t id;
	if (!str_i64(v->part[0], &id))
		return err_note(ERR_MISSING, "an ask has a number");
	int result = load_ask(v, id, ret);
	if (result == 0 && !ret->a.is_public)
		return err_note(ERR_MISSING, "the ask is not published");
	if (result < 0)
		return result;
	if (!v->who.is_responder)
		return err_note(ERR_DENIED, "answers for nobody");
	int found = responder_is(v->db, v->mem, ret->a.org, v->who.account.v, &row);
	if (found < 0)
		return found;
	return found ? 0 : err_note(ERR_DENIED, "another organisation is asked");
}

static int name_of(struct visit *v, int64_t org, struct str lang, struct str *ret)
{
	struct org_words_row row;
	int found = org_words(v->db, v->mem, org, v->lang->code, lang, &row);
	if (found > 0)
		*ret = row.name;
	return found > 0 ? 0 : found < 0 ? found : err_note(ERR_BUG, "no name");
}

int ask_handed_load(struct visit *v, int64_t ask, const struct ask_handed **ret, size_t *ret_n)
{
	struct ask_handed_all_row *row;
	size_t n;
	int result = ask_handed_all(v->db, v->mem, ask, &row, &n);
	if (result < 0)
		return result;
	struct ask_handed *h = arena_array(v->mem, n + 1, sizeof *h);
	if (!h)
		return ERR_NOMEM;
	for (size_t i = 0; i < n; i++) {
		h[i].at = row[i].at;
		result = name_of(v, row[i].from_org, row[i].from_lang, &h[i].from);
		if (result == 0)
			result = name_of(v, row[i].to_org, row[i].to_lang, &h[i].to);
		if (result < 0)
			return result;
	}
	*ret = h;
	*ret_n = n;
	return 0;
}

/* ---- the room ---- */

static int load_counts(struct visit *v, struct responder_view *p)
{
	struct responder_counts_row row;
	struct responder_orgs_row *org;
	size_t n;
	int result = responder_counts(v->db, v->mem, v->who.account.v, &row);
	if (result >= 0)
		result = responder_orgs(v->db, v->mem, v->who.account.v, &org, &n);
	if (result < 0)
		return result;
	p->waiting = row.waiting;
	p->review = row.review;
	p->n[TAB_WAITING] = row.waiting + row.review;
	p->n[TAB_ANSWERED] = row.answered;
	p->n[TAB_HANDED] = row.handed;
	p->slug = n == 1 ? org[0].slug : (struct str){ 0 };
	return rate_load(v, (struct rate_of){ .account = v->who.account.v }, &p->rate);
}

static int load_handed(struct visit *v, struct responder_view *p, int64_t skip)
{
	struct responder_handed_row *row;
	int result = responder_handed(
		v->db, v->mem, v->who.account.v, RESPONDER_PAGE, skip, &row, &p->n_ask);
	struct responder_ask *ask = result < 0 ? NULL
					       : arena_array(v->mem, p->n_ask + 1, sizeof *ask);
	if (!ask)
		return result < 0 ? result : ERR_NOMEM;
	for (size_t i = 0; i < p->n_ask && result >= 0; i++) {
		result = load_ask(v, row[i].ask, &ask[i]);
		if (result == 0)
			result = name_of(v, row[i].org, row[i].org_lang, &ask[i].handed);
		ask[i].handed_at = row[i].at;
	}
	p->ask = ask;
	return result < 0 ? result : 0;
}

static int load_own(struct visit *v, struct responder_view *p, int64_t skip)
{
	struct responder_waiting_row *waiting = NULL;
	struct responder_answered_row *answered = NULL;
	int64_t me = v->who.account.v;
	int result = p->tab == TAB_WAITING
		? responder_waiting(v->db, v->mem, me, RESPONDER_PAGE, skip, &waiting, &p->n_ask)
		: responder_answered(v->db, v->mem, me, RESPONDER_PAGE, skip, &answered, &p->n_ask);
	struct responder_ask *ask = result < 0 ? NULL
					       : arena_array(v->mem, p->n_ask + 1, sizeof *ask);
	if (!ask)
		return result < 0 ? result : ERR_NOMEM;
	must(!p->n_ask || waiting || answered);
	for (size_t i = 0; i < p->n_ask && result >= 0; i++)
		result = load_ask(v, waiting ? waiting[i].id : answered[i].id, &ask[i]);
	p->ask = ask;
	return result < 0 ? result : 0;
}

static void read_wish(struct visit *v, struct responder_view *p)
{
	struct str tab = http_query(v->req, "tab");
	int64_t n;
	for (int i = 0; i < RESPONDER_TABS; i++)
		if (str_is(tab, tabs[i]))
			p->tab = (enum responder_tab)i;
	p->page = str_i64(http_query(v->req, "page"), &n) && n > 0 && n < PAGES_MAX ? n : 1;
}

static int responder_show(struct visit *v)
{
	struct responder_view p = { 0 };
	if (!v->who.is_responder)
		return err_note(ERR_DENIED, "answers for nobody");
	read_wish(v, &p);
	int64_t skip = (p.page - 1) * RESPONDER_PAGE;
	int result = load_counts(v, &p);
	if (result == 0)
		result = p.tab == TAB_HANDED ? load_handed(v, &p, skip) : load_own(v, &p, skip);
	if (result < 0)
		return result;
	p.pages = (p.n[p.tab] + RESPONDER_PAGE - 1) / RESPONDER_PAGE;
	p.frame = visit_frame(v, visit_say(v, MSG_site_nav_answers, 0));
	p.frame.area = FRAME_ANSWERS;
	responder_page(&v->out, &p);
	return visit_page(v, 200);
}

/* ---- handing on ---- */

struct hand_in {
	struct opt_i64 org;
};
static const struct form hand_form = {
	.name = "hand-on",
	.size = sizeof(struct hand_in),
	.body_max = 2048,
	.field = { { "org", FIELD_INT, .is_required = true, .min = 1, .max = INT64_MAX,
		.at = offsetof(struct hand_in, org) } },
};
const struct fault_label hand_labels[] = { { "org", MSG_answer_hand_to }, { 0 } };

static int hand_here(struct visit *v, struct responder_view *p)
{
	p->form = &v->form;
	int result = responder_here(v, &p->one);
	if (result == 0 && ask_stand(p->one.a.state) != STAND_NONE)
		return err_note(ERR_CONFLICT, "who has answered keeps the ask");
	return result;
}

static int show_hand(struct visit *v, struct responder_view *p)
{
	struct responder_others_row *row;
	int result = responder_others(
		v->db, v->mem, p->one.a.org, v->lang->code, RESPONDER_ORGS_MAX, &row, &p->n_org);
	struct ask_org *org = result < 0 ? NULL : arena_array(v->mem, p->n_org + 1, sizeof *org);
	if (!org)
		return result < 0 ? result : ERR_NOMEM;
	for (size_t i = 0; i < p->n_org; i++)
		org[i] = (struct ask_org){ .id = row[i].id, .name = row[i].name };
	p->org = org;
	p->frame = visit_frame(v, visit_say(v, MSG_answer_hand_title, 0));
	p->frame.area = FRAME_ANSWERS;
	responder_hand_page(&v->out, p);
	return visit_page(v, v->form.n_fault ? 422 : 200);
}

static int hand_show(struct visit *v)
{
	struct responder_view p = { 0 };
	int result = hand_here(v, &p);
	return result < 0 ? result : show_hand(v, &p);
}

static int hand_check(struct visit *v)
{
	const struct hand_in *in = visit_in(v, struct hand_in);
	struct responder_view p = { 0 };
	struct responder_org_row row;
	int result = hand_here(v, &p);
	if (result == 0 && !v->form.n_fault)
		result = responder_org(v->db, v->mem, in->org.v, &row);
	if (result < 0)
		return result;
	if (!v->form.n_fault && (!result || in->org.v == p.one.a.org))
		form_fault_add(&v->form, "org", MSG_site_fault_required, 0);
	return v->form.n_fault ? visit_ended(show_hand(v, &p)) : VISIT_GO_ON;
}

static int hand_act(struct visit *v)
{
	const struct hand_in *in = visit_in(v, struct hand_in);
	struct responder_view p = { 0 };
	int result = hand_here(v, &p);
	int64_t from = p.one.a.org, ask = p.one.a.id;
	if (result == 0 && in->org.v == from)
		return err_note(ERR_CONFLICT, "it is theirs already");
	if (result == 0)
		result = responder_hand(v->db, ask, in->org.v);
	if (result >= 0)
		result = responder_hand_add(v->db,
			(struct responder_hand_add_in){ .ask = ask,
				.from_org = from,
				.to_org = in->org.v,
				.account = v->who.account.v,
				.at = v->now / DAY * DAY });
	if (result >= 0)
		result = responder_draft_drop(v->db, ask, from);
	return result < 0 ? result : visit_goto(v, "/answers?tab=handed");
}

const struct route responder_routes[] = {
	/* method    path                  who        input  check  act */
	{ HTTP_GET, "/answers", SIGNED_IN, NULL, NULL, responder_show },
	{ HTTP_GET, "/answers/:ask/hand", SIGNED_IN, NULL, NULL, hand_show },
	{ HTTP_POST, "/answers/:ask/hand", SIGNED_IN, &hand_form, hand_check, hand_act },
	{ 0 },
};
