/*
 * A file on its way into the folder: however it is cut, it is taken or refused the same way; what
 * lies on the disk opens to the same bytes and no more, and what was refused leaves nothing there.
 */
#include "protect/file.h"
#include "tests/fuzz/fuzz.h"
#include <dirent.h>
#include <fcntl.h>
#include <unistd.h>

static char folder[64];
static struct files *files;

static void away(void)
{
	char path[128];
	files_close(files);
	snprintf(path, sizeof path, "%s/" FILE_FOLDER, folder);
	rmdir(path);
	rmdir(folder);
}

static void start(void)
{
	snprintf(folder, sizeof folder, "/tmp/baraza-upload-XXXXXX");
	must(mkdtemp(folder) && files_open(folder, &files) == 0);
	atexit(away);
}

static size_t bodies(void)
{
	char path[128];
	size_t n = 0;
	snprintf(path, sizeof path, "%s/" FILE_FOLDER, folder);
	DIR *dir = opendir(path);
	must(dir);
	for (struct dirent *e; (e = readdir(dir));)
		n += e->d_name[0] != '.' || strlen(e->d_name) == FILE_ID_CHARS;
	closedir(dir);
	return n;
}

static struct upload *feed(struct str bytes, size_t piece)
{
	const struct http_sink *sink = files_sink(files);
	struct upload *u = sink->begin(
		sink->ctx, &(struct http_pair){ .filename = STR("a name.txt") });
	must(u);
	while (bytes.n) {
		struct str now = { bytes.p, bytes.n < piece ? bytes.n : piece };
		sink->piece(u, now);
		bytes = str_from(bytes, now.n);
	}
	sink->end(u);
	return u;
}

/* What lies there under the key of its card. */
static void look(const struct file_sealed *f, struct str bytes)
{
	struct vault_card card;
	struct stream s;
	uint8_t head[STREAM_HEAD], in[STREAM_SEALED], out[STREAM_PIECE];
	uint64_t at = 0;
	must(vault_card_read((struct str){ (const char *)f->card, sizeof f->card }, &card) == 0);
	must(card.size == bytes.n && str_is(card.name, "a name.txt"));
	int fd = files_read(files, &f->id, head);
	must(fd >= 0 && stream_open_start(&card.key, head, &s) == 0);
	for (ssize_t n; (n = read(fd, in, sizeof in)) > 0;) {
		struct str sealed = { (const char *)in, (size_t)n }, part;
		struct str id = { (const char *)f->id.b, sizeof f->id.b };
		must(stream_open(&s, id, sealed, out) == 0);
		struct str open = { (const char *)out, (size_t)n - STREAM_EXTRA };
		must(vault_card_part(&card, at, open, &part) == 0);
		must(part.n == 0 || str_eq(part, (struct str){ bytes.p + at, part.n }));
		at += open.n;
	}
	close(fd);
	must(s.is_over && at == stream_room(bytes.n));
}

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	if (!files)
		start();
	if (!n)
		return 0;
	struct str bytes = { (const char *)p + 1, n - 1 };
	struct upload *whole = feed(bytes, bytes.n + 1), *cut = feed(bytes, (size_t)p[0] * 53 + 1);
	must(upload_fault(whole) == upload_fault(cut));
	must((upload_fault(whole) == FILE_EMPTY) == (bytes.n == 0));
	for (int i = 0; i < 2; i++) {
		struct upload *u = i ? cut : whole;
		const struct file_sealed *f = upload_sealed(u);
		must(!f || !upload_fault(u)); /* a picture waits to be made anew */
		if (f)
			look(f, bytes);
		char name[FILE_ID_CHARS + 1], path[128];
		if (f)
			base64_url(f->id.b, sizeof f->id.b, name, sizeof name);
		files_sink(files)->drop(u);
		if (f) {
			snprintf(path, sizeof path, "%s/" FILE_FOLDER "/%s", folder, name);
			must(unlink(path) == 0);
		}
	}
	must(bodies() == 0);
	return 0;
}
