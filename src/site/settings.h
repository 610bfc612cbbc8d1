/* I know what the caretaker has set, and put it where every page finds it. */
#pragma once
#include "account/house.h"
#include "store/db.h"

/* settings_load(db, house): Read all settings; the former ones are freed when nobody can still
 * be reading them: at settings_free. */
int settings_load(struct db *db, struct house *house) must_use;
/* settings_set(db, name, value): One setting, in a writer's transaction; settings_load follows. */
int settings_set(struct db *db, const char *name, struct str value) must_use;
void settings_free(struct house *house);
