#include "openrosa/key.h"
#include "openrosa/path.h"
#include "openrosa/sent.h"
#include "openrosa/xform.h"
#include "tests/test.h"
#include <libdeflate.h>
#include <sodium.h>

static const char head[] =
	"| settings |\n| | form_id | form_title | version |\n| | f | Form <1> | 3 |\n"
	"| survey |\n| | type | name | label | required | constraint | relevant | seal | appearance |\n"
	"| | begin_group | g | Group | | | | | |\n| | text | t | Title & more | yes | string-length(.) <= 20 | | | |\n"
	"| | select_multiple k | k | Kinds | | | | | |\n| | end_group | | | | | | | |\n"
	"| | date | d | Day | | . <= today() | | | |\n| | date | m | Month | | . >= ${d} | | | month-year |\n"
	"| | geopoint | p | Place | | | | | |\n| | decimal | n | Number | | | | | |\n"
	"| | text | s | Sealed | | | | yes | |\n| | note | o | Note | | | | | |\n"
	"| | begin_repeat | r | Rows | | | | | |\n| | integer | i | Count | yes | . >= 1 | | | |\n"
	"| | text | w | Why | | | %s | | |\n| | file | j | Paper | | | | | |\n| | end_repeat | | | | | | | |\n"
	"| | text | x | X | | | %s | | |\n| | image | b | Picture | | | ${t} = 'a' | | |\n"
	"| choices |\n| | list_name | name | label |\n| | k | yes | Yes |\n| | k | no | No |\n"
	"| states |\n| | name | label | kind |\n| | new | New | done |\n";

static void read_form(
	struct arena *mem, const char *in_row, const char *outside, struct shelf_form *ret)
{
	struct str text = arena_f(mem, head, in_row, outside);
	int result = shelf_read(mem, "test", &(struct shelf_text){ .source = text }, ret);
	if (result < 0)
		fail_msg("%s", err_noted());
}

static void expressions_are_said_in_xpath(void **state)
{
	static const struct {
		bool is_in_row;
		const char *ours, *theirs;
	} all[] = {
		{ false, "selected(${k}, 'yes')", "selected(/data/g/k, 'yes')" },
		{ false, "${t} = \"it's\"", "/data/g/t = \"it's\"" },
		{ false, "${t}", "/data/g/t != ''" },
		{ false, "not(${t}) or ${n} > 1.5", "not(/data/g/t != '') or (/data/n > 1.5)" },
		{ false, "(1 + 2) * -${n} > 3 and true()",
			"(((1 + 2) * (-/data/n)) > 3) and true()" },
		{ false, "count(${r}[i > 1 and w = 'a']) >= 2",
			"count(/data/r[(./i > 1) and (./w = 'a')]) >= 2" },
		{ false, "${r}[i > 1]", "count(/data/r[./i > 1]) > 0" },
		{ false, "${w} = 'a'", "/data/r/w = 'a'" },
		{ false, "if(${t}, 'a', 'b') = 'a'", "if(/data/g/t != '', 'a', 'b') = 'a'" },
		{ false, "regex(${t}, '^a+$')", "regex(/data/g/t, '^a+$')" },
		{ false, "coalesce(${t}, ${x}) != 'b' and ${d} < today()",
			"(coalesce(/data/g/t, /data/x) != 'b') and (/data/d < today())" },
		{ false, "count-selected(${k}) mod 2 = 1",
			"(count-selected(/data/g/k) mod 2) = 1" },
		{ true, "${i} > 1", "../i > 1" },
		{ true, "${i} > 1 and ${t} = 'a'", "(../i > 1) and (/data/g/t = 'a')" },
		{ true, "count(${r}) > 1", "count(/data/r) > 1" },
	};
	(void)state;
	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		auto_arena mem;
		auto_buf said;
		struct shelf_form f;
		arena_init(&mem, 4 << 20);
		buf_init(&said, 4096);
		read_form(&mem, all[i].is_in_row ? all[i].ours : "",
			all[i].is_in_row ? "" : all[i].ours, &f);
		int field = def_field_find(f.def, all[i].is_in_row ? STR("w") : STR("x"));
		path_true(f.def, field, f.def->field[field].relevant, &said);
		assert_str(buf_view(&said), all[i].theirs);
	}
}

