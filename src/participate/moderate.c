#include "participate/moderate.h"
#include "account/who.h"
#include "participate/desk.h"
#include "participate/moderate.html.h"
#include "participate/moderate_many.h"
#include "po/messages.h"

/* What the buttons send. In the order of enum verdict, from VERDICT_OK; then what is no verdict. */
static const char *const acts[] = { "ok", "back", "hide", "same", "move", "keep", "trust", "doubt",
	NULL };
enum { ACT_TRUST = VERDICT_KEEP, ACT_DOUBT };

struct decide_in {
	struct opt_i64 item, last, version, act, other, question, reason;
	struct str word;
};

#define AT(member) .at = offsetof(struct decide_in, member)
static const struct form decide_form = {
	.name = "decide",
	.size = sizeof(struct decide_in),
	.body_max = 16384,
	.field = {
		{ "item", FIELD_INT, .is_required = true, .min = 1, .max = INT64_MAX, AT(item) },
		{ "last", FIELD_INT, .is_required = true, .min = 0, .max = INT64_MAX, AT(last) },
		{ "ver", FIELD_INT, .is_required = true, .min = 1, .max = INT64_MAX, AT(version) },
		{ "d", FIELD_CHOICE, .is_required = true, .choices = acts, AT(act) },
		{ "other", FIELD_INT, .min = 1, .max = INT64_MAX, AT(other) },
		{ "q", FIELD_INT, .min = 1, .max = INT64_MAX, AT(question) },
		{ "reason", FIELD_CHOICE, .choices = flag_values, AT(reason) },
		{ "word", FIELD_TEXT, .max = DECIDE_WORD_MAX, AT(word) },
	},
};

static const struct fault_label labels[] = {
	{ "d", MSG_moderate_field_decision },
	{ "other", MSG_moderate_field_other },
	{ "q", MSG_moderate_field_question },
	{ "reason", MSG_moderate_field_reason },
	{ "word", MSG_moderate_field_word },
	{ 0 },
};

static const char *const tab_names[QUEUE_TABS] = { "waiting", "flagged", "back", "words",
	"decided" };

/* ---- addresses ---- */

struct str queue_path(struct arena *mem, const struct queue_view *p, const char *below,
	enum queue_tab tab, int64_t page)
{
	struct str lang = p->lang ? p->lang->code : STR("");
	return arena_f(mem, "/desk/%.*s/queue%s?tab=%s&kind=%lld&lang=%.*s%s&page=%lld",
		STR_ARG(p->s.slug), below, tab_names[tab], (long long)p->kind, STR_ARG(lang),
		p->newest_first ? "&order=new" : "", (long long)page);
}

struct url queue_local(struct str address)
{
	struct url u = { STR("/desk") };
	return url_local(address, &u) < 0 ? (struct url){ STR("/desk") } : u;
}

struct url queue_url(struct html *w, const struct queue_view *p, enum queue_tab tab, int64_t page)
{
	return queue_local(queue_path(w->mem, p, "", tab, page));
}

struct url queue_original(struct html *w, const struct queue_view *p, int64_t id)
{
	struct str here = queue_path(w->mem, p, "", p->tab, p->page);
	return queue_local(arena_f(
		w->mem, "%.*s&original=%lld#i%lld", STR_ARG(here), (long long)id, (long long)id));
}

const char *queue_tab_name(enum queue_tab tab)
{
	return tab_names[tab];
}

struct str queue_typed(const struct queue_view *p, const struct queue_card *c, const char *field)
{
	return c->is_faulty ? form_typed(p->form, field) : (struct str){ 0 };
}

bool queue_is_bad(const struct queue_view *p, const struct queue_card *c, const char *field)
{
	return c->is_faulty && form_fault_of(p->form, field);
}

static int64_t number_asked(const struct visit *v, const char *name, int64_t max, int64_t otherwise)
{
	int64_t n;
	return str_i64(http_query(v->req, name), &n) && n >= 0 && n <= max ? n : otherwise;
}

static void read_address(struct visit *v, struct queue_view *p)
{
	struct str tab = http_query(v->req, "tab");
	for (int i = 0; i < QUEUE_TABS; i++)
		if (str_is(tab, tab_names[i]))
			p->tab = (enum queue_tab)i;
	p->kind = number_asked(v, "kind", ITEM_STATEMENT, 0);
	p->lang = lang_by_code(http_query(v->req, "lang"));
	p->newest_first = str_is(http_query(v->req, "order"), "new");
	p->page = number_asked(v, "page", 100000, 1);
	if (p->page == 0)
		p->page = 1;
	p->is_all = http_query(v->req, "all").p != NULL;
	p->now = v->now;
}

/* ---- the page ---- */

int queue_begin(struct visit *v, struct queue_view *p)
{
	*p = (struct queue_view){ .form = &v->form, .label = labels };
	read_address(v, p);
	return desk_here(v, MAY_MODERATE, &p->s);
}

