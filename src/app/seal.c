/*
 * "baraza seal" and "baraza open": a file sealed on a machine without network, to people whose keys
 * are on paper, so that it can go through a form of a house that must not be able to read it.
 *
 *   "baraza sealed 1\n" | file 16 | people 1 | of each: wrap of the key | head of a stream | pieces
 *
 * The stream holds: size 8, lowest byte first | length of the name 1 | name | the file | zeros. A
 * wrap is pair_wrap's, its purpose "sealed file", its context the file's 16 bytes.
 */
#include "app/commands.h"
#include "base/err.h"
#include "crypto/crypto.h"
#include "crypto/pair.h"
#include "crypto/stream.h"
#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define MAGIC "baraza sealed 1\n"
#define PUBLIC "baraza-public-1-"
#define SECRET "baraza-secret-1-"
enum { MAGIC_BYTES = 16, ID = 16, PEOPLE_MAX = 16, KEY_CHARS = 43, NAME_BYTES = 255, FRONT = 9 };
enum { PREFIX = sizeof PUBLIC - 1, LINE = PREFIX + KEY_CHARS + 2 };
_Static_assert(sizeof PUBLIC == sizeof SECRET, "one length");

struct sealing {
	int from, to;
	uint8_t id[ID];
	struct stream stream;
	uint8_t plain[STREAM_PIECE], out[STREAM_SEALED];
	size_t n;
	uint64_t done;
};

static int complain(const char *what, const char *about)
{
	fprintf(stderr, "baraza: %s%s%s\n", what, about ? ": " : "", about ? about : "");
	return EXIT_FAULT;
}

static bool write_all(int fd, const void *p, size_t n)
{
	const char *at = p;
	while (n) {
		ssize_t done = write(fd, at, n);
		if (done < 0 && errno == EINTR)
			continue;
		if (done <= 0)
			return false;
		at += done;
		n -= (size_t)done;
	}
	return true;
}

/* As many as there are, up to ${n}. */
static size_t read_all(int fd, void *p, size_t n)
{
	size_t have = 0;
	while (have < n) {
		ssize_t got = read(fd, (char *)p + have, n - have);
		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			break;
		have += (size_t)got;
	}
	return have;
}

/* ---- keys as text ---- */

/* From a word, or from the first line of a file of that name. */
static bool read_key(const char *word, const char *prefix, uint8_t ret[32])
{
	char line[LINE] = { 0 };
	if (strncmp(word, prefix, PREFIX) != 0) {
		auto_fd fd = open(word, O_RDONLY | O_CLOEXEC);
		if (fd < 0 || read_all(fd, line, sizeof line - 1) < PREFIX + KEY_CHARS)
			return false;
		word = line;
	}
	struct str text = { word + PREFIX, strcspn(word + PREFIX, "\r\n ") };
	bool is_key = !strncmp(word, prefix, PREFIX) && base64_url_bytes(text, ret, 32);
	wipe(line, sizeof line);
	return is_key;
}

static int make_key(const char *file)
{
	auto_secret secret = { 0 };
	struct public_key public;
	char text[KEY_CHARS + 1], line[LINE];
	auto_fd fd = open(file, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd < 0)
		return complain(strerror(errno), file);
	pair_make(&secret, &public);
	base64_url(secret.b, sizeof secret.b, text, sizeof text);
	int n = snprintf(line, sizeof line, SECRET "%s\n", text);
	bool is_kept = n > 0 && write_all(fd, line, (size_t)n) && fsync(fd) == 0;
	wipe(line, sizeof line);
	if (!is_kept)
		return complain("the key could not be written", file);
	base64_url(public.b, sizeof public.b, text, sizeof text);
	printf(PUBLIC "%s\n", text);
	return 0;
}

/* ---- sealing ---- */

static bool seal_room(struct sealing *s, bool is_last)
{
	stream_seal(&s->stream, (struct str){ (const char *)s->id, ID },
		(struct str){ (const char *)s->plain, s->n }, is_last, s->out);
	bool is_done = write_all(s->to, s->out, s->n + STREAM_EXTRA);
	s->done += s->n;
	s->n = 0;
	return is_done;
}

