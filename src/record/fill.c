#include "record/fill.h"
#include "account/who.h"
#include "po/messages.h"
#include "record/blob.h"
#include "record/cite.h"
#include "record/fill.html.h"
#include "record/routes.h"

static const struct form page_form = {
	.name = "page", .size = 1, .body_max = WALK_BODY_MAX + BLOB_BODY_MAX, .has_blobs = true
};

/* ---- before the first question ---- */

static int list_steps(struct visit *v, struct new_view *p)
{
	const struct def *def = p->form->def;
	struct answers none;
	int page = -1, result;
	answers_init(&none, def, v->mem, v->now);
	none.left_out = &p->form->left_out;
	p->step = arena_array(v->mem, def->n_field, sizeof *p->step);
	result = p->step ? walk_next(&none, -1, &page) : ERR_NOMEM;
	while (result == 0 && page >= 0) {
		p->step[p->n_step++] = p->labels->label[page];
		result = walk_next(&none, page, &page);
	}
	return result;
}

/* Will everybody read it, sooner or later? */
static bool becomes_public(const struct def *def)
{
	for (size_t i = 0; i < def->n_access; i++)
		if (def->access[i].role == DEF_PUBLIC && (def->access[i].may & DEF_READ))
			return true;
	return false;
}

static int find_form(struct visit *v, struct new_view *p)
{
	struct record_by by = record_by(v);
	struct record_can can;
	p->form = shelf_find(v->house->shelf, v->part[0]);
	if (!p->form)
		return err_note(ERR_MISSING, "no such form");
	int result = record_may(&by, p->form, NULL, &can);
	if (result == 0 && !(can.may & DEF_CREATE))
		return err_note(ERR_DENIED, "not for them to make");
	if (result == 0 && !p->form->can_make)
		return err_note(ERR_DENIED, "it would have to be sealed");
	return result;
}

static int new_show(struct visit *v)
{
	struct new_view p = { .has_account = v->who.account.v != 0 };
	int result = find_form(v, &p);
	if (result == 0 && !p.has_account)
		result = who_code(v);
	if (result < 0)
		return result;
	p.labels = shelf_labels(p.form, v->lang);
	p.crumb = (struct record_crumb){
		.labels = p.labels, .name = p.form->def->id, .here = MSG_record_new_title
	};
	p.is_public = becomes_public(p.form->def);
	for (int i = 0; i < (int)p.form->def->n_field; i++)
		p.has_left_out |= def_fields_have(&p.form->left_out, i);
	result = list_steps(v, &p);
	if (result < 0)
		return result;
	p.frame = visit_frame(v, visit_say(v, MSG_record_new_title, 0));
	p.frame.area = FRAME_RECORDS;
	p.frame.is_private = true;
	new_page(&v->out, &p);
	return visit_page(v, 200);
}

static int new_act(struct visit *v)
{
	struct new_view p = { 0 };
	struct draft d = { 0 };
	struct url to = { 0 };
	int page;
	v->is_quiet = true;
	int result = find_form(v, &p);
	if (result == 0)
		result = draft_begin(v, p.form, NULL, &d.uid);
	if (result == 0)
		result = draft_find(v, d.uid, &d);
	if (result == 0)
		result = walk_next(&d.answers, -1, &page);
	if (result == 0)
		result = fill_address(v, &d, page, -1, &to);
	return result < 0 ? result : visit_go(v, to.s);
}

/* ---- where a page is ---- */

int fill_address(struct visit *v, const struct draft *d, int page, int64_t row, struct url *ret)
{
	const struct def *def = d->form->def;
	struct str s;
	if (page >= 0 && row < 0 && def->field[page].kind == DEF_REPEAT && !d->answers.rows[page])
		row = 0;
	if (page < 0)
		s = arena_f(v->mem, "/draft/%.*s", STR_ARG(d->uid));
	else if (row < 0)
		s = arena_f(v->mem, "/draft/%.*s/%.*s", STR_ARG(d->uid),
			STR_ARG(def->field[page].name));
	else
		s = arena_f(v->mem, "/draft/%.*s/%.*s/%lld", STR_ARG(d->uid),
			STR_ARG(def->field[page].name), (long long)row + 1);
	return s.p ? url_local(s, ret) : ERR_NOMEM;
}

/* "/draft/UID/PAGE" or "/draft/UID/PAGE/ROW". */
static int find_page(struct visit *v, struct fill_view *p)
{
	const struct def *def = p->d.form->def;
	int64_t row = 0;
	p->page = walk_page_find(def, v->part[1]);
	bool is_row = v->part[2].n > 0;
	if (p->page < 0 || (is_row && def->field[p->page].kind != DEF_REPEAT))
		return err_note(ERR_MISSING, "no such page");
	if (is_row &&
		(!str_i64(v->part[2], &row) || row < 1 ||
			row > (int64_t)p->d.answers.rows[p->page] + 1 || row > DEF_ROWS_MAX))
		return err_note(ERR_MISSING, "no such row");
	p->walk.row = is_row ? (size_t)row - 1 : 0;
	return 0;
}

