/*
 * I know who is told by mail, of what, and the links that let them say yes, change or leave
 * without signing in: whoever can read a letter may, and nobody else.
 */
#pragma once
#include "account/visit.h"
#include "crypto/keys.h"

enum follow_kind {
	FOLLOW_SPACE = 1,
	FOLLOW_THEME,
	FOLLOW_COUNTRY,
	FOLLOW_ASK,
	FOLLOW_ORG,
	FOLLOW_ANSWERS, /* what waits for the answer of an account: see remind.h */
	FOLLOW_RECORD,  /* steps of a record (see moves.h) that everybody reads … */
	FOLLOW_ROLE,    /* … of records of which an account has a role … */
	FOLLOW_MINE     /* … and of one, for who made it */
};
enum rhythm { RHYTHM_INSTANT = 1, RHYTHM_DAILY, RHYTHM_WEEKLY };
enum {
	FOLLOWS_MAX = 50,  /* of one address */
	ASKED_MAX = 3,     /* letters a day that ask one address for a yes */
	READER_TOKEN = 44, /* letters of a link, at most, and a NUL */
};

/* What is followed. */
struct follow_what {
	enum follow_kind kind;
	int64_t ref;
	struct str country; /* of FOLLOW_COUNTRY alone, else empty and not absent */
};

/* follow_title(v, what, ret): Its name. 1, or 0: there is no such thing that everybody may see. */
int follow_title(struct visit *v, const struct follow_what *what, struct str *ret) must_use;

struct reader {
	int64_t id;
	struct str address, secret;
	const struct lang *lang;
	enum rhythm rhythm;
};

/* reader_token(keys, r, ret): What stands in the links of this reader. */
void reader_token(const struct keys *keys, const struct reader *r, char ret[READER_TOKEN]);
/* reader_link(mem, base, r, token, end): "https://…/en/mail/TOKEN" and ${end}: "" where everything
 * can be changed, "/stop" where it ends. ${base}: the house's base_url. */
struct str reader_link(struct arena *mem, struct str base, const struct reader *r,
	const char *token, const char *end);
/* reader_find(db, mem, keys, token, ret): 1, or 0: no such reader, or not the right token. */
int reader_find(struct db *db, struct arena *mem, const struct keys *keys, struct str token,
	struct reader *ret) must_use;
/* reader_unlock(keys, mem, box, ret): The address of a row. */
int reader_unlock(
	const struct keys *keys, struct arena *mem, struct str box, struct str *ret) must_use;

/* reader_ask(v, address, what, rhythm, ret): In a writer's transaction: keep the wish until the
 * address says yes. 1: ${ret} is to be asked by a letter; 0: enough letters went there today,
 * or it follows enough. Who asks does not learn which. */
int reader_ask(struct visit *v, struct str address, const struct follow_what *what,
	enum rhythm rhythm, struct reader *ret) must_use;

/* reader_forget(db, id): The address, what it follows and what waits for it are gone. */
int reader_forget(struct db *db, int64_t id) must_use;

/* reader_stop(db, mem, id, follow): It follows this no more; when that was the last thing, it is
 * forgotten. */
int reader_stop(struct db *db, struct arena *mem, int64_t id, int64_t follow) must_use;

/* rhythm_next(rhythm, now): When the digest after one at ${now} may go out: in five minutes, the
 * next morning, the next Monday (06:00 UTC). */
int64_t rhythm_next(enum rhythm rhythm, int64_t now);
