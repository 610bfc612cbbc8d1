/*
 * I know how something small is sealed to people outside, as "baraza seal" does with files
 * (app/seal.c has the format), in memory.
 */
#pragma once
#include "base/buf.h"
#include "crypto/pair.h"

#define SEALED_FILE_MAGIC "baraza sealed 1\n"
#define SEALED_FILE_PUBLIC "baraza-public-1-"
enum { SEALED_FILE_NAME_MAX = 255, SEALED_FILE_KEY_CHARS = 43 };

/* sealed_file_key(text, ret): What "baraza open --new" prints; false: it is no key that can be
 * used. sealed_file(to, name, bytes, out): ${bytes} as a file called ${name}, to one person.
 * ERR_INPUT: a key that cannot be used; ERR_NOMEM. */
bool sealed_file_key(struct str text, struct public_key *ret);
int sealed_file(
	const struct public_key *to, struct str name, struct str bytes, struct buf *out) must_use;
