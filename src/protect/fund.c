#include "protect/fund.h"
#include "po/messages.h"
#include "protect/case_desk.sql.h"
#include "protect/case_give.h"
#include "protect/fund_desk.h"

enum { SHEET_MAX = 4096 };

int fund_way_msg(int64_t way)
{
	static const int msg[FUND_WAYS] = { MSG_protect_pay_by_hand, MSG_protect_pay_mobile,
		MSG_protect_pay_bank, MSG_protect_pay_other };
	return msg[way >= 1 && way <= FUND_WAYS ? way - 1 : FUND_WAYS - 1];
}

bool fund_is_typed(const struct form_result *form, const char *name, int64_t n)
{
	int64_t typed;
	return str_i64(form_typed(form, name), &typed) && typed == n;
}

int fund_way_of(struct visit *v, const struct keep_shown *text, size_t n, struct fund_way *ret)
{
	*ret = (struct fund_way){ 0 };
	for (size_t i = n; i-- > 0;) {
		struct case_sheet sheet = { 0 };
		if (!str_is(text[i].field, FUND_WAY))
			continue;
		ret->on_day = text[i].on_day;
		ret->is_broken = text[i].is_broken;
		if (!ret->is_broken && case_sheet_read(v->mem, text[i].text, &sheet) < 0) {
			err_forget();
			ret->is_broken = true;
		}
		ret->way = case_sheet_number(&sheet, "way");
		ret->how = case_sheet_get(&sheet, "how");
		return 0;
	}
	return 0;
}

int fund_is_kept(struct visit *v, const struct keep_case *c)
{
	return locks_holds(v, c, VAULT_HANDLER, VAULT_LIAISON, v->who.account.v);
}

/* ---- orders ---- */

static int name_of(struct visit *v, int64_t account, struct str *ret)
{
	struct case_name_row row = { 0 };
	int result = case_name(v->db, v->mem, account, &row);
	if (result > 0)
		*ret = row.name;
	return result < 0 ? result : 0;
}

static int fill(struct visit *v, const struct keep_case *c, const struct keep_shown *text,
	const struct case_sheet *s, struct fund_order *ret)
{
	*ret = (struct fund_order){ .entry = case_sheet_get(s, "entry"),
		.money = case_sheet_get(s, "money"),
		.sum = case_sheet_number(s, "sum"),
		.kinds = case_sheet_number(s, "kinds"),
		.until = case_sheet_number(s, "until"),
		.on_day = text->on_day,
		.state = FUND_OPEN };
	keep_id_text(&text->id, ret->id);
	keep_id_text(&c->id, ret->of);
	int result = name_of(v, case_sheet_number(s, "first"), &ret->first);
	return result < 0 ? result : name_of(v, case_sheet_number(s, "second"), &ret->second);
}

/* What an officer said about one of them. */
static void stand(struct fund_order *all, size_t n, const struct case_sheet *s, int64_t day)
{
	struct str order = case_sheet_get(s, "order");
	int64_t state = case_sheet_number(s, "state");
	for (size_t i = 0; i < n; i++)
		if (str_is(order, all[i].id) && all[i].state != FUND_PAID &&
			(state == FUND_PAID || state == FUND_UNPAID)) {
			all[i].state = (enum fund_state)state;
			all[i].reason = case_sheet_get(s, "reason");
			all[i].said_on = day;
		}
}

static int sort_out(struct visit *v, const struct keep_case *c, const struct keep_shown *text,
	size_t n, struct fund_order *all, size_t *used)
{
	int result = 0;
	for (size_t i = 0; i < n && result >= 0; i++) {
		struct case_sheet s = { 0 };
		bool is_order = str_is(text[i].field, FUND_ORDER);
		bool is_state = str_is(text[i].field, FUND_ORDER_STATE);
		if (text[i].is_broken || (!is_order && !is_state))
			continue;
		if (case_sheet_read(v->mem, text[i].text, &s) < 0)
			err_forget();
		else if (is_state)
			stand(all, *used, &s, text[i].on_day);
		else if (*used < FUND_ORDERS_MAX)
			result = fill(v, c, &text[i], &s, &all[(*used)++]);
	}
	return result;
}

int fund_orders(struct visit *v, const struct keep_case *c, enum vault_role role,
	struct fund_order **ret, size_t *ret_n)
{
	auto_keep_seat seat = { 0 };
	struct keep_shown *text = NULL;
	size_t n = 0, used = 0;
	struct fund_order *all = arena_array(v->mem, FUND_ORDERS_MAX, sizeof *all);
	*ret = all;
	*ret_n = 0;
	if (!all)
		return ERR_NOMEM;
	int result = locks_holds(v, c, role, VAULT_LIAISON, v->who.account.v);
	if (result <= 0)
		return result;
	result = desk_sit(v, c, role, VAULT_LIAISON, &seat);
	if (result == 0)
		result = keep_read(v, &seat, &text, &n);
	if (result == 0)
		result = sort_out(v, c, text, n, all, &used);
	for (size_t i = 0; i < used / 2; i++) {
		struct fund_order swap = all[i];
		all[i] = all[used - 1 - i];
		all[used - 1 - i] = swap;
	}
	*ret_n = used;
	return result < 0 ? result : 0;
}

static int write_order(
	struct visit *v, const struct keep_case *c, const struct tool_entry *e, struct buf *to)
{
	struct fund_money money = { 0 };
	int result = fund_money(v, c, &money);
	case_sheet_put(to, "entry", str_c(e->id));
	case_sheet_put_number(to, "sum", case_sheet_number(&e->sheet, "sum"));
	case_sheet_put_number(to, "kinds", case_sheet_number(&e->sheet, "kinds"));
	case_sheet_put_number(to, "until", tool_due(&tool_support, e));
	case_sheet_put_number(to, "first", e->yes);
	case_sheet_put_number(to, "second", e->second);
	if (result == 0)
		case_sheet_put(to, "money", money.name);
	return result < 0 ? result : to->failed;
}

int fund_order(struct visit *v, const struct keep_case *c, const struct tool_entry *e)
{
	auto_keep_seat seat = { 0 };
	struct fund_order *all = NULL;
	struct keep_text text = { 0 };
	struct buf sheet = { 0 };
	size_t n = 0;
	int result = fund_is_kept(v, c);
	if (result <= 0)
		return result;
	result = fund_orders(v, c, VAULT_HANDLER, &all, &n);
	for (size_t i = 0; result == 0 && i < n; i++)
		if (str_is(all[i].entry, e->id))
			return 0;
	if (result == 0)
		result = locks_give_orders(v, c);
	if (result == 0)
		result = desk_sit(v, c, VAULT_HANDLER, VAULT_LIAISON, &seat);
	if (result < 0)
		return result;
	buf_init(&sheet, SHEET_MAX);
	result = write_order(v, c, e, &sheet);
	if (result == 0)
		result = keep_seal(v, &seat, FUND_ORDER, buf_view(&sheet), &text);
	wipe(sheet.p, sheet.n);
	buf_done(&sheet);
	return result < 0 ? result : keep_put(v, &text);
}
