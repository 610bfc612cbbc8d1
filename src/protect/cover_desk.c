#include "protect/cover_desk.h"
#include "po/messages.h"
#include "protect/case_locks.h"
#include "protect/case_log.h"
#include "protect/cover.sql.h"
#include "protect/cover_desk.html.h"
#include "protect/name_desk.h"
#include "protect/routes.h"

enum { DAY = 86400, NAME_MAX = 64 };

struct cover_in {
	struct str text, question;
};
static const struct form cover_form_in = {
	.name = "case-cover",
	.size = sizeof(struct cover_in),
	.field = { { "text", FIELD_TEXT, .is_required = true, .max = KEEP_SAID_MAX,
			   .at = offsetof(struct cover_in, text) },
		{ "question", FIELD_LINE, .max = NAME_MAX,
			.at = offsetof(struct cover_in, question) } },
};
const struct fault_label cover_labels[] = {
	{ "text", MSG_protect_cover_text },
	{ 0 },
};

/* What can be covered, and the fields of its copy and of what was written first. */
static const struct {
	const char *base, *copy, *first;
} fields[] = { { KEEP_ANSWERS, KEEP_ANSWERS COVER_COPY, KEEP_ANSWERS COVER_FIRST },
	{ KEEP_SAID_BY_REPORTER, KEEP_SAID_BY_REPORTER COVER_COPY,
		KEEP_SAID_BY_REPORTER COVER_FIRST },
	{ KEEP_SAID_BY_HANDLER, KEEP_SAID_BY_HANDLER COVER_COPY, KEEP_SAID_BY_HANDLER COVER_FIRST },
	{ KEEP_CONTACT, KEEP_CONTACT COVER_COPY, KEEP_CONTACT COVER_FIRST } };
enum { FIELDS = sizeof fields / sizeof *fields };

static size_t field_of(const struct keep_shown *text)
{
	size_t i = 0;
	while (i < FIELDS && !str_is(text->field, fields[i].base))
		i++;
	return i;
}

/* Who sits where: those who handle a case at the report, custodians at the name. */
struct cover_desk {
	const char *base;
	enum vault_role role;
	enum told_part part;
};
static const struct cover_desk at_case = { "cases", VAULT_HANDLER, TOLD_REPORT },
			       at_name = { "names", VAULT_CUSTODIAN, TOLD_IDENTITY };

static const struct cover_desk *desk_of(const struct visit *v)
{
	return str_starts(v->path, "/names/") ? &at_name : &at_case;
}

/* What can be read there. A name is closed until its custodian gave a reason today. */
static int read_all(struct visit *v, struct keep_case *c, struct keep_seat *seat,
	struct keep_shown **ret, size_t *ret_n)
{
	struct str to = { 0 };
	bool is_name = desk_of(v) == &at_name;
	int result = is_name ? name_sit(v, c, seat) : desk_find(v, c);
	if (result == 0 && !is_name)
		result = desk_sit(v, c, VAULT_HANDLER, VAULT_REPORT, seat);
	if (result == 0)
		result = keep_read(v, seat, ret, ret_n);
	if (result == 0 && is_name &&
		!(name_agreed(*ret, *ret_n, &to) && name_is_open(v, *ret, *ret_n)))
		result = err_note(ERR_DENIED, "a name that was not opened today");
	return result;
}

/* The text of the address, as the case shows it. */
static int find_text(
	struct visit *v, struct keep_case *c, struct keep_seat *seat, struct keep_shown **ret)
{
	struct keep_shown *said = NULL;
	size_t n = 0;
	int result = read_all(v, c, seat, &said, &n);
	for (size_t i = 0; result == 0 && i < n; i++)
		if (str_is(v->part[1], said[i].id_text) && field_of(&said[i]) < FIELDS &&
			!said[i].is_broken) {
			*ret = &said[i];
			return 0;
		}
	return result < 0 ? result : err_note(ERR_MISSING, "no text that can be covered");
}

/* ---- the page ---- */

