/* A Cookie field: what is found was sent, once. */
#include "http/http.h"
#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct http_pair head[2] = { { .name = STR("cookie"), .value = { (const char *)p, n } } };
	struct http_request req = { .head = head, .n_head = 1 };
	struct str found = http_cookie(&req, "a");
	must(!found.p || (found.p >= head[0].value.p && found.p + found.n <= head[0].value.p + n));
	/* The same field twice sends everything twice. */
	head[1] = head[0];
	req.n_head = 2;
	must(!http_cookie(&req, "a").p);
	return 0;
}
