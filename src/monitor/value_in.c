#include "monitor/value_in.h"
#include "base/utf8.h"
#include "monitor/routes.h"
#include "monitor/value.sql.h"
#include "monitor/value_in.html.h"
#include "po/messages.h"
#include "record/decode.h"

enum { DAY_SECONDS = 86400, FILE_NAME = 120, SHEET_MEM = 64 << 20 };

struct sheet_in {
	struct opt_i64 what;
};
static const char *const wishes[] = { "bring", "drop", NULL };
enum wish { WISH_BRING, WISH_DROP };

static const struct form file_form = {
	.name = "values", .size = 1, .body_max = VALUE_FILE_MAX + (64 << 10)
};
static const struct form sheet_form = {
	.name = "sheet",
	.size = sizeof(struct sheet_in),
	.body_max = 4096,
	.field = { { "do", FIELD_CHOICE, .is_required = true, .choices = wishes,
		.at = offsetof(struct sheet_in, what) } },
};

int value_verdict_msg(enum value_verdict verdict)
{
	switch (verdict) {
	case VALUE_NEW: return MSG_value_row_new;
	case VALUE_CHANGE: return MSG_value_row_change;
	case VALUE_SAME: return MSG_value_row_same;
	case VALUE_REFUSED:
	case VALUE_VERDICTS: break;
	}
	return MSG_value_row_refused;
}

/* ---- a file ---- */

static int find(struct visit *v, struct str uid, struct value_source *ret)
{
	struct record r = { 0 };
	int result = value_find(v, uid, &r, ret);
	if (result == 0 && !(r.can.may & DEF_WRITE))
		result = err_note(ERR_DENIED, "not theirs to change");
	return result;
}

static int show(struct visit *v, struct value_in_view *p)
{
	p->form = &v->form;
	p->frame = visit_frame(v, visit_say(v, MSG_value_in_title, 0));
	p->frame.area = FRAME_DATA;
	p->frame.is_private = true;
	p->frame.is_fault = p->fault != 0;
	value_in_page(&v->out, p);
	return visit_page(v, p->fault ? 422 : 200);
}

static int in_show(struct visit *v)
{
	struct value_in_view p = { 0 };
	int result = find(v, v->part[0], &p.source);
	return result < 0 ? result : show(v, &p);
}

/* In UTF-8; ${to} may hold it. */
static int text_of(struct visit *v, struct buf *to, struct str *ret)
{
	const char *charset;
	const struct http_pair *file = decode_sent(v->req);
	if (!file || !file->value.n)
		return err_note(ERR_INPUT, "no file");
	if (file->value.n > VALUE_FILE_MAX)
		return err_note(ERR_LIMIT, "the file is too large");
	int result = decode(file->value, to, &charset);
	*ret = result > 0 ? buf_view(to) : file->value;
	return result < 0 ? result : 0;
}

static int in_check(struct visit *v)
{
	struct value_in_view p = { 0 };
	struct value_sheet sheet = { 0 };
	struct str text = { 0 };
	auto_arena mem = { 0 };
	auto_buf utf8;
	arena_init(&mem, SHEET_MEM);
	buf_init(&utf8, 2 * VALUE_FILE_MAX);
	int result = find(v, v->part[0], &p.source);
	if (result < 0)
		return result;
	if (v->form.n_fault)
		p.fault = MSG_site_fault_token;
	else if (!decode_sent(v->req) || !decode_sent(v->req)->value.n)
		p.fault = MSG_record_import_fault_none;
	else
		result = text_of(v, &utf8, &text);
	if (result == 0 && !p.fault)
		result = value_sheet_read(v->db, &mem, &p.source, text, &sheet);
	if (result == ERR_INPUT || result == ERR_LIMIT) {
		p.fault = MSG_record_import_fault_file;
		p.why = arena_copy(v->mem, str_c(err_noted()));
	} else if (result < 0) {
		return result;
	}
	return p.fault ? visit_ended(show(v, &p)) : VISIT_GO_ON;
}

static int in_act(struct visit *v)
{
	struct value_source source = { 0 };
	struct str text = { 0 }, uid = { 0 };
	auto_buf utf8;
	buf_init(&utf8, 2 * VALUE_FILE_MAX);
	v->is_quiet = true;
	int result = find(v, v->part[0], &source);
	if (result == 0)
		result = text_of(v, &utf8, &text);
	if (result == 0)
		result = sheet_sweep(v->db, v->now - DAY_SECONDS);
	if (result >= 0)
		result = record_uid(v->mem, &uid);
	if (result >= 0)
		result = sheet_add(v->db,
			(struct sheet_add_in){ uid, source.id, v->who.account.v,
				utf8_head(decode_sent(v->req)->filename, FILE_NAME), text,
				v->now });
	return result < 0 ? result : visit_goto(v, "/indicators/sheet/%.*s", STR_ARG(uid));
}

