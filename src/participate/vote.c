#include "participate/vote.h"
#include "account/who.h"
#include "participate/board.h"
#include "participate/board_draw.h"
#include "participate/vote.html.h"
#include "participate/vote.sql.h"
#include "po/messages.h"

/* What the three buttons send, and what it means. */
static const char *const values[] = { "1", "0", "-1", NULL };
static const int64_t meaning[] = { 1, 0, -1 };
static const char *const backs[] = { "list", NULL };

struct vote_in {
	struct opt_i64 statement, value, back, page;
};

#define AT(member) .at = offsetof(struct vote_in, member)
static const struct form vote_form = {
	.name = "vote",
	.size = sizeof(struct vote_in),
	.body_max = 2048,
	.field = {
		{ "s", FIELD_INT, .is_required = true, .min = 1, .max = INT64_MAX, AT(statement) },
		{ "v", FIELD_CHOICE, .is_required = true, .choices = values, AT(value) },
		{ "back", FIELD_CHOICE, .choices = backs, AT(back) },
		{ "page", FIELD_INT, .min = 1, .max = 1000000, AT(page) },
	},
};

/* What the board knows of the statements spares reading them all, while it is up to date. */
static int choose_by_board(struct visit *v, struct vote_view *p, const struct figures *f,
	const struct seat *seat, int64_t *ret)
{
	struct vote_of_seat_row *voted;
	size_t n, at = 0;
	int result = vote_of_seat(v->db, v->mem, p->s.id, seat->id, &voted, &n);
	if (result < 0)
		return result;
	p->all = (int64_t)f->n_statement;
	for (size_t i = 0; i < n; i++)
		p->done += figures_find(f, voted[i].item) != NULL;
	struct draw draw = { .seed = draw_seed(v->who.code, p->done) };
	for (size_t i = 0; i < f->n_statement; i++) {
		const struct statement *s = f->by_item[i];
		while (at < n && voted[at].item < s->item)
			at++;
		if (at == n || voted[at].item != s->item)
			draw_offer(&draw, s->item, s->priority);
	}
	*ret = draw.item;
	return 0;
}

static int choose_by_database(struct visit *v, struct vote_view *p, const struct figures *f,
	const struct seat *seat, int64_t *ret)
{
	struct vote_counts_row count;
	struct vote_left_row *left;
	size_t n;
	int result = vote_counts(v->db, v->mem, p->s.id, seat->id, &count);
	if (result >= 0)
		result = vote_left(v->db, v->mem, p->s.id, seat->id, &left, &n);
	if (result < 0)
		return result;
	p->all = count.all_n;
	p->done = count.done;
	struct draw draw = { .seed = draw_seed(v->who.code, p->done) };
	for (size_t i = 0; i < n; i++) {
		const struct statement *s = f ? figures_find(f, left[i].id) : NULL;
		draw_offer(&draw, left[i].id, s ? s->priority : 1);
	}
	*ret = draw.item;
	return 0;
}

/* Progress, and the next statement: the same one until it is voted on, however often the page is
 * loaded. */
static int load_next(struct visit *v, struct vote_view *p, const struct seat *seat)
{
	const struct figures *f = board_hold(v->house->take_part, p->s.id);
	int64_t next = 0;
	int result = board_is_fresh(v->house->take_part, f)
		? choose_by_board(v, p, f, seat, &next)
		: choose_by_database(v, p, f, seat, &next);
	figures_release(f);
	p->has_next = next != 0;
	if (result < 0 || !next)
		return result;
	p->wants_original = http_query(v->req, "original").p != NULL;
	return item_load(v, next, p->wants_original, &p->next);
}

static int load_counts(struct visit *v, struct vote_view *p, const struct seat *seat)
{
	struct vote_counts_row row;
	int result = vote_counts(v->db, v->mem, p->s.id, seat->id, &row);
	if (result < 0)
		return result;
	p->all = row.all_n;
	p->done = row.done;
	return 0;
}

static int begin(struct visit *v, struct vote_view *p, struct seat *seat)
{
	int result = space_here(v, &p->s);
	if (result == 0)
		result = who_code(v);
	if (result == 0)
		result = seat_find(v, p->s.id, seat);
	return result < 0 ? result : 0;
}

static int end(struct visit *v, struct vote_view *p,
	void (*page)(struct html *, const struct vote_view *), int status)
{
	p->frame = visit_frame(v, visit_say(v, MSG_vote_page_title, 0));
	p->frame.area = FRAME_TAKE_PART;
	p->frame.is_sample |= p->s.is_sample;
	page(&v->out, p);
	return visit_page(v, status);
}

