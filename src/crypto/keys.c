#include "crypto/keys.h"
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sys/stat.h>
#include <unistd.h>

static int key_read(const char *path, struct secret *ret)
{
	auto_fd fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	if (fd < 0)
		return errno == ENOENT ? ERR_MISSING : err_note(ERR_IO, "open the server's key");
	struct stat st;
	if (fstat(fd, &st) != 0)
		return err_note(ERR_IO, "look at the server's key");
	if (st.st_mode & 077)
		return err_note(ERR_DENIED, "others may read the server's key: chmod 600 it");
	if (!S_ISREG(st.st_mode) || st.st_size != SECRET_BYTES)
		return err_note(ERR_INPUT, "the server's key is not 32 bytes");
	auto_secret key;
	if (read(fd, key.b, sizeof key.b) != (ssize_t)sizeof key.b)
		return err_note(ERR_IO, "read the server's key");
	*ret = key;
	return 0;
}

static int folder_sync(const char *folder)
{
	auto_fd dir = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (dir < 0 || fsync(dir) != 0)
		return err_note(ERR_IO, "sync the server key's folder");
	return 0;
}

static int key_write(const char *name, const struct secret *key)
{
	auto_fd fd = open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (fd < 0)
		return err_note(ERR_IO, "create the server's key");
	if (write(fd, key->b, sizeof key->b) != (ssize_t)sizeof key->b || fsync(fd) != 0)
		return err_note(ERR_IO, "write the server's key");
	return 0;
}

/* Written whole under another name, then linked: nobody ever sees half a key, and when two
 * processes start at once the second finds the first one's key. */
static int key_make(const char *folder, const char *path)
{
	char name[PATH_MAX + 32];
	uint64_t tag;
	random_bytes(&tag, sizeof tag);
	snprintf(name, sizeof name, "%s.%016llx", path, (unsigned long long)tag);
	auto_secret key;
	random_bytes(key.b, sizeof key.b);
	int st = key_write(name, &key);
	if (st == 0 && link(name, path) != 0 && errno != EEXIST)
		st = err_note(ERR_IO, "name the server's key");
	unlink(name);
	return st ? st : folder_sync(folder);
}

static int key_find(const char *folder, const char *name, struct secret *ret)
{
	char path[PATH_MAX];
	int n = snprintf(path, sizeof path, "%s/%s", folder, name);
	if (n < 0 || n >= (int)sizeof path)
		return err_note(ERR_INPUT, "the data folder's path is too long");
	int st = key_read(path, ret);
	if (st != ERR_MISSING)
		return st;
	st = key_make(folder, path);
	if (st == 0)
		st = key_read(path, ret);
	return st ? st : 1;
}

void keys_make(const struct secret *from, struct keys *ret)
{
	secret_derive(from, "participate", &ret->take_part);
	secret_derive(from, "token", &ret->token);
	secret_derive(from, "password", &ret->password);
	secret_derive(from, "second step", &ret->second_step);
	secret_derive(from, "ticket", &ret->ticket);
	secret_derive(from, "mail", &ret->mail);
}

int keys_open(const char *folder, struct keys **ret)
{
	auto_secret key;
	int st = key_find(folder, "server.key", &key);
	if (st < 0)
		return st;
	struct keys *k = calloc(1, sizeof *k);
	if (!k)
		return ERR_NOMEM;
	keys_make(&key, k);
	*ret = k;
	return 0;
}

int keys_pepper(const char *folder, struct secret *ret)
{
	return key_find(folder, KEYS_PEPPER_FILE, ret);
}

void keys_pepper_unmake(const char *folder)
{
	char path[PATH_MAX];
	int n = snprintf(path, sizeof path, "%s/" KEYS_PEPPER_FILE, folder);
	if (n > 0 && n < (int)sizeof path)
		unlink(path);
}

void keys_close(struct keys *k)
{
	if (!k)
		return;
	wipe(k, sizeof *k);
	free(k);
}
