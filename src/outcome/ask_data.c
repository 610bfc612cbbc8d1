#include "outcome/ask_data.h"
#include "outcome/ask_data.html.h"
#include "outcome/ask_data.sql.h"
#include "outcome/ask_list.sql.h"
#include "participate/board.h"
#include "participate/bundle_sheet.h"
#include "participate/plan.h"
#include "po/messages.h"

enum { FILE_BYTES = 3 << 20, ALL_STATES = (1 << ASK_STATES) - 1 };

const char *ask_data_state(enum ask_state state)
{
	static const char *const name[ASK_STATES] = { "open", "acknowledged", "accepted", "partly",
		"declined", "begun", "done" };
	return name[state];
}

const char *ask_data_bearing(enum bearing bearing)
{
	return bearing == BEARS_FOR ? "for" : bearing == BEARS_IF ? "if" : "against";
}

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
	const struct figures *f = board_hold(v->house->take_part, s->id);
	for (size_t i = 0; i < n && result >= 0; i++)
		result = load_one(v, s, f, row[i].id, &a[i]);
	figures_release(f);
	*ret = a;
	*ret_n = n;
	return result < 0 ? result : 0;
}

/* ---- files ---- */

static void put_day(struct visit *v, struct sheet_out *o, int64_t at)
{
	sheet_put_code(o, at ? plan_date(at, v->mem) : STR(""));
}

static void put_asks(struct visit *v, struct sheet_out *o, const struct ask_data *all, size_t n)
{
	static const char *const head[] = { "ask", "address", "title", "text", "language",
		"addressee", "asked", "due", "state", "answered", "days_late", "contributions",
		"for", "if", "against", "people", "countries", "languages", "statements", NULL };
	sheet_put_head(o, head);
	for (size_t i = 0; i < n; i++) {
		const struct ask *a = &all[i].card.a;
		const struct ask_weight *w = &all[i].card.weight;
		sheet_put_code(o, a->address);
		sheet_put_code(o, all[i].url);
		sheet_put_words(o, a->title);
		sheet_put_words(o, a->body);
		sheet_put_code(o, a->text_lang);
		sheet_put_words(o, a->org_name);
		put_day(v, o, a->asked_at);
		put_day(v, o, a->due_at);
		sheet_put_code(o, str_c(ask_data_state(a->state)));
		put_day(v, o, a->answered_at);
		sheet_put_number(o, ask_late_days(a, v->now));
		sheet_put_number(o, w->contributions);
		sheet_put_number(o, w->in_favour);
		sheet_put_number(o, w->with_conditions);
		sheet_put_number(o, w->against);
		sheet_put_code(o, all[i].people);
		sheet_put_code(o, all[i].countries);
		sheet_put_code(o, all[i].languages);
		sheet_put_number(o, w->statements);
		sheet_put_end(o);
	}
}

static void put_answers(struct visit *v, struct sheet_out *o, const struct ask_data *all, size_t n)
{
	static const char *const head[] = { "ask", "day", "state", "by", "unit", "text", "language",
		"review", "corrects", NULL };
	sheet_put_head(o, head);
	for (size_t i = 0; i < n; i++)
		for (size_t k = all[i].n_answer; k-- > 0;) {
			const struct ask_answer *r = &all[i].answer[k];
			sheet_put_code(o, all[i].card.a.address);
			put_day(v, o, r->at);
			sheet_put_code(o, str_c(ask_data_state(r->state)));
			sheet_put_words(o, r->by);
			sheet_put_words(o, r->unit);
			sheet_put_words(o, r->body);
			sheet_put_code(o, r->lang);
			put_day(v, o, r->review_at);
			sheet_put_number(o, r->corrects != 0);
			sheet_put_end(o);
		}
}

static void put_evidence(struct visit *v, struct sheet_out *o, const struct ask_data *all, size_t n)
{
	static const char *const head[] = { "ask", "item", "address", "bearing", "quote", "gone",
		NULL };
	sheet_put_head(o, head);
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < all[i].n_evidence; k++) {
			const struct ask_data_evidence *e = &all[i].evidence[k];
			sheet_put_code(o, all[i].card.a.address);
			sheet_put_code(o, e->item);
			sheet_put_code(o,
				arena_f(v->mem, "%.*s/i/%lld", STR_ARG(visit_base(v)),
					(long long)e->id));
			sheet_put_code(o, str_c(ask_data_bearing(e->bearing)));
			sheet_put_words(o, e->quote);
			sheet_put_number(o, e->is_gone);
			sheet_put_end(o);
		}
}

typedef void put_rows(struct visit *v, struct sheet_out *o, const struct ask_data *all, size_t n);

static int send_csv(
	struct visit *v, const struct ask_data *all, size_t n, const char *name, put_rows *put)
{
	struct sheet_out o = { 0 };
	buf_init(&o.b, FILE_BYTES);
	buf_c(&o.b, "\xef\xbb\xbf");
	put(v, &o, all, n);
	struct str kept = o.b.failed ? (struct str){ 0 } : arena_copy(v->mem, buf_view(&o.b));
	int failed = o.b.failed;
	buf_done(&o.b);
	if (!kept.p)
		return failed ? failed : ERR_NOMEM;
	return visit_bytes(v, "text/csv; charset=utf-8", kept, name);
}

static int summary_file(struct visit *v)
{
	struct space s;
	const struct ask_data *all = NULL;
	struct str name = v->part[1], json;
	size_t n = 0;
	int result = space_here(v, &s);
	if (result == 0)
		result = ask_data_load(v, &s, &all, &n);
	if (result < 0)
		return result;
	if (str_is(name, "asks.csv"))
		return send_csv(v, all, n, "asks.csv", put_asks);
	if (str_is(name, "answers.csv"))
		return send_csv(v, all, n, "answers.csv", put_answers);
	if (str_is(name, "evidence.csv"))
		return send_csv(v, all, n, "evidence.csv", put_evidence);
	if (!str_is(name, "summary.json"))
		return err_note(ERR_MISSING, "no such file");
	result = ask_data_json(v, &s, all, n, &json);
	return result < 0 ? result : visit_bytes(v, "application/json", json, "summary.json");
}

/* ---- the page ---- */

int summary_load(struct visit *v, struct summary_view *p)
{
	p->now = v->now;
	int result = space_here(v, &p->s);
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
	{ HTTP_GET, "/c/:slug/summary/:file", ANYONE, NULL, NULL, summary_file },
	{ 0 },
};
