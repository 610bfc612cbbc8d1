/* I know a small conversation in a database of its own: one space, some statements, and people who
 * vote in two camps. */
#pragma once
#include "participate/board.h"
#include "tests/test.h"

enum { TALK_SPACE = 1, TALK_STATEMENTS = 8, TALK_PEOPLE = 30 };

struct talk {
	char folder[32], url[64];
	struct db *db;
	struct arena mem;
	struct house house;
};

/* For cmocka's set-up and tear-down: statements 1 … 8 (items of that id; the last one hidden),
 * seats 1 … 30. Seats 1 … 16 agree with statements 1 … 4, the rest disagree; with 5 all agree; 6
 * the other way round than 1; 7 and 8 nobody but seat 1. */
int talk_open(void **state);
int talk_close(void **state);
void talk_vote(struct talk *t, int64_t seat, int64_t item, int64_t value);

extern const struct CMUnitTest hide_tests[], region_tests[], draw_tests[], figures_tests[],
	board_tests[];
extern const size_t n_hide_tests, n_region_tests, n_draw_tests, n_figures_tests, n_board_tests;
