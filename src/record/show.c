#include "record/show.h"
#include "account/who.h"
#include "po/messages.h"
#include "record/list.h"
#include "record/record.sql.h"
#include "record/routes.h"
#include "record/show.html.h"
#include "record/show.sql.h"

struct words_in {
	struct str words, move;
	bool is_note;
};
#define AT(member) .at = offsetof(struct words_in, member)
static const struct form move_form = {
	.name = "move",
	.size = sizeof(struct words_in),
	.field = { { "move", FIELD_LINE, .is_required = true, .max = 40, AT(move) },
		{ "words", FIELD_TEXT, .max = RECORD_WORDS_MAX, AT(words) } },
};
static const struct form say_form = {
	.name = "say",
	.size = sizeof(struct words_in),
	.field = { { "said", FIELD_TEXT, .is_required = true, .max = RECORD_WORDS_MAX, AT(words) },
		{ "note", FIELD_BOOL, AT(is_note) } },
};

/* ---- thread and log ---- */

/* Whoever reads it by more than being everybody or its author. */
static bool is_team(const struct record *r)
{
	uint32_t roles = r->can.roles & ~(1u << DEF_PUBLIC | 1u << DEF_AUTHOR);
	return def_may(r->form->def, roles, r->state) & DEF_READ;
}

static bool is_author(const struct record *r, const struct chain_line *line)
{
	return (line->account.has && r->account.has && line->account.v == r->account.v) ||
		(line->participant.has && r->participant.has &&
			line->participant.v == r->participant.v);
}

static int name_of(struct visit *v, const struct chain_line *line, struct str *ret)
{
	struct show_person_row row;
	int result = line->account.has ? show_person(v->db, v->mem, line->account.v, &row) : 0;
	if (result > 0)
		*ret = row.name;
	return result < 0 ? result : 0;
}

static int name_fields(struct visit *v, const struct show_view *p, struct show_line *to)
{
	struct str rest = to->line->fields, one;
	to->field = arena_array(v->mem, DEF_FIELDS_MAX, sizeof *to->field);
	if (!to->field)
		return ERR_NOMEM;
	while (str_cut(&rest, ' ', &one)) {
		int field = def_field_find(p->r.form->def, one);
		if (field >= 0 && to->n_field < DEF_FIELDS_MAX)
			to->field[to->n_field++] = p->labels->label[field];
	}
	return 0;
}

/* The author reads messages; whoever works with it reads all. */
static bool is_theirs(const struct show_view *p, const struct chain_line *line)
{
	bool is_mine = p->r.can.roles >> DEF_AUTHOR & 1;
	bool has_word = line->kind == CHAIN_MESSAGE || line->kind == CHAIN_MOVED;
	return p->is_team || (is_mine && has_word);
}

static int take_line(struct visit *v, struct show_view *p, const struct chain_line *line)
{
	const struct def *def = p->r.form->def;
	const struct lang *lang = lang_by_code(line->lang);
	struct show_line *to = &p->line[p->n_line];
	int move = def_move_find(def, line->move), state = def_state_find(def, line->state_to);
	if (!is_theirs(p, line))
		return 0;
	*to = (struct show_line){
		.line = line, .is_author = is_author(&p->r, line), .lang = lang ? lang : v->lang
	};
	if (move >= 0)
		to->move = p->labels->move[move];
	if (move >= 0 && line->kind == CHAIN_MOVED)
		to->message = p->labels->message[move];
	if (state >= 0)
		to->state = p->labels->state[state];
	p->n_line++;
	p->n_word += line->words.n || to->message.s.n;
	int result = p->is_team ? name_of(v, line, &to->who) : 0;
	return result < 0 ? result : name_fields(v, p, to);
}

static int load_lines(struct visit *v, struct show_view *p)
{
	struct chain_line *line;
	size_t n;
	int result = chain_read(v->db, v->mem, p->r.id, p->r.body, &line, &n, &p->holds);
	if (result < 0)
		return result;
	p->line = arena_array(v->mem, n + 1, sizeof *p->line);
	result = p->line ? 0 : ERR_NOMEM;
	for (size_t i = 0; i < n && result == 0; i++)
		result = take_line(v, p, &line[i]);
	return result;
}

