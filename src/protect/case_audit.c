#include "protect/case_audit.h"
#include "po/messages.h"
#include "protect/case_audit.html.h"
#include "protect/case_audit.sql.h"
#include "protect/case_desk.h"
#include "protect/routes.h"

enum { LINES_MAX = 200, TIMELINE_MAX = 20 };

static int what_msg(int64_t what)
{
	static const int msg[CASE_WHATS] = { [CASE_TAKEN] = MSG_protect_log_taken,
		[CASE_ADDED] = MSG_protect_log_added,
		[CASE_LEFT] = MSG_protect_log_left,
		[CASE_TAKEN_OUT] = MSG_protect_log_out,
		[CASE_CONFLICT] = MSG_protect_log_conflict,
		[CASE_HANDED] = MSG_protect_log_handed,
		[CASE_ROUTED] = MSG_protect_log_routed,
		[CASE_LOCKED] = MSG_protect_log_locked,
		[CASE_CLOSED] = MSG_protect_log_closed,
		[CASE_REOPENED] = MSG_protect_log_reopened,
		[CASE_DESTROYED] = MSG_protect_log_destroyed,
		[CASE_NAME_OPENED] = MSG_protect_log_opened,
		[CASE_NAME_GIVEN] = MSG_protect_log_given,
		[CASE_RAISED] = MSG_protect_log_raised,
		[CASE_DECIDED] = MSG_protect_log_decided,
		[CASE_REFERRED] = MSG_protect_log_referred,
		[CASE_PAID] = MSG_protect_log_paid,
		[CASE_UNPAID] = MSG_protect_log_unpaid,
		[CASE_WITHDRAWN] = MSG_protect_log_withdrawn,
		[CASE_KEPT_ON] = MSG_protect_log_kept_on,
		[CASE_TIED] = MSG_protect_log_tied,
		[CASE_UNTIED] = MSG_protect_log_untied,
		[CASE_COVERED] = MSG_protect_log_covered,
		[CASE_UNCOVERED] = MSG_protect_log_uncovered };
	return what > 0 && what < CASE_WHATS ? msg[what] : 0;
}

int case_timeline(
	struct visit *v, const struct keep_case *c, struct audit_case_row **ret, size_t *ret_n)
{
	struct case_audit_of_row *row;
	size_t n = 0, used = 0;
	int result = case_audit_of(v->db, v->mem, keep_id_bytes(&c->id), TIMELINE_MAX, &row, &n);
	struct audit_case_row *all = arena_array(v->mem, n + 1, sizeof *all);
	if (result >= 0 && !all)
		result = ERR_NOMEM;
	if (result < 0)
		return result;
	for (size_t i = 0; i < n; i++) {
		all[used] = (struct audit_case_row){ .day = row[i].on_day,
			.number = row[i].number,
			.msg = what_msg(row[i].what),
			.who = row[i].who,
			.ref = row[i].ref };
		used += all[used].msg != 0;
	}
	*ret = all;
	*ret_n = used;
	return 0;
}

static int audit_enter(struct visit *v)
{
	struct case_audit_may_row row;
	int result = case_audit_may(v->db, v->mem, v->who.account.v, &row);
	if (result <= 0)
		return result < 0 ? result : err_note(ERR_MISSING, "not an auditor");
	return desk_enter(v);
}

static int audit_show(struct visit *v)
{
	struct case_audit_lines_row *row;
	size_t n = 0;
	struct case_audit_view p = { .frame = visit_frame(
					     v, visit_say(v, MSG_protect_log_title, 0)) };
	p.frame.area = FRAME_CASES;
	int result = case_audit_lines(v->db, v->mem, v->who.account.v, LINES_MAX, &row, &n);
	if (result >= 0)
		result = case_log_check(v->db, &p.lines, &p.broken);
	p.row = arena_array(v->mem, n + 1, sizeof *p.row);
	if (result >= 0 && !p.row)
		result = ERR_NOMEM;
	if (result < 0)
		return result;
	for (size_t i = 0; i < n; i++) {
		struct audit_case_row *to = &p.row[p.n_row];
		struct vault_id id = { 0 };
		char code[KEEP_ID_CHARS + 1];
		if (row[i].of.n == sizeof id.b)
			memcpy(id.b, row[i].of.p, sizeof id.b);
		keep_id_text(&id, code);
		*to = (struct audit_case_row){ .day = row[i].on_day,
			.number = row[i].number,
			.msg = what_msg(row[i].what),
			.who = row[i].who,
			.ref = row[i].ref };
		memcpy(to->code, code, sizeof to->code - 1);
		p.n_row += to->msg != 0;
	}
	case_audit_page(&v->out, &p);
	return visit_page(v, 200);
}

const struct route case_audit_routes[] = {
	{ HTTP_GET, "/cases/log", SIGNED_IN, NULL, audit_enter, audit_show },
	{ 0 },
};
