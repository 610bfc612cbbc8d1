#include "render/picture.h"
#include "render/child.h"
#include <string.h>

enum picture_kind picture_kind(struct str head)
{
	static const char png[] = "\x89PNG\r\n\x1a\n";
	if (head.n >= 3 && !memcmp(head.p, "\xff\xd8\xff", 3))
		return PICTURE_JPEG;
	if (head.n >= 8 && !memcmp(head.p, png, 8))
		return PICTURE_PNG;
	if (head.n >= 12 && !memcmp(head.p, "RIFF", 4) && !memcmp(head.p + 8, "WEBP", 4))
		return PICTURE_WEBP;
	return PICTURE_NONE;
}

const char *picture_type(enum picture_kind kind)
{
	switch (kind) {
	case PICTURE_JPEG: return "image/jpeg";
	case PICTURE_PNG: return "image/png";
	case PICTURE_WEBP: return "image/webp";
	case PICTURE_NONE: break;
	}
	return "application/octet-stream";
}

int picture_clean(const struct lane *lane, struct str in, struct buf *out)
{
	const struct child image = { "-image", PICTURE_SECONDS, lane };
	int status = 0;
	int result = child_run(&image, in, out, &status);
	if (result < 0)
		return result;
	if (status == PICTURE_BROKEN)
		return err_note(ERR_INPUT, "not a picture that can be read");
	if (status == PICTURE_HUGE)
		return err_note(ERR_LIMIT, "a picture of too many dots");
	if (status || picture_kind(buf_view(out)) != picture_kind(in))
		return err_note(ERR_IO, "the picture's process failed");
	return 0;
}
