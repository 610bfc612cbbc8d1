/* Files that come with a page of a form, and those that a form or a record shows. */
#include "po/messages.h"
#include "record/blob.h"
#include "record/fill.h"
#include "record/routes.h"
#include <string.h>
#include <unistd.h>

/* ---- taking ---- */

static struct str field_of(struct str name, const char *prefix)
{
	return str_starts(name, prefix) ? str_from(name, strlen(prefix)) : STR("");
}

/* The question for a file on this page that a part of the body answers; -1: none. */
static int question(const struct fill_view *p, struct str part)
{
	const struct def *def = p->d.form->def;
	int i = def_field_find(def, field_of(part, "q-"));
	bool is_here = i >= p->page && i < walk_page_end(def, p->page) &&
		def->field[i].kind == DEF_FILE;
	return is_here && !def_fields_have(&p->d.left_out, i) ? i : -1;
}

/* Taken, or why not. */
static int hold(struct visit *v, struct fill_view *p, const struct blob_sent *sent, int field,
	struct fill_files *to)
{
	struct str answer = { 0 };
	int fault = blob_fault(sent->blob, p->d.form->def->field[field].media), result = 0;
	if (!fault)
		result = blob_hold(v->db, v->mem, sent->blob, p->d.uid, &answer);
	if (result == ERR_LIMIT || result == ERR_CONFLICT) {
		fault = result == ERR_LIMIT ? MSG_record_file_many : MSG_protect_file_failed;
		err_forget();
		result = 0;
	}
	to->at[to->n].field = field;
	to->at[to->n].answer = answer;
	to->at[to->n++].fault = fault;
	return result == 0 && !fault ? answers_set(&p->d.answers, field, p->walk.row, answer)
				     : result;
}

int fill_files_take(struct visit *v, struct fill_view *p, struct fill_files *ret)
{
	struct blob_sent sent[HTTP_FILES_MAX];
	size_t n = blob_all(v, sent);
	int result = 0;
	for (size_t i = 0; i < n && result == 0; i++) {
		int field = question(p, sent[i].name);
		if (field >= 0)
			result = hold(v, p, &sent[i], field, ret);
	}
	return result;
}

/* ---- what was typed beside them ---- */

static bool has_come(const struct fill_view *p, const struct fill_files *files, struct str name)
{
	for (size_t i = 0; i < files->n; i++)
		if (str_eq(p->d.form->def->field[files->at[i].field].name, name))
			return true;
	return false;
}

/* In the order of the page; in place of "it is required". */
static void add_fault(struct walk_faults *to, int field, int msg)
{
	size_t at = 0;
	while (at < to->n && to->at[at].field < field)
		at++;
	bool is_there = at < to->n && to->at[at].field == field;
	if (!is_there && to->n == DEF_FIELDS_MAX)
		return;
	if (!is_there)
		memmove(&to->at[at + 1], &to->at[at], (to->n++ - at) * sizeof to->at[0]);
	to->at[at] = (struct walk_fault){ .field = field, .msg = msg, .n = BLOBS_HELD_MAX };
}

int fill_files_read(struct visit *v, struct fill_view *p, const struct fill_files *files)
{
	struct http_pair *pair = arena_array(v->mem, v->req->n_field + 1, sizeof *pair);
	size_t n = 0;
	if (!pair)
		return ERR_NOMEM;
	/* A file that came takes the place of the one that was to be taken away. */
	for (size_t i = 0; i < v->req->n_field; i++)
		if (!has_come(p, files, field_of(v->req->field[i].name, "drop-")))
			pair[n++] = v->req->field[i];
	int result = walk_read(&p->d.answers, p->page, p->walk.row, pair, n, &p->faults);
	if (result < 0)
		return result;
	for (size_t i = 0; i < files->n; i++)
		if (files->at[i].fault)
			add_fault(&p->faults, files->at[i].field, files->at[i].fault);
	return (int)p->faults.n;
}

int fill_files_keep(struct visit *v, const struct fill_files *files)
{
	struct fill_view *was = arena_take(v->mem, sizeof *was);
	int result = ERR_NOMEM;
	if (was) {
		memset(was, 0, sizeof *was);
		result = fill_here(v, was);
	}
	for (size_t i = 0; i < files->n && result == 0; i++)
		if (!files->at[i].fault)
			result = answers_set(&was->d.answers, files->at[i].field, was->walk.row,
				files->at[i].answer);
	return result == 0 ? draft_keep_all(v, &was->d) : result;
}

/* ---- giving ---- */

/* A draft of theirs, else a record that they may read; each is asked where it is asked always. */
static int find_answers(struct visit *v, struct draft *d, struct record *r,
	const struct answers **ret, struct def_fields *ret_sees)
{
	struct record_by by = record_by(v);
	int result = draft_find(v, v->part[0], d);
	if (result == 0) {
		*ret = &d->answers;
		memset(ret_sees, 0xff, sizeof *ret_sees);
		for (size_t i = 0; d->is_change && i < d->form->def->n_field / 64 + 1; i++)
			ret_sees->bits[i] = d->of.can.reads.bits[i] | d->of.can.writes.bits[i];
		return 0;
	}
	if (result == ERR_MISSING) {
		err_forget();
		result = record_find(&by, v->house->shelf, v->part[0], r);
		*ret = &r->answers;
		*ret_sees = r->can.reads;
	}
	return result;
}

static int find_file(struct visit *v, struct blob_card *ret)
{
	struct draft *d = arena_take(v->mem, sizeof *d);
	struct record *r = arena_take(v->mem, sizeof *r);
	const struct answers *a = NULL;
	struct def_fields sees = { 0 };
	int64_t row;
	int result = d && r ? find_answers(v, d, r, &a, &sees) : ERR_NOMEM;
	if (result < 0)
		return result;
	must(a);
	int field = def_field_find(a->def, v->part[1]);
	bool is_there = field >= 0 && def_fields_have(&sees, field) && str_i64(v->part[2], &row) &&
		row >= 1 && row <= DEF_ROWS_MAX && blob_of(a, field, (size_t)row - 1, ret);
	return is_there ? 0 : err_note(ERR_MISSING, "no such file of theirs");
}

static void close_file(void *held)
{
	close((int)(intptr_t)held);
}

static int file_show(struct visit *v)
{
	struct blob_card card = { 0 };
	int64_t n = 0;
	int result = find_file(v, &card);
	int fd = result == 0 ? blobs_read(v->house->blobs, card.hash, &n) : result;
	if (fd < 0)
		return fd;
	bool is_look = blob_looks(&card) && !http_query(v->req, "save").p;
	struct str type = is_look && str_is(card.type, "text/plain")
		? STR("text/plain; charset=utf-8")
		: is_look ? card.type
			  : STR("application/octet-stream");
	const char *kind = arena_z(v->mem, type);
	result = visit_name(v, card.name, is_look);
	if (result < 0) {
		close(fd);
		return result;
	}
	v->res->release = close_file;
	v->res->held = (void *)(intptr_t)fd;
	return visit_file(v, kind, fd, n, NULL);
}

const struct route record_file_routes[] = {
	{ HTTP_GET, "/file/:uid/:field/:row", ANYONE, NULL, NULL, file_show },
	{ 0 },
};
