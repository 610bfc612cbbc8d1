/* The key of a body outside, as somebody pastes it: any bytes in; what is taken is exactly one
 * spelling of 32 bytes, and something can be sealed to it. */
#include "crypto/crypto.h"
#include "crypto/sealed_file.h"
#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct str text = { (const char *)p, n };
	struct public_key key = { 0 };
	char again[SEALED_FILE_KEY_CHARS + 1];
	if (!sealed_file_key(text, &key))
		return 0;
	base64_url(key.b, sizeof key.b, again, sizeof again);
	must(str_starts(text, SEALED_FILE_PUBLIC));
	must(str_is(str_from(text, sizeof SEALED_FILE_PUBLIC - 1), again));
	auto_buf out;
	buf_init(&out, 1 << 20);
	must(sealed_file(&key, STR("a.txt"), STR("words"), &out) == 0 && out.n);
	return 0;
}
