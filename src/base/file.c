#include "base/file.h"
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>

enum { CHUNK = 1 << 16 };

int file_read(const char *folder, const char *name, struct buf *to)
{
	char path[PATH_MAX];
	int n = snprintf(path, sizeof path, "%s/%s", folder, name);
	if (n < 0 || (size_t)n >= sizeof path)
		return err_note(ERR_INPUT, "%s: the folder's name is too long", name);
	auto_file f = fopen(path, "rbe");
	if (!f)
		return err_note(
			errno == ENOENT ? ERR_MISSING : ERR_IO, "%s: %s", name, strerror(errno));
	for (;;) {
		char *room = buf_room(to, CHUNK);
		if (!room)
			return err_note(to->failed, "%s: too large", name);
		size_t got = fread(room, 1, CHUNK, f);
		to->n += got;
		if (got == 0)
			break;
	}
	return ferror(f) ? err_note(ERR_IO, "%s: %s", name, strerror(errno)) : 0;
}
