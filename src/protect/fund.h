/*
 * I know payments: handlers order one when two of them agreed on support, the reporter says how
 * they can be paid, and a fund officer, who reads nothing else of the case, pays or says why not.
 * Orders lie where handlers and officers read (liaison), the way of payment where only the reporter
 * and officers do (fund). Of what was paid, sums by month are kept in the open.
 */
#pragma once
#include "account/fault.h"
#include "protect/case_entry.h"
#include "render/frame.h"

#define FUND_ORDER "order" /* liaison: a sheet: entry, sum, money, kinds, until, first, second */
#define FUND_ORDER_STATE "order by officer" /* liaison: a sheet: order, state, reason */
#define FUND_WAY "payment by reporter"      /* fund: a sheet: way, how; the newest one counts */
#define FUND_STATE "payment by officer"     /* fund: a sheet: state, sum, money, reason */

enum fund_state { FUND_OPEN = 1, FUND_PAID, FUND_UNPAID };
enum { FUND_ORDERS_MAX = 50, FUND_WAYS = 4, FUND_HOW_MAX = 1000 };

struct fund_order {
	char id[KEEP_ID_CHARS + 1];
	char of[KEEP_ID_CHARS + 1];                 /* the case */
	struct str entry;                           /* the request that it came from */
	struct str money, reason;                   /* reason: why it was not paid */
	struct str first, second;                   /* names of who decided */
	int64_t sum, kinds, until, on_day, said_on; /* until: an hour since 1970, or 0 */
	enum fund_state state;
};
/* fund_orders(v, c, role, ret, ret_n): Orders of a case, the newest first, as a handler or as an
 * officer (VAULT_MECHANISM); none where whoever visits holds no key to them. */
int fund_orders(struct visit *v, const struct keep_case *c, enum vault_role role,
	struct fund_order **ret, size_t *ret_n) must_use;
/* fund_order(v, c, e): Two agreed: order it, in a POST's act, once. Nothing where nobody
 * keeps payments of the case. */
int fund_order(struct visit *v, const struct keep_case *c, const struct tool_entry *e) must_use;
/* fund_is_kept(v, c): 1: officers keep payments of this case; 0. */
int fund_is_kept(struct visit *v, const struct keep_case *c) must_use;

/* How a reporter can be paid. */
struct fund_way {
	int64_t way; /* 1 to FUND_WAYS; 0: nothing was said */
	struct str how;
	int64_t on_day;
	bool is_broken;
};
/* fund_way_of(v, text, n, ret): The newest among opened texts. fund_way_msg(way): Its word. */
int fund_way_of(
	struct visit *v, const struct keep_shown *text, size_t n, struct fund_way *ret) must_use;
int fund_way_msg(int64_t way);
/* fund_is_typed(form, name, n): Does that number stand in a field? */
bool fund_is_typed(const struct form_result *form, const char *name, int64_t n);

/* What an officer said, for the reporter. */
struct fund_said {
	enum fund_state state;
	struct str reason, money;
	int64_t sum, on_day;
	bool is_broken;
};

struct fund_total {
	struct str channel, money;
	int64_t at, n, total; /* at: the first second of its month */
};
struct fund_view {
	struct frame frame;
	const struct form_result *form;
	char id[KEEP_ID_CHARS + 1];
	struct fund_order *order;
	size_t n_order;
	struct fund_way way;
	struct fund_said *said;
	size_t n_said;
	struct fund_total *total;
	size_t n_total;
	int64_t n_due, hour;
	bool is_saved, is_closed, is_officer;
};
extern const struct fault_label fund_labels[];
