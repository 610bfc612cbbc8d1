#include "vault/sandbox.h"
#include <errno.h>
#include <seccomp.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

static int limit(__rlimit_resource_t what, rlim_t most)
{
	struct rlimit now;
	if (getrlimit(what, &now) != 0)
		return -1;
	const struct rlimit to = { most < now.rlim_max ? most : now.rlim_max,
		most < now.rlim_max ? most : now.rlim_max };
	return setrlimit(what, &to);
}

int sandbox_quiet(void)
{
	signal(SIGINT, SIG_IGN);
	signal(SIGTERM, SIG_IGN);
	signal(SIGHUP, SIG_IGN);
	signal(SIGPIPE, SIG_IGN);
	signal(SIGXFSZ, SIG_IGN);
	if (prctl(PR_SET_DUMPABLE, 0) != 0 || prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 ||
		limit(RLIMIT_CORE, 0) != 0 || limit(RLIMIT_FSIZE, 0) != 0)
		return err_note(ERR_IO, "the vault cannot close its doors");
	return 0;
}

/* The kernel's own struct grew with time; this is all of it up to version 6. */
struct ruleset {
	uint64_t files, network, scopes;
};
enum { LANDLOCK_VERSION_ASKED = 1 };

static const struct {
	int version;
	unsigned files, network, scopes; /* how many rights there are to give up */
	size_t size;
} versions[] = {
	{ 6, 16, 2, 2, sizeof(struct ruleset) },
	{ 5, 16, 2, 0, 2 * sizeof(uint64_t) },
	{ 4, 15, 2, 0, 2 * sizeof(uint64_t) },
	{ 3, 15, 0, 0, sizeof(uint64_t) },
	{ 2, 14, 0, 0, sizeof(uint64_t) },
	{ 1, 13, 0, 0, sizeof(uint64_t) },
};

static uint64_t ones(unsigned n)
{
	return ((uint64_t)1 << n) - 1;
}

int sandbox_files(void)
{
	int version = (int)syscall(
		SYS_landlock_create_ruleset, NULL, (size_t)0, LANDLOCK_VERSION_ASKED);
	size_t i = 0;
	if (version < 1)
		return 0;
	while (versions[i].version > version)
		i++;
	const struct ruleset none = { ones(versions[i].files), ones(versions[i].network),
		ones(versions[i].scopes) };
	auto_fd rules = (int)syscall(SYS_landlock_create_ruleset, &none, versions[i].size, 0);
	if (rules < 0 || syscall(SYS_landlock_restrict_self, rules, 0) != 0)
		return err_note(ERR_IO, "the vault cannot give up its files");
	return 0;
}

/* What a thread needs to wait for a message, answer it and stop when a claim fails. */
static const int allowed[] = { SCMP_SYS(read), SCMP_SYS(write), SCMP_SYS(recvfrom),
	SCMP_SYS(sendto), SCMP_SYS(poll), SCMP_SYS(ppoll), SCMP_SYS(futex), SCMP_SYS(clock_gettime),
	SCMP_SYS(gettimeofday), SCMP_SYS(getrandom), SCMP_SYS(munmap), SCMP_SYS(madvise),
	SCMP_SYS(mremap), SCMP_SYS(brk), SCMP_SYS(mlock), SCMP_SYS(munlock), SCMP_SYS(sched_yield),
	SCMP_SYS(rt_sigreturn), SCMP_SYS(rt_sigprocmask), SCMP_SYS(rt_sigaction),
	SCMP_SYS(restart_syscall), SCMP_SYS(gettid), SCMP_SYS(getpid), SCMP_SYS(tgkill),
	SCMP_SYS(exit), SCMP_SYS(exit_group), SCMP_SYS(close), SCMP_SYS(sigaltstack) };
/* The third argument says what memory may do: never run. */
static const int memory[] = { SCMP_SYS(mmap), SCMP_SYS(mprotect) };

static int allow(scmp_filter_ctx filter)
{
	int result = seccomp_attr_set(filter, SCMP_FLTATR_CTL_TSYNC, 1);
	for (size_t i = 0; result == 0 && i < sizeof allowed / sizeof *allowed; i++)
		result = seccomp_rule_add(filter, SCMP_ACT_ALLOW, allowed[i], 0);
	for (size_t i = 0; result == 0 && i < sizeof memory / sizeof *memory; i++)
		result = seccomp_rule_add(filter, SCMP_ACT_ALLOW, memory[i], 1,
			SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0));
	return result ? result : seccomp_load(filter);
}

/* The thread sanitizer's runtime makes calls of its own; nobody serves with it. */
#if defined __SANITIZE_THREAD__
enum { IS_FILTERED = false };
#else
enum { IS_FILTERED = true };
#endif

int sandbox_calls(void)
{
	scmp_filter_ctx filter = seccomp_init(SCMP_ACT_KILL_PROCESS);
	if (!filter)
		return err_note(ERR_NOMEM, "no filter for the vault's calls");
	int result = IS_FILTERED ? allow(filter) : 0;
	seccomp_release(filter);
	return result ? err_note(ERR_IO, "the vault cannot give up its calls") : 0;
}
