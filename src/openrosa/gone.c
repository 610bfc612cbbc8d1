#include "openrosa/gone.h"
#include "openrosa/openrosa.sql.h"

int openrosa_watch(const struct record_event *e)
{
	if (!e->r || e->r->form->def->state[e->r->state].name.n)
		return 0;
	int result = openrosa_sent_forget(e->by->db, e->r->uid);
	return result < 0 ? result : 0;
}
