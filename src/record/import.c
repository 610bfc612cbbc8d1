#include "record/import.h"
#include "account/audit.h"
#include "account/parcel.h"
#include "base/utf8.h"
#include "i18n/country_name.h"
#include "po/messages.h"
#include "record/body.h"
#include "record/decode.h"
#include "record/import.html.h"
#include "record/intake.sql.h"
#include "record/list.h"
#include "record/routes.h"
#include <string.h>

static const struct form file_form = { .name = "import", .size = 1, .body_max = INTAKE_FILE_MAX };
static const struct form naming_form = { .name = "naming", .size = 1, .body_max = 1 << 18 };

/* ---- words ---- */

int import_verdict(int verdict)
{
	static const int msg[INTAKE_VERDICTS] = { [INTAKE_NEW] = MSG_record_import_new,
		[INTAKE_CHANGE] = MSG_record_import_change,
		[INTAKE_SAME] = MSG_record_import_same,
		[INTAKE_REFUSED] = MSG_record_import_refused,
		[INTAKE_ASKS] = MSG_record_import_asks };
	return msg[verdict];
}

int import_state(int state)
{
	static const int msg[] = { [INTAKE_NAMING] = MSG_record_import_state_naming,
		[INTAKE_LOOKING] = MSG_record_import_state_looking,
		[INTAKE_LOOKED] = MSG_record_import_state_looked,
		[INTAKE_BRINGING] = MSG_record_import_state_bringing,
		[INTAKE_IN] = MSG_record_import_state_in,
		[INTAKE_TAKING_BACK] = MSG_record_import_state_taking_back,
		[INTAKE_TAKEN_BACK] = MSG_record_import_state_taken_back };
	return msg[state];
}

int import_fault(int fault)
{
	static const int msg[MAP_FAULTS] = { [MAP_FINE] = MSG_NONE,
		[MAP_MISSING] = MSG_record_import_fault_missing,
		[MAP_NOT_SUCH] = MSG_record_import_fault_not_such,
		[MAP_TOO_LONG] = MSG_record_import_fault_long,
		[MAP_NOT_FIT] = MSG_record_import_fault_fit,
		[MAP_MANY] = MSG_record_import_fault_many,
		[MAP_UNKNOWN] = MSG_record_import_fault_unknown,
		[MAP_TWICE] = MSG_record_import_fault_twice,
		[MAP_DENIED] = MSG_record_import_fault_denied,
		[MAP_KEYLESS] = MSG_record_import_fault_keyless,
		[MAP_TOUCHED] = MSG_record_import_fault_touched };
	return msg[fault];
}

/* ---- all files of a form ---- */

static int list_find(struct visit *v, struct import_list_view *p)
{
	struct record_by by = record_by(v);
	bool may = false;
	p->form = shelf_find(v->house->shelf, v->part[0]);
	if (!p->form)
		return err_note(ERR_MISSING, "no such form");
	p->labels = shelf_labels(p->form, v->lang);
	int result = intake_may(&by, p->form, &may);
	return result < 0 ? result : may ? 0 : err_note(ERR_DENIED, "not for them to bring in");
}

static int list_end(struct visit *v, struct import_list_view *p, int status)
{
	struct intake_of_form_row *row;
	int result = intake_of_form(v->db, v->mem, p->form->def->id, IMPORT_LIST, &row, &p->n);
	p->row = arena_array(v->mem, p->n + 1, sizeof *p->row);
	if (result < 0 || !p->row)
		return result < 0 ? result : ERR_NOMEM;
	size_t n = 0;
	for (size_t i = 0; i < p->n; i++)
		if (row[i].account == v->who.account.v || (v->who.roles_site & ROLE_ADMIN))
			p->row[n++] = (struct import_row){ row[i].uid, row[i].file,
				(int)row[i].state, row[i].at };
	p->n = n;
	p->crumb = (struct record_crumb){
		.labels = p->labels, .name = p->form->def->id, .here = MSG_record_import_title
	};
	p->frame = visit_frame(v, visit_say(v, MSG_record_import_title, 0));
	p->frame.area = FRAME_RECORDS;
	p->frame.is_fault = status != 200;
	import_list_page(&v->out, p);
	return visit_page(v, status);
}

