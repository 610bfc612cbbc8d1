/*
 * I know where the server keeps its one long-lived key (a file that only it may read, apart
 * from the database, so that a stolen database alone opens and guesses nothing) and which
 * keys are derived from it. Nobody uses the key itself.
 */
#pragma once
#include "crypto/crypto.h"

struct keys {
	struct secret take_part;   /* hashes of participants' secret codes */
	struct secret token;       /* what forms carry */
	struct secret password;    /* goes into passwords before they are hashed */
	struct secret second_step; /* locks the apps' secrets in the database */
	struct secret ticket;      /* hashes of invitations, recovery and set-up codes */
	struct secret mail;        /* locks addresses and letters, makes the links in them */
};

/* keys_open(folder, ret): Read the server's key in ${folder}/server.key, or make one there
 * (mode 0600, on disk before this returns) when there is none, and derive the others.
 * ERR_DENIED: others may read the file. ERR_INPUT: it is not a key. ERR_IO, ERR_NOMEM. */
int keys_open(const char *folder, struct keys **ret) must_use;
/* keys_make(from, ret): The same from a key at hand; for tests and tools. */
void keys_make(const struct secret *from, struct keys *ret);
/* keys_pepper(folder, ret): The vault's key, in a file of its own beside the other: it goes into
 * passwords, recovery codes and receipts, and no database has it. What is made with it says which
 * version it was; a next one will be another file beside this. 1: it was made just now; 0, or as
 * keys_open. keys_pepper_unmake(folder): Take away one that was made just now, and by mistake. */
#define KEYS_PEPPER_FILE "vault-1.key"
enum { KEYS_PEPPER = 1 };
int keys_pepper(const char *folder, struct secret *ret) must_use;
void keys_pepper_unmake(const char *folder);
/* keys_close(k): Wipe and free. NULL is allowed. */
void keys_close(struct keys *k);
