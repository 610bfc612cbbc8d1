#include "monitor/learn.h"
#include "monitor/learn.html.h"
#include "po/messages.h"
#include "render/markdown.h"
#include "static/assets.h"

#define LIT(w, literal) html_lit(w, literal, sizeof(literal) - 1)

extern const struct str lessons_hearing_ar, lessons_hearing_zh, lessons_hearing_en,
	lessons_hearing_fr, lessons_hearing_ru, lessons_hearing_es;

static const struct {
	const char *name;
	const struct str *text[LANG_COUNT];
} courses[] = {
	{ "hearing",
		{ [LANG_AR] = &lessons_hearing_ar,
			[LANG_ZH] = &lessons_hearing_zh,
			[LANG_EN] = &lessons_hearing_en,
			[LANG_FR] = &lessons_hearing_fr,
			[LANG_RU] = &lessons_hearing_ru,
			[LANG_ES] = &lessons_hearing_es } },
};
enum { COURSES = sizeof courses / sizeof *courses };

/* ---- reading ---- */

/* A text that grows line by line, without what is blank around it. */
static void extend(struct str *text, struct str line)
{
	if (!text->p && !str_trim(line).n)
		return;
	if (!text->p)
		*text = line;
	else if (str_trim(line).n)
		text->n = (size_t)(line.p + line.n - text->p);
}

static int add_choice(struct learn_question *q, struct str choice)
{
	if (q->n_choice == LEARN_CHOICES)
		return err_note(ERR_LIMIT, "too many choices");
	q->choice[q->n_choice++] = choice;
	return 0;
}

static int add_question(struct learn_lesson *l, struct str words)
{
	if (l->n_question == LEARN_QUESTIONS)
		return err_note(ERR_LIMIT, "too many questions");
	l->question[l->n_question++] = (struct learn_question){ .words = words };
	return 0;
}

static int add_lesson(struct learn_course *c, struct str title)
{
	if (c->n_lesson == LEARN_LESSONS)
		return err_note(ERR_LIMIT, "too many lessons");
	c->lesson[c->n_lesson++] = (struct learn_lesson){ .title = title };
	return 0;
}

/* Behind the first question of a lesson. */
static int take_question_line(struct learn_question *q, struct str line)
{
	if (q->answer.p) {
		extend(&q->answer, line);
		return 0;
	}
	if (str_starts(line, "- "))
		return add_choice(q, str_from(line, 2));
	if (str_starts(line, "! "))
		q->answer = str_from(line, 2);
	else if (str_trim(line).n)
		return err_note(ERR_INPUT, "a question goes on with choices and an answer");
	return 0;
}

static int take_line(struct learn_course *c, struct str line)
{
	struct learn_lesson *l = c->n_lesson ? &c->lesson[c->n_lesson - 1] : NULL;
	if (str_starts(line, "## "))
		return add_lesson(c, str_from(line, 3));
	if (l && str_starts(line, "? "))
		return add_question(l, str_from(line, 2));
	if (l && l->n_question)
		return take_question_line(&l->question[l->n_question - 1], line);
	if (!l && !c->title.n && str_starts(line, "# "))
		c->title = str_from(line, 2);
	else
		extend(l ? &l->text : &c->intro, line);
	return 0;
}

int learn_read(struct str text, struct learn_course *ret)
{
	struct learn_course c = { 0 };
	struct str line;
	int result = 0;
	for (size_t n = 1; result == 0 && str_cut(&text, '\n', &line); n++) {
		result = take_line(&c, line);
		if (result == ERR_INPUT)
			return err_note(ERR_INPUT, "line %zu: not a line of a course", n);
	}
	if (result == 0 && (!c.title.n || !c.n_lesson))
		result = err_note(ERR_INPUT, "a course has a title and lessons");
	if (result < 0)
		return result;
	*ret = c;
	return 0;
}

/* ---- a course of ours ---- */

static int show_lesson(struct arena *mem, struct learn_lesson *l)
{
	int result = markdown_html(mem, l->text, &l->shown);
	for (size_t i = 0; i < l->n_question && result == 0; i++)
		result = markdown_html(mem, l->question[i].answer, &l->question[i].shown);
	return result;
}

static int load(struct visit *v, size_t at, struct learn_course **ret)
{
	struct learn_course *c = arena_take(v->mem, sizeof *c);
	int result = c ? learn_read(*courses[at].text[v->lang->id], c) : ERR_NOMEM;
	for (size_t i = 0; result == 0 && i < c->n_lesson; i++)
		result = show_lesson(v->mem, &c->lesson[i]);
	if (result == 0)
		*ret = c;
	return result == ERR_INPUT ? ERR_BUG : result;
}