static int list_show(struct visit *v)
{
	struct import_list_view p = { 0 };
	int result = list_find(v, &p);
	return result < 0 ? result : list_end(v, &p, 200);
}

/* In UTF-8; ${to} may hold it. */
static int bytes_of(struct visit *v, struct buf *to, struct str *ret)
{
	const char *charset;
	const struct http_pair *file = decode_sent(v->req);
	if (!file || !file->value.n)
		return err_note(ERR_INPUT, "no file");
	int result = decode(file->value, to, &charset);
	*ret = result > 0 ? buf_view(to) : file->value;
	return result < 0 ? result : 0;
}

static int file_check(struct visit *v)
{
	struct import_list_view p = { 0 };
	auto_buf utf8;
	auto_rows rows = { 0 };
	struct str bytes;
	buf_init(&utf8, INTAKE_FILE_MAX);
	int result = list_find(v, &p);
	if (result < 0)
		return result;
	if (v->form.n_fault)
		p.fault = MSG_site_fault_token;
	else if (!decode_sent(v->req) || !decode_sent(v->req)->value.n)
		p.fault = MSG_record_import_fault_none;
	else
		result = bytes_of(v, &utf8, &bytes);
	if (result == 0 && !p.fault)
		result = rows_open(&rows, v->mem, bytes);
	if (result == ERR_INPUT || result == ERR_LIMIT) {
		p.fault = MSG_record_import_fault_file;
		p.why = arena_copy(v->mem, str_c(err_noted()));
		result = 0;
	}
	if (result < 0)
		return result;
	if (!p.fault)
		return VISIT_GO_ON;
	result = list_end(v, &p, 422);
	return result < 0 ? result : visit_ended(result);
}

static int file_act(struct visit *v)
{
	struct import_list_view p = { 0 };
	struct record_by by = record_by(v);
	auto_buf utf8;
	struct str bytes, uid;
	int64_t id;
	buf_init(&utf8, INTAKE_FILE_MAX);
	v->is_quiet = true;
	int result = list_find(v, &p);
	if (result == 0)
		result = bytes_of(v, &utf8, &bytes);
	if (result == 0)
		result = intake_begin(&by,
			&(struct intake_new){ .form = p.form,
				.file = decode_sent(v->req)->filename,
				.bytes = bytes,
				.is_kept = true },
			&uid, &id);
	return result < 0 ? result : visit_goto(v, "/import/%.*s", STR_ARG(uid));
}

/* ---- one file ---- */

struct one {
	struct import_view p;
	struct intake_by_uid_row row;
};

static int find(struct visit *v, struct one *o)
{
	struct record_by by = record_by(v);
	bool may = false;
	int result = intake_by_uid(v->db, v->mem, v->part[0], &o->row);
	bool is_theirs = result > 0 &&
		(o->row.account == v->who.account.v || (v->who.roles_site & ROLE_ADMIN));
	if (result >= 0 && !is_theirs)
		return err_note(ERR_MISSING, "no such import");
	o->p.form = result > 0 ? shelf_find(v->house->shelf, o->row.name) : NULL;
	if (result < 0 || !o->p.form)
		return result < 0 ? result : err_note(ERR_MISSING, "no such form any more");
	o->p.labels = shelf_labels(o->p.form, v->lang);
	o->p.uid = v->part[0];
	o->p.file = o->row.file;
	o->p.note = o->row.note;
	o->p.state = (enum intake_state)o->row.state;
	o->p.place = o->row.place;
	result = intake_may(&by, o->p.form, &may);
	return result < 0 ? result : may ? 0 : err_note(ERR_DENIED, "not for them to bring in");
}

static int count(struct visit *v, struct one *o)
{
	struct intake_verdicts_row *row;
	struct intake_done_count_row done;
	size_t n = 0;
	int result = intake_verdicts(v->db, v->mem, o->row.id, &row, &n);
	for (size_t i = 0; i < n; i++)
		if (row[i].verdict < INTAKE_VERDICTS)
			o->p.n[row[i].verdict] = row[i].n;
	if (result >= 0)
		result = intake_done_count(v->db, v->mem, o->row.id, &done);
	if (result > 0)
		o->p.done = done.n;
	return result < 0 ? result : 0;
}

