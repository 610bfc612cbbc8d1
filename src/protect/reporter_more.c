#include "protect/reporter_more.h"
#include "account/who.h"
#include "po/messages.h"
#include "protect/case_clock.h"
#include "protect/case_locks.h"
#include "protect/case_log.h"
#include "protect/consent.h"
#include "protect/keep.sql.h"
#include "protect/mechanism.h"
#include "protect/report_file.h"
#include "protect/reporter.html.h"
#include "protect/reporter_more.html.h"
#include "protect/routes.h"

enum { DAY = 86400, WORDS_MAX = 3000, FILES_BODY_MAX = (FILE_MAX) + (1 << 20) };

struct allow_in {
	bool is_on[ALLOW_STEPS];
};
struct name_in {
	bool yes, no;
};
struct back_in {
	struct str code;
	bool is_now;
};

#define STEP(step, called) \
	{ \
		called, FIELD_BOOL, .at = offsetof(struct allow_in, is_on[step]) \
	}
static const struct form allow_form_fields = {
	.name = "allow",
	.size = sizeof(struct allow_in),
	.body_max = 16384,
	.field = { STEP(ALLOW_CONTACT, "contact"), STEP(ALLOW_ACT, "act"),
		STEP(ALLOW_SHARE, "share"), STEP(ALLOW_STATE, "state"), STEP(ALLOW_NAMED, "named"),
		STEP(ALLOW_COUNT, "count") },
};
static const struct form name_form = {
	.name = "name-answer",
	.size = sizeof(struct name_in),
	.body_max = 4096,
	.field = { { "yes", FIELD_BOOL, .at = offsetof(struct name_in, yes) },
		{ "no", FIELD_BOOL, .at = offsetof(struct name_in, no) } },
};
static const struct form back_form = {
	.name = "back",
	.size = sizeof(struct back_in),
	.body_max = 4096,
	.field = { { "code", FIELD_CODE, .is_required = true,
			   .at = offsetof(struct back_in, code) },
		{ "now", FIELD_BOOL, .at = offsetof(struct back_in, is_now) } },
};
static const struct form add_form = {
	.name = "files-later", .size = 1, .body_max = FILES_BODY_MAX, .has_files = true
};
static const struct form risk_form = { .name = "own-risk", .size = 1, .body_max = WALK_BODY_MAX };

/* What is to be kept when the check is over. */
struct keeping {
	struct keep_text text[UPLOADS_MAX];
	size_t n;
	struct upload *file[UPLOADS_MAX];
	size_t n_file;
	struct keep_case c;
	struct keep_seat seat;
};

/* Whose case it is, open for more: VISIT_GO_ON, or the visit has ended. */
static int begin(struct visit *v, struct keeping **ret)
{
	struct keeping *k = arena_take(v->mem, sizeof *k);
	int result = k ? reporter_find(v, &k->c, &k->seat) : ERR_NOMEM;
	if (result < 0)
		return result;
	if (result == 0 || v->form.n_fault || reporter_is_over(&k->c)) {
		result = visit_ended(reporter_show(v));
		return result;
	}
	v->parked = *ret = k;
	return VISIT_GO_ON;
}

static int keep_all(struct visit *v, const char *to)
{
	struct keeping *k = v->parked;
	int result = 0;
	v->is_quiet = true;
	for (size_t i = 0; i < k->n && result == 0; i++)
		result = keep_put(v, &k->text[i]);
	if (result == 0)
		result = clock_heard(v, &k->c.id);
	keep_seat_wipe(&k->seat);
	return result < 0 ? result : visit_go(v, str_c(to));
}

static int saved_act(struct visit *v)
{
	return keep_all(v, "/r/case?saved");
}

/* ---- what is allowed ---- */

