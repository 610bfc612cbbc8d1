#include "site/home.h"
#include "outcome/feed.h"
#include "po/messages.h"
#include "site/home.html.h"

static int home_show(struct visit *v)
{
	struct home_view h = { 0 };
	int result = list_load(v, &h.list);
	if (result < 0)
		return result;
	result = rate_load(v, (struct rate_of){ 0 }, &h.rate);
	if (result < 0)
		return result;
	int64_t tomorrow = (v->now / DAY + 1) * DAY; /* days of delay are counted */
	if (h.rate.n && (!v->fresh_until || v->fresh_until > tomorrow))
		v->fresh_until = tomorrow;
	for (size_t i = 0; i < h.list.n; i++)
		h.open += list_group_of(&h.list.space[i], v->now) == LIST_OPEN;
	v->is_public = true;
	h.frame = visit_frame(v, visit_say(v, MSG_site_home_title, 0));
	h.frame.feed = feed_link(v, "/feed");
	home_page(&v->out, &h);
	return visit_page(v, 200);
}

const struct route site_routes[] = {
	/* method path  who     input check act */
	{ HTTP_GET, "/", ANYONE, NULL, NULL, home_show },
	{ 0 },
};
