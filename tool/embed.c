/*
 * I know how files become part of the binary: I write them down as a C table, each with an
 * address made from its content, and packed by gzip and brotli as tightly as they go.
 *
 *   embed OUT.c NAME=FILE[+FILE...]...
 *   embed --text NAME OUT.c FILE...
 *   embed --packed NAME OUT.c FILE...
 *
 * Several files behind one name are joined. A stylesheet loses its comments and its layout.
 * The second form makes one plain "const struct str NAME" of all files, the third a "const struct
 * packed NAME" (base/packed.h).
 */
#include "base/buf.h"
#include "tool/css.h"
#include "tool/pack.h"

#include <brotli/encode.h>
#include <libdeflate.h>
#include <sodium.h>
#include <string.h>

enum { MOST = 4 << 20 };

static const char *type_of(struct str name)
{
	static const struct {
		const char *end, *type;
	} types[] = {
		{ ".css", "text/css; charset=utf-8" },
		{ ".svg", "image/svg+xml" },
		{ ".txt", "text/plain; charset=utf-8" },
	};
	for (size_t i = 0; i < sizeof types / sizeof *types; i++)
		if (str_ends(name, types[i].end))
			return types[i].type;
	return NULL;
}

static int read_into(struct buf *b, struct str file)
{
	auto_buf path;
	buf_init(&path, 4096);
	buf_str(&path, file);
	buf_byte(&path, '\0');
	if (path.failed)
		return path.failed;
	auto_file f = fopen(path.p, "rb");
	if (!f)
		return err_note(ERR_IO, "cannot read %s", path.p);
	char chunk[4096];
	size_t n;
	while ((n = fread(chunk, 1, sizeof chunk, f)) > 0)
		buf_put(b, chunk, n);
	return ferror(f) ? err_note(ERR_IO, "cannot read %s", path.p) : b->failed;
}

/* "…" as C reads it. */
static void quoted(FILE *out, struct str s)
{
	fputc('"', out);
	for (size_t i = 0; i < s.n; i++) {
		if (i && i % 64 == 0)
			fputs("\"\n\t\t\"", out);
		unsigned char c = (unsigned char)s.p[i];
		if (c >= ' ' && c <= '~' && c != '"' && c != '\\' && c != '?')
			fputc(c, out);
		else
			fprintf(out, "\\%03o", c);
	}
	fputc('"', out);
}

static void literal(FILE *out, struct str s)
{
	if (!s.n) {
		fputs("{ NULL, 0 }", out);
		return;
	}
	fputs("{ ", out);
	quoted(out, s);
	fprintf(out, ", %zu }", s.n);
}

static void member(FILE *out, const char *name, struct str s)
{
	fprintf(out, "\t.%s = ", name);
	literal(out, s);
	fputs(",\n", out);
}

static struct str gzip_of(struct buf *room, struct str body)
{
	struct libdeflate_compressor *c = libdeflate_alloc_compressor(12);
	size_t cap = libdeflate_gzip_compress_bound(c, body.n);
	char *p = buf_room(room, cap);
	size_t n = c && p ? libdeflate_gzip_compress(c, body.p, body.n, p, cap) : 0;
	libdeflate_free_compressor(c);
	return (struct str){ p, n && n < body.n ? n : 0 };
}

static struct str brotli_of(struct buf *room, struct str body)
{
	size_t n = BrotliEncoderMaxCompressedSize(body.n);
	char *p = buf_room(room, n);
	if (!p ||
		!BrotliEncoderCompress(BROTLI_MAX_QUALITY, BROTLI_DEFAULT_WINDOW, BROTLI_MODE_TEXT,
			body.n, (const uint8_t *)body.p, &n, (uint8_t *)p))
		n = 0;
	return (struct str){ p, n < body.n ? n : 0 };
}

