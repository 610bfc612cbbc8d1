#include "tests/vault/tests.h"
#include "tests/vault/world.h"
#include "vault/sandbox.h"
#include "vault/vault.h"
#include "vault/vault_inner.h"
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

/* The address sanitizer takes the place of mlock and locks nothing. */
#if defined __SANITIZE_ADDRESS__
enum { LOCKS = 0 };
#elif defined __has_feature
#if __has_feature(address_sanitizer)
enum { LOCKS = 0 };
#else
enum { LOCKS = 1 };
#endif
#else
enum { LOCKS = 1 };
#endif

static struct vault *vault;
static struct arena mem;
static struct world w;

static int ask_there(const struct vault_message *ask, struct vault_message *ret)
{
	return vault_ask(vault, ask, &mem, ret);
}

static int open_vault(void **unused)
{
	static const struct secret pepper = { { 4 } };
	(void)unused;
	arena_init(&mem, 64 << 20);
	int result = vault_open(&pepper, &vault);
	if (result < 0)
		fprintf(stderr, "# %s\n", err_noted());
	return result;
}

static int close_vault(void **unused)
{
	(void)unused;
	vault_close(vault);
	arena_done(&mem);
	return 0;
}

static struct str seal(struct str text)
{
	struct vault_message ret = { 0 };
	struct vault_message ask = world_use(
		&w, VAULT_SEAL, w.reporter, VAULT_REPORTER, VAULT_REPORT);
	ask.text = text;
	assert_int_equal(ask_there(&ask, &ret), 0);
	return ret.box;
}

static struct vault_message as_anna(struct str box)
{
	struct vault_message ask = world_use(
		&w, VAULT_OPEN, w.anna.cookie, VAULT_HANDLER, VAULT_REPORT);
	ask.box = box;
	return ask;
}

static int open_as_anna(struct str box, struct vault_message *ret)
{
	const struct vault_message ask = as_anna(box);
	return ask_there(&ask, ret);
}

static void another_process_opens_what_it_sealed(void **unused)
{
	(void)unused;
	static char largest[SEALED_TEXT_MAX];
	struct vault_message ret;
	world_make(ask_there, &w);
	assert_int_equal(open_as_anna(seal(STR("hello")), &ret), 0);
	assert_str(ret.text, "hello");
	memset(largest, 'x', sizeof largest);
	struct str text = { largest, sizeof largest };
	assert_int_equal(open_as_anna(seal(text), &ret), 0);
	assert_true(str_eq(ret.text, text));
}

static void when_it_dies_sessions_end_and_nothing_is_lost(void **unused)
{
	(void)unused;
	struct vault_message ret;
	world_make(ask_there, &w);
	struct str box = seal(STR("hello"));
	pid_t before = vault_pid(vault);
	assert_int_equal(kill(before, SIGKILL), 0);
	assert_int_equal(open_as_anna(box, &ret), ERR_BUSY);
	assert_int_not_equal(vault_pid(vault), before);
	assert_int_equal(open_as_anna(box, &ret), ERR_DENIED);
	assert_int_equal(world_unlock(&w, &w.anna, "a good password"), 0);
	assert_int_equal(open_as_anna(box, &ret), 0);
	assert_str(ret.text, "hello");
}

static void an_asker_without_room_ends_no_session(void **unused)
{
	(void)unused;
	struct vault_message ret;
	world_make(ask_there, &w);
	const struct vault_message ask = as_anna(seal(STR("hello")));
	auto_arena small;
	arena_init(&small, 1);
	assert_int_equal(vault_ask(vault, &ask, &small, &ret), ERR_NOMEM);
	assert_int_equal(vault_ask(vault, &ask, &mem, &ret), 0);
	assert_str(ret.text, "hello");
}

static void *read_often(void *arg)
{
	const struct vault_message *ask = arg;
	struct vault_message ret;
	auto_arena own;
	arena_init(&own, 16 << 20);
	size_t good = 0;
	for (int i = 0; i < 200; i++)
		good += vault_ask(vault, ask, &own, &ret) == 0 && str_is(ret.text, "hello");
	return good == 200 ? NULL : arg;
}

