#include "protect/case_tie.h"
#include "po/messages.h"
#include "protect/case_desk.sql.h"
#include "protect/case_locks.h"
#include "protect/case_log.h"
#include "protect/case_sheet.h"
#include "protect/case_tie.html.h"
#include "protect/case_tie.sql.h"
#include "protect/routes.h"

enum { MARK = 1, NOTE_MAX = 2000, ADDRESS_MAX = 200, SHEET_MAX = 16 << 10 };

struct tie_in {
	struct str of, address, note, other_note;
	struct opt_i64 relation;
};
#define IN(member) .at = offsetof(struct tie_in, member)
static const struct form tie_form = {
	.name = "case-tie",
	.size = sizeof(struct tie_in),
	.field = { { "case", FIELD_LINE, .max = KEEP_ID_CHARS, IN(of) },
		{ "address", FIELD_LINE, .max = ADDRESS_MAX, IN(address) },
		{ "relation", FIELD_INT, .is_required = true, .min = 1, .max = TIE_RELATIONS,
			IN(relation) },
		{ "note", FIELD_TEXT, .max = NOTE_MAX, IN(note) },
		{ "other_note", FIELD_TEXT, .max = NOTE_MAX, IN(other_note) } },
};
static const struct form untie_form = {
	.name = "case-untie",
	.size = sizeof(struct tie_in),
	.body_max = 4096,
	.field = { { "case", FIELD_LINE, .is_required = true, .max = KEEP_ID_CHARS, IN(of) } },
};
const struct fault_label tie_labels[] = {
	{ "case", MSG_protect_tie_which },
	{ "address", MSG_protect_tie_address },
	{ "relation", MSG_protect_tie_relation },
	{ "note", MSG_protect_tie_note },
	{ "other_note", MSG_protect_tie_other_note },
	{ 0 },
};

int tie_relation_msg(int64_t relation)
{
	static const int msg[TIE_RELATIONS] = { MSG_protect_tie_same_person,
		MSG_protect_tie_same_source, MSG_protect_tie_same_event, MSG_protect_tie_goes_on,
		MSG_protect_tie_other };
	bool is_known = relation >= 1 && relation <= TIE_RELATIONS;
	return msg[is_known ? relation - 1 : TIE_RELATIONS - 1];
}

struct str tie_chosen(const struct tie_view *p)
{
	return form_typed(p->form, "case");
}

/* ---- what is tied ---- */

bool tie_is(const struct keep_shown *text)
{
	return str_is(text->field, KEEP_NOTE) && text->text.n && text->text.p[0] == MARK;
}

static bool is_same(const struct vault_id *a, const struct vault_id *b)
{
	return !memcmp(a->b, b->b, sizeof a->b);
}

/* Another case, for whoever asks: 1: they handle it, too; 0: not, or it is not there any more. */
static int find_other(struct visit *v, const struct vault_id *id, struct keep_case *ret)
{
	int result = desk_find_id(v, id, ret);
	if (result != ERR_MISSING)
		return result < 0 ? result : 1;
	err_forget();
	return 0;
}

/* A case that is tied, or could be. A slot that was zeroed is no fault of the page. */
static int find_title(struct visit *v, const struct keep_case *c, struct str *ret)
{
	struct told_view told = { 0 };
	int result = desk_told(v, c, &told);
	if (result == ERR_MISSING || result == ERR_DENIED) {
		err_forget();
		return 0;
	}
	*ret = told.title;
	return result;
}

static int fill(struct visit *v, const struct keep_shown *text, const struct case_sheet *sheet,
	struct case_tie *t)
{
	struct case_name_row row = { 0 };
	struct keep_case other = { 0 };
	t->relation = case_sheet_number(sheet, "relation");
	t->note = case_sheet_get(sheet, "note");
	t->on_day = text->on_day;
	keep_id_text(&t->of, t->id);
	int result = case_name(v->db, v->mem, text->account, &row);
	t->who = row.name;
	if (result >= 0)
		result = find_other(v, &t->of, &other);
	t->is_open = result > 0;
	return result > 0 ? find_title(v, &other, &t->title) : result;
}

static bool has_tie(const struct case_tie *t, size_t n, const struct vault_id *of)
{
	for (size_t i = 0; i < n; i++)
		if (is_same(&t[i].of, of))
			return true;
	return false;
}

int tie_find(struct visit *v, const struct keep_shown *note, size_t n, struct case_tie **ret,
	size_t *ret_n)
{
	struct case_tie *all = arena_array(v->mem, n + 1, sizeof *all);
	size_t seen = 0, used = 0;
	if (!all)
		return ERR_NOMEM;
	for (size_t i = n; i-- > 0;) {
		struct case_sheet sheet = { 0 };
		struct case_tie t = { 0 };
		if (note[i].is_broken || !tie_is(&note[i]))
			continue;
		if (case_sheet_read(v->mem, str_from(note[i].text, 1), &sheet) < 0 ||
			!keep_id_read(case_sheet_get(&sheet, "case"), &t.of)) {
			err_forget();
			continue;
		}
		if (has_tie(all, seen, &t.of))
			continue;
		int result = case_sheet_number(&sheet, "relation") ? fill(v, &note[i], &sheet, &t)
								   : 0;
		if (result < 0)
			return result;
		all[seen++] = t;
	}
	for (size_t i = 0; i < seen; i++)
		if (all[i].relation)
			all[used++] = all[i];
	*ret = all;
	*ret_n = used;
	return 0;
}

