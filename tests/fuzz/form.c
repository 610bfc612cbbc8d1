/* A form's fields and a person's codes: any bytes in, and what comes out keeps its promises. */
#include "form/form.h"
#include "base/utf8.h"
#include "crypto/code.h"
#include "crypto/totp.h"
#include "tests/fuzz/fuzz.h"

struct input {
	struct str line, text, code, secret;
	struct opt_i64 number, day, choice;
	int64_t set;
	bool is_on;
};

static const char *const values[] = { "a", "b", "c", NULL };
static const struct form form = { .name = "fuzz",
	.size = sizeof(struct input),
	.field = {
		{ "l", FIELD_LINE, .max = 9, .at = offsetof(struct input, line) },
		{ "t", FIELD_TEXT, .at = offsetof(struct input, text) },
		{ "n", FIELD_INT, .min = -5, .max = 5000, .at = offsetof(struct input, number) },
		{ "d", FIELD_DATE, .at = offsetof(struct input, day) },
		{ "b", FIELD_BOOL, .at = offsetof(struct input, is_on) },
		{ "c", FIELD_CHOICE, .choices = values, .at = offsetof(struct input, choice) },
		{ "s", FIELD_SET, .choices = values, .at = offsetof(struct input, set) },
		{ "k", FIELD_CODE, .at = offsetof(struct input, code) },
		{ "p", FIELD_SECRET, .at = offsetof(struct input, secret) },
	} };

static void promises(const struct form_result *r)
{
	const struct input *in = r->in;
	must(utf8_ok(in->line) && utf8_ok(in->text) && utf8_ok(in->secret));
	must(!memchr(in->line.n ? in->line.p : "", '\n', in->line.n));
	must(form_fault_of(r, "l") || utf8_count(in->line) <= 9);
	must(!in->number.has || (in->number.v >= -5 && in->number.v <= 5000));
	must(!in->day.has || in->day.v % 86400 == 0);
	must(!in->choice.has || (in->choice.v >= 0 && in->choice.v < 3));
	must(in->set >= 0 && in->set < 8);
	must(in->code.n == 0 || in->code.n == CODE_CHARS);
}

/* Pairs as "name=value", one behind the other with a byte 0x1e between. */
int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct str left = { (const char *)p, n }, one;
	struct http_pair pair[16];
	size_t count = 0;
	int64_t step;
	(void)!totp_check("12345678901234567890", 20, 59, -1, left, &step);
	while (count < 16 && str_cut(&left, 0x1e, &one)) {
		str_cut(&one, '=', &pair[count].name);
		pair[count++].value = one;
	}
	auto_arena mem;
	arena_init(&mem, 8 << 20);
	struct form_result r;
	int faults = form_read(&form, pair, count, &mem, &r);
	must(faults >= 0 || faults == ERR_INPUT || faults == ERR_NOMEM);
	if (faults >= 0)
		promises(&r);
	return 0;
}