static void many_ask_at_once(void **unused)
{
	(void)unused;
	pthread_t thread[4];
	world_make(ask_there, &w);
	struct vault_message ask = as_anna(seal(STR("hello")));
	for (size_t i = 0; i < 4; i++)
		assert_int_equal(pthread_create(&thread[i], NULL, read_often, &ask), 0);
	assert_int_equal(world_unlock(&w, &w.boris, "a good password"), 0);
	for (size_t i = 0; i < 4; i++) {
		void *bad;
		pthread_join(thread[i], &bad);
		assert_null(bad);
	}
}

/* The number in a line of /proc/PID/status; -1 if nobody may look. */
static long status_of(pid_t pid, const char *name)
{
	char path[64], line[256];
	long n = -1;
	snprintf(path, sizeof path, "/proc/%d/status", (int)pid);
	auto_file f = fopen(path, "re");
	while (f && fgets(line, sizeof line, f))
		if (!strncmp(line, name, strlen(name)))
			n = strtol(line + strlen(name), NULL, 10);
	return n;
}

static void the_running_vault_is_shut_in(void **unused)
{
	(void)unused;
	pid_t pid = vault_pid(vault);
	assert_int_equal(status_of(pid, "Seccomp:"), 2);
	assert_int_equal(status_of(pid, "NoNewPrivs:"), 1);
	assert_true(status_of(pid, "VmLck:") >= LOCKS * (3 << 10));
}

