/* I show what the moderators decided: in public without texts and names, and to themselves how
 * long things wait. */
#pragma once
#include "account/route.h"
#include "participate/decide.h"

enum { LOG_PAGE = 50, LOG_JSON_MAX = 1000, DIGEST_DAYS = 14 };

struct log_row {
	int64_t id, at;
	int64_t item; /* 0: it was never public, and has no page */
	struct str address;
	enum item_kind kind;
	enum verdict verdict;
	int reason; /* enum flag_reason */
	int role;   /* of whoever decided: an enum role */
};

struct log_view {
	struct frame frame;
	struct space s;
	const struct log_row *row;
	size_t n_row;
	int64_t n[VERDICTS]; /* decisions of each kind, and in all: n[VERDICT_NONE] */
	int64_t page, pages;
};

/* One line of a digest's table. */
struct digest_row {
	struct str name; /* of a language or question */
	int64_t at;      /* of a day */
	int64_t number;  /* of a question, 0: statements */
	int64_t n;
};
struct digest_table {
	struct digest_row *row;
	size_t n;
};

struct digest_view {
	struct frame frame;
	struct space s;
	int64_t now, waiting;
	struct digest_row wait[2]; /* oldest and median: at */
	struct digest_table day, lang, question;
	int64_t most; /* decided on one day */
};

/* log_role_msg(role): "Moderator": an enum msg. */
int log_role_msg(int role);

extern const struct route log_routes[];
