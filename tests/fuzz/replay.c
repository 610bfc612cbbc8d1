/* Feed every file of a folder to a fuzz target once. */
#include "base/buf.h"
#include "tests/fuzz/fuzz.h"

#include <dirent.h>

static int replay(const char *dir, const char *name)
{
	char path[4096];
	snprintf(path, sizeof path, "%s/%s", dir, name);
	auto_file f = fopen(path, "rb");
	auto_buf b;
	buf_init(&b, 16 << 20);
	size_t n;
	char *p;
	while (f && (p = buf_room(&b, 65536)) && (n = fread(p, 1, 65536, f)) > 0)
		b.n += n;
	if (!f || b.failed)
		return 1;
	LLVMFuzzerTestOneInput((const uint8_t *)b.p, b.n);
	return 0;
}

int main(int argc, char **argv)
{
	DIR *dir = argc == 2 ? opendir(argv[1]) : NULL;
	if (!dir) {
		fprintf(stderr, "usage: %s CORPUS-FOLDER\n", argv[0]);
		return 2;
	}
	LLVMFuzzerTestOneInput((const uint8_t *)"", 0);
	int failed = 0, count = 0;
	for (struct dirent *e; (e = readdir(dir)); count += e->d_name[0] != '.')
		if (e->d_name[0] != '.')
			failed += replay(argv[1], e->d_name);
	closedir(dir);
	printf("%d files replayed, %d could not be read\n", count, failed);
	return failed || !count;
}