static void draw_crumb(struct fill_view *p)
{
	p->crumb = (struct record_crumb){ .labels = p->labels,
		.name = p->d.form->def->id,
		.uid = p->d.is_change ? p->d.of.uid : (struct str){ 0 },
		.ref = p->d.of.ref,
		.here = p->d.is_change ? MSG_record_change_title : MSG_record_new_title };
}

int fill_here(struct visit *v, struct fill_view *p)
{
	int result = draft_find(v, v->part[0], &p->d);
	p->page = -1;
	if (result == 0 && v->part[1].n)
		result = find_page(v, p);
	if (result < 0)
		return result;
	p->labels = shelf_labels(p->d.form, v->lang);
	draw_crumb(p);
	p->is_checked = http_query(v->req, "checked").n || http_field(v->req, "checked").n;
	p->is_more = http_query(v->req, "more").p != NULL;
	return 0;
}

/* Where "back" leads: to the page before, or out of the form. */
static int find_back(struct visit *v, struct fill_view *p)
{
	int before;
	int result = walk_before(
		&p->d.answers, p->page < 0 ? (int)p->d.form->def->n_field : p->page, &before);
	if (result < 0)
		return result;
	if (p->is_checked || p->d.is_change)
		return p->page < 0
			? url_local(arena_f(v->mem, "/record/%.*s", STR_ARG(p->d.of.uid)), &p->back)
			: fill_address(v, &p->d, -1, -1, &p->back);
	if (before >= 0)
		return fill_address(v, &p->d, before, -1, &p->back);
	return url_local(
		arena_f(v->mem, "/records/%.*s/new", STR_ARG(p->d.form->def->id)), &p->back);
}

/* ---- a page of questions ---- */

static int show_page(struct visit *v, struct fill_view *p, int status)
{
	size_t row = p->walk.row;
	bool is_repeat = p->d.form->def->field[p->page].kind == DEF_REPEAT;
	int next, result = walk_show(&p->d.answers, p->labels, p->page, row, &p->walk);
	if (result == 0)
		result = walk_count(&p->d.answers, p->page, &p->at, &p->n);
	if (result == 0)
		result = find_back(v, p);
	if (result == 0)
		result = url_local(v->path, &p->action);
	/* Nobody has to fill in a first row. */
	if (result == 0 && is_repeat && !p->d.answers.rows[p->page]) {
		result = walk_next(&p->d.answers, p->page, &next);
		if (result == 0)
			result = fill_address(v, &p->d, p->is_checked ? -1 : next, -1, &p->on);
	}
	if (result < 0)
		return result;
	p->walk.faults = status == 200 ? NULL : &p->faults;
	p->walk.uid = p->d.uid;
	p->rows.n = is_repeat;
	p->heading = p->walk.is_alone ? p->labels->title : p->labels->label[p->page];
	p->frame = visit_frame(v, p->heading.s);
	p->frame.area = FRAME_RECORDS;
	p->frame.is_private = true;
	p->frame.is_fault = status != 200;
	fill_page(&v->out, p);
	return visit_page(v, status);
}

static int show_rows(struct visit *v, struct fill_view *p)
{
	struct shown_how how = { p->labels, v->lang, NULL, false, p->page, p->d.uid };
	int next;
	int result = shown_make(&p->d.answers, &how, &p->rows);
	if (result == 0)
		result = walk_count(&p->d.answers, p->page, &p->at, &p->n);
	if (result == 0)
		result = find_back(v, p);
	if (result == 0)
		result = walk_next(&p->d.answers, p->page, &next);
	if (result == 0)
		result = fill_address(v, &p->d, p->d.is_change ? -1 : next, -1, &p->on);
	if (result < 0)
		return result;
	p->is_full = p->rows.n >= DEF_ROWS_MAX;
	p->heading = p->labels->label[p->page];
	p->frame = visit_frame(v, p->heading.s);
	p->frame.area = FRAME_RECORDS;
	p->frame.is_private = true;
	fill_rows_page(&v->out, p);
	return visit_page(v, 200);
}

static int page_show(struct visit *v)
{
	struct fill_view p = { 0 };
	int result = fill_here(v, &p);
	if (result < 0)
		return result;
	bool is_repeat = p.d.form->def->field[p.page].kind == DEF_REPEAT;
	if (is_repeat && !v->part[2].n && p.d.answers.rows[p.page])
		return show_rows(v, &p);
	return show_page(v, &p, 200);
}

