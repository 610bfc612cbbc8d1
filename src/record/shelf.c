#include "record/shelf.h"
#include "crypto/crypto.h"
#include "record/forms.h"
#include "record/shelf.sql.h"
#include <stdlib.h>

enum { SHELF_MEM = 64 << 20, SHELF_MAX = 64 };

struct shelf {
	struct arena mem;
	struct shelf_form form[SHELF_MAX];
	size_t n;
	record_watch *watch[SHELF_WATCHES];
	size_t n_watch;
};

/* ---- reading ---- */

static void find_sealed(struct shelf_form *f)
{
	f->can_make = !f->def->is_sealed;
	for (int i = 0; i < (int)f->def->n_field; i++) {
		if (!def_asks(&f->def->field[i]) || !def_is_sealed(f->def, i))
			continue;
		def_fields_add(&f->left_out, i);
		f->can_make &= !f->def->field[i].is_required;
	}
}

static int read_form(struct arena *mem, const char *file, struct str text,
	const struct shipped_form *shipped, struct shelf_form *ret)
{
	struct shelf_form f = { 0 };
	struct def *def = NULL;
	int result = def_read(mem, file, text, &def);
	f.def = def;
	for (int i = 0; i < LANG_COUNT && result == 0; i++)
		result = labels_read(mem, file, shipped ? *shipped->po[i] : STR(""), f.def,
			lang_of((enum lang_id)i), &f.labels[i]);
	if (result < 0)
		return result;
	find_sealed(&f);
	*ret = f;
	return 0;
}

int shelf_open(struct shelf **ret)
{
	struct shelf *s = calloc(1, sizeof *s);
	int result = s ? 0 : ERR_NOMEM;
	if (s)
		arena_init(&s->mem, SHELF_MEM);
	for (const struct shipped_form *f = shipped_forms; f->file && result == 0; f++) {
		must(s->n < SHELF_MAX);
		result = read_form(&s->mem, f->file, *f->text, f, &s->form[s->n]);
		s->n += result == 0;
	}
	if (result < 0)
		shelf_close(s);
	else
		*ret = s;
	return result;
}

void shelf_close(struct shelf *s)
{
	if (s)
		arena_done(&s->mem);
	free(s);
}

/* ---- telling ---- */

void shelf_watch(struct shelf *s, record_watch *watch)
{
	must(s->n_watch < SHELF_WATCHES);
	s->watch[s->n_watch++] = watch;
}

int shelf_tell(const struct shelf *s, struct record_event e)
{
	int result = 0;
	e.shelf = s;
	for (size_t i = 0; i < s->n_watch && result == 0; i++)
		result = s->watch[i](&e);
	return result;
}

/* ---- keeping ---- */

static void hash_of(struct str text, char ret[2 * HASH_BYTES + 1])
{
	uint8_t hash[HASH_BYTES];
	hash_open(text, hash);
	hex_text(hash, sizeof hash, ret);
}

int shelf_archive(struct shelf *s, struct db *db, int64_t now)
{
	auto_tx tx = { 0 };
	int result = db_tx_begin(db, &tx);
	for (size_t i = 0; i < s->n && result >= 0; i++) {
		struct str text = *shipped_forms[i].text;
		char hash[2 * HASH_BYTES + 1];
		struct shelf_by_hash_row known;
		struct shelf_add_row added = { 0 };
		hash_of(text, hash);
		result = shelf_by_hash(db, &s->mem, str_c(hash), &known);
		if (result > 0)
			added.id = known.id;
		else if (result == 0)
			result = shelf_add(
				db, &s->mem, s->form[i].def->id, str_c(hash), text, now, &added);
		s->form[i].id = added.id;
	}
	return result < 0 ? result : db_tx_end(&tx);
}

/* ---- finding ---- */

const struct shelf_form *shelf_all(const struct shelf *s, size_t *ret_n)
{
	size_t n = 0;
	while (n < s->n && !s->form[n].def->is_sealed)
		n++;
	*ret_n = n;
	return s->form;
}

const struct shelf_form *shelf_sealed(const struct shelf *s, size_t *ret_n)
{
	size_t open;
	shelf_all(s, &open);
	*ret_n = s->n - open;
	return s->form + open;
}

const struct shelf_form *shelf_find(const struct shelf *s, struct str name)
{
	for (size_t i = 0; i < s->n; i++)
		if (str_eq(s->form[i].def->id, name))
			return &s->form[i];
	return NULL;
}

static const struct shipped_form *shipped_find(const struct shelf *s, struct str name)
{
	for (size_t i = 0; i < s->n; i++)
		if (str_eq(s->form[i].def->id, name))
			return &shipped_forms[i];
	return NULL;
}

int shelf_of(const struct shelf *s, struct db *db, struct arena *mem, int64_t id,
	const struct shelf_form **ret)
{
	struct shelf_source_row row;
	for (size_t i = 0; i < s->n; i++)
		if (s->form[i].id == id) {
			*ret = &s->form[i];
			return 0;
		}
	int result = shelf_source(db, mem, id, &row);
	struct shelf_form *f = result > 0 ? arena_take(mem, sizeof *f) : NULL;
	if (result <= 0)
		return result < 0 ? result : err_note(ERR_MISSING, "no such definition");
	if (!f)
		return ERR_NOMEM;
	result = read_form(mem, "an older definition", row.source, shipped_find(s, row.name), f);
	if (result < 0)
		return result == ERR_INPUT ? ERR_BUG : result;
	f->id = id;
	*ret = f;
	return 0;
}
