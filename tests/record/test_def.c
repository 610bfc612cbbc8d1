#include "record/def_check.h"
#include "record/forms.h"
#include "tests/test.h"

#define SETTINGS \
	"| settings |\n| | form_id | form_title | version | ref | index_by |\n" \
	"| | meet | Meeting | 1 | M-{Y}-{n} | day |\n"
#define SURVEY \
	"| survey |\n| | type | name | label | required | relevant | index | seal |\n" \
	"| | begin_group | what | What |\n" \
	"| | date | day | Which day? | yes | | order |\n" \
	"| | select_one kind | kind | Which kind? | yes | | facet |\n" \
	"| | text | why | Why? | | ${kind} = 'b' | text | yes |\n" \
	"| | end_group |\n" \
	"| | begin_repeat | person | Who came |\n| | integer | n | How many? |\n| | end_repeat |\n"
#define CHOICES \
	"| choices |\n| | list_name | name | label |\n| | kind | a | A |\n| | kind | b | B \\| C |\n"
#define STATES \
	"| states |\n| | name | label | kind |\n|---|---|---|---|\n" \
	"| | draft | Draft | open |\n| | shown | Shown | done |\n"
#define MOVES \
	"| moves |\n| | name | from | to | by | needs | then |\n" \
	"| | show | draft | shown | author lead | count(person) > 0 and note | notify lead |\n"
#define ACCESS \
	"| access |\n| | role | state | may | fields |\n" \
	"| | public | | create | |\n| | public | shown | read | open |\n" \
	"| | author | draft | read write | all |\n"
#define MOVES_FREE \
	"| moves |\n| | name | from | to | by | needs | then |\n" \
	"| | show | draft | shown | author lead | note | notify team |\n"
#define WHOLE "# Prose\n" SETTINGS SURVEY CHOICES STATES MOVES ACCESS

static void a_definition_is_read_whole(void **state)
{
	(void)state;
	auto_arena mem;
	struct def *d = NULL;
	arena_init(&mem, 4 << 20);
	if (def_read(&mem, "meet", STR(WHOLE), &d) < 0)
		fail_msg("%s", err_noted());
	assert_str(d->id, "meet");
	assert_int_equal(d->n_field, 6);
	assert_int_equal(d->order, def_field_find(d, STR("day")));
	const struct def_field *kind = &d->field[def_field_find(d, STR("kind"))];
	assert_int_equal(kind->n_choice, 2);
	assert_str(kind->choice[1].label, "B | C");
	assert_null(def_choice_find(kind, STR("c")));
	assert_int_equal(d->field[0].end, 4);
	assert_int_equal(d->field[5].repeat, 4);
	assert_int_equal(d->n_role, 3);
	assert_int_equal(d->move[0].needs, NEEDS_NOTE);
	assert_int_equal(d->move[0].by, 1 << DEF_AUTHOR | 1 << 2);
	assert_str(d->move[0].then_what, "lead");
	assert_true(def_is_sealed(d, 3));
}

static void files_and_names_are_read(void **state)
{
	(void)state;
	auto_arena mem;
	struct def *d = NULL, *many = NULL;
	arena_init(&mem, 4 << 20);
	assert_int_equal(
		def_read(&mem, "f",
			STR(SETTINGS "| survey |\n| | type | name | label | index | was |\n"
				     "| | date | day | Day | order | |\n| | image | a | A | | |\n"
				     "| | file | b | B | | old older |\n" STATES MOVES_FREE ACCESS),
			&d),
		0);
	assert_int_equal(d->field[1].kind, DEF_FILE);
	assert_int_equal(d->field[1].media, DEF_IMAGE);
	assert_int_equal(d->field[2].media, DEF_ANY_FILE);
	assert_int_equal(def_field_called(d, STR("older")), 2);
	assert_int_equal(def_field_called(d, STR("b")), 2);
	assert_int_equal(def_field_called(d, STR("oldest")), -1);
	assert_int_equal(def_read(&mem, "f",
				 STR(SETTINGS "| survey |\n| | type | name | label |\n"
					      "| | date | day | Day |\n| | begin_group | g | G |\n"
					      "| | file | a | A |\n| | file | b | B |\n"
					      "| | file | c | C |\n| | file | d | D |\n"
					      "| | file | e | E |\n| | file | h | H |\n"
					      "| | file | i | I |\n| | file | j | J |\n"
					      "| | file | k | K |\n| | end_group |\n" STATES),
				 &many),
		ERR_INPUT);
	assert_non_null(strstr(err_noted(), "more than 8 files on one page"));
}

