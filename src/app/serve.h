/* I open the house and keep it open until I am told to stop. */
#pragma once
#include "account/house.h"
#include "app/config.h"
#include "store/db.h"

/* serve_with(config, before): Open everything, run ${before} (may be NULL) on the writing
 * connection, then serve until SIGINT or SIGTERM. The exit status. */
int serve_with(const struct config *config, int (*before)(struct db *db, struct house *house));
