/*
 * I make the database fail on purpose, so that tests see what happens then. Nothing
 * else calls me.
 */
#pragma once

/* db_fail_after(n): Let ${n} statements, begins and commits of the whole process pass
 * and fail the next one with ERR_IO; the ones after that pass. Negative: never. */
void db_fail_after(int n);

/* db_has_failed(): Whether the failure asked for has happened. */
_Bool db_has_failed(void);
