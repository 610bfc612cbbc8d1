#include "site/refusal.h"
#include "po/messages.h"
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

int site_refusal(struct visit *v, int status, int64_t number)
{
	const struct refusal *r = refusal_of(status);
	struct frame f = visit_frame(v, visit_say(v, r->title, 0));
	f.is_fault = true;
	refusal_page(&v->out, &f, r->data, r->next, number);
	return visit_page(v, status);
}
