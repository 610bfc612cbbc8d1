#include "app/routes.h"
#include "account/pages.h"
#include "monitor/routes.h"
#include "notify/routes.h"
#include "openrosa/routes.h"
#include "outcome/routes.h"
#include "participate/routes.h"
#include "protect/routes.h"
#include "record/routes.h"
#include "site/routes.h"
#include <stdio.h>

static const struct route *const tables[] = {
	about_routes,
	account_routes,
	escrow_routes,
	escrow_desk_routes,
	answer_routes,
	api_routes,
	api_form_routes,
	api_site_routes,
	ask_data_routes,
	ask_desk_routes,
	ask_desk_list_routes,
	ask_turn_routes,
	ask_list_routes,
	coverage_routes,
	embed_routes,
	evidence_routes,
	feed_routes,
	evidence_ask_routes,
	ask_show_routes,
	audit_routes,
	bulk_routes,
	bulk_all_routes,
	care_routes,
	case_promise_routes, /* before /r/:channel */
	figures_routes,      /* before that, and /cases/:id */
	case_audit_routes,
	mechanism_routes,
	case_end_routes,  /* before /cases/:id */
	case_hand_routes, /* before the next, which take any name of a case */
	case_people_routes,
	case_desk_routes,
	case_inbox_routes,
	case_tie_routes,
	case_tool_routes,
	cover_routes,
	channel_routes,
	data_routes,
	desk_routes,
	doc_adopt_routes,
	doc_answer_routes,
	doc_comment_routes,
	doc_data_routes,
	doc_desk_routes,
	doc_publish_routes,
	doc_show_routes,
	door_routes,
	import_routes,
	learn_routes,
	leave_routes,
	log_routes,
	fill_routes,
	follow_routes,
	hold_routes,
	hub_feed_routes,
	hub_routes,
	mail_desk_routes,
	mail_page_routes,
	mark_routes,
	mine_routes,
	moderate_many_routes,
	moderate_routes,
	name_desk_routes,
	name_give_routes,
	refer_routes,
	next_routes,
	openrosa_key_routes,
	openrosa_list_routes,
	openrosa_take_routes,
	org_routes,
	org_desk_routes,
	organise_copy_routes,
	organise_routes,
	outcome_words_routes,
	overview_routes,
	people_desk_routes,
	picture_routes,
	plan_item_routes,
	plan_routes,
	plan_whom_routes,
	question_routes,
	record_file_routes,
	record_list_routes,
	record_mine_routes,
	record_show_routes,
	remind_page_routes,
	reply_queue_routes,
	reply_routes,
	reporter_routes, /* before report_routes: their words are no channels */
	channel_words_routes,
	report_file_routes,
	safety_routes,
	name_ask_routes,
	reporter_more_routes,
	file_desk_routes,
	fund_pay_routes,
	fund_routes,
	report_fill_routes,
	report_routes,
	responder_routes,
	results_routes,
	retire_desk_routes,
	recs_routes,
	same_routes,
	sdg_routes,
	value_in_routes,
	value_routes,
	send_routes,
	site_routes,
	site_settings_routes,
	summary_pdf_routes,
	take_routes,
	thing_routes,
	translate_routes,
	views_routes,
	vote_routes,
	words_routes,
	write_routes,
};

enum { TABLES = sizeof tables / sizeof *tables };

const struct route *routes_find(
	enum http_method method, struct str path, struct str part[VISIT_PARTS])
{
	for (size_t i = 0; i < TABLES; i++)
		for (const struct route *r = tables[i]; r->path; r++)
			if (r->method == method && route_match(r, path, part))
				return r;
	return NULL;
}

void routes_print(void)
{
	static const char *const who[] = { "nobody", "anyone", "signed in", "staff", "admin" };
	for (size_t i = 0; i < TABLES; i++)
		for (const struct route *r = tables[i]; r->path; r++)
			printf("%-4s  %-9s  %-7s  %-38s %s\n",
				r->method == HTTP_POST ? "POST" : "GET", who[r->who],
				r->is_machine ? "program" : "page", r->path,
				r->input ? r->input->name : "");
}