static void rights_add_up(void **state)
{
	(void)state;
	auto_arena mem;
	struct def *d = NULL;
	arena_init(&mem, 4 << 20);
	assert_int_equal(def_read(&mem, "meet", STR(WHOLE), &d), 0);
	uint32_t everybody = 1 << DEF_PUBLIC, both = everybody | 1 << DEF_AUTHOR;
	assert_int_equal(def_may(d, everybody, 0), DEF_CREATE);
	assert_int_equal(def_may(d, both, 0), DEF_CREATE | DEF_READ | DEF_WRITE);
	assert_int_equal(def_may(d, everybody, 1), DEF_CREATE | DEF_READ);
	struct def_fields sees = def_sees(d, everybody, 1, DEF_READ);
	assert_true(def_fields_have(&sees, 1));
	assert_false(def_fields_have(&sees, 3)); /* sealed */
	sees = def_sees(d, everybody, 0, DEF_READ);
	assert_false(def_fields_have(&sees, 1));
}

static void complaints_name_file_and_line(void **state)
{
	(void)state;
	static const struct {
		struct str text;
		const char *note;
	} cases[] = {
		{ STR("| | a |\n"), "f:1: a row stands before the name of its table" },
		{ STR(SETTINGS
			  "| survey |\n| | type | name | label | index |\n| | image | a | A | facet |\n"),
			"f:6: this kind of field has no such index" },
		{ STR(SETTINGS
			  "| survey |\n| | type | name | label | seal |\n| | file | a | A | coarse |\n"),
			"f:6: a file has no coarse form" },
		{ STR(SETTINGS
			  "| survey |\n| | type | name | label | was |\n| | text | a | A | b |\n"
			  "| | text | b | B | |\n" STATES),
			"f:6: \"b\" is no name that this field alone had" },
		{ STR("| osm |\n| | a |\n| | b |\n"), "f:3: table \"osm\" is not supported" },
		{ STR("| survey |\n| | type | calculation |\n| | text | x |\n"),
			"f:3: column \"calculation\" of survey is not supported" },
		{ STR("| survey |\n| | type | name | label | appearance |\n| | text | a | A | month-year |\n"),
			"f:3: appearance \"month-year\" is not supported here" },
		{ STR("| survey |\n| | type | name | label |\n| | barcode | x | X |\n"),
			"f:3: type \"barcode\" is not supported" },
		{ STR("| survey |\n| | type | name | label |\n| | deviceid | x | X |\n"),
			"f:3: type \"deviceid\" tells on people and is never asked" },
		{ STR("| survey |\n| | type | name | label |\n| | text | 1x | X |\n"),
			"f:3: \"1x\" is not a name for a field" },
		{ STR(SETTINGS STATES SURVEY), "f:13: there is no list \"kind\"" },
		{ STR(SETTINGS SURVEY CHOICES), "f:17: the table states is missing" },
		{ STR(SETTINGS SURVEY CHOICES STATES
			  "| moves |\n| | name | from | to |\n| | x | draft | gone |\n"),
			"f:25: there is no state \"gone\"" },
		{ STR(SETTINGS SURVEY CHOICES STATES
			  "| access |\n| | role | may |\n| | public | fly |\n"),
			"f:25: nobody may \"fly\": there is no such verb" },
		{ STR("| survey |\n| | type | name | label | relevant |\n"
		      "| | text | x | X | jump() |\n" SETTINGS STATES),
			"f:6: index_by names no open field whose index is order" },
		{ STR("\xff"), "f:1: not UTF-8 text" },
		{ STR("survey,\n,type,name,label\n,begin loop over x,a,A\n"),
			"f:3: type \"begin loop over x\" is not supported" },
		{ STR("survey,\n,type,name,label\n,select one from s or specify other,a,A\n"),
			"f:3: \"s or specify other\" is not the name of a list: or_other is not supported" },
		{ STR("survey,\n,type,name,label::French\n,text,a,A\n"),
			"f:3: column \"label::french\" of survey is not supported" },
		{ STR("survey,\n,type,name,label\n,text,a,\"A\n"),
			"f:3: line 3: a quote is opened and not closed" },
		{ STR("name,age\nAna,3\n"), "f:2: the table settings is missing" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		auto_arena mem;
		struct def *d;
		arena_init(&mem, 4 << 20);
		assert_int_equal(def_read(&mem, "f", cases[i].text, &d), ERR_INPUT);
		assert_str(str_c(err_noted()), cases[i].note);
	}
}

/* As spreadsheets save a form: no states, no rights, names in any letters. */
static void a_plain_xlsform_loads_as_csv(void **state)
{
	(void)state;
	auto_arena mem;
	struct def *d = NULL;
	struct str text = { 0 };
	arena_init(&mem, 4 << 20);
	assert_int_equal(
		def_plain_text(&mem, STR("visit.csv"),
			STR("\"SURVEY\",,\r\n,\"TYPE\",\"name\",\"label::English (en)\"\r\n"
			    ",begin group,g,\"Where, and when\"\r\n,text,town,Town\r\n"
			    ",select one from yn,again,Again?\r\n,end group,,\r\n,,,\r\n"
			    "choices,,\r\n,list name,name,label\r\n,yn,yes,Yes\r\n,yn,no,No\r\n"),
			&text),
		0);
	if (def_read(&mem, "visit", text, &d) < 0)
		fail_msg("%s", err_noted());
	assert_str(d->id, "visit");
	assert_int_equal(d->n_field, 3);
	assert_str(d->field[0].label, "Where, and when");
	assert_int_equal(d->field[2].n_choice, 2);
	assert_int_equal(d->n_state, 1);
	assert_int_equal(def_may(d, 1u << DEF_PUBLIC, 0), 0);
	assert_true(def_may(d, 1u << def_role_find(d, STR("staff")), 0) & DEF_CREATE);
	/* With ";", and settings of its own, it is taken as it is. */
	assert_int_equal(def_plain_text(&mem, STR("x.csv"),
				 STR("survey;\n;type;name;label\n;text;a;A\nsettings;\n"
				     ";form_id;form_title;version\n;own;Own;4\n"),
				 &text),
		0);
	assert_int_equal(def_read(&mem, "x", text, &d), 0);
	assert_str(d->id, "own");
	assert_int_equal(d->version, 4);
}

static void what_is_shipped_is_sound(void **state)
{
	(void)state;
	for (const struct shipped_form *f = shipped_forms; f->file; f++) {
		auto_arena mem;
		struct def *d;
		struct def_wrong wrong[DEF_WRONGS_MAX];
		arena_init(&mem, 4 << 20);
		struct str text;
		if (packed_open(&mem, f->text, &text) < 0 || def_read(&mem, f->file, text, &d) < 0)
			fail_msg("%s", err_noted());
		if (def_check(d, wrong))
			fail_msg("%s: %s", f->file, wrong[0].what);
	}
}

static void what_is_dangerous_is_found(void **state)
{
	(void)state;
	static const struct {
		struct str text;
		const char *what;
	} cases[] = {
		{ STR(SETTINGS SURVEY CHOICES STATES MOVES
			  "| access |\n| | role | state | may | fields |\n"
			  "| | public | shown | read | all |\n"),
			"everybody would read what is sealed" },
		{ STR(SETTINGS SURVEY CHOICES STATES MOVES
			  "| access |\n| | role | state | may | fields |\n"
			  "| | lead | * | export | why |\n"),
			"an export would hold what is sealed" },
		{ STR(SETTINGS SURVEY CHOICES STATES), "nobody can leave this open state" },
		{ STR(SETTINGS SURVEY CHOICES STATES
			  "| moves |\n| | name | from | to | by |\n| | x | draft | shown | |\n"),
			"nobody may make this move" },
		{ STR(SETTINGS SURVEY CHOICES STATES
			  "| moves |\n| | name | from | to | by | then |\n"
			  "| | x | draft | shown | lead | notify team |\n"),
			"the move tells nobody that there is" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		auto_arena mem;
		struct def *d;
		struct def_wrong wrong[DEF_WRONGS_MAX];
		arena_init(&mem, 4 << 20);
		assert_int_equal(def_read(&mem, "f", cases[i].text, &d), 0);
		assert_true(def_check(d, wrong) >= 1);
		assert_string_equal(wrong[0].what, cases[i].what);
	}
}

static void a_row_of_the_matrix_says_who_may_what(void **state)
{
	(void)state;
	auto_arena mem;
	auto_buf row;
	struct def *d;
	arena_init(&mem, 4 << 20);
	buf_init(&row, 1000);
	assert_int_equal(def_read(&mem, "meet", STR(WHOLE), &d), 0);
	def_matrix_row(d, 0, &row);
	assert_str(buf_view(&row), "public: create; author: read write");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_definition_is_read_whole),
		cmocka_unit_test(files_and_names_are_read),
		cmocka_unit_test(rights_add_up),
		cmocka_unit_test(complaints_name_file_and_line),
		cmocka_unit_test(a_plain_xlsform_loads_as_csv),
		cmocka_unit_test(what_is_shipped_is_sound),
		cmocka_unit_test(what_is_dangerous_is_found),
		cmocka_unit_test(a_row_of_the_matrix_says_who_may_what),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