static void a_form_is_xml_with_all_that_is_asked(void **state)
{
	auto_arena mem;
	auto_buf text;
	struct shelf_form f;
	struct xml_doc doc;
	enum xml_fault fault;
	(void)state;
	arena_init(&mem, 16 << 20);
	buf_init(&text, XFORM_MAX);
	read_form(&mem, "", "", &f);
	assert_true(xform_can(&f));
	assert_int_equal(xform_write(&f, &text), 0);
	assert_int_equal(xml_read(&mem, buf_view(&text), &fault, &doc), 0);
	assert_str(doc.node[0].name, "html");
	struct str all = buf_view(&text);
	assert_true(str_has(all, STR("<h:title>Form &lt;1&gt;</h:title>")));
	assert_true(str_has(all, STR("<value>Title &amp; more</value>")));
	assert_true(str_has(all, STR("<r jr:template=\"\"><i/><w/><j/></r>")));
	assert_true(str_has(all, STR("constraint=\"string-length(.) &lt;= 20\"")));
	assert_true(str_has(
		all, STR("<bind nodeset=\"/data/s\" type=\"string\" relevant=\"false()\"/>")));
	assert_false(str_has(all, STR("ref=\"/data/s\"")));
	assert_true(str_has(all, STR("<input ref=\"/data/m\" appearance=\"month-year\">")));
	assert_true(str_has(all, STR("<select ref=\"/data/g/k\">")));
	assert_true(str_has(all, STR("<upload ref=\"/data/b\" mediatype=\"image/*\"><label")));
	assert_true(str_has(all, STR("<upload ref=\"/data/r/j\" mediatype=\"application/*\">")));
	assert_true(str_has(all,
		STR("<bind nodeset=\"/data/b\" type=\"binary\" relevant=\"/data/g/t = 'a'\"/>")));
	assert_true(str_has(all,
		STR("nodeset=\"/data/x\" type=\"string\" constraint=\"string-length(.) &lt;= 200\"")));
}

static int read_sent(struct arena *mem, const char *inside, struct sent *ret)
{
	static struct shelf_form f;
	struct xml_doc doc;
	enum xml_fault fault;
	read_form(mem, "", "selected(${k}, 'yes')", &f);
	struct str xml = arena_f(
		mem, "<data id=\"f\">%s<meta><instanceID>1</instanceID></meta></data>", inside);
	int result = xml_read(mem, xml, &fault, &doc);
	return result < 0 ? result : sent_read(&doc, &f, mem, 1700000000, ret);
}

