/* PostgreSQL's own pg_dump and pg_restore, run as children without a shell. */
#include "store/backup_inner.h"
#include "store/inner.h"
#include "store/pq.h"
#include <errno.h>
#include <sys/wait.h>
#include <unistd.h>

/* The address as the environment that libpq reads: arguments, and a password among them,
 * would be seen by everybody on the machine. */
static _Noreturn void child(const PQconninfoOption *option, const char *const *arg)
{
	for (; option->keyword; option++)
		if (option->envvar && option->val && setenv(option->envvar, option->val, 1) != 0)
			_exit(126);
	/* execvp does not change what it is given; its type is older than const. */
	union {
		const char *const *ours;
		char *const *theirs;
	} words = { .ours = arg };
	execvp(words.theirs[0], words.theirs);
	_exit(127);
}

static int run(const char *url, const char *const *arg)
{
	int loaded = pq_load();
	if (loaded < 0)
		return loaded;
	PQconninfoOption *option = PQconninfoParse(url, NULL);
	if (!option)
		return err_note(ERR_INPUT, "backup: the address cannot be read");
	int status;
	pid_t pid = fork();
	if (pid == 0)
		child(option, arg);
	PQconninfoFree(option);
	if (pid < 0)
		return err_note(ERR_NOMEM, "backup: %s", strerror(errno));
	while (waitpid(pid, &status, 0) < 0)
		if (errno != EINTR)
			return err_note(ERR_IO, "backup: %s", strerror(errno));
	if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
		return 0;
	if (WIFEXITED(status) && WEXITSTATUS(status) == 127)
		return err_note(ERR_MISSING, "%s is not installed", arg[0]);
	return err_note(ERR_IO, "%s failed; see what it wrote above", arg[0]);
}

/* An archive that pg_restore can read from end to end. */
static int check(const char *url, const char *file)
{
	char head[5] = "";
	auto_file f = fopen(file, "rb");
	if (!f || fread(head, 1, 5, f) != 5 || memcmp(head, "PGDMP", 5) != 0)
		return err_note(ERR_INPUT, "backup: not an archive of pg_dump");
	const char *const arg[] = { "pg_restore", "--file=/dev/null", file, NULL };
	return run(url, arg) < 0 ? err_note(ERR_INPUT, "backup: a damaged archive") : 0;
}

int backup_pg_make(const char *url, const char *part)
{
	char file[PATH_MAX + 8];
	snprintf(file, sizeof file, "--file=%s", part);
	const char *const arg[] = { "pg_dump", "--format=custom", "--no-password", file, NULL };
	int rc = run(url, arg);
	return rc < 0 ? rc : check(url, part);
}

/* How many tables there are, and what the database is called. */
static int look(const char *url, char *ret_name, size_t size, bool *ret_is_empty)
{
	int rc = pq_load();
	if (rc < 0)
		return rc;
	PGconn *conn = PQconnectdb(url);
	PGresult *r = PQexec(conn,
		"SELECT count(*) FROM pg_tables"
		" WHERE schemaname NOT IN ('pg_catalog', 'information_schema')");
	if (PQresultStatus(r) != PGRES_TUPLES_OK) {
		rc = err_note(ERR_IO, "restore: the database does not answer");
	} else {
		snprintf(ret_name, size, "%s", PQdb(conn));
		*ret_is_empty = str_is(str_c(PQgetvalue(r, 0, 0)), "0");
	}
	PQclear(r);
	PQfinish(conn);
	return rc;
}

int backup_pg_restore(const char *from, const char *url, bool may_replace)
{
	char name[100], target[120];
	bool is_empty = false;
	int rc = check(url, from);
	if (rc == 0)
		rc = look(url, name, sizeof name, &is_empty);
	if (rc == 0 && !is_empty && !may_replace)
		rc = err_note(ERR_CONFLICT, "restore: the database is not empty");
	if (rc < 0)
		return rc;
	snprintf(target, sizeof target, "--dbname=%s", name);
	const char *const arg[] = { "pg_restore", "--exit-on-error", "--single-transaction",
		"--no-owner", "--no-privileges", "--no-password", target, from, NULL };
	const char *const over[] = { "pg_restore", "--exit-on-error", "--single-transaction",
		"--no-owner", "--no-privileges", "--no-password", "--clean", "--if-exists", target,
		from, NULL };
	return run(url, is_empty ? arg : over);
}
