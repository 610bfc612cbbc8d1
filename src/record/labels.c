#include "record/labels.h"
#include "base/utf8.h"
#include <stdio.h>
#include <string.h>

enum { LABELS_MIND_MAX = 16 << 20 };

/* One text of the definition, and where its translation goes. */
struct place {
	const char *sheet, *column; /* column NULL: the sheet has one text a row */
	struct str name, part;      /* part: of a list; absent: none */
	struct str own;
	struct said *to;
};

struct places {
	struct place *at;
	size_t n;
};

struct po {
	struct arena *mem, *mind; /* what stays, and what is needed while the file is read */
	const char *file;
	int line;
	struct str place, key, text;
	struct str *last; /* that a string in a line of its own goes on with */
	const struct places *places;
	const struct lang *lang;
	size_t n_lost;
};

static int bad(const struct po *po, const char *what)
{
	return err_note(ERR_INPUT, "%s:%d: %s", po->file, po->line, what);
}

/* ---- the places ---- */

static void add(struct places *p, struct place one)
{
	*one.to = (struct said){ one.own, lang_of(LANG_EN) };
	if (one.own.n)
		p->at[p->n++] = one;
}

static void add_all(struct places *p, const struct def *d, struct labels *l)
{
	add(p,
		(struct place){
			"settings", NULL, STR("form_title"), .own = d->title, .to = &l->title });
	add(p,
		(struct place){ "settings", NULL, STR("list_title"), .own = d->list_title,
			.to = &l->list_title });
	add(p, (struct place){ "settings", NULL, STR("intro"), .own = d->intro, .to = &l->intro });
	for (size_t i = 0; i < d->n_field; i++) {
		const struct def_field *f = &d->field[i];
		add(p,
			(struct place){
				"survey", "label", f->name, .own = f->label, .to = &l->label[i] });
		add(p,
			(struct place){
				"survey", "hint", f->name, .own = f->hint, .to = &l->hint[i] });
		add(p,
			(struct place){ "survey", "constraint_message", f->name,
				.own = f->constraint_message, .to = &l->complaint[i] });
	}
	for (size_t i = 0; i < d->n_choice; i++)
		add(p,
			(struct place){ "choices", NULL, d->choice[i].list, d->choice[i].name,
				d->choice[i].label, &l->choice[i] });
	for (size_t i = 0; i < d->n_state; i++)
		add(p,
			(struct place){ "states", NULL, d->state[i].name, .own = d->state[i].label,
				.to = &l->state[i] });
	for (size_t i = 0; i < d->n_move; i++) {
		const struct def_move *m = &d->move[i];
		add(p,
			(struct place){ "moves", NULL, m->name,
				.own = m->label.n ? m->label : d->state[m->to].label,
				.to = &l->move[i] });
		add(p,
			(struct place){ "moves", "then", m->name,
				.own = m->then == DEF_THEN_MESSAGE ? m->then_what : STR(""),
				.to = &l->message[i] });
	}
}

static bool takes(struct str *s, struct str word)
{
	if (s->n < word.n || !str_eq((struct str){ s->p, word.n }, word))
		return false;
	*s = str_from(*s, word.n);
	return true;
}

/* sheet.name[.part][.column] */
static bool is_at(const struct place *p, struct str s)
{
	if (!takes(&s, str_c(p->sheet)) || !takes(&s, STR(".")) || !takes(&s, p->name))
		return false;
	if (p->part.p && (!takes(&s, STR(".")) || !takes(&s, p->part)))
		return false;
	if (p->column && (!takes(&s, STR(".")) || !takes(&s, str_c(p->column))))
		return false;
	return s.n == 0;
}

/* ---- the file ---- */

/* The text of "…" with \" \\ \n undone; where there are none, the file's own bytes. */
static int unquote(const struct po *po, struct str s, struct str *ret)
{
	s = str_trim(s);
	if (s.n < 2 || s.p[0] != '"' || s.p[s.n - 1] != '"')
		return bad(po, "a text in quotation marks is expected");
	s = (struct str){ s.p + 1, s.n - 2 };
	*ret = s;
	if (str_find(s, '\\') == s.n && str_find(s, '"') == s.n)
		return 0;
	char *out = arena_take(po->mind, s.n + 1);
	size_t n = 0;
	if (!out)
		return ERR_NOMEM;
	for (size_t i = 0; i < s.n; i++) {
		bool is_escaped = s.p[i] == '\\' && i + 1 < s.n;
		if (s.p[i] == '"' || (s.p[i] == '\\' && !is_escaped))
			return bad(po, "a quotation mark or \\ inside a text");
		i += is_escaped;
		out[n++] = is_escaped && s.p[i] == 'n' ? '\n' : s.p[i];
	}
	*ret = (struct str){ out, n };
	return 0;
}

