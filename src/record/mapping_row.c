/* A row of a file as answers, with what is wrong about it. */
#include "base/buf.h"
#include "base/utf8.h"
#include "crypto/crypto.h"
#include "form/value.h"
#include "i18n/country_name.h"
#include "record/mapping.h"
#include "record/walk.h"
#include <string.h>

struct reading {
	const struct map_reader *r;
	struct arena *mem;
	struct mapped *to;
	bool has_key;
};

static void fault(struct mapped *to, enum map_fault what, int field, struct str value)
{
	if (to->fault != MAP_FINE && to->fault != MAP_UNKNOWN)
		return;
	if (to->fault == MAP_UNKNOWN && what == MAP_UNKNOWN)
		return;
	to->fault = what;
	to->field = field;
	to->value = value;
}

/* ---- words ---- */

static bool is_label(const struct shelf_form *f, const struct def_choice *c, struct str s)
{
	if (str_eq_ascii(c->name, s) || str_eq_ascii(c->label, s))
		return true;
	for (int l = 0; l < LANG_COUNT; l++)
		if (str_eq_ascii(labels_choice(&f->labels[l], f->def, c).s, s))
			return true;
	return false;
}

/* What a choice or a country is called in answers; false: nobody has said what is meant. */
static bool find_word(const struct map_reader *r, int field, struct str s, struct str *ret)
{
	const struct def_field *f = &r->form->def->field[field];
	for (size_t i = 0; i < r->n_word; i++)
		if (str_eq(r->word[i].field, f->name) && str_eq(r->word[i].word, s)) {
			*ret = r->word[i].val;
			return true;
		}
	if (f->kind == DEF_COUNTRY) {
		*ret = country_by_name(s);
		return ret->p != NULL;
	}
	for (size_t i = 0; i < f->n_choice; i++)
		if (is_label(r->form, &f->choice[i], s)) {
			*ret = f->choice[i].name;
			return true;
		}
	return false;
}

static void ask_about(struct mapped *to, int field, struct str word)
{
	fault(to, MAP_UNKNOWN, field, word);
	for (size_t i = 0; i < to->n_unknown; i++)
		if (to->unknown[i].field == field && str_eq(to->unknown[i].word, word))
			return;
	if (to->n_unknown < MAP_UNKNOWN_MAX)
		to->unknown[to->n_unknown++] = (struct map_unknown){ field, word };
}

/* ---- values ---- */

/* Behind what stands there already, parted by ${between}. */
static int append(struct reading *g, int field, struct str s, const char *between)
{
	struct str was = answers_get(&g->to->a, field, 0);
	if (was.n)
		s = arena_f(g->mem, "%.*s%s%.*s", STR_ARG(was), between, STR_ARG(s));
	return s.p ? answers_set(&g->to->a, field, 0, s) : ERR_NOMEM;
}

/* One part of a value, where several are allowed. */
static int take_part(struct reading *g, int field, int as, struct str s)
{
	const struct def_field *f = &g->r->form->def->field[field];
	struct str val, blank = str_trim(s), first;
	if (as & MAP_HEAD && str_cut(&blank, ' ', &first))
		s = first;
	s = utf8_head(str_trim(s), f->kind == DEF_TEXT ? ROWS_CELL_MAX : MAP_WORD_MAX);
	if (!s.n)
		return 0;
	if (f->kind == DEF_TEXT)
		return append(g, field, s, "; ");
	if (!find_word(g->r, field, s, &val)) {
		ask_about(g->to, field, s);
		return 0;
	}
	struct str was = answers_get(&g->to->a, field, 0);
	if (!val.n || answers_has_choice(was, val))
		return 0;
	if (was.n && f->kind != DEF_MANY) {
		fault(g->to, MAP_MANY, field, s);
		return 0;
	}
	return append(g, field, val, " ");
}

/* "; " parts what came out of a list; a comma only where that was said. */
static int take_parts(struct reading *g, int field, int as, struct str s)
{
	size_t from = 0;
	int result = 0;
	bool has_comma = as & MAP_SPLIT;
	for (size_t i = 0; i <= s.n && result == 0; i++) {
		bool is_end = i == s.n || (has_comma && s.p[i] == ',') ||
			(s.p[i] == ';' && (i + 1 == s.n || s.p[i + 1] == ' '));
		if (!is_end)
			continue;
		result = take_part(g, field, as, (struct str){ s.p + from, i - from });
		from = i + 1;
	}
	return result;
}

static int take_text(struct reading *g, int field, struct str s)
{
	const struct def_field *f = &g->r->form->def->field[field];
	int result = value_text(s, walk_is_long(f) ? FIELD_TEXT : FIELD_LINE, g->mem, &s);
	return result < 0 || !s.n ? result : append(g, field, s, "; ");
}

static int take_value(struct reading *g, int field, int as, struct str raw)
{
	const struct def_field *f = &g->r->form->def->field[field];
	struct str s = mapping_plain(raw, as, g->mem), val;
	if (!s.p)
		return ERR_NOMEM;
	if (!s.n)
		return 0;
	if (f->kind == DEF_TEXT && !(as & (MAP_SPLIT | MAP_HEAD)))
		return take_text(g, field, s);
	if (f->kind == DEF_TEXT || f->kind == DEF_ONE || f->kind == DEF_MANY ||
		f->kind == DEF_COUNTRY)
		return take_parts(g, field, as, s);
	bool is_fine = f->kind == DEF_DATE ? mapping_day(s, as, f->is_month, g->mem, &val)
					   : walk_kind(g->mem, f, s, &val);
	if (!is_fine)
		fault(g->to, MAP_NOT_SUCH, field, utf8_head(s, MAP_WORD_MAX));
	else if (!answers_get(&g->to->a, field, 0).n)
		return answers_set(&g->to->a, field, 0, val);
	return 0;
}