static int vote_show(struct visit *v)
{
	struct vote_view p = { 0 };
	struct seat seat = { 0 };
	int result = begin(v, &p, &seat);
	if (result == 0)
		result = load_next(v, &p, &seat);
	return result < 0 ? result : end(v, &p, vote_page, 200);
}

static int64_t page_asked(const struct visit *v)
{
	int64_t page;
	return str_i64(http_query(v->req, "page"), &page) && page > 0 && page < 1000000 ? page : 1;
}

static int load_rows(struct visit *v, struct vote_view *p, const struct seat *seat)
{
	struct vote_page_ids_row *id;
	int result = vote_page_ids(v->db, v->mem, p->s.id, seat->id, ITEM_PAGE,
		(p->page - 1) * ITEM_PAGE, &id, &p->n_row);
	if (result < 0)
		return result;
	struct vote_row *row = arena_array(v->mem, p->n_row + 1, sizeof *row);
	if (!row)
		return ERR_NOMEM;
	for (size_t i = 0; i < p->n_row && result >= 0; i++) {
		row[i].mine = id[i].mine;
		result = item_load(v, id[i].id, false, &row[i].item);
	}
	p->row = row;
	return result < 0 ? result : 0;
}

static int vote_list(struct visit *v)
{
	struct vote_view p = { .page = page_asked(v) };
	struct seat seat = { 0 };
	int result = begin(v, &p, &seat);
	if (result == 0)
		result = load_counts(v, &p, &seat);
	p.pages = (p.all + ITEM_PAGE - 1) / ITEM_PAGE;
	if (result == 0)
		result = load_rows(v, &p, &seat);
	return result < 0 ? result : end(v, &p, vote_list_page, 200);
}

/* A forged number and a closed phase are told apart: the second is nobody's fault. */
static int vote_check(struct visit *v)
{
	struct vote_view p = { 0 };
	struct seat seat = { 0 };
	int result = space_gate(v, v->part[0], &p.s);
	if (result < 0)
		return result;
	if (v->form.n_fault == 0 && space_allows(&p.s, ACT_VOTE))
		return VISIT_GO_ON;
	result = begin(v, &p, &seat);
	if (result == 0)
		result = load_next(v, &p, &seat);
	if (result < 0)
		return result;
	return visit_ended(end(v, &p, vote_page, v->form.n_fault ? 422 : 409));
}

static void vote_kept(struct house *house, const void *what)
{
	board_voted(house->take_part, what);
}

/* Public pages stay as they are until the board has counted the vote. */
static int tell_board(struct visit *v, struct board_vote vote)
{
	struct board_vote *kept = arena_take(v->mem, sizeof *kept);
	if (!kept)
		return ERR_NOMEM;
	*kept = vote;
	v->kept = vote_kept;
	v->kept_what = kept;
	v->is_quiet = true;
	return 0;
}

static int vote_act(struct visit *v)
{
	const struct vote_in *in = visit_in(v, struct vote_in);
	struct vote_target_row target;
	struct space s;
	struct seat seat = { 0 };
	int result = space_gate(v, v->part[0], &s);
	if (result == 0 && !space_allows(&s, ACT_VOTE))
		return err_note(ERR_CONFLICT, "the phase has just ended");
	if (result == 0)
		result = seat_take(v, s.id, &seat);
	if (result >= 0)
		result = vote_target(v->db, v->mem, in->statement.v, s.id, &target);
	if (result == 0)
		return err_note(ERR_MISSING, "no such statement");
	if (result > 0)
		result = vote_put(v->db,
			(struct vote_put_in){ .space = s.id,
				.seat = seat.id,
				.item = target.id,
				.value = meaning[in->value.v],
				.at = v->now - v->now % 3600 });
	if (result >= 0)
		result = tell_board(v,
			(struct board_vote){ s.id, seat.id, target.id, (int)meaning[in->value.v] });
	if (result < 0)
		return result;
	if (in->back.has)
		return visit_goto(v, "/c/%.*s/vote/list?page=%lld#s%lld", STR_ARG(s.slug),
			(long long)(in->page.has ? in->page.v : 1), (long long)target.id);
	return visit_goto(v, "/c/%.*s/vote#v", STR_ARG(s.slug));
}

const struct route vote_routes[] = {
	/* method    path                 who     input       check       act */
	{ HTTP_GET, "/c/:slug/vote", ANYONE, NULL, NULL, vote_show },
	{ HTTP_POST, "/c/:slug/vote", ANYONE, &vote_form, vote_check, vote_act, .is_swift = true },
	{ HTTP_GET, "/c/:slug/vote/list", ANYONE, NULL, NULL, vote_list },
	{ 0 },
};
