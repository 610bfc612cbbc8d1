/* Comma-separated values: any bytes in; what comes out is text, and reads the same when it is
 * written down again. */
#include "base/csv.h"
#include "base/utf8.h"
#include "tests/fuzz/fuzz.h"

enum { FIELDS = 8 };

static void quote(struct buf *to, struct str s)
{
	buf_byte(to, '"');
	for (size_t i = 0; i < s.n; i++) {
		buf_byte(to, s.p[i]);
		if (s.p[i] == '"')
			buf_byte(to, '"');
	}
	buf_byte(to, '"');
}

static size_t write_down(struct csv *c, struct buf *to)
{
	size_t rows = 0, line = 0;
	while (csv_next(c) > 0) {
		must(c->n >= 1 && c->n <= FIELDS);
		must(c->row_line > line);
		line = c->row_line;
		for (size_t i = 0; i < c->n; i++) {
			must(utf8_ok(c->field[i]) || !c->field[i].n);
			buf_c(to, i ? "," : "");
			quote(to, c->field[i]);
		}
		buf_c(to, "\r\n");
		rows++;
	}
	return rows;
}

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	auto_csv c, again;
	auto_buf once, twice;
	buf_init(&once, 1 << 24);
	buf_init(&twice, 1 << 24);
	csv_init(&c, (struct str){ (const char *)p, n }, FIELDS);
	size_t rows = write_down(&c, &once);
	csv_init(&again, buf_view(&once), FIELDS);
	must(write_down(&again, &twice) == rows);
	must(str_eq(buf_view(&once), buf_view(&twice)));
	return 0;
}