static void answers_become_ours(void **state)
{
	static const struct {
		const char *inside;
		enum sent_fault fault;
		const char *field;
		size_t row;
		const char *value;
	} all[] = {
		{ "<g><t>  a\n b </t></g>", SENT_FINE, "t", 0, "a  b" },
		{ "<t>flat</t>", SENT_FINE, "t", 0, "flat" },
		{ "<g><t>a</t><k>no yes no</k></g>", SENT_FINE, "k", 0, "yes no" },
		{ "<g><t>a</t></g><d>2023-01-02T00:00:00.000Z</d>", SENT_FINE, "d", 0,
			"2023-01-02" },
		{ "<g><t>a</t></g><m>2023-01-20</m>", SENT_UNFIT, "m", 0, NULL },
		{ "<g><t>a</t></g><d>2022-01-02</d><m>2023-01-20</m>", SENT_FINE, "m", 0,
			"2023-01-01" },
		{ "<g><t>a</t></g><p>1.5 -2.5 100 4.0</p>", SENT_FINE, "p", 0, "1.5 -2.5" },
		{ "<g><t>a</t></g><p>91 0 0 0</p>", SENT_NO_ANSWER, "p", 0, NULL },
		{ "<g><t>a</t></g><p>1.5</p>", SENT_NO_ANSWER, "p", 0, NULL },
		{ "<g><t>a</t></g><n>1e3</n>", SENT_NO_ANSWER, "n", 0, NULL },
		{ "<g><t>a</t></g><x>b</x>", SENT_FINE, "x", 0, "" },
		{ "<g><t>a</t><k>yes</k></g><x>b</x>", SENT_FINE, "x", 0, "b" },
		{ "<g><t>a</t></g><s>b</s>", SENT_SEALED, "s", 0, NULL },
		{ "<g><t>a</t></g><o>b</o>", SENT_FINE, "o", 0, "" },
		{ "<g><t>a</t></g><r><i/></r><r><i>2</i></r>", SENT_FINE, "i", 0, "2" },
		{ "<g><t>a</t></g><r><w>b</w></r>", SENT_LACK, "i", 0, NULL },
		{ "<g><t>a</t></g><i>2</i>", SENT_FINE, "i", 0, "" },
		{ "<g><t>a</t></g><g><t>b</t></g>", SENT_TWICE, "t", 0, NULL },
		{ "<g><t>12345678901234567890x</t></g>", SENT_LONG, "t", 0, NULL },
		{ "<g/>", SENT_LACK, "t", 0, NULL },
		{ "<g><t>a</t></g><b> 1.jpg </b>", SENT_FINE, "b", 0, "1.jpg" },
		{ "<g><t>c</t></g><b>1.jpg</b>", SENT_FINE, "b", 0, "" },
		{ "<g><t>a</t></g><r><i>1</i><j>2.pdf</j></r>", SENT_FINE, "j", 0, "2.pdf" },
		{ "<g><t>a</t></g><r><j>2.pdf</j></r>", SENT_LACK, "i", 0, NULL },
	};
	(void)state;
	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		auto_arena mem;
		struct sent sent;
		arena_init(&mem, 8 << 20);
		assert_int_equal(read_sent(&mem, all[i].inside, &sent), 0);
		int field = def_field_find(sent.answers.def, str_c(all[i].field));
		if (sent.fault != all[i].fault || (sent.fault && sent.field != field))
			fail_msg("%s: %d of %d", all[i].inside, sent.fault, sent.field);
		if (all[i].value)
			assert_str(answers_get(&sent.answers, field, all[i].row), all[i].value);
	}
}

static void files_are_named_once(void **state)
{
	auto_arena mem;
	struct sent sent;
	auto_buf rows;
	(void)state;
	arena_init(&mem, 16 << 20);
	assert_int_equal(read_sent(&mem,
				 "<g><t>c</t></g><b>1.jpg</b><r><i>1</i><j>2.pdf</j></r>"
				 "<r><i>1</i><j>2.pdf</j></r>",
				 &sent),
		0);
	assert_int_equal(sent.fault, SENT_FINE);
	assert_int_equal(sent.n_file, 2); /* also the one that is not asked for */
	for (size_t i = 0; i < 2; i++)
		assert_int_equal(sent.file[i].media,
			str_is(sent.file[i].name, "1.jpg") ? DEF_IMAGE : DEF_ANY_FILE);
	buf_init(&rows, 1 << 16);
	buf_c(&rows, "<g><t>a</t></g>");
	for (int i = 0; i <= BLOBS_HELD_MAX; i++)
		buf_f(&rows, "<r><i>1</i><j>%d.pdf</j></r>", i);
	buf_byte(&rows, '\0');
	assert_int_equal(read_sent(&mem, rows.p, &sent), 0);
	assert_int_equal(sent.fault, SENT_FILES);
	struct str end = STR("</b>");
	rows.n = 0;
	buf_c(&rows, "<g><t>a</t></g><b>");
	for (int i = 0; i <= SENT_FILE_MAX; i++)
		buf_byte(&rows, 'x');
	buf_str(&rows, end);
	buf_byte(&rows, '\0');
	assert_int_equal(read_sent(&mem, rows.p, &sent), 0);
	assert_int_equal(sent.fault, SENT_NO_ANSWER);
}