/* ---- what would become of it ---- */

/* Its rows are in ${mem}: a request has not the room. */
static int find_sheet(struct visit *v, struct arena *mem, struct value_sheet_view *p)
{
	struct sheet_find_row row = { 0 };
	arena_init(mem, SHEET_MEM);
	int found = sheet_find(v->db, mem, v->part[0], v->who.account.v, &row);
	if (found <= 0)
		return found < 0 ? found : err_note(ERR_MISSING, "no such file");
	p->uid = v->part[0];
	p->file = arena_copy(v->mem, row.file);
	int result = find(v, row.record, &p->source);
	return result < 0 ? result : value_sheet_read(v->db, mem, &p->source, row.text, &p->sheet);
}

static int sheet_show(struct visit *v)
{
	struct value_sheet_view p = { 0 };
	auto_arena mem = { 0 };
	int result = find_sheet(v, &mem, &p);
	if (result < 0)
		return result;
	p.shown = p.sheet.count[VALUE_REFUSED] ? VALUE_REFUSED
		: p.sheet.count[VALUE_CHANGE]  ? VALUE_CHANGE
					       : VALUE_NEW;
	for (size_t i = 0; i < p.sheet.n && p.n < VALUE_SHOWN; i++)
		if (p.sheet.row[i].verdict == p.shown)
			p.row[p.n++] = p.sheet.row[i];
	p.frame = visit_frame(v, visit_say(v, MSG_value_in_title, 0));
	p.frame.area = FRAME_DATA;
	p.frame.is_private = true;
	value_sheet_page(&v->out, &p);
	return visit_page(v, 200);
}

static int sheet_check(struct visit *v)
{
	struct value_sheet_view p = { 0 };
	auto_arena mem = { 0 };
	int result = find_sheet(v, &mem, &p);
	if (result < 0)
		return result;
	return v->form.n_fault ? err_note(ERR_DENIED, "a page too old, or none of ours")
			       : VISIT_GO_ON;
}

/* Into the record's log: when, who, how many, of which file. */
static int note_down(struct visit *v, const struct value_sheet_view *p)
{
	const struct msg_arg arg[] = { msg_arg_i64("count", (int64_t)p->sheet.count[VALUE_NEW]),
		msg_arg_str("changed",
			lang_number(v->lang, v->mem, (int64_t)p->sheet.count[VALUE_CHANGE])),
		msg_arg_str("file", p->file) };
	struct record_by by = record_by(v);
	struct record_done done = { 0 };
	by.is_house = true;
	return record_write(&by, v->house->shelf,
		&(struct record_job){ .what = CHAIN_NOTE,
			.uid = p->source.uid,
			.words = msg_plain(v->mem, v->lang, MSG_value_in_note, arg, 3) },
		&done);
}

static int sheet_act(struct visit *v)
{
	struct value_sheet_view p = { 0 };
	auto_arena mem = { 0 };
	bool is_brought = visit_in(v, struct sheet_in)->what.v == WISH_BRING;
	int result = find_sheet(v, &mem, &p);
	if (result < 0)
		return result;
	bool is_any = p.sheet.count[VALUE_NEW] + p.sheet.count[VALUE_CHANGE] > 0;
	if (is_brought && is_any)
		result = value_sheet_put(v->db, &p.source, &p.sheet);
	if (result == 0 && is_brought && is_any)
		result = note_down(v, &p);
	if (result == 0)
		result = sheet_drop(v->db, p.uid);
	v->is_quiet = !is_brought;
	return result < 0 ? result
			  : visit_goto(v, "/indicators/%.*s%s", STR_ARG(p.source.uid),
				    is_brought ? "?saved" : "");
}

const struct route value_in_routes[] = {
	/* method    path                        who        input        check        act */
	{ HTTP_GET, "/indicators/sheet/:uid", SIGNED_IN, NULL, NULL, sheet_show },
	{ HTTP_POST, "/indicators/sheet/:uid", SIGNED_IN, &sheet_form, sheet_check, sheet_act },
	{ HTTP_GET, "/indicators/:uid/bring", SIGNED_IN, NULL, NULL, in_show },
	{ HTTP_POST, "/indicators/:uid/bring", SIGNED_IN, &file_form, in_check, in_act },
	{ 0 },
};
