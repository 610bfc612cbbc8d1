/* A request's head and the framing of its body: any bytes, cut where the first byte says, are
 * judged as if they were whole, and what is taken keeps its promises. */
#include "base/utf8.h"
#include "http/head.h"
#include "tests/fuzz/fuzz.h"
#include <string.h>

static int scanned(struct str bytes, size_t cut, struct head_scan *ret)
{
	*ret = (struct head_scan){ 0 };
	int got = head_scan(ret, (struct str){ bytes.p, cut }, 4096);
	return got ? got : head_scan(ret, bytes, 4096);
}

static int on_body(void *ctx, struct str piece)
{
	*(size_t *)ctx += piece.n;
	return 0;
}

static void promises(const struct http_request *req)
{
	must(req->method >= HTTP_GET && req->method <= HTTP_POST);
	must(str_starts(req->path, "/") && utf8_ok(req->path));
	for (struct str left = req->path, part; str_cut(&left, '/', &part);)
		must(!str_is(part, "..") && !str_is(part, "."));
	for (size_t i = 0; i < req->n_query; i++)
		must(utf8_ok(req->query[i].name) && utf8_ok(req->query[i].value));
	for (size_t i = 0; i < req->n_head; i++)
		must(utf8_ok(req->head[i].value));
}

static size_t body_fed(struct grammar *g, struct str body, size_t step, size_t *seen)
{
	static const struct grammar_watch watch = { .body = on_body };
	size_t used;
	g->watch = &watch;
	g->ctx = seen;
	while (body.n) {
		struct str piece = { body.p, step < body.n ? step : body.n };
		if (grammar_feed(g, piece, &used) != GRAMMAR_MORE)
			break;
		body = str_from(body, used);
	}
	return *seen;
}

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct head_scan whole, cut;
	struct http_request req = { 0 };
	struct head_facts facts;
	struct grammar g, again;
	auto_arena mem;
	arena_init(&mem, 1 << 20);
	if (!n)
		return 0;
	struct str bytes = { (const char *)p + 1, n - 1 };
	int got = scanned(bytes, 0, &whole);
	must(got == scanned(bytes, p[0] < bytes.n ? p[0] : bytes.n, &cut));
	if (got != 1)
		return 0;
	must(whole.at == cut.at && whole.start == cut.start && whole.lines == cut.lines);
	struct head_text head = { arena_take(&mem, whole.at), whole.at - whole.start, whole.lines,
		p[0] & 1 };
	if (!head.text)
		return 0;
	memcpy(head.text, bytes.p + whole.start, head.n);
	req.mem = &mem;
	if (head_parse(&g, &head, &req, &facts))
		return 0;
	promises(&req);
	if (!facts.has_body)
		return 0;
	memcpy(&again, &g, sizeof again);
	struct str body = str_from(bytes, whole.at);
	size_t at_once = 0, in_steps = 0, step = 1 + (size_t)p[0] % 7;
	must(body_fed(&g, body, body.n, &at_once) == body_fed(&again, body, step, &in_steps));
	return 0;
}
