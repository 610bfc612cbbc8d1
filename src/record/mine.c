#include "record/mine.h"
#include "base/json.h"
#include "po/messages.h"
#include "record/body.h"
#include "record/draft.sql.h"
#include "record/list.h"
#include "record/mine.html.h"
#include "record/routes.h"
#include "record/show.sql.h"
#include <stdlib.h>
#include <string.h>

enum { MINE_MAX = 200, DATA_MAX = 10000 };

static int take(struct visit *v, int64_t form, struct str body, const struct shelf_form **ret_form,
	struct str *ret_title)
{
	struct answers a;
	struct def_fields all;
	int result = shelf_of(v->house->shelf, v->db, v->mem, form, ret_form);
	if (result < 0)
		return result;
	memset(&all, 0xff, sizeof all);
	answers_init(&a, (*ret_form)->def, v->mem, v->now);
	result = body_read(body, &a);
	if (result == 0)
		*ret_title = list_title(&a, &all);
	return result;
}

static int load_records(struct visit *v, struct mine_records_view *p)
{
	struct mine_records_row *row;
	size_t n = 0;
	int result = mine_records(
		v->db, v->mem, who_acts(&v->who), v->who.participant.v, MINE_MAX, &row, &n);
	p->record = arena_array(v->mem, n + 1, sizeof *p->record);
	if (result >= 0 && !p->record)
		return ERR_NOMEM;
	for (size_t i = 0; i < n && result >= 0; i++) {
		const struct shelf_form *f;
		struct mine_row *to = &p->record[p->n_record];
		*to = (struct mine_row){
			.uid = row[i].uid, .ref = row[i].ref, .at = row[i].changed
		};
		result = take(v, row[i].form, row[i].body, &f, &to->title);
		int state = result == 0 ? def_state_find(f->def, row[i].state) : -1;
		if (state < 0)
			continue;
		to->labels = shelf_labels(f, v->lang);
		to->state = to->labels->state[state];
		to->is_done = f->def->state[state].is_done;
		/* What they may not read any more is not linked. */
		to->may_read = def_may(f->def, 1u << DEF_PUBLIC | 1u << DEF_AUTHOR, state) &
			DEF_READ;
		p->n_record++;
	}
	return result < 0 ? result : 0;
}

/* ---- to take away ---- */

static int answers_json(
	struct visit *v, const struct mine_records_row *row, json_t *to, bool *has_failed)
{
	struct record_by by = record_by(v);
	struct record r = { 0 };
	struct str body = { 0 };
	int result = record_find(&by, v->house->shelf, row->uid, &r);
	if (result == ERR_MISSING)
		return 0;
	for (int i = 0; result == 0 && i < (int)r.form->def->n_field; i++)
		if (!def_fields_have(&r.can.reads, i))
			r.answers.at[i] = NULL;
	if (result == 0)
		result = body_write(&r.answers, &body);
	if (result < 0)
		return result;
	json_put(to, has_failed, "answers", json_loadb(body.p, body.n, 0, NULL));
	json_put_str(to, has_failed, "state", r.form->def->state[r.state].name);
	return 0;
}

static int record_json(struct visit *v, const struct mine_records_row *row, struct buf *b)
{
	const struct shelf_form *f;
	bool has_failed = false;
	json_t *to = json_object();
	int result = shelf_of(v->house->shelf, v->db, v->mem, row->form, &f);
	if (result == 0) {
		json_put_str(to, &has_failed, "form", f->def->id);
		json_put_str(to, &has_failed, "record", row->ref);
		json_put_str(to, &has_failed, "uid", row->uid);
		json_put(to, &has_failed, "changed_at", json_integer(row->changed));
		result = answers_json(v, row, to, &has_failed);
	}
	char *text = result < 0 || has_failed ? NULL : json_dumps(to, JSON_COMPACT);
	json_decref(to);
	if (text)
		buf_c(b, text);
	free(text);
	return result < 0 ? result : text ? 0 : err_note(ERR_NOMEM, "a record as JSON");
}

int mine_records_put(struct visit *v, struct buf *b)
{
	struct mine_records_row *row;
	size_t n = 0;
	int result = mine_records(
		v->db, v->mem, who_acts(&v->who), v->who.participant.v, DATA_MAX, &row, &n);
	for (size_t i = 0; i < n && result >= 0; i++) {
		buf_c(b, i ? ",\n\t\t" : "");
		result = record_json(v, &row[i], b);
	}
	return result < 0 ? result : 0;
}

static int load_drafts(struct visit *v, struct mine_records_view *p)
{
	struct draft_mine_row *row;
	size_t n = 0;
	int result = draft_mine(v->db, v->mem, who_acts(&v->who), v->who.participant.v, &row, &n);
	p->draft = arena_array(v->mem, n + 1, sizeof *p->draft);
	if (result >= 0 && !p->draft)
		return ERR_NOMEM;
	for (size_t i = 0; i < n && result >= 0; i++) {
		const struct shelf_form *f;
		struct mine_row *to = &p->draft[p->n_draft++];
		*to = (struct mine_row){ .uid = row[i].uid, .at = row[i].at };
		result = take(v, row[i].form, row[i].body, &f, &to->title);
		if (result == 0)
			to->labels = shelf_labels(f, v->lang);
	}
	return result < 0 ? result : 0;
}

static int mine_records_show(struct visit *v)
{
	struct mine_records_view p = { .is_saved = http_query(v->req, "saved").p != NULL,
		.code = v->who.account.v ? (struct str){ 0 } : v->who.code };
	int result = load_records(v, &p);
	if (result == 0)
		result = load_drafts(v, &p);
	if (result < 0)
		return result;
	p.crumb.here = MSG_record_mine_title;
	p.frame = visit_frame(v, visit_say(v, MSG_record_mine_title, 0));
	p.frame.area = FRAME_RECORDS;
	p.frame.is_private = true;
	mine_records_page(&v->out, &p);
	return visit_page(v, 200);
}

const struct route record_mine_routes[] = {
	{ HTTP_GET, "/me/records", ANYONE, NULL, NULL, mine_records_show },
	{ 0 },
};
