/* I know what a mail address looks like, and when two of them are the same. */
#pragma once
#include "crypto/crypto.h"

enum { ADDRESS_MAX = 254 };

/* address_ok(s): "name@example.org": letters, digits and signs of ASCII, one "@", a name of a host
 * with a dot in it. Nothing that could end a line or name a second address. */
bool address_ok(struct str s) must_use;

/* address_key(key, s, ret): What makes two addresses the same: their keyed hash, small letters. */
void address_key(const struct secret *key, struct str s, uint8_t ret[HASH_BYTES]);