/* To which bodies it may go; where it may not go at all, to none. */
static int add_bodies(struct visit *v, struct buf *words)
{
	struct tool_body *body = NULL;
	size_t n = 0;
	if (!visit_in(v, struct allow_in)->is_on[ALLOW_SHARE])
		return 0;
	int result = mechanism_list(v, &body, &n);
	for (size_t i = 0; result == 0 && i < n; i++) {
		long long id = body[i].id;
		char share[32], name[32];
		(void)snprintf(share, sizeof share, "share-%lld", id);
		(void)snprintf(name, sizeof name, "name-%lld", id);
		if (!http_field(v->req, share).n)
			continue;
		buf_f(words, " " CONSENT_SHARE ":%lld", id);
		if (http_field(v->req, name).n)
			buf_f(words, " " CONSENT_NAME ":%lld", id);
	}
	return result;
}

static int allow_check(struct visit *v)
{
	struct keeping *k;
	struct keep_shown *said = NULL;
	struct str text = { 0 };
	size_t n = 0;
	auto_buf words = { 0 };
	int result = begin(v, &k);
	if (result != VISIT_GO_ON)
		return result;
	buf_init(&words, WORDS_MAX);
	for (int i = 0; i < ALLOW_STEPS; i++)
		if (visit_in(v, struct allow_in)->is_on[i])
			buf_f(&words, "%s%s", words.n ? " " : "", allow_name((enum allow_step)i));
	result = add_bodies(v, &words);
	if (result == 0)
		result = words.failed;
	if (result == 0)
		result = keep_read(v, &k->seat, &said, &n);
	if (result == 0)
		result = consent_write(
			v, &k->seat, buf_view(&words), consent_count(said, n) + 1, &text);
	if (result == 0)
		result = keep_seal(v, &k->seat, KEEP_CONSENT, text, &k->text[k->n++]);
	return result < 0 ? result : VISIT_GO_ON;
}

/* ---- the name ---- */

/* Said twice: to those who asked, and to whoever keeps the name. */
static int name_check(struct visit *v)
{
	auto_keep_seat seat = { 0 };
	struct keeping *k;
	struct keep_shown *said;
	struct str asked = STR("");
	int64_t on = 0;
	size_t n = 0;
	const struct name_in *in = visit_in(v, struct name_in);
	struct str word = in->yes && !in->no ? STR("yes") : STR("no");
	int result = begin(v, &k);
	if (result != VISIT_GO_ON)
		return result;
	result = keep_read(v, &k->seat, &said, &n);
	if (result == 0 && name_word(said, n, &asked, &on) == NAME_UNASKED)
		return err_note(ERR_CONFLICT, "nobody asked for the name");
	if (result == 0)
		result = keep_seal(v, &k->seat, KEEP_NAME_ANSWER, word, &k->text[k->n++]);
	if (result == 0)
		result = reporter_sit(v, &k->seat, &k->c, VAULT_IDENTITY, &seat);
	struct str both = arena_f(v->mem, "%.*s %.*s", STR_ARG(word), STR_ARG(asked));
	if (result == 0)
		result = both.p ? keep_seal(v, &seat, KEEP_NAME_ALLOWED, both, &k->text[k->n++])
				: ERR_NOMEM;
	return result < 0 ? result : VISIT_GO_ON;
}

/* ---- files ---- */

static int add_check(struct visit *v)
{
	struct keeping *k;
	int result = begin(v, &k);
	if (result != VISIT_GO_ON)
		return result;
	if (upload_check(v, UPLOADS_MAX, k->file, &k->n_file))
		return visit_ended(reporter_show(v));
	return upload_settle(v, k->file, k->n_file);
}

static int add_act(struct visit *v)
{
	struct keeping *k = v->parked;
	if (upload_faults(v, k->file, k->n_file))
		return reporter_show(v);
	for (size_t i = 0; i < k->n_file; i++) {
		const struct file_sealed *made = upload_sealed(k->file[i]);
		int result = made ? keep_card(v, &k->seat, made, &k->text[k->n++]) : ERR_BUG;
		if (result < 0)
			return result;
	}
	return keep_all(v, "/r/case?sent");
}

/* ---- their own risk ---- */