static int hold(const struct po *po, struct str text, struct said *ret)
{
	*ret = (struct said){ arena_copy(po->mem, text), po->lang };
	return ret->s.p ? 0 : ERR_NOMEM;
}

/* An entry is whole: its text goes to its place, if that still says what was translated. */
static int settle(struct po *po)
{
	const struct places *all = po->places;
	struct str place = po->place, key = po->key, text = po->text;
	po->place = po->key = po->text = (struct str){ 0 };
	po->last = NULL;
	if (!place.p)
		return key.n ? bad(po, "a message without msgctxt") : 0;
	for (size_t i = 0; i < all->n; i++) {
		if (!is_at(&all->at[i], place))
			continue;
		if (str_eq(key, all->at[i].own) && text.n)
			return hold(po, text, all->at[i].to);
	}
	po->n_lost++;
	return 0;
}

static int go_on(struct po *po, struct str text)
{
	if (!po->last)
		return bad(po, "a text that belongs to nothing");
	*po->last = arena_f(po->mind, "%.*s%.*s", STR_ARG(*po->last), STR_ARG(text));
	return po->last->p ? 0 : ERR_NOMEM;
}

static int take_line(struct po *po, struct str line)
{
	struct str rest = line, word = { line.p, 0 }, text;
	if (line.p[0] != '"')
		str_cut(&rest, ' ', &word);
	int result = unquote(po, rest, &text);
	if (result < 0)
		return result;
	if (word.n == 0)
		return go_on(po, text);
	if (str_is(word, "msgctxt") || (str_is(word, "msgid") && po->key.p))
		result = settle(po);
	po->last = str_is(word, "msgctxt") ? &po->place
		: str_is(word, "msgid")    ? &po->key
		: str_is(word, "msgstr")   ? &po->text
					   : NULL;
	if (!po->last)
		return bad(po, "only msgctxt, msgid and msgstr are known");
	*po->last = text;
	return result;
}

static int read_file(struct po *po, struct str text)
{
	struct str line;
	int result = 0;
	if (text.n > LABELS_TEXT_MAX)
		return err_note(ERR_LIMIT, "%s: more than %d bytes", po->file, LABELS_TEXT_MAX);
	if (!utf8_ok(text))
		return bad(po, "not UTF-8");
	while (result == 0 && str_cut(&text, '\n', &line)) {
		po->line++;
		line = str_trim(line);
		if (line.n && line.p[0] != '#')
			result = take_line(po, line);
	}
	return result == 0 ? settle(po) : result;
}

static int make_room(struct arena *mem, const struct def *d, struct labels *l)
{
	l->label = arena_array(mem, d->n_field + 1, sizeof *l->label);
	l->hint = arena_array(mem, d->n_field + 1, sizeof *l->hint);
	l->complaint = arena_array(mem, d->n_field + 1, sizeof *l->complaint);
	l->choice = arena_array(mem, d->n_choice + 1, sizeof *l->choice);
	l->state = arena_array(mem, d->n_state + 1, sizeof *l->state);
	l->move = arena_array(mem, d->n_move + 1, sizeof *l->move);
	l->message = arena_array(mem, d->n_move + 1, sizeof *l->message);
	return l->label && l->hint && l->complaint && l->choice && l->state && l->move && l->message
		? 0
		: ERR_NOMEM;
}

int labels_read(struct arena *mem, const char *file, struct str text, const struct def *def,
	const struct lang *lang, struct labels *ret)
{
	auto_arena mind = { 0 };
	arena_init(&mind, LABELS_MIND_MAX);
	struct labels l = { .lang = lang };
	struct places places = { arena_array(&mind,
					 3 + 3 * def->n_field + def->n_choice + def->n_state +
						 2 * def->n_move,
					 sizeof *places.at),
		0 };
	int result = places.at ? make_room(mem, def, &l) : ERR_NOMEM;
	if (result < 0)
		return result;
	add_all(&places, def, &l);
	/* Where things go is in ${l}; it is read in place and handed over when all is well. */
	struct po po = { mem, &mind, file, .places = &places, .lang = lang };
	result = read_file(&po, text);
	if (result < 0)
		return result;
	l.n_lost = po.n_lost;
	for (size_t i = 0; i < places.n; i++)
		l.n_missing += places.at[i].to->lang != lang;
	*ret = l;
	return 0;
}

struct said labels_choice(const struct labels *l, const struct def *def, const struct def_choice *c)
{
	return l->choice[c - def->choice];
}
