#include "record/next.h"
#include "account/audit.h"
#include "po/messages.h"
#include "record/list.h"
#include "record/next.html.h"
#include "record/next.sql.h"
#include "record/record.h"
#include "record/routes.h"

static const struct form files_form = { .name = "definition", .size = 1, .body_max = NEXT_FILES };

/* ---- what was sent ---- */

static bool ends_in(struct str s, const char *end)
{
	struct str e = str_c(end);
	return s.n >= e.n && str_eq(str_from(s, s.n - e.n), e);
}

/* One file is the definition, the others its translations: NAME.LANG.po. */
static int take_files(struct visit *v, struct shelf_text *ret)
{
	*ret = (struct shelf_text){ 0 };
	for (size_t i = 0; i < v->req->n_field; i++) {
		const struct http_pair *file = &v->req->field[i];
		if (!str_is(file->name, "file") || !file->filename.p || !file->value.n)
			continue;
		if (ends_in(file->filename, ".md"))
			ret->source = file->value;
		if (ends_in(file->filename, ".csv")) {
			ret->file = file->filename;
			if (def_plain_text(v->mem, file->filename, file->value, &ret->source) < 0)
				return ERR_NOMEM;
		}
		for (int l = 0; l < LANG_COUNT; l++) {
			struct str end = arena_f(
				v->mem, ".%s.po", lang_of((enum lang_id)l)->code.p);
			if (end.p && l != LANG_EN && ends_in(file->filename, end.p))
				ret->po[l] = file->value;
		}
	}
	return ret->source.p ? 0
			     : err_note(ERR_INPUT, "no file NAME.form.md or NAME.csv was chosen");
}

/* Read, and held against the one in use. What is wrong stays in ${p}. */
static int judge(
	struct visit *v, const struct shelf_text *text, struct shelf_form *f, struct next_view *p)
{
	const char *file = text->file.n ? arena_z(v->mem, text->file) : "the new version";
	int result = shelf_read(v->mem, file, text, f);
	if (result < 0)
		return result;
	must(f->def);
	const struct shelf_form *old = shelf_find(v->house->shelf, f->def->id);
	p->care.form = f;
	p->care.labels = shelf_labels(f, v->lang);
	p->was_version = old ? old->def->version : 0;
	p->n_wrong = next_faults(old, f, p->wrong);
	for (size_t i = 0; i < f->def->n_move && p->n_wrong < DEF_WRONGS_MAX; i++) {
		const struct def_move *m = &f->def->move[i];
		if (m->then == DEF_THEN_DERIVE && !shelf_find(v->house->shelf, m->then_what))
			p->wrong[p->n_wrong++] = (struct def_wrong){
				"this move derives a form that is not there", m->name, m->line
			};
	}
	return next_turns(old, f, v->lang, v->mem, &p->turn, &p->n_turn);
}

/* ---- the page on which one is sent ---- */

static int send_end(struct visit *v, struct next_send_view *p, int status)
{
	struct next_all_row *row;
	int result = next_all(v->db, v->mem, &row, &p->n);
	p->row = arena_array(v->mem, p->n + 1, sizeof *p->row);
	if (result < 0 || !p->row)
		return result < 0 ? result : ERR_NOMEM;
	for (size_t i = 0; i < p->n; i++)
		p->row[i] = (struct next_row){ row[i].uid, row[i].name, row[i].person, row[i].at };
	p->frame = visit_frame(v, visit_say(v, MSG_record_next_title, 0));
	p->frame.area = FRAME_PEOPLE;
	p->frame.is_fault = status != 200;
	next_send_page(&v->out, p);
	return visit_page(v, status);
}

static int send_show(struct visit *v)
{
	struct next_send_view p = { 0 };
	return send_end(v, &p, 200);
}

static int send_check(struct visit *v)
{
	struct next_send_view p = { 0 };
	struct next_view next = { 0 };
	struct shelf_text text;
	struct shelf_form f;
	int result = take_files(v, &text);
	if (result == 0)
		result = judge(v, &text, &f, &next);
	if (result == 0 && !next.n_wrong && !v->form.n_fault)
		return VISIT_GO_ON;
	if (result < 0 && result != ERR_INPUT && result != ERR_LIMIT)
		return result;
	if (v->form.n_fault)
		p.is_stale = true;
	else if (result < 0)
		p.why = arena_copy(v->mem, str_c(err_noted()));
	p.wrong = next.wrong;
	p.n_wrong = result < 0 ? 0 : next.n_wrong;
	result = send_end(v, &p, 422);
	return result < 0 ? result : visit_ended(result);
}

static struct str or_none(struct str s)
{
	return s.p ? s : STR("");
}

static int send_act(struct visit *v)
{
	struct next_view p = { 0 };
	struct shelf_text text;
	struct shelf_form f;
	struct str uid = { 0 };
	v->is_quiet = true;
	int result = take_files(v, &text);
	if (result == 0)
		result = judge(v, &text, &f, &p);
	if (result == 0 && p.n_wrong)
		return err_note(ERR_CONFLICT, "the form in use changed meanwhile");
	if (result == 0)
		result = record_uid(v->mem, &uid);
	if (result == 0)
		result = next_add(v->db,
			(struct next_add_in){ .uid = uid,
				.name = f.def->id,
				.source = text.source,
				.ar = or_none(text.po[LANG_AR]),
				.zh = or_none(text.po[LANG_ZH]),
				.fr = or_none(text.po[LANG_FR]),
				.ru = or_none(text.po[LANG_RU]),
				.es = or_none(text.po[LANG_ES]),
				.account = v->who.account.v,
				.now = v->now });
	if (result >= 0)
		result = audit_add(v, &(struct audit_line){ .what = AUDIT_FORM_OFFERED });
	return result < 0 ? result : visit_goto(v, "/site/next/%.*s", STR_ARG(uid));
}

