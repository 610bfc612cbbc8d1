#include "base/file.h"
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

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

int file_map(const char *path, struct str *ret)
{
	struct stat at;
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0 || fstat(fd, &at) < 0) {
		int why = errno;
		if (fd >= 0)
			close(fd);
		return err_note(
			why == ENOENT ? ERR_MISSING : ERR_IO, "%s: %s", path, strerror(why));
	}
	size_t n = (size_t)at.st_size;
	void *p = n ? mmap(NULL, n, PROT_READ, MAP_PRIVATE, fd, 0) : NULL;
	int why = errno;
	close(fd);
	if (p == MAP_FAILED)
		return err_note(ERR_IO, "%s: %s", path, strerror(why));
	*ret = n ? (struct str){ p, n } : STR("");
	return 0;
}

void file_unmap(struct str bytes)
{
	if (bytes.n)
		munmap((void *)(uintptr_t)bytes.p, bytes.n);
}

void file_passed(struct str bytes, size_t n)
{
	size_t page = (size_t)sysconf(_SC_PAGESIZE);
	if (n / page) /* where it fails, no more is lost than memory */
		(void)madvise((char *)(uintptr_t)bytes.p, n / page * page, MADV_DONTNEED);
}
