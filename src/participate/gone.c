#include "participate/gone.h"
#include "participate/gone.html.h"
#include "participate/gone.sql.h"
#include "participate/overview.sql.h"
#include "participate/thing.sql.h"

static int load_documents(struct visit *v, struct gone *g)
{
	struct space_documents_row *row;
	int result = space_documents(v->db, v->mem, g->s.id, v->lang->code, &row, &g->n_document);
	struct gone_document *d = result < 0 ? NULL
					     : arena_array(v->mem, g->n_document + 1, sizeof *d);
	if (!d)
		return result < 0 ? result : ERR_NOMEM;
	for (size_t i = 0; i < g->n_document; i++)
		d[i] = (struct gone_document){ row[i].number, row[i].title, row[i].lang };
	g->document = d;
	return 0;
}

static int load(struct visit *v, const struct space *s, struct gone *g)
{
	struct gone_of_row of = { 0 };
	struct gone_stays_row stays = { 0 };
	int found = gone_of(v->db, v->mem, s->id, &of);
	if (found > 0)
		found = gone_stays(v->db, v->mem, s->id, &stays);
	if (found < 0)
		return found;
	*g = (struct gone){ .s = *s,
		.at = of.at,
		.is_by_hand = of.account != 0,
		.people = of.people,
		.countries = of.countries,
		.contributions = of.contributions,
		.replies = of.replies,
		.statements = of.statements,
		.votes = of.votes,
		.asks = stays.asks,
		.answers = stays.answers };
	return load_documents(v, g);
}

static int load_uses(struct visit *v, int64_t item, struct gone *g)
{
	struct thing_uses_row *row;
	int result = thing_uses(
		v->db, v->mem, item, visit_words(v), v->lang->code, &row, &g->n_use);
	struct gone_use *use = result < 0 ? NULL : arena_array(v->mem, g->n_use + 1, sizeof *use);
	if (!use)
		return result < 0 ? result : ERR_NOMEM;
	for (size_t i = 0; i < g->n_use; i++)
		use[i] = (struct gone_use){ arena_f(v->mem, "%lld.%lld", (long long)row[i].section,
						    (long long)row[i].number),
			row[i].title, lang_plain(row[i].lang) };
	g->use = use;
	return 0;
}

static int tell(struct visit *v, const struct space *s, int64_t item, struct gone **ret)
{
	struct gone *g = arena_take(v->mem, sizeof *g);
	int result = g ? load(v, s, g) : ERR_NOMEM;
	if (result == 0 && item)
		result = load_uses(v, item, g);
	if (result < 0)
		return result;
	*ret = g;
	v->gone = g;
	return err_note(ERR_MISSING, "deleted with its space");
}

int gone_space(struct visit *v, const struct space *s)
{
	struct gone *g;
	if (!s->announced_at.has)
		return err_note(ERR_MISSING, "nobody ever saw it");
	return tell(v, s, 0, &g);
}

int gone_thing(struct visit *v, int64_t item)
{
	struct gone_item_row row;
	struct gone *g = NULL;
	struct space s;
	int found = gone_item(v->db, v->mem, item, &row);
	if (found <= 0 || row.state != SPACE_GONE)
		return found < 0 ? found : 0;
	if (!row.published_at.has)
		return err_note(ERR_MISSING, "it never was public");
	int result = space_load(v, row.slug, &s);
	if (result < 0)
		return result;
	result = tell(v, &s, item, &g);
	if (g) {
		g->kind = (enum item_kind)row.kind;
		g->item = item_address(v->mem, g->kind, row.number);
	}
	return result;
}

int gone_show(struct visit *v)
{
	const struct gone *g = v->gone;
	struct frame f = visit_frame(v, g->item.n ? g->item : g->s.title);
	f.area = FRAME_TAKE_PART;
	f.is_sample |= g->s.is_sample;
	gone_page(&v->out, &f, g);
	return visit_page(v, 410);
}
