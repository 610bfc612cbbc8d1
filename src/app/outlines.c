#include "app/outlines.h"

#include "static/assets.h"
#include <errno.h>
#include <stdio.h>
#include <string.h>

enum { LARGEST = 4 << 20 };

static int read_file(const char *name, struct buf *b)
{
	auto_file f = fopen(name, "rb");
	if (!f)
		return err_note(ERR_IO, "cannot read the map %s: %s", name, strerror(errno));
	size_t n;
	char *p;
	while ((p = buf_room(b, 65536)) && (n = fread(p, 1, 65536, f)) > 0)
		b->n += n;
	if (b->failed || ferror(f))
		return err_note(b->failed ? b->failed : ERR_IO, "cannot read the map %s", name);
	return 0;
}

int outlines_open(const char *file, struct map **ret)
{
	if (!*file)
		return map_read(asset_named(STR("map.txt"))->body, ret);
	auto_buf b;
	buf_init(&b, LARGEST + 65536);
	int bad = read_file(file, &b);
	return bad ? bad : map_read(buf_view(&b), ret);
}