static int load_asks(struct visit *v, struct one *o)
{
	struct intake_asks_row *row;
	size_t n = 0;
	int result = intake_asks(v->db, v->mem, o->row.id, IMPORT_ASKS, &row, &n);
	o->p.ask = arena_array(v->mem, n + 1, sizeof *o->p.ask);
	if (result < 0 || !o->p.ask)
		return result < 0 ? result : ERR_NOMEM;
	for (size_t i = 0; i < n; i++) {
		int field = def_field_called(o->p.form->def, row[i].field);
		if (field >= 0)
			o->p.ask[o->p.n_ask++] = (struct import_ask){ field, row[i].word,
				row[i].n };
	}
	o->p.country = country_list(v->lang, &o->p.n_country);
	return 0;
}

/* The first open text names a row. */
static int title_of(struct visit *v, struct one *o, struct str body, struct str *ret)
{
	struct answers a;
	struct def_fields all;
	memset(&all, 0xff, sizeof all);
	answers_init(&a, o->p.form->def, v->mem, v->now);
	*ret = STR("");
	int result = body.n ? body_read(body, &a) : 0;
	if (result == 0 && body.n)
		*ret = utf8_head(list_title(&a, &all), 80);
	return result == ERR_INPUT ? 0 : result;
}

/* What the address asks for; else what somebody has to look at first. */
static int64_t verdict_of(struct visit *v, const struct one *o)
{
	static const int first[] = { INTAKE_REFUSED, INTAKE_ASKS, INTAKE_NEW };
	int64_t verdict = 0;
	if (str_i64(http_query(v->req, "show"), &verdict) && verdict > 0 &&
		verdict < INTAKE_VERDICTS)
		return verdict;
	for (size_t i = 0; i < sizeof first / sizeof *first; i++)
		if (o->p.n[first[i]])
			return first[i];
	return INTAKE_CHANGE;
}

static int load_rows(struct visit *v, struct one *o)
{
	struct intake_rows_row *row;
	int64_t after = 0;
	size_t n = 0;
	if (!str_i64(http_query(v->req, "after"), &after) || after < 0)
		after = 0;
	o->p.verdict = (int)verdict_of(v, o);
	int result = intake_rows(
		v->db, v->mem, o->row.id, o->p.verdict, after, IMPORT_ROWS + 1, &row, &n);
	o->p.line = arena_array(v->mem, n + 1, sizeof *o->p.line);
	if (result >= 0 && !o->p.line)
		return ERR_NOMEM;
	for (size_t i = 0; i < n && i < IMPORT_ROWS && result >= 0; i++) {
		struct import_line *to = &o->p.line[o->p.n_line++];
		*to = (struct import_line){ .number = row[i].number,
			.line = row[i].line,
			.value = row[i].value,
			.uid = row[i].uid,
			.fault = (int)row[i].fault,
			.field = def_field_called(o->p.form->def, row[i].field),
			.is_done = row[i].is_done != 0 };
		result = title_of(v, o, row[i].body, &to->title);
	}
	if (n > IMPORT_ROWS)
		o->p.next = row[IMPORT_ROWS - 1].number;
	return result < 0 ? result : 0;
}

static int load(struct visit *v, struct one *o)
{
	struct mapping m = { 0 };
	int result = 0;
	if (o->p.state == INTAKE_NAMING)
		return import_naming(v, &o->p, o->row.id, o->row.mapping);
	result = count(v, o);
	if (result == 0)
		result = mapping_read(o->row.mapping, o->p.form->def, v->mem, &m);
	if (result < 0)
		return result;
	o->p.is_whole = m.is_whole;
	o->p.is_blocked = (m.is_whole && o->p.n[INTAKE_REFUSED] + o->p.n[INTAKE_ASKS]) ||
		!(o->p.n[INTAKE_NEW] + o->p.n[INTAKE_CHANGE]);
	if (o->p.state == INTAKE_LOOKED)
		result = load_asks(v, o);
	if (result == 0 && (o->p.state == INTAKE_LOOKED || o->p.state >= INTAKE_IN))
		result = load_rows(v, o);
	return result;
}

