#include "record/bulk_all.h"
#include "po/messages.h"
#include "record/bulk_all.html.h"
#include "record/routes.h"

enum { PIECE_MEM = 16 << 20 };

struct all_in {
	struct str move, words;
	bool is_sure, is_whole;
};
#define AT(member) .at = offsetof(struct all_in, member)
static const struct form all_form = {
	.name = "bulk-all",
	.size = sizeof(struct all_in),
	.field = { { "move", FIELD_LINE, .is_required = true, .max = 40, AT(move) },
		{ "words", FIELD_TEXT, .max = RECORD_WORDS_MAX, AT(words) },
		{ "whole", FIELD_BOOL, AT(is_whole) }, { "sure", FIELD_BOOL, AT(is_sure) } },
};
#undef AT

/* ---- which records ---- */

struct uids {
	struct str at[BULK_ALL_MAX];
	size_t n;
	bool has_more;
};

/* The next piece of the list behind f->ord and f->id; how many it held. */
static int gather_some(struct visit *v, struct find *f, struct uids *to)
{
	auto_arena mem;
	struct visit piece = *v;
	struct find here = *f;
	struct find_row *row = NULL;
	size_t n = 0;
	arena_init(&mem, PIECE_MEM);
	piece.mem = &mem;
	here.v = &piece;
	int result = find_rows(&here, &row, &n);
	for (size_t i = 0; i < n && result >= 0; i++) {
		if (to->n == BULK_ALL_MAX) {
			to->has_more = true;
			return 0;
		}
		to->at[to->n] = arena_copy(v->mem, row[i].uid);
		result = to->at[to->n++].p ? 0 : ERR_NOMEM;
	}
	if (result < 0)
		return result;
	if (n) {
		f->ord = row[n - 1].ord;
		f->id = row[n - 1].id;
	}
	return (int)n;
}

/* Before anything moves: what moved is shown by the filter no more. */
static int gather(struct visit *v, const struct find *find, struct uids **ret)
{
	struct find f = *find;
	struct uids *all = arena_take(v->mem, sizeof *all);
	int n = FIND_MOST;
	if (!all)
		return ERR_NOMEM;
	all->n = 0;
	all->has_more = false;
	while (n == FIND_MOST && !all->has_more)
		n = gather_some(v, &f, all);
	*ret = all;
	return n < 0 ? n : 0;
}

static void count(struct bulk_all_view *p, enum bulk_end end)
{
	switch (end) {
	case BULK_MOVES: p->n_moves++; break;
	case BULK_AGREES: p->n_agrees++; break;
	case BULK_LACKS: p->n_lacks++; break;
	case BULK_NOT: p->n_not++; break;
	case BULK_GONE: break;
	}
}

/* A row that outlives the arena in which it was looked at. */
static int keep_row(struct visit *v, struct bulk_all_view *p, const struct bulk_row *row)
{
	struct bulk_row *to = &p->not_row[p->n_not_row];
	*to = *row;
	to->ref = arena_copy(v->mem, row->ref);
	to->title = arena_copy(v->mem, row->title);
	p->n_not_row++;
	return to->ref.p && to->title.p ? 0 : ERR_NOMEM;
}

/* Looks at one, and moves it where ${does} and it can. */
static int step_one(struct visit *v, struct bulk_all_view *p, struct str uid, bool does)
{
	auto_arena mem;
	struct visit piece = *v;
	struct bulk_row row = { 0 };
	int64_t id;
	arena_init(&mem, PIECE_MEM);
	piece.mem = &mem;
	int result = bulk_look(&piece, &p->bulk, uid, &row);
	bool goes = row.end == BULK_MOVES || row.end == BULK_AGREES;
	if (result == 0 && does && goes) {
		result = bulk_move(&piece, &p->bulk, &row, &id);
		if (result == ERR_CONFLICT || result == ERR_DENIED || result == ERR_MISSING) {
			err_forget();
			row.end = BULK_LACKS;
			result = 0;
		}
	}
	if (result < 0)
		return result;
	count(p, row.end);
	goes = row.end == BULK_MOVES || row.end == BULK_AGREES || row.end == BULK_GONE;
	return goes || p->n_not_row == BULK_ALL_SHOWN ? 0 : keep_row(v, p, &row);
}

static int step_all(struct visit *v, struct bulk_all_view *p, bool does)
{
	struct uids *all = NULL;
	int result = gather(v, &p->find, &all);
	for (size_t i = 0; result == 0 && i < all->n; i++)
		result = step_one(v, p, all->at[i], does);
	if (result < 0)
		return result;
	must(all);
	p->n = (int64_t)all->n;
	p->is_first_some = all->has_more;
	return 0;
}

/* ---- pages ---- */

