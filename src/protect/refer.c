#include "protect/refer.h"
#include "crypto/sealed_file.h"
#include "po/messages.h"
#include "protect/case_locks.h"
#include "protect/consent.h"
#include "protect/mechanism.h"
#include "protect/refer.html.h"
#include "protect/routes.h"

enum { DAY = 86400, PACKAGE_MAX = 2 << 20, LINES_MAX = 500 };

int refer_bodies(struct visit *v, const struct keep_case *c, struct tool_body **ret, size_t *ret_n)
{
	auto_keep_seat seat = { 0 };
	struct keep_shown *said = NULL;
	size_t n = 0;
	int result = mechanism_list(v, ret, ret_n);
	if (result == 0)
		result = desk_sit(v, c, VAULT_HANDLER, VAULT_REPORT, &seat);
	if (result == 0)
		result = keep_newest(v, &seat, KEEP_CONSENT, &said, &n);
	struct allow allow = result == 0 ? allow_find(said, n) : (struct allow){ 0 };
	for (size_t i = 0; result == 0 && i < *ret_n; i++) {
		struct tool_body *b = &(*ret)[i];
		b->may_share = allow.is_on[ALLOW_SHARE] &&
			consent_body(v->mem, allow.text, CONSENT_SHARE, b->id);
		b->may_name = b->may_share && consent_body(v->mem, allow.text, CONSENT_NAME, b->id);
	}
	return result;
}

int refer_may(const struct tool_body *body, size_t n, int64_t id)
{
	for (size_t i = 0; i < n; i++)
		if (body[i].id == id)
			return body[i].may_share && (body[i].may_name || body[i].is_unnamed);
	return 0;
}

/* ---- the package ---- */

static int load_sheet(struct visit *v, const struct keep_case *c, struct case_sheet *ret)
{
	auto_keep_seat seat = { 0 };
	struct keep_shown *note = NULL;
	struct tool_entry *e = NULL;
	size_t n = 0, n_entry = 0;
	int result = desk_sit(v, c, VAULT_HANDLER, VAULT_INTERNAL, &seat);
	if (result == 0)
		result = keep_read(v, &seat, &note, &n);
	if (result == 0)
		result = tool_entries(v, note, n, &tool_refer, &e, &n_entry);
	for (size_t i = 0; result == 0 && i < n_entry; i++)
		if (str_is(v->part[1], e[i].id)) {
			*ret = e[i].sheet;
			return 0;
		}
	return result < 0 ? result : err_note(ERR_MISSING, "no such referral");
}

/* The name goes along where the reporter allows it for this body, and a custodian gave it to
 * whoever makes the package. */
static int load_name(struct visit *v, const struct keep_case *c, struct refer_view *p)
{
	auto_keep_seat seat = { 0 };
	struct keep_shown *text = NULL;
	size_t n = 0;
	if (!p->body->may_name)
		return 0;
	int result = locks_holds(v, c, VAULT_HANDLER, VAULT_IDENTITY, v->who.account.v);
	if (result <= 0)
		return result;
	result = desk_sit(v, c, VAULT_HANDLER, VAULT_IDENTITY, &seat);
	if (result == 0)
		result = keep_read(v, &seat, &text, &n);
	return result < 0 ? result : told_find(v, text, n, KEEP_CONTACT, &p->name);
}

/* A page without style keeps its lines as paragraphs. */
static int cut_lines(struct visit *v, struct refer_view *p)
{
	struct str rest = case_sheet_get(&p->sheet, "summary"), one;
	p->line = arena_array(v->mem, LINES_MAX, sizeof *p->line);
	if (!p->line)
		return ERR_NOMEM;
	while (p->n_line < LINES_MAX - 1 && str_cut(&rest, '\n', &one))
		p->line[p->n_line++] = one;
	if (rest.n)
		p->line[p->n_line++] = rest;
	return 0;
}

/* The page as a file that only the receiver opens. */
static int give_locked(struct visit *v, const struct tool_body *body)
{
	auto_buf out = { 0 };
	struct public_key key = { 0 };
	if (!sealed_file_key(body->public, &key))
		return err_note(ERR_BUG, "a key of a body that is none");
	buf_init(&out, PACKAGE_MAX);
	int result = sealed_file(&key, STR("referral.html"), buf_view(&v->out.out), &out);
	struct str bytes = arena_copy(v->mem, buf_view(&out));
	if (result == 0 && !bytes.p)
		result = ERR_NOMEM;
	wipe(v->out.out.p, v->out.out.n);
	v->out.out.n = 0;
	return result < 0
		? result
		: visit_bytes(v, "application/octet-stream", bytes, "referral.html.sealed");
}

static int package_show(struct visit *v)
{
	struct keep_case c = { 0 };
	struct tool_body *body = NULL;
	size_t n = 0;
	struct refer_view p = { .frame = visit_frame(v, visit_say(v, MSG_protect_refer_paper, 0)),
		.day = v->now / DAY };
	int result = desk_find(v, &c);
	if (result == 0)
		result = load_sheet(v, &c, &p.sheet);
	if (result == 0)
		result = refer_bodies(v, &c, &body, &n);
	if (result < 0)
		return result;
	int64_t id = case_sheet_number(&p.sheet, "body");
	for (size_t i = 0; i < n; i++)
		if (body[i].id == id)
			p.body = &body[i];
	if (!p.body || !refer_may(body, n, id))
		return err_note(ERR_DENIED, "the reporter has not agreed that it goes there");
	result = load_name(v, &c, &p);
	if (result == 0)
		result = cut_lines(v, &p);
	if (result < 0)
		return result;
	keep_id_text(&c.id, p.id);
	refer_paper(&v->out, &p);
	if (v->out.out.failed)
		return v->out.out.failed;
	return p.body->public.n ? give_locked(v, p.body) : visit_page(v, 200);
}

const struct route refer_routes[] = {
	{ HTTP_GET, "/cases/:id/referral/:entry", SIGNED_IN, NULL, desk_enter, package_show },
	{ 0 },
};
