#include "protect/mechanism.h"
#include "crypto/sealed_file.h"
#include "po/messages.h"
#include "protect/mechanism.html.h"
#include "protect/mechanism.sql.h"
#include "protect/routes.h"

enum { LINE = 200, DAYS = 30 };

struct body_in {
	struct str name, mandate, takes, langs, key;
	struct opt_i64 days, id;
	bool is_unnamed;
};
#define IN(member) .at = offsetof(struct body_in, member)
static const struct form body_form = {
	.name = "body",
	.size = sizeof(struct body_in),
	.body_max = 8192,
	.field = { { "name", FIELD_LINE, .is_required = true, .max = LINE, IN(name) },
		{ "mandate", FIELD_LINE, .is_required = true, .max = LINE, IN(mandate) },
		{ "takes", FIELD_LINE, .is_required = true, .max = LINE, IN(takes) },
		{ "langs", FIELD_LINE, .is_required = true, .max = LINE, IN(langs) },
		{ "days", FIELD_INT, .min = 0, .max = 1000, IN(days) },
		{ "key", FIELD_LINE, .max = 100, IN(key) },
		{ "unnamed", FIELD_BOOL, IN(is_unnamed) } },
};
static const struct form off_form = {
	.name = "body-off",
	.size = sizeof(struct body_in),
	.body_max = 4096,
	.field = { { "id", FIELD_INT, .is_required = true, IN(id) } },
};
const struct fault_label mechanism_labels[] = {
	{ "name", MSG_protect_label_name },
	{ "mandate", MSG_protect_body_mandate },
	{ "takes", MSG_protect_body_takes },
	{ "langs", MSG_protect_body_langs },
	{ "days", MSG_protect_body_days },
	{ "key", MSG_protect_body_key },
	{ 0 },
};

int mechanism_list(struct visit *v, struct tool_body **ret, size_t *ret_n)
{
	struct mechanism_all_row *row;
	size_t n = 0;
	int result = mechanism_all(v->db, v->mem, &row, &n);
	struct tool_body *all = arena_array(v->mem, n + 1, sizeof *all);
	if (result >= 0 && !all)
		result = ERR_NOMEM;
	if (result < 0)
		return result;
	for (size_t i = 0; i < n; i++)
		all[i] = (struct tool_body){ row[i].id, row[i].name, row[i].mandate, row[i].takes,
			row[i].langs, row[i].days, row[i].is_unnamed != 0, row[i].public };
	*ret = all;
	*ret_n = n;
	return 0;
}

static int bodies_show(struct visit *v)
{
	struct mechanism_view p = {
		.frame = visit_frame(v, visit_say(v, MSG_protect_body_title, 0)), .form = &v->form
	};
	p.frame.area = FRAME_PEOPLE;
	int result = mechanism_list(v, &p.body, &p.n_body);
	if (result < 0)
		return result;
	mechanism_page(&v->out, &p);
	return visit_page(v, v->form.n_fault ? 422 : 200);
}

static int off_check(struct visit *v)
{
	return v->form.n_fault ? visit_ended(bodies_show(v)) : VISIT_GO_ON;
}

static int add_check(struct visit *v)
{
	struct public_key key = { 0 };
	const struct body_in *in = visit_in(v, struct body_in);
	if (!v->form.n_fault && in->key.n && !sealed_file_key(in->key, &key))
		form_fault_add(&v->form, "key", MSG_protect_body_no_key, 0);
	return v->form.n_fault ? visit_ended(bodies_show(v)) : VISIT_GO_ON;
}

static int add_act(struct visit *v)
{
	const struct body_in *in = visit_in(v, struct body_in);
	int result = mechanism_add(v->db,
		(struct mechanism_add_in){ .name = in->name,
			.mandate = in->mandate,
			.langs = in->langs,
			.takes = in->takes,
			.days = in->days.has ? in->days.v : DAYS,
			.is_unnamed = in->is_unnamed,
			.public = in->key });
	return result < 0 ? result : visit_go(v, STR("/site/mechanisms"));
}

static int off_act(struct visit *v)
{
	int result = mechanism_off(v->db, visit_in(v, struct body_in)->id.v);
	return result < 0 ? result : visit_go(v, STR("/site/mechanisms"));
}

const struct route mechanism_routes[] = {
	{ HTTP_GET, "/site/mechanisms", ADMIN, NULL, NULL, bodies_show },
	{ HTTP_POST, "/site/mechanisms", ADMIN, &body_form, add_check, add_act },
	{ HTTP_POST, "/site/mechanisms/off", ADMIN, &off_form, off_check, off_act },
	{ 0 },
};
