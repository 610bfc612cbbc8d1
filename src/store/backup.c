#include "store/backup_inner.h"
#include "store/inner.h"
#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <unistd.h>

int backup_file_new(const char *path)
{
	auto_fd fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd >= 0)
		return 0;
	int code = errno == EEXIST ? ERR_CONFLICT : errno == ENOENT ? ERR_MISSING : ERR_IO;
	return err_note(code, "backup: a new file: %s", strerror(errno));
}

static int on_disk(const char *path, int flags)
{
	auto_fd fd = open(path, flags | O_RDONLY | O_CLOEXEC);
	if (fd < 0 || fsync(fd) != 0)
		return err_note(ERR_IO, "backup: to disk: %s", strerror(errno));
	return 0;
}

/* The final name, which never replaces a file; and the folder that knows it, on disk. */
static int name_it(const char *part, const char *to)
{
	char folder[PATH_MAX];
	int rc = on_disk(part, 0);
	if (rc < 0)
		return rc;
	if (link(part, to) != 0)
		return err_note(errno == EEXIST ? ERR_CONFLICT : ERR_IO, "backup: its name: %s",
			strerror(errno));
	unlink(part);
	snprintf(folder, sizeof folder, "%s", to);
	return on_disk(dirname(folder), O_DIRECTORY);
}

static const char *lite_path(const char *url)
{
	size_t n = strlen(db_sqlite.scheme);
	return strncmp(url, db_sqlite.scheme, n) == 0 ? url + n : NULL;
}

static bool is_pg(const char *url)
{
	return str_starts(str_c(url), db_pg.scheme);
}

int backup_make(const char *url, const char *to)
{
	char part[PATH_MAX];
	if (!lite_path(url) && !is_pg(url))
		return err_note(ERR_INPUT, "backup: the address of no database that we know");
	if (snprintf(part, sizeof part, "%s.part", to) >= (int)sizeof part)
		return err_note(ERR_INPUT, "backup: a very long name");
	if (access(to, F_OK) == 0)
		return err_note(ERR_CONFLICT, "backup: there is such a file already");
	int rc = backup_file_new(part);
	if (rc < 0)
		return rc;
	rc = lite_path(url) ? backup_lite_make(lite_path(url), part) : backup_pg_make(url, part);
	if (rc == 0)
		rc = name_it(part, to);
	if (rc < 0)
		unlink(part);
	return rc;
}

int backup_restore(const char *from, const char *url, bool may_replace)
{
	if (access(from, R_OK) != 0)
		return err_note(ERR_MISSING, "restore: %s", strerror(errno));
	if (lite_path(url))
		return backup_lite_restore(from, lite_path(url), may_replace);
	if (is_pg(url))
		return backup_pg_restore(from, url, may_replace);
	return err_note(ERR_INPUT, "restore: the address of no database that we know");
}
