#include "crypto/box.h"
#include "crypto/keys.h"
#include "crypto/password.h"
#include "crypto/token.h"
#include "tests/crypto/tests.h"
#include <ctype.h>
#include <fcntl.h>
#include <semaphore.h>
#include <sys/stat.h>
#include <unistd.h>

static const struct secret key = { { 42 } };

static void hashes_depend_on_all_they_are_given(void **state)
{
	(void)state;
	struct secret other = { { 43 } }, derived;
	uint8_t a[HASH_BYTES], b[HASH_BYTES];
	hash_key(&key, "p", STR("data"), a);
	hash_key(&other, "p", STR("data"), b);
	assert_memory_not_equal(a, b, sizeof a);
	hash_key(&key, "pd", STR("ata"), b);
	assert_memory_not_equal(a, b, sizeof a);
	hash_key(&key, "p", (struct str){ 0 }, b);
	assert_memory_not_equal(a, b, sizeof a);
	secret_derive(&key, "p", &derived);
	assert_memory_not_equal(derived.b, key.b, sizeof derived.b);
	assert_true(bytes_same("abc", "abc", 3));
	assert_false(bytes_same("abc", "abd", 3));
}

static void base64_has_its_letters_alone(void **state)
{
	uint8_t out[3];
	(void)state;
	for (int c = 0; c < 256; c++)
		for (size_t at = 0; at < 4; at++) {
			char text[] = "AAAA";
			text[at] = (char)c;
			bool is_letter = isascii(c) && (isalnum(c) || c == '-' || c == '_');
			if (base64_url_bytes((struct str){ text, 4 }, out, 3) != is_letter)
				fail_msg("byte %d at %zu", c, at);
		}
}

static void base64_comes_back_whole_or_not_at_all(void **state)
{
	(void)state;
	uint8_t in[33], out[33];
	for (size_t n = 1; n <= sizeof in; n++) {
		char text[BASE64_SIZE(sizeof in)];
		random_bytes(in, n);
		base64_url(in, n, text, BASE64_SIZE(n));
		assert_true(base64_url_bytes(str_c(text), out, n));
		assert_memory_equal(in, out, n);
		assert_false(base64_url_bytes(str_c(text), out, n + 1));
		text[0] = '=';
		assert_false(base64_url_bytes(str_c(text), out, n));
	}
}

static void a_box_opens_only_where_it_was_closed(void **state)
{
	(void)state;
	auto_arena mem;
	arena_init(&mem, 65536);
	struct secret other = { { 43 } };
	struct str back, box = box_seal(&key, STR("here"), STR("hello"), &mem);
	assert_int_equal(box.n, 5 + BOX_EXTRA);
	assert_int_equal(box_open(&key, STR("here"), box, &mem, &back), 0);
	assert_str(back, "hello");
	assert_int_equal(box_open(&key, STR("there"), box, &mem, &back), ERR_INPUT);
	assert_int_equal(box_open(&other, STR("here"), box, &mem, &back), ERR_INPUT);
	for (size_t i = 0; i < box.n; i++) {
		char *bent = arena_take(&mem, box.n);
		memcpy(bent, box.p, box.n);
		bent[i] ^= 1;
		struct str s = { bent, box.n };
		assert_int_equal(box_open(&key, STR("here"), s, &mem, &back), ERR_INPUT);
		s = (struct str){ box.p, i };
		assert_int_equal(box_open(&key, STR("here"), s, &mem, &back), ERR_INPUT);
	}
	struct str again = box_seal(&key, STR("here"), STR("hello"), &mem);
	assert_false(str_eq(box, again));
}

static void tokens_last_two_days_and_one_visit(void **state)
{
	(void)state;
	const int64_t now = 1000 * 86400 + 7;
	struct token token, second;
	token_make(&key, STR("visit"), now, &token);
	token_make(&key, STR("visit"), now, &second);
	assert_int_equal(strlen(token.z), TOKEN_CHARS);
	assert_string_not_equal(token.z, second.z);
	struct str s = str_c(token.z);
	assert_true(token_ok(&key, STR("visit"), now, s));
	assert_true(token_ok(&key, STR("visit"), now + 86400, s));
	assert_false(token_ok(&key, STR("visit"), now + 2 * 86400, s));
	assert_false(token_ok(&key, STR("visit"), now - 86400, s));
	assert_false(token_ok(&key, STR("other"), now, s));
	struct secret other = { { 43 } };
	assert_false(token_ok(&other, STR("visit"), now, s));
	for (size_t i = 0; i < TOKEN_CHARS; i++) {
		struct token bent = token;
		bent.z[i] = bent.z[i] == 'A' ? 'B' : 'A';
		assert_false(token_ok(&key, STR("visit"), now, str_c(bent.z)));
		assert_false(token_ok(&key, STR("visit"), now, (struct str){ token.z, i }));
	}
}

