#include "account/inner.h"
#include "account/own.h"
#include "account/own.html.h"
#include "crypto/totp.h"

static int load(struct visit *v, struct account_by_id_row *ret)
{
	int st = account_by_id(v->db, v->mem, v->who.account.v, ret);
	return st == 0 ? err_note(ERR_MISSING, "an account that is gone") : st < 0 ? st : 0;
}

static struct own_view view(struct visit *v, int title)
{
	return (struct own_view){ .frame = visit_frame(v, visit_say(v, title, 0)),
		.form = &v->form };
}

/* The secret that waits to be confirmed, drawn when there is none yet. */
static int pending_secret(struct visit *v, struct str *ret)
{
	uint8_t secret[TOTP_SECRET_BYTES];
	struct str session = page_session(v);
	if (sessions_pocket_get(v->house->sessions, session, POCKET_SECRET, v->mem, ret))
		return 0;
	random_bytes(secret, sizeof secret);
	struct str made = { (const char *)secret, sizeof secret };
	*ret = arena_copy(v->mem, made);
	bool is_kept = sessions_pocket_put(v->house->sessions, session, POCKET_SECRET, made);
	wipe(secret, sizeof secret);
	return is_kept && ret->p ? 0 : err_note(ERR_DENIED, "no session to keep a secret");
}

/* Letters in groups of four. */
static struct str grouped(struct arena *mem, const char *text, size_t group)
{
	auto_buf b;
	buf_init(&b, 256);
	for (size_t i = 0; text[i]; i++) {
		if (i && i % group == 0)
			buf_byte(&b, ' ');
		buf_byte(&b, text[i]);
	}
	return arena_copy(mem, buf_view(&b));
}

static int fill_picture(struct visit *v, struct str secret, struct own_view *p)
{
	const struct settings *set = atomic_load(&v->house->settings);
	char letters[TOTP_SECRET_CHARS + 1];
	int side = 0;
	auto_buf uri, path;
	buf_init(&uri, 2048);
	buf_init(&path, 65536);
	totp_uri((const uint8_t *)secret.p, set->name, v->who.account_name, &uri);
	int st = uri.failed ? uri.failed : qr_path(buf_view(&uri), &path, &side);
	if (st)
		return st;
	totp_base32((const uint8_t *)secret.p, letters);
	p->picture = arena_copy(v->mem, buf_view(&path));
	p->picture_box = arena_f(v->mem, "0 0 %d %d", side, side);
	p->letters = grouped(v->mem, letters, 4);
	wipe(letters, sizeof letters);
	return 0;
}

int step_show(struct visit *v)
{
	struct account_by_id_row row;
	struct str secret;
	int st = load(v, &row);
	if (st)
		return st;
	struct own_view p = view(v, MSG_account_step_title);
	if (row.second_step.p) {
		step_off_page(&v->out, &p);
		return visit_page(v, page_status(v));
	}
	st = pending_secret(v, &secret);
	if (st == 0)
		st = fill_picture(v, secret, &p);
	if (st)
		return st;
	step_page(&v->out, &p);
	return visit_page(v, page_status(v));
}

static int step_again(struct visit *v, int msg)
{
	if (msg)
		form_fault_add(&v->form, "digits", msg, 0);
	return step_show(v);
}

static struct throttle_key own_key(struct visit *v)
{
	return (struct throttle_key){ "second step",
		arena_f(v->mem, "%lld", (long long)v->who.account.v), 0 };
}

/* What act needs once the digits are right. */
struct step_done {
	struct str secret;
	int64_t step;
};

static int check_digits(struct visit *v, struct str secret, int64_t last)
{
	struct step_done *done = arena_take(v->mem, sizeof *done);
	struct throttle_key key = own_key(v);
	if (!done)
		return ERR_NOMEM;
	if (v->form.n_fault || !page_try(v, &key, "digits"))
		return visit_ended(step_again(v, 0));
	struct str digits = visit_in(v, struct digits_in)->digits;
	if (!totp_check(secret.p, secret.n, v->now, last, digits, &done->step))
		return visit_ended(step_again(v, MSG_account_fault_digits));
	page_passed(v, &key);
	done->secret = secret;
	v->parked = done;
	return VISIT_GO_ON;
}

int step_check(struct visit *v)
{
	struct account_by_id_row row;
	struct str secret;
	int st = load(v, &row);
	if (st)
		return st;
	if (row.second_step.p)
		return visit_ended(visit_go(v, STR("/account/second-step")));
	st = pending_secret(v, &secret);
	return st ? st : check_digits(v, secret, -1);
}