/* The rest of the file and zeros; ${all} bytes in the end. */
static bool seal_rest(struct sealing *s, uint64_t size, uint64_t all)
{
	uint64_t seen = 0;
	for (;;) {
		uint64_t left = all - s->done - s->n;
		size_t room = sizeof s->plain - s->n;
		size_t want = left < room ? (size_t)left : room;
		size_t got = read_all(s->from, s->plain + s->n, want);
		seen += got;
		memset(s->plain + s->n + got, 0, want - got);
		s->n += want;
		bool is_last = s->done + s->n == all;
		if (!seal_room(s, is_last))
			return false;
		if (is_last)
			return seen == size;
	}
}

static bool seal_front(struct sealing *s, const struct public_key *to, size_t n,
	const struct secret *key, uint64_t size)
{
	uint8_t head[STREAM_HEAD], wrap[PAIR_WRAP], count = (uint8_t)n;
	const struct pair_context at = { "sealed file", { (const char *)s->id, ID } };
	if (!write_all(s->to, MAGIC, MAGIC_BYTES) || !write_all(s->to, s->id, ID) ||
		!write_all(s->to, &count, 1))
		return false;
	for (size_t i = 0; i < n; i++)
		if (pair_wrap(&to[i], at, key, wrap) < 0 || !write_all(s->to, wrap, sizeof wrap))
			return false;
	stream_seal_start(key, head, &s->stream);
	for (size_t i = 0; i < 8; i++)
		s->plain[s->n++] = (uint8_t)(size >> 8 * i);
	return write_all(s->to, head, sizeof head);
}

static int seal_file(const char *file, const struct public_key *to, size_t n)
{
	auto_secret key = { 0 };
	struct stat st;
	char target[PATH_MAX], copy[PATH_MAX];
	struct sealing *s = calloc(1, sizeof *s);
	if (!s || snprintf(target, sizeof target, "%s.sealed", file) >= (int)sizeof target) {
		free(s);
		return complain("no room for it", file);
	}
	snprintf(copy, sizeof copy, "%s", file);
	struct str name = str_c(basename(copy));
	s->from = open(file, O_RDONLY | O_CLOEXEC);
	s->to = s->from < 0 ? -1 : open(target, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	bool is_done = s->to >= 0 && fstat(s->from, &st) == 0 && name.n <= NAME_BYTES;
	if (is_done) {
		uint64_t size = (uint64_t)st.st_size;
		random_bytes(key.b, sizeof key.b);
		random_bytes(s->id, sizeof s->id);
		is_done = seal_front(s, to, n, &key, size);
		s->plain[s->n++] = (uint8_t)name.n;
		memcpy(s->plain + s->n, name.p, name.n);
		s->n += name.n;
		is_done = is_done && seal_rest(s, size, stream_room(FRONT + name.n + size)) &&
			fsync(s->to) == 0;
	}
	if (!is_done && s->to >= 0)
		unlink(target);
	auto_close_fd(&s->from);
	auto_close_fd(&s->to);
	wipe(s, sizeof *s);
	free(s);
	if (!is_done)
		return complain("it could not be sealed", file);
	puts(target);
	return 0;
}

int seal_main(int argc, char **argv)
{
	struct public_key to[PEOPLE_MAX];
	size_t n = 0;
	int at = 0;
	if (command_wants_help(argc, argv) || argc < 3) {
		puts("baraza seal --to KEY [--to KEY …] FILE: make FILE.sealed, which only the owners of\n"
		     "these keys open with \"baraza open\". KEY is what \"baraza open --new\" prints, or a\n"
		     "file that holds it. Do this on a machine without network, and compare the keys with\n"
		     "what stands on paper. FILE stays where it is.");
		return argc < 3 && !command_wants_help(argc, argv) ? EXIT_USAGE : 0;
	}
	for (; at + 1 < argc && !strcmp(argv[at], "--to"); at += 2)
		if (n == PEOPLE_MAX || !read_key(argv[at + 1], PUBLIC, to[n++].b))
			return complain("not a key", argv[at + 1]);
	if (!n || at != argc - 1)
		return complain("say to whom, and one file; see baraza seal --help", NULL);
	return seal_file(argv[at], to, n);
}

/* ---- opening ---- */

/* The key in one of the wraps that is ours. */
static bool find_key(struct sealing *s, const struct secret *mine, struct secret *ret)
{
	struct public_key me;
	uint8_t magic[MAGIC_BYTES], n = 0, wrap[PAIR_WRAP];
	const struct pair_context at = { "sealed file", { (const char *)s->id, ID } };
	bool is_found = false;
	pair_public(mine, &me);
	if (read_all(s->from, magic, sizeof magic) != sizeof magic ||
		memcmp(magic, MAGIC, sizeof magic) != 0 || read_all(s->from, s->id, ID) != ID ||
		read_all(s->from, &n, 1) != 1)
		return false;
	for (size_t i = 0; i < n; i++) {
		if (read_all(s->from, wrap, sizeof wrap) != sizeof wrap)
			return false;
		if (!is_found && pair_unwrap(mine, &me, at, wrap, ret) == 0)
			is_found = true;
	}
	err_forget();
	return is_found;
}

static bool open_piece(struct sealing *s)
{
	size_t got = read_all(s->from, s->out, sizeof s->out);
	if (stream_open(&s->stream, (struct str){ (const char *)s->id, ID },
		    (struct str){ (const char *)s->out, got }, s->plain) < 0)
		return false;
	s->n = got - STREAM_EXTRA;
	return true;
}

/* Under the name that it had, made harmless, beside nothing of that name. */
static bool begin_file(struct sealing *s, char name[NAME_BYTES + 1], uint64_t *ret_size)
{
	if (!open_piece(s) || s->n < FRONT || s->n < FRONT + (size_t)s->plain[8])
		return false;
	for (size_t i = 0; i < 8; i++)
		*ret_size |= (uint64_t)s->plain[i] << 8 * i;
	size_t n = s->plain[8];
	memcpy(name, s->plain + FRONT, n);
	name[n] = 0;
	for (size_t i = 0; i < n; i++)
		if (name[i] == '/' || (unsigned char)name[i] < ' ' || (!i && name[i] == '.'))
			name[i] = '_';
	memmove(s->plain, s->plain + FRONT + n, s->n - FRONT - n);
	s->n -= FRONT + n;
	s->to = n ? open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600) : -1;
	return s->to >= 0;
}

