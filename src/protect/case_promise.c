#include "protect/case_promise.h"
#include "po/messages.h"
#include "protect/case_promise.html.h"
#include "protect/quiet.h"
#include "protect/routes.h"

int promise_msg(int kind)
{
	return kind == CLOCK_FIRST   ? MSG_protect_promise_first
		: kind == CLOCK_NEWS ? MSG_protect_promise_news
				     : MSG_protect_promise_closing;
}

static int promise_show(struct visit *v)
{
	struct promise_view p = { .frame = quiet_frame(v, MSG_protect_promise_title) };
	int result = clock_kept_read(v, p.kept);
	if (result < 0)
		return result;
	for (int i = CLOCK_FIRST; i < CLOCK_PROMISES; i++)
		if (p.kept[i].of >= PROMISE_FEW)
			p.share[i] = lang_percent(v->lang, v->mem, p.kept[i].kept, p.kept[i].of);
	promise_page(&v->out, &p);
	return quiet_page(v, 200);
}

const struct route case_promise_routes[] = {
	{ HTTP_GET, "/r/promises", ANYONE, NULL, NULL, promise_show },
	{ 0 },
};