int queue_end(struct visit *v, struct queue_view *p, int status)
{
	int result = queue_load(v, p);
	if (result < 0)
		return result;
	p->frame = desk_frame(v, &p->s, MSG_desk_tab_queue);
	p->frame.is_fault = status == 422;
	queue_page(&v->out, p);
	return visit_page(v, status);
}

static int queue_show(struct visit *v)
{
	struct queue_view p;
	int result = queue_begin(v, &p);
	int64_t done = number_asked(v, "done", INT64_MAX, 0);
	if (result == 0 && done)
		result = queue_card_load(v, &p, done, &p.done);
	if (result == ERR_MISSING && done) /* a number somebody made up */
		result = 0;
	if (result == 0)
		result = many_told(v, &p);
	return result < 0 ? result : queue_end(v, &p, 200);
}

/* The page again, with what became of the item meanwhile. */
static int show_late(struct visit *v, struct queue_view *p, int64_t item)
{
	p->is_late = true;
	int result = queue_card_load(v, p, item, &p->done);
	return result < 0 ? result : queue_end(v, p, 409);
}

/* ---- one decision ---- */

static bool is_trust(const struct decide_in *in)
{
	return in->act.has && in->act.v >= ACT_TRUST;
}

/* What only the database knows is wrong; and what the order is, when nothing is. */
static int read_order(struct visit *v, const struct queue_view *p, const struct decide_item *i,
	struct decide_order *ret)
{
	const struct decide_in *in = visit_in(v, struct decide_in);
	struct decide_order o = { .item = i->id,
		.last = in->last.v,
		.version = in->version.v,
		.verdict = (enum verdict)(in->act.v + VERDICT_OK),
		.reason = in->reason.has ? (int)in->reason.v + 1 : FLAG_NONE,
		.word = in->word };
	int found = 1;
	const char *field = NULL;
	if ((o.verdict == VERDICT_BACK || o.verdict == VERDICT_HIDE) && o.reason == FLAG_NONE)
		form_fault_add(&v->form, "reason", MSG_site_fault_choose, 0);
	if (o.verdict == VERDICT_MERGE) {
		field = "other";
		found = decide_other(v, i, p->s.id, in->other.v, &o.target);
	} else if (o.verdict == VERDICT_MOVE) {
		field = "q";
		found = decide_question(v, p->s.id, in->question.v, &o.target);
	}
	if (found == 0)
		form_fault_add(&v->form, field, MSG_moderate_fault_number, 0);
	*ret = o;
	return found < 0 ? found : 0;
}

static bool is_stale(const struct decide_in *in, const struct decide_item *i)
{
	return i->last != in->last.v || i->version != in->version.v ||
		(!is_trust(in) && !decide_allows(i, (enum verdict)(in->act.v + VERDICT_OK)));
}

static int decide_check(struct visit *v)
{
	const struct decide_in *in = visit_in(v, struct decide_in);
	struct queue_view p;
	struct decide_item i;
	struct decide_order o;
	int result = queue_begin(v, &p);
	if (result == 0 && v->form.n_fault == 0) {
		result = decide_look(v, p.s.id, in->item.v, &i);
		if (result == 0 && i.is_own)
			return err_note(ERR_DENIED, "own words");
		if (result == 0 && is_stale(in, &i))
			return visit_ended(show_late(v, &p, i.id));
		if (result == 0 && !is_trust(in))
			result = read_order(v, &p, &i, &o);
	}
	if (result < 0)
		return result;
	return v->form.n_fault ? visit_ended(queue_end(v, &p, 422)) : VISIT_GO_ON;
}

static int decide_act(struct visit *v)
{
	const struct decide_in *in = visit_in(v, struct decide_in);
	struct queue_view p;
	struct decide_item i = { 0 };
	struct decide_order o;
	int result = queue_begin(v, &p);
	if (result == 0)
		result = decide_look(v, p.s.id, in->item.v, &i);
	if (result == 0 && i.is_own)
		return err_note(ERR_DENIED, "own words");
	if (result == 0 && is_trust(in)) {
		v->is_quiet = true;
		result = decide_trust(v, p.s.id, i.seat, in->act.v == ACT_TRUST);
	} else if (result == 0) {
		result = read_order(v, &p, &i, &o);
		if (result == 0 && v->form.n_fault)
			return queue_end(v, &p, 422);
		if (result == 0)
			result = decide_do(v, p.s.id, &o);
		if (result == ERR_CONFLICT)
			return show_late(v, &p, i.id);
	}
	if (result < 0)
		return result;
	struct str back = queue_path(v->mem, &p, "", p.tab, p.page);
	return is_trust(in) ? visit_goto(v, "%.*s#i%lld", STR_ARG(back), (long long)i.id)
			    : visit_goto(v, "%.*s&done=%lld", STR_ARG(back), (long long)i.id);
}

const struct route moderate_routes[] = {
	/* method    path                  who    input        check        act */
	{ HTTP_GET, "/desk/:slug/queue", STAFF, NULL, NULL, queue_show },
	{ HTTP_POST, "/desk/:slug/queue", STAFF, &decide_form, decide_check, decide_act },
	{ 0 },
};
