/* What a new version changes, and what it may not. */
#include "po/messages.h"
#include "record/next.h"

struct turns {
	struct next_turn *at;
	size_t n;
};

static void add(struct turns *t, int msg, struct said what)
{
	if (t->n < NEXT_TURNS)
		t->at[t->n++] = (struct next_turn){ msg, what };
}

/* ---- questions ---- */

static bool is_same_choice(const struct def_field *a, const struct def_field *b)
{
	if (a->n_choice != b->n_choice)
		return false;
	for (size_t i = 0; i < a->n_choice; i++)
		if (!str_eq(a->choice[i].name, b->choice[i].name) ||
			!str_eq(a->choice[i].label, b->choice[i].label))
			return false;
	return true;
}

static void compare_field(
	const struct shelf_form *old, const struct def_field *f, struct said what, struct turns *t)
{
	int i = def_field_as(old->def, f);
	const struct def_field *was = i < 0 ? NULL : &old->def->field[i];
	if (!was) {
		add(t, MSG_record_next_question_new, what);
		return;
	}
	if (!str_eq(was->name, f->name) || !str_eq(was->label, f->label) ||
		!str_eq(was->hint, f->hint))
		add(t, MSG_record_next_question_words, what);
	if (was->is_required != f->is_required)
		add(t, f->is_required ? MSG_record_next_required : MSG_record_next_not_required,
			what);
	if (was->seal != f->seal)
		add(t, MSG_record_next_seal, what);
	if (!is_same_choice(was, f))
		add(t, MSG_record_next_choices, what);
	if ((was->relevant == NULL) != (f->relevant == NULL) ||
		(was->constraint == NULL) != (f->constraint == NULL) || was->index != f->index)
		add(t, MSG_record_next_rule, what);
}

static void compare_fields(const struct shelf_form *old, const struct shelf_form *f,
	const struct labels *l, const struct labels *was, struct turns *t)
{
	for (size_t i = 0; i < f->def->n_field; i++)
		compare_field(old, &f->def->field[i], l->label[i], t);
	for (size_t i = 0; i < old->def->n_field; i++)
		if (def_field_as(f->def, &old->def->field[i]) < 0)
			add(t, MSG_record_next_question_gone, was->label[i]);
}

/* ---- stages, steps and rights ---- */

static void compare_states(const struct shelf_form *old, const struct shelf_form *f,
	const struct labels *l, struct turns *t)
{
	for (size_t i = 0; i < f->def->n_state; i++)
		if (def_state_find(old->def, f->def->state[i].name) < 0)
			add(t, MSG_record_next_state_new, l->state[i]);
}

/* Sets of places are compared by the names that stand there. */
static bool is_same_move(const struct def *a, const struct def_move *x, const struct def *b,
	const struct def_move *y)
{
	bool is_same = str_eq(a->state[x->to].name, b->state[y->to].name) && x->needs == y->needs &&
		x->then == y->then && str_eq(x->then_what, y->then_what);
	for (size_t i = 0; i < a->n_state && is_same; i++) {
		int k = def_state_find(b, a->state[i].name);
		is_same = (x->from >> i & 1) == (k >= 0 && (y->from >> k & 1));
	}
	for (size_t i = 0; i < a->n_role && is_same; i++) {
		int k = def_role_find(b, a->role[i]);
		is_same = (x->by >> i & 1) == (k >= 0 && (y->by >> k & 1));
	}
	return is_same;
}

static void compare_moves(const struct shelf_form *old, const struct shelf_form *f,
	const struct labels *l, const struct labels *was, struct turns *t)
{
	for (size_t i = 0; i < f->def->n_move; i++) {
		const struct def_move *m = &f->def->move[i];
		int k = def_move_find(old->def, m->name);
		if (k < 0)
			add(t, MSG_record_next_move_new, l->move[i]);
		else if (!is_same_move(f->def, m, old->def, &old->def->move[k]) ||
			!is_same_move(old->def, &old->def->move[k], f->def, m))
			add(t, MSG_record_next_move, l->move[i]);
	}
	for (size_t i = 0; i < old->def->n_move; i++)
		if (def_move_find(f->def, old->def->move[i].name) < 0)
			add(t, MSG_record_next_move_gone, was->move[i]);
}

