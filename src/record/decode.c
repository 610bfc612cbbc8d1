#include "record/decode.h"
#include "base/utf8.h"
#include <string.h>
#include <unicode/ucnv.h>

enum { PIECE = 1 << 16 };

static const char *charset_of(struct str in)
{
	if (str_starts(in, "\xff\xfe") || str_starts(in, "\xfe\xff"))
		return "UTF-16";
	bool has_cr = in.n && memchr(in.p, '\r', in.n), has_lf = in.n && memchr(in.p, '\n', in.n);
	return has_cr && !has_lf ? "macintosh" : "windows-1252";
}

static int convert(UConverter *from, UConverter *utf8, struct str in, struct buf *to)
{
	UChar pivot[1024], *source = pivot, *target = pivot;
	const char *at = in.p, *end = in.p + in.n;
	UErrorCode st = U_BUFFER_OVERFLOW_ERROR;
	bool is_first = true;
	while (st == U_BUFFER_OVERFLOW_ERROR) {
		char *room = buf_room(to, PIECE), *out = room;
		if (!room)
			return err_note(to->failed, "a file in other letters is too large");
		st = U_ZERO_ERROR;
		ucnv_convertEx(utf8, from, &out, room + PIECE, &at, end, pivot, &source, &target,
			pivot + 1024, is_first, true, &st);
		is_first = false;
		to->n += (size_t)(out - room);
	}
	return U_SUCCESS(st) ? 1 : err_note(ERR_INPUT, "the file is in letters that are not known");
}

int decode(struct str in, struct buf *to, const char **ret_charset)
{
	UErrorCode st = U_ZERO_ERROR;
	if (utf8_ok(in))
		return 0;
	*ret_charset = charset_of(in);
	UConverter *from = ucnv_open(*ret_charset, &st), *utf8 = ucnv_open("UTF-8", &st);
	int result = U_SUCCESS(st) ? convert(from, utf8, in, to)
				   : err_note(ERR_NOMEM, "letters: %s", u_errorName(st));
	ucnv_close(from);
	ucnv_close(utf8);
	return result;
}

const struct http_pair *decode_sent(const struct http_request *req)
{
	for (size_t i = 0; i < req->n_field; i++)
		if (str_is(req->field[i].name, "file") && req->field[i].filename.p)
			return &req->field[i];
	return NULL;
}