/* ---- what may be done ---- */

static int load_moves(struct visit *v, struct show_view *p)
{
	struct record_by by = record_by(v);
	const struct def *def = p->r.form->def;
	int result = 0;
	for (int i = 0; i < (int)def->n_move && result == 0; i++) {
		struct show_move one = { .move = i, .label = p->labels->move[i] };
		if (!(p->r.can.moves >> i & 1))
			continue;
		result = record_lacks(&by, &p->r, i, STR("x"), &one.lacks);
		one.needs_note = def->move[i].needs & NEEDS_NOTE;
		p->move[p->n_move++] = one;
	}
	return result;
}

static int load_links(struct visit *v, struct show_view *p)
{
	struct record_links_row *row;
	size_t n = 0;
	struct record_by by = record_by(v);
	int result = record_links(v->db, v->mem, p->r.id, &row, &n);
	p->link = arena_array(v->mem, n + 1, sizeof *p->link);
	if (result >= 0 && !p->link)
		return ERR_NOMEM;
	for (size_t i = 0; i < n && result >= 0; i++) {
		struct record other;
		result = record_find(&by, v->house->shelf, row[i].uid, &other);
		if (result == 0)
			p->link[p->n_link++] = (struct show_link){ row[i].uid, row[i].ref,
				shelf_labels(other.form, v->lang)->title,
				(enum record_link)row[i].kind, row[i].is_from != 0 };
		if (result == ERR_MISSING)
			result = 0;
	}
	return result < 0 ? result : 0;
}

static void judge(struct show_view *p)
{
	const struct record_can *can = &p->r.can;
	p->is_team = is_team(&p->r);
	p->can_change = can->may & (DEF_WRITE | DEF_ADD);
	p->can_say = can->may & DEF_SAY;
	p->can_note = can->may & DEF_NOTE_DOWN;
	p->can_follow = (p->r.can.roles >> DEF_AUTHOR & 1 && def_tells(p->r.form->def, "author")) ||
		(can->may & DEF_FOLLOW && def_tells(p->r.form->def, "followers"));
	p->keep_days = p->r.form->def->keep_days;
	for (int i = 0; i < (int)p->r.form->def->n_field; i++)
		p->has_sealed |= def_fields_have(&p->r.form->left_out, i);
}

/* ---- the page ---- */

static int find(struct visit *v, struct show_view *p)
{
	struct record_by by = record_by(v);
	int result = record_find(&by, v->house->shelf, v->part[0], &p->r);
	if (result == 0)
		p->labels = shelf_labels(p->r.form, v->lang);
	return result;
}

static int load(struct visit *v, struct show_view *p)
{
	const struct lang *lang = lang_by_code(p->r.lang);
	struct shown_how how = { p->labels, lang ? lang : v->lang, &p->r.can.reads, false, -1,
		p->r.uid };
	judge(p);
	p->title = list_title(&p->r.answers, &p->r.can.reads);
	int result = shown_make(&p->r.answers, &how, &p->shown);
	if (result == 0)
		result = load_lines(v, p);
	if (result == 0)
		result = load_moves(v, p);
	return result == 0 ? load_links(v, p) : result;
}

static int end(struct visit *v, struct show_view *p, int status)
{
	int result = load(v, p);
	if (result < 0)
		return result;
	p->crumb = (struct record_crumb){ .labels = p->labels,
		.name = p->r.form->def->id,
		.uid = p->r.uid,
		.ref = p->r.ref,
		.here = MSG_NONE };
	p->is_saved = http_query(v->req, "saved").p != NULL;
	p->can_follow = p->can_follow && v->house->post;
	p->is_sent = http_query(v->req, "sent").p != NULL;
	/* A page with a form is one person's. */
	v->is_public = status == 200 && !v->who.account.v && !v->who.participant.v && !p->n_move &&
		!p->can_say && !p->can_note && !p->can_change;
	p->frame = visit_frame(v, p->title.n ? p->title : p->r.ref);
	p->frame.area = FRAME_RECORDS;
	p->frame.is_fault = status != 200;
	p->frame.is_private = !(def_may(p->r.form->def, 1u << DEF_PUBLIC, p->r.state) & DEF_READ);
	record_page(&v->out, p);
	return visit_page(v, status);
}

