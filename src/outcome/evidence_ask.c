/* The links of one ask, and what was done to them: see evidence.h. */
#include "outcome/evidence.h"
#include "outcome/evidence.html.h"
#include "outcome/evidence.sql.h"
#include "po/messages.h"

enum { LINKS = 20 };

struct cut_in {
	struct opt_i64 item;
};
static const struct form cut_form = {
	.name = "cut",
	.size = sizeof(struct cut_in),
	.field = { { "item", FIELD_INT, .is_required = true, .min = 1, .max = INT64_MAX,
		.at = offsetof(struct cut_in, item) } },
};

static int begin(struct visit *v, struct evidence_view *p)
{
	int result = evidence_begin(v, p);
	return result == 0 ? ask_find(v, p->s.id, v->part[1], &p->a) : result;
}

static enum ask_side side_of(int64_t bearing)
{
	for (int side = 0; side < SIDES; side++)
		if ((int64_t)ask_side_bearing((enum ask_side)side) == bearing)
			return (enum ask_side)side;
	return SIDE_FOR;
}

static int load_links(struct visit *v, struct evidence_view *p)
{
	struct evidence_links_row *link;
	int result = evidence_links(
		v->db, v->mem, p->a.id, LINKS, (p->wish.page - 1) * LINKS, &link, &p->n_row);
	struct evidence_row *row = result < 0 ? NULL
					      : arena_array(v->mem, p->n_row + 1, sizeof *row);
	if (!row)
		return result < 0 ? result : ERR_NOMEM;
	for (size_t i = 0; i < p->n_row && result >= 0; i++) {
		row[i].side = side_of(link[i].relation);
		row[i].quote = link[i].quote;
		result = evidence_row_load(v, p, link[i].item, &row[i]);
	}
	p->row = row;
	return result < 0 ? result : 0;
}

static int show(struct visit *v)
{
	struct evidence_view p;
	struct evidence_ask all = { .n = 0 };
	int result = begin(v, &p);
	if (result == 0)
		result = load_links(v, &p);
	if (result == 0)
		result = evidence_ask_load(v, p.a.id, &all);
	if (result == 0)
		result = evidence_changes_load(v, &p, 0, 0, EVIDENCE_CHANGES);
	if (result < 0)
		return result;
	p.all = all.n;
	p.pages = (all.n + LINKS - 1) / LINKS;
	p.frame = desk_frame(v, &p.s, MSG_evidence_desk_title);
	evidence_ask_page(&v->out, &p);
	return visit_page(v, 200);
}

static int cut_check(struct visit *v)
{
	struct evidence_view p;
	int result = begin(v, &p);
	if (result == 0 && v->form.n_fault)
		result = err_note(ERR_INPUT, "cut");
	return result < 0 ? result : VISIT_GO_ON;
}

static int cut_act(struct visit *v)
{
	struct evidence_view p;
	int64_t batch = 0;
	int result = begin(v, &p);
	if (result == 0)
		result = link_cut(v, p.a.id, visit_in(v, struct cut_in)->item.v, &batch);
	if (result < 0)
		return result;
	return visit_goto(v, "/desk/%.*s/evidence?ask=%lld&did=%lld", STR_ARG(p.s.slug),
		(long long)p.a.id, (long long)batch);
}

const struct route evidence_ask_routes[] = {
	/* method    path                      who    input  check  act */
	{ HTTP_GET, "/desk/:slug/evidence/:n", STAFF, NULL, NULL, show },
	{ HTTP_POST, "/desk/:slug/evidence/:n", STAFF, &cut_form, cut_check, cut_act },
	{ 0 },
};
