#include "participate/moderate_many.h"
#include "po/messages.h"

const char *const many_choices[] = { "ok", "hide", NULL };
static const enum verdict verdicts[] = { VERDICT_OK, VERDICT_HIDE };

static const char *const ticks[MANY_MAX] = { "k0", "k1", "k2", "k3", "k4", "k5", "k6", "k7", "k8",
	"k9", "k10", "k11", "k12", "k13", "k14", "k15", "k16", "k17", "k18", "k19" };

struct many_in {
	struct str tick[MANY_MAX];
	struct opt_i64 act, reason;
};

#define AT(member) .at = offsetof(struct many_in, member)
#define TICK(k) \
	{ \
		"k" #k, FIELD_LINE, .max = 64, AT(tick[k]) \
	}
static const struct form many_form = {
	.name = "many",
	.size = sizeof(struct many_in),
	.body_max = 16384,
	.field = {
		TICK(0), TICK(1), TICK(2), TICK(3), TICK(4), TICK(5), TICK(6), TICK(7), TICK(8), TICK(9),
		TICK(10), TICK(11), TICK(12), TICK(13), TICK(14), TICK(15), TICK(16), TICK(17), TICK(18),
		TICK(19),
		{ "d", FIELD_CHOICE, .is_required = true, .choices = many_choices, AT(act) },
		{ "reason", FIELD_CHOICE, .choices = flag_values, AT(reason) },
	},
};
#undef AT

static const struct fault_label labels[] = {
	{ "k0", MSG_moderate_many_title },
	{ "d", MSG_moderate_field_decision },
	{ "reason", MSG_moderate_field_reason },
	{ 0 },
};

/* ---- the page ---- */

const char *many_tick(size_t slot)
{
	must(slot < MANY_MAX);
	return ticks[slot];
}

struct str many_seen(struct html *w, const struct queue_card *c)
{
	return arena_f(w->mem, "%lld.%lld.%lld", (long long)c->item.id, (long long)c->state.last,
		(long long)c->state.version);
}

bool many_may(const struct queue_view *p, const struct queue_card *c)
{
	return (p->tab == QUEUE_WAITING || p->tab == QUEUE_BACK) && !c->state.is_own &&
		decide_allows(&c->state, VERDICT_OK);
}

bool many_is_ticked(struct html *w, const struct queue_view *p, const struct queue_card *c)
{
	for (size_t i = 0; p->is_many && i < MANY_MAX; i++)
		if (str_eq(form_typed(p->form, ticks[i]), many_seen(w, c)))
			return true;
	return p->is_all;
}

struct url many_url(struct html *w, const struct queue_view *p)
{
	return queue_local(queue_path(w->mem, p, "/many", p->tab, p->page));
}

struct url many_all(struct html *w, const struct queue_view *p)
{
	struct str here = queue_path(w->mem, p, "", p->tab, p->page);
	return queue_local(arena_f(w->mem, "%.*s%s", STR_ARG(here), p->is_all ? "" : "&all=1"));
}

int many_choice_msg(int i)
{
	return i ? MSG_moderate_choice_hide : MSG_moderate_button_ok;
}

static int64_t number_told(const struct visit *v, const char *name)
{
	int64_t n;
	return str_i64(http_query(v->req, name), &n) && n > 0 && n <= MANY_MAX ? n : 0;
}

/* Numbers that somebody made up are left out. */
int many_told(struct visit *v, struct queue_view *p)
{
	struct queue_card *late = arena_array(v->mem, MANY_NAMED, sizeof *late);
	int result = late ? 0 : ERR_NOMEM;
	p->did = number_told(v, "did");
	p->did_not = number_told(v, "not");
	p->is_told = p->did + p->did_not > 0;
	p->late = late;
	for (size_t i = 0; result == 0 && i < v->req->n_query && p->n_late < MANY_NAMED; i++) {
		const struct http_pair *q = &v->req->query[i];
		int64_t id;
		if (!p->is_told || !str_is(q->name, "late") || !str_i64(q->value, &id))
			continue;
		result = queue_card_load(v, p, id, &late[p->n_late]);
		p->n_late += result == 0;
		if (result == ERR_MISSING)
			result = 0;
	}
	return result;
}

/* ---- the decision ---- */

/* "812.0.1": item, newest decision, version of its words. */
static int read_tick(struct str tick, struct decide_order *ret)
{
	struct str item, last;
	str_cut(&tick, '.', &item);
	str_cut(&tick, '.', &last);
	if (!str_i64(item, &ret->item) || !str_i64(last, &ret->last) ||
		!str_i64(tick, &ret->version))
		return err_note(ERR_INPUT, "not a tick of ours");
	return 0;
}

static void find_faults(struct visit *v)
{
	const struct many_in *in = visit_in(v, struct many_in);
	bool is_any = false;
	for (size_t i = 0; i < MANY_MAX; i++)
		is_any |= in->tick[i].n > 0;
	if (!is_any)
		form_fault_add(&v->form, "k0", MSG_moderate_many_none, 0);
	if (in->act.has && verdicts[in->act.v] == VERDICT_HIDE && !in->reason.has)
		form_fault_add(&v->form, "reason", MSG_site_fault_choose, 0);
}

static int many_check(struct visit *v)
{
	struct queue_view p;
	int result = queue_begin(v, &p);
	if (result < 0)
		return result;
	find_faults(v);
	p.is_many = true;
	p.label = labels;
	return v->form.n_fault ? visit_ended(queue_end(v, &p, 422)) : VISIT_GO_ON;
}

/* 1 when it was done, 0 when it is the visitor's own or no longer as they saw it. */
static int decide_one(struct visit *v, int64_t space, const struct decide_order *o)
{
	struct decide_item i;
	int result = decide_look(v, space, o->item, &i);
	if (result < 0)
		return result;
	if (i.is_own || i.last != o->last || i.version != o->version ||
		!decide_allows(&i, o->verdict))
		return 0;
	result = decide_do(v, space, o);
	return result < 0 ? result : 1;
}

static int many_act(struct visit *v)
{
	const struct many_in *in = visit_in(v, struct many_in);
	struct queue_view p;
	size_t n_done = 0, n_late = 0;
	auto_buf late;
	buf_init(&late, 512);
	int result = queue_begin(v, &p);
	for (size_t i = 0; i < MANY_MAX && result >= 0; i++) {
		struct decide_order o = { .verdict = verdicts[in->act.v],
			.reason = in->reason.has && verdicts[in->act.v] == VERDICT_HIDE
				? (int)in->reason.v + 1
				: FLAG_NONE,
			.word = STR("") };
		if (!in->tick[i].n)
			continue;
		result = read_tick(in->tick[i], &o);
		if (result == 0)
			result = decide_one(v, p.s.id, &o);
		n_done += result > 0;
		if (result == 0 && n_late++ < MANY_NAMED)
			buf_f(&late, "&late=%lld", (long long)o.item);
	}
	if (result < 0)
		return result;
	struct str back = queue_path(v->mem, &p, "", p.tab, 1), more = buf_view(&late);
	return visit_goto(
		v, "%.*s&did=%zu&not=%zu%.*s", STR_ARG(back), n_done, n_late, STR_ARG(more));
}

const struct route moderate_many_routes[] = {
	/* method    path                       who    input       check       act */
	{ HTTP_POST, "/desk/:slug/queue/many", STAFF, &many_form, many_check, many_act },
	{ 0 },
};