static bool open_rest(struct sealing *s, uint64_t size)
{
	for (;;) {
		uint64_t left = size - s->done;
		size_t n = left < s->n ? (size_t)left : s->n;
		if (!write_all(s->to, s->plain, n))
			return false;
		s->done += n;
		if (s->stream.is_over)
			return s->done == size && read_all(s->from, s->out, 1) == 0;
		if (!open_piece(s))
			return false;
	}
}

static int open_file(const char *file, const struct secret *mine)
{
	auto_secret key = { 0 };
	uint8_t head[STREAM_HEAD];
	char name[NAME_BYTES + 1] = { 0 };
	uint64_t size = 0;
	struct sealing *s = calloc(1, sizeof *s);
	if (!s)
		return complain("no room for it", file);
	s->to = -1;
	s->from = open(file, O_RDONLY | O_CLOEXEC);
	bool is_ours = s->from >= 0 && find_key(s, mine, &key) &&
		read_all(s->from, head, sizeof head) == sizeof head &&
		stream_open_start(&key, head, &s->stream) == 0;
	bool is_done = is_ours && begin_file(s, name, &size) && open_rest(s, size) &&
		fsync(s->to) == 0;
	if (!is_done && s->to >= 0)
		unlink(name);
	auto_close_fd(&s->from);
	auto_close_fd(&s->to);
	wipe(s, sizeof *s);
	free(s);
	if (!is_done)
		return complain(is_ours ? "it was changed, or its name is taken here"
					: "it is not sealed to this key",
			file);
	puts(name);
	return 0;
}

int open_main(int argc, char **argv)
{
	auto_secret mine = { 0 };
	if (argc == 2 && !strcmp(argv[0], "--new"))
		return make_key(argv[1]);
	if (argc == 3 && !strcmp(argv[0], "--key")) {
		if (!read_key(argv[1], SECRET, mine.b))
			return complain("not a secret key", argv[1]);
		return open_file(argv[2], &mine);
	}
	puts("baraza open --new KEYFILE: make a pair of keys; the secret one stays in KEYFILE, the other\n"
	     "one is printed, for people to seal files to.\n"
	     "baraza open --key KEYFILE FILE: open what was sealed to it, under the name that it had, in\n"
	     "this folder. Do both on a machine without network.");
	return command_wants_help(argc, argv) ? 0 : EXIT_USAGE;
}
