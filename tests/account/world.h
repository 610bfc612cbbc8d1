/*
 * I know how to set up a small house for the tests of this room: a database in a temporary
 * folder, keys, sessions, and visits without a network.
 */
#pragma once
#include "account/account.h"
#include "account/sessions.h"
#include "crypto/password.h"
#include "tests/test.h"

struct world {
	char folder[32], url[240];
	struct db *db;
	struct arena mem;
	struct keys keys;
	struct settings settings;
	struct house house;
};

/* For cmocka's set-up and tear-down. */
int world_open(void **state);
int world_close(void **state);

/* A visit with its request and answer; ${cookie} is a whole Cookie value or NULL. */
struct world_visit {
	struct http_request req;
	struct http_response res;
	struct http_pair head[1];
	struct visit v;
};
void world_visit(struct world *w, struct world_visit *ret, const char *cookie);
/* world_cookie(v, name): The value that the answer sets; absent when it sets none. */
struct str world_cookie(const struct world_visit *v, const char *name);
/* world_account(w, name, roles): An account with roles over the whole site. */
struct account_id world_account(struct world *w, const char *name, int roles);
/* world_sign_in(w, id, is_half): The token of a new session. */
struct str world_sign_in(struct world *w, struct account_id id, bool is_half);

extern const struct CMUnitTest account_tests[], audit_tests[], counts_tests[], pages_tests[],
	sessions_tests[], who_tests[];
extern const size_t n_account_tests, n_audit_tests, n_counts_tests, n_pages_tests, n_sessions_tests,
	n_who_tests;