/* What the page cites has to be there. */
static int check_cited(struct visit *v, struct fill_view *p)
{
	const struct record_by by = record_by(v);
	const struct def *def = p->d.form->def;
	int end = walk_page_end(def, p->page);
	for (int i = p->page; i < end; i++) {
		int64_t id;
		struct str ref = answers_get(&p->d.answers, i, p->walk.row);
		if (!def->field[i].refers.n || !ref.n || p->faults.n == DEF_FIELDS_MAX)
			continue;
		int found = cite_find(&by, v->house->shelf, def->field[i].refers, ref, &id);
		if (found < 0)
			return found;
		if (!found)
			p->faults.at[p->faults.n++] = (struct walk_fault){ .field = i,
				.msg = MSG_record_fault_cited };
	}
	return 0;
}

/* Files are settled first; what is wrong with the page is then said by act, which keeps them. */
static int page_check(struct visit *v)
{
	struct fill_view p = { 0 };
	struct blob_sent sent[HTTP_FILES_MAX];
	size_t n = blob_all(v, sent);
	int result = fill_here(v, &p);
	if (result == 0 && n && !v->form.n_fault)
		return blob_settle(v, sent, n);
	size_t rows = result == 0 ? p.d.answers.rows[p.page] : 0;
	if (result == 0)
		result = walk_read(&p.d.answers, p.page, p.walk.row, v->req->field, v->req->n_field,
			&p.faults);
	if (result >= 0)
		result = check_cited(v, &p);
	if (result < 0)
		return result;
	p.faults.is_stale = v->form.n_fault > 0;
	if (!p.faults.n && !p.faults.is_stale)
		return VISIT_GO_ON;
	result = show_page(v, &p, 422);
	p.d.answers.rows[p.page] = rows;
	return result < 0 ? result : visit_ended(result);
}

/* Questions that an answer brought come on the same page; else it goes on. */
static int go_on(struct visit *v, const struct fill_view *p)
{
	const struct draft *d = &p->d;
	struct url to = { 0 };
	int next = -1, result = 0;
	bool is_repeat = d->form->def->field[p->page].kind == DEF_REPEAT;
	if (http_field(v->req, "later").n)
		return visit_go(v, STR("/me/records?saved"));
	if (p->faults.is_more) {
		result = fill_address(v, d, p->page, is_repeat ? (int64_t)p->walk.row : -1, &to);
		return result < 0 ? result
				  : visit_goto(v, "%.*s?more%s", STR_ARG(to.s),
					    p->is_checked ? "&checked=1" : "");
	}
	if (is_repeat && !p->is_checked)
		next = p->page;
	else if (!p->is_checked && !d->is_change)
		result = walk_next(&d->answers, p->page, &next);
	if (result == 0)
		result = fill_address(v, d, next, -1, &to);
	return result < 0 ? result : visit_go(v, to.s);
}

static int page_act(struct visit *v)
{
	struct fill_view p = { 0 };
	struct fill_files files = { .n = 0 };
	v->is_quiet = true;
	int result = fill_here(v, &p);
	if (result == 0)
		result = fill_files_take(v, &p, &files);
	if (result == 0)
		result = fill_files_read(v, &p, &files);
	if (result >= 0) {
		int cited = check_cited(v, &p);
		result = cited < 0 ? cited : (int)p.faults.n;
	}
	if (result > 0 && !files.n)
		return err_note(ERR_CONFLICT, "the draft changed meanwhile");
	if (result > 0) {
		v->keeps_beside = true;
		result = fill_files_keep(v, &files);
		return result < 0 ? result : show_page(v, &p, 422);
	}
	if (result == 0)
		result = draft_keep(v, &p.d);
	return result < 0 ? result : go_on(v, &p);
}

static int remove_act(struct visit *v)
{
	struct fill_view p = { 0 };
	struct url to = { 0 };
	v->is_quiet = true;
	int result = fill_here(v, &p);
	if (result == 0)
		answers_drop_row(&p.d.answers, p.page, p.walk.row);
	if (result == 0)
		result = draft_keep(v, &p.d);
	if (result == 0)
		result = fill_address(v, &p.d, p.page, -1, &to);
	return result < 0 ? result : visit_go(v, to.s);
}

const struct route fill_routes[] = {
	/* method    path                            who     input  check  act */
	{ HTTP_GET, "/records/:form/new", ANYONE, NULL, NULL, new_show },
	{ HTTP_POST, "/records/:form/new", ANYONE, NULL, NULL, new_act },
	{ HTTP_GET, "/draft/:uid/:page", ANYONE, NULL, NULL, page_show },
	{ HTTP_POST, "/draft/:uid/:page", ANYONE, &page_form, page_check, page_act },
	{ HTTP_GET, "/draft/:uid/:page/:row", ANYONE, NULL, NULL, page_show },
	{ HTTP_POST, "/draft/:uid/:page/:row", ANYONE, &page_form, page_check, page_act },
	{ HTTP_POST, "/draft/:uid/:page/:row/remove", ANYONE, NULL, NULL, remove_act },
	{ 0 },
};
