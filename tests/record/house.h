/* I know a house with the shipped definitions and two accounts, and the life of a record in it: for
 * tests of what writes records. */
#pragma once
#include "record/body.h"
#include "record/record.h"
#include "state.sql.h"
#include "tests/account/world.h"

struct house_of {
	struct world *w;
	struct shelf *shelf;
	struct account_id ana, ben;
	int64_t now;
};
extern struct house_of h;
extern const struct account_id nobody;
extern const char incident[];

int set_up(void **state);
int tear_down(void **state);
#define IN_A_HOUSE(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

struct record_by by(struct arena *mem, struct account_id who);
int answer(struct arena *mem, const struct shelf_form *f, const char *json, struct answers *ret);
int make(struct arena *mem, const char *form, const char *uid, const char *json);
int move(struct arena *mem, struct account_id who, const char *uid, const char *name);
/* expect_refusal(mem, form, json, what): Making it is refused, and ${what} is said. */
void expect_refusal(struct arena *mem, const char *form, const char *json, const char *what);
/* now(): How many rows there are, and what they say in all. */
struct state_now_row now(void);
/* live_in_tx(most): A record is made, changed, and moved on to a public one, in ${most} bytes. */
int live_in_tx(size_t most);
