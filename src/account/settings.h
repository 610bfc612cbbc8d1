/* I know what the caretaker has set, and put it where every page finds it. */
#pragma once
#include "account/house.h"
#include "store/db.h"

enum { HOUSE_NAME_MAX = 60, KEEP_YEARS_MAX = 50 };

/* settings_load(db, house): Read all settings, at the start and whenever somebody else may have
 * changed them; former ones that differ are freed when nobody can still be reading them: at
 * settings_free. From one thread at a time. */
int settings_load(struct db *db, struct house *house) must_use;
/* settings_set(db, name, value): One setting, in a writer's transaction; settings_load or
 * settings_use follows. */
int settings_set(struct db *db, const char *name, struct str value) must_use;
/* settings_save(db, set): All that the caretaker's page sets, which is all but is_sample. */
int settings_save(struct db *db, const struct settings *set) must_use;
/* settings_use(house, set): What was saved is on disk: show it on every page from now on. Copies
 * ${set}; from one thread at a time. Without memory the former ones stay until the next start. */
void settings_use(struct house *house, const struct settings *set);
void settings_free(struct house *house);
