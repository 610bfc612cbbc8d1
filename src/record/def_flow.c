/* The tables moves, access and import: lists of names that others have declared. */
#include "record/def_inner.h"

/* The next word of a list; commas part as well as spaces. */
static bool next_word(struct str *list, struct str *ret)
{
	while (list->n && (list->p[0] == ' ' || list->p[0] == ','))
		*list = str_from(*list, 1);
	size_t n = 0;
	while (n < list->n && list->p[n] != ' ' && list->p[n] != ',')
		n++;
	*ret = (struct str){ list->p, n };
	*list = str_from(*list, n);
	return n > 0;
}

static int read_states(struct def_reader *r, int line, struct str list, uint32_t *ret)
{
	struct str one;
	uint32_t set = 0;
	if (str_is(list, "*"))
		set = (UINT32_C(1) << r->def->n_state) - 1;
	else
		while (next_word(&list, &one)) {
			int i = def_state_find(r->def, one);
			if (i < 0)
				return def_fault(
					r, line, "there is no state \"%.*s\"", STR_ARG(one));
			set |= UINT32_C(1) << i;
		}
	*ret = set;
	return 0;
}

static int take_role(struct def_reader *r, int line, struct str name, int *ret)
{
	int i = def_role_find(r->def, name);
	if (i < 0) {
		if (!def_name_ok(name))
			return def_fault(
				r, line, "\"%.*s\" is not a name for a role", STR_ARG(name));
		if (r->def->n_role == DEF_ROLES_MAX)
			return def_fault(r, line, "more than %d roles", DEF_ROLES_MAX);
		i = (int)r->def->n_role++;
		r->role[i] = name;
	}
	*ret = i;
	return 0;
}

/* ---- moves ---- */

static const struct {
	const char *name;
	enum def_then then;
	bool takes_word;
} thens[] = {
	{ "notify", DEF_THEN_NOTIFY, true },
	{ "message", DEF_THEN_MESSAGE, false },
	{ "derive", DEF_THEN_DERIVE, true },
	{ "publish", DEF_THEN_PUBLISH, false },
	{ "alert", DEF_THEN_ALERT, false },
};

static int read_then(struct def_reader *r, int line, struct str text, struct def_move *m)
{
	struct str word, more;
	if (!next_word(&text, &word))
		return 0;
	for (size_t i = 0; i < sizeof thens / sizeof *thens; i++) {
		if (!str_is(word, thens[i].name))
			continue;
		m->then = thens[i].then;
		m->then_what = str_trim(text);
		if (thens[i].takes_word && !next_word(&text, &more))
			return def_fault(r, line, "%s names nothing", thens[i].name);
		return next_word(&text, &more) && thens[i].takes_word
			? def_fault(r, line, "one thing follows a move")
			: 0;
	}
	return def_fault(
		r, line, "nothing is called \"%.*s\" that could follow a move", STR_ARG(word));
}

static int read_by(struct def_reader *r, int line, struct str list, uint32_t *ret)
{
	struct str one;
	int role = 0, result;
	while (next_word(&list, &one)) {
		result = take_role(r, line, one, &role);
		if (result < 0)
			return result;
		*ret |= UINT32_C(1) << role;
	}
	return 0;
}

static int read_needs(struct def_reader *r, const struct def_wait *w, struct def_move *m)
{
	int result = def_expr(r, w->line, w->cell[MOVE_NEEDS], EXPR_IN_MOVE, &m->condition);
	if (result == 0 && m->condition)
		result = def_noted(r, w->line, expr_words(m->condition, &m->needs));
	return result;
}

int def_move_row(struct def_reader *r, const struct def_wait *w)
{
	struct def_move m = { .name = w->cell[MOVE_NAME],
		.label = w->cell[MOVE_LABEL],
		.to = def_state_find(r->def, w->cell[MOVE_TO]),
		.line = w->line };
	if (!def_name_ok(m.name) || def_move_find(r->def, m.name) >= 0)
		return def_fault(r, w->line, "a move needs a name of its own");
	if (m.to < 0)
		return def_fault(
			r, w->line, "there is no state \"%.*s\"", STR_ARG(w->cell[MOVE_TO]));
	int result = read_states(r, w->line, w->cell[MOVE_FROM], &m.from);
	if (result == 0 && !m.from)
		result = def_fault(r, w->line, "the move begins in no state");
	if (result == 0)
		result = read_by(r, w->line, w->cell[MOVE_BY], &m.by);
	if (result == 0)
		result = read_needs(r, w, &m);
	if (result == 0)
		result = read_then(r, w->line, w->cell[MOVE_THEN], &m);
	if (result == 0)
		r->move[r->def->n_move++] = m;
	return result;
}

