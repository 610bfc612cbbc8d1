#include "outcome/org.h"
#include "outcome/ask.sql.h"
#include "outcome/feed.h"
#include "outcome/org.html.h"
#include "outcome/org.sql.h"
#include "po/messages.h"

enum { PAGES_MAX = 100000 };

static int load_name(struct visit *v, struct org_view *p, int64_t id, struct str lang)
{
	struct org_words_row row;
	int found = org_words(v->db, v->mem, id, v->lang->code, lang, &row);
	if (found <= 0)
		return found < 0 ? found : err_note(ERR_BUG, "organisation without a name");
	p->name = row.name;
	p->focal_point = row.focal_point;
	return 0;
}

static int load_asks(struct visit *v, struct org_view *p, int64_t id)
{
	struct org_asks_row *row;
	int64_t today = v->now / DAY, skip = (p->page - 1) * ORG_PAGE;
	int result = org_asks(v->db, v->mem, id, today, ORG_PAGE, skip, &row, &p->n_ask);
	struct org_ask *ask = result < 0 ? NULL : arena_array(v->mem, p->n_ask + 1, sizeof *ask);
	if (!ask)
		return result < 0 ? result : ERR_NOMEM;
	for (size_t i = 0; i < p->n_ask && result >= 0; i++) {
		result = ask_load(v, row[i].id, &ask[i].a);
		ask[i].slug = row[i].slug;
		ask[i].late = ask_late_days(&ask[i].a, v->now);
	}
	p->ask = ask;
	return result < 0 ? result : 0;
}

static int org_show(struct visit *v)
{
	struct org_view p = { .slug = v->part[0] };
	struct org_by_slug_row row;
	int64_t n;
	int result = org_by_slug(v->db, v->mem, p.slug, &row);
	if (result == 0)
		return err_note(ERR_MISSING, "no such organisation");
	p.page = str_i64(http_query(v->req, "page"), &n) && n > 0 && n < PAGES_MAX ? n : 1;
	if (result > 0)
		result = load_name(v, &p, row.id, row.lang);
	if (result == 0)
		result = rate_load(v, (struct rate_of){ .org = row.id }, &p.rate);
	if (result == 0)
		result = load_asks(v, &p, row.id);
	if (result < 0)
		return result;
	p.pages = (p.rate.n + ORG_PAGE - 1) / ORG_PAGE;
	v->fresh_until = (v->now / DAY + 1) * DAY; /* days of delay are counted */
	v->is_public = true;
	p.frame = visit_frame(v, p.name);
	p.frame.area = FRAME_TAKE_PART;
	p.frame.feed = feed_link(v, "/o/%.*s/feed", STR_ARG(p.slug));
	p.frame.is_sample |= row.is_sample != 0;
	org_page(&v->out, &p);
	return visit_page(v, 200);
}

const struct route org_routes[] = {
	/* method    path        who     input check act */
	{ HTTP_GET, "/o/:slug", ANYONE, NULL, NULL, org_show },
	{ 0 },
};
