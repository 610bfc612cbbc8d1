#include "render/scatter.h"
#include "tests/render/page.h"

#include <math.h>

static bool contains(struct str s, const char *part)
{
	return memmem(s.p, s.n, part, strlen(part)) != NULL;
}

static void a_square_of_four(void **state)
{
	struct page *p = *state;
	const double x[] = { -1, 1, 1, -1, 0 }, y[] = { -1, -1, 1, 1, 0 };
	const int8_t group[] = { 0, 0, 0, 0, 0 };
	struct scatter s = { .id = "s",
		.title = STR("a<b"),
		.desc = STR("d"),
		.x = x,
		.y = y,
		.group = group,
		.n = 5,
		.label = { STR("A: <5>") } };
	scatter_html(&p->w, &s);
	assert_str(buf_view(&p->w.out),
		"<svg class=\"chart o\" viewBox=\"0 0 480 290\" role=\"img\" aria-labelledby=\"s-t s-d\">"
		"<title id=\"s-t\">a&lt;b</title><desc id=\"s-d\">d</desc>"
		"<path class=\"hull ga\" d=\"M71 36L410 36L410 262L71 262z\"/>"
		"<path class=\"dot ga\" d=\"m71 36h0m0 226h0m169-113h0m170-113h0m0 226h0\"/>"
		"<text x=\"241\" y=\"26\" text-anchor=\"middle\" class=\"gl\">A: &lt;5&gt;</text></svg>");
}

static void groups_have_their_own_shapes(void **state)
{
	struct page *p = *state;
	const double x[] = { 0, 1, 2, 3, 4, 5, NAN, INFINITY }, y[] = { 0, 1, 0, 1, 0, 1, 0, 0 };
	const int8_t group[] = { 0, 1, 2, 3, 4, -1, 0, 1 };
	struct scatter s = { .id = "s",
		.x = x,
		.y = y,
		.group = group,
		.n = 8,
		.label = { STR("A"), STR("B"), STR("C"), STR("D"), STR("E") } };
	scatter_html(&p->w, &s);
	struct str out = buf_view(&p->w.out);
	assert_true(contains(out, "<path class=\"dot ga\" d=\"m24 230h0\"/>"));
	assert_true(contains(out, "<path class=\"dot sq gb\""));
	assert_true(contains(out, "<path class=\"tri gc\""));
	assert_true(contains(out, "l4 7h-8z\"/><path class=\"dia gd\""));
	assert_true(contains(out, "<path class=\"ring ge\""));
	assert_false(contains(out, "hull"));
	assert_false(contains(out, "nan"));
	s.label[1] = (struct str){ NULL, 0 };
	p->w.out.n = 0;
	scatter_html(&p->w, &s);
	assert_false(contains(buf_view(&p->w.out), "gb"));
}

static double noise(uint64_t *seed)
{
	*seed = *seed * 6364136223846793005u + 1442695040888963407u;
	return (double)(*seed >> 40) / (double)(1 << 24) - 0.5;
}

/* A million people make a picture no heavier than a thousand do, and the same one whatever
 * order they come in. */
static void crowds_stay_light(void **state)
{
	struct page *p = *state;
	enum { N = 200000 };
	double *x = calloc(2 * N, sizeof *x), *y = x + N;
	int8_t *group = calloc(N, 1);
	assert_true(x && group);
	uint64_t seed = 3;
	for (int i = 0; i < N; i++) {
		x[i] = noise(&seed) + noise(&seed);
		y[i] = noise(&seed) + noise(&seed);
		group[i] = (int8_t)(x[i] > 0);
	}
	struct scatter s = {
		.id = "s", .x = x, .y = y, .group = group, .n = N, .label = { STR("A"), STR("B") }
	};
	scatter_html(&p->w, &s);
	assert_in_range(p->w.out.n, 3000, 16000);
	struct str first = arena_copy(&p->mem, buf_view(&p->w.out));
	for (int i = 0; i < N / 2; i++) {
		double t = x[i];
		x[i] = x[N - 1 - i];
		x[N - 1 - i] = t;
		t = y[i];
		y[i] = y[N - 1 - i];
		y[N - 1 - i] = t;
		int8_t g = group[i];
		group[i] = group[N - 1 - i];
		group[N - 1 - i] = g;
	}
	p->w.out.n = 0;
	scatter_html(&p->w, &s);
	assert_true(str_eq(first, buf_view(&p->w.out)));
	free(x);
	free(group);
}

enum { LABEL_HIGH = 22, PER_LETTER = 12 };

/* The next label's place in ${out}, which is cut behind it. */
static bool next_label(struct str *out, int ret[2])
{
	const char *at = memmem(out->p, out->n, "<text x=\"", 9);
	if (!at)
		return false;
	*out = str_from(*out, (size_t)(at - out->p) + 9);
	char *end;
	ret[0] = (int)strtol(out->p, &end, 10);
	ret[1] = (int)strtol(end + 5, NULL, 10); /* " y=" */
	return true;
}

/* Wherever groups lie, even all on one spot: labels stay within and off each other. */
static void labels_keep_apart(void **state)
{
	struct page *p = *state;
	enum { ROUNDS = 300, N = 25 };
	uint64_t seed = 11;
	for (int round = 0; round < ROUNDS; round++) {
		double x[N], y[N], wide = round % 3 ? 1 : 0.02 * (round % 7);
		int8_t group[N];
		for (int i = 0; i < N; i++) {
			group[i] = (int8_t)(i % SCATTER_GROUPS);
			x[i] = wide * noise(&seed);
			y[i] = (round % 2 ? wide : 0) * noise(&seed);
		}
		struct str label = STR("A: 112 people");
		struct scatter s = { .id = "s",
			.x = x,
			.y = y,
			.group = group,
			.n = N,
			.label = { label, label, label, label, label } };
		int at[SCATTER_GROUPS][2], n = 0;
		p->w.out.n = 0;
		scatter_html(&p->w, &s);
		struct str out = buf_view(&p->w.out);
		while (n < SCATTER_GROUPS && next_label(&out, at[n]))
			n++;
		assert_int_equal(n, SCATTER_GROUPS);
		for (int i = 0; i < n; i++) {
			int half = (int)label.n * PER_LETTER / 2;
			assert_in_range(at[i][0], half, 480 - half);
			assert_in_range(at[i][1], LABEL_HIGH, 286);
			for (int k = 0; k < i; k++)
				assert_true(abs(at[i][0] - at[k][0]) >= 2 * half ||
					abs(at[i][1] - at[k][1]) >= LABEL_HIGH);
		}
	}
}

static void nobody_is_an_empty_picture(void **state)
{
	struct page *p = *state;
	scatter_html(&p->w, &(struct scatter){ .id = "s" });
	assert_true(str_ends(buf_view(&p->w.out), "</desc></svg>"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_square_of_four, page_begin, page_end),
		cmocka_unit_test_setup_teardown(groups_have_their_own_shapes, page_begin, page_end),
		cmocka_unit_test_setup_teardown(crowds_stay_light, page_begin, page_end),
		cmocka_unit_test_setup_teardown(labels_keep_apart, page_begin, page_end),
		cmocka_unit_test_setup_teardown(nobody_is_an_empty_picture, page_begin, page_end),
	};
	return cmocka_run_group_tests_name("scatter", tests, NULL, NULL);
}
