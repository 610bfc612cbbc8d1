/* I know what stands around every page: skip link, header, navigation, footer. */
#pragma once
#include "render/html.h"

/* Where in the house a page stands; marks the navigation. */
enum frame_area { FRAME_NONE, FRAME_TAKE_PART, FRAME_ABOUT, FRAME_DESK, FRAME_SITE };

struct frame {
	struct str title;   /* in the reader's language; the site's name is added */
	struct str site;    /* name of the house */
	struct str keeper;  /* who runs it; may be empty */
	struct str path;    /* of this page, without language: for the language links */
	struct str account; /* shown name of who is signed in; absent: nobody is */
	enum frame_area area;
	bool is_staff;   /* may enter the desk */
	bool is_admin;   /* may enter the site's rooms */
	bool is_sample;  /* content is made up, and the page says so */
	bool is_fault;   /* the title begins with "Error." */
	bool is_private; /* noindex */
	bool has_code;   /* a participant's code is with this browser */
};