static int draw_codes(struct visit *v)
{
	struct recovery codes[RECOVERY_COUNT];
	_Static_assert(sizeof codes <= SESSION_POCKET_MAX, "codes fit in a pocket");
	for (size_t i = 0; i < RECOVERY_COUNT; i++)
		recovery_make(&codes[i]);
	bool is_kept = sessions_pocket_put(v->house->sessions, page_session(v), POCKET_CODES,
		(struct str){ (const char *)codes, sizeof codes });
	wipe(codes, sizeof codes);
	return is_kept ? 0 : err_note(ERR_DENIED, "no session to keep codes");
}

int step_act(struct visit *v)
{
	const struct step_done *done = v->parked;
	struct str box = account_secret_seal(v->house->keys, v->who.account, done->secret, v->mem);
	v->is_quiet = true;
	if (!box.p)
		return ERR_NOMEM;
	int st = account_second_step_set(v->db, v->who.account.v, box, done->step);
	if (st >= 0)
		st = audit_add(v, &(struct audit_line){ .what = AUDIT_STEP_ON });
	if (st < 0)
		return st;
	st = draw_codes(v);
	return st ? st : visit_go(v, STR("/account/recovery"));
}

int step_off_check(struct visit *v)
{
	struct account_by_id_row row;
	struct str secret;
	int st = load(v, &row);
	if (st)
		return st;
	if (!row.second_step.p)
		return visit_ended(visit_go(v, STR("/account/second-step")));
	st = account_secret_open(v->house->keys, v->who.account, row.second_step, v->mem, &secret);
	return st ? st : check_digits(v, secret, row.second_step_used);
}

int step_off_act(struct visit *v)
{
	v->is_quiet = true;
	int st = account_second_step_set(v->db, v->who.account.v, (struct str){ 0 }, -1);
	if (st >= 0)
		st = account_recovery_clear(v->db, v->who.account.v);
	if (st >= 0)
		st = audit_add(v, &(struct audit_line){ .what = AUDIT_STEP_OFF });
	return st < 0 ? st : visit_go(v, STR("/account?saved"));
}

/* ---- codes on paper ---- */

static bool pending_codes(struct visit *v, struct str *ret)
{
	return sessions_pocket_get(v->house->sessions, page_session(v), POCKET_CODES, v->mem, ret);
}

int codes_show(struct visit *v)
{
	struct account_recovery_count_row count;
	struct own_view p = view(v, MSG_account_codes_title);
	struct str codes;
	int st = account_recovery_count(v->db, v->mem, v->who.account.v, &count);
	if (st < 0)
		return st;
	p.codes_left = count.n;
	if (pending_codes(v, &codes)) {
		const struct recovery *code = (const struct recovery *)codes.p;
		for (; p.n_code < RECOVERY_COUNT; p.n_code++)
			p.code[p.n_code] = grouped(v->mem, code[p.n_code].z, 5);
	}
	codes_page(&v->out, &p);
	return visit_page(v, page_status(v));
}

int codes_check(struct visit *v)
{
	struct recovery typed;
	struct str codes;
	bool is_one = false;
	if (!pending_codes(v, &codes))
		return visit_ended(visit_go(v, STR("/account/recovery")));
	if (!v->form.n_fault && recovery_parse(visit_in(v, struct recovery_in)->code, &typed) == 0)
		for (size_t i = 0; i < RECOVERY_COUNT; i++)
			is_one |= bytes_same(codes.p + i * sizeof typed, typed.z, RECOVERY_CHARS);
	if (is_one)
		return VISIT_GO_ON;
	if (!v->form.n_fault)
		form_fault_add(&v->form, "code", MSG_account_fault_retype, 0);
	return visit_ended(codes_show(v));
}

int codes_act(struct visit *v)
{
	struct str codes;
	v->is_quiet = true;
	if (!pending_codes(v, &codes))
		return err_note(ERR_CONFLICT, "codes were kept already");
	int st = account_recovery_put(
		v->db, v->house->keys, v->who.account, (const struct recovery *)codes.p);
	if (st == 0)
		st = audit_add(v, &(struct audit_line){ .what = AUDIT_CODES_MADE });
	if (st)
		return st;
	sessions_pocket_empty(v->house->sessions, page_session(v));
	return visit_go(v, STR("/account?saved"));
}

int codes_new_act(struct visit *v)
{
	struct account_by_id_row row;
	v->is_quiet = true;
	int st = load(v, &row);
	if (st == 0 && !row.second_step.p)
		return visit_go(v, STR("/account/second-step"));
	if (st == 0)
		st = draw_codes(v);
	return st ? st : visit_go(v, STR("/account/recovery"));
}
