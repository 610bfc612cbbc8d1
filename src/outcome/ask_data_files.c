/* The closing summary as files: see ask_data.h. */
#include "outcome/ask_data.h"
#include "participate/bundle_sheet.h"
#include "participate/plan.h"

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

/* A file under way: rows of comma-separated values. */
struct rows {
	struct sheet_out sheet;
	struct parcel_out *o;
};

static void put_day(struct visit *v, struct sheet_out *o, int64_t at)
{
	sheet_put_code(o, at ? plan_date(at, v->mem) : STR(""));
}

static const char *const ask_head[] = { "ask", "address", "title", "text", "language", "addressee",
	"asked", "due", "state", "answered", "days_late", "contributions", "for", "if", "against",
	"people", "countries", "languages", "statements", NULL };

static int put_ask(struct visit *v, const struct ask_data *one, void *to)
{
	struct rows *rows = to;
	struct sheet_out *o = &rows->sheet;
	const struct ask *a = &one->card.a;
	const struct ask_weight *w = &one->card.weight;
	sheet_put_code(o, a->address);
	sheet_put_code(o, one->url);
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
	sheet_put_code(o, one->people);
	sheet_put_code(o, one->countries);
	sheet_put_code(o, one->languages);
	sheet_put_number(o, w->statements);
	sheet_put_end(o);
	return parcel_row(rows->o);
}

static const char *const answer_head[] = { "ask", "day", "state", "by", "unit", "text", "language",
	"review", "corrects", NULL };

static int put_answers(struct visit *v, const struct ask_data *one, void *to)
{
	struct rows *rows = to;
	struct sheet_out *o = &rows->sheet;
	int result = 0;
	for (size_t k = one->n_answer; k-- > 0 && result == 0;) {
		const struct ask_answer *r = &one->answer[k];
		sheet_put_code(o, one->card.a.address);
		put_day(v, o, r->at);
		sheet_put_code(o, str_c(ask_data_state(r->state)));
		sheet_put_words(o, r->by);
		sheet_put_words(o, r->unit);
		sheet_put_words(o, r->body);
		sheet_put_code(o, r->lang);
		put_day(v, o, r->review_at);
		sheet_put_number(o, r->corrects != 0);
		sheet_put_end(o);
		result = parcel_row(rows->o);
	}
	return result;
}

static const char *const evidence_head[] = { "ask", "item", "address", "bearing", "quote", "gone",
	NULL };

static int put_evidence(struct visit *v, const struct ask_data *one, void *to)
{
	struct rows *rows = to;
	struct sheet_out *o = &rows->sheet;
	int result = 0;
	for (size_t k = 0; k < one->n_evidence && result == 0; k++) {
		const struct ask_data_evidence *e = &one->evidence[k];
		sheet_put_code(o, one->card.a.address);
		sheet_put_code(o, e->item);
		sheet_put_code(o,
			arena_f(v->mem, "%.*s/i/%lld", STR_ARG(visit_base(v)), (long long)e->id));
		sheet_put_code(o, str_c(ask_data_bearing(e->bearing)));
		sheet_put_words(o, e->quote);
		sheet_put_number(o, e->is_gone);
		sheet_put_end(o);
		result = parcel_row(rows->o);
	}
	return result;
}

typedef int put_rows(struct visit *v, const struct ask_data *one, void *to);

static int make_csv(struct visit *v, const struct space *s, struct parcel_out *out,
	const char *const *head, put_rows *put)
{
	struct rows rows = { .sheet = { .b = &out->b }, .o = out };
	buf_c(&out->b, "\xef\xbb\xbf");
	sheet_put_head(&rows.sheet, head);
	return ask_data_each(v, s, put, &rows);
}

static int make_asks(struct visit *v, struct parcel_out *o, const void *s)
{
	return make_csv(v, s, o, ask_head, put_ask);
}

static int make_answers(struct visit *v, struct parcel_out *o, const void *s)
{
	return make_csv(v, s, o, answer_head, put_answers);
}

static int make_evidence(struct visit *v, struct parcel_out *o, const void *s)
{
	return make_csv(v, s, o, evidence_head, put_evidence);
}

int summary_file(struct visit *v)
{
	static const struct parcel all[] = {
		{ "text/csv; charset=utf-8", "asks.csv", make_asks, NULL },
		{ "text/csv; charset=utf-8", "answers.csv", make_answers, NULL },
		{ "text/csv; charset=utf-8", "evidence.csv", make_evidence, NULL },
		{ "application/json", "summary.json", ask_data_json, NULL },
	};
	struct space *s = arena_take(v->mem, sizeof *s);
	size_t i = 0, n = sizeof all / sizeof *all;
	int result = s ? space_kept(v, s) : ERR_NOMEM;
	while (i < n && !str_is(v->part[1], all[i].name))
		i++;
	if (result == 0 && i == n)
		result = err_note(ERR_MISSING, "no such file");
	if (result == 0)
		result = data_trace(v);
	if (result < 0)
		return result;
	struct parcel file = all[i];
	file.of = s;
	return parcel_park(v, &file);
}