/* ---- access ---- */

const char *const def_verbs[DEF_VERBS] = { "create", "read", "write", "add", "message", "note",
	"grant", "export", "follow", "count" };

static int read_verbs(struct def_reader *r, int line, struct str list, int *ret)
{
	struct str one;
	while (next_word(&list, &one)) {
		int i = 0;
		while (i < DEF_VERBS && !str_is(one, def_verbs[i]))
			i++;
		if (i == DEF_VERBS)
			return def_fault(r, line, "nobody may \"%.*s\": there is no such verb",
				STR_ARG(one));
		*ret |= 1 << i;
	}
	return *ret ? 0 : def_fault(r, line, "the row says nothing that somebody may");
}

/* A repeat or group stands for all that is in it. */
static int add_named(struct def_reader *r, int line, struct str name, struct def_fields *to)
{
	int i = def_field_find(r->def, name);
	if (i < 0)
		return def_fault(r, line, "there is no field \"%.*s\"", STR_ARG(name));
	def_fields_add(to, i);
	for (int k = i + 1; k < r->field[i].end; k++)
		def_fields_add(to, k);
	return 0;
}

static int read_fields(struct def_reader *r, int line, struct str list, struct def_fields *ret)
{
	struct str one;
	bool is_all = str_is(list, "all"), is_open = str_is(list, "open");
	if (str_is(list, "none"))
		return 0;
	for (int i = 0; (is_all || is_open) && i < (int)r->def->n_field; i++)
		if (is_all || (!r->def->is_sealed && r->field[i].seal == DEF_OPEN))
			def_fields_add(ret, i);
	if (is_all || is_open)
		return 0;
	while (next_word(&list, &one)) {
		int result = add_named(r, line, one, ret);
		if (result < 0)
			return result;
	}
	return 0;
}

int def_access_row(struct def_reader *r, const struct def_wait *w)
{
	struct def_access a = { .line = w->line };
	struct str states = w->cell[ACCESS_STATE];
	int result = take_role(r, w->line, w->cell[ACCESS_ROLE], &a.role);
	if (result == 0)
		result = read_verbs(r, w->line, w->cell[ACCESS_MAY], &a.may);
	if (result == 0)
		result = read_states(r, w->line, states.n ? states : STR("*"), &a.states);
	if (result == 0)
		result = read_fields(r, w->line, w->cell[ACCESS_FIELDS], &a.fields);
	if (result == 0 && !states.n && a.may != DEF_CREATE)
		result = def_fault(r, w->line, "only create goes without a state");
	if (result == 0)
		r->access[r->def->n_access++] = a;
	return result;
}

/* ---- import ---- */

static const char *const changes[] = { "html", "dash", "head", "date", "country", "map", "split",
	"dmy", "mdy", "session", "key" };

static int check_as(struct def_reader *r, int line, struct str list)
{
	struct str one;
	bool is_split = false;
	while (next_word(&list, &one)) {
		size_t i = 0;
		while (i < sizeof changes / sizeof *changes && !str_is(one, changes[i]))
			i++;
		if (i == sizeof changes / sizeof *changes && !is_split)
			return def_fault(r, line, "nothing is called \"%.*s\" that an import does",
				STR_ARG(one));
		is_split = str_is(one, "split");
	}
	return 0;
}

int def_import_row(struct def_reader *r, const struct def_wait *w)
{
	struct def_import one = { .source = w->cell[IMPORT_SOURCE],
		.path = w->cell[IMPORT_PATH],
		.as = w->cell[IMPORT_AS],
		.to = def_field_find(r->def, w->cell[IMPORT_TO]) };
	if (!def_name_ok(one.source) || !one.path.n)
		return def_fault(r, w->line, "an import needs a source and a path");
	if (one.to < 0 || !def_asks(&r->field[one.to]))
		return def_fault(r, w->line, "there is no field \"%.*s\" to import to",
			STR_ARG(w->cell[IMPORT_TO]));
	int result = check_as(r, w->line, one.as);
	if (result == 0)
		r->import[r->def->n_import++] = one;
	return result;
}
