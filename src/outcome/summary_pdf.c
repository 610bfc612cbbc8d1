#include "outcome/summary_pdf.h"
#include "outcome/summary_pdf.html.h"
#include "po/messages.h"

enum { JSON_BYTES = 16 << 20 };

/* What is under way, in the visit's arena. */
struct printing {
	struct visit *v;
	struct summary_view p;
	struct pdf d;
	struct pdf_block *block;
	size_t room;
	struct press_job job;
};

static struct pdf_block *add(struct printing *g, enum pdf_role role, struct str text)
{
	must(g->d.n_block < g->room);
	struct pdf_block *b = &g->block[g->d.n_block++];
	*b = (struct pdf_block){ .role = role, .text = text, .lang = g->v->lang->tag };
	return b;
}

static struct str say(struct printing *g, int msg, const struct msg_arg *arg, size_t n)
{
	return msg_plain(g->v->mem, g->v->lang, msg, arg, n);
}

static struct str say_n(struct printing *g, int msg, int64_t n)
{
	const struct msg_arg arg = msg_arg_i64("count", n);
	return say(g, msg, &arg, 1);
}

static struct str word(struct printing *g, int msg)
{
	return msg_text(g->v->lang, msg, 0);
}

/* ---- how all of them stand ---- */

static void add_stands(struct printing *g)
{
	static const enum ask_stand order[PDF_PARTS] = { STAND_DONE, STAND_BEGUN, STAND_PLANNED,
		STAND_NONE, STAND_DECLINED };
	const struct rate *r = &g->p.rate;
	struct pdf_block *bar = add(g, PDF_BAR, STR(""));
	for (int i = 0; i < PDF_PARTS; i++)
		bar->n[i] = r->stand[order[i]];
	for (int i = 0; i < PDF_PARTS; i++) {
		int64_t n = r->stand[order[i]];
		if (!n && order[i] == STAND_DECLINED)
			continue;
		struct pdf_block *key = add(g, PDF_KEY,
			arena_f(g->v->mem, "%.*s: %.*s", STR_ARG(word(g, ask_stand_msg(order[i]))),
				STR_ARG(lang_number(g->v->lang, g->v->mem, n))));
		key->n[0] = i;
	}
}

static void add_figure(struct printing *g, struct str mark, int msg)
{
	add(g, PDF_FIGURE, word(g, msg))->mark = mark;
}

static void add_rate(struct printing *g)
{
	struct arena *mem = g->v->mem;
	const struct lang *l = g->v->lang;
	const struct rate *r = &g->p.rate;
	const struct coverage *c = &g->p.coverage;
	add_figure(g, lang_number(l, mem, r->stand[STAND_NONE]), MSG_answer_rate_without);
	add_figure(g, lang_number(l, mem, r->late), MSG_answer_rate_late);
	add_figure(g, rate_share(mem, l, r), MSG_answer_rate_share);
	if (r->has_days)
		add_figure(g, lang_number(l, mem, r->days), MSG_answer_rate_days);
	const struct msg_arg rate[] = { msg_arg_i64("part", r->answered),
		msg_arg_i64("count", r->n) };
	add(g, PDF_SMALL, say(g, MSG_answer_rate_formula, rate, 2));
	if (!c->published)
		return;
	const struct msg_arg share = msg_arg_str("share", coverage_share(mem, l, c));
	const struct msg_arg part[] = { msg_arg_i64("part", c->published - c->unused),
		msg_arg_i64("count", c->published) };
	add(g, PDF_SMALL,
		arena_f(mem, "%.*s %.*s", STR_ARG(say(g, MSG_coverage_figure_share, &share, 1)),
			STR_ARG(say(g, MSG_coverage_figure_formula, part, 2))));
}

/* ---- one ask ---- */

static enum pdf_tone tone_of(enum ask_stand stand)
{
	static const enum pdf_tone tone[STANDS] = { [STAND_NONE] = TONE_DANGER,
		[STAND_PLANNED] = TONE_WARN,
		[STAND_BEGUN] = TONE_INFO,
		[STAND_DONE] = TONE_OK,
		[STAND_DECLINED] = TONE_PLAIN };
	return tone[stand];
}

static struct str weight_words(struct printing *g, const struct ask_card *c)
{
	const struct ask_weight *w = &c->weight;
	const struct msg_arg arg[] = { msg_arg_i64("count", w->contributions),
		msg_arg_i64("for", w->in_favour), msg_arg_i64("if", w->with_conditions),
		msg_arg_i64("against", w->against) };
	struct str words = say(g, MSG_summary_ask_weight, arg, 4);
	if (!c->agree.n)
		return words;
	const struct msg_arg share = msg_arg_str("share", c->agree);
	return arena_f(g->v->mem, "%.*s %.*s", STR_ARG(words),
		STR_ARG(say(g, MSG_ask_chain_agree, &share, 1)));
}

static struct str due_words(struct printing *g, const struct ask *a)
{
	int64_t late = ask_late_days(a, g->p.now);
	const struct msg_arg date = msg_arg_day("date", (struct day){ a->due_at });
	if (late)
		return say_n(g, MSG_ask_chain_late, late);
	return a->due_at ? say(g, MSG_ask_chain_due, &date, 1) : STR("");
}

static struct str asked_words(struct printing *g, const struct ask *a)
{
	const struct msg_arg arg[] = { msg_arg_str("name", a->org_name),
		msg_arg_day("date", (struct day){ a->asked_at }) };
	struct str asked = a->org ? say(g, MSG_ask_chain_asked, arg, 2)
				  : word(g, MSG_ask_chain_nobody);
	return arena_f(g->v->mem, "%.*s %.*s", STR_ARG(asked), STR_ARG(due_words(g, a)));
}

