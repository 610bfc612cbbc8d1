/*
 * I know the library's courses: lessons in Markdown, each with questions to check oneself. They
 * come with the program, in all languages (lessons/NAME.LANG.md); what a reader does with a
 * question is neither sent nor stored.
 *
 * A course is "# title" with an introduction, then lessons, "## title" with their text; behind it
 * questions:
 * "? question", choices "- one" if there are any, "! answer". Text and answers are Markdown.
 */
#pragma once
#include "account/route.h"
#include "render/frame.h"

enum { LEARN_LESSONS = 12, LEARN_QUESTIONS = 8, LEARN_CHOICES = 6, LEARN_QUERY = 60 };

struct learn_question {
	struct str words, choice[LEARN_CHOICES];
	size_t n_choice;
	struct str answer; /* Markdown */
	struct safe_html shown;
};
struct learn_lesson {
	struct str title, text; /* Markdown */
	struct safe_html shown;
	struct learn_question question[LEARN_QUESTIONS];
	size_t n_question;
};
struct learn_course {
	struct str title, intro;
	struct learn_lesson lesson[LEARN_LESSONS];
	size_t n_lesson;
};

/* learn_read(text, ret): Views into ${text}; nothing is made markup yet. ERR_INPUT: the note says
 * "line 3: what"; ERR_LIMIT: more than fits. */
int learn_read(struct str text, struct learn_course *ret) must_use;

struct learn_list_row {
	struct str name;
	struct learn_course *course;
	bool fits[LEARN_LESSONS]; /* what is looked for stands in the lesson */
	bool any;
};
struct learn_list_view {
	struct frame frame;
	struct str words;
	struct learn_list_row *row;
	size_t n, found;
};
struct learn_view {
	struct frame frame;
	struct str name;
	struct learn_course *course;
	size_t at; /* of a lesson, from 0 */
	bool is_offline;
};

extern const struct route learn_routes[];
