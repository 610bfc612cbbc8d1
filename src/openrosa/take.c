/* What a device sends in becomes a record: once, however often it comes. */
#include "base/num.h"
#include "openrosa/openrosa.h"
#include "openrosa/openrosa.sql.h"
#include "openrosa/parts.h"
#include "openrosa/routes.h"
#include "po/messages.h"

/* Between check and act. */
struct taken {
	struct xml_doc doc;
	const struct shelf_form *f;
	struct sent sent;
	struct parts parts;
	struct str hash; /* of the XML as it came */
};

/* ---- refusing ---- */

/* 0: the answer is made. */
static int refuse(struct visit *v, int status, int msg)
{
	openrosa_refuse(v, status, msg);
	return 0;
}

static int refuse_name(struct visit *v, int status, int msg, struct str name)
{
	return openrosa_say(
		v, status, msg, &(struct msg_arg){ .name = "name", .kind = ARG_STR, .s = name }, 1);
}

static int refuse_xml(struct visit *v, enum xml_fault fault)
{
	switch (fault) {
	case XML_DEFINES: return refuse(v, 400, MSG_openrosa_fault_xml_defines);
	case XML_DEEP: return refuse(v, 400, MSG_openrosa_fault_xml_deep);
	case XML_LARGE: return refuse(v, 413, MSG_openrosa_fault_large);
	case XML_FINE:
	case XML_BROKEN: break;
	}
	return refuse(v, 400, MSG_openrosa_fault_xml);
}

static int refuse_sent(struct visit *v, const struct taken *t)
{
	static const int msgs[] = {
		[SENT_NO_ID] = MSG_openrosa_fault_no_id,
		[SENT_ENCRYPTED] = MSG_openrosa_fault_encrypted,
		[SENT_ASIDE] = MSG_openrosa_fault_aside,
		[SENT_NO_ANSWER] = MSG_openrosa_fault_no_answer,
		[SENT_LONG] = MSG_openrosa_fault_long,
		[SENT_UNFIT] = MSG_openrosa_fault_unfit,
		[SENT_LACK] = MSG_openrosa_fault_lack,
		[SENT_TWICE] = MSG_openrosa_fault_twice,
		[SENT_ROWS] = MSG_openrosa_fault_rows,
		[SENT_SEALED] = MSG_openrosa_fault_sealed,
		[SENT_FILES] = MSG_openrosa_fault_files,
	};
	int msg = msgs[t->sent.fault];
	if (t->sent.field < 0)
		return refuse(v, 400, msg);
	return refuse_name(v, 400, msg, shelf_labels(t->f, v->lang)->label[t->sent.field].s);
}

/* What is not there for a moment may be sent again: 503. */
static int refuse_file(struct visit *v, const struct parts *p)
{
	int status = p->why == MSG_protect_file_failed ? 503
		: p->why == MSG_record_file_large      ? 413
						       : 400;
	return openrosa_say(v, status, MSG_openrosa_fault_file,
		(struct msg_arg[]){ { .name = "name", .kind = ARG_STR, .s = p->name },
			{ .name = "why", .kind = ARG_STR, .s = msg_text(v->lang, p->why, 0) } },
		2);
}

static int refuse_parts(struct visit *v, const struct parts *p)
{
	switch (p->fault) {
	case PARTS_EARLY: return refuse(v, 400, MSG_openrosa_fault_file_early);
	case PARTS_UNKNOWN: return refuse_name(v, 400, MSG_openrosa_fault_attached, p->name);
	case PARTS_TWICE: return refuse_name(v, 400, MSG_openrosa_fault_file_twice, p->name);
	case PARTS_MISSING: return refuse_name(v, 400, MSG_openrosa_fault_file_missing, p->name);
	case PARTS_OTHER: return refuse(v, 409, MSG_openrosa_fault_conflict);
	case PARTS_FILE: return refuse_file(v, p);
	case PARTS_FINE:
	case PARTS_MANY: break;
	}
	return refuse(v, 413, MSG_openrosa_fault_files);
}

/* ---- what came ---- */

/* 1: found; 0: refused. */
static int find_part(struct visit *v, struct str *ret)
{
	struct str xml = { 0 };
	for (size_t i = 0; i < v->req->n_field; i++) {
		const struct http_pair *p = &v->req->field[i];
		bool is_record = str_is(p->name, "xml_submission_file");
		if (is_record && xml.p)
			return refuse(v, 400, MSG_openrosa_fault_part_twice);
		if (is_record)
			xml = p->value;
	}
	if (!xml.p)
		return refuse(v, 400, MSG_openrosa_fault_no_part);
	*ret = xml;
	return 1;
}