static int record_show(struct visit *v)
{
	struct show_view p = { 0 };
	int result = find(v, &p);
	return result < 0 ? result : end(v, &p, 200);
}

/* ---- moves ---- */

static int move_check(struct visit *v)
{
	const struct words_in *in = visit_in(v, struct words_in);
	struct show_view p = { .form = &v->form };
	struct record_by by = record_by(v);
	int lacks = 0, result = find(v, &p);
	if (result < 0)
		return result;
	int move = def_move_find(p.r.form->def, in->move);
	if (move < 0)
		return err_note(ERR_INPUT, "no such move");
	if (!(p.r.form->def->move[move].from >> p.r.state & 1))
		return err_note(ERR_CONFLICT, "not a move from where it stands");
	if (!(p.r.can.moves >> move & 1))
		return err_note(ERR_DENIED, "not their move");
	result = record_lacks(&by, &p.r, move, in->words, &lacks);
	if (result < 0)
		return result;
	if (lacks & NEEDS_NOTE)
		form_fault_add(&v->form, "words", MSG_record_fault_reason, 0);
	if (lacks & ~(NEEDS_NOTE | NEEDS_TWO_PEOPLE))
		form_fault_add(&v->form, "move", MSG_record_fault_move, 0);
	if (!v->form.n_fault)
		return VISIT_GO_ON;
	result = end(v, &p, 422);
	return result < 0 ? result : visit_ended(result);
}

static int move_act(struct visit *v)
{
	const struct words_in *in = visit_in(v, struct words_in);
	struct show_view p = { 0 };
	struct record_by by = record_by(v);
	struct record_done done;
	int result = find(v, &p);
	if (result == 0)
		result = record_write(&by, v->house->shelf,
			&(struct record_job){ .what = CHAIN_MOVED,
				.uid = p.r.uid,
				.move = def_move_find(p.r.form->def, in->move),
				.words = in->words },
			&done);
	if (result < 0)
		return result;
	/* The move may have taken it out of their sight. */
	result = find(v, &p);
	if (result == ERR_MISSING)
		return visit_goto(v, "/records/%.*s", STR_ARG(p.r.form->def->id));
	return result < 0 ? result : visit_goto(v, "/record/%.*s?saved", STR_ARG(p.r.uid));
}

/* ---- words ---- */

static int say_check(struct visit *v)
{
	struct show_view p = { .form = &v->form };
	int result = find(v, &p);
	if (result < 0)
		return result;
	if (!(p.r.can.may & (DEF_SAY | DEF_NOTE_DOWN)))
		return err_note(ERR_DENIED, "not for them to say anything");
	if (!v->form.n_fault)
		return VISIT_GO_ON;
	result = end(v, &p, 422);
	return result < 0 ? result : visit_ended(result);
}

static int say_act(struct visit *v)
{
	const struct words_in *in = visit_in(v, struct words_in);
	struct record_by by = record_by(v);
	struct record_done done;
	v->is_quiet = true;
	int result = record_write(&by, v->house->shelf,
		&(struct record_job){ .what = in->is_note ? CHAIN_NOTE : CHAIN_MESSAGE,
			.uid = v->part[0],
			.words = in->words },
		&done);
	return result < 0 ? result
			  : visit_goto(v, "/record/%.*s?saved#thread", STR_ARG(v->part[0]));
}

static int change_act(struct visit *v)
{
	struct show_view p = { 0 };
	struct str uid = { 0 };
	v->is_quiet = true;
	int result = find(v, &p);
	if (result == 0)
		result = draft_begin(v, p.r.form, &p.r, &uid);
	return result < 0 ? result : visit_goto(v, "/draft/%.*s", STR_ARG(uid));
}

const struct route record_show_routes[] = {
	/* method    path                    who     input       check       act */
	{ HTTP_GET, "/record/:uid", ANYONE, NULL, NULL, record_show },
	{ HTTP_POST, "/record/:uid/move", ANYONE, &move_form, move_check, move_act },
	{ HTTP_POST, "/record/:uid/say", ANYONE, &say_form, say_check, say_act },
	{ HTTP_POST, "/record/:uid/change", ANYONE, NULL, NULL, change_act },
	{ 0 },
};
