/* For the holder of a key, and for whoever names the officers. */
#include "account/escrow.h"
#include "account/account.sql.h"
#include "account/audit.h"
#include "account/escrow.html.h"
#include "account/escrow.sql.h"
#include "account/inner.h"
#include "account/pages.h"

enum { DAY = 86400 };

static bool copy(struct str from, void *to, size_t n)
{
	if (from.n == n)
		memcpy(to, from.p, n);
	return from.n == n;
}

int escrow_find(struct visit *v, int64_t account, struct escrow *ret)
{
	struct escrow_get_row row = { 0 };
	struct escrow e = { .account = account };
	int result = escrow_get(v->db, v->mem, account, &row);
	if (result <= 0)
		return result;
	if (!copy(row.public, e.key.b, sizeof e.key.b) || !copy(row.keys, e.keys, sizeof e.keys) ||
		!copy(row.slot, e.slot, sizeof e.slot))
		return err_note(ERR_BUG, "what was entrusted has another shape");
	e.officer[0] = row.one;
	e.officer[1] = row.two;
	e.officer[2] = row.three;
	e.on_day = row.on_day;
	e.is_whole = row.is_whole;
	*ret = e;
	return 1;
}

int escrow_end(struct visit *v, int64_t account)
{
	int result = escrow_ask_drop(v->db, account);
	if (result >= 0)
		result = escrow_half_drop(v->db, account);
	return result < 0 ? result : 0;
}

int escrow_is_asked(struct visit *v)
{
	struct escrow_ask_get_row row = { 0 };
	return escrow_ask_get(v->db, v->mem, v->who.account.v, &row);
}

int escrow_officers(struct visit *v, struct escrow_view *p)
{
	struct officer_list_row *row = NULL;
	size_t n = 0;
	int result = officer_list(v->db, v->mem, &row, &n);
	for (size_t i = 0; result >= 0 && i < n && i < VAULT_OFFICERS; i++)
		p->officer[p->n_officer++] = (struct officer){ row[i].account, row[i].name,
			row[i].is_ready };
	return result < 0 ? result : 0;
}

/* ---- the holder ---- */

static int holder_show(struct visit *v)
{
	struct escrow_view p = { .form = &v->form, .is_saved = page_saved(v) };
	struct escrow e = { 0 };
	struct escrow_ask_get_row asked = { 0 };
	int result = escrow_officers(v, &p);
	if (result == 0)
		result = escrow_find(v, v->who.account.v, &e);
	if (result > 0) {
		p.is_on = true;
		p.is_whole = e.is_whole;
		p.on_day = e.on_day;
		result = escrow_ask_get(v->db, v->mem, v->who.account.v, &asked);
	}
	if (result > 0) {
		p.asked_by = asked.name;
		p.asked_at = asked.asked_at;
	}
	if (result < 0)
		return result;
	p.has_key = v->who.key_turn != 0;
	p.frame = visit_frame(v, visit_say(v, MSG_account_escrow_title, 0));
	escrow_own_page(&v->out, &p);
	return visit_page(v, 200);
}

/* The officers as they are now, each with a key; ${v} is none of them. */
static int read_officers(struct visit *v, struct escrow *e)
{
	struct officer_list_row *row = NULL;
	size_t n = 0;
	int result = officer_list(v->db, v->mem, &row, &n);
	if (result < 0)
		return result;
	if (n != VAULT_OFFICERS)
		return err_note(ERR_CONFLICT, "there are no three officers");
	for (size_t i = 0; i < n; i++) {
		e->officer[i] = row[i].account;
		if (!row[i].is_ready || row[i].account == v->who.account.v ||
			!copy(row[i].public, e->keys + i * SECRET_BYTES, SECRET_BYTES))
			return err_note(ERR_CONFLICT, "an officer who cannot be one here");
	}
	return 0;
}

static int on_check(struct visit *v)
{
	struct escrow *e = arena_take(v->mem, sizeof *e);
	struct account_key key = { 0 };
	struct vault_message said, ask = { .kind = VAULT_ENTRUST };
	int result = e ? read_officers(v, e) : ERR_NOMEM;
	if (result == 0)
		result = account_key_find(v->db, v->mem, v->who.account, &key);
	if (result == 0)
		result = err_note(ERR_CONFLICT, "no key to entrust");
	if (result < 0)
		return result;
	e->key = key.slots.key;
	ask.text = (struct str){ (const char *)e->keys, sizeof e->keys };
	result = key_ask(v, &ask, &said);
	if (result == 0 && !copy(said.box, e->slot, sizeof e->slot))
		result = err_note(ERR_BUG, "three shares of another shape");
	v->parked = e;
	return result < 0 ? result : VISIT_GO_ON;
}

static struct str bytes(const void *p, size_t n)
{
	return (struct str){ p, n };
}

static int on_act(struct visit *v)
{
	const struct escrow *e = v->parked;
	v->is_quiet = true;
	int result = escrow_put(v->db,
		(struct escrow_put_in){ .account = v->who.account.v,
			.public = bytes(e->key.b, sizeof e->key.b),
			.one = e->officer[0],
			.two = e->officer[1],
			.three = e->officer[2],
			.keys = bytes(e->keys, sizeof e->keys),
			.slot = bytes(e->slot, sizeof e->slot),
			.on_day = v->now / DAY });
	if (result >= 0)
		result = escrow_end(v, v->who.account.v);
	if (result == 0)
		result = audit_add(v, &(struct audit_line){ .what = AUDIT_ESCROW_ON });
	return result < 0 ? result : visit_go(v, STR("/account/escrow?saved"));
}

