/* Fields of a urlencoded body: any cut gives the same, and all is UTF-8. */
#include "base/utf8.h"
#include "http/body.h"
#include "tests/fuzz/fuzz.h"

static int told(
	struct str bytes, size_t cut, struct body *b, struct http_request *req, struct arena *mem)
{
	int st = body_begin(b, STR("application/x-www-form-urlencoded"), bytes.n, NULL, mem);
	if (st == 0)
		st = body_feed(b, (struct str){ bytes.p, cut });
	if (st == 0)
		st = body_feed(b, str_from(bytes, cut));
	return st == 0 ? body_end(b, req) : st;
}

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct body whole, cut;
	struct http_request req = { 0 }, other = { 0 };
	auto_arena mem;
	arena_init(&mem, 1 << 20);
	if (!n)
		return 0;
	struct str bytes = { (const char *)p + 1, n - 1 };
	int st = told(bytes, 0, &whole, &req, &mem);
	must(st == told(bytes, p[0] < bytes.n ? p[0] : bytes.n, &cut, &other, &mem));
	must(req.n_field == other.n_field);
	for (size_t i = 0; i < req.n_field; i++) {
		must(utf8_ok(req.field[i].name) && utf8_ok(req.field[i].filename));
		must(str_eq(req.field[i].name, other.field[i].name));
		must(str_eq(req.field[i].value, other.field[i].value));
		must(str_find(req.field[i].filename, '/') == req.field[i].filename.n);
	}
	body_done(&whole);
	body_done(&cut);
	return 0;
}
