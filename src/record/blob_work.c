/* What a file is, and its way onto the disk: on a thread that may wait. */
#include "base/clock.h"
#include "base/file.h"
#include "base/lane.h"
#include "crypto/crypto.h"
#include "record/blob_inner.h"
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

static void fail(struct blob *b, enum file_fault fault)
{
	if (!b->fault)
		b->fault = fault;
}

/* As it lies on the disk; "" when it cannot be read. */
static struct str map(const struct blob *b)
{
	struct stat st;
	if (fstat(b->fd, &st) != 0 || st.st_size <= 0)
		return STR("");
	void *p = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, b->fd, 0);
	return p == MAP_FAILED ? STR("") : (struct str){ p, (size_t)st.st_size };
}

static void look(struct blob *b, struct str bytes)
{
	struct str tail = bytes.n > FILE_TAIL ? str_from(bytes, bytes.n - FILE_TAIL) : bytes;
	b->kind = file_kind(bytes);
	fail(b, b->kind.fault);
	if (!b->kind.is_zip && file_zip_end(tail) < tail.n)
		fail(b, FILE_TWO_KINDS);
	if (b->kind.picture && bytes.n > PICTURE_BYTES)
		fail(b, FILE_LARGE);
}

static bool write_all(int fd, struct str s)
{
	while (s.n) {
		ssize_t n = write(fd, s.p, s.n);
		if (n <= 0 && errno != EINTR)
			return false;
		s = str_from(s, n > 0 ? (size_t)n : 0);
	}
	return true;
}

/* The picture that was made anew takes the place of the one that came. */
static void clean(struct blob *b, struct str bytes)
{
	auto_buf out;
	buf_init(&out, 2 * PICTURE_BYTES + 8 * (size_t)PICTURE_DOTS);
	int result = picture_clean(b->blobs->lane, bytes, &out);
	if (result < 0)
		err_forget();
	if (result < 0)
		fail(b,
			result == ERR_INPUT           ? FILE_BROKEN
				: result == ERR_LIMIT ? FILE_HUGE
						      : FILE_FAILED);
	else if (out.n > BLOB_MAX)
		fail(b, FILE_LARGE);
	if (b->fault)
		return;
	if (ftruncate(b->fd, 0) != 0 || lseek(b->fd, 0, SEEK_SET) != 0 ||
		!write_all(b->fd, buf_view(&out)))
		fail(b, FILE_FAILED);
	b->size = (int64_t)out.n;
}

/* Under the hash of what it holds: the same file twice lies there once. */
static void name_it(struct blob *b)
{
	uint8_t hash[HASH_BYTES];
	struct str bytes = map(b);
	if (bytes.n != (size_t)b->size) {
		file_unmap(bytes);
		fail(b, FILE_FAILED);
		return;
	}
	hash_open(bytes, hash);
	hex_text(hash, sizeof hash, b->hash);
	file_unmap(bytes);
	if (fsync(b->fd) != 0 || renameat(b->blobs->dir, b->temp, b->blobs->dir, b->hash) != 0 ||
		fsync(b->blobs->dir) != 0)
		fail(b, FILE_FAILED);
	else
		b->is_settled = true;
}

void blob_look(struct blob *b)
{
	if (b->fault || b->is_settled)
		return;
	struct str bytes = map(b);
	if (!bytes.n)
		fail(b, FILE_FAILED);
	if (!b->fault)
		look(b, bytes);
	/* A copy: the file is written anew while the old bytes are read no more. */
	if (!b->fault && b->kind.picture)
		clean(b, bytes);
	file_unmap(bytes);
}

void blob_keep(struct blob *b)
{
	if (!b->fault && !b->is_settled)
		name_it(b);
}