/* ---- one that waits ---- */

struct waiting {
	struct next_view p;
	struct shelf_text text;
	struct shelf_form form;
};

static struct str or_absent(struct str s)
{
	return s.n ? s : (struct str){ 0 };
}

static int find(struct visit *v, struct waiting *w)
{
	struct next_by_uid_row row;
	int result = next_by_uid(v->db, v->mem, v->part[0], &row);
	if (result <= 0)
		return result < 0 ? result : err_note(ERR_MISSING, "no such version");
	w->text.source = row.source;
	w->text.po[LANG_AR] = or_absent(row.ar);
	w->text.po[LANG_ZH] = or_absent(row.zh);
	w->text.po[LANG_FR] = or_absent(row.fr);
	w->text.po[LANG_RU] = or_absent(row.ru);
	w->text.po[LANG_ES] = or_absent(row.es);
	w->p.uid = v->part[0];
	w->p.person = row.person;
	w->p.at = row.at;
	w->p.is_own = row.account == v->who.account.v;
	w->p.page = -1;
	return judge(v, &w->text, &w->form, &w->p);
}

static int load_pages(struct visit *v, struct waiting *w, struct answers *a)
{
	struct next_view *p = &w->p;
	const struct def *def = w->form.def;
	struct str name = v->part[1];
	answers_init(a, def, v->mem, v->now);
	for (int i = 0; i < (int)def->n_field; i = walk_page_end(def, i))
		if (p->n_page < NEXT_PAGES)
			p->pages[p->n_page++] = i;
	p->page = name.p ? walk_page_find(def, name) : p->n_page ? p->pages[0] : -1;
	if (p->page < 0)
		return name.p ? err_note(ERR_MISSING, "no such page") : 0;
	return walk_show(a, p->care.labels, p->page, 0, &p->walk);
}

static int one_show(struct visit *v)
{
	struct waiting w = { 0 };
	struct answers a;
	int result = find(v, &w);
	if (result == 0)
		result = load_pages(v, &w, &a);
	if (result < 0)
		return result;
	w.p.care.frame = visit_frame(v, w.p.care.labels->title.s);
	w.p.care.frame.area = FRAME_PEOPLE;
	next_page(&v->out, &w.p);
	return visit_page(v, 200);
}

static int use_act(struct visit *v)
{
	struct waiting w = { 0 };
	struct shelf_set *set = NULL;
	int result = find(v, &w);
	if (result == 0 && w.p.is_own)
		return err_note(ERR_DENIED, "it takes a second administrator");
	if (result == 0 && w.p.n_wrong)
		return err_note(ERR_CONFLICT, "the form in use changed meanwhile");
	if (result == 0)
		result = shelf_offer(v->house->shelf, v->db, &w.text, v->now, &set);
	if (result >= 0)
		result = next_drop(v->db, w.p.uid);
	if (result >= 0)
		result = audit_add(v, &(struct audit_line){ .what = AUDIT_FORM_USED });
	v->kept = shelf_use;
	v->kept_what = set;
	return result < 0 ? result
			  : visit_goto(v, "/site/forms/%.*s?saved", STR_ARG(w.form.def->id));
}

static int drop_act(struct visit *v)
{
	v->is_quiet = true;
	int result = next_drop(v->db, v->part[0]);
	if (result > 0)
		result = audit_add(v, &(struct audit_line){ .what = AUDIT_FORM_DROPPED });
	return result < 0 ? result : visit_goto(v, "/site/next");
}

/* ---- the text of the one in use ---- */

static int source_show(struct visit *v)
{
	const struct shelf_form *f = shelf_find(v->house->shelf, v->part[0]);
	struct next_source_row row;
	int result = f ? next_source(v->db, v->mem, f->id, &row)
		       : err_note(ERR_MISSING, "no such form");
	if (result <= 0)
		return result < 0 ? result : err_note(ERR_MISSING, "no such definition");
	const char *name = arena_z(v->mem, arena_f(v->mem, "%.*s.form.md", STR_ARG(f->def->id)));
	return visit_bytes(v, "text/markdown; charset=utf-8", row.source, name);
}

const struct route next_routes[] = {
	/* method    path                       who    input        check       act */
	{ HTTP_GET, "/site/next", ADMIN, NULL, NULL, send_show },
	{ HTTP_POST, "/site/next", ADMIN, &files_form, send_check, send_act },
	{ HTTP_GET, "/site/next/:uid", ADMIN, NULL, NULL, one_show },
	{ HTTP_GET, "/site/next/:uid/:page", ADMIN, NULL, NULL, one_show },
	{ HTTP_POST, "/site/next/:uid/use", ADMIN, NULL, NULL, use_act },
	{ HTTP_POST, "/site/next/:uid/drop", ADMIN, NULL, NULL, drop_act },
	{ HTTP_GET, "/site/forms/:form/text", ADMIN, NULL, NULL, source_show },
	{ 0 },
};
