/*
 * I know how to make password guessing slow (Argon2id, 2 passes over 64 MiB, under the
 * server's key first), and how to keep that slowness from becoming a lever: one thread, a
 * short queue, and an honest "try again shortly".
 */
#pragma once
#include "crypto/crypto.h"

enum {
	PASSWORD_HASH_SIZE = 128, /* with its NUL; text, names its own parameters */
	PASSWORD_QUEUE = 8,
};

/* password_hash_now(pepper, password, ret), password_check_now(pepper, hash, password): The
 * work itself, about 60 ms; for the command line. hash: 0 or ERR_NOMEM. check: 1 it is, 0 it
 * is not, negative failure. */
int password_hash_now(
	const struct secret *pepper, struct str password, char ret[PASSWORD_HASH_SIZE]) must_use;
int password_check_now(const struct secret *pepper, const char *hash, struct str password) must_use;

/* password_key_now(pepper, password, salt, ret_key, ret_proof): Two keys from one such run: one
 * that opens what the password protects, and one whose hash may be stored to recognise it.
 * ${pepper} is a key of the server's that is used for nothing else. ERR_NOMEM. */
enum { PASSWORD_SALT = 16 };
int password_key_now(const struct secret *pepper, struct str password,
	const uint8_t salt[PASSWORD_SALT], struct secret *ret_key,
	struct secret *ret_proof) must_use;

/* One piece of work. The owner keeps it, and what it points to, until ${done} has run. */
struct password_job {
	int (*work)(struct password_job *job); /* other slow work instead; gives the result */
	struct str password;
	const char *against;           /* a stored hash to compare with; NULL: make a hash */
	char hash[PASSWORD_HASH_SIZE]; /* the hash made */
	int result;                    /* as the _now functions return */
	void (*done)(struct password_job *job); /* on the password thread */
	void *arg;
	struct password_job *next; /* the thread's */
};

struct passwords;
int passwords_open(const struct secret *pepper, struct passwords **ret) must_use;
/* passwords_put(d, job): ERR_BUSY: eight wait already, or the desk closes; nothing was taken. */
int passwords_put(struct passwords *d, struct password_job *job) must_use;
/* passwords_waiting(d): How many are before a new one. */
int passwords_waiting(struct passwords *d);
/* passwords_close(d): Finish what waits, stop the thread. NULL is allowed. */
void passwords_close(struct passwords *d);
