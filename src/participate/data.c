#include "participate/data.h"
#include "account/audit.h"
#include "account/who.h"
#include "participate/data.html.h"
#include "po/messages.h"

struct data_file {
	struct parcel parcel;
	data_put *put;
};

/* On the parcels' thread. */
static int make(struct visit *v, struct parcel_out *o, const void *of)
{
	const struct data_file *file = of;
	const struct figures *f = board_hold(v->house->take_part, v->space);
	int result = figures_show(f) ? file->put(v, f, o) : ERR_MISSING;
	figures_release(f);
	return result;
}

#define CSV "text/csv; charset=utf-8"
#define XLSX "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
static const struct data_file files[] = {
	{ { CSV, "statements.csv", make, &files[0] }, data_statements },
	{ { CSV, "votes.csv", make, &files[1] }, data_votes },
	{ { CSV, "contributions.csv", make, &files[2] }, data_contributions },
	{ { "application/json", "figures.json", make, &files[3] }, data_json },
	{ { XLSX, "tables.xlsx", make, &files[4] }, data_xlsx },
};

static const struct data_file *find(struct str name)
{
	for (size_t i = 0; i < sizeof files / sizeof *files; i++)
		if (str_is(name, files[i].parcel.name))
			return &files[i];
	return NULL;
}

static bool is_shown(struct visit *v, int64_t space)
{
	const struct figures *f = board_hold(v->house->take_part, space);
	bool is = figures_show(f);
	figures_release(f);
	return is;
}

int data_trace(struct visit *v)
{
	int roles = 0;
	int result = who_roles(v, v->space, &roles);
	if (result < 0 || !roles || v->req->method != HTTP_GET)
		return result;
	struct audit_line *line = arena_take(v->mem, sizeof *line);
	if (!line)
		return ERR_NOMEM;
	*line = (struct audit_line){
		.what = AUDIT_DATA_TAKEN, .account = v->who.account, .space = v->space
	};
	v->trace = line;
	return 0;
}

static int data_file(struct visit *v)
{
	struct space s;
	const struct data_file *file = find(v->part[1]);
	int result = space_here(v, &s);
	if (result == 0 && (!file || !is_shown(v, s.id)))
		result = err_note(ERR_MISSING, file ? "no results yet" : "no such file");
	if (result == 0)
		result = data_trace(v);
	return result < 0 ? result : parcel_park(v, &file->parcel);
}

static int data_show(struct visit *v)
{
	struct data_view p = { 0 };
	int result = space_here(v, &p.s);
	if (result < 0)
		return result;
	p.is_shown = is_shown(v, p.s.id);
	v->is_public = p.s.access == SPACE_EVERYONE && p.s.state != SPACE_DRAFT;
	p.frame = visit_frame(v, msg_text(v->lang, MSG_data_page_title, 0));
	p.frame.area = FRAME_TAKE_PART;
	p.frame.is_sample |= p.s.is_sample;
	data_page(&v->out, &p);
	return visit_page(v, 200);
}

const struct route data_routes[] = {
	/* method  path                    who     input check act */
	{ HTTP_GET, "/c/:slug/data", ANYONE, NULL, NULL, data_show },
	{ HTTP_GET, "/c/:slug/data/:file", ANYONE, NULL, data_file, parcel_act },
	{ 0 },
};
