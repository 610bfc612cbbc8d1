#include "site/refusal.h"
#include "po/messages.h"
#include "record/api.h"
#include "site/refusal.html.h"

struct refusal {
	int status, title, data, next;
};

/* The first row is for whatever has none of its own. */
static const struct refusal refusals[] = {
	{ 500, MSG_site_error_500_title, MSG_site_error_500_data, MSG_site_error_500_next },
	{ 400, MSG_site_error_400_title, MSG_site_error_400_data, MSG_site_error_400_next },
	{ 403, MSG_site_error_403_title, MSG_site_error_403_data, MSG_site_error_403_next },
	{ 404, MSG_site_error_404_title, MSG_site_error_404_data, MSG_site_error_404_next },
	{ 405, MSG_site_error_405_title, MSG_site_error_405_data, MSG_site_error_405_next },
	{ 408, MSG_site_error_408_title, MSG_site_error_408_data, MSG_site_error_408_next },
	{ 409, MSG_site_error_409_title, MSG_site_error_409_data, MSG_site_error_409_next },
	{ 413, MSG_site_error_413_title, MSG_site_error_413_data, MSG_site_error_413_next },
	{ 429, MSG_site_error_429_title, MSG_site_error_429_data, MSG_site_error_429_next },
	{ 503, MSG_site_error_503_title, MSG_site_error_503_data, MSG_site_error_503_next },
};

/* Addresses and heads that are too long are told like bodies that are too long. */
static const struct refusal *refusal_of(int status)
{
	int row = status == 414 || status == 431 ? 413 : status == 501 ? 405 : status;
	for (size_t i = 0; i < sizeof refusals / sizeof *refusals; i++)
		if (refusals[i].status == row)
			return &refusals[i];
	return status < 500 ? &refusals[1] : &refusals[0];
}

int site_refusal_title(int status)
{
	return refusal_of(status)->title;
}

/* Programs are told in JSON. */
static int refuse_program(struct visit *v, int status, const struct refusal *r, int64_t number)
{
	static const struct {
		int status;
		const char *code;
	} codes[] = { { 400, "bad_request" }, { 403, "denied" }, { 404, "not_found" },
		{ 405, "method_not_allowed" }, { 409, "conflict" }, { 413, "too_large" },
		{ 429, "too_many_requests" }, { 503, "busy" } };
	struct api_fault f = {
		.status = status, .msg = r->title, .code = "failure", .number = number
	};
	for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
		if (codes[i].status == r->status)
			f.code = codes[i].code;
	return api_refuse(v, &f);
}

int site_refusal(struct visit *v, int status, int64_t number)
{
	const struct refusal *r = refusal_of(status);
	if (str_starts(v->path, API_PATH))
		return refuse_program(v, status, r, number);
	struct frame f = visit_frame(v, visit_say(v, r->title, 0));
	f.is_fault = true;
	refusal_page(&v->out, &f, r->data, r->next, number);
	return visit_page(v, status);
}
