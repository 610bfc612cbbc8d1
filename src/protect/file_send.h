/*
 * I send a sealed file to whoever's session opens it: piece by piece through the vault, so that it
 * never stands in clear on the disk, and not as a whole in memory. A piece that was changed ends
 * the connection, short of what was announced.
 */
#pragma once
#include "protect/keep.h"

/* file_send(v, seat, id, wants_look): The file of ${seat}'s case as an answer: to be kept, or, when
 * ${wants_look} and it is a picture that was made anew here, to be looked at. ERR_MISSING: none. */
int file_send(struct visit *v, const struct keep_seat *seat, const struct vault_id *id,
	bool wants_look) must_use;
