#include "tests/participate/talk.h"

static const struct figures *make(struct talk *t)
{
	struct ballot *b;
	struct figures *f;
	assert_int_equal(ballot_open(TALK_SPACE, &b), 0);
	assert_int_equal(ballot_load(b, t->db), 0);
	assert_int_equal(figures_make(b, t->db, NULL, &f), 0);
	ballot_close(b);
	return f;
}

static void everything_is_counted(void **state)
{
	const struct figures *f = make(*state);
	assert_int_equal(f->people, TALK_PEOPLE);
	assert_int_equal(f->voters, TALK_PEOPLE);
	assert_int_equal(f->countries, 2);
	assert_int_equal(f->votes, TALK_PEOPLE * 6 + 1); /* the hidden statement apart */
	assert_int_equal(f->n_statement, TALK_STATEMENTS - 1);
	assert_int_equal(f->statement[0].all.agree, 16);
	assert_int_equal(f->statement[0].all.disagree, 14);
	assert_int_equal(f->statement[6].all.pass, 1);
	assert_int_equal(f->country.cell[0].n, 20);
	assert_str(f->country.cell[0].key, "KE");
	assert_null(figures_find(f, TALK_STATEMENTS));
	assert_ptr_equal(figures_find(f, 3), &f->statement[2]);
	figures_release(f);
}

static void groups_add_up(void **state)
{
	const struct figures *f = make(*state);
	const struct statement *list[2];
	assert_int_equal(f->n_group, 2);
	assert_int_equal(f->group[0].people, 16);
	assert_int_equal(f->group[1].people, 14);
	assert_int_equal(f->n_mark, TALK_PEOPLE);
	for (size_t i = 0; i < 6; i++) {
		const struct statement *s = &f->statement[i];
		assert_int_equal(s->all.agree, s->group[0].agree + s->group[1].agree);
		assert_int_equal(s->all.disagree, s->group[0].disagree + s->group[1].disagree);
	}
	assert_int_equal(f->common, 1);
	assert_int_equal(figures_common(f, 2, list), 1);
	assert_int_equal(list[0]->item, 5);
	assert_int_equal(figures_apart(f, 2, list), 2);
	assert_true(list[0]->apart >= list[1]->apart && list[1]->apart > 0.8);
	figures_release(f);
}

static void small_groups_are_left_out(void **state)
{
	struct talk *t = *state;
	for (int64_t seat = 5; seat <= 16; seat++)
		for (int64_t item = 1; item <= 6; item++)
			talk_vote(t, seat, item, item == 5 || item == 6 ? 1 : -1);
	const struct figures *f = make(t);
	assert_int_equal(f->n_group, 1);
	assert_int_equal(f->group[0].people, 26);
	assert_int_equal(f->n_mark, 26);
	figures_release(f);
}

static void too_few_show_nothing(void **state)
{
	(void)state;
	assert_false(figures_show(NULL));
	assert_false(figures_show(&(struct figures){ .voters = FIGURES_LEAST - 1 }));
	assert_true(figures_show(&(struct figures){ .voters = FIGURES_LEAST }));
}

#define WITH_TALK(f) cmocka_unit_test_setup_teardown(f, talk_open, talk_close)
const struct CMUnitTest figures_tests[] = {
	WITH_TALK(everything_is_counted),
	WITH_TALK(groups_add_up),
	WITH_TALK(small_groups_are_left_out),
	cmocka_unit_test(too_few_show_nothing),
};
const size_t n_figures_tests = sizeof figures_tests / sizeof *figures_tests;