static int load_ties(
	struct visit *v, const struct keep_case *c, struct case_tie **ret, size_t *ret_n)
{
	auto_keep_seat seat = { 0 };
	struct keep_shown *note = NULL;
	size_t n = 0;
	int result = desk_sit(v, c, VAULT_HANDLER, VAULT_INTERNAL, &seat);
	if (result == 0)
		result = keep_read(v, &seat, &note, &n);
	return result < 0 ? result : tie_find(v, note, n, ret, ret_n);
}

/* ---- the page ---- */

static int load_choices(struct visit *v, const struct keep_case *c, struct tie_view *p)
{
	struct tie_cases_row *row = NULL;
	size_t n = 0;
	int result = tie_cases(
		v->db, v->mem, v->who.account.v, keep_id_bytes(&c->id), TIE_CASES_MAX, &row, &n);
	p->choice = arena_array(v->mem, n + 1, sizeof *p->choice);
	if (result >= 0 && !p->choice)
		result = ERR_NOMEM;
	for (size_t i = 0; result >= 0 && i < n; i++) {
		struct tie_choice *to = &p->choice[p->n_choice];
		struct vault_id id = { 0 };
		struct keep_case other = { 0 };
		if (row[i].id.n != sizeof id.b)
			return err_note(ERR_BUG, "a case without a name");
		memcpy(id.b, row[i].id.p, sizeof id.b);
		if (has_tie(p->tie, p->n_tie, &id))
			continue;
		*to = (struct tie_choice){ .channel = row[i].channel };
		keep_id_text(&id, to->id);
		result = find_other(v, &id, &other);
		if (result > 0)
			result = find_title(v, &other, &to->title);
		p->n_choice++;
	}
	return result < 0 ? result : 0;
}

static int show(struct visit *v)
{
	struct keep_case c = { 0 };
	struct tie_view p = { .frame = visit_frame(v, visit_say(v, MSG_protect_tie_title, 0)),
		.form = &v->form,
		.c = &c,
		.is_saved = http_query(v->req, "saved").p != NULL };
	p.frame.area = FRAME_CASES;
	int result = desk_find(v, &c);
	if (result == 0)
		result = load_ties(v, &c, &p.tie, &p.n_tie);
	if (result == 0)
		result = locks_due(v, &c, VAULT_HANDLER);
	if (result < 0)
		return result;
	p.is_due = result > 0;
	if (!p.is_due && c.state != KEEP_CLOSED)
		result = load_choices(v, &c, &p);
	if (result < 0)
		return result;
	keep_id_text(&c.id, p.id);
	tie_page(&v->out, &p);
	return visit_page(v, v->form.n_fault ? 422 : 200);
}

/* ---- tying and untying ---- */

/* What a check prepares: a note for each of the two cases, or for the one that can be opened. */
struct tying {
	struct keep_text text[2];
	struct vault_id other;
	size_t n;
	enum case_what what;
};

static int seal(struct visit *v, const struct keep_case *in, const struct keep_case *about,
	int64_t relation, struct str note, struct keep_text *ret)
{
	auto_keep_seat seat = { 0 };
	char id[KEEP_ID_CHARS + 1];
	struct buf sheet;
	keep_id_text(&about->id, id);
	buf_init(&sheet, SHEET_MAX);
	buf_byte(&sheet, MARK);
	case_sheet_put(&sheet, "case", str_c(id));
	case_sheet_put_number(&sheet, "relation", relation);
	case_sheet_put(&sheet, "note", note);
	int result = sheet.failed;
	if (result == 0)
		result = desk_sit(v, in, VAULT_HANDLER, VAULT_INTERNAL, &seat);
	if (result == 0)
		result = keep_seal(v, &seat, KEEP_NOTE, buf_view(&sheet), ret);
	wipe(sheet.p, sheet.n);
	buf_done(&sheet);
	return result;
}

/* The case that was chosen; an address ends in its number. */
static bool read_id(const struct tie_in *in, struct vault_id *ret)
{
	struct str text = in->of;
	if (!text.n && in->address.n >= KEEP_ID_CHARS)
		text = str_from(in->address, in->address.n - KEEP_ID_CHARS);
	return keep_id_read(text, ret);
}

