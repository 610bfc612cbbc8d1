#include "tests/account/world.h"
#include "account/account.sql.h"
#include "store/inner.h"
#include "vault/vault.h"
#include <unistd.h>

/* A file in the folder; or, where BARAZA_TEST_PG names a PostgreSQL, a schema of its own. */
static void place(struct world *w)
{
	const char *pg = getenv("BARAZA_TEST_PG");
	static int n;
	if (!pg) {
		snprintf(w->url, sizeof w->url, "sqlite:%s/db", w->folder);
		return;
	}
	char sql[64];
	struct db *db;
	snprintf(sql, sizeof sql, "CREATE SCHEMA w%d_%d", (int)getpid(), ++n);
	assert_int_equal(db_open(pg, DB_WRITE, &db), 0);
	assert_int_equal(db_script(db, sql), 0);
	db_close(db);
	snprintf(w->url, sizeof w->url, "%s&options=-csearch_path%%3Dw%d_%d", pg, (int)getpid(), n);
}

int world_open(void **state)
{
	struct world *w = calloc(1, sizeof *w);
	struct secret master = { { 9 } };
	int from, to;
	assert_non_null(w);
	snprintf(w->folder, sizeof w->folder, "/tmp/test-account-XXXXXX");
	assert_non_null(mkdtemp(w->folder));
	place(w);
	assert_int_equal(db_open(w->url, DB_WRITE, &w->db), 0);
	assert_int_equal(db_migrate(w->db, &from, &to), 0);
	arena_init(&w->mem, 8 << 20);
	keys_make(&master, &w->keys);
	w->settings.name = STR("Test");
	w->house.keys = &w->keys;
	atomic_store(&w->house.settings, &w->settings);
	assert_int_equal(vault_open(&master, &w->house.vault), 0);
	assert_int_equal(sessions_open(&w->house.sessions), 0);
	assert_int_equal(passwords_open(&w->keys.password, &w->house.passwords), 0);
	*state = w;
	return 0;
}

int world_close(void **state)
{
	static const char *const tail[] = { "db", "db-wal", "db-shm" };
	struct world *w = *state;
	passwords_close(w->house.passwords);
	sessions_close(w->house.sessions);
	vault_close(w->house.vault);
	db_close(w->db);
	arena_done(&w->mem);
	for (size_t i = 0; i < 3; i++) {
		char file[64];
		snprintf(file, sizeof file, "%s/%s", w->folder, tail[i]);
		unlink(file);
	}
	rmdir(w->folder);
	free(w);
	return 0;
}

void world_visit(struct world *w, struct world_visit *ret, const char *cookie)
{
	*ret = (struct world_visit){ .req = { .method = HTTP_GET, .mem = &w->mem },
		.head = { { STR("cookie"), str_c(cookie) } } };
	ret->req.head = ret->head;
	ret->req.n_head = cookie ? 1 : 0;
	ret->v = (struct visit){ .mem = &w->mem,
		.req = &ret->req,
		.res = &ret->res,
		.db = w->db,
		.house = &w->house,
		.lang = lang_of(LANG_EN),
		.now = 1000000000 };
}

struct str world_cookie(const struct world_visit *v, const char *name)
{
	for (size_t i = 0; i < v->res.n_cookie; i++) {
		struct str rest = v->res.cookie[i], got;
		if (!str_cut(&rest, '=', &got) || !str_is(got, name))
			continue;
		str_cut(&rest, ';', &got);
		return got;
	}
	return (struct str){ 0 };
}

struct account_id world_account(struct world *w, const char *name, int roles)
{
	struct account_id id;
	assert_int_equal(account_make(w->db, &w->mem, str_c(name), STR("hash"), &id), 0);
	if (roles)
		assert_int_equal(account_roles_set(w->db, id, WHOLE_SITE, roles), 0);
	return id;
}

struct str world_sign_in(struct world *w, struct account_id id, bool is_half)
{
	char token[SESSION_TOKEN_CHARS + 1];
	struct account_by_id_row row;
	assert_int_equal(account_by_id(w->db, &w->mem, id.v, &row), 1);
	struct session session = { .account = id.v, .epoch = row.epoch, .is_half = is_half };
	assert_int_equal(sessions_start(w->house.sessions, &session, 1000000000, token), 0);
	return arena_copy(&w->mem, str_c(token));
}
