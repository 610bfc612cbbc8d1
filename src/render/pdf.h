/*
 * I draw documents as PDF: A4, tagged, with an outline, in any script that the system has fonts
 * for, from right to left where that is how the page's language runs.
 *
 * A document is a list of blocks, which I place one below the other. Pango and fontconfig keep
 * what they have opened until the process ends: I am for a process of my own (render/press.h).
 */
#pragma once
#include "base/arena.h"
#include "base/buf.h"

enum pdf_role {
	PDF_EYEBROW, /* above the title */
	PDF_TITLE,
	PDF_LEAD,
	PDF_BAR,     /* shares ${n}; the keys below say what they are */
	PDF_KEY,     /* text, beside the colour of part ${n[0]}; three in a row */
	PDF_FIGURE,  /* ${mark} large, the text below it; four in a row */
	PDF_SECTION, /* a heading, in the outline */
	PDF_NUMBER,  /* begins a card: the text, and ${mark} at the end in ${tone} */
	PDF_CARD,    /* the heading of a card, in the outline below its section */
	PDF_TEXT,
	PDF_SMALL,
	PDF_QUOTE,
	PDF_ROLES
};
enum pdf_tone { TONE_PLAIN, TONE_OK, TONE_INFO, TONE_WARN, TONE_DANGER, TONES };
enum { PDF_PARTS = 5, PDF_BLOCKS = 40000 };

struct pdf_block {
	enum pdf_role role;
	enum pdf_tone tone;
	struct str text, lang; /* UTF-8; a BCP 47 tag */
	struct str url;        /* where it leads; absent: nowhere */
	struct str mark;
	int64_t n[PDF_PARTS];
};
struct pdf {
	struct str title, author, lang; /* of the document; lang: a BCP 47 tag */
	struct str page_of;             /* "Page {page} of {pages}" */
	struct str sample;              /* below every page; absent: not a sample */
	bool is_rtl;
	const struct pdf_block *block;
	size_t n_block;
};

/* pdf_draw(d, ret): The file, appended. ERR_MISSING: no font for the title's letters. */
int pdf_draw(const struct pdf *d, struct buf *ret) must_use;

/* pdf_to_json(d, ret), pdf_from_json(mem, s, ret): A document on its way to another process.
 * ERR_INPUT: that is none. */
int pdf_to_json(const struct pdf *d, struct buf *ret) must_use;
int pdf_from_json(struct arena *mem, struct str s, struct pdf *ret) must_use;
