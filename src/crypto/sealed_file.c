#include "crypto/sealed_file.h"
#include "crypto/stream.h"

enum { ID = 16 };

bool sealed_file_key(struct str text, struct public_key *ret)
{
	struct secret some = { 0 };
	uint8_t wrap[PAIR_WRAP];
	struct str prefix = STR(SEALED_FILE_PUBLIC);
	if (text.n != prefix.n + SEALED_FILE_KEY_CHARS || !str_starts(text, SEALED_FILE_PUBLIC) ||
		!base64_url_bytes(str_from(text, prefix.n), ret->b, sizeof ret->b))
		return false;
	random_bytes(some.b, sizeof some.b);
	bool is_fine = pair_wrap(ret, (struct pair_context){ "sealed file", STR("") }, &some,
			       wrap) == 0;
	err_forget();
	return is_fine;
}

/* The pieces of what is in ${plain}, which is as long as its room. */
static void seal_pieces(const struct secret *key, struct str id, struct str plain, struct buf *out)
{
	uint8_t head[STREAM_HEAD], piece[STREAM_SEALED];
	struct stream s = { 0 };
	stream_seal_start(key, head, &s);
	buf_put(out, head, sizeof head);
	for (size_t at = 0; at < plain.n; at += STREAM_PIECE) {
		size_t n = plain.n - at < STREAM_PIECE ? plain.n - at : STREAM_PIECE;
		stream_seal(&s, id, (struct str){ plain.p + at, n }, at + n == plain.n, piece);
		buf_put(out, piece, n + STREAM_EXTRA);
	}
	wipe(&s, sizeof s);
}

int sealed_file(const struct public_key *to, struct str name, struct str bytes, struct buf *out)
{
	auto_secret key = { 0 };
	auto_buf plain = { 0 };
	uint8_t id[ID], wrap[PAIR_WRAP];
	struct str file = { (const char *)id, sizeof id };
	must(name.n <= SEALED_FILE_NAME_MAX);
	uint64_t all = stream_room(8 + 1 + name.n + bytes.n);
	random_bytes(id, sizeof id);
	random_bytes(key.b, sizeof key.b);
	int result = pair_wrap(to, (struct pair_context){ "sealed file", file }, &key, wrap);
	if (result < 0)
		return result;
	buf_init(&plain, (size_t)all);
	for (size_t i = 0; i < 8; i++)
		buf_byte(&plain, (char)((uint64_t)bytes.n >> 8 * i));
	buf_byte(&plain, (char)name.n);
	buf_str(&plain, name);
	buf_str(&plain, bytes);
	while (!plain.failed && plain.n < all)
		buf_byte(&plain, 0);
	buf_str(out, STR(SEALED_FILE_MAGIC));
	buf_str(out, file);
	buf_byte(out, 1);
	buf_put(out, wrap, sizeof wrap);
	if (!plain.failed)
		seal_pieces(&key, file, buf_view(&plain), out);
	wipe(plain.p, plain.n);
	return plain.failed ? plain.failed : out->failed;
}
