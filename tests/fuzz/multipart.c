/* Parts of a multipart body: any cut gives the same, no file name has a path, and a file in a sink
 * has the bytes that it has in memory. */
#include "base/buf.h"
#include "base/utf8.h"
#include "http/body.h"
#include "tests/fuzz/fuzz.h"
#include <stdlib.h>

/* ---- a sink that keeps what comes ---- */

struct kept {
	struct buf bytes;
	bool is_whole;
};
static int under_way;

static void *begin(void *ctx, const struct http_pair *part)
{
	struct kept *k = calloc(1, sizeof *k);
	(void)ctx;
	must(k && part->filename.n && !str_is(part->name, "m"));
	buf_init(&k->bytes, 1 << 20);
	under_way++;
	return k;
}

static void piece(void *held, struct str s)
{
	struct kept *k = held;
	must(!k->is_whole);
	buf_str(&k->bytes, s);
}

static void end(void *held)
{
	struct kept *k = held;
	must(!k->is_whole);
	k->is_whole = true;
}

static void drop(void *held)
{
	struct kept *k = held;
	buf_done(&k->bytes);
	free(k);
	under_way--;
}

static void look_at_sink(struct str bytes, const struct http_request *in_memory, int expected)
{
	static const struct http_sink sink = { .files_max = 3,
		.kept = { "m", 1 },
		.begin = begin,
		.piece = piece,
		.end = end,
		.drop = drop };
	struct body b;
	struct http_request req = { 0 };
	auto_arena mem;
	arena_init(&mem, 1 << 20);
	int st = body_begin(&b, STR("multipart/form-data; boundary=b"), bytes.n, &sink, &mem);
	if (st == 0)
		st = body_feed(&b, bytes);
	if (st == 0)
		st = body_end(&b, &req);
	must(st == expected || st == ERR_LIMIT || st == ERR_INPUT);
	for (size_t i = 0; i < req.n_field; i++) {
		const struct http_pair *p = &req.field[i], *was = &in_memory->field[i];
		const struct kept *k = p->held;
		must(str_eq(p->name, was->name) && str_eq(p->filename, was->filename));
		must((k != NULL) == (p->filename.p && !str_is(p->name, "m")));
		must(!k || (k->is_whole && str_eq(buf_view(&k->bytes), was->value)));
		must(k || str_eq(p->value, was->value));
	}
	body_done(&b);
	must(under_way == 0);
}

/* ---- in memory ---- */

static int told(
	struct str bytes, size_t cut, struct body *b, struct http_request *req, struct arena *mem)
{
	int st = body_begin(b, STR("multipart/form-data; boundary=b"), bytes.n, NULL, mem);
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
	if (st == 0)
		look_at_sink(bytes, &req, st);
	body_done(&whole);
	body_done(&cut);
	return 0;
}
