/* I know what is still counted of a consultation that was deleted: how many people an ask rested
 * on, and how they voted; taken down before they went. */
#pragma once
#include "outcome/ask.h"
#include "participate/figures.h"

/* ask_figures(v, s): The newest figures of a space, or, when it was deleted, those that were kept
 * of it. NULL: none. They stay until figures_release, which a visit calls before it ends. */
const struct figures *ask_figures(struct visit *v, const struct space *s);

/* kept_take(db, space, f): In a writer's transaction: take down what will be gone. ${f} may be
 * NULL. */
int kept_take(struct db *db, int64_t space, const struct figures *f) must_use;