static int find(struct visit *v, struct bulk_all_view *p)
{
	int result = bulk_find(v, &p->bulk);
	if (result == 0)
		result = find_begin(v, p->bulk.form, &p->find);
	if (result < 0)
		return result;
	p->n_move = bulk_moves(&p->find, p->move);
	if (!p->n_move)
		return err_note(ERR_DENIED, "no moves of theirs");
	/* From the list's beginning, wherever they stood in it. */
	p->find.ord = p->find.before;
	p->find.id = p->find.before == INT64_MAX ? INT64_MAX : 0;
	result = find_address(&p->find, &(struct find_step){ .without = -1 }, &p->back);
	return result < 0
		? result
		: find_address(&p->find, &(struct find_step){ .without = -1, .page = "/moves/all" },
			  &p->action);
}

static int end(struct visit *v, struct bulk_all_view *p, int status)
{
	struct bulk_view *b = &p->bulk;
	b->crumb = (struct record_crumb){
		.labels = b->labels, .name = b->form->def->id, .here = MSG_record_bulk_title
	};
	b->frame = visit_frame(v, visit_say(v, MSG_record_bulk_title, 0));
	b->frame.area = FRAME_RECORDS;
	b->frame.is_private = true;
	b->frame.is_fault = status != 200;
	bulk_all_page(&v->out, p);
	return visit_page(v, status);
}

static int64_t number(struct visit *v, const char *name)
{
	int64_t n = 0;
	bool is = str_i64(http_query(v->req, name), &n) && n >= 0 && n <= BULK_ALL_MAX;
	return is ? n : 0;
}

/* Before a move is chosen; or afterwards, with what came of it. */
static int all_show(struct visit *v)
{
	struct bulk_all_view *p = arena_take(v->mem, sizeof *p);
	struct uids *all = NULL;
	if (!p)
		return ERR_NOMEM;
	*p = (struct bulk_all_view){ .bulk.is_over = http_query(v->req, "moved").p != NULL };
	int result = find(v, p);
	if (result == 0 && p->bulk.is_over)
		result = bulk_name_move(&p->bulk, http_query(v->req, "move"));
	if (result == ERR_INPUT)
		return err_note(ERR_MISSING, "no such move");
	if (result == 0)
		result = gather(v, &p->find, &all);
	if (result < 0)
		return result;
	must(all);
	p->n = (int64_t)all->n;
	p->is_first_some = all->has_more;
	p->n_moves = number(v, "moved");
	p->n_agrees = number(v, "agreed");
	p->n_lacks = number(v, "left");
	return end(v, p, 200);
}

/* Shown again: numbers that stop it, a reason that is missing, or only the numbers. */
static bool is_ready(const struct all_in *in, const struct bulk_all_view *p)
{
	return in->is_sure && (p->n_moves || p->n_agrees) && !p->bulk.needs_words && !p->is_stopped;
}

/* All that the filter shows, looked at; moved where ${does}. */
static int go_through(
	struct visit *v, const struct all_in *in, bool does, struct bulk_all_view **ret)
{
	struct bulk_all_view *p = arena_take(v->mem, sizeof *p);
	if (!p)
		return ERR_NOMEM;
	*p = (struct bulk_all_view){
		.bulk.words = in->words, .is_whole = in->is_whole, .is_looked = true
	};
	int result = find(v, p);
	if (result == 0)
		result = bulk_name_move(&p->bulk, in->move);
	if (result == 0)
		result = step_all(v, p, does);
	*ret = p;
	return result;
}

static int all_check(struct visit *v)
{
	const struct all_in *in = visit_in(v, struct all_in);
	struct bulk_all_view *p = NULL;
	int result = go_through(v, in, false, &p);
	if (result < 0)
		return result;
	must(p);
	p->is_stopped = in->is_sure && in->is_whole && (p->n_lacks || p->n_not);
	if (is_ready(in, p) && !v->form.n_fault)
		return VISIT_GO_ON;
	bool is_fault = in->is_sure || v->form.n_fault;
	result = end(v, p, is_fault ? 422 : 200);
	return result < 0 ? result : visit_ended(result);
}

static int all_act(struct visit *v)
{
	const struct all_in *in = visit_in(v, struct all_in);
	struct bulk_all_view *p = NULL;
	int result = go_through(v, in, true, &p);
	if (result < 0)
		return result;
	must(p);
	/* Somebody was faster with one of them: a page means that nothing is kept. */
	if (in->is_whole && (p->n_lacks || p->n_not)) {
		p->is_stopped = true;
		return end(v, p, 409);
	}
	bool has_filter = str_has(p->action.s, STR("?"));
	long long left = p->n_lacks + p->n_not;
	struct str to = arena_f(v->mem, "%.*s%cmove=%.*s&moved=%lld&agreed=%lld&left=%lld",
		STR_ARG(p->action.s), has_filter ? '&' : '?', STR_ARG(p->bulk.move_name),
		(long long)p->n_moves, (long long)p->n_agrees, left);
	return to.p ? visit_go(v, to) : ERR_NOMEM;
}

const struct route bulk_all_routes[] = {
	/* method    path                         who        input      check      act */
	{ HTTP_GET, "/records/:form/moves/all", SIGNED_IN, NULL, NULL, all_show },
	{ HTTP_POST, "/records/:form/moves/all", SIGNED_IN, &all_form, all_check, all_act },
	{ 0 },
};
