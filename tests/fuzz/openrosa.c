/* A record from a device: any bytes in; elements hang together, answers are those that the
 * definition can have, and what is written out again is read as the same. */
#include "openrosa/sent.h"
#include "record/def.h"
#include "tests/fuzz/fuzz.h"

static const char definition[] =
	"| settings |\n| | form_id | form_title | version |\n| | f | Form | 1 |\n"
	"| survey |\n| | type | name | label | required | constraint | relevant | seal |\n"
	"| | begin_group | g | G | | | | |\n"
	"| | text | t | T | yes | string-length(.) <= 20 | | |\n| | select_multiple k | k | K | | | | |\n"
	"| | end_group | | | | | | |\n"
	"| | date | d | D | | . <= today() | selected(${k}, 'yes') | |\n"
	"| | select_one_from_file countries.csv | c | C | | | | |\n"
	"| | image | f | F | | | selected(${k}, 'yes') | |\n| | geopoint | p | P | | | | |\n| | decimal | n | N | | | | |\n| | text | s | S | | | | yes |\n"
	"| | begin_repeat | r | R | | | | |\n| | integer | i | I | yes | . >= 1 | | |\n| | file | j | J | | | | |\n| | end_repeat | | | | | | |\n"
	"| choices |\n| | list_name | name | label |\n| | k | yes | Yes |\n| | k | no | No |\n"
	"| states |\n| | name | label | kind |\n| | new | New | done |\n";

static void check_doc(const struct xml_doc *doc)
{
	must(doc->n && doc->n <= XML_NODES_MAX && doc->node[0].parent == -1);
	must(doc->node[0].end == (int)doc->n);
	for (int i = 1; i < (int)doc->n; i++) {
		const struct xml_node *node = &doc->node[i];
		must(node->parent >= 0 && node->parent < i && node->end > i);
		must(node->end <= doc->node[node->parent].end && node->name.n);
		must(node->end == i + 1 || !node->text.n);
	}
}

/* The text of the root's first child survives being written. */
static void write_again(const struct xml_doc *doc, struct arena *mem)
{
	struct xml_doc again;
	enum xml_fault fault;
	auto_buf out;
	buf_init(&out, 8 << 20);
	if (doc->n < 2)
		return;
	buf_c(&out, "<a>");
	xml_put(&out, doc->node[1].text);
	buf_c(&out, "</a>");
	if (out.failed || xml_read(mem, buf_view(&out), &fault, &again) < 0)
		must(out.failed || out.n > XML_TEXT_MAX);
	else
		must(str_eq(again.node[0].text, doc->node[1].text));
}

/* An answer to a question for a file is a name that the record names. */
static void look_at_files(const struct sent *sent, const struct def *def)
{
	int j = def_field_find(def, STR("j"));
	size_t rows = sent->answers.rows[def_field_find(def, STR("r"))];
	must(sent->n_file <= BLOBS_HELD_MAX);
	for (size_t row = 0; row < rows; row++) {
		struct str name = answers_get(&sent->answers, j, row);
		bool is_named = !name.n;
		for (size_t i = 0; i < sent->n_file; i++)
			is_named |= str_eq(sent->file[i].name, name);
		must(is_named && name.n <= SENT_FILE_MAX);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	auto_arena mem;
	struct def *def;
	struct shelf_form f = { .can_make = true };
	struct xml_doc doc;
	struct sent sent;
	enum xml_fault fault;
	arena_init(&mem, 16 << 20);
	must(def_read(&mem, "fuzz", str_c(definition), &def) == 0);
	f.def = def;
	def_fields_add(&f.left_out, def_field_find(def, STR("s")));
	int result = xml_read(&mem, (struct str){ (const char *)p, n }, &fault, &doc);
	must((result == ERR_INPUT) == (fault != XML_FINE) || result == ERR_NOMEM);
	if (result < 0)
		return 0;
	check_doc(&doc);
	write_again(&doc, &mem);
	if (sent_read(&doc, &f, &mem, 1700000000, &sent) < 0 || sent.fault)
		return 0;
	look_at_files(&sent, def);
	must(sent.instance.n && sent.instance.n <= SENT_ID_MAX);
	must(answers_get(&sent.answers, def_field_find(def, STR("t")), 0).n);
	must(!answers_get(&sent.answers, def_field_find(def, STR("s")), 0).n);
	must(sent.answers.rows[def_field_find(def, STR("r"))] <= DEF_ROWS_MAX);
	return 0;
}