static int here(struct visit *v, struct learn_view *p)
{
	for (size_t i = 0; i < COURSES; i++)
		if (str_is(v->part[0], courses[i].name)) {
			p->name = v->part[0];
			return load(v, i, &p->course);
		}
	return err_note(ERR_MISSING, "no such course");
}

/* ---- pages ---- */

static char small(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* Letters of ASCII are the same large and small. */
static bool stands_in(struct str text, struct str words)
{
	for (size_t i = 0; i + words.n <= text.n; i++) {
		size_t k = 0;
		while (k < words.n && small(text.p[i + k]) == small(words.p[k]))
			k++;
		if (k == words.n)
			return true;
	}
	return false;
}

static bool fits(const struct learn_lesson *l, struct str words)
{
	bool is = stands_in(l->title, words) || stands_in(l->text, words);
	for (size_t i = 0; i < l->n_question && !is; i++)
		is = stands_in(l->question[i].words, words) ||
			stands_in(l->question[i].answer, words);
	return is;
}

static int list_show(struct visit *v)
{
	struct learn_list_view p = { .words = str_trim(http_query(v->req, "q")) };
	int result = 0;
	if (p.words.n > LEARN_QUERY * 4)
		p.words = STR("");
	p.row = arena_array(v->mem, COURSES, sizeof *p.row);
	if (!p.row)
		return ERR_NOMEM;
	for (size_t i = 0; i < COURSES && result == 0; i++) {
		struct learn_list_row *row = &p.row[p.n++];
		row->name = str_c(courses[i].name);
		result = load(v, i, &row->course);
		for (size_t k = 0; result == 0 && k < row->course->n_lesson; k++) {
			row->fits[k] = !p.words.n || fits(&row->course->lesson[k], p.words);
			row->any |= row->fits[k];
			p.found += row->fits[k];
		}
	}
	if (result < 0)
		return result;
	v->is_public = true;
	p.frame = visit_frame(v, visit_say(v, MSG_learn_list_title, 0));
	p.frame.area = FRAME_LEARN;
	learn_list_page(&v->out, &p);
	return visit_page(v, 200);
}

static int course_show(struct visit *v)
{
	struct learn_view p = { 0 };
	int result = here(v, &p);
	if (result < 0)
		return result;
	v->is_public = true;
	p.frame = visit_frame(v, p.course->title);
	p.frame.area = FRAME_LEARN;
	learn_course_page(&v->out, &p);
	return visit_page(v, 200);
}

static int lesson_show(struct visit *v)
{
	struct learn_view p = { 0 };
	int64_t n;
	int result = here(v, &p);
	if (result < 0)
		return result;
	if (!str_i64(v->part[1], &n) || n < 1 || (size_t)n > p.course->n_lesson)
		return err_note(ERR_MISSING, "no such lesson");
	p.at = (size_t)n - 1;
	v->is_public = true;
	p.frame = visit_frame(v, p.course->lesson[p.at].title);
	p.frame.area = FRAME_LEARN;
	learn_lesson_page(&v->out, &p);
	return visit_page(v, 200);
}

/* One file that needs no other: with its stylesheet inside and without links into the house. */
static int offline_show(struct visit *v)
{
	struct learn_view p = { .is_offline = true };
	const struct asset *style = asset_named(STR("site.css"));
	int result = here(v, &p);
	if (result < 0)
		return result;
	must(p.course);
	struct html *w = &v->out;
	LIT(w, "<!doctype html>\n<html lang=\"");
	html_text_str(w, v->lang->tag);
	LIT(w, "\" dir=\"");
	html_text_str(w, v->lang->dir);
	LIT(w,
		"\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" "
		"content=\"width=device-width,initial-scale=1\"><title>");
	html_text_str(w, p.course->title);
	LIT(w, "</title><style>");
	html_lit(w, style->body.p, style->body.n);
	LIT(w, "</style></head><body><main id=\"main\"><div class=\"wrap\">");
	learn_offline(w, &p);
	LIT(w, "</div></main></body></html>\n");
	if (w->out.failed)
		return w->out.failed;
	v->is_public = true;
	struct str body = arena_copy(v->mem, buf_view(&w->out));
	w->out.n = 0;
	return body.p ? visit_bytes(v, "text/html; charset=utf-8", body, "lessons.html")
		      : ERR_NOMEM;
}

const struct route learn_routes[] = {
	/* method    path                   who     input check act */
	{ HTTP_GET, "/learn", ANYONE, NULL, NULL, list_show },
	{ HTTP_GET, "/learn/:course", ANYONE, NULL, NULL, course_show },
	{ HTTP_GET, "/learn/:course/offline.html", ANYONE, NULL, NULL, offline_show },
	{ HTTP_GET, "/learn/:course/:n", ANYONE, NULL, NULL, lesson_show },
	{ 0 },
};
