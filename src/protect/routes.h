/* I receive what must not be known: where it comes in, how its author returns, who reads it. */
#pragma once
#include "account/route.h"

extern const struct route case_desk_routes[];
extern const struct route case_inbox_routes[];
extern const struct route case_audit_routes[];
extern const struct route case_end_routes[];
extern const struct route case_hand_routes[];
extern const struct route case_people_routes[];
extern const struct route case_promise_routes[];
extern const struct route case_tie_routes[];
extern const struct route case_tool_routes[];
extern const struct route channel_routes[];
extern const struct route channel_words_routes[];
extern const struct route cover_routes[];
extern const struct route figures_routes[];
extern const struct route file_desk_routes[];
extern const struct route fund_pay_routes[];
extern const struct route fund_routes[];
extern const struct route leave_routes[];
extern const struct route mechanism_routes[];
extern const struct route name_ask_routes[];
extern const struct route name_desk_routes[];
extern const struct route name_give_routes[];
extern const struct route refer_routes[];
extern const struct route report_fill_routes[];
extern const struct route report_file_routes[];
extern const struct route safety_routes[];
extern const struct route report_routes[];
extern const struct route reporter_more_routes[];
extern const struct route reporter_routes[];
