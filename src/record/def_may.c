/* Who may what: rows of the table access, added up. */
#include "record/def.h"
#include <string.h>

static bool concerns(const struct def_access *a, uint32_t roles, int state)
{
	return (roles >> a->role & 1) && (a->states >> state & 1);
}

int def_may(const struct def *def, uint32_t roles, int state)
{
	int may = 0;
	for (size_t i = 0; i < def->n_access; i++)
		if (concerns(&def->access[i], roles, state))
			may |= def->access[i].may;
	return may;
}

struct def_fields def_sees(const struct def *def, uint32_t roles, int state, enum def_verb verb)
{
	struct def_fields sees = { 0 };
	for (size_t i = 0; i < def->n_access; i++) {
		const struct def_access *a = &def->access[i];
		if (concerns(a, roles, state) && (a->may & (int)verb))
			for (size_t k = 0; k < sizeof sees.bits / sizeof *sees.bits; k++)
				sees.bits[k] |= a->fields.bits[k];
	}
	return sees;
}

bool def_move_tells(const struct def_move *m, const char *whom)
{
	bool is_message = m->then == DEF_THEN_MESSAGE && !strcmp(whom, "author");
	return is_message || (m->then == DEF_THEN_NOTIFY && str_is(m->then_what, whom));
}

bool def_tells(const struct def *def, const char *whom)
{
	for (size_t i = 0; i < def->n_move; i++)
		if (def_move_tells(&def->move[i], whom))
			return true;
	return false;
}