/* Answers in words; what was chosen from a list says nothing that a word could cover. */
static int load_questions(
	struct visit *v, const struct told *t, struct str asked, struct cover_view *p)
{
	struct shown shown = { 0 };
	const struct def *def = t->answers.def;
	size_t n = 0;
	int result = told_show(v, t, &shown);
	if (result < 0)
		return result;
	for (size_t i = 0; i < shown.n; i++)
		n += shown.part[i].n;
	p->question = arena_array(v->mem, n + 1, sizeof *p->question);
	if (!p->question)
		return ERR_NOMEM;
	for (size_t i = 0; i < shown.n; i++)
		for (size_t k = 0; k < shown.part[i].n; k++) {
			const struct shown_line *l = &shown.part[i].line[k];
			struct cover_question *q = &p->question[p->n_question];
			const struct def_field *f = &def->field[l->field];
			if (f->kind != DEF_TEXT || f->repeat >= 0)
				continue;
			*q = (struct cover_question){ f->name, l->label,
				answers_get(&t->answers, l->field, 0) };
			if (str_eq(q->name, asked))
				p->asked = q;
			p->n_question++;
		}
	return 0;
}

static int fill(struct visit *v, const struct keep_shown *text, struct str asked, struct told *t,
	struct cover_view *p)
{
	p->object = v->part[1];
	p->is_name = desk_of(v) == &at_name;
	p->is_report = str_is(text->field, KEEP_ANSWERS) || str_is(text->field, KEEP_CONTACT);
	p->was = text->text;
	int result = 0;
	if (p->is_report)
		result = told_read(v, text->text, t);
	if (p->is_report && result == 0)
		result = load_questions(v, t, asked, p);
	if (p->asked)
		p->was = p->asked->value;
	return result;
}

static int show(struct visit *v)
{
	auto_keep_seat seat = { 0 };
	struct keep_case c = { 0 };
	struct keep_shown *text = NULL;
	struct told t = { 0 };
	struct cover_view p = { .frame = visit_frame(v, visit_say(v, MSG_protect_cover_title, 0)),
		.form = &v->form };
	struct str asked = v->form.form ? form_typed(&v->form, "question")
					: http_query(v->req, "q");
	p.frame.area = FRAME_CASES;
	int result = find_text(v, &c, &seat, &text);
	if (result == 0)
		result = fill(v, text, asked, &t, &p);
	if (result == 0)
		result = locks_due(v, &c, desk_of(v)->role);
	if (result < 0)
		return result;
	if (form_typed(&v->form, "text").p)
		p.was = form_typed(&v->form, "text");
	p.is_due = result > 0;
	p.is_over = c.state == KEEP_CLOSED;
	keep_id_text(&c.id, p.id);
	cover_page(&v->out, &p);
	return visit_page(v, v->form.n_fault ? 422 : 200);
}

/* ---- keeping a copy ---- */

/* What a check prepares. */
struct covering {
	struct vault_place at;
	size_t field;
	struct vault_id first, copy;
	bool is_again; /* there is a copy already: it is made anew */
	struct str first_box, copy_box;
};

static int seal_as(struct visit *v, const struct keep_seat *seat, const struct vault_id *id,
	const char *field, struct str text, struct str *ret)
{
	struct vault_message said, ask = keep_about(seat, VAULT_SEAL);
	ask.object = *id;
	ask.field = str_c(field);
	ask.text = text;
	int result = vault_ask(v->house->vault, &ask, v->mem, &said);
	if (result == 0)
		*ret = said.box;
	wipe(&ask, sizeof ask);
	return result;
}

/* The accounts that hold the report's keys now. Those who keep names read what is first by that. */
static int who_may(struct visit *v, const struct keep_case *c, struct str *ret)
{
	struct locks_person *person = NULL;
	size_t n = 0;
	char room[VAULT_HOLDERS_MAX * 21] = "";
	size_t used = 0;
	int result = locks_people(v, c, &person, &n);
	for (size_t i = 0; result == 0 && i < n; i++) {
		if (person[i].is_out)
			continue;
		int more = snprintf(room + used, sizeof room - used, "%s%lld", used ? " " : "",
			(long long)person[i].account);
		if (more < 0 || (size_t)more >= sizeof room - used)
			return err_note(ERR_LIMIT, "too many hold keys of a case");
		used += (size_t)more;
	}
	*ret = arena_copy(v->mem, (struct str){ room, used });
	return result < 0 ? result : ret->p ? 0 : ERR_NOMEM;
}

