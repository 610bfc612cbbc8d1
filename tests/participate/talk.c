#include "tests/participate/talk.h"
#include "talk.sql.h"
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

void talk_vote(struct talk *t, int64_t seat, int64_t item, int64_t value)
{
	assert_true(talk_put(t->db, TALK_SPACE, seat, item, value) >= 0);
}

static void add_person(struct talk *t, int64_t seat)
{
	char code[24];
	int n = snprintf(code, sizeof code, "code %d", (int)seat);
	assert_true(talk_person(t->db, seat, (struct str){ code, (size_t)n }) >= 0);
	assert_true(talk_seat(t->db, seat, TALK_SPACE, seat <= 20 ? STR("KE") : STR("PE")) >= 0);
	int64_t camp = seat <= 16 ? 1 : -1;
	for (int64_t item = 1; item <= 4; item++)
		talk_vote(t, seat, item, camp);
	talk_vote(t, seat, 5, 1);
	talk_vote(t, seat, 6, -camp);
	if (seat == 1) {
		talk_vote(t, seat, 7, 0);
		talk_vote(t, seat, 8, 1);
	}
}

int talk_open(void **state)
{
	struct talk *t = calloc(1, sizeof *t);
	int from, to;
	assert_non_null(t);
	snprintf(t->folder, sizeof t->folder, "/tmp/test-board-XXXXXX");
	assert_non_null(mkdtemp(t->folder));
	snprintf(t->url, sizeof t->url, "sqlite:%s/db", t->folder);
	assert_int_equal(db_open(t->url, DB_WRITE, &t->db), 0);
	assert_int_equal(db_migrate(t->db, &from, &to), 0);
	arena_init(&t->mem, 1 << 20);
	assert_true(talk_space(t->db, TALK_SPACE) >= 0);
	for (int64_t item = 1; item <= TALK_STATEMENTS; item++)
		assert_true(talk_item(t->db, item, TALK_SPACE, item == TALK_STATEMENTS ? 3 : 1,
				    arena_f(&t->mem, "s%d", (int)item)) >= 0);
	for (int64_t seat = 1; seat <= TALK_PEOPLE; seat++)
		add_person(t, seat);
	*state = t;
	return 0;
}

int talk_close(void **state)
{
	static const char *const tail[] = { "db", "db-wal", "db-shm" };
	struct talk *t = *state;
	db_close(t->db);
	arena_done(&t->mem);
	for (size_t i = 0; i < 3; i++) {
		char file[64];
		snprintf(file, sizeof file, "%s/%s", t->folder, tail[i]);
		unlink(file);
	}
	rmdir(t->folder);
	free(t);
	return 0;
}