/* What was chosen can be tied to; otherwise there is a fault. */
static int check_other(
	struct visit *v, const struct keep_case *c, struct keep_case *other, struct tying *k)
{
	struct case_tie *tie[2] = { 0 };
	size_t n[2] = { 0 };
	const struct tie_in *in = visit_in(v, struct tie_in);
	const char *field = in->address.n && !in->of.n ? "address" : "case";
	int result = 0;
	if (read_id(in, &k->other) && !is_same(&k->other, &c->id))
		result = find_other(v, &k->other, other);
	if (result == 0)
		form_fault_add(&v->form, field, MSG_protect_tie_no_case, 0);
	if (result <= 0)
		return result;
	result = locks_due(v, other, VAULT_HANDLER);
	if (result > 0)
		form_fault_add(&v->form, field, MSG_protect_tie_other_due, 0);
	if (result != 0)
		return result < 0 ? result : 0;
	result = load_ties(v, c, &tie[0], &n[0]);
	if (result == 0)
		result = load_ties(v, other, &tie[1], &n[1]);
	bool is_new = result == 0 && !has_tie(tie[0], n[0], &other->id);
	if (is_new && (n[0] >= TIES_MAX || n[1] >= TIES_MAX))
		form_fault_add(&v->form, field, MSG_protect_tie_full, TIES_MAX);
	return result;
}

static int tie_check(struct visit *v)
{
	const struct tie_in *in = visit_in(v, struct tie_in);
	struct keep_case c = { 0 }, other = { 0 };
	struct tying *k = arena_take(v->mem, sizeof *k);
	int result = k ? desk_enter(v) : ERR_NOMEM;
	if (result != VISIT_GO_ON)
		return result;
	*k = (struct tying){ .n = 2, .what = CASE_TIED };
	result = desk_find_open(v, &c);
	bool is_open = result > 0;
	if (is_open && v->form.n_fault == 0)
		result = check_other(v, &c, &other, k);
	if (result >= 0 && (!is_open || v->form.n_fault))
		return visit_ended(show(v));
	if (result >= 0)
		result = seal(v, &c, &other, in->relation.v, in->note, &k->text[0]);
	if (result == 0)
		result = seal(v, &other, &c, in->relation.v, in->other_note, &k->text[1]);
	v->parked = k;
	return result < 0 ? result : VISIT_GO_ON;
}

/* Sides that whoever asks cannot open stay as they are. */
static int seal_ends(struct visit *v, const struct keep_case *c, struct tying *k)
{
	struct keep_case other = { .id = k->other };
	int result = seal(v, c, &other, 0, STR(""), &k->text[0]);
	if (result == 0)
		result = find_other(v, &k->other, &other);
	if (result <= 0)
		return result;
	result = locks_due(v, &other, VAULT_HANDLER);
	if (result > 0)
		form_fault_add(&v->form, "", MSG_protect_tie_other_due, 0);
	if (result == 0) {
		result = seal(v, &other, c, 0, STR(""), &k->text[1]);
		k->n = 2;
	}
	return result < 0 ? result : 0;
}

static int untie_check(struct visit *v)
{
	struct keep_case c = { 0 };
	struct case_tie *tie = NULL;
	size_t n = 0;
	struct tying *k = arena_take(v->mem, sizeof *k);
	int result = k ? desk_enter(v) : ERR_NOMEM;
	if (result != VISIT_GO_ON)
		return result;
	*k = (struct tying){ .n = 1, .what = CASE_UNTIED };
	result = desk_find_open(v, &c);
	if (result == 0)
		return visit_ended(show(v));
	if (result > 0)
		result = load_ties(v, &c, &tie, &n);
	if (result == 0 &&
		(!read_id(visit_in(v, struct tie_in), &k->other) || !has_tie(tie, n, &k->other)))
		result = err_note(ERR_MISSING, "no such tie");
	if (result == 0)
		result = seal_ends(v, &c, k);
	v->parked = k;
	return result < 0 ? result : v->form.n_fault ? visit_ended(show(v)) : VISIT_GO_ON;
}

/* One line, of the case where it was done: two would say which belong together. */
static int act(struct visit *v)
{
	const struct tying *k = v->parked;
	struct keep_case c = { 0 }, other = { 0 };
	v->is_quiet = true;
	int result = desk_find_open(v, &c);
	if (result == 0)
		return err_note(ERR_CONFLICT, "a case that was closed meanwhile");
	if (result > 0 && k->n > 1)
		result = desk_find_id(v, &k->other, &other);
	for (size_t i = 0; result >= 0 && i < k->n; i++)
		result = keep_put(v, &k->text[i]);
	if (result == 0)
		result = case_log_add(v, &c, k->what, 0);
	return result < 0 ? result : visit_goto(v, "/cases/%.*s/links?saved", STR_ARG(v->part[0]));
}

const struct route case_tie_routes[] = {
	{ HTTP_GET, "/cases/:id/links", SIGNED_IN, NULL, desk_enter, show },
	{ HTTP_POST, "/cases/:id/links", SIGNED_IN, &tie_form, tie_check, act },
	{ HTTP_POST, "/cases/:id/links/untie", SIGNED_IN, &untie_form, untie_check, act },
	{ 0 },
};
