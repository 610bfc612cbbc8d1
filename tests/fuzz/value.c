/* Files of values: any bytes in; each row has one verdict, and what is taken is a value. */
#include "monitor/value.h"
#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	auto_arena mem;
	struct value_sheet sheet;
	struct value_source source = { .code = STR("x"), .is_number = n % 2 == 0 };
	size_t sum = 0;
	arena_init(&mem, 64 << 20);
	if (value_sheet_parse(&mem, &source, (struct str){ (const char *)p, n }, &sheet) < 0)
		return 0;
	for (size_t i = 0; i < VALUE_VERDICTS; i++)
		sum += sheet.count[i];
	must(sum == sheet.n && sheet.n <= VALUE_ROWS_MAX && !sheet.count[VALUE_CHANGE]);
	for (size_t i = 0; i < sheet.n; i++) {
		const struct value_row *row = &sheet.row[i];
		must(row->verdict != VALUE_NEW || (row->country.n == 2 && row->val.n));
		must((row->verdict == VALUE_REFUSED) == (row->fault != 0));
	}
	return 0;
}
