/* I am the room of those who run consultations: the list of theirs, the tabs of one, and the
 * way to a new one. */
#pragma once
#include "account/audit_watch.h"
#include "account/fault.h"
#include "account/route.h"
#include "participate/space.h"

enum {
	DESK_MAX = 200, /* consultations in the list */
	SLUG_MIN = 3,
	SLUG_MAX = 60,
	/* Who may open which pages; the tabs ask the same. */
	MAY_PLAN = ROLE_ORGANISER,
	MAY_MODERATE = ROLE_MODERATOR | ROLE_ORGANISER,
	MAY_TRANSLATE = ROLE_TRANSLATOR | ROLE_MODERATOR | ROLE_ORGANISER,
	MAY_EDIT = ROLE_EDITOR | ROLE_ORGANISER,
	ROLES_SPACE = ROLE_ORGANISER | ROLE_MODERATOR | ROLE_TRANSLATOR | ROLE_EDITOR |
		ROLE_RESPONDER,
};

struct desk_row {
	struct space s;
	int64_t waiting, flagged, untranslated;
	int64_t review;     /* asks whose answer is to be looked at again */
	int64_t comments;   /* on asks, that wait for a moderator */
	int64_t end_at;     /* when it will be deleted; 0: nobody was warned of that */
	bool lacks_summary; /* it is over, and no ask of it is public */
};

struct desk_view {
	struct frame frame;
	const struct form_result *form;
	const struct desk_row *row;
	size_t n_row;
	int64_t now;
	bool has_reminder;
	int lang; /* enum lang_id chosen for a new one */
	bool may_make;
	bool shows_log; /* to an administrator: how the log of what was done stands */
	struct audit_seen log;
};

/* desk_here(v, roles, ret): The space of a desk page whose first :name is the slug, for whoever
 * has one of ${roles} in it. ERR_MISSING, ERR_DENIED. Public pages stay as they are cached only
 * if the caller says so. */
int desk_here(struct visit *v, int roles, struct space *ret) must_use;

/* desk_frame(v, s, title): The frame of a desk page; its title names the space, too. */
struct frame desk_frame(struct visit *v, const struct space *s, int title);

/* desk_status(v): Of a page with a form: 200, or 422 with faults. desk_saved(v): "?saved" is in
 * the address. */
int desk_status(const struct visit *v);
bool desk_saved(const struct visit *v);

/* desk_untranslated(v, s, ret): How many published questions, contributions and statements lack
 * a text in one of the space's languages, each language counted. A machine's does not count. */
int desk_untranslated(struct visit *v, const struct space *s, int64_t *ret) must_use;

/* slug_is_fine(s): Small Latin letters, digits and single dashes between. slug_from(title, mem):
 * Such a one from a title; absent when it holds too few letters. */
bool slug_is_fine(struct str s);
struct str slug_from(struct str title, struct arena *mem);

/* desk_slug_free(v, wish, ret): ${wish}, or with a number behind it, that no space has yet;
 * absent ${wish}: a drawn one. */
int desk_slug_free(struct visit *v, struct str wish, struct str *ret) must_use;

/* desk_uid(v): 16 hexadecimal digits at random. */
struct str desk_uid(struct visit *v);

/* lang_codes: "ar", "zh" … for fields; index and bit as in enum lang_id. */
extern const char *const lang_codes[LANG_COUNT + 1];

/* What the fields of all desk forms are called above them. */
extern const struct fault_label desk_labels[];

extern const struct route desk_routes[];