static void add_answer(struct printing *g, const struct ask_answer *r)
{
	struct arena *mem = g->v->mem;
	add(g, PDF_QUOTE, r->body)->lang = r->lang;
	add(g, PDF_SMALL,
		arena_f(mem, "%.*s · %.*s, %.*s", STR_ARG(word(g, ask_state_msg(r->state))),
			STR_ARG(r->by), STR_ARG(lang_date(g->v->lang, mem, r->at))));
}

static void add_ask(struct printing *g, const struct ask_data *d)
{
	const struct ask *a = &d->card.a;
	const struct msg_arg number = msg_arg_str("number", a->address);
	struct pdf_block *b = add(g, PDF_NUMBER, say(g, MSG_ask_name_number, &number, 1));
	b->mark = word(g, ask_stand_msg(ask_stand(a->state)));
	b->tone = tone_of(ask_stand(a->state));
	b = add(g, PDF_CARD, a->title);
	b->lang = a->text_lang;
	b->url = arena_f(g->v->mem, "%.*s/%.*s/c/%.*s/asks/%.*s", STR_ARG(visit_base(g->v)),
		STR_ARG(g->v->lang->code), STR_ARG(g->p.s.slug), STR_ARG(a->address));
	add(g, PDF_TEXT, a->body)->lang = a->text_lang;
	add(g, PDF_SMALL, weight_words(g, &d->card));
	add(g, PDF_SMALL, asked_words(g, a));
	for (size_t i = 0; i < d->n_answer; i++)
		add_answer(g, &d->answer[i]);
}

/* ---- the document ---- */

static int compose(struct printing *g)
{
	enum { AROUND = 24, EACH = 5 };
	struct visit *v = g->v;
	const struct summary_view *p = &g->p;
	g->room = AROUND + EACH * p->n_ask;
	for (size_t i = 0; i < p->n_ask; i++)
		g->room += 2 * p->ask[i].n_answer;
	g->block = arena_array(v->mem, g->room, sizeof *g->block);
	if (!g->block || g->room > PDF_BLOCKS)
		return g->block ? err_note(ERR_LIMIT, "summary is too long") : ERR_NOMEM;
	add(g, PDF_EYEBROW, p->s.title)->lang = p->s.text_lang->tag;
	add(g, PDF_TITLE, word(g, MSG_summary_page_title));
	add(g, PDF_LEAD,
		p->n_ask ? say_n(g, MSG_ask_list_lead, p->rate.n) : word(g, MSG_summary_page_none));
	if (p->n_ask) {
		add_stands(g);
		add_rate(g);
		add(g, PDF_SECTION, word(g, MSG_ask_list_title));
	}
	for (size_t i = 0; i < p->n_ask; i++)
		add_ask(g, &p->ask[i]);
	const struct settings *set = atomic_load(&v->house->settings);
	g->d.title = arena_f(v->mem, "%.*s – %.*s", STR_ARG(word(g, MSG_summary_page_title)),
		STR_ARG(p->s.title));
	g->d.author = set->name;
	g->d.lang = v->lang->tag;
	g->d.page_of = word(g, MSG_site_nav_page_of);
	g->d.is_rtl = str_is(v->lang->dir, "rtl");
	if (set->is_sample || p->s.is_sample)
		g->d.sample = word(g, MSG_site_frame_sample);
	g->d.block = g->block;
	return v->mem->has_failed ? ERR_NOMEM : 0;
}

static void printed(struct press_job *job)
{
	struct printing *g = job->arg;
	visit_resume(g->v);
}

static int summary_pdf_check(struct visit *v)
{
	struct printing *g = arena_take(v->mem, sizeof *g);
	if (!g)
		return ERR_NOMEM;
	g->v = v;
	int result = summary_load(v, &g->p);
	if (result == 0)
		result = compose(g);
	if (result < 0)
		return result;
	g->job = (struct press_job){ .done = printed, .arg = g };
	buf_init(&g->job.in, JSON_BYTES);
	buf_init(&g->job.out, PRESS_BYTES);
	v->parked = g;
	result = pdf_to_json(&g->d, &g->job.in);
	if (result == 0)
		result = press_put(v->house->press, &g->job);
	if (result < 0)
		buf_done(&g->job.in);
	return result < 0 ? result : VISIT_PARKED;
}

/* The page instead of the file: what the keeper has to do, and what a reader can. */
static int say_missing(struct visit *v, const struct printing *g)
{
	struct summary_pdf_view p = { .s = g->p.s };
	err_forget();
	p.frame = visit_frame(v, visit_say(v, MSG_summary_pdf_none, 0));
	p.frame.area = FRAME_TAKE_PART;
	summary_pdf_missing(&v->out, &p);
	return visit_page(v, 503);
}

static void drop(void *file)
{
	struct buf b = { .p = file };
	buf_done(&b);
}

static int summary_pdf_act(struct visit *v)
{
	struct printing *g = v->parked;
	struct buf *out = &g->job.out;
	buf_done(&g->job.in);
	int result = g->job.result;
	if (result == 0)
		result = visit_bytes(v, "application/pdf", buf_view(out), NULL);
	if (result == 0) {
		v->res->release = drop;
		v->res->held = out->p;
		return 0;
	}
	buf_done(out);
	return result == ERR_MISSING ? say_missing(v, g) : result;
}

const struct route summary_pdf_routes[] = {
	/* method    path                      who     input check act */
	{ HTTP_GET, "/c/:slug/summary.pdf", ANYONE, NULL, summary_pdf_check, summary_pdf_act },
	{ 0 },
};
