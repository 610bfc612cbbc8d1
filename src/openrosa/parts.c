#include "openrosa/parts.h"
#include "openrosa/openrosa.sql.h"
#include "po/messages.h"
#include "record/record.h"

enum { DAY = 86400 };

static void fault(struct parts *p, enum parts_fault what, struct str name)
{
	if (p->fault)
		return;
	p->fault = what;
	p->name = name;
}

static void fault_file(struct parts *p, struct str name, int why)
{
	if (!p->fault)
		p->why = why;
	fault(p, PARTS_FILE, name);
}

/* ---- what came ---- */

/* A part is called by its field or by its file. */
static bool is_called(const struct blob_sent *b, struct str name)
{
	return str_eq(b->name, name) || str_eq(b->filename, name);
}

static const struct sent_file *find_named(const struct sent *s, const struct blob_sent *b)
{
	for (size_t i = 0; i < s->n_file; i++)
		if (is_called(b, s->file[i].name))
			return &s->file[i];
	return NULL;
}

static const struct blob_sent *find_came(const struct parts *p, struct str name)
{
	for (size_t i = 0; i < p->n_came; i++)
		if (str_eq(p->came[i].name, name))
			return &p->came[i];
	return NULL;
}

/* Nothing of a file in front of the record is on the disk: see early.h. */
static void look_for_early(const struct visit *v, struct parts *p)
{
	for (size_t i = 0; i < v->req->n_field; i++) {
		if (str_is(v->req->field[i].name, "xml_submission_file"))
			return;
		if (v->req->field[i].held) {
			fault(p, PARTS_EARLY, v->req->field[i].filename);
			return;
		}
	}
}

static void take_came(const struct visit *v, struct parts *p)
{
	struct blob_sent all[HTTP_FILES_MAX] = { 0 };
	size_t n = blob_all(v, all);
	p->n_came = 0;
	for (size_t i = 0; i < n; i++) {
		const struct sent_file *named = find_named(p->sent, &all[i]);
		if (!named)
			fault(p, PARTS_UNKNOWN, all[i].filename);
		else if (find_came(p, named->name))
			fault(p, PARTS_TWICE, named->name);
		if (p->fault)
			return;
		p->came[p->n_came++] = (struct blob_sent){ .name = named->name,
			.filename = all[i].filename,
			.blob = all[i].blob,
			.media = named->media };
	}
}

/* ---- what is here ---- */

struct here {
	struct openrosa_parts_row *row;
	size_t n;
};

static int find_here(struct visit *v, struct parts *p, struct here *ret)
{
	int result = openrosa_parts(v->db, v->mem, p->form, p->sent->instance, &ret->row, &ret->n);
	for (size_t i = 0; i < ret->n && result >= 0; i++)
		if (!str_eq(ret->row[i].hash, p->hash) || ret->row[i].account != p->account)
			fault(p, PARTS_OTHER, ret->row[i].file);
	return result < 0 ? result : 0;
}

/* What the record that is changed has under that name; absent: nothing. */
static struct str find_old(const struct answers *old, int field, struct str name)
{
	struct blob_card card = { 0 };
	int repeat = old->def->field[field].repeat;
	size_t rows = repeat >= 0 ? old->rows[repeat] : 1;
	for (size_t row = 0; row < rows; row++)
		if (blob_of(old, field, row, &card) && str_eq(card.name, name))
			return answers_get(old, field, row);
	return (struct str){ 0 };
}

/* As an answer of a record; absent: it is not here. */
static struct str find_answer(
	const struct parts *p, const struct here *here, int field, struct str name)
{
	for (size_t i = 0; i < here->n; i++)
		if (str_eq(here->row[i].file, name))
			return here->row[i].answer;
	return p->old ? find_old(p->old, field, name) : (struct str){ 0 };
}

/* ---- every file that is named and asked for ---- */

struct naming {
	struct parts *p;
	const struct here *here;
	struct answers *to;              /* NULL: it is only asked whether they are there */
	struct str held[HTTP_FILES_MAX]; /* those of p->came, as answers */
};

