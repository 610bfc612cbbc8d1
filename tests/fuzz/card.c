/* An answer that names a file, and a file's first bytes: any bytes in; what is read as a card says
 * the same when it is written down again, and whatever is shown in a browser's page is a picture
 * that is made anew, or text. */
#include "base/buf.h"
#include "base/utf8.h"
#include "record/blob.h"
#include "tests/fuzz/fuzz.h"
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct str s = { (const char *)p, n };
	struct blob_card card;
	if (blob_card(s, &card)) {
		auto_buf again;
		buf_init(&again, 1 << 12);
		must(card.hash.n == BLOB_HASH_CHARS && card.size > 0 && card.size <= BLOB_MAX);
		must(card.name.n && card.name.n <= BLOB_NAME_MAX && utf8_ok(card.name));
		buf_f(&again, "%.*s %lld %.*s %.*s", STR_ARG(card.hash), (long long)card.size,
			STR_ARG(card.type), STR_ARG(card.name));
		must(again.n <= n);
	}
	struct file_kind kind = file_kind(s);
	must(kind.fault || kind.type[0]);
	must(!strncmp(kind.type, "image/", 6) == (kind.picture != PICTURE_NONE));
	must(file_zip_end(s) <= n);
	return 0;
}