static int end(struct visit *v, struct one *o, int status)
{
	int result = load(v, o);
	if (result < 0)
		return result;
	o->p.crumb = (struct record_crumb){
		.labels = o->p.labels, .name = o->p.form->def->id, .here = MSG_record_import_title
	};
	o->p.frame = visit_frame(v, visit_say(v, MSG_record_import_title, 0));
	o->p.frame.area = FRAME_RECORDS;
	o->p.frame.is_private = true;
	o->p.frame.is_fault = o->p.has_fault = status != 200;
	import_page(&v->out, &o->p);
	return visit_page(v, status);
}

static int one_show(struct visit *v)
{
	struct one o = { 0 };
	int result = find(v, &o);
	return result < 0 ? result : end(v, &o, 200);
}

static int refused_file(struct visit *v)
{
	struct one *o = arena_take(v->mem, sizeof *o);
	if (!o)
		return ERR_NOMEM;
	*o = (struct one){ 0 };
	int result = find(v, o);
	return result < 0 ? result : import_refused(v, &o->p, o->row.id);
}

/* ---- steps ---- */

static int go_on(struct visit *v, const struct one *o, int state)
{
	int result = intake_turn(v->db, o->row.id, o->row.state, state);
	if (result == 0)
		return err_note(ERR_CONFLICT, "it is somewhere else meanwhile");
	v->is_quiet = true;
	v->kept = intake_woken;
	return result < 0 ? result : visit_goto(v, "/import/%.*s", STR_ARG(o->p.uid));
}

/* Looked through anew, from its first row. */
static int look_again(struct visit *v, const struct one *o)
{
	int result = intake_rows_drop(v->db, o->row.id);
	if (result >= 0)
		result = intake_asks_drop(v->db, o->row.id);
	if (result >= 0)
		result = intake_place_put(v->db, o->row.id, 0, STR(""));
	return result < 0 ? result : go_on(v, o, INTAKE_LOOKING);
}

static int naming_check(struct visit *v)
{
	struct one o = { 0 };
	struct str mapping;
	int result = find(v, &o);
	if (result == 0 && o.p.state != INTAKE_NAMING)
		return err_note(ERR_CONFLICT, "its columns are named");
	if (result == 0 && !v->form.n_fault)
		result = import_named(v, &o.p, o.row.id, &mapping);
	if (result == 0 && !v->form.n_fault)
		return VISIT_GO_ON;
	if (result < 0 && result != ERR_INPUT)
		return result;
	result = end(v, &o, 422);
	return result < 0 ? result : visit_ended(result);
}

static int naming_act(struct visit *v)
{
	struct one o = { 0 };
	struct str mapping;
	int result = find(v, &o);
	if (result == 0)
		result = import_named(v, &o.p, o.row.id, &mapping);
	if (result == 0)
		result = intake_mapping_put(v->db, o.row.id, mapping);
	if (result >= 0)
		result = intake_map_put(v->db, o.row.name, o.row.head, mapping);
	return result < 0 ? result : look_again(v, &o);
}

/* "w3" of the third word: a choice, a country's name, "-" to leave it out, "" for not yet. */
static int take_word(struct visit *v, const struct one *o, size_t i)
{
	const struct import_ask *ask = &o->p.ask[i];
	const struct def_field *f = &o->p.form->def->field[ask->field];
	struct str s = str_trim(http_field(v->req, arena_z(v->mem, arena_f(v->mem, "w%zu", i))));
	bool is_out = http_field(v->req, arena_z(v->mem, arena_f(v->mem, "o%zu", i))).n;
	struct str sent = http_field(v->req, arena_z(v->mem, arena_f(v->mem, "x%zu", i)));
	struct str val = f->kind == DEF_COUNTRY ? country_by_name(s) : s;
	bool is_known = f->kind == DEF_COUNTRY ? val.p != NULL : def_choice_find(f, s) != NULL;
	/* The word that the page showed, should the list be another one by now. */
	if (!str_eq(sent, ask->word) || (!is_out && (!s.n || !is_known)))
		return 0;
	int result = intake_word_put(
		v->db, o->row.name, f->name, ask->word, is_out ? STR("") : val);
	return result < 0 ? result : 0;
}

