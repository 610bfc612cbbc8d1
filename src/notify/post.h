/*
 * I know the thread that sends what waits in the outbox. Nobody waits for it: a letter is on disk
 * before it is taken out, and goes back in when the mail server is away.
 */
#pragma once
#include "account/house.h"
#include "crypto/keys.h"
#include "store/writer.h"

struct post;

/* What it needs; all of it is kept. */
struct post_needs {
	const char *smtp, *from; /* see smtp_open; ${from} is an address */
	const char *db;          /* the database, to read on a connection of its own */
	struct writer *writer;
	const struct house *house;
};

/* post_open(needs, ret): Start the thread. With an empty ${smtp}: no mail, ${ret} is NULL.
 * ERR_INPUT: ${smtp} is no such address or ${from} is none. ERR_NOMEM. */
int post_open(const struct post_needs *needs, struct post **ret) must_use;
/* post_stop(p): Stop soon, before the writer; what is under way counts as not sent. NULL is
 * allowed. */
void post_stop(struct post *p);
/* post_close(p): And free it, once the writer holds nothing that might wake it. NULL is allowed. */
void post_close(struct post *p);

/* post_wake(p): Something may be due. Quick, from any thread; ${p} may be NULL. */
void post_wake(struct post *p);
/* post_woken(house, what): The same, to be a visit's ${kept}. */
void post_woken(struct house *house, const void *what);

/* post_from(p): The address that letters come from. */
struct str post_from(const struct post *p);
/* post_can(house): Mail is sent, and links in it would lead here: the house knows its address. */
bool post_can(const struct house *house);

/* How it goes. */
struct post_state {
	int64_t sent_at; /* the last letter that was taken; 0: none since the start */
	int64_t failed_at;
	int failure; /* ERR_IO: cannot be reached; ERR_DENIED: a letter was refused … */
	long reply;  /* … with this number */
};
struct post_state post_look(struct post *p);