/* What is kept is the small half, from which the other comes back. */
static void a_form_is_kept_compressed(void **state)
{
	auto_arena mem;
	auto_buf text, again;
	struct shelf_form f;
	struct xforms *all = NULL;
	struct xform x = { 0 };
	(void)state;
	arena_init(&mem, 16 << 20);
	buf_init(&text, XFORM_MAX);
	buf_init(&again, XFORM_MAX);
	read_form(&mem, "", "", &f);
	assert_int_equal(xform_write(&f, &text), 0);
	assert_int_equal(xforms_open(&all), 0);
	assert_int_equal(xforms_get(all, &f, &mem, &x), 0);
	assert_true(x.n == text.n && x.gzip.n < text.n / 2);
	assert_int_equal(xform_text(&x, &again), 0);
	assert_str(buf_view(&again), arena_f(&mem, "%.*s", STR_ARG(buf_view(&text))).p);
	xforms_close(all);
}

static void what_is_not_asked_is_kept_aside(void **state)
{
	auto_arena mem;
	struct sent sent;
	(void)state;
	arena_init(&mem, 8 << 20);
	assert_int_equal(read_sent(&mem, "<g><t>a</t><q>1</q></g><z><y>\"</y><y/></z>", &sent), 0);
	assert_int_equal(sent.fault, SENT_FINE);
	assert_str(sent.aside, "[[\"g/q\",\"1\"],[\"z/y\",\"\\\"\"]]");
	assert_str(sent.instance, "1");
}

static void what_is_too_much_is_told_from_what_is_broken(void **state)
{
	static const struct {
		const char *xml;
		enum xml_fault fault;
	} all[] = {
		{ "", XML_BROKEN },
		{ "<a>", XML_BROKEN },
		{ "<a></b>", XML_BROKEN },
		{ "<a>&b;</a>", XML_BROKEN },
		{ "<a xmlns:x='y'><z:b/></a>", XML_BROKEN },
		{ "<!DOCTYPE a><a/>", XML_DEFINES },
		{ "<a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a>", XML_DEEP },
		{ "<?xml version='1.0' encoding='nobody'?><a/>", XML_BROKEN },
	};
	(void)state;
	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		auto_arena mem;
		struct xml_doc doc;
		enum xml_fault fault;
		arena_init(&mem, 4 << 20);
		assert_int_equal(xml_read(&mem, str_c(all[i].xml), &fault, &doc), ERR_INPUT);
		assert_int_equal(fault, all[i].fault);
	}
}

/* What stands in the picture is what Collect reads: base64 of zlib of JSON. */
static void a_picture_holds_the_settings(void **state)
{
	auto_arena mem;
	struct str settings, packed;
	uint8_t bytes[1024];
	char text[1024];
	size_t n_bytes = 0, n = 0;
	(void)state;
	arena_init(&mem, 1 << 20);
	assert_int_equal(key_settings(STR("https://example.org/or/k/12"), STR("Sample \"house\""),
				 &mem, &settings),
		0);
	assert_str(settings,
		"{\"admin\":{},\"general\":{\"autosend\":\"wifi_and_cellular\","
		"\"form_update_mode\":\"match_exactly\",\"protocol\":\"odk_default\","
		"\"server_url\":\"https://example.org/or/k/12\"},"
		"\"project\":{\"name\":\"Sample \\\"house\\\"\"}}");
	assert_int_equal(key_packed(settings, &mem, &packed), 0);
	assert_int_equal(sodium_base642bin(bytes, sizeof bytes, packed.p, packed.n, NULL, &n_bytes,
				 NULL, sodium_base64_VARIANT_ORIGINAL),
		0);
	struct libdeflate_decompressor *d = libdeflate_alloc_decompressor();
	assert_int_equal(
		libdeflate_zlib_decompress(d, bytes, n_bytes, text, sizeof text - 1, &n), 0);
	libdeflate_free_decompressor(d);
	text[n] = '\0';
	assert_str(settings, text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(expressions_are_said_in_xpath),
		cmocka_unit_test(a_form_is_xml_with_all_that_is_asked),
		cmocka_unit_test(answers_become_ours),
		cmocka_unit_test(files_are_named_once),
		cmocka_unit_test(a_form_is_kept_compressed),
		cmocka_unit_test(what_is_not_asked_is_kept_aside),
		cmocka_unit_test(what_is_too_much_is_told_from_what_is_broken),
		cmocka_unit_test(a_picture_holds_the_settings),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