static int read_doc(struct visit *v, struct taken *t)
{
	struct str xml = { 0 };
	uint8_t hash[HASH_BYTES];
	char hex[2 * HASH_BYTES + 1];
	enum xml_fault fault = XML_FINE;
	int result = find_part(v, &xml);
	if (result <= 0)
		return result;
	result = xml_read(v->mem, xml, &fault, &t->doc);
	if (result == ERR_INPUT)
		return refuse_xml(v, fault);
	hash_open(xml, hash);
	hex_text(hash, sizeof hash, hex);
	t->hash = arena_copy(v->mem, str_c(hex));
	sent_numbers(&t->doc, &t->sent);
	return result < 0 ? result : t->hash.p ? 1 : ERR_NOMEM;
}

/* ---- was it here before? ---- */

static int is_there(struct visit *v, struct str uid)
{
	struct record_by house = { .db = v->db, .mem = v->mem, .now = v->now, .is_house = true };
	struct record r = { 0 };
	int result = record_find(&house, v->house->shelf, uid, &r);
	return result == ERR_MISSING ? 0 : result < 0 ? result : 1;
}

/* 1: it was not; 0: the answer is made. */
static int find_before(struct visit *v, const struct taken *t)
{
	struct openrosa_sent_find_row row = { 0 };
	int found = t->sent.instance.n
		? openrosa_sent_find(v->db, v->mem, t->doc.id, t->sent.instance, &row)
		: 0;
	if (found <= 0)
		return found < 0 ? found : 1;
	int stays = is_there(v, row.record);
	if (stays < 0)
		return stays;
	if (!stays)
		return refuse(v, 409, MSG_openrosa_fault_deleted);
	if (!str_eq(row.hash, t->hash))
		return refuse(v, 409, MSG_openrosa_fault_conflict);
	v->is_quiet = true;
	return openrosa_say(v, 202, MSG_openrosa_taken_again, NULL, 0);
}

/* ---- is it theirs to send? ---- */

/* The version that it was filled in with. 1; 0: refused. */
static int find_form(struct visit *v, const struct device *d, struct taken *t)
{
	const struct shelf_form *now = shelf_find(v->house->shelf, t->doc.id);
	struct str version = str_trim(t->doc.version);
	int64_t n;
	if (!now)
		return refuse(v, 404, MSG_openrosa_fault_no_form);
	if (now->def->is_sealed)
		return refuse(v, 403, MSG_openrosa_fault_sealed_form);
	n = now->def->version;
	int result = !version.n ? 0
		: str_i64(version, &n)
		? shelf_version(v->house->shelf, v->db, v->mem, now, n, &t->f)
		: ERR_MISSING;
	if (!version.n)
		t->f = now;
	if (result == ERR_MISSING)
		return refuse(v, 404, MSG_openrosa_fault_no_version);
	if (result < 0)
		return result;
	if (!openrosa_is_open(now))
		return refuse(v, 409, MSG_openrosa_fault_closed);
	int may = device_may(d, now);
	if (may == 0)
		return d->has_key ? refuse(v, 403, MSG_openrosa_fault_denied)
				  : refuse(v, 401, MSG_openrosa_fault_needs_key);
	return may;
}

static int find_old(struct visit *v, const struct device *d, const struct taken *t,
	struct openrosa_sent_find_row *ret, struct record *ret_record);

/* Every file that the record names: it came now or before. 1; 0: refused. */
static int find_files(struct visit *v, const struct device *d, struct taken *t)
{
	struct openrosa_sent_find_row row = { 0 };
	struct record old = { 0 };
	struct parts *p = &t->parts;
	*p = (struct parts){ .sent = &t->sent,
		.form = t->f->def->id,
		.hash = t->hash,
		.account = d->by.account,
		.is_part = str_is(http_field(v->req, "*isIncomplete*"), "yes") };
	int result = t->sent.deprecated.n && !p->is_part ? find_old(v, d, t, &row, &old) : 1;
	if (result <= 0)
		return result;
	p->old = old.id ? &old.answers : NULL;
	result = parts_find(v, p);
	p->old = NULL; /* of this moment */
	return result < 0 ? result : p->fault ? refuse_parts(v, p) : 1;
}