/* The newest one that they gave, to be changed. */
static int load_risk(struct visit *v, const struct keep_seat *seat, struct told *ret)
{
	struct keep_shown *said;
	size_t n = 0;
	const struct shelf_form *form = shelf_find(v->house->shelf, STR(TOLD_OWN_RISK));
	must(form);
	told_begin(v, form, ret);
	int result = keep_read(v, seat, &said, &n);
	for (size_t i = n; i-- > 0 && result == 0;)
		if (str_is(said[i].field, KEEP_OWN_RISK) && !said[i].is_broken) {
			struct told was;
			if (told_read(v, said[i].text, &was) == 0 && was.form == form)
				*ret = was;
			break;
		}
	return result;
}

static int show_risk(struct visit *v, const struct told *t, const struct walk_faults *faults)
{
	struct own_risk_view p = { .frame = quiet_frame(v, MSG_protect_own_risk_title),
		.form = &v->form,
		.labels = shelf_labels(t->form, v->lang) };
	const struct def *def = t->answers.def;
	int result = 0;
	p.walk = arena_array(v->mem, def->n_field, sizeof *p.walk);
	if (!p.walk)
		return ERR_NOMEM;
	for (int i = 0; i < (int)def->n_field && result == 0; i++) {
		result = walk_show(&t->answers, p.labels, i, 0, &p.walk[p.n_walk]);
		p.walk[p.n_walk].faults = faults;
		p.walk[p.n_walk++].is_free = true;
	}
	if (result < 0)
		return result;
	p.frame.is_fault = faults != NULL;
	own_risk_page(&v->out, &p);
	return quiet_page(v, faults ? 422 : 200);
}

static int risk_show(struct visit *v)
{
	auto_keep_seat seat = { 0 };
	struct keep_case c = { 0 };
	struct told t;
	int result = who_form(v);
	if (result == 0)
		result = reporter_find(v, &c, &seat);
	if (result <= 0)
		return result < 0 ? result : reporter_none(v);
	result = load_risk(v, &seat, &t);
	return result < 0 ? result : show_risk(v, &t, NULL);
}

static int risk_check(struct visit *v)
{
	struct keeping *k;
	struct told t;
	struct str text;
	struct walk_faults all = { 0 }, faults;
	int result = begin(v, &k);
	if (result != VISIT_GO_ON)
		return result;
	result = load_risk(v, &k->seat, &t);
	for (int i = 0; result >= 0 && i < (int)t.answers.def->n_field; i++) {
		result = walk_read(&t.answers, i, 0, v->req->field, v->req->n_field, &faults);
		for (size_t f = 0; result > 0 && f < faults.n && all.n < DEF_FIELDS_MAX; f++)
			all.at[all.n++] = faults.at[f];
	}
	if (result >= 0 && all.n)
		return visit_ended(show_risk(v, &t, &all));
	if (result >= 0)
		result = told_write(&t, TOLD_DRAFT, &text);
	if (result == 0)
		result = keep_seal(v, &k->seat, KEEP_OWN_RISK, text, &k->text[k->n++]);
	return result < 0 ? result : VISIT_GO_ON;
}

/* ---- taking it back ---- */

static int back_show(struct visit *v)
{
	auto_keep_seat seat = { 0 };
	struct keep_case c = { 0 };
	int result = who_form(v);
	if (result == 0)
		result = reporter_find(v, &c, &seat);
	if (result <= 0)
		return result < 0 ? result : reporter_none(v);
	struct own_risk_view p = { .frame = quiet_frame(v, MSG_protect_back_title),
		.form = &v->form };
	back_page(&v->out, &p);
	return quiet_page(v, v->form.n_fault ? 422 : 200);
}

/* Does the code that was typed open this case? */
static int is_its_code(struct visit *v, const struct keep_case *c)
{
	struct vault_message said, ask = { .kind = VAULT_FIND };
	struct keep_case_found_row row;
	int result = code_parse(visit_in(v, struct back_in)->code, &ask.code);
	if (result == 0)
		result = vault_ask(v->house->vault, &ask, v->mem, &said);
	wipe(&ask, sizeof ask);
	if (result < 0)
		return result;
	struct str found = { (const char *)said.found.b, sizeof said.found.b };
	result = keep_case_found(v->db, v->mem, found, &row);
	return result > 0 ? str_eq(row.id, keep_id_bytes(&c->id)) : result;
}

