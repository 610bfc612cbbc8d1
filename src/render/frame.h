/* I know what stands around every page: skip link, header, navigation, footer. The template is
 * frame.html; a page says {{within frame (&f)}}. */
#pragma once
#include "render/html.h"

/* Where in the house a page stands; marks the navigation. */
enum frame_area {
	FRAME_NONE,
	FRAME_TAKE_PART,
	FRAME_WORDS,
	FRAME_ABOUT,
	FRAME_DESK,
	FRAME_PEOPLE,
	FRAME_ANSWERS,
	FRAME_RECORDS,
	FRAME_CASES,
	FRAME_DATA,
	FRAME_LEARN
};

struct frame {
	struct str title;   /* in the reader's language; the house's name is added */
	struct str site;    /* name of the house */
	struct str keeper;  /* who runs it; may be empty */
	struct str path;    /* of this page, without language: for the language links */
	struct url feed;    /* of what is new there; absent: none */
	struct str account; /* shown name of who is signed in; absent: nobody is */
	enum frame_area area;
	bool is_staff;          /* may enter the desk */
	bool is_responder;      /* may enter the room of those who must answer */
	int64_t late, due_soon; /* asks that wait there */
	bool is_handler;        /* holds keys to reports */
	bool takes_reports;     /* somebody here receives them */
	bool is_admin;          /* may enter the site's rooms */
	bool is_sample;         /* content is made up, and the page says so */
	bool is_fault;          /* the title begins with the word for an error */
	bool is_private;        /* not for search engines */
	bool has_mail;          /* people may follow by mail */
	bool is_easy;           /* in easy words, where there are some */
	bool has_easy;          /* there are some in this house */
	bool has_code;          /* a participant's code is with this browser */
};

/* frame_style(): The address of the stylesheet. frame_icon(): Of the icon. */
struct url frame_style(void);
struct url frame_icon(void);

/* frame_in(w, f, l): This page in language ${l}; easy words stay as they are chosen. */
struct url frame_in(struct html *w, const struct frame *f, const struct lang *l);

/* frame_easy(w, f): This page with easy words switched on, or off where they are on. */
struct url frame_easy(struct html *w, const struct frame *f);
