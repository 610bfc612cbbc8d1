#include "record/vanish.h"
#include "record/cell.h"
#include "record/vanish.sql.h"
#include "store/search.h"

/* What stands on the record goes before it. */
static int drop_all(struct db *db, int64_t id)
{
	static int (*const drops[])(struct db * db, int64_t record) = { vanish_links_from,
		vanish_links_to, vanish_drafts, vanish_files, vanish_sources, search_record_drop,
		vanish_entries, vanish_drop };
	int result = 0;
	for (size_t i = 0; i < sizeof drops / sizeof *drops && result >= 0; i++)
		result = drops[i](db, id);
	return result < 0 ? result : 0;
}

/* Whoever counts it counts it no more. */
static int tell(const struct record_by *house, const struct shelf *shelf, const struct record *r)
{
	static const struct def_state nowhere = { .name = STR("") };
	struct def def = *r->form->def;
	struct shelf_form form = *r->form;
	struct record now = *r;
	def.state = &nowhere;
	def.n_state = 1;
	form.def = &def;
	now.form = &form;
	now.state = 0;
	now.answers.def = &def;
	return shelf_tell(shelf,
		(struct record_event){
			.by = house, .r = &now, .was_state = r->form->def->state[r->state].name });
}

int vanish(const struct record_by *house, const struct shelf *shelf, struct str uid,
	enum vanish_why why)
{
	struct record r;
	int result = record_find(house, shelf, uid, &r);
	if (result == 0)
		result = tell(house, shelf, &r);
	if (result == 0)
		result = vanish_add(house->db,
			(struct vanish_add_in){
				r.id, uid, r.form->def->id, r.ref, why, house->now });
	if (result >= 0)
		result = cell_forget(house->db, house->mem, r.id, r.form->def->state[r.state].name);
	return result < 0 ? result : drop_all(house->db, r.id);
}
