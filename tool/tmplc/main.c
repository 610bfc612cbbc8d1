/* tmplc [--keys FILE] page.html page.html.c page.html.h: compile a template to C. */
#include "base/utf8.h"
#include "tool/tmplc/tmplc.h"

enum { FILE_MAX = 4 << 20 };

static int read_file(const char *name, struct buf *ret)
{
	auto_file f = fopen(name, "rb");
	if (!f)
		return err_note(ERR_IO, "cannot open");
	buf_init(ret, FILE_MAX);
	char part[65536];
	for (size_t n; (n = fread(part, 1, sizeof part, f)) > 0;)
		buf_put(ret, part, n);
	if (ferror(f))
		return err_note(ERR_IO, "cannot read");
	if (ret->n && memchr(ret->p, 0, ret->n))
		return err_note(ERR_INPUT, "holds a NUL byte");
	buf_byte(ret, 0);
	return ret->failed ? err_note(ret->failed, "too large") : 0;
}

static int write_file(const char *name, const struct buf *b)
{
	FILE *f = fopen(name, "wb");
	if (!f)
		return err_note(ERR_IO, "cannot open");
	size_t n = b->n ? fwrite(b->p, 1, b->n, f) : 0;
	int bad = fclose(f);
	return n != b->n || bad ? err_note(ERR_IO, "cannot write") : 0;
}

static int complain(const char *name)
{
	fprintf(stderr, "tmplc: %s: %s\n", name, err_noted());
	return 1;
}

/* The header's name for #include: the build's src/ is on the include path. */
static const char *include_name(const char *path)
{
	return strncmp(path, "src/", 4) == 0 ? path + 4 : path;
}

static int run(char **file, const char *keys_file)
{
	auto_buf text = { 0 }, keys = { 0 }, c, h, err;
	buf_init(&c, 16 << 20);
	buf_init(&h, 1 << 20);
	buf_init(&err, 4096);
	if (read_file(file[0], &text) < 0)
		return complain(file[0]);
	if (keys_file && read_file(keys_file, &keys) < 0)
		return complain(keys_file);
	struct tmplc_job job = { .path = file[0],
		.text = text.p,
		.include = include_name(file[2]),
		.keys = keys_file ? keys.p : NULL };
	int r = tmplc_compile(&job, &c, &h, &err);
	if (r < 0) {
		if (!err.n)
			buf_c(&err, "tmplc: out of memory\n");
		fprintf(stderr, "%.*s", STR_ARG(err));
		return 1;
	}
	if (write_file(file[1], &c) < 0)
		return complain(file[1]);
	if (write_file(file[2], &h) < 0)
		return complain(file[2]);
	return 0;
}

int main(int argc, char **argv)
{
	const char *keys = NULL;
	int at = 1;
	if (argc > 2 && strcmp(argv[1], "--keys") == 0) {
		keys = argv[2];
		at = 3;
	}
	if (argc - at != 3) {
		fputs("usage: tmplc [--keys FILE] page.html page.html.c page.html.h\n", stderr);
		return 2;
	}
	return run(argv + at, keys);
}
