#include "base/csv.h"
#include "tests/test.h"

/* Rows as "a|b" joined by "/", or the note of the failure. */
static struct str read_all(struct buf *to, struct str in)
{
	auto_csv c;
	csv_init(&c, in, 4);
	int st;
	while ((st = csv_next(&c)) > 0) {
		buf_f(to, "%s%zu:", to->n ? "/" : "", c.row_line);
		for (size_t i = 0; i < c.n; i++) {
			buf_c(to, i ? "|" : "");
			buf_str(to, c.field[i]);
		}
	}
	if (st < 0)
		buf_f(to, "!%s", err_noted());
	return buf_view(to);
}

static void rows_as_programs_write_them(void **state)
{
	(void)state;
	static const struct {
		struct str in;
		const char *out;
	} cases[] = {
		{ STR(""), "" },
		{ STR("\xef\xbb\xbf"), "" },
		{ STR("\n\r\n\r"), "" },
		{ STR("a,b\n1,2"), "1:a|b/2:1|2" },
		{ STR("a,b\r\n1,2\r\n"), "1:a|b/2:1|2" },
		{ STR("a,b\r1,2\r3,4\r"), "1:a|b/2:1|2/3:3|4" },
		{ STR("\xef\xbb\xbf"
		      "a,b\n,\n"),
			"1:a|b/2:|" },
		{ STR("a,\n\nb,"), "1:a|/3:b|" },
		{ STR("\"x \"\"y\"\", z\",\"\"\n"), "1:x \"y\", z|" },
		{ STR("\"1\n2\r\n3\r4\",b\nc\n"), "1:1\n2\r\n3\r4|b/5:c" },
		{ STR("say \"hi\",b\n"), "1:say \"hi\"|b" },
		{ STR("a;b\n1,5;\"x;y\"\n"), "1:a|b/2:1,5|x;y" },
		{ STR("\"a,b\";c\n1;2\n"), "1:a,b|c/2:1|2" },
		{ STR("a;b,c\n1;2,3\n"), "1:a;b|c/2:1;2|3" },
		{ STR("a\tb\n1;2\t3\n"), "1:a|b/2:1;2|3" },
		{ STR("a\n1;2\n"), "1:a/2:1;2" },
		{ STR("\xd9\x85,\xe4\xbd\xa0\n"), "1:\xd9\x85|\xe4\xbd\xa0" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		auto_buf out;
		buf_init(&out, 1000);
		assert_str(read_all(&out, cases[i].in), cases[i].out);
	}
}

static void a_formula_is_put_as_words(void **state)
{
	auto_buf b;
	(void)state;
	buf_init(&b, 200);
	csv_put(&b, STR("=1+1"));
	csv_put(&b, STR("say \"so\", -1"));
	csv_put(&b, STR("\tx"));
	csv_put(&b, STR(""));
	assert_true(str_is(buf_view(&b), "\"'=1+1\"\"say \"\"so\"\", -1\"\"'\tx\"\"\""));
}

static void refusals_name_the_line(void **state)
{
	(void)state;
	static const struct {
		struct str in;
		const char *out;
	} cases[] = {
		{ STR("a\nb,\"c\nd"), "1:a!line 2: a quote is opened and not closed" },
		{ STR("a\n\n\"b\"c\n"), "1:a!line 3: text after a closing quote" },
		{ STR("a\rb\r\xff\r"), "1:a/2:b!line 3: not UTF-8 text" },
		{ STR("\xc3,\xa9\n"), "!line 1: not UTF-8 text" },
		{ STR("a\n1,2,3,4,5\n"), "1:a!line 2: more than 4 fields" },
		{ { "a\0b\n", 4 }, "!line 1: not UTF-8 text" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		auto_buf out;
		buf_init(&out, 1000);
		assert_str(read_all(&out, cases[i].in), cases[i].out);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rows_as_programs_write_them),
		cmocka_unit_test(a_formula_is_put_as_words),
		cmocka_unit_test(refusals_name_the_line),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