static int seal_both(struct visit *v, const struct keep_case *c, const struct keep_seat *seat,
	const struct keep_shown *text, struct str copy, struct covering *k)
{
	struct str may = text->may, first = text->first, whole = { 0 };
	char id[KEEP_ID_CHARS + 1];
	int result = 0;
	k->at = seat->at;
	k->field = field_of(text);
	k->is_again = text->is_covered;
	if (k->is_again) {
		k->copy = text->id;
	} else {
		k->copy = vault_id_make();
		k->first = text->id;
		keep_id_text(&text->id, id);
		first = str_c(id);
		result = seat->role == VAULT_HANDLER ? who_may(v, c, &may) : 0;
		if (result == 0)
			result = seal_as(v, seat, &k->first, fields[k->field].first, text->text,
				&k->first_box);
	}
	if (result == 0)
		result = cover_write(v, first, may, copy, &whole);
	return result < 0 ? result
			  : seal_as(v, seat, &k->copy, fields[k->field].copy, whole, &k->copy_box);
}

/* The whole text with what was typed in it; without a fault it is another one. */
static int write_copy(struct visit *v, const struct keep_shown *text, struct str *ret)
{
	const struct cover_in *in = visit_in(v, struct cover_in);
	struct cover_view p = { 0 };
	struct told t = { 0 };
	int result = fill(v, text, in->question, &t, &p);
	if (result == 0 && p.is_report && !p.asked)
		result = err_note(ERR_MISSING, "no question that can be covered");
	if (result < 0)
		return result;
	if (str_eq(in->text, p.was))
		form_fault_add(&v->form, "text", MSG_protect_cover_same, 0);
	*ret = in->text;
	if (!p.is_report || v->form.n_fault)
		return 0;
	int field = def_field_find(t.answers.def, in->question);
	must(field >= 0);
	result = answers_set(&t.answers, field, 0, in->text);
	if (result == 0)
		result = told_write(&t, desk_of(v)->part, ret);
	return result < 0 ? result : 0;
}

/* 1: the case may be written to. */
static int find_open(struct visit *v, struct keep_case *c)
{
	auto_keep_seat seat = { 0 };
	const struct cover_desk *desk = desk_of(v);
	int result = desk == &at_name ? name_sit(v, c, &seat) : desk_find(v, c);
	if (result == 0)
		result = locks_due(v, c, desk->role);
	return result < 0 ? result : result == 0 && c->state != KEEP_CLOSED;
}

static int cover_check(struct visit *v)
{
	auto_keep_seat seat = { 0 };
	struct keep_case c = { 0 };
	struct keep_shown *text = NULL;
	struct str copy = { 0 };
	struct covering *k = arena_take(v->mem, sizeof *k);
	int result = k ? desk_enter(v) : ERR_NOMEM;
	if (result != VISIT_GO_ON)
		return result;
	*k = (struct covering){ 0 };
	result = find_open(v, &c);
	if (result == 0 || (result > 0 && v->form.n_fault))
		return visit_ended(show(v));
	if (result > 0)
		result = find_text(v, &c, &seat, &text);
	if (result == 0)
		result = write_copy(v, text, &copy);
	if (result == 0 && v->form.n_fault)
		return visit_ended(show(v));
	if (result == 0)
		result = seal_both(v, &c, &seat, text, copy, k);
	v->parked = k;
	return result < 0 ? result : VISIT_GO_ON;
}

/* The copy gets the place of what was written first, which goes behind everything. */
static int put_both(struct visit *v, const struct covering *k)
{
	struct cover_row_row row = { 0 };
	struct str of = keep_id_bytes(&k->at.of);
	int result = cover_row(v->db, v->mem, keep_id_bytes(&k->first), of, &row);
	if (result > 0)
		result = cover_first_put(v->db,
			(struct cover_first_put_in){ .id = keep_id_bytes(&k->first),
				.of = of,
				.epoch = k->at.epoch,
				.was = str_c(fields[k->field].base),
				.field = str_c(fields[k->field].first),
				.box = k->first_box });
	if (result <= 0)
		return result < 0 ? result : err_note(ERR_CONFLICT, "covered meanwhile");
	return cover_copy_add(v->db,
		(struct cover_copy_add_in){ .id = keep_id_bytes(&k->copy),
			.of = of,
			.n = row.n,
			.compartment = k->at.compartment,
			.epoch = k->at.epoch,
			.field = str_c(fields[k->field].copy),
			.account = v->who.account.v,
			.on_day = row.on_day,
			.box = k->copy_box });
}

