#include "record/def_check.h"

struct wrongs {
	struct def_wrong *at;
	size_t n;
};

static void add(struct wrongs *w, const char *what, struct str name, int line)
{
	if (w->n < DEF_WRONGS_MAX)
		w->at[w->n++] = (struct def_wrong){ what, name, line };
}

static bool reaches_sealed(const struct def *def, const struct def_access *a)
{
	for (int i = 0; i < (int)def->n_field; i++)
		if (def_fields_have(&a->fields, i) && def_asks(&def->field[i]) &&
			def_is_sealed(def, i))
			return true;
	return false;
}

static void check_access(const struct def *def, struct wrongs *w)
{
	for (size_t i = 0; i < def->n_access; i++) {
		const struct def_access *a = &def->access[i];
		bool is_public_read = a->role == DEF_PUBLIC && (a->may & DEF_READ);
		if (is_public_read && (def->is_sealed || reaches_sealed(def, a)))
			add(w, "everybody would read what is sealed", def->role[a->role], a->line);
		if ((a->may & DEF_EXPORT) && reaches_sealed(def, a))
			add(w, "an export would hold what is sealed", def->role[a->role], a->line);
	}
}

static void check_moves(const struct def *def, struct wrongs *w)
{
	uint32_t left = 0;
	for (size_t i = 0; i < def->n_move; i++) {
		const struct def_move *m = &def->move[i];
		bool is_told = m->then != DEF_THEN_NOTIFY || str_is(m->then_what, "followers") ||
			def_role_find(def, m->then_what) > DEF_PUBLIC;
		if (!is_told)
			add(w, "the move tells nobody that there is", m->name, m->line);
		if (!m->by)
			add(w, "nobody may make this move", m->name, m->line);
		else
			left |= m->from & ~(UINT32_C(1) << m->to);
	}
	for (size_t i = 0; i < def->n_state; i++)
		if (!def->state[i].is_done && !(left >> i & 1))
			add(w, "nobody can leave this open state", def->state[i].name, 0);
}

size_t def_check(const struct def *def, struct def_wrong ret[DEF_WRONGS_MAX])
{
	struct wrongs w = { ret, 0 };
	check_access(def, &w);
	check_moves(def, &w);
	return w.n;
}

void def_matrix_row(const struct def *def, int state, struct buf *to)
{
	const char *between = "";
	for (size_t role = 0; role < def->n_role; role++) {
		int may = def_may(def, UINT32_C(1) << role, state);
		if (!may)
			continue;
		buf_f(to, "%s%.*s:", between, STR_ARG(def->role[role]));
		for (int verb = 0; verb < DEF_VERBS; verb++)
			if (may >> verb & 1)
				buf_f(to, " %s", def_verbs[verb]);
		between = "; ";
	}
}
