/* For the officers: ask, wait two days, then one after the other. */
#include "account/audit.h"
#include "account/escrow.h"
#include "account/escrow.html.h"
#include "account/escrow.sql.h"
#include "account/inner.h"
#include "account/pages.h"
#include "crypto/code.h"

#define POCKET_ESCROW "escrow" /* struct handed, shown until it is said that it was noted */
struct handed {
	int64_t account;
	struct code code;
};

/* Which share's outer seal is ${account}'s; VAULT_OFFICERS: they are no officer of it. */
static size_t share_of(const struct escrow *e, int64_t account)
{
	size_t i = 0;
	while (i < VAULT_OFFICERS && e->officer[i] != account)
		i++;
	return i;
}

static size_t share_before(size_t i)
{
	return (i + VAULT_OFFICERS - 1) % VAULT_OFFICERS;
}

static int has_half(struct visit *v, int64_t account, size_t share)
{
	struct escrow_half_get_row row = { 0 };
	return escrow_half_get(v->db, v->mem, account, (int64_t)share, &row);
}

static int fill_row(struct visit *v, const struct escrow_of_officer_row *row, struct escrow_row *to)
{
	struct escrow e = { 0 };
	*to = (struct escrow_row){ .account = row->account,
		.name = row->name,
		.asked_by = row->asked_name.p ? row->asked_name : STR(""),
		.asked_at = row->asked_at.has ? row->asked_at.v : 0,
		.is_whole = row->is_whole };
	to->is_due = to->asked_at && v->now - to->asked_at >= ESCROW_WAIT;
	int result = escrow_find(v, row->account, &e);
	if (result <= 0)
		return result;
	size_t mine = share_of(&e, v->who.account.v);
	must(mine < VAULT_OFFICERS);
	result = has_half(v, row->account, mine);
	to->has_mine = result > 0;
	if (result >= 0)
		result = has_half(v, row->account, share_before(mine));
	to->has_other = result > 0;
	return result < 0 ? result : 0;
}

static int show_code(struct visit *v, struct escrow_view *p)
{
	struct str kept = { 0 };
	struct handed handed = { 0 };
	if (!sessions_pocket_get(
		    v->house->sessions, page_session(v), POCKET_ESCROW, v->mem, &kept) ||
		kept.n != sizeof handed)
		return 0;
	memcpy(&handed, kept.p, sizeof handed);
	for (size_t i = 0; i < p->n_row; i++)
		if (p->row[i].account == handed.account)
			p->code_name = p->row[i].name;
	p->code = arena_copy(v->mem, str_c(code_show(&handed.code).z));
	wipe(&handed, sizeof handed);
	return p->code.p ? 0 : ERR_NOMEM;
}

static int desk_show(struct visit *v)
{
	struct escrow_of_officer_row *row = NULL;
	struct escrow_view p = { .is_saved = page_saved(v) };
	size_t n = 0;
	int result = escrow_of_officer(v->db, v->mem, v->who.account.v, &row, &n);
	p.row = arena_array(v->mem, n + 1, sizeof *p.row);
	if (result >= 0 && !p.row)
		result = ERR_NOMEM;
	for (; result >= 0 && p.n_row < n; p.n_row++)
		result = fill_row(v, &row[p.n_row], &p.row[p.n_row]);
	if (result >= 0)
		result = show_code(v, &p);
	if (result < 0)
		return result;
	p.has_key = v->who.key_turn != 0;
	p.frame = visit_frame(v, visit_say(v, MSG_account_escrow_desk, 0));
	escrow_desk_page(&v->out, &p);
	return visit_page(v, 200);
}

/* The account of the address, of which whoever visits is an officer. */
static int find(struct visit *v, struct escrow *e, size_t *ret_mine)
{
	int64_t account;
	int result = str_i64(v->part[0], &account) ? escrow_find(v, account, e) : 0;
	if (result < 0)
		return result;
	*ret_mine = result > 0 ? share_of(e, v->who.account.v) : VAULT_OFFICERS;
	return *ret_mine < VAULT_OFFICERS ? 0 : err_note(ERR_MISSING, "no officer of it");
}

static int note(struct visit *v, enum audit_what what, int64_t account)
{
	int result = audit_add(v, &(struct audit_line){ .what = what, .ref = account });
	return result < 0 ? result : visit_go(v, STR("/escrow?saved"));
}

static int ask_act(struct visit *v)
{
	struct escrow e = { 0 };
	size_t mine;
	v->is_quiet = true;
	int result = find(v, &e, &mine);
	if (result == 0 && !e.is_whole)
		result = err_note(ERR_CONFLICT, "the account has another key by now");
	if (result == 0)
		result = escrow_ask_put(v->db, e.account, v->who.account.v, v->now);
	if (result == 0)
		result = err_note(ERR_CONFLICT, "it was asked for already");
	return result < 0 ? result : note(v, AUDIT_ESCROW_ASKED, e.account);
}

