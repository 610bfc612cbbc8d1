#include "record/shelf.h"
#include "crypto/crypto.h"
#include "record/forms.h"
#include "record/shelf.sql.h"
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

enum { SHELF_MEM = 128 << 20, SHELF_MAX = 64, OLDER_MAX = 256, LIVES_MEM = 1 << 16 };

struct shelf_set {
	struct shelf_set *before; /* kept until the shelf is closed */
	size_t n;
	struct shelf_form form[SHELF_MAX];
};

struct shelf {
	struct arena mem;
	_Atomic(struct shelf_set *) set;
	struct shelf_set *made;    /* all of them, used or not */
	int64_t passed[SHELF_MAX]; /* versions in use elsewhere that this program passes by */
	size_t n_passed;
	record_watch watch[SHELF_WATCHES];
	size_t n_watch;
	/* Definitions that older records were made with, read once. */
	pthread_mutex_t lock;
	struct shelf_form *older[OLDER_MAX];
	struct arena older_mem;
	size_t n_older;
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

static const struct shipped_form *shipped_find(struct str name)
{
	for (const struct shipped_form *f = shipped_forms; f->file; f++) {
		struct str rest = str_from(str_c(f->file), sizeof "forms/" - 1);
		if (str_eq((struct str){ rest.p, str_find(rest, '.') }, name))
			return f;
	}
	return NULL;
}

int shelf_read(
	struct arena *mem, const char *file, const struct shelf_text *text, struct shelf_form *ret)
{
	auto_arena mind = { 0 };
	struct shelf_form f = { 0 };
	struct def *def = NULL;
	arena_init(&mind, SHELF_MEM);
	int result = def_read(mem, file, text->source, &def);
	if (result < 0)
		return result;
	f.def = def;
	const struct shipped_form *shipped = shipped_find(def->id);
	for (int i = 0; i < LANG_COUNT && result == 0; i++) {
		struct str po = text->po[i];
		if (!po.p && shipped && shipped->po[i])
			result = packed_open(&mind, shipped->po[i], &po);
		if (result == 0)
			result = labels_read(
				mem, file, po, def, lang_of((enum lang_id)i), &f.labels[i]);
	}
	if (result < 0)
		return result;
	find_sealed(&f);
	*ret = f;
	return 0;
}

/* ---- sets ---- */

static struct shelf_set *set_add(struct shelf *s, const struct shelf_set *like)
{
	struct shelf_set *set = calloc(1, sizeof *set);
	if (!set)
		return NULL;
	if (like)
		*set = *like;
	set->before = s->made;
	s->made = set;
	return set;
}

/* In place of the one with its name; a new one stands before those that are sealed as a whole. */
static int set_put(struct shelf_set *set, const struct shelf_form *f)
{
	size_t at = 0;
	for (size_t i = 0; i < set->n; i++)
		if (str_eq(set->form[i].def->id, f->def->id)) {
			set->form[i] = *f;
			return 0;
		}
	if (set->n == SHELF_MAX)
		return err_note(ERR_LIMIT, "more than %d forms", SHELF_MAX);
	while (at < set->n && !set->form[at].def->is_sealed)
		at++;
	for (size_t i = set->n; i > at; i--)
		set->form[i] = set->form[i - 1];
	set->form[at] = *f;
	set->n++;
	return 0;
}

int shelf_open(struct shelf **ret)
{
	struct shelf *s = calloc(1, sizeof *s);
	if (!s)
		return err_note(ERR_NOMEM, "forms");
	arena_init(&s->mem, SHELF_MEM);
	arena_init(&s->older_mem, SHELF_MEM);
	pthread_mutex_init(&s->lock, NULL);
	struct shelf_set *set = set_add(s, NULL);
	int result = set ? 0 : err_note(ERR_NOMEM, "forms");
	for (const struct shipped_form *f = shipped_forms; f->file && result == 0; f++) {
		struct shelf_text text = { 0 };
		must(set->n < SHELF_MAX);
		result = packed_open(&s->mem, f->text, &text.source);
		if (result == 0)
			result = shelf_read(&s->mem, f->file, &text, &set->form[set->n]);
		set->n += result == 0;
	}
	atomic_store(&s->set, set);
	if (result < 0)
		shelf_close(s);
	else
		*ret = s;
	return result;
}

void shelf_close(struct shelf *s)
{
	if (!s)
		return;
	while (s->made) {
		struct shelf_set *set = s->made;
		s->made = set->before;
		free(set);
	}
	arena_done(&s->mem);
	arena_done(&s->older_mem);
	pthread_mutex_destroy(&s->lock);
	free(s);
}

/* ---- telling ---- */

void shelf_watch(struct shelf *s, record_watch watch)
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

/* Under its hash; the same text is the same definition. */
static int keep(
	struct shelf *s, struct db *db, struct str name, struct str text, int64_t now, int64_t *ret)
{
	char hash[2 * HASH_BYTES + 1];
	struct shelf_by_hash_row known;
	struct shelf_add_row added;
	hash_of(text, hash);
	int result = shelf_by_hash(db, &s->mem, str_c(hash), &known);
	if (result > 0)
		*ret = known.id;
	if (result == 0) {
		result = shelf_add(db, &s->mem, name, str_c(hash), text, now, &added);
		if (result > 0)
			*ret = added.id;
	}
	return result < 0 ? result : 0;
}

/* The index knows its fields by the names they have now, and those they had. */
static int rename_fields(struct db *db, const struct def *def)
{
	int result = 0;
	for (size_t i = 0; i < def->n_field && result >= 0; i++) {
		struct str rest = def->field[i].was, was, now = def->field[i].name;
		while (result >= 0 && str_cut(&rest, ' ', &was)) {
			if (!was.n)
				continue;
			result = shelf_field_rename(db, def->id, was, now);
			if (result >= 0)
				result = shelf_was_rename(db, def->id, was, now);
			if (result >= 0)
				result = shelf_was_put(db, def->id, was, now);
		}
	}
	return result < 0 ? result : 0;
}

/* As it is kept, with the translations that came with it. */
static int text_of(struct db *db, struct arena *mem, int64_t id, struct shelf_text *ret)
{
	struct shelf_source_row row;
	struct shelf_pos_row *po;
	size_t n = 0;
	int result = shelf_source(db, mem, id, &row);
	if (result <= 0)
		return result < 0 ? result : err_note(ERR_MISSING, "no such definition");
	*ret = (struct shelf_text){ .source = row.source };
	result = shelf_pos(db, mem, id, &po, &n);
	for (size_t i = 0; i < n; i++) {
		const struct lang *lang = lang_by_code(po[i].lang);
		if (lang && po[i].text.n)
			ret->po[lang->id] = po[i].text;
	}
	return result < 0 ? result : 0;
}

static int keep_shipped(
	struct shelf *s, struct db *db, struct shelf_set *set, size_t i, int64_t now)
{
	auto_arena mind = { 0 };
	struct str text = { 0 };
	arena_init(&mind, SHELF_MEM);
	int result = packed_open(&mind, shipped_forms[i].text, &text);
	return result == 0 ? keep(s, db, set->form[i].def->id, text, now, &set->form[i].id)
			   : result;
}

/* A version that administrators put in use holds until the program comes with a later one. */
static int take_over(struct shelf *s, struct db *db, int64_t id, struct shelf_set *set)
{
	struct shelf_text text = { 0 };
	struct shelf_form f = { 0 };
	int result = text_of(db, &s->mem, id, &text);
	if (result == 0)
		result = shelf_read(&s->mem, "a version in use", &text, &f);
	if (result == ERR_INPUT) /* what was known then is refused now: the program's own holds */
		return 0;
	if (result < 0)
		return result;
	must(f.def);
	f.id = id;
	const struct shelf_form *own = shelf_find(s, f.def->id);
	return own && own->def->version > f.def->version ? 0 : set_put(set, &f);
}

int shelf_archive(struct shelf *s, struct db *db, int64_t now)
{
	auto_tx tx = { 0 };
	struct shelf_set *set = atomic_load(&s->set);
	struct shelf_lives_row *live;
	size_t n = 0;
	int result = db_tx_begin(db, &tx);
	for (size_t i = 0; i < set->n && result >= 0; i++)
		result = keep_shipped(s, db, set, i, now);
	for (size_t i = 0; i < set->n && result >= 0; i++)
		result = rename_fields(db, set->form[i].def);
	if (result >= 0)
		result = shelf_lives(db, &s->mem, &live, &n);
	for (size_t i = 0; i < n && result >= 0; i++)
		result = take_over(s, db, live[i].form, set);
	return result < 0 ? result : db_tx_end(&tx);
}

int shelf_offer(struct shelf *s, struct db *db, const struct shelf_text *text, int64_t now,
	struct shelf_set **ret)
{
	struct shelf_text own = { .source = arena_copy(&s->mem, text->source) };
	struct shelf_form f;
	bool is_full = !own.source.p;
	for (int i = 0; i < LANG_COUNT; i++)
		if (text->po[i].p) {
			own.po[i] = arena_copy(&s->mem, text->po[i]);
			is_full |= !own.po[i].p;
		}
	int result = is_full ? ERR_NOMEM : shelf_read(&s->mem, "the new version", &own, &f);
	if (result == 0)
		result = keep(s, db, f.def->id, own.source, now, &f.id);
	for (int i = 0; i < LANG_COUNT && result >= 0; i++)
		if (own.po[i].n)
			result = shelf_po_put(db, f.id, lang_of((enum lang_id)i)->code, own.po[i]);
	if (result >= 0)
		result = rename_fields(db, f.def);
	if (result >= 0)
		result = shelf_live_put(db, f.def->id, f.id, now);
	if (result < 0)
		return result;
	struct shelf_set *set = set_add(s, atomic_load(&s->set));
	result = set ? set_put(set, &f) : err_note(ERR_NOMEM, "forms");
	*ret = set;
	return result;
}

static bool is_known(const struct shelf *s, const struct shelf_set *set, int64_t id)
{
	for (size_t i = 0; i < set->n; i++)
		if (set->form[i].id == id)
			return true;
	for (size_t i = 0; i < s->n_passed; i++)
		if (s->passed[i] == id)
			return true;
	return false;
}

int shelf_reload(struct shelf *s, struct db *db)
{
	struct shelf_set *now = atomic_load(&s->set), *set = NULL;
	struct shelf_lives_row *live = NULL;
	auto_arena mem;
	size_t n = 0;
	arena_init(&mem, LIVES_MEM);
	int result = shelf_lives(db, &mem, &live, &n);
	for (size_t i = 0; i < n && result >= 0; i++) {
		if (is_known(s, set ? set : now, live[i].form))
			continue;
		set = set ? set : set_add(s, now);
		result = set ? take_over(s, db, live[i].form, set) : ERR_NOMEM;
		if (result >= 0 && !is_known(s, set, live[i].form) && s->n_passed < SHELF_MAX)
			s->passed[s->n_passed++] = live[i].form;
	}
	if (result < 0)
		return result;
	if (set)
		atomic_store(&s->set, set);
	return set != NULL;
}

void shelf_use(struct house *house, const void *set)
{
	atomic_store(&house->shelf->set, (struct shelf_set *)(uintptr_t)set);
}

/* ---- finding ---- */

const struct shelf_form *shelf_all(const struct shelf *s, size_t *ret_n)
{
	const struct shelf_set *set = atomic_load(&s->set);
	size_t n = 0;
	while (n < set->n && !set->form[n].def->is_sealed)
		n++;
	*ret_n = n;
	return set->form;
}

const struct shelf_form *shelf_sealed(const struct shelf *s, size_t *ret_n)
{
	const struct shelf_set *set = atomic_load(&s->set);
	size_t open = 0;
	while (open < set->n && !set->form[open].def->is_sealed)
		open++;
	*ret_n = set->n - open;
	return set->form + open;
}

const struct shelf_form *shelf_find(const struct shelf *s, struct str name)
{
	const struct shelf_set *set = atomic_load(&s->set);
	for (size_t i = 0; i < set->n; i++)
		if (str_eq(set->form[i].def->id, name))
			return &set->form[i];
	return NULL;
}

static int read_older(struct db *db, struct arena *mem, int64_t id, const struct shelf_form **ret)
{
	struct shelf_text text;
	struct shelf_form *f = arena_take(mem, sizeof *f);
	int result = f ? text_of(db, mem, id, &text) : ERR_NOMEM;
	if (result == 0)
		result = shelf_read(mem, "an older definition", &text, f);
	if (result < 0)
		return result == ERR_INPUT ? ERR_BUG : result;
	f->id = id;
	*ret = f;
	return 0;
}

/* The shelf's own memory, which changes behind its const. */
static int keep_older(struct shelf *s, struct db *db, int64_t id, const struct shelf_form **ret)
{
	int result = 0;
	pthread_mutex_lock(&s->lock);
	for (size_t i = 0; i < s->n_older && !*ret; i++)
		if (s->older[i]->id == id)
			*ret = s->older[i];
	if (!*ret && s->n_older < OLDER_MAX) {
		result = read_older(db, &s->older_mem, id, ret);
		if (result == 0)
			s->older[s->n_older++] = (struct shelf_form *)(uintptr_t)*ret;
	}
	pthread_mutex_unlock(&s->lock);
	return result;
}

int shelf_of(const struct shelf *s, struct db *db, struct arena *mem, int64_t id,
	const struct shelf_form **ret)
{
	const struct shelf_set *set = atomic_load(&s->set);
	const struct shelf_form *f = NULL;
	for (size_t i = 0; i < set->n && !f; i++)
		if (set->form[i].id == id)
			f = &set->form[i];
	int result = f ? 0 : keep_older((struct shelf *)(uintptr_t)s, db, id, &f);
	if (result == 0 && !f)
		result = read_older(db, mem, id, &f);
	if (result == 0)
		*ret = f;
	return result;
}

int shelf_version(const struct shelf *s, struct db *db, struct arena *mem,
	const struct shelf_form *now, int64_t version, const struct shelf_form **ret)
{
	struct shelf_ids_row *row = NULL;
	size_t n = 0;
	if (now->def->version == version) {
		*ret = now;
		return 0;
	}
	int result = shelf_ids(db, mem, now->def->id, &row, &n);
	for (size_t i = 0; i < n && result >= 0; i++) {
		const struct shelf_form *f = NULL;
		result = shelf_of(s, db, mem, row[i].id, &f);
		if (result == 0 && f && f->def->version == version) {
			*ret = f;
			return 0;
		}
		result = result == ERR_BUG ? 0 : result; /* what cannot be read any more */
	}
	return result < 0 ? result : err_note(ERR_MISSING, "no such version");
}
