#include "site/home.h"
#include "po/messages.h"
#include "site/home.html.h"

static int home_show(struct visit *v)
{
	struct home_view h;
	int result = list_load(v, &h.list);
	if (result < 0)
		return result;
	v->is_public = true;
	h.frame = visit_frame(v, visit_say(v, MSG_site_home_title, 0));
	home_page(&v->out, &h);
	return visit_page(v, 200);
}

const struct route site_routes[] = {
	/* method path  who     input check act */
	{ HTTP_GET, "/", ANYONE, NULL, NULL, home_show },
	{ 0 },
};
