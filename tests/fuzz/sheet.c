/* A sheet of a case: what is read of any bytes is written again, and then reads the same. */
#include "protect/case_sheet.h"
#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct case_sheet s, again;
	auto_arena mem;
	auto_buf out;
	arena_init(&mem, 1 << 20);
	buf_init(&out, 4 << 20);
	if (case_sheet_read(&mem, (struct str){ (const char *)p, n }, &s) < 0) {
		err_forget();
		return 0;
	}
	must(s.n <= SHEET_LINES);
	for (size_t i = 0; i < s.n; i++) {
		auto_arena name;
		arena_init(&name, 1 << 20);
		const char *z = arena_z(&name, s.name[i]);
		(void)case_sheet_number(&s, z);
		if (strlen(z) == s.name[i].n)
			case_sheet_put(&out, z, s.value[i]);
	}
	must(!out.failed);
	must(case_sheet_read(&mem, buf_view(&out), &again) == 0);
	for (size_t i = 0, k = 0; i < s.n; i++) {
		if (!s.value[i].n || memchr(s.name[i].p, 0, s.name[i].n))
			continue; /* nothing is written of what is empty */
		must(k < again.n && str_eq(again.name[k], s.name[i]));
		must(str_eq(again.value[k++], s.value[i]));
	}
	return 0;
}
