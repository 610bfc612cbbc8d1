#include "protect/safety.h"
#include "po/messages.h"
#include "protect/routes.h"
#include "protect/safety.html.h"
#include "protect/told.h"

int safety_bag(size_t i)
{
	static const int bag[PLAN_BAG] = { MSG_protect_safety_bag_papers,
		MSG_protect_safety_bag_money, MSG_protect_safety_bag_numbers,
		MSG_protect_safety_bag_medicine, MSG_protect_safety_bag_phone,
		MSG_protect_safety_bag_clothes };
	return bag[i];
}

static int safety_show(struct visit *v)
{
	struct safety_view p = { .frame = quiet_frame(v, MSG_protect_safety_title) };
	struct told t;
	int result = 0;
	const struct shelf_form *form = shelf_find(v->house->shelf, STR(TOLD_OWN_RISK));
	must(form);
	told_begin(v, form, &t);
	p.labels = shelf_labels(form, v->lang);
	p.walk = arena_array(v->mem, form->def->n_field, sizeof *p.walk);
	if (!p.walk)
		return ERR_NOMEM;
	for (int i = 0; i < (int)form->def->n_field && result == 0; i++) {
		result = walk_show(&t.answers, p.labels, i, 0, &p.walk[p.n_walk]);
		p.walk[p.n_walk++].is_free = true;
	}
	if (result < 0)
		return result;
	safety_page(&v->out, &p);
	return quiet_page(v, 200);
}

const struct route safety_routes[] = {
	{ HTTP_GET, "/r/plan", ANYONE, NULL, NULL, safety_show },
	{ 0 },
};
