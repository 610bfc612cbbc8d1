/* I let a custodian give a name to one who handles the case, for a reason that the reporter reads,
 * once they said yes; and show it there. */
#pragma once
#include "protect/name_desk.h"

/* name_people(v, c, p): Who has the name, and who could be given it, into ${p}. */
int name_people(struct visit *v, const struct keep_case *c, struct name_view *p) must_use;