/* Two days have passed, and nobody refused. */
static int find_due(struct visit *v, struct escrow *e, size_t *ret_mine)
{
	struct escrow_ask_get_row row = { 0 };
	int result = find(v, e, ret_mine);
	if (result == 0)
		result = escrow_ask_get(v->db, v->mem, e->account, &row);
	if (result < 0)
		return result;
	if (result == 0 || v->now - row.asked_at < ESCROW_WAIT || !e->is_whole)
		return err_note(ERR_CONFLICT, "not before two days have passed");
	return 0;
}

struct half {
	uint8_t b[PAIR_WRAP];
};

static int part_check(struct visit *v)
{
	struct escrow e = { 0 };
	struct half *half = arena_take(v->mem, sizeof *half);
	struct vault_message said, ask = { .kind = VAULT_PART };
	size_t mine = 0;
	int result = half ? find_due(v, &e, &mine) : ERR_NOMEM;
	if (result < 0)
		return result;
	ask.box = (struct str){ (const char *)e.slot + mine * VAULT_SHARE, VAULT_SHARE };
	result = key_ask(v, &ask, &said);
	if (result == 0 && said.text.n != sizeof half->b)
		result = err_note(ERR_BUG, "half a share of another shape");
	if (result < 0)
		return result;
	memcpy(half->b, said.text.p, sizeof half->b);
	v->parked = half;
	return VISIT_GO_ON;
}

static int part_act(struct visit *v)
{
	const struct half *half = v->parked;
	struct escrow e = { 0 };
	size_t mine;
	v->is_quiet = true;
	int result = find_due(v, &e, &mine);
	if (result == 0)
		result = escrow_half_put(v->db, e.account, (int64_t)mine,
			(struct str){ (const char *)half->b, sizeof half->b });
	return result < 0 ? result : note(v, AUDIT_ESCROW_PART, e.account);
}

struct opened {
	struct handed handed;
	uint8_t slot[SEALED_SECRET];
};

static int open_check(struct visit *v)
{
	struct escrow e = { 0 };
	struct escrow_half_get_row row = { 0 };
	struct opened *o = arena_take(v->mem, sizeof *o);
	struct vault_message said, ask = { .kind = VAULT_REJOIN };
	size_t mine = 0;
	int result = o ? find_due(v, &e, &mine) : ERR_NOMEM;
	if (result == 0)
		result = escrow_half_get(
			v->db, v->mem, e.account, (int64_t)share_before(mine), &row);
	if (result == 0)
		result = err_note(ERR_CONFLICT, "another officer goes first");
	if (result < 0)
		return result;
	o->handed.account = e.account;
	code_make(&o->handed.code);
	ask.account = vault_id_of(e.account);
	ask.key = e.key;
	ask.role = (uint8_t)share_before(mine);
	ask.code = o->handed.code;
	ask.text = (struct str){ (const char *)e.keys, sizeof e.keys };
	ask.box = row.half;
	result = key_ask(v, &ask, &said);
	wipe(&ask, sizeof ask);
	if (result < 0)
		return result;
	memcpy(o->slot, said.recovery, sizeof o->slot);
	v->parked = o;
	return VISIT_GO_ON;
}

static int open_act(struct visit *v)
{
	const struct opened *o = v->parked;
	struct escrow e = { 0 };
	size_t mine;
	v->is_quiet = true;
	int result = find_due(v, &e, &mine);
	if (result == 0)
		result = account_key_recovery_keep(
			v->db, (struct account_id){ e.account }, o->slot);
	if (result == 0)
		result = escrow_end(v, e.account);
	if (result == 0 &&
		!sessions_pocket_put(v->house->sessions, page_session(v), POCKET_ESCROW,
			(struct str){ (const char *)&o->handed, sizeof o->handed }))
		result = err_note(ERR_DENIED, "no session to keep a code");
	return result < 0 ? result : note(v, AUDIT_ESCROW_OPENED, e.account);
}

static int noted_act(struct visit *v)
{
	v->is_quiet = true;
	sessions_pocket_empty(v->house->sessions, page_session(v));
	return visit_go(v, STR("/escrow"));
}

const struct route escrow_desk_routes[] = {
	{ HTTP_GET, "/escrow", SIGNED_IN, NULL, NULL, desk_show },
	{ HTTP_POST, "/escrow/noted", SIGNED_IN, NULL, NULL, noted_act },
	{ HTTP_POST, "/escrow/:id/ask", SIGNED_IN, NULL, NULL, ask_act },
	{ HTTP_POST, "/escrow/:id/part", SIGNED_IN, NULL, part_check, part_act },
	{ HTTP_POST, "/escrow/:id/open", SIGNED_IN, NULL, open_check, open_act },
	{ 0 },
};
