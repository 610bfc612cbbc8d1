/*
 * I know what was done in this house, by whom and when; never what was said.
 *
 * Lines are only ever added. Each carries a mark: the BLAKE2b of the mark before it and of
 * the line, so that a line that was changed, taken out, moved or slipped in shows, and the
 * newest mark, written on paper, speaks for all lines up to it. Hashed are these letters:
 *
 *   MARK NUMBER AT ACCOUNT WHAT SPACE REF N PUBLIC
 *
 * with the mark before as 64 hexadecimal digits (of the first line: zeros) and the others in
 * decimal, one blank between them; "b2sum -l 256" gives the same.
 */
#pragma once
#include "account/visit.h"
#include "crypto/crypto.h"

/* What kind of thing was done: the hundreds of enum audit_what. */
enum audit_kind {
	AUDIT_SIGN_IN = 1,
	AUDIT_MODERATION,
	AUDIT_ROLES,
	AUDIT_SPACE,
	AUDIT_EXPORT,
	AUDIT_SETTINGS,
	AUDIT_KEEPING,
	AUDIT_KINDS, /* one more than the last */
};

/* What was done. The numbers are kept for ever: add new ones behind, change none. */
enum audit_what {
	AUDIT_SIGNED_IN = 101, /* with a password alone */
	AUDIT_SIGNED_IN_STEP,  /* and a second step */
	AUDIT_SIGNED_IN_PAPER, /* and a recovery code */
	AUDIT_WRONG,           /* ref: whose; n: wrong passwords or codes within an hour */
	AUDIT_STEP_ON,         /* second step */
	AUDIT_STEP_OFF,
	AUDIT_CODES_MADE, /* recovery codes */
	AUDIT_PASSWORD_SET,
	AUDIT_SESSIONS_ENDED, /* all of one's own */
	AUDIT_ESCROW_ON,      /* one's own key, for two of three officers */
	AUDIT_ESCROW_OFF,

	AUDIT_LET_THROUGH = 201, /* in the order of decision.verdict; ref: the item's id */
	AUDIT_SENT_BACK,
	AUDIT_HIDDEN,
	AUDIT_MERGED,
	AUDIT_MOVED,
	AUDIT_FLAG_ASIDE,

	AUDIT_FIRST_ADMIN = 301, /* ref from here on: whose account */
	AUDIT_ACCOUNT_MADE,      /* from the console */
	AUDIT_INVITED,
	AUDIT_INVITE_CANCELLED,
	AUDIT_INVITE_TAKEN,
	AUDIT_RESET_ASKED, /* a link for a new password */
	AUDIT_RESET_TAKEN,
	AUDIT_ROLES_SET, /* n: the set of enum role */
	AUDIT_ACCOUNT_OFF,
	AUDIT_ACCOUNT_ON,
	AUDIT_FORM_ROLE_GIVEN, /* a role of a form, not of the site; n: the form's number */
	AUDIT_FORM_ROLE_TAKEN,
	AUDIT_HOLDER_ADDED, /* n from here to AUDIT_HOLDER_GONE: the channel */
	AUDIT_HOLDER_GONE,
	AUDIT_DEVICE_ADDED, /* that fills in forms in an account's name */
	AUDIT_DEVICE_ENDED,
	AUDIT_ESCROW_OFFICER, /* one of the three */
	AUDIT_ESCROW_ASKED,   /* to open somebody's key, as of the next */
	AUDIT_ESCROW_REFUSED, /* by them */
	AUDIT_ESCROW_PART,
	AUDIT_ESCROW_OPENED,

	AUDIT_SPACE_MADE = 401,
	AUDIT_SPACE_COPIED, /* ref: the space that it was copied from */
	AUDIT_SPACE_ANNOUNCED,
	AUDIT_SPACE_CLOSED,
	AUDIT_SPACE_ARCHIVED,
	AUDIT_SPACE_IMPORTED,
	AUDIT_SPACE_KEEP_SET, /* how long it is kept; n: years, 0 always, -1 as the house says */
	AUDIT_SPACE_DELETED,  /* n: contributions that it had */
	AUDIT_SPACE_ERASED,   /* nothing of them is left */
	AUDIT_RECORDS_IN,     /* a file of them; n: the form's number */
	AUDIT_RECORDS_BACK,   /* and out again */
	AUDIT_RECORDS_ENDED,  /* kept long enough; ref: the form; n: how many */

	AUDIT_DATA_TAKEN = 501, /* a file of a space's data, by staff or console */
	AUDIT_BUNDLE_TAKEN,     /* a whole space */
	AUDIT_RECORDS_TAKEN,    /* a file of a register, by whoever has a role in it; n: the form's
				   number */
	AUDIT_FIGURES_OFFERED,  /* of closed cases, for everybody; n: the year, also of the next */
	AUDIT_FIGURES_RELEASED, /* by another person */
	AUDIT_FIGURES_DROPPED,

	AUDIT_SETTINGS_SET = 601,
	AUDIT_CHANNEL_OPENED, /* for reports; n: which, also of the next */
	AUDIT_CHANNEL_SHUT,
	AUDIT_FORM_OFFERED, /* a version of a definition, to a second administrator */
	AUDIT_FORM_USED,
	AUDIT_FORM_DROPPED,

	AUDIT_OPENED = 701, /* the house, to visitors */
	AUDIT_SCHEMA,       /* n: the newest step after a change of the schema */
	AUDIT_CHECKED,      /* this log, on demand */
};

static inline enum audit_kind audit_kind_of(enum audit_what what)
{
	return (enum audit_kind)(what / 100);
}

struct audit_line {
	enum audit_what what;
	struct account_id account; /* who did it; 0: the house, or nobody known */
	int64_t space, ref, n;
	bool is_public; /* everybody may read it; else the administrators */
};

/* audit_add(v, line): One more line, in the transaction of v->db: it stands when the thing
 * itself stands. Without an account it is the visitor who did it. 0 or negative. */
int audit_add(struct visit *v, const struct audit_line *line) must_use;
/* audit_put(db, now, line): The same without a visit: the house and the console. */
int audit_put(struct db *db, int64_t now, const struct audit_line *line) must_use;

/* How a walk along the chain ended. */
struct audit_verdict {
	int64_t lines;  /* that hold, from the first on */
	int64_t broken; /* the number of the first line that does not; 0: all hold */
	int64_t first_at, last_at;
	uint8_t mark[HASH_BYTES]; /* of the last line that holds; zeros without one */
};
/* audit_check_on(db, v): Walk on from where ${v} ended (zeros: from the beginning), a page of
 * lines in memory at a time; also see that the line it ended with still stands. 0, however it
 * ended, or negative: it could not be walked. */
int audit_check_on(struct db *db, struct audit_verdict *v) must_use;
/* audit_check(db, ret): Walk the whole chain. */
int audit_check(struct db *db, struct audit_verdict *ret) must_use;