static void the_server_key_is_made_once_and_guarded(void **state)
{
	(void)state;
	char dir[] = "/tmp/baraza-key-XXXXXX", path[64];
	assert_non_null(mkdtemp(dir));
	snprintf(path, sizeof path, "%s/server.key", dir);
	struct keys *first, *second, *none = NULL;
	assert_int_equal(keys_open(dir, &first), 0);
	assert_int_equal(keys_open(dir, &second), 0);
	assert_memory_equal(first, second, sizeof *first);
	assert_memory_not_equal(&first->token, &first->password, sizeof first->token);
	keys_close(first);
	keys_close(second);
	keys_close(NULL);
	struct stat st;
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 07777, 0600);
	assert_int_equal(st.st_nlink, 1);

	chmod(path, 0640);
	assert_int_equal(keys_open(dir, &none), ERR_DENIED);
	chmod(path, 0600);
	assert_int_equal(truncate(path, 31), 0);
	assert_int_equal(keys_open(dir, &none), ERR_INPUT);
	unlink(path);
	assert_int_equal(symlink("/dev/null", path), 0);
	assert_true(keys_open(dir, &none) < 0);
	unlink(path);
	rmdir(dir);
	assert_int_equal(keys_open(dir, &none), ERR_IO);
	assert_null(none);
}

static void a_password_is_known_again_only_with_the_pepper(void **state)
{
	(void)state;
	char hash[PASSWORD_HASH_SIZE];
	struct secret other = { { 43 } };
	assert_int_equal(password_hash_now(&key, STR("four words not related"), hash), 0);
	assert_true(str_starts(str_c(hash), "$argon2id$v=19$m=65536,t=2,p=1$"));
	assert_int_equal(password_check_now(&key, hash, STR("four words not related")), 1);
	assert_int_equal(password_check_now(&key, hash, STR("four words not relateD")), 0);
	assert_int_equal(password_check_now(&other, hash, STR("four words not related")), 0);
	assert_int_equal(password_check_now(&key, "nonsense", STR("x")), 0);
}

static sem_t finished;

static void finish(struct password_job *job)
{
	(void)job;
	sem_post(&finished);
}

/* Jobs are put faster than they can be worked off, so the queue fills and says so. */
static void the_password_queue_has_an_end(void **state)
{
	(void)state;
	enum { N = 40 };
	static struct password_job job[N];
	struct passwords *desk;
	sem_init(&finished, 0, 0);
	assert_int_equal(passwords_open(&key, &desk), 0);
	int taken = 0, busy = 0;
	for (int i = 0; i < N; i++) {
		job[i] = (struct password_job){ .password = STR("x"), .done = finish };
		int st = passwords_put(desk, &job[i]);
		assert_true(st == 0 || st == ERR_BUSY);
		taken += st == 0;
		busy += st == ERR_BUSY;
	}
	assert_true(taken >= PASSWORD_QUEUE && busy > 0);
	assert_true(passwords_waiting(desk) <= PASSWORD_QUEUE);
	passwords_close(desk);
	for (int i = 0; i < taken; i++)
		assert_int_equal(sem_trywait(&finished), 0);
	assert_int_not_equal(sem_trywait(&finished), 0);
	for (int i = 0; i < N; i++)
		if (job[i].hash[0])
			assert_int_equal(job[i].result, 0);

	assert_int_equal(passwords_open(&key, &desk), 0);
	struct password_job check = {
		.password = STR("x"), .against = job[0].hash, .done = finish
	};
	assert_int_equal(passwords_put(desk, &check), 0);
	sem_wait(&finished);
	assert_int_equal(check.result, 1);
	passwords_close(desk);
	passwords_close(NULL);
	sem_destroy(&finished);
}

const struct CMUnitTest crypto_tests[] = {
	cmocka_unit_test(hashes_depend_on_all_they_are_given),
	cmocka_unit_test(base64_has_its_letters_alone),
	cmocka_unit_test(base64_comes_back_whole_or_not_at_all),
	cmocka_unit_test(a_box_opens_only_where_it_was_closed),
	cmocka_unit_test(tokens_last_two_days_and_one_visit),
	cmocka_unit_test(the_server_key_is_made_once_and_guarded),
	cmocka_unit_test(a_password_is_known_again_only_with_the_pepper),
	cmocka_unit_test(the_password_queue_has_an_end),
};
const size_t n_crypto_tests = sizeof crypto_tests / sizeof *crypto_tests;