/* What came takes the place of what waited under its name. */
static int name_one(struct naming *n, int field, size_t row, struct str name)
{
	const struct blob_sent *came = find_came(n->p, name);
	struct str answer = came ? came->name : find_answer(n->p, n->here, field, name);
	if (!answer.p)
		fault(n->p, PARTS_MISSING, name);
	if (!n->to || n->p->fault)
		return 0;
	int why = came ? blob_fault(came->blob, n->to->def->field[field].media) : 0;
	if (why)
		fault_file(n->p, name, why);
	return answers_set(n->to, field, row, came ? n->held[came - n->p->came] : answer);
}

static int name_all(struct naming *n)
{
	const struct answers *sent = &n->p->sent->answers;
	int result = 0;
	for (int i = 0; i < (int)sent->def->n_field && result == 0; i++) {
		const struct def_field *q = &sent->def->field[i];
		size_t rows = q->kind != DEF_FILE ? 0 : q->repeat >= 0 ? sent->rows[q->repeat] : 1;
		if (rows && n->to)
			result = answers_own(n->to, i);
		for (size_t row = 0; row < rows && result == 0; row++) {
			struct str name = answers_get(sent, i, row);
			result = name.n ? name_one(n, i, row, name) : 0;
		}
	}
	return result;
}

int parts_find(struct visit *v, struct parts *p)
{
	struct here here = { 0 };
	struct naming n = { .p = p, .here = &here };
	p->fault = PARTS_FINE;
	look_for_early(v, p);
	take_came(v, p);
	int result = find_here(v, p, &here);
	return result == 0 && !p->is_part ? name_all(&n) : result;
}

/* ---- in the writer ---- */

/* Where one is at fault, none was kept. */
static void judge(struct parts *p)
{
	for (size_t i = 0; i < p->n_came; i++) {
		int why = blob_fault(p->came[i].blob, p->came[i].media);
		if (why)
			fault_file(p, p->came[i].name, why);
	}
}

static int hold(struct visit *v, struct parts *p, const struct blob_sent *b, struct str *ret)
{
	int result = blob_hold(v->db, v->mem, b->blob, p->uid, ret);
	if (result == ERR_LIMIT)
		fault(p, PARTS_MANY, b->name);
	if (result == ERR_CONFLICT)
		fault_file(p, b->name, MSG_protect_file_failed);
	if (result == ERR_LIMIT || result == ERR_CONFLICT) {
		err_forget();
		return 0;
	}
	return result;
}

static int wait_for_rest(struct visit *v, const struct parts *p, const struct str held[])
{
	int64_t until = v->now + (int64_t)DAY * (p->account ? PARTS_DAYS : PARTS_DAYS_NOBODY);
	int result = 0;
	for (size_t i = 0; i < p->n_came && result >= 0; i++)
		result = openrosa_part_put(v->db,
			(struct openrosa_part_put_in){ .name = p->form,
				.instance = p->sent->instance,
				.file = p->came[i].name,
				.hash = p->hash,
				.account = p->account,
				.uid = p->uid,
				.answer = held[i],
				.until = until });
	return result < 0 ? result : blob_await(v->db, p->uid, until);
}

int parts_hold(struct visit *v, struct parts *p, struct answers *ret)
{
	struct here here = { 0 };
	struct naming n = { .p = p, .here = &here, .to = ret };
	p->fault = PARTS_FINE;
	judge(p);
	int result = find_here(v, p, &here);
	if (result == 0 && here.n)
		p->uid = here.row[0].uid;
	else if (result == 0)
		result = record_uid(v->mem, &p->uid);
	for (size_t i = 0; i < p->n_came && result == 0 && !p->fault; i++)
		result = hold(v, p, &p->came[i], &n.held[i]);
	if (result < 0 || p->fault)
		return result;
	return p->is_part ? wait_for_rest(v, p, n.held) : name_all(&n);
}

int parts_end(struct visit *v, const struct parts *p)
{
	struct here here = { 0 };
	int result = openrosa_parts(v->db, v->mem, p->form, p->sent->instance, &here.row, &here.n);
	for (size_t i = 0; i < here.n && result >= 0; i++)
		result = blob_await(v->db, here.row[i].uid, 0);
	if (result >= 0 && here.n)
		result = openrosa_parts_end(v->db, p->form, p->sent->instance);
	return result < 0 ? result : 0;
}

int parts_sweep(struct db *db, int64_t now)
{
	int result = openrosa_parts_late(db, now);
	return result < 0 ? result : 0;
}
