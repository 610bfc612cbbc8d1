/* Expressions: any text in; what is read can be worked out, inside a row and outside. */
#include "record/expr.h"
#include "base/utf8.h"
#include "tests/fuzz/fuzz.h"

static bool find(const void *ctx, struct str name, struct expr_name *ret)
{
	(void)ctx;
	if (name.n != 1 || name.p[0] < 'a' || name.p[0] > 'd')
		return false;
	*ret = (struct expr_name){ name.p[0] - 'a', name.p[0] > 'b' ? 2 : -1, name.p[0] == 'b' };
	return true;
}

static size_t rows(const void *ctx, int repeat)
{
	(void)ctx;
	return repeat == 2 ? 3 : 0;
}

static struct str value(const void *ctx, int field, size_t row)
{
	static const struct str values[] = { { "12", 2 }, { "2026-06-09", 10 }, { "", 0 },
		{ "x y", 3 } };
	(void)ctx;
	return values[(size_t)field == 3 ? 3 - row : (size_t)field];
}

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	static const struct expr_names names = { NULL, find };
	struct expr_data data = { .rows = rows, .value = value, .now = 1780963200, .repeat = -1 };
	auto_arena mem;
	struct expr *e;
	struct str text = { (const char *)p, n }, out;
	int needs = 0;
	arena_init(&mem, 16 << 20);
	if (!utf8_ok(text) || expr_read(&mem, text, &names, EXPR_IN_MOVE, &e) < 0)
		return 0;
	must(expr_words(e, &needs) <= 0 && needs < 16);
	must(expr_true(e, &data, &mem) <= 1);
	data.repeat = 2;
	data.row = 1;
	if (expr_text(e, &data, &mem, &out) == 0)
		must(out.n == 0 || out.p);
	return 0;
}
