/* I know the sample's way to report: a channel with four made-up people who hold keys, so that
 * somebody who looks around can report and read what they reported. */
#pragma once
#include "account/visit.h"
#include "crypto/totp.h"

enum { PROTECT_DEMO_PEOPLE = 4 }; /* two handlers, a custodian and a fund officer */

struct protect_demo_person {
	struct str name, password;
	uint8_t second_step[TOTP_SECRET_BYTES];
};
/* protect_demo(db, mem, house, people): Their accounts, their keys, and the open channel, in
 * the transaction of the caller. Their codes on paper are drawn and not told to anybody. */
int protect_demo(struct db *db, struct arena *mem, struct house *house,
	const struct protect_demo_person people[PROTECT_DEMO_PEOPLE]) must_use;
