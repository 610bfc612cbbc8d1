/*
 * I know one visit: who asks, in which language, for what, and where the answer goes. It is
 * all a handler sees.
 */
#pragma once
#include "account/house.h"
#include "form/form.h"
#include "http/http.h"
#include "i18n/i18n.h"
#include "render/frame.h"
#include "render/html.h"
#include "store/db.h"

enum role {
	ROLE_ORGANISER = 1,
	ROLE_MODERATOR = 2,
	ROLE_TRANSLATOR = 4,
	ROLE_EDITOR = 8,
	ROLE_RESPONDER = 16,
	ROLE_ADMIN = 32, /* of the whole site */
};

struct account_id {
	int64_t v;
};
struct participant_id {
	int64_t v;
};

/* Who is asking. Nobody: all zero. */
struct who {
	struct account_id account; /* signed in, 0 if not */
	struct str account_name;
	int roles_site;                    /* ROLE_* over the whole site */
	int64_t key_turn;                  /* of the session: see sessions.h */
	bool is_handler;                   /* holds keys to reports of some channel */
	bool is_staff;                     /* has some role, somewhere */
	bool runs_some;                    /* plans or edits some consultation */
	bool is_responder;                 /* may answer for who made them its own */
	int64_t late, due_soon;            /* asks that wait for their answer */
	bool has_code;                     /* brought a participant's secret code (cookie), or
					    * signed in with an account that holds one */
	struct str code;                   /* that code, canonical: 20 characters; of an account
					    * 22 others, which are no code */
	struct str code_key;               /* 32 bytes: the code, hashed under the server's key */
	bool takes_part;                   /* the account is that of somebody who takes part: what
					    * it does is done by ${participant} */
	struct participant_id participant; /* 0: the code has not written anything yet */
};

/* who_acts(w): The account that acts by itself; 0: it is a participant who does, or nobody. */
static inline int64_t who_acts(const struct who *w)
{
	return w->takes_part ? 0 : w->account.v;
}

enum { VISIT_PARTS = 4 };

struct audit_line;
struct gone;

struct visit {
	struct arena *mem;
	const struct http_request *req;
	struct http_response *res;
	struct db *db; /* read-only in check and in a GET's act; writing in a POST's act */
	struct house *house;
	const struct lang *lang;
	bool is_easy; /* the reader chose easy words, where there are some */
	int64_t now;  /* the same all through one request */
	struct who who;
	struct str part[VISIT_PARTS]; /* values of :names in the route's path, in order */
	struct form_result form;      /* of a POST; form.in is the typed input */
	struct html out;              /* the page */
	struct str path;              /* without the language prefix */
	struct str csrf;              /* this visit's token */
	bool is_public;    /* the page holds nothing of one person: may be cached and compressed */
	bool keeps_beside; /* a POST's act shows its page again, and what it wrote stays: files */
	bool is_quiet;     /* a POST that leaves public pages as they are (a vote) */
	/* participate: what was asked for was deleted, and the answer to ERR_MISSING says so. */
	const struct gone *gone;
	int64_t space; /* that the visit is about; 0: none, or not loaded */
	/* A POST's act may ask to be called when its work is on disk, on the writer's thread,
	 * with ${kept_what} in the request's arena. It must be quick. */
	void (*kept)(struct house *house, const void *what);
	const void *kept_what;
	/* A GET's act may leave a line in the log: it is on disk before the answer goes. */
	const struct audit_line *trace;
	uint64_t version;                /* of the house when the visit began */
	int64_t fresh_until;             /* a public page changes by the clock then; 0: never */
	void *parked;                    /* a parked check's own, for act */
	void (*resume)(struct visit *v); /* see visit_resume */
};

/*
 * A check may park the visit while another thread works (a password is hashed): it returns
 * VISIT_PARKED and promises that visit_resume(v) is called exactly once, from any thread; act
 * then runs in the writer; of a GET on that thread, without a database.
 */
enum { VISIT_GO_ON = 0, VISIT_ENDED = 1, VISIT_PARKED = 2 };
static inline void visit_resume(struct visit *v)
{
	v->resume(v);
}

/* visit_frame(v, title): What render/frame needs around a page of this visit. ${title} is
 * already in the reader's language. */
struct frame visit_frame(const struct visit *v, struct str title);

/* visit_words(v): Which texts this reader wants first: "ar", or "ar-easy" for easy words. Those
 * who load words look for these, then for v->lang, then for the original. */
static inline struct str visit_words(const struct visit *v)
{
	return v->is_easy ? v->lang->easy : v->lang->code;
}

/* visit_base(v): Where the house stands for its visitors, "https://example.org": as it is set,
 * else as this request says. Only for links that nobody but this visitor sees. */
struct str visit_base(const struct visit *v);

/* visit_say(v, msg, n): A message without placeholders but {count}, as plain text, for titles. */
struct str visit_say(const struct visit *v, int msg, int64_t n);

/* Ends of a handler. They return 0 (visit_ended: VISIT_ENDED), so that act can say
 * "return visit_page(v, 200)" and check "return visit_ended(visit_page(v, 422))". */
int visit_page(struct visit *v, int status) must_use;    /* v->out is the page */
int visit_go(struct visit *v, struct str path) must_use; /* 303 to a local path */
int visit_goto(struct visit *v, const char *fmt, ...) printf_like(2, 3) must_use;
int visit_bytes(struct visit *v, const char *type, struct str body, const char *filename) must_use;
/* The first ${n} bytes of ${fd}, which v->res->release is to close. */
int visit_file(struct visit *v, const char *type, int fd, int64_t n, const char *filename) must_use;
/* visit_name(v, name, is_look): The file that is answered has a name of somebody else's, in any
 * letters; to be looked at, or only to be kept. */
int visit_name(struct visit *v, struct str name, bool is_look) must_use;
static inline int visit_ended(int end)
{
	return end < 0 ? end : VISIT_ENDED;
}

/* visit_cookie(v, name, value, seconds): Set a cookie: HttpOnly, SameSite=Lax, Path=/, Secure
 * when the house is on https. ${seconds}: 0 until the browser closes, negative deletes. */
void visit_cookie(struct visit *v, const char *name, struct str value, int64_t seconds);

/* visit_in(v, type): The typed input of a POST. */
#define visit_in(v, type) ((const type *)(v)->form.in)