static int words_act(struct visit *v)
{
	struct one o = { 0 };
	int result = find(v, &o);
	if (result == 0 && o.p.state != INTAKE_LOOKED)
		return err_note(ERR_CONFLICT, "it was not looked through");
	if (result == 0)
		result = load_asks(v, &o);
	for (size_t i = 0; i < o.p.n_ask && result == 0; i++)
		result = take_word(v, &o, i);
	return result < 0 ? result : look_again(v, &o);
}

static int turn(struct visit *v, enum intake_state was, enum intake_state state)
{
	struct one o = { 0 };
	int result = find(v, &o);
	if (result == 0 && o.p.state != was)
		return err_note(ERR_CONFLICT, "it is somewhere else");
	if (result == 0 && state == INTAKE_BRINGING)
		result = load(v, &o);
	if (result == 0 && state == INTAKE_BRINGING && o.p.is_blocked)
		return err_note(ERR_CONFLICT, "nothing can be brought in");
	if (result == 0 && state >= INTAKE_BRINGING)
		result = audit_add(v,
			&(struct audit_line){ .what = state == INTAKE_BRINGING ? AUDIT_RECORDS_IN
									       : AUDIT_RECORDS_BACK,
				.n = o.p.form->id });
	return result < 0 ? result : go_on(v, &o, (int)state);
}

static int bring_act(struct visit *v)
{
	return turn(v, INTAKE_LOOKED, INTAKE_BRINGING);
}

static int back_act(struct visit *v)
{
	return turn(v, INTAKE_IN, INTAKE_TAKING_BACK);
}

static int rename_act(struct visit *v)
{
	return turn(v, INTAKE_LOOKED, INTAKE_NAMING);
}

static int drop_act(struct visit *v)
{
	struct one o = { 0 };
	int result = find(v, &o);
	if (result == 0 && o.p.state != INTAKE_NAMING && o.p.state != INTAKE_LOOKED &&
		o.p.state != INTAKE_TAKEN_BACK)
		return err_note(ERR_CONFLICT, "it is at work, or in");
	v->is_quiet = true;
	if (result == 0)
		result = intake_parts_drop(v->db, o.row.id);
	if (result >= 0)
		result = intake_rows_drop(v->db, o.row.id);
	if (result >= 0)
		result = intake_asks_drop(v->db, o.row.id);
	if (result >= 0)
		result = intake_drop(v->db, o.row.id);
	return result < 0 ? result : visit_goto(v, "/records/%.*s/import", STR_ARG(o.row.name));
}

const struct route import_routes[] = {
	/* method    path                    who    input         check         act */
	{ HTTP_GET, "/records/:form/import", STAFF, NULL, NULL, list_show },
	{ HTTP_POST, "/records/:form/import", STAFF, &file_form, file_check, file_act },
	{ HTTP_GET, "/import/:uid", STAFF, NULL, NULL, one_show },
	{ HTTP_GET, "/import/:uid/refused", STAFF, NULL, refused_file, parcel_act },
	{ HTTP_POST, "/import/:uid/columns", STAFF, &naming_form, naming_check, naming_act },
	{ HTTP_POST, "/import/:uid/words", STAFF, NULL, NULL, words_act },
	{ HTTP_POST, "/import/:uid/in", STAFF, NULL, NULL, bring_act },
	{ HTTP_POST, "/import/:uid/back", STAFF, NULL, NULL, back_act },
	{ HTTP_POST, "/import/:uid/rename", STAFF, NULL, NULL, rename_act },
	{ HTTP_POST, "/import/:uid/drop", STAFF, NULL, NULL, drop_act },
	{ 0 },
};
