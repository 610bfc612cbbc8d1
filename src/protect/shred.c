#include "protect/shred.h"
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdatomic.h>
#include <sys/stat.h>
#include <unistd.h>

enum { SLOTS_AT_FIRST = 1024 };

struct shred {
	pthread_mutex_t lock; /* around growing and claiming */
	int fd;
	atomic_bool is_log_due;
	uint8_t *claimed; /* a bit a slot */
	int64_t n_claimed;
};

static int look(int fd, struct stat *ret)
{
	struct stat st;
	if (fstat(fd, &st) != 0)
		return err_note(ERR_IO, "look at the shred file");
	if (st.st_mode & 077)
		return err_note(ERR_DENIED, "others may read the shred file: chmod 600 it");
	if (!S_ISREG(st.st_mode) || st.st_size % SECRET_BYTES != 0)
		return err_note(ERR_INPUT, "the shred file is not whole");
	*ret = st;
	return 0;
}

int64_t shred_slots(struct shred *s)
{
	struct stat st;
	return look(s->fd, &st) < 0 ? 0 : st.st_size / SECRET_BYTES;
}

/* Behind the last slot; what was there stays as it is. */
static int grow(struct shred *s, int64_t n)
{
	struct secret slot;
	int64_t have = shred_slots(s);
	int result = 0;
	for (; result == 0 && have < n; have++) {
		random_bytes(slot.b, sizeof slot.b);
		if (pwrite(s->fd, slot.b, sizeof slot.b, (off_t)have * SECRET_BYTES) !=
			(ssize_t)sizeof slot.b)
			result = err_note(ERR_IO, "write the shred file");
	}
	secret_wipe(&slot);
	if (result == 0 && fdatasync(s->fd) != 0)
		result = err_note(ERR_IO, "sync the shred file");
	return result;
}

int shred_grow(struct shred *s, int64_t n)
{
	pthread_mutex_lock(&s->lock);
	int result = grow(s, n);
	pthread_mutex_unlock(&s->lock);
	return result;
}

int shred_open(const char *folder, struct shred **ret)
{
	char path[PATH_MAX];
	struct stat st;
	int n = snprintf(path, sizeof path, "%s/" SHRED_FILE, folder);
	if (n < 0 || n >= (int)sizeof path)
		return err_note(ERR_INPUT, "the data folder's path is too long");
	struct shred *s = calloc(1, sizeof *s);
	if (!s)
		return ERR_NOMEM;
	pthread_mutex_init(&s->lock, NULL);
	s->fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
	int result = s->fd < 0 ? err_note(ERR_IO, "open the shred file") : look(s->fd, &st);
	if (result == 0 && st.st_size == 0)
		result = shred_grow(s, SLOTS_AT_FIRST);
	if (result < 0)
		shred_close(s);
	else
		*ret = s;
	return result;
}

void shred_close(struct shred *s)
{
	if (!s)
		return;
	if (s->fd >= 0)
		close(s->fd);
	pthread_mutex_destroy(&s->lock);
	free(s->claimed);
	free(s);
}

int shred_get(struct shred *s, int64_t slot, struct secret *ret)
{
	static const struct secret zeros;
	auto_secret got = { 0 };
	if (slot < 0 ||
		pread(s->fd, got.b, sizeof got.b, (off_t)slot * SECRET_BYTES) !=
			(ssize_t)sizeof got.b)
		return err_note(ERR_MISSING, "a slot that the shred file does not have");
	if (bytes_same(got.b, zeros.b, sizeof zeros.b))
		return err_note(ERR_MISSING, "the case was destroyed");
	*ret = got;
	return 0;
}

int shred_zero(struct shred *s, int64_t slot)
{
	static const struct secret zeros;
	if (slot < 0 || slot >= shred_slots(s))
		return err_note(ERR_MISSING, "a slot that the shred file does not have");
	if (pwrite(s->fd, zeros.b, sizeof zeros.b, (off_t)slot * SECRET_BYTES) !=
			(ssize_t)sizeof zeros.b ||
		fdatasync(s->fd) != 0)
		return err_note(ERR_IO, "zero a slot of the shred file");
	atomic_store(&s->is_log_due, true);
	return 0;
}

bool shred_log_due(struct shred *s)
{
	return atomic_load(&s->is_log_due);
}

void shred_log_again(struct shred *s)
{
	atomic_store(&s->is_log_due, true);
}

void shred_log_done(struct shred *s)
{
	atomic_store(&s->is_log_due, false);
}

static bool claim(struct shred *s, int64_t slot)
{
	if (slot < 0)
		return false;
	if (slot >= s->n_claimed) {
		int64_t n = slot + SLOTS_AT_FIRST;
		uint8_t *more = calloc((size_t)n / 8 + 1, 1);
		if (!more)
			return false;
		if (s->claimed)
			memcpy(more, s->claimed, (size_t)s->n_claimed / 8 + 1);
		free(s->claimed);
		s->claimed = more;
		s->n_claimed = n;
	}
	uint8_t bit = (uint8_t)(1 << slot % 8);
	bool is_mine = !(s->claimed[slot / 8] & bit);
	s->claimed[slot / 8] |= bit;
	return is_mine;
}

bool shred_claim(struct shred *s, int64_t slot)
{
	pthread_mutex_lock(&s->lock);
	bool is_mine = claim(s, slot);
	pthread_mutex_unlock(&s->lock);
	return is_mine;
}