/* What a process in the sandbox dies of when it does ${what}; 0 if it lives. */
static int dies_of(void (*what)(void))
{
	int status = 0;
	pid_t pid = fork();
	if (pid == 0) {
		if (sandbox_quiet() < 0 || sandbox_files() < 0 || sandbox_calls() < 0)
			_exit(99);
		what();
		_exit(0);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	return WIFSIGNALED(status) ? WTERMSIG(status) : -WEXITSTATUS(status);
}

static void open_file(void)
{
	auto_fd fd = open("/etc/passwd", O_RDONLY | O_CLOEXEC);
	(void)fd;
}

static void make_socket(void)
{
	auto_fd fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	(void)fd;
}

static void fork_again(void)
{
	pid_t pid = fork();
	(void)pid;
}

static void run_program(void)
{
	char *const args[] = { NULL };
	int result = execve("/bin/true", args, args);
	(void)result;
}

static void run_memory(void)
{
	void *p = mmap(NULL, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	(void)p;
}

static void only_work(void)
{
	auto_free void *p = malloc(1 << 20);
	if (p)
		random_bytes(p, 1 << 20);
}

static void whoever_reaches_out_dies(void **unused)
{
	(void)unused;
	assert_int_equal(dies_of(open_file), SIGSYS);
	assert_int_equal(dies_of(make_socket), SIGSYS);
	assert_int_equal(dies_of(fork_again), SIGSYS);
	assert_int_equal(dies_of(run_program), SIGSYS);
	assert_int_equal(dies_of(run_memory), SIGSYS);
	assert_int_equal(dies_of(only_work), 0);
}

/* Landlock holds without the filter, too; where the kernel has none there is nothing to see. */
static void no_path_leads_anywhere(void **unused)
{
	(void)unused;
	int status = 0;
	pid_t pid = fork();
	if (pid == 0) {
		if (sandbox_quiet() < 0 || sandbox_files() < 0)
			_exit(99);
		auto_fd fd = open("/etc/passwd", O_RDONLY | O_CLOEXEC);
		_exit(fd >= 0 ? 1 : errno == EACCES ? 0 : 2);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status));
	if (WEXITSTATUS(status) == 1)
		skip();
	assert_int_equal(WEXITSTATUS(status), 0);
}

static void a_death_is_noticed_without_a_question(void **unused)
{
	(void)unused;
	int64_t turn = vault_turn(vault);
	assert_int_equal(vault_turn(vault), turn);
	assert_int_equal(kill(vault_pid(vault), SIGKILL), 0);
	for (int i = 0; i < 500 && vault_turn(vault) == turn; i++)
		usleep(10000);
	assert_int_equal(vault_turn(vault), turn + 1);
	world_make(ask_there, &w);
}

/* Another vault of the same keeper, which says that it is ready. */
static struct lines one_more(int keeper)
{
	struct lines got;
	uint8_t head[VAULT_HEAD];
	char body[16];
	assert_int_equal(keeper_ask(keeper, &got), 0);
	assert_int_equal(line_read(got.fd[LINE_QUICK], head, sizeof head), 0);
	int n = vault_message_size(head);
	assert_true(n >= 0 && n <= (int)sizeof body);
	assert_int_equal(line_read(got.fd[LINE_QUICK], body, (size_t)n), 0);
	return got;
}

/* What is none of message.h ends the vault: it answers nothing, and its sessions are gone with it.
 * The keeper starts another all the same. */
static void garbage_on_its_line_is_answered_with_silence(void **unused)
{
	static const struct secret pepper = { { 4 } };
	int keeper = -1;
	(void)unused;
	assert_int_equal(keeper_start(&pepper, &keeper), 0);
	for (int i = 0; i < 24; i++) {
		struct lines got = one_more(keeper);
		uint8_t bytes[600], back;
		size_t n = 1 + random_below(sizeof bytes - 1);
		int fd = got.fd[i % LINES];
		random_bytes(bytes, n);
		if (i % 3 == 1)
			memset(bytes, 0xff, n);
		if (i % 3 == 2) { /* a length that can be, and a kind that is none */
			n = VAULT_HEAD;
			memset(bytes, 0, n);
			bytes[0] = 1;
			bytes[4] = (uint8_t)(VAULT_KINDS + i);
		}
		assert_int_equal(line_send(fd, (struct str){ (const char *)bytes, n }), 0);
		shutdown(fd, SHUT_WR); /* what was announced never comes */
		assert_true(recv(fd, &back, 1, 0) <= 0);
		for (int left = 500; left && kill(got.pid, 0) == 0; left--)
			usleep(10000);
		assert_true(kill(got.pid, 0) != 0);
		for (size_t k = 0; k < LINES; k++)
			close(got.fd[k]);
	}
	struct lines last = one_more(keeper);
	for (size_t k = 0; k < LINES; k++)
		close(last.fd[k]);
	close(keeper);
}

/* What an officer's session makes of share ${i}; the half is in ${ret}. */
static int take_part(
	const uint8_t *cookie, const uint8_t *slot, size_t i, struct vault_message *ret)
{
	struct vault_message ask = { .kind = VAULT_PART };
	memcpy(ask.cookie, cookie, sizeof ask.cookie);
	ask.box = (struct str){ (const char *)slot + i * VAULT_SHARE, VAULT_SHARE };
	return ask_there(&ask, ret);
}

static struct vault_message rejoin(const struct person *owner, const uint8_t *keys,
	const uint8_t *cookie, size_t i, const uint8_t *half)
{
	struct vault_message ask = { .kind = VAULT_REJOIN, .role = (uint8_t)i };
	ask.account = owner->account.account;
	ask.key = owner->account.key;
	ask.text = (struct str){ (const char *)keys, VAULT_OFFICERS_KEYS };
	ask.box = (struct str){ (const char *)half, PAIR_WRAP };
	memcpy(ask.cookie, cookie, sizeof ask.cookie);
	code_make(&ask.code);
	return ask;
}

static void two_of_three_officers_open_and_one_does_not(void **unused)
{
	(void)unused;
	world_make(ask_there, &w);
	const struct person *officer[VAULT_OFFICERS] = { &w.boris, &w.clara, &w.dina };
	uint8_t keys[VAULT_OFFICERS_KEYS], slot[VAULT_ESCROW], half[PAIR_WRAP];
	struct vault_message ret, ask = { .kind = VAULT_ENTRUST };
	for (size_t i = 0; i < VAULT_OFFICERS; i++)
		memcpy(keys + i * 32, officer[i]->account.key.b, 32);
	ask.text = (struct str){ (const char *)keys, sizeof keys };
	memcpy(ask.cookie, w.reporter, sizeof ask.cookie);
	assert_int_equal(ask_there(&ask, &ret), ERR_DENIED); /* reporters have none */
	memcpy(ask.cookie, w.boris.cookie, sizeof ask.cookie);
	assert_int_equal(ask_there(&ask, &ret), ERR_INPUT); /* nobody is their own */
	memcpy(ask.cookie, w.anna.cookie, sizeof ask.cookie);
	ask.text.n--;
	assert_int_equal(ask_there(&ask, &ret), ERR_INPUT);
	ask.text.n++;
	assert_int_equal(ask_there(&ask, &ret), 0);
	assert_int_equal(ret.box.n, VAULT_ESCROW);
	memcpy(slot, ret.box.p, sizeof slot);
	for (size_t i = 0; i < VAULT_OFFICERS; i++) {
		size_t next = (i + 1) % VAULT_OFFICERS, third = (i + 2) % VAULT_OFFICERS;
		assert_int_equal(take_part(officer[next]->cookie, slot, i, &ret), ERR_INPUT);
		assert_int_equal(take_part(officer[i]->cookie, slot, i, &ret), 0);
		assert_int_equal(ret.text.n, PAIR_WRAP);
		memcpy(half, ret.text.p, sizeof half);
		ask = rejoin(&w.anna, keys, officer[i]->cookie, i, half);
		assert_int_equal(ask_there(&ask, &ret), ERR_INPUT); /* not alone */
		ask = rejoin(&w.anna, keys, officer[third]->cookie, i, half);
		assert_int_equal(ask_there(&ask, &ret), ERR_INPUT);
		ask = rejoin(&w.boris, keys, officer[next]->cookie, i, half);
		assert_int_equal(ask_there(&ask, &ret), ERR_INPUT); /* another's */
		ask = rejoin(&w.anna, keys, officer[next]->cookie, next, half);
		assert_int_equal(ask_there(&ask, &ret), ERR_INPUT); /* another share */
		ask = rejoin(&w.anna, keys, officer[next]->cookie, VAULT_OFFICERS, half);
		assert_int_equal(ask_there(&ask, &ret), ERR_INPUT);
		ask = rejoin(&w.anna, keys, officer[next]->cookie, i, half);
		assert_int_equal(ask_there(&ask, &ret), 0);
		/* With the code of then its holder comes in. */
		struct vault_message recover = w.anna.account, said;
		recover.kind = VAULT_RECOVER;
		recover.is_answer = false;
		recover.code = ask.code;
		memcpy(recover.slot, ret.recovery, sizeof recover.slot);
		random_bytes(recover.cookie, sizeof recover.cookie);
		assert_int_equal(ask_there(&recover, &said), 0);
		code_make(&recover.code);
		assert_int_equal(ask_there(&recover, &said), ERR_DENIED);
	}
}

#define with(test) cmocka_unit_test_setup_teardown(test, open_vault, close_vault)
const struct CMUnitTest vault_tests[] = {
	with(another_process_opens_what_it_sealed),
	with(when_it_dies_sessions_end_and_nothing_is_lost),
	with(a_death_is_noticed_without_a_question),
	with(an_asker_without_room_ends_no_session),
	with(many_ask_at_once),
	with(two_of_three_officers_open_and_one_does_not),
	cmocka_unit_test(garbage_on_its_line_is_answered_with_silence),
	with(the_running_vault_is_shut_in),
	cmocka_unit_test(whoever_reaches_out_dies),
	cmocka_unit_test(no_path_leads_anywhere),
};
const size_t n_vault_tests = sizeof vault_tests / sizeof *vault_tests;
