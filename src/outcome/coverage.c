#include "outcome/coverage.h"
#include "account/counts.h"
#include "outcome/coverage.html.h"
#include "outcome/coverage.sql.h"
#include "po/messages.h"
#include "render/bar.h"

enum { PAGES_MAX = 100000 };

int coverage_load(struct visit *v, int64_t space, bool drafts, struct coverage *ret)
{
	struct coverage_of_row shown = { 0 };
	struct coverage_drafted_row drafted = { 0 };
	struct counts_key key = { drafts ? "drafts cite, too" : "public asks cite", space, 0 };
	if (counts_find(v, key, ret, sizeof *ret))
		return 0;
	struct coverage_kept_row kept;
	int found = coverage_kept(v->db, v->mem, space, &kept);
	if (found > 0) {
		*ret = (struct coverage){ kept.published, kept.unused };
		return 0;
	}
	if (found == 0)
		found = drafts ? coverage_drafted(v->db, v->mem, space, &drafted)
			       : coverage_of(v->db, v->mem, space, &shown);
	if (found < 0)
		return found;
	*ret = drafts ? (struct coverage){ drafted.published, drafted.unused }
		      : (struct coverage){ shown.published, shown.unused };
	counts_keep(v, key, ret, sizeof *ret);
	return 0;
}

struct str coverage_share(struct arena *mem, const struct lang *l, const struct coverage *c)
{
	int64_t used = c->published - c->unused;
	return lang_percent(l, mem, c->published ? used * 100 / c->published : 0, 100);
}

void coverage_bar(struct html *w, const struct coverage *c)
{
	const struct bar b = {
		.part = { { "b-b", c->published - c->unused }, { "b-0", c->unused } }, .n_part = 2
	};
	bar_html(w, &b);
}

static int load_posts(struct visit *v, struct unused_view *p)
{
	struct post_eyes eyes = { .s = &p->s, .back = v->path };
	struct coverage_unused_row *row;
	int result = coverage_unused(
		v->db, v->mem, p->s.id, ITEM_PAGE, (p->page - 1) * ITEM_PAGE, &row, &p->n_post);
	struct post *post = result < 0 ? NULL : arena_array(v->mem, p->n_post + 1, sizeof *post);
	if (!post)
		return result < 0 ? result : ERR_NOMEM;
	for (size_t i = 0; i < p->n_post && result >= 0; i++)
		result = post_load(v, &eyes, row[i].id, &post[i]);
	p->post = post;
	return result < 0 ? result : 0;
}

static int unused_show(struct visit *v)
{
	struct unused_view p = { 0 };
	int64_t n;
	int result = space_here(v, &p.s);
	p.page = str_i64(http_query(v->req, "page"), &n) && n > 0 && n < PAGES_MAX ? n : 1;
	if (result == 0)
		result = coverage_load(v, p.s.id, false, &p.c);
	if (result == 0)
		result = load_posts(v, &p);
	if (result < 0)
		return result;
	p.pages = (p.c.unused + ITEM_PAGE - 1) / ITEM_PAGE;
	v->is_public = p.s.access == SPACE_EVERYONE && p.s.state != SPACE_DRAFT;
	p.frame = visit_frame(v, visit_say(v, MSG_coverage_unused_title, 0));
	p.frame.area = FRAME_TAKE_PART;
	p.frame.is_sample |= p.s.is_sample;
	unused_page(&v->out, &p);
	return visit_page(v, 200);
}

const struct route coverage_routes[] = {
	/* method    path               who     input check act */
	{ HTTP_GET, "/c/:slug/unused", ANYONE, NULL, NULL, unused_show },
	{ 0 },
};
