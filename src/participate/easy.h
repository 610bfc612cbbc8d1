/* I know whether anything in this house is said in easy words: readers are offered them only then.
 */
#pragma once
#include "account/visit.h"

/* easy_look(db, house): At the start. What another program or another node writes meanwhile
 * counts from the next start on. */
int easy_look(struct db *db, struct house *house) must_use;

/* easy_written(v): For a POST's act that writes easy words: readers are offered them once they are
 * on disk. */
void easy_written(struct visit *v);
