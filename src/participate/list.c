#include "participate/list.h"
#include "participate/list.html.h"
#include "po/messages.h"

enum list_group list_group_of(const struct space *s, int64_t now)
{
	if (s->state != SPACE_ANNOUNCED || (space_ends(s) && now >= space_ends(s)))
		return LIST_OVER;
	return space_opens(s) > now ? LIST_SOON : LIST_OPEN;
}

int list_load(struct visit *v, struct list_view *ret)
{
	struct list_view l = { .now = v->now };
	struct space *space;
	int result = space_listed(v, &space, &l.n);
	if (result < 0)
		return result;
	l.space = space;
	l.when = arena_array(v->mem, l.n ? l.n : 1, sizeof *l.when);
	if (!l.when)
		return ERR_NOMEM;
	for (size_t i = 0; i < l.n; i++) {
		int64_t opens = space_opens(&space[i]), ends = space_ends(&space[i]);
		l.has[list_group_of(&space[i], v->now)] = true;
		l.when[i] = lang_date_range(v->lang, v->mem, opens, ends ? ends - DAY : opens);
	}
	*ret = l;
	return 0;
}

int list_show(struct visit *v)
{
	struct list_view l;
	int result = list_load(v, &l);
	if (result < 0)
		return result;
	v->is_public = true;
	l.frame = visit_frame(v, visit_say(v, MSG_list_page_title, 0));
	l.frame.area = FRAME_TAKE_PART;
	list_page(&v->out, &l);
	return visit_page(v, 200);
}
