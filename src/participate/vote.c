#include "participate/vote.h"
#include "account/who.h"
#include "crypto/crypto.h"
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

/* The same statement until it is voted on, however often the page is loaded: the draw is made
 * from the code and the number of votes. */
static size_t draw(const struct visit *v, int64_t done, size_t n)
{
	static const struct secret no_key;
	uint8_t hash[HASH_BYTES];
	uint64_t number;
	struct str seed = arena_f(v->mem, "%.*s%lld", STR_ARG(v->who.code), (long long)done);
	hash_key(&no_key, "draw", seed, hash);
	memcpy(&number, hash, sizeof number);
	return number % n;
}

static int load_next(struct visit *v, struct vote_view *p, const struct seat *seat)
{
	struct vote_left_row *left;
	size_t n;
	int result = vote_left(v->db, v->mem, p->s.id, seat->id, &left, &n);
	if (result < 0 || n == 0)
		return result < 0 ? result : 0;
	p->has_next = true;
	p->wants_original = http_query(v->req, "original").p != NULL;
	return item_load(v, left[draw(v, p->done, n)].id, p->wants_original, &p->next);
}

static int begin(struct visit *v, struct vote_view *p, struct seat *seat)
{
	int result = space_here(v, &p->s);
	if (result == 0)
		result = who_code(v);
	if (result == 0)
		result = seat_find(v, p->s.id, seat);
	if (result >= 0)
		result = load_counts(v, p, seat);
	return result;
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
	int result = begin(v, &p, &seat);
	if (result < 0)
		return result;
	if (v->form.n_fault == 0 && space_allows(&p.s, ACT_VOTE))
		return VISIT_GO_ON;
	result = load_next(v, &p, &seat);
	if (result < 0)
		return result;
	return visit_ended(end(v, &p, vote_page, v->form.n_fault ? 422 : 409));
}

static int vote_act(struct visit *v)
{
	const struct vote_in *in = visit_in(v, struct vote_in);
	struct vote_target_row target;
	struct space s;
	struct seat seat;
	int result = space_here(v, &s);
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
	if (result < 0)
		return result;
	v->is_quiet = true;
	if (in->back.has)
		return visit_goto(v, "/c/%.*s/vote/list?page=%lld#s%lld", STR_ARG(s.slug),
			(long long)(in->page.has ? in->page.v : 1), (long long)target.id);
	return visit_goto(v, "/c/%.*s/vote#v", STR_ARG(s.slug));
}

const struct route vote_routes[] = {
	/* method    path                 who     input       check       act */
	{ HTTP_GET, "/c/:slug/vote", ANYONE, NULL, NULL, vote_show },
	{ HTTP_POST, "/c/:slug/vote", ANYONE, &vote_form, vote_check, vote_act },
	{ HTTP_GET, "/c/:slug/vote/list", ANYONE, NULL, NULL, vote_list },
	{ 0 },
};