static int check(struct visit *v)
{
	struct device d = { 0 };
	struct taken *t = arena_take(v->mem, sizeof *t);
	if (!t)
		return ERR_NOMEM;
	if (!openrosa_speaks(v))
		return VISIT_ENDED;
	int result = device_of(v, &d);
	if (result == 0)
		return visit_ended(refuse(v, 401, MSG_openrosa_fault_key));
	if (result > 0)
		result = read_doc(v, t);
	if (result > 0)
		result = find_before(v, t);
	if (result > 0)
		result = find_form(v, &d, t);
	if (result <= 0)
		return visit_ended(result);
	result = sent_read(&t->doc, t->f, v->mem, v->now, &t->sent);
	if (result == 0 && t->sent.fault)
		return visit_ended(refuse_sent(v, t));
	if (result == 0)
		result = find_files(v, &d, t);
	if (result <= 0)
		return visit_ended(result);
	v->parked = t;
	return t->parts.n_came ? blob_settle_all(v, t->parts.came, t->parts.n_came) : VISIT_GO_ON;
}

/* ---- in the writer ---- */

/* Of the record as it stands. */
static int body_hash(const struct record *r, struct arena *mem, struct str *ret)
{
	uint8_t hash[HASH_BYTES];
	char hex[2 * HASH_BYTES + 1];
	hash_open(r->body, hash);
	hex_text(hash, sizeof hash, hex);
	*ret = arena_copy(mem, str_c(hex));
	return ret->p ? 0 : ERR_NOMEM;
}

static int refuse_write(struct visit *v, int result)
{
	switch (result) {
	case ERR_DENIED: return refuse(v, 403, MSG_openrosa_fault_edit_denied);
	case ERR_CONFLICT: return refuse(v, 409, MSG_openrosa_fault_edit_changed);
	case ERR_INPUT: return refuse(v, 400, MSG_openrosa_fault_not_taken);
	default: return result;
	}
}

/* What was filled in to the end and sent is sent: the step that its author could take at once, if
 * there is just one. ${ret_is_stuck}: there was, but something is missing for it. */
static int move_on(struct visit *v, const struct record_by *by, struct str uid, bool *ret_is_stuck)
{
	struct record r = { 0 };
	struct record_done done = { 0 };
	int move = -1, n = 0, lacks = 0;
	int result = record_find(by, v->house->shelf, uid, &r);
	if (result < 0)
		return result == ERR_MISSING ? 0 : result;
	const struct def *def = r.form->def;
	for (int i = 0; i < (int)def->n_move; i++)
		if ((def->move[i].from >> r.state & 1) && (def->move[i].by >> DEF_AUTHOR & 1) &&
			!(def->move[i].needs & NEEDS_NOTE)) {
			move = i;
			n++;
		}
	if (n != 1 || !(r.can.moves >> move & 1))
		return 0;
	result = record_lacks(by, &r, move, STR(""), &lacks);
	*ret_is_stuck = lacks != 0;
	if (result < 0 || lacks)
		return result;
	return record_write(by, v->house->shelf,
		&(struct record_job){ .what = CHAIN_MOVED, .uid = uid, .move = move }, &done);
}

static int keep(struct visit *v, const struct taken *t, const struct record *r)
{
	struct str body = { 0 };
	int result = body_hash(r, v->mem, &body);
	if (result == 0)
		result = openrosa_sent_add(v->db,
			(struct openrosa_sent_add_in){ .name = t->f->def->id,
				.instance = t->sent.instance,
				.hash = t->hash,
				.record = r->uid,
				.body = body,
				.aside = t->sent.aside });
	if (result == 0) /* another house on this database was faster */
		return err_note(ERR_BUSY, "sent twice at once");
	return result < 0 ? result : 0;
}

/* ${uid} is written: send it on, remember it, and say so. */
static int finish(struct visit *v, const struct device *d, const struct taken *t, struct str uid)
{
	struct record_by house = d->by, mover = d->by;
	struct record r = { 0 };
	bool is_stuck = false;
	house.is_house = true;
	mover.is_house = !d->has_key;
	int result = move_on(v, &mover, uid, &is_stuck);
	if (result == 0 && is_stuck && !d->has_key) /* nobody could go on with it */
		return refuse(v, 400, MSG_openrosa_fault_stuck);
	if (result == 0)
		result = record_find(&house, v->house->shelf, uid, &r);
	if (result == 0)
		result = keep(v, t, &r);
	if (result == 0)
		result = parts_end(v, &t->parts);
	return result < 0 ? result : refuse_name(v, 201, MSG_openrosa_taken_new, r.ref);
}

