#include "record/take.h"
#include "account/audit.h"
#include "po/messages.h"
#include "record/routes.h"
#include "record/take.html.h"

#define XLSX "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

int take_meaning(const struct take_column *c)
{
	static const int meanings[] = { MSG_record_take_ref, MSG_record_take_url,
		MSG_record_take_state, MSG_record_take_state_label, MSG_record_take_lang,
		MSG_record_take_row };
	return c->what < TAKE_VALUE ? meanings[c->what] : 0;
}

/* ---- files ---- */

static bool take_word(struct str *s, const char *end)
{
	struct str e = str_c(end);
	if (s->n <= e.n || !str_eq(str_from(*s, s->n - e.n), e))
		return false;
	s->n -= e.n;
	return true;
}

/* "records.csv", "action.hxl.csv", "records.xlsx", "records.json". */
static int name_file(struct visit *v, struct take *t, struct str file, struct parcel *ret)
{
	struct str part = file, id = t->find.form->def->id;
	if (str_is(file, "records.xlsx"))
		*ret = (struct parcel){ XLSX, NULL, take_xlsx, t };
	else if (str_is(file, "records.json"))
		*ret = (struct parcel){ "application/json", NULL, take_json, t };
	else if (take_word(&part, ".csv"))
		*ret = (struct parcel){ "text/csv; charset=utf-8", NULL, take_csv, t };
	t->has_hxl = take_word(&part, ".hxl");
	for (size_t k = 0; k < t->n && ret->make == take_csv; k++)
		if (str_eq(part, t->table[k].name))
			t->only = &t->table[k];
	if (!ret->make || (ret->make == take_csv && !t->only))
		return err_note(ERR_MISSING, "no such file");
	struct str name = arena_f(v->mem, "%.*s-%.*s", STR_ARG(id), STR_ARG(file));
	ret->name = arena_z(v->mem, name);
	return name.p ? 0 : ERR_NOMEM;
}

/* Whoever is more to these records than everybody is. */
static int trace(struct visit *v, const struct take *t)
{
	bool is_more = find_roles(&t->find) & ~(1u << DEF_PUBLIC);
	if (!is_more || !who_acts(&v->who))
		return 0;
	struct audit_line *line = arena_take(v->mem, sizeof *line);
	if (!line)
		return ERR_NOMEM;
	*line = (struct audit_line){
		.what = AUDIT_RECORDS_TAKEN, .account = v->who.account, .n = t->find.form->id
	};
	v->trace = line;
	return 0;
}

static int begin(struct visit *v, struct take *ret)
{
	const struct shelf_form *f = shelf_find(v->house->shelf, v->part[0]);
	return f ? take_begin(v, f, ret) : err_note(ERR_MISSING, "no such form");
}

static int file_check(struct visit *v)
{
	struct take *t = arena_take(v->mem, sizeof *t);
	struct parcel parcel = { 0 };
	if (!t)
		return ERR_NOMEM;
	int result = begin(v, t);
	if (result == 0)
		result = name_file(v, t, v->part[1], &parcel);
	if (result == 0)
		result = trace(v, t);
	return result < 0 ? result : parcel_park(v, &parcel);
}

/* ---- the page ---- */

static int address(
	struct visit *v, const struct find *f, struct str name, const char *end, struct url *ret)
{
	struct find_step step = { .without = -1 };
	step.page = arena_z(v->mem, arena_f(v->mem, "/data/%.*s%s", STR_ARG(name), end));
	return find_address(f, &step, ret);
}

static int load(struct visit *v, struct take_view *p)
{
	const struct find *f = &p->take.find;
	struct find_step none = { .without = -1 };
	int result = find_address(f, &none, &p->list);
	p->guide = arena_array(v->mem, p->take.n, sizeof *p->guide);
	if (!p->guide)
		return ERR_NOMEM;
	if (result == 0)
		result = address(v, f, STR("records"), ".xlsx", &p->xlsx);
	if (result == 0)
		result = address(v, f, STR("records"), ".json", &p->json);
	for (size_t k = 0; k < p->take.n && result == 0; k++) {
		p->guide[k].table = &p->take.table[k];
		result = address(v, f, p->take.table[k].name, ".csv", &p->guide[k].csv);
		if (result == 0)
			result = address(v, f, p->take.table[k].name, ".hxl.csv", &p->guide[k].hxl);
	}
	return result;
}

static int take_show(struct visit *v)
{
	struct take_view p = { 0 };
	struct find all = { 0 };
	int result = begin(v, &p.take);
	if (result == 0)
		result = find_begin(v, p.take.find.form, &all);
	if (result == 0)
		result = load(v, &p);
	if (result < 0)
		return result;
	p.is_narrow = find_is_narrow(&p.take.find);
	p.is_less = !str_eq(all.states, p.take.find.states);
	p.labels = p.take.find.labels;
	p.crumb = (struct record_crumb){
		.labels = p.labels, .name = p.take.find.form->def->id, .here = MSG_record_take_title
	};
	v->is_public = !v->who.account.v && !v->who.participant.v;
	p.frame = visit_frame(v, visit_say(v, MSG_record_take_title, 0));
	p.frame.area = FRAME_RECORDS;
	take_page(&v->out, &p);
	return visit_page(v, 200);
}

const struct route take_routes[] = {
	/* method  path                           who     input check act */
	{ HTTP_GET, "/records/:form/data", ANYONE, NULL, NULL, take_show },
	{ HTTP_GET, "/records/:form/data/:file", ANYONE, NULL, file_check, parcel_act },
	{ 0 },
};
