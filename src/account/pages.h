/* I list the pages of accounts: signing in, one's own account, and the people of the site. */
#pragma once
#include "account/route.h"

extern const struct route account_routes[], escrow_routes[], escrow_desk_routes[], hold_routes[];