/* The answers, as a record has them. 1; 0: the answer to the device is made. */
static int hold_files(struct visit *v, struct taken *t, struct answers *ret)
{
	struct parts *p = &t->parts;
	*ret = t->sent.answers;
	int result = parts_hold(v, p, ret);
	if (result == 0 && p->fault)
		return refuse_parts(v, p);
	if (result == 0 && p->is_part)
		return openrosa_say(v, 202, MSG_openrosa_taken_part, NULL, 0);
	return result < 0 ? result : 1;
}

static int add(struct visit *v, const struct device *d, struct taken *t)
{
	struct record_done done = { 0 };
	struct answers answers;
	int result = hold_files(v, t, &answers);
	if (result <= 0)
		return result;
	result = record_write(&d->by, v->house->shelf,
		&(struct record_job){ .what = CHAIN_MADE,
			.form = t->f,
			.uid = t->parts.uid,
			.answers = &answers },
		&done);
	return result < 0 ? refuse_write(v, result) : finish(v, d, t, t->parts.uid);
}

/* What the device sent before, as far as it may be changed. 1; 0: refused. */
static int find_old(struct visit *v, const struct device *d, const struct taken *t,
	struct openrosa_sent_find_row *ret, struct record *ret_record)
{
	struct str body = { 0 };
	int found = openrosa_sent_find(v->db, v->mem, t->doc.id, t->sent.deprecated, ret);
	if (found <= 0)
		return found < 0 ? found : refuse(v, 404, MSG_openrosa_fault_edit_unknown);
	if (ret->is_replaced)
		return refuse(v, 409, MSG_openrosa_fault_edit_old);
	int result = record_find(&d->by, v->house->shelf, ret->record, ret_record);
	if (result == ERR_MISSING) {
		int stays = is_there(v, ret->record);
		return stays < 0 ? stays
			: stays  ? refuse(v, 403, MSG_openrosa_fault_edit_denied)
				 : refuse(v, 409, MSG_openrosa_fault_deleted);
	}
	if (result == 0)
		result = body_hash(ret_record, v->mem, &body);
	if (result < 0)
		return result;
	if (!str_eq(body, ret->body) || ret_record->form->id != t->f->id)
		return refuse(v, 409, MSG_openrosa_fault_edit_changed);
	return 1;
}

static int replace(struct visit *v, const struct device *d, struct taken *t)
{
	struct openrosa_sent_find_row old = { 0 };
	struct record r = { 0 };
	struct record_done done = { 0 };
	struct answers answers;
	int result = t->parts.is_part ? 1 : find_old(v, d, t, &old, &r);
	if (result <= 0)
		return result;
	t->parts.old = r.id ? &r.answers : NULL;
	result = hold_files(v, t, &answers);
	t->parts.old = NULL;
	if (result <= 0)
		return result;
	result = record_write(&d->by, v->house->shelf,
		&(struct record_job){ .what = CHAIN_CHANGED,
			.uid = r.uid,
			.answers = &answers,
			.version = r.version },
		&done);
	if (result < 0)
		return refuse_write(v, result);
	result = openrosa_sent_replaced(v->db, old.id);
	return result < 0 ? result : finish(v, d, t, r.uid);
}

static int act(struct visit *v)
{
	struct taken *t = v->parked;
	struct device d = { 0 };
	int result = device_of(v, &d);
	if (result == 0)
		return refuse(v, 401, MSG_openrosa_fault_key);
	if (result > 0)
		result = find_before(v, t);
	if (result <= 0)
		return result;
	return t->sent.deprecated.n ? replace(v, &d, t) : add(v, &d, t);
}

static const struct form take_form = {
	.name = "openrosa",
	.size = 1,
	.body_max = OPENROSA_FILES_MAX,
	.has_blobs = true,
};

const struct route openrosa_take_routes[] = {
	/* method    path              who     input       check  act */
	{ HTTP_POST, "/or/submission", ANYONE, &take_form, check, act, .is_machine = true },
	{ HTTP_POST, "/or/k/:key/submission", ANYONE, &take_form, check, act, .is_machine = true },
	{ 0 },
};