/* ---- a row ---- */

/* What tells records apart stands in the key as it stands in the file, each part with its length,
 * so that no two rows run into one another. */
static void put_key(struct buf *key, struct str s)
{
	buf_f(key, "%zu:", s.n);
	buf_str(key, s);
}

/* Nothing in any part is no key. */
static void end_key(const struct buf *key, struct mapped *to)
{
	uint8_t hash[HASH_BYTES];
	char text[2 * HASH_BYTES + 1];
	if (!key->n)
		return;
	hash_open(buf_view(key), hash);
	hex_text(hash, sizeof hash, text);
	memcpy(to->key, text, MAP_KEY_CHARS);
	to->key[MAP_KEY_CHARS] = '\0';
}

static int take_line(struct reading *g, const struct rows *rows, size_t i, struct buf *key)
{
	const struct map_line *line = &g->r->mapping->line[i];
	int column = g->r->column[i];
	struct str raw = line->column.p ? column >= 0 ? rows->cell[column] : STR("") : line->always;
	if (line->as & MAP_KEY) {
		put_key(key, raw);
		g->has_key |= raw.n > 0;
	}
	return line->field < 0 ? 0 : take_value(g, line->field, line->as, raw);
}

/* ---- a country that only a symbol tells ---- */

/* "CEDAW/C/ALB/CO/4" has the code of a country in it. */
static bool names_country(struct str s)
{
	struct str one = { 0 };
	while (str_cut(&s, '/', &one))
		if (one.n == 3 && country_by_name(one).p)
			return true;
	return false;
}

static bool is_asked(const struct mapped *m, int field)
{
	for (size_t i = 0; i < m->n_unknown; i++)
		if (m->unknown[i].field == field)
			return true;
	return false;
}

/* The symbol in brackets is the word that somebody has to explain. */
static int ask_country(struct reading *g, int field, struct str symbol)
{
	struct str val,
		word = arena_f(g->mem, "[%.*s]", STR_ARG(utf8_head(symbol, MAP_WORD_MAX - 2)));
	if (!word.p)
		return ERR_NOMEM;
	if (find_word(g->r, field, word, &val))
		return val.n ? answers_set(&g->to->a, field, 0, val) : 0;
	ask_about(g->to, field, word);
	return 0;
}

/* A row that names no country though its symbol does is asked about, not guessed. */
static int ask_countries(struct reading *g)
{
	const struct def *def = g->r->form->def;
	struct str symbol = STR("");
	int result = 0;
	for (int i = 0; i < (int)def->n_field && !symbol.n; i++) {
		struct str s = def->field[i].repeat < 0 ? answers_get(&g->to->a, i, 0) : STR("");
		if (def->field[i].kind == DEF_TEXT && names_country(s))
			symbol = s;
	}
	for (int i = 0; i < (int)def->n_field && symbol.n && result == 0; i++)
		if (def->field[i].kind == DEF_COUNTRY && def->field[i].repeat < 0 &&
			mapping_has(g->r->mapping, i) && !answers_get(&g->to->a, i, 0).n &&
			!is_asked(g->to, i))
			result = ask_country(g, i, symbol);
	return result;
}

/* What only all answers together can tell. */
static int judge(struct reading *g)
{
	struct answers *a = &g->to->a;
	int field, result = 0;
	size_t row;
	for (int i = 0; i < (int)a->def->n_field && result >= 0; i++) {
		struct str s = answers_get(a, i, 0);
		const struct def_field *f = &a->def->field[i];
		if (!s.n || !def_asks(f))
			continue;
		if (f->kind == DEF_TEXT && (int64_t)utf8_count(s) > walk_text_max(f))
			fault(g->to, MAP_TOO_LONG, i, utf8_head(s, MAP_WORD_MAX));
		result = answers_holds(a, i, 0);
		if (result == 0)
			fault(g->to, MAP_NOT_FIT, i, utf8_head(s, MAP_WORD_MAX));
	}
	if (result >= 0 && g->to->fault == MAP_FINE)
		result = answers_lack(a, &field, &row);
	if (result > 0 && g->to->fault == MAP_FINE)
		fault(g->to, MAP_MISSING, field, STR(""));
	return result < 0 ? result : 0;
}

int mapping_row(
	const struct map_reader *r, const struct rows *rows, struct arena *mem, struct mapped *ret)
{
	struct reading g = { .r = r, .mem = mem, .to = ret };
	auto_buf key;
	int result = 0;
	*ret = (struct mapped){ .field = -1 };
	answers_init(&ret->a, r->form->def, mem, r->now);
	ret->a.left_out = &r->form->left_out;
	buf_init(&key, ROWS_COLUMNS_MAX * (ROWS_CELL_MAX + 32));
	for (size_t i = 0; i < r->mapping->n && result == 0; i++)
		result = take_line(&g, rows, i, &key);
	if (result == 0)
		result = key.failed;
	if (result == 0)
		result = ask_countries(&g);
	if (result == 0)
		result = answers_settle(&ret->a);
	if (result < 0)
		return result;
	if (g.has_key)
		end_key(&key, ret);
	if (!ret->key[0])
		fault(ret, MAP_KEYLESS, -1, STR(""));
	return judge(&g);
}
