#include "store/db.h"
#include "store/fault.h"
#include "store/inner.h"
#include <stdatomic.h>

enum { FIRST_SLOTS = 64 };

/* Statements are found by the address of their text: see find. */
struct db_slot {
	const struct db_sql *sql;
	struct db_stmt *st;
};

static const struct db_backend *const backends[] = { &db_sqlite, &db_pg };

/* ---- failing on purpose ---- */

static _Atomic int fail_after = -1;
static _Atomic bool has_failed;

void db_fail_after(int n)
{
	atomic_store(&has_failed, false);
	atomic_store(&fail_after, n);
}

bool db_has_failed(void)
{
	return atomic_load(&has_failed);
}

static bool is_failing(void)
{
	if (atomic_load_explicit(&fail_after, memory_order_relaxed) < 0)
		return false;
	if (atomic_fetch_sub(&fail_after, 1) != 0)
		return false;
	atomic_store(&has_failed, true);
	return true;
}

/* ---- connections ---- */

int db_open(const char *url, enum db_mode mode, struct db **ret)
{
	for (size_t i = 0; i < sizeof backends / sizeof *backends; i++)
		if (str_starts(str_c(url), backends[i]->scheme))
			return backends[i]->open(url, mode, ret);
	return err_note(
		ERR_INPUT, "the database address begins neither with sqlite: nor postgresql:");
}

void db_close(struct db *db)
{
	if (!db)
		return;
	for (size_t i = 0; i < db->n_slots; i++)
		if (db->slot[i].st)
			db->back->drop(db->slot[i].st);
	free(db->slot);
	db->back->close(db);
}

bool db_is_pg(const struct db *db)
{
	return db->back->is_pg;
}

int db_others_wrote(struct db *db)
{
	int64_t now;
	int result = db->back->others(db, &now);
	if (result < 0)
		return result;
	bool is_new = db->others_at.has && db->others_at.v != now;
	db->others_at = (struct opt_i64){ .v = now, .has = true };
	return is_new;
}

int db_forget(struct db *db)
{
	return db->back->forget(db);
}

int db_script(struct db *db, const char *sql)
{
	if (is_failing())
		return err_note(ERR_IO, "a script fails on purpose");
	return db->back->script(db, sql);
}

int db_much(struct db *db)
{
	return db->back->is_pg ? 0 : db_script(db, "PRAGMA cache_size=-65536;");
}

/* ---- transactions ---- */

int db_tx_begin(struct db *db, struct db_tx *ret)
{
	if (is_failing())
		return err_note(ERR_IO, "begin fails on purpose");
	int rc = db->back->tx(db, db->depth ? DB_SAVE : DB_BEGIN);
	if (rc < 0)
		return rc;
	db->is_lost = db->depth ? db->is_lost : false;
	*ret = (struct db_tx){ .db = db, .depth = ++db->depth, .is_open = true };
	return 0;
}

int db_tx_end(struct db_tx *tx)
{
	struct db *db = tx->db;
	must(tx->is_open && tx->depth == db->depth);
	int rc;
	if (db->is_lost)
		rc = err_note(ERR_IO, "the database gave the transaction up");
	else if (is_failing())
		rc = err_note(ERR_IO, "commit fails on purpose");
	else
		rc = db->back->tx(db, db->depth > 1 ? DB_RELEASE : DB_COMMIT);
	if (rc < 0) {
		db_tx_drop(tx);
		return rc;
	}
	tx->is_open = false;
	db->depth--;
	return 0;
}

void db_tx_drop(struct db_tx *tx)
{
	if (!tx->is_open)
		return;
	struct db *db = tx->db;
	must(tx->depth == db->depth);
	tx->is_open = false;
	db->depth--;
	/* Where undoing fails, nothing may be kept: the outer transaction is lost with it. */
	if (db->depth == 0)
		db->is_lost = db->back->tx(db, DB_ROLLBACK) < 0;
	else if (!db->is_lost)
		db->is_lost = db->back->tx(db, DB_UNDO) < 0;
}

bool db_tx_holds(const struct db_tx *tx)
{
	return tx->is_open && !tx->db->is_lost;
}

/* ---- prepared statements ---- */

static struct db_slot *find(struct db *db, const struct db_sql *sql)
{
	size_t at = (size_t)(((uintptr_t)sql >> 3) * UINT64_C(0x9e3779b97f4a7c15) >> 32);
	while (db->slot[at & (db->n_slots - 1)].sql != sql) {
		if (!db->slot[at & (db->n_slots - 1)].sql)
			break;
		at++;
	}
	return &db->slot[at & (db->n_slots - 1)];
}

/* Always a free slot in four, so that find ends. */
static int make_room(struct db *db)
{
	if (db->n_used * 4 < db->n_slots * 3)
		return 0;
	struct db old = *db;
	size_t n = old.n_slots ? old.n_slots * 2 : FIRST_SLOTS;
	struct db_slot *slot = calloc(n, sizeof *slot);
	if (!slot)
		return err_note(ERR_NOMEM, "statement table");
	db->slot = slot;
	db->n_slots = n;
	for (size_t i = 0; i < old.n_slots; i++)
		if (old.slot[i].sql)
			*find(db, old.slot[i].sql) = old.slot[i];
	free(old.slot);
	return 0;
}

static int prepare(struct db *db, const struct db_sql *sql, struct db_stmt **ret)
{
	int rc = make_room(db);
	struct db_stmt *st = NULL;
	if (rc == 0)
		rc = db->back->prepare(db, sql, &st);
	if (rc < 0)
		return rc;
	*find(db, sql) = (struct db_slot){ sql, st };
	db->n_used++;
	*ret = st;
	return 0;
}

struct db_stmt *db_begin(struct db *db, const struct db_sql *sql)
{
	struct db_slot *slot = db->n_slots ? find(db, sql) : NULL;
	struct db_stmt *st = slot ? slot->st : NULL;
	int rc = 0;
	if (db->is_lost)
		rc = err_note(ERR_IO, "%s: the database gave the transaction up", sql->name);
	else if (is_failing())
		rc = err_note(ERR_IO, "%s fails on purpose", sql->name);
	else if (!st)
		rc = prepare(db, sql, &st);
	if (rc < 0) {
		db->sad = (struct db_stmt){ .db = db, .sql = sql, .code = rc };
		return &db->sad;
	}
	must(st);
	st->code = 0;
	return st;
}

int db_prepare_all(struct db *db, const struct db_sql *const *all)
{
	for (; *all; all++) {
		struct db_stmt *st;
		int rc = db->n_slots && find(db, *all)->st ? 0 : prepare(db, *all, &st);
		if (rc < 0)
			return rc;
	}
	return 0;
}
