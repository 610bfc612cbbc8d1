/*
 * I know the mark by which a reporter knows a text of theirs again: made with their own key, which
 * nobody shares, so that whoever can seal a text in the same compartment cannot make it.
 */
#pragma once
#include "vault/place.h"

enum { VAULT_MARK_TEXT_MAX = 4096 };

/* vault_mark(secret, of, field, text, ret): Of ${field} and ${text}, in the case ${of}. ${secret}
 * is the reporter's. The text has at most VAULT_MARK_TEXT_MAX bytes. */
void vault_mark(const struct secret *secret, const struct vault_id *of, struct str field,
	struct str text, uint8_t ret[HASH_BYTES]);
