/* I lead those who translate through what is missing in a language, easy-read among them, and
 * keep their words beside the author's, never over them. */
#pragma once
#include "account/fault.h"
#include "account/route.h"
#include "participate/item.h"

enum {
	TRANSLATE_LANGS = 2 * LANG_COUNT, /* each, and each in easy words */
	TRANSLATE_TITLE_MAX = 2 * TITLE_MAX,
	TRANSLATE_BODY_MAX = 2 * CONTRIBUTION_MAX, /* translations grow */
	TRANSLATE_SHORT_MAX = 2 * STATEMENT_MAX,
};

/* translate_codes: Of fields: "ar" …, then "ar-easy" …; index i % LANG_COUNT is an enum lang_id. */
extern const char *const translate_codes[TRANSLATE_LANGS + 1];
/* translate_is_easy(at): That index stands for easy words. */
bool translate_is_easy(int at);
/* translate_tag(at): Of a text in it, for lang=. */
struct str translate_tag(int at);
/* translate_code_at(code): Index in translate_codes, or -1. */
int translate_code_at(struct str code);

struct translate_row {
	struct item item; /* as its author wrote it */
	bool is_old;      /* there is a translation, and the author changed the words since */
	bool is_machine;  /* there is one by a machine */
};

struct translate_view {
	struct frame frame;
	struct space s;
	const struct form_result *form;
	const struct fault_label *label;
	int64_t now;
	int at;       /* language: index in translate_codes */
	int64_t kind; /* chosen: enum item_kind, 0: all */
	int64_t left; /* how many are missing */
	bool has_next, is_saved, may_review;
	bool lacks_space; /* the consultation's own texts are missing in that language */
	bool may_plan;    /* an organiser: may add those */
	int64_t page;
	const struct translate_row *row;
	size_t n_row;
	/* One item: */
	struct item item;
	struct safe_html html;
	struct str title, body;         /* now in the fields */
	struct str now_title, now_body; /* kept meanwhile by somebody else */
	int64_t version;                /* of the translation, 0: none yet */
	enum text_origin origin;
	bool is_late;
};

extern const struct route translate_routes[];
