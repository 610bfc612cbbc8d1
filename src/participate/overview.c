#include "participate/overview.h"
#include "participate/list.h"
#include "participate/overview.html.h"
#include "participate/overview.sql.h"
#include "po/messages.h"

static int load_counts(struct visit *v, struct overview_view *o)
{
	struct space_people_row people;
	struct space_statements_row statements;
	struct space_asks_row asks;
	int result = space_people(v->db, v->mem, o->s.id, &people);
	if (result >= 0)
		result = space_statements(v->db, v->mem, o->s.id, &statements);
	if (result >= 0)
		result = space_asks(v->db, v->mem, o->s.id, &asks);
	if (result < 0)
		return result;
	o->people = people.people;
	o->countries = people.countries;
	o->statements = statements.n;
	o->asks = asks.n;
	return 0;
}

static int load_questions(struct visit *v, struct overview_view *o)
{
	struct space_questions_row *row;
	int result = space_questions(
		v->db, v->mem, o->s.id, visit_words(v), v->lang->code, &row, &o->n_question);
	if (result < 0)
		return result;
	struct overview_question *q = arena_array(v->mem, o->n_question + 1, sizeof *q);
	if (!q)
		return ERR_NOMEM;
	for (size_t i = 0; i < o->n_question; i++)
		q[i] = (struct overview_question){ row[i].number, row[i].answers, row[i].title,
			lang_plain(row[i].lang) };
	o->question = q;
	return 0;
}

static int load_documents(struct visit *v, struct overview_view *o)
{
	struct space_documents_row *row;
	int result = space_documents(v->db, v->mem, o->s.id, v->lang->code, &row, &o->n_document);
	if (result < 0)
		return result;
	struct overview_document *d = arena_array(v->mem, o->n_document + 1, sizeof *d);
	if (!d)
		return ERR_NOMEM;
	for (size_t i = 0; i < o->n_document; i++)
		d[i] = (struct overview_document){ row[i].number, row[i].title, row[i].lang };
	o->document = d;
	return 0;
}

static int load_newest(struct visit *v, struct overview_view *o)
{
	struct space_newest_row *row;
	struct post_eyes eyes = { .s = &o->s, .back = v->path };
	int result = seat_find(v, o->s.id, &eyes.seat);
	if (result >= 0)
		result = space_newest(v->db, v->mem, o->s.id, &row, &o->n_newest);
	if (result < 0)
		return result;
	struct post *post = arena_array(v->mem, o->n_newest + 1, sizeof *post);
	if (!post)
		return ERR_NOMEM;
	for (size_t i = 0; i < o->n_newest && result >= 0; i++)
		result = post_load(v, &eyes, row[i].id, &post[i]);
	o->newest = post;
	return result < 0 ? result : 0;
}

/* "English, français": the languages a consultation is held in, each by its own name. */
static struct str name_languages(struct visit *v, int64_t langs)
{
	struct str name[LANG_COUNT];
	size_t n = 0;
	for (int i = 0; i < LANG_COUNT; i++)
		if (langs & (1 << i))
			name[n++] = lang_of((enum lang_id)i)->name;
	return lang_list(v->lang, v->mem, name, n);
}

static int write_times(struct visit *v, struct overview_view *o)
{
	int64_t opens = space_opens(&o->s), ends = space_ends(&o->s);
	o->when = opens ? lang_date_range(v->lang, v->mem, opens, ends - DAY) : (struct str){ 0 };
	o->phase_when = arena_array(v->mem, o->s.n_phase + 1, sizeof *o->phase_when);
	if (!o->phase_when)
		return ERR_NOMEM;
	for (size_t i = 0; i < o->s.n_phase; i++)
		o->phase_when[i] = lang_date_range(
			v->lang, v->mem, o->s.phase[i].starts, o->s.phase[i].ends - DAY);
	o->now = v->now;
	o->notice_days = space_notice_days(&o->s, v->now);
	o->is_short_notice = o->s.announced_at.has && opens && o->notice_days < SPACE_NOTICE_DAYS;
	o->languages = name_languages(v, o->s.langs);
	return 0;
}

static int overview_show(struct visit *v)
{
	struct overview_view o = { 0 };
	int result = space_here(v, &o.s);
	if (result == 0)
		result = load_counts(v, &o);
	if (result == 0)
		result = load_questions(v, &o);
	if (result == 0)
		result = load_documents(v, &o);
	if (result == 0)
		result = load_newest(v, &o);
	if (result == 0)
		result = write_times(v, &o);
	if (result < 0)
		return result;
	v->is_public = o.s.access == SPACE_EVERYONE && o.s.state != SPACE_DRAFT;
	o.frame = visit_frame(v, o.s.title);
	o.frame.area = FRAME_TAKE_PART;
	o.frame.is_sample |= o.s.is_sample;
	overview_page(&v->out, &o);
	return visit_page(v, 200);
}

const struct route overview_routes[] = {
	/* method  path        who     input check act */
	{ HTTP_GET, "/c", ANYONE, NULL, NULL, list_show },
	{ HTTP_GET, "/c/:slug", ANYONE, NULL, NULL, overview_show },
	{ 0 },
};
