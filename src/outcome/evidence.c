#include "outcome/evidence.h"
#include "outcome/evidence.html.h"
#include "outcome/evidence.sql.h"
#include "po/messages.h"

static const char *const ticks[] = { "0", "1", "2", "3", "4", "5", "6", "7", "8", "9", NULL };
static const char *const side_values[] = { "for", "against", "if", NULL }; /* enum ask_side */
static const char *const acts[] = { "link", "theme", NULL };
enum act { DO_LINK, DO_THEME };

struct evidence_in {
	int64_t ticked;
	struct opt_i64 item[EVIDENCE_PAGE], side[EVIDENCE_PAGE];
	struct str quote[EVIDENCE_PAGE];
	struct opt_i64 ask, seen, act, theme;
	struct str number;
};

#define AT(member) .at = offsetof(struct evidence_in, member)
#define SLOT(i) \
	{ "i" #i, FIELD_INT, .min = 1, .max = INT64_MAX, AT(item[i]) }, \
		{ "r" #i, FIELD_CHOICE, .choices = side_values, AT(side[i]) }, \
	{ \
		"w" #i, FIELD_LINE, .max = LINK_QUOTE_MAX, AT(quote[i]) \
	}
static const struct form evidence_form = {
	.name = "evidence",
	.size = sizeof(struct evidence_in),
	.field = { { "k", FIELD_SET, .choices = ticks, AT(ticked) },
		{ "do", FIELD_CHOICE, .is_required = true, .choices = acts, AT(act) },
		{ "ask", FIELD_INT, .min = 1, .max = INT64_MAX, AT(ask) },
		{ "number", FIELD_LINE, .max = 20, AT(number) },
		{ "theme", FIELD_INT, .min = 1, .max = INT64_MAX, AT(theme) },
		{ "seen", FIELD_INT, .is_required = true, .max = INT64_MAX, AT(seen) }, SLOT(0),
		SLOT(1), SLOT(2), SLOT(3), SLOT(4), SLOT(5), SLOT(6), SLOT(7), SLOT(8), SLOT(9) },
};

static const char *const slots[3][EVIDENCE_PAGE] = {
	{ "i0", "i1", "i2", "i3", "i4", "i5", "i6", "i7", "i8", "i9" },
	{ "r0", "r1", "r2", "r3", "r4", "r5", "r6", "r7", "r8", "r9" },
	{ "w0", "w1", "w2", "w3", "w4", "w5", "w6", "w7", "w8", "w9" },
};

const char *evidence_slot(size_t i, char what)
{
	return slots[what == 'i' ? 0 : what == 'r' ? 1 : 2][i];
}

const struct fault_label evidence_labels[] = {
	{ "k", MSG_evidence_text_texts },
	{ "ask", MSG_evidence_ask_which },
	{ "number", MSG_evidence_ask_number },
	{ "theme", MSG_question_filter_theme },
	{ "w0", MSG_evidence_quote_label },
	{ "w1", MSG_evidence_quote_label },
	{ "w2", MSG_evidence_quote_label },
	{ "w3", MSG_evidence_quote_label },
	{ "w4", MSG_evidence_quote_label },
	{ "w5", MSG_evidence_quote_label },
	{ "w6", MSG_evidence_quote_label },
	{ "w7", MSG_evidence_quote_label },
	{ "w8", MSG_evidence_quote_label },
	{ "w9", MSG_evidence_quote_label },
	{ 0 },
};

/* ---- the page ---- */

static int end(struct visit *v, struct evidence_view *p, int status)
{
	int result = evidence_beside_load(v, p);
	if (result < 0)
		return result;
	p->frame = desk_frame(v, &p->s, MSG_evidence_desk_title);
	p->frame.is_fault = status == 422;
	evidence_page_html(&v->out, p);
	return visit_page(v, status);
}

static int show(struct visit *v)
{
	struct evidence_view p;
	int result = evidence_begin(v, &p);
	if (result == 0)
		result = evidence_rows_load(v, &p);
	if (result == 0)
		result = evidence_done_load(v, &p);
	return result < 0 ? result : end(v, &p, 200);
}

/* ---- what was sent ---- */

/* The texts that stood on the page when it was sent, with what was typed beside each. One that
 * cannot be linked any more has left its place. */
static int load_sent(struct visit *v, struct evidence_view *p)
{
	const struct evidence_in *in = visit_in(v, struct evidence_in);
	struct evidence_row *row = arena_array(v->mem, EVIDENCE_PAGE, sizeof *row);
	if (!row)
		return ERR_NOMEM;
	for (size_t i = 0; i < EVIDENCE_PAGE; i++) {
		struct link_source source;
		struct evidence_row *r = &row[p->n_row];
		int result = in->item[i].has ? link_find(v, p->s.id, in->item[i].v, &source)
					     : ERR_MISSING;
		if (result == 0)
			result = evidence_row_load(v, p, source.item, r);
		if (result < 0 && result != ERR_MISSING)
			return result;
		if (result == ERR_MISSING)
			continue;
		r->is_ticked = in->ticked & 1 << i;
		r->side = in->side[i].has ? (enum ask_side)in->side[i].v : SIDE_FOR;
		r->quote = form_typed(&v->form, slots[2][i]);
		r->is_bad = form_fault_of(&v->form, slots[2][i]) != NULL;
		r->slot = i;
		p->n_row++;
	}
	p->row = row;
	p->all = (int64_t)p->n_row;
	return 0;
}

static int show_sent(struct visit *v, struct evidence_view *p, int status)
{
	const struct evidence_in *in = visit_in(v, struct evidence_in);
	int result = load_sent(v, p);
	if (!p->wish.ask && in->ask.has)
		p->wish.ask = in->ask.v;
	return result < 0 ? result : end(v, p, status);
}

/* What is wished, checked: the ask or the theme, and the texts. */
struct order {
	enum act act;
	struct ask ask;
	int64_t theme;
	struct link_wish wish[EVIDENCE_PAGE];
	size_t n;
};

static int read_texts(struct visit *v, const struct evidence_view *p, struct order *o)
{
	const struct evidence_in *in = visit_in(v, struct evidence_in);
	bool is_gone = false;
	for (size_t i = 0; i < EVIDENCE_PAGE; i++) {
		struct link_wish *w = &o->wish[o->n];
		if (!(in->ticked & 1 << i))
			continue;
		int result = in->item[i].has ? link_find(v, p->s.id, in->item[i].v, &w->source)
					     : ERR_MISSING;
		is_gone |= result == ERR_MISSING;
		if (result == 0 && in->quote[i].n && o->act == DO_LINK) {
			result = link_quotes(v, w->source.item, in->quote[i]);
			if (result == 0)
				form_fault_add(&v->form, slots[2][i], MSG_evidence_fault_quote, 0);
		}
		if (result < 0 && result != ERR_MISSING)
			return result;
		enum ask_side side = in->side[i].has ? (enum ask_side)in->side[i].v : SIDE_FOR;
		w->bearing = ask_side_bearing(side);
		w->quote = in->quote[i];
		o->n++;
	}
	if (!o->n)
		form_fault_add(&v->form, "k", MSG_evidence_fault_none, 0);
	else if (is_gone)
		form_fault_add(&v->form, "k", MSG_evidence_fault_gone, 0);
	return 0;
}

/* A number that was typed goes before the ask that was chosen. */
static int read_ask(struct visit *v, const struct evidence_view *p, struct order *o)
{
	const struct evidence_in *in = visit_in(v, struct evidence_in);
	int result = ERR_MISSING;
	if (in->number.n)
		result = ask_find(v, p->s.id, in->number, &o->ask);
	else if (in->ask.has)
		result = ask_load(v, in->ask.v, &o->ask);
	if (result == 0 && o->ask.space != p->s.id)
		result = ERR_MISSING;
	if (result == ERR_MISSING && in->number.n)
		form_fault_add(&v->form, "number", MSG_evidence_fault_number, 0);
	else if (result == ERR_MISSING)
		form_fault_add(&v->form, "ask", MSG_evidence_fault_ask, 0);
	return result == ERR_MISSING ? 0 : result;
}

static int read_theme(struct visit *v, const struct evidence_view *p, struct order *o)
{
	const struct evidence_in *in = visit_in(v, struct evidence_in);
	struct theme *theme;
	size_t n = 0;
	int result = space_themes(v, &p->s, &theme, &n);
	for (size_t i = 0; result == 0 && i < n; i++)
		if (in->theme.has && theme[i].id == in->theme.v)
			o->theme = in->theme.v;
	if (result == 0 && !o->theme)
		form_fault_add(&v->form, "theme", MSG_site_fault_choose, 0);
	return result;
}

static int read_order(struct visit *v, const struct evidence_view *p, struct order *ret)
{
	const struct evidence_in *in = visit_in(v, struct evidence_in);
	*ret = (struct order){ .act = (enum act)in->act.v };
	int result = read_texts(v, p, ret);
	if (result == 0)
		result = ret->act == DO_LINK ? read_ask(v, p, ret) : read_theme(v, p, ret);
	return result;
}

/* Somebody else has changed a link between this ask and one of these texts since the page was
 * made: 1. */
static int is_overtaken(struct visit *v, struct evidence_view *p, const struct order *o)
{
	const struct evidence_in *in = visit_in(v, struct evidence_in);
	if (o->act != DO_LINK)
		return 0;
	p->a = o->ask;
	p->changed_ask = o->ask.address;
	int result = evidence_changes_load(v, p, in->seen.v, v->who.account.v, EVIDENCE_CHANGES);
	for (size_t i = 0; result == 0 && i < p->n_change; i++)
		for (size_t k = 0; k < o->n; k++)
			p->is_stopped |= p->change[i].c.item == o->wish[k].source.item;
	return result < 0 ? result : p->is_stopped;
}

static int check(struct visit *v)
{
	struct evidence_view p;
	struct order o;
	int result = evidence_begin(v, &p);
	if (result == 0 && !v->form.n_fault)
		result = read_order(v, &p, &o);
	if (result < 0)
		return result;
	if (v->form.n_fault)
		return visit_ended(show_sent(v, &p, 422));
	result = is_overtaken(v, &p, &o);
	if (result < 0)
		return result;
	return result > 0 ? visit_ended(show_sent(v, &p, 409)) : VISIT_GO_ON;
}

/* Back to the page as it was looked for. Its own words in the address are as they came. */
static int go_back(struct visit *v, const struct space *s, struct str more)
{
	struct str query = str_from(v->req->target, str_find(v->req->target, '?'));
	struct str to = arena_f(v->mem, "/desk/%.*s/evidence%.*s%c%.*s", STR_ARG(s->slug),
		STR_ARG(query), query.n ? '&' : '?', STR_ARG(more));
	return to.p ? visit_go(v, to) : ERR_NOMEM;
}

static int give_theme(struct visit *v, const struct order *o)
{
	int result = 0;
	for (size_t i = 0; i < o->n && result >= 0; i++)
		result = item_set_theme(v, o->wish[i].source.item, o->theme);
	return result;
}

static int act(struct visit *v)
{
	const struct evidence_in *in = visit_in(v, struct evidence_in);
	struct evidence_view p;
	struct order o;
	int64_t batch = 0;
	int result = evidence_begin(v, &p);
	if (result == 0)
		result = read_order(v, &p, &o);
	if (result == 0)
		result = v->form.n_fault ? 1 : is_overtaken(v, &p, &o);
	if (result > 0)
		return err_note(ERR_CONFLICT, "something changed just now");
	if (result == 0 && o.act == DO_THEME)
		result = give_theme(v, &o);
	else if (result == 0)
		result = link_put(v, o.ask.id, o.wish, o.n, &batch);
	if (result < 0)
		return result;
	if (o.act == DO_THEME)
		return go_back(v, &p.s, STR("themed"));
	return go_back(v, &p.s,
		arena_f(v->mem, "ask=%lld&did=%lld&since=%lld", (long long)o.ask.id,
			(long long)batch, (long long)in->seen.v));
}

/* ---- taking back ---- */

struct undo_in {
	struct opt_i64 batch;
};
static const struct form undo_form = {
	.name = "undo",
	.size = sizeof(struct undo_in),
	.field = { { "batch", FIELD_INT, .is_required = true, .min = 1, .max = INT64_MAX,
		.at = offsetof(struct undo_in, batch) } },
};

static int undo_check(struct visit *v)
{
	struct space s;
	int result = desk_here(v, MAY_EDIT, &s);
	if (result == 0 && v->form.n_fault)
		result = err_note(ERR_INPUT, "undo");
	return result < 0 ? result : VISIT_GO_ON;
}

/* Of another space, of somebody else or changed since: nothing is taken back, and that is said. */
static int undo_act(struct visit *v)
{
	struct evidence_view p = { .batch = visit_in(v, struct undo_in)->batch.v };
	int result = desk_here(v, MAY_EDIT, &p.s);
	if (result == 0)
		result = evidence_batch_load(v, &p);
	if (result < 0)
		return result;
	if (!p.may_undo)
		return visit_goto(v, "/desk/%.*s/evidence?late", STR_ARG(p.s.slug));
	result = link_undo(v, p.batch);
	if (result < 0)
		return result;
	return visit_goto(
		v, "/desk/%.*s/evidence?undone&ask=%lld", STR_ARG(p.s.slug), (long long)p.a.id);
}

const struct route evidence_routes[] = {
	/* method    path                   who    input  check  act */
	{ HTTP_GET, "/desk/:slug/evidence", STAFF, NULL, NULL, show },
	{ HTTP_POST, "/desk/:slug/evidence", STAFF, &evidence_form, check, act },
	{ HTTP_POST, "/desk/:slug/undo", STAFF, &undo_form, undo_check, undo_act },
	{ 0 },
};
