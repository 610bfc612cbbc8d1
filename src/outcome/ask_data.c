#include "outcome/ask_data.h"
#include "outcome/ask_data.html.h"
#include "outcome/ask_data.sql.h"
#include "outcome/ask_list.sql.h"
#include "outcome/kept.h"
#include "po/messages.h"

enum { ALL_STATES = (1 << ASK_STATES) - 1 };

/* ---- reading ---- */

static int load_evidence(struct visit *v, struct ask_data *a)
{
	struct ask_data_evidence_row *row;
	int result = ask_data_evidence(v->db, v->mem, a->card.a.id, &row, &a->n_evidence);
	struct ask_data_evidence *e = result < 0
		? NULL
		: arena_array(v->mem, a->n_evidence + 1, sizeof *e);
	if (!e)
		return result < 0 ? result : ERR_NOMEM;
	for (size_t i = 0; i < a->n_evidence; i++) {
		bool is_gone = row[i].status != ITEM_PUBLISHED && row[i].status != ITEM_MERGED;
		e[i] = (struct ask_data_evidence){
			.item = item_address(v->mem, (enum item_kind)row[i].kind, row[i].number),
			.id = row[i].item,
			.bearing = (enum bearing)row[i].relation,
			.quote = is_gone ? STR("") : row[i].quote,
			.is_gone = is_gone
		};
	}
	a->evidence = e;
	return 0;
}

/* Numbers in files are the same in every language. */
static struct str file_count(struct visit *v, int64_t n)
{
	return n && n < ASK_LEAST ? STR("<5") : arena_f(v->mem, "%lld", (long long)n);
}

static int load_one(struct visit *v, const struct space *s, const struct figures *f, int64_t id,
	struct ask_data *a)
{
	int result = ask_card_load(v, f, id, &a->card);
	if (result == 0)
		result = ask_weigh(v, id, &a->card.weight);
	if (result == 0)
		result = ask_answers_load(v, id, &a->answer, &a->n_answer);
	if (result == 0)
		result = load_evidence(v, a);
	a->url = arena_f(v->mem, "%.*s/c/%.*s/asks/%.*s", STR_ARG(visit_base(v)), STR_ARG(s->slug),
		STR_ARG(a->card.a.address));
	a->people = file_count(v, a->card.weight.people);
	a->countries = file_count(v, a->card.weight.countries);
	a->languages = file_count(v, a->card.weight.languages);
	return result;
}

int ask_data_load(
	struct visit *v, const struct space *s, const struct ask_data **ret, size_t *ret_n)
{
	struct ask_list_page_row *row;
	size_t n = 0;
	int result = ask_list_page(v->db, v->mem,
		(struct ask_list_page_in){ s->id, -1, ALL_STATES, 0, SUMMARY_ASKS, 0 }, &row, &n);
	struct ask_data *a = result < 0 ? NULL : arena_array(v->mem, n + 1, sizeof *a);
	if (!a)
		return result < 0 ? result : ERR_NOMEM;
	const struct figures *f = ask_figures(v, s);
	for (size_t i = 0; i < n && result >= 0; i++)
		result = load_one(v, s, f, row[i].id, &a[i]);
	figures_release(f);
	*ret = a;
	*ret_n = n;
	return result < 0 ? result : 0;
}

/* All that one ask takes is given back before the next. */
static int with_one(struct visit *v, const struct space *s, int64_t id,
	int (*work)(struct visit *v, const struct ask_data *one, void *to), void *to)
{
	enum { ONE_BYTES = 16 << 20 };
	auto_arena mem;
	struct ask_data one = { 0 };
	struct arena *whole = v->mem;
	const struct figures *f = ask_figures(v, s);
	arena_init(&mem, ONE_BYTES);
	v->mem = &mem;
	int result = load_one(v, s, f, id, &one);
	if (result >= 0)
		result = work(v, &one, to);
	v->mem = whole;
	figures_release(f);
	return result;
}

int ask_data_each(struct visit *v, const struct space *s,
	int (*work)(struct visit *v, const struct ask_data *one, void *to), void *to)
{
	enum { IDS = 200, IDS_BYTES = 64 << 10 };
	for (int64_t skip = 0;; skip += IDS) {
		auto_arena mem;
		struct ask_list_page_row *row;
		size_t n = 0;
		arena_init(&mem, IDS_BYTES);
		int result = ask_list_page(v->db, &mem,
			(struct ask_list_page_in){ s->id, -1, ALL_STATES, 0, IDS, skip }, &row, &n);
		for (size_t i = 0; i < n && result >= 0; i++)
			result = with_one(v, s, row[i].id, work, to);
		if (result < 0 || n < IDS)
			return result < 0 ? result : 0;
	}
}

/* ---- the page ---- */

int summary_load(struct visit *v, struct summary_view *p)
{
	p->now = v->now;
	int result = space_kept(v, &p->s);
	if (result == 0)
		result = rate_load(v, (struct rate_of){ .space = p->s.id }, &p->rate);
	if (result == 0)
		result = coverage_load(v, p->s.id, false, &p->coverage);
	if (result == 0)
		result = ask_data_load(v, &p->s, &p->ask, &p->n_ask);
	return result;
}

static int summary_show(struct visit *v)
{
	struct summary_view p = { 0 };
	int result = summary_load(v, &p);
	if (result < 0)
		return result;
	int64_t tomorrow = (v->now / DAY + 1) * DAY; /* days of delay are counted */
	if (!v->fresh_until || v->fresh_until > tomorrow)
		v->fresh_until = tomorrow;
	v->is_public = p.s.access == SPACE_EVERYONE && p.s.state != SPACE_DRAFT;
	p.frame = visit_frame(v, visit_say(v, MSG_summary_page_title, 0));
	p.frame.area = FRAME_TAKE_PART;
	p.frame.is_sample |= p.s.is_sample;
	summary_page(&v->out, &p);
	return visit_page(v, 200);
}

const struct route ask_data_routes[] = {
	/* method    path                      who     input check act */
	{ HTTP_GET, "/c/:slug/summary", ANYONE, NULL, NULL, summary_show },
	{ HTTP_GET, "/c/:slug/summary/:file", ANYONE, NULL, summary_file, parcel_act },
	{ 0 },
};