static int off_act(struct visit *v)
{
	v->is_quiet = true;
	int result = escrow_end(v, v->who.account.v);
	if (result == 0)
		result = escrow_drop(v->db, v->who.account.v);
	if (result >= 0)
		result = audit_add(v, &(struct audit_line){ .what = AUDIT_ESCROW_OFF });
	return result < 0 ? result : visit_go(v, STR("/account/escrow?saved"));
}

static int refuse_act(struct visit *v)
{
	v->is_quiet = true;
	int result = escrow_end(v, v->who.account.v);
	if (result == 0)
		result = audit_add(v,
			&(struct audit_line){
				.what = AUDIT_ESCROW_REFUSED, .ref = v->who.account.v });
	return result < 0 ? result : visit_go(v, STR("/account/escrow?saved"));
}

/* ---- the officers ---- */

struct officers_in {
	struct str name[VAULT_OFFICERS];
};
#define NAME(i) \
	{ \
		"officer" #i, FIELD_LINE, .is_required = true, .max = 100, \
					  .at = offsetof(struct officers_in, name[(i)-1]) \
	}
static const struct form officers_form = {
	.name = "officers",
	.size = sizeof(struct officers_in),
	.body_max = 8192,
	.field = { NAME(1), NAME(2), NAME(3) },
};
const struct fault_label escrow_labels[] = {
	{ "officer1", MSG_account_escrow_first },
	{ "officer2", MSG_account_escrow_second },
	{ "officer3", MSG_account_escrow_third },
	{ 0 },
};

static int officers_show(struct visit *v)
{
	struct escrow_view p = { .form = &v->form, .is_saved = page_saved(v) };
	int result = escrow_officers(v, &p);
	if (result < 0)
		return result;
	p.frame = visit_frame(v, visit_say(v, MSG_account_escrow_officers, 0));
	p.frame.area = FRAME_PEOPLE;
	escrow_officers_page(&v->out, &p);
	return visit_page(v, page_status(v));
}

struct chosen {
	int64_t account[VAULT_OFFICERS];
};

static int choose(struct visit *v, size_t i, struct chosen *c)
{
	static const char *const field[VAULT_OFFICERS] = { "officer1", "officer2", "officer3" };
	struct officer_account_row row = { 0 };
	struct str key = { 0 };
	int msg = 0;
	if (form_fault_of(&v->form, field[i]))
		return 0;
	int result = account_name_key(visit_in(v, struct officers_in)->name[i], v->mem, &key);
	if (result == 0)
		result = officer_account(v->db, v->mem, key, &row);
	else if (result == ERR_INPUT)
		result = 0;
	if (result < 0)
		return result;
	if (result == 0)
		msg = MSG_account_escrow_nobody;
	else if (!row.is_ready)
		msg = MSG_account_escrow_not_ready;
	for (size_t k = 0; k < i; k++)
		if (result > 0 && c->account[k] == row.id)
			msg = MSG_account_escrow_twice;
	if (msg)
		form_fault_add(&v->form, field[i], msg, 0);
	c->account[i] = row.id;
	return 0;
}

static int officers_check(struct visit *v)
{
	struct chosen *c = arena_take(v->mem, sizeof *c);
	int result = c ? 0 : ERR_NOMEM;
	for (size_t i = 0; result == 0 && i < VAULT_OFFICERS; i++)
		result = choose(v, i, c);
	v->parked = c;
	return result < 0 ? result : v->form.n_fault ? visit_ended(officers_show(v)) : VISIT_GO_ON;
}

static int officers_act(struct visit *v)
{
	const struct chosen *c = v->parked;
	v->is_quiet = true;
	int result = officer_drop_all(v->db);
	for (size_t i = 0; result >= 0 && i < VAULT_OFFICERS; i++)
		result = officer_add(v->db, (int64_t)i + 1, c->account[i]);
	for (size_t i = 0; result >= 0 && i < VAULT_OFFICERS; i++)
		result = audit_add(v,
			&(struct audit_line){ .what = AUDIT_ESCROW_OFFICER, .ref = c->account[i] });
	return result < 0 ? result : visit_go(v, STR("/site/escrow?saved"));
}

const struct route escrow_routes[] = {
	{ HTTP_GET, "/account/escrow", SIGNED_IN, NULL, NULL, holder_show },
	{ HTTP_POST, "/account/escrow/on", SIGNED_IN, NULL, on_check, on_act },
	{ HTTP_POST, "/account/escrow/off", SIGNED_IN, NULL, NULL, off_act },
	{ HTTP_POST, "/account/escrow/refuse", SIGNED_IN, NULL, NULL, refuse_act },
	{ HTTP_GET, "/site/escrow", ADMIN, NULL, NULL, officers_show },
	{ HTTP_POST, "/site/escrow", ADMIN, &officers_form, officers_check, officers_act },
	{ 0 },
};