static int cover_act(struct visit *v)
{
	const struct covering *k = v->parked;
	struct keep_case c = { 0 };
	v->is_quiet = true;
	int result = find_open(v, &c);
	if (result == 0)
		return err_note(ERR_CONFLICT, "a case that was closed meanwhile");
	if (result > 0)
		result = keep_is_now(v, &k->at);
	if (result == 0 && !k->is_again)
		result = put_both(v, k);
	else if (result == 0)
		result = cover_copy_put(v->db,
			(struct cover_copy_put_in){ .id = keep_id_bytes(&k->copy),
				.of = keep_id_bytes(&k->at.of),
				.epoch = k->at.epoch,
				.field = str_c(fields[k->field].copy),
				.box = k->copy_box });
	if (result >= 0)
		result = case_log_add(v, &c, CASE_COVERED, 0);
	return result < 0 ? result
			  : visit_goto(v, "/%s/%.*s?saved", desk_of(v)->base, STR_ARG(v->part[0]));
}

/* ---- what was written first ---- */

/* For those who held the keys when it was covered, and who keep names. */
static int find_first(struct visit *v, struct keep_case *c, struct keep_shown *ret)
{
	auto_keep_seat seat = { 0 };
	struct keep_shown *said = NULL;
	struct vault_id id = { 0 };
	size_t n = 0;
	bool may = false;
	int result = read_all(v, c, &seat, &said, &n);
	for (size_t i = 0; result == 0 && i < n; i++)
		may |= said[i].is_covered && !said[i].is_broken &&
			str_eq(said[i].first, v->part[1]) &&
			(seat.role == VAULT_CUSTODIAN || cover_may(said[i].may, v->who.account.v));
	if (result == 0 && may && keep_id_read(v->part[1], &id))
		result = keep_raw(v, &seat, &id, ret);
	return result < 0 ? result
		: result > 0 && cover_base(ret->field, &ret->field)
		? 0
		: err_note(ERR_MISSING, "no first text for them");
}

static int first_show(struct visit *v)
{
	struct keep_case c = { 0 };
	struct keep_shown first = { 0 };
	struct cover_seen_row row = { 0 };
	struct cover_view p = { .frame = visit_frame(
					v, visit_say(v, MSG_protect_cover_first_title, 0)),
		.form = &v->form,
		.is_name = desk_of(v) == &at_name,
		.object = v->part[1] };
	p.frame.area = FRAME_CASES;
	int result = find_first(v, &c, &first);
	if (result == 0)
		result = cover_seen(v->db, v->mem, keep_id_bytes(&c.id), v->who.account.v,
			v->now / DAY, CASE_UNCOVERED, &row);
	p.is_open = result > 0;
	p.is_open |= p.is_name && result >= 0; /* its reason stands with the name */
	if (p.is_open)
		result = told_find(v, &first, 1, p.is_name ? KEEP_CONTACT : KEEP_ANSWERS, &p.told);
	if (result < 0)
		return result;
	p.text = first.text;
	keep_id_text(&c.id, p.id);
	cover_first_page(&v->out, &p);
	return visit_page(v, 200);
}

static int first_act(struct visit *v)
{
	struct keep_case c = { 0 };
	struct keep_shown first = { 0 };
	v->is_quiet = true;
	int result = find_first(v, &c, &first);
	if (result == 0)
		result = case_log_add(v, &c, CASE_UNCOVERED, 0);
	return result < 0
		? result
		: visit_goto(v, "/cases/%.*s/first/%.*s", STR_ARG(v->part[0]), STR_ARG(v->part[1]));
}

const struct route cover_routes[] = {
	{ HTTP_GET, "/cases/:id/cover/:text", SIGNED_IN, NULL, desk_enter, show },
	{ HTTP_POST, "/cases/:id/cover/:text", SIGNED_IN, &cover_form_in, cover_check, cover_act },
	{ HTTP_GET, "/names/:id/cover/:text", SIGNED_IN, NULL, desk_enter, show },
	{ HTTP_POST, "/names/:id/cover/:text", SIGNED_IN, &cover_form_in, cover_check, cover_act },
	{ HTTP_GET, "/names/:id/first/:text", SIGNED_IN, NULL, desk_enter, first_show },
	{ HTTP_GET, "/cases/:id/first/:text", SIGNED_IN, NULL, desk_enter, first_show },
	{ HTTP_POST, "/cases/:id/first/:text", SIGNED_IN, NULL, desk_enter, first_act },
	{ 0 },
};
