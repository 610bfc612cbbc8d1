#include "tests/test.h"
#include "tool/css.h"

static void check(const char *in, const char *want)
{
	auto_buf out;
	buf_init(&out, 1 << 20);
	css_squeeze(&out, str_c(in));
	assert_int_equal(out.failed, 0);
	assert_str(buf_view(&out), want);
}

static void layout_goes_and_meaning_stays(void **state)
{
	(void)state;
	check("/* why */\na , b {\n\tmargin: 0 1px;\n\tcolor: red;\n}\n",
		"a,b{margin:0 1px;color:red}");
	check("a :hover{b:c}", "a :hover{b:c}");
	check("a:hover > b + c{d:calc(1px + 2px)}", "a:hover>b + c{d:calc(1px + 2px)}");
	check("a/**/b{}", "a b{}");
	check("a{b:c;;}", "a{b:c}");
	check("@media (min-width: 4em) and (x) { a { b: c } }",
		"@media (min-width:4em) and (x){a{b:c}}");
}

static void quotes_are_left_alone(void **state)
{
	(void)state;
	check("a::before { content: \"/* ; } \\\"  \" ; }", "a::before{content:\"/* ; } \\\"  \"}");
	check("a{b:' x", "a{b:' x");
	check("a{b:'\\", "a{b:'\\");
	check("a{}/* no end", "a{}");
	check("a{}/*/ b", "a{}");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(layout_goes_and_meaning_stays),
		cmocka_unit_test(quotes_are_left_alone),
	};
	return cmocka_run_group_tests_name("css", tests, NULL, NULL);
}