static void write_asset(FILE *out, struct str name, const char *type, struct str body)
{
	unsigned char hash[crypto_generichash_BYTES];
	char hex[2 * sizeof hash + 1], url[256], etag[16];
	crypto_generichash(hash, sizeof hash, (const unsigned char *)body.p, body.n, NULL, 0);
	sodium_bin2hex(hex, sizeof hex, hash, sizeof hash);
	size_t dot = str_find(name, '.');
	struct str end = str_from(name, dot);
	snprintf(url, sizeof url, "/static/%.*s.%.10s%.*s", (int)dot, name.p, hex, STR_ARG(end));
	snprintf(etag, sizeof etag, "\"%.10s\"", hex);

	auto_buf gzip, br;
	buf_init(&gzip, MOST);
	buf_init(&br, MOST);
	fputs("{\n", out);
	member(out, "name", name);
	member(out, "url", str_c(url));
	member(out, "type", str_c(type));
	member(out, "etag", str_c(etag));
	member(out, "body", body);
	member(out, "gzip", gzip_of(&gzip, body));
	member(out, "br", brotli_of(&br, body));
	fputs("},\n", out);
}

static int embed(FILE *out, struct str spec)
{
	struct str name, file;
	str_cut(&spec, '=', &name);
	const char *type = type_of(name);
	if (!type)
		return err_note(ERR_INPUT, "no type is known for %.*s", STR_ARG(name));
	auto_buf raw, body;
	buf_init(&raw, MOST);
	buf_init(&body, MOST);
	while (str_cut(&spec, '+', &file)) {
		int bad = read_into(&raw, file);
		if (bad)
			return bad;
	}
	if (str_ends(name, ".css"))
		css_squeeze(&body, buf_view(&raw));
	else
		buf_str(&body, buf_view(&raw));
	if (body.failed)
		return err_note(body.failed, "%.*s is larger than %d bytes", STR_ARG(name), MOST);
	write_asset(out, name, type, buf_view(&body));
	return 0;
}

static void write_text(FILE *out, const char *name, struct str text)
{
	fprintf(out,
		"#include \"base/str.h\"\n\nextern const struct str %s;\nconst struct str %s = ",
		name, name);
	literal(out, text);
	fputs(";\n", out);
}

static int write_packed(FILE *out, const char *name, struct str text)
{
	auto_buf room;
	buf_init(&room, MOST);
	struct str small = pack(&room, text);
	if (!small.n)
		return err_note(ERR_LIMIT, "%s cannot be packed", name);
	fprintf(out,
		"#include \"base/packed.h\"\n\nextern const struct packed %s;\n"
		"const struct packed %s = { ",
		name, name);
	quoted(out, small);
	fprintf(out, ", %zu, %zu };\n", small.n, text.n);
	return 0;
}

/* embed_text(name, path, file, is_packed): All files, joined, as one constant. */
static int embed_text(const char *name, const char *path, char **file, bool is_packed)
{
	auto_buf text;
	buf_init(&text, MOST);
	auto_file out = fopen(path, "w");
	if (!out)
		return err_note(ERR_IO, "cannot write %s", path);
	for (; *file; file++) {
		int bad = read_into(&text, str_c(*file));
		if (bad)
			return bad;
	}
	int result = 0;
	if (is_packed)
		result = write_packed(out, name, buf_view(&text));
	else
		write_text(out, name, buf_view(&text));
	if (result < 0)
		return result;
	return fflush(out) || ferror(out) ? err_note(ERR_IO, "cannot write %s", path) : 0;
}

int main(int argc, char **argv)
{
	bool is_packed = argc > 4 && !strcmp(argv[1], "--packed");
	if (is_packed || (argc > 4 && !strcmp(argv[1], "--text"))) {
		if (embed_text(argv[2], argv[3], argv + 4, is_packed) == 0)
			return 0;
		fprintf(stderr, "embed: %s\n", err_noted());
		return 1;
	}
	if (argc < 3 || sodium_init() < 0) {
		fputs("usage: embed OUT.c NAME=FILE[+FILE...]...\n"
		      "       embed --text|--packed NAME OUT.c FILE...\n",
			stderr);
		return 2;
	}
	auto_file out = fopen(argv[1], "w");
	if (!out) {
		fprintf(stderr, "embed: cannot write %s\n", argv[1]);
		return 1;
	}
	fputs("#include \"static/table.h\"\n\nconst struct asset asset_table[] = {\n", out);
	for (int i = 2; i < argc; i++)
		if (embed(out, str_c(argv[i])) < 0) {
			fprintf(stderr, "embed: %s\n", err_noted());
			return 1;
		}
	fprintf(out, "};\nconst size_t asset_count = %d;\n", argc - 2);
	return fflush(out) || ferror(out);
}
