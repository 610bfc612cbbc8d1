/* Forward, one step at a time, each in a transaction of its own. */
#include "base/clock.h"
#include "store/inner.h"
#include "store/migrate.sql.h"

enum { STEPS_MEM = 1 << 20 };

static const char *text_of(const struct db *db, const struct db_step *step)
{
	return db_is_pg(db) ? step->pg : step->lite;
}

/* The newest step taken, or -1. Every step up to it must have been taken, and be ours. */
static int newest(struct db *db, const struct db_schema *schema, int *ret)
{
	auto_arena mem;
	arena_init(&mem, STEPS_MEM);
	struct schema_step_all_row *row;
	size_t n;
	int rc = schema_step_all(db, &mem, &row, &n);
	if (rc < 0)
		return rc;
	for (size_t i = 0; i < n; i++) {
		if (i >= schema->n || row[i].step > schema->step[schema->n - 1].step)
			return err_note(ERR_CONFLICT,
				"the database has step %lld, this program ends at %lld",
				(long long)row[n - 1].step,
				(long long)schema->step[schema->n - 1].step);
		if (row[i].step != schema->step[i].step)
			return err_note(ERR_CONFLICT, "the database never took step %s",
				schema->step[i].name);
	}
	*ret = n ? (int)row[n - 1].step : -1;
	return 0;
}

/* Asked again inside the transaction: another process may have been faster. */
static int take(struct db *db, const struct db_schema *schema, const struct db_step *step)
{
	auto_tx tx = { 0 };
	int at, rc = db_tx_begin(db, &tx);
	if (rc == 0 && db->back->lock_schema)
		rc = db->back->lock_schema(db);
	if (rc == 0)
		rc = newest(db, schema, &at);
	if (rc == 0 && at < step->step)
		rc = db_script(db, text_of(db, step));
	if (rc == 0 && at < step->step)
		rc = schema_step_add(db, step->step, clock_now());
	return rc < 0 ? rc : db_tx_end(&tx);
}

int db_migrate_to(struct db *db, const struct db_schema *schema, int *ret_from, int *ret_to)
{
	must(schema->n && schema->step[0].step == 0);
	int from = -1, rc = 0;
	db->is_migrating = true;
	rc = db_script(db, text_of(db, &schema->step[0]));
	if (rc == 0)
		rc = newest(db, schema, &from);
	for (size_t i = 0; rc == 0 && i < schema->n; i++)
		if (schema->step[i].step > from)
			rc = take(db, schema, &schema->step[i]);
	db->is_migrating = false;
	if (rc < 0)
		return rc;
	*ret_from = from;
	*ret_to = (int)schema->step[schema->n - 1].step;
	return 0;
}

int db_migrate(struct db *db, int *ret_from, int *ret_to)
{
	return db_migrate_to(db, &db_schema, ret_from, ret_to);
}

int db_schema_at(struct db *db, int *ret_at, int *ret_newest)
{
	auto_arena mem;
	struct schema_is_there_row row = { 0 };
	arena_init(&mem, STEPS_MEM);
	*ret_at = -1;
	*ret_newest = (int)db_schema.step[db_schema.n - 1].step;
	int result = schema_is_there(db, &mem, &row);
	if (result < 0)
		return result;
	return row.n ? newest(db, &db_schema, ret_at) : 0;
}
