/* A file that others exported: any bytes in; rows come out, and each is mapped without a crash.
 * What begins with a NUL is a mapping instead. */
#include "record/decode.h"
#include "record/mapping.h"
#include "tests/fuzz/fuzz.h"
#include <string.h>

static const char definition[] =
	"| settings |\n| | form_id | form_title | version |\n| | f | Form | 1 |\n"
	"| survey |\n| | type | name | label | required | constraint |\n"
	"| | text | t | T | yes | string-length(.) <= 20 |\n| | select_multiple k | k | K | | |\n"
	"| | date | d | D | | . <= today() |\n| | select_one_from_file countries.csv | c | C | | |\n"
	"| | geopoint | p | P | | |\n| | integer | i | I | | |\n"
	"| choices |\n| | list_name | name | label |\n| | k | yes | Yes |\n| | k | no | No |\n"
	"| states |\n| | name | label | kind |\n| | new | New | done |\n";

static void read_mapping(const struct def *d, struct arena *mem, struct str text)
{
	struct mapping m, again;
	struct str json;
	if (mapping_read(text, d, mem, &m) < 0)
		return;
	must(mapping_write(&m, d, mem, &json) == 0);
	must(mapping_read(json, d, mem, &again) == 0 && again.n == m.n);
}

static void read_rows(const struct shelf_form *f, struct arena *mem, struct str file)
{
	auto_rows rows = { 0 };
	struct mapping m;
	struct map_reader reader = { .form = f, .mapping = &m, .now = 1700000000 };
	if (rows_open(&rows, mem, file) < 0)
		return;
	must(rows.n <= ROWS_COLUMNS_MAX);
	mapping_guess(f, &rows, &m);
	for (int i = 0; i < 6; i++) /* the first columns, whatever they are called */
		if ((size_t)i < rows.n && m.n < MAP_LINES_MAX)
			m.line[m.n++] = (struct map_line){
				.column = rows.name[i], .field = i, .as = 127 & ~(i * 37)
			};
	mapping_begin(&reader, &rows);
	for (int i = 0; i < 50; i++) {
		auto_arena one;
		struct mapped row;
		arena_init(&one, 16 << 20);
		if (rows_next(&rows, &one) <= 0)
			return;
		if (mapping_row(&reader, &rows, &one, &row) < 0)
			return;
		must(row.fault < MAP_FAULTS && row.n_unknown <= MAP_UNKNOWN_MAX);
		must(strlen(row.key) == 0 || strlen(row.key) == MAP_KEY_CHARS);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	auto_arena mem;
	auto_buf utf8;
	struct def *d;
	struct shelf_form f = { 0 };
	const char *charset;
	struct str in = { (const char *)p, n };
	arena_init(&mem, 32 << 20);
	buf_init(&utf8, 4 << 20);
	must(def_read(&mem, "fuzz", str_c(definition), &d) == 0);
	f.def = d;
	for (int l = 0; l < LANG_COUNT; l++)
		must(labels_read(&mem, "fuzz", STR(""), d, lang_of((enum lang_id)l),
			     &f.labels[l]) == 0);
	if (n && !p[0]) {
		read_mapping(d, &mem, str_from(in, 1));
		return 0;
	}
	int result = decode(in, &utf8, &charset);
	if (result >= 0)
		read_rows(&f, &mem, result > 0 ? buf_view(&utf8) : in);
	return 0;
}
