/* Catalogues: any bytes in; what was read without a fault survives being written. */
#include "tests/fuzz/fuzz.h"
#include "tool/poc/poc.h"

static void survives(struct arena *mem, struct catalogue *c)
{
	auto_buf out = { .max = 64 << 20 };
	struct report r = { NULL, 0, 0 };
	struct catalogue again = { .file = "po/fuzz.ar.po", .lang = LANG_AR };
	po_write(&out, c);
	must(!out.failed);
	po_parse(mem, &r, buf_view(&out), &again);
	if (mem->has_failed)
		return;
	must(r.errors == 0 && again.n == c->n);
	for (size_t i = 0; i < c->n; i++) {
		must(str_eq(c->entry[i].key, again.entry[i].key));
		must(str_eq(c->entry[i].ctxt, again.entry[i].ctxt));
		must(str_eq(c->entry[i].text[0], again.entry[i].text[0]));
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	auto_arena mem;
	struct report r = { NULL, 0, 0 };
	struct rules rules = { .is_release = true };
	struct catalogue c = { .file = "po/fuzz.ar.po", .room = STR("fuzz"), .lang = LANG_AR };
	arena_init(&mem, 16 << 20);
	po_parse(&mem, &r, (struct str){ (const char *)p, n }, &c);
	for (size_t i = 0; i < c.n && i < 100; i++) {
		struct row row = { .key = c.entry[i].key };
		for (size_t l = 0; l < LANG_COUNT; l++) {
			row.in[l] = &c;
			row.entry[l] = &c.entry[i];
		}
		check_row(&r, &rules, &row);
	}
	if (r.errors == 0 && !mem.has_failed)
		survives(&mem, &c);
	return 0;
}