/* What everybody of a role may and sees in a state, by names. */
static bool is_same_access(const struct def *a, int role, int state, const struct def *b)
{
	int r = def_role_find(b, a->role[role]), s = def_state_find(b, a->state[state].name);
	if (s < 0)
		return true; /* it is told as a new stage */
	if (def_may(a, 1u << role, state) != (r < 0 ? 0 : def_may(b, 1u << r, s)))
		return false;
	for (int verb = DEF_READ; verb <= DEF_EXPORT; verb *= 2) {
		struct def_fields x = def_sees(a, 1u << role, state, (enum def_verb)verb);
		struct def_fields y = { 0 };
		if (r >= 0)
			y = def_sees(b, 1u << r, s, (enum def_verb)verb);
		for (int i = 0; i < (int)a->n_field; i++) {
			int k = def_field_as(b, &a->field[i]);
			if (k >= 0 && def_fields_have(&x, i) != def_fields_have(&y, k))
				return false;
		}
	}
	return true;
}

static void compare_access(
	const struct def *now, const struct def *was, const struct lang *l, struct turns *t)
{
	for (int role = 0; role < (int)now->n_role; role++) {
		bool is_same = true;
		for (int s = 0; s < (int)now->n_state && is_same; s++)
			is_same = is_same_access(now, role, s, was);
		if (!is_same)
			add(t, MSG_record_next_access, (struct said){ now->role[role], l });
	}
	for (size_t i = 0; i < was->n_role; i++)
		if (def_role_find(now, was->role[i]) < 0)
			add(t, MSG_record_next_access, (struct said){ was->role[i], l });
}

int next_turns(const struct shelf_form *old, const struct shelf_form *f, const struct lang *l,
	struct arena *mem, struct next_turn **ret, size_t *ret_n)
{
	struct turns t = { .at = arena_array(mem, NEXT_TURNS, sizeof *t.at) };
	if (!t.at)
		return ERR_NOMEM;
	if (old) {
		const struct labels *now = &f->labels[l->id], *was = &old->labels[l->id];
		compare_fields(old, f, now, was, &t);
		compare_states(old, f, now, &t);
		compare_moves(old, f, now, was, &t);
		compare_access(f->def, old->def, l, &t);
	}
	*ret = t.at;
	*ret_n = t.n;
	return 0;
}

/* ---- what it may not ---- */

size_t next_faults(const struct shelf_form *old, const struct shelf_form *f,
	struct def_wrong ret[DEF_WRONGS_MAX])
{
	size_t n = def_check(f->def, ret);
	if (f->def->is_sealed && n < DEF_WRONGS_MAX)
		ret[n++] = (struct def_wrong){
			"a form that is sealed as a whole comes with the program", f->def->id, 0
		};
	if (old && f->def->version <= old->def->version && n < DEF_WRONGS_MAX)
		ret[n++] = (struct def_wrong){ "its version is not above the one in use",
			f->def->id, 0 };
	for (size_t i = 0; old && i < f->def->n_field && n < DEF_WRONGS_MAX; i++) {
		const struct def_field *now = &f->def->field[i];
		int k = def_field_as(old->def, now);
		if (k >= 0 && old->def->field[k].kind != now->kind)
			ret[n++] =
				(struct def_wrong){ "a question of this name has another kind of "
						    "answer in the version in use",
					now->name, now->line };
	}
	for (size_t i = 0; old && i < old->def->n_state && n < DEF_WRONGS_MAX; i++)
		if (def_state_find(f->def, old->def->state[i].name) < 0)
			ret[n++] =
				(struct def_wrong){ "this state is gone, and records may be in it",
					old->def->state[i].name, 0 };
	return n;
}
