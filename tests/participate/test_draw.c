#include "participate/board_draw.h"
#include "tests/participate/talk.h"
#include <math.h>

static int64_t draw_one(uint64_t seed, const double *weight, size_t n)
{
	struct draw d = { .seed = seed };
	for (size_t i = 0; i < n; i++)
		draw_offer(&d, (int64_t)i + 1, weight[i]);
	return d.item;
}

static void chances_follow_weights(void **state)
{
	enum { DRAWS = 40000 };
	static const double weight[] = { 1, 2, 5, 0, NAN }; /* the last two count as 1 */
	double share[] = { 0.1, 0.2, 0.5, 0.1, 0.1 };
	int got[5] = { 0 };
	(void)state;
	for (int i = 0; i < DRAWS; i++)
		got[draw_one(draw_seed(STR("CODE"), i), weight, 5) - 1]++;
	for (size_t i = 0; i < 5; i++) {
		double sd = sqrt(DRAWS * share[i] * (1 - share[i]));
		assert_true(fabs(got[i] - DRAWS * share[i]) < 5 * sd);
	}
}

static void the_same_until_a_vote(void **state)
{
	static const double weight[] = { 3, 1, 4, 1, 5, 9, 2, 6 };
	int changes = 0;
	(void)state;
	for (int done = 0; done < 50; done++) {
		uint64_t seed = draw_seed(STR("CODE"), done);
		assert_int_equal(draw_one(seed, weight, 8), draw_one(seed, weight, 8));
		changes += draw_one(seed, weight, 8) !=
			draw_one(draw_seed(STR("CODF"), done), weight, 8);
	}
	assert_true(changes > 10);
}

static void nothing_offered_nothing_drawn(void **state)
{
	(void)state;
	assert_int_equal(draw_one(1, NULL, 0), 0);
}

const struct CMUnitTest draw_tests[] = {
	cmocka_unit_test(chances_follow_weights),
	cmocka_unit_test(the_same_until_a_vote),
	cmocka_unit_test(nothing_offered_nothing_drawn),
};
const size_t n_draw_tests = sizeof draw_tests / sizeof *draw_tests;
