#include "site/refusal.h"
#include "po/messages.h"
#include "site/refusal.html.h"

struct refusal {
	int status, title, data, next;
};

#define REFUSAL(n) \
	{ \
		n, MSG_site_error_##n##_title, MSG_site_error_##n##_data, \
			MSG_site_error_##n##_next \
	}
static const struct refusal refusals[] = {
	REFUSAL(500), /* first: for whatever has no row of its own */
	REFUSAL(400),
	REFUSAL(403),
	REFUSAL(404),
	REFUSAL(405),
	REFUSAL(408),
	REFUSAL(409),
	REFUSAL(413),
	REFUSAL(429),
	REFUSAL(503),
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