static int back_check(struct visit *v)
{
	struct keeping *k = arena_take(v->mem, sizeof *k);
	int result = k ? reporter_find(v, &k->c, &k->seat) : ERR_NOMEM;
	if (result <= 0)
		return result < 0 ? result : visit_ended(reporter_none(v));
	result = v->form.n_fault ? 0 : is_its_code(v, &k->c);
	if (result < 0)
		return result;
	if (result == 0 && !v->form.n_fault)
		form_fault_add(&v->form, "code", MSG_protect_fault_code_again, 0);
	v->parked = k;
	return v->form.n_fault ? visit_ended(back_show(v)) : VISIT_GO_ON;
}

/* For a week: nobody but the reporter comes to it, and they may change their mind. */
static int withdraw_act(struct visit *v, const struct keeping *k)
{
	int result = k->c.withdrawn_on
		? 0
		: keep_case_withdraw(v->db, keep_id_bytes(&k->c.id), v->now / DAY);
	if (result >= 0 && !k->c.withdrawn_on)
		result = case_log_add(v, &k->c, CASE_WITHDRAWN, 0);
	return result < 0 ? result : visit_go(v, STR("/r/case"));
}

static int undo_check(struct visit *v)
{
	struct keeping *k = arena_take(v->mem, sizeof *k);
	int result = k ? reporter_find(v, &k->c, &k->seat) : ERR_NOMEM;
	v->parked = k;
	if (result > 0 && !k->c.withdrawn_on)
		return visit_ended(visit_go(v, STR("/r/case")));
	return result > 0 ? VISIT_GO_ON : result < 0 ? result : visit_ended(reporter_none(v));
}

static int undo_act(struct visit *v)
{
	const struct keeping *k = v->parked;
	v->is_quiet = true;
	int result = keep_case_withdraw(v->db, keep_id_bytes(&k->c.id), 0);
	if (result >= 0)
		result = case_log_add(v, &k->c, CASE_KEPT_ON, 0);
	return result < 0 ? result : visit_go(v, STR("/r/case?saved"));
}

/* Every slot that goes into a key of it ends, and with it every copy of what was sealed; then the
 * sealed things go, too. That there was a case stays, without a word. */
static int back_act(struct visit *v)
{
	struct keeping *k = v->parked;
	struct str id = keep_id_bytes(&k->c.id);
	static const enum vault_compartment all[] = { VAULT_REPORT, VAULT_IDENTITY, VAULT_FUND };
	int result = 0;
	v->is_quiet = true;
	if (!visit_in(v, struct back_in)->is_now)
		return withdraw_act(v, k);
	for (size_t i = 0; i < sizeof all / sizeof *all && result >= 0; i++) {
		int64_t slot = keep_slot(v, &k->c, all[i]);
		result = slot < 0 ? (int)slot : locks_end(v, slot);
	}
	if (result >= 0)
		result = case_log_add(v, &k->c, CASE_DESTROYED, 0);
	if (result >= 0)
		result = keep_case_empty(v->db, id);
	if (result >= 0)
		result = keep_case_unkey(v->db, id);
	if (result >= 0)
		result = keep_case_close(v->db, id, v->now / DAY);
	if (result < 0)
		return result;
	reporter_lock(v);
	return visit_go(v, STR("/r?dropped"));
}

const struct route reporter_more_routes[] = {
	{ HTTP_POST, "/r/allow", ANYONE, &allow_form_fields, allow_check, saved_act },
	{ HTTP_POST, "/r/name", ANYONE, &name_form, name_check, saved_act },
	{ HTTP_POST, "/r/case/file", ANYONE, &add_form, add_check, add_act },
	{ HTTP_GET, "/r/risk", ANYONE, NULL, NULL, risk_show },
	{ HTTP_POST, "/r/risk", ANYONE, &risk_form, risk_check, saved_act },
	{ HTTP_POST, "/r/back/undo", ANYONE, NULL, undo_check, undo_act },
	{ HTTP_GET, "/r/back", ANYONE, NULL, NULL, back_show },
	{ HTTP_POST, "/r/back", ANYONE, &back_form, back_check, back_act },
	{ 0 },
};
