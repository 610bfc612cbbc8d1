#include "app/config.h"
#include "tests/test.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static struct config config;
static char room[] = "/tmp/baraza-config.XXXXXX";
static char path[64], data[64];

static int enter_room(void **state)
{
	(void)state;
	if (!mkdtemp(room) || chdir(room) != 0)
		return -1;
	snprintf(path, sizeof path, "%s/conf", room);
	snprintf(data, sizeof data, "%s/data", room);
	return 0;
}

static int leave_room(void **state)
{
	(void)state;
	config_done(&config);
	unlink(path);
	rmdir(data);
	return chdir("/") || rmdir(room);
}

static int clear(void **state)
{
	(void)state;
	unsetenv("BARAZA_LISTEN");
	unsetenv("BARAZA_DB");
	return setenv("BARAZA_DATA", data, 1);
}

static void write_file(const char *text)
{
	auto_file f = fopen(path, "we");
	assert_non_null(f);
	assert_true(fputs(text, f) >= 0);
}

/* Reads the words, up to a NULL. */
static int read_all(const char *const *words)
{
	int n = 0;
	while (words[n])
		n++;
	err_forget();
	config_done(&config);
	return config_read(&config, n, (char **)(uintptr_t)words);
}

static void nothing_said_means_what_the_help_says(void **state)
{
	struct stat st;
	char db[96];
	(void)state;
	assert_int_equal(read_all((const char *const[]){ NULL }), 0);
	assert_string_equal(config.listen, "127.0.0.1:8080");
	assert_string_equal(config.https, "no");
	snprintf(db, sizeof db, "sqlite:%s/baraza.db", data);
	assert_string_equal(config.db, db);
	assert_int_equal(stat(data, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0700);
}

static void the_word_outweighs_the_environment_and_that_the_file(void **state)
{
	(void)state;
	write_file("# a comment\n\n  listen = 1.1.1.1:1  \ndb=sqlite:/a b\nhttps = yes\n");
	const char *words[] = { "--config", path, "--db", "sqlite:/c", NULL };
	setenv("BARAZA_LISTEN", "2.2.2.2:2", 1);
	setenv("BARAZA_DB", "sqlite:/b", 1);
	assert_int_equal(read_all(words), 0);
	assert_string_equal(config.listen, "2.2.2.2:2");
	assert_string_equal(config.db, "sqlite:/c");
	assert_string_equal(config.https, "yes");
	clear(NULL);
	words[2] = NULL;
	assert_int_equal(read_all(words), 0);
	assert_string_equal(config.listen, "1.1.1.1:1");
	assert_string_equal(config.db, "sqlite:/a b");
}

static void refused(int result, const char *why)
{
	assert_int_equal(result, ERR_INPUT);
	if (!strstr(err_noted(), why))
		fail_msg("got \"%s\", want \"%s\"", err_noted(), why);
}

static void a_slip_is_named_with_its_place(void **state)
{
	const char *const in_file[] = { "--config", path, NULL };
	(void)state;
	write_file("\n# one\nlisen = 1\n");
	refused(read_all(in_file), "conf:3: no key is called \"lisen\"");
	write_file("listen 127.0.0.1\n");
	refused(read_all(in_file), "conf:1: write key = value");
	unlink(path);
	refused(read_all(in_file), "No such file");
	refused(read_all((const char *const[]){ "--lisen", "1", NULL }), "\"--lisen\"");
	refused(read_all((const char *const[]){ "listen", NULL }), "\"listen\"");
	refused(read_all((const char *const[]){ "--listen", NULL }), "--listen wants a value");
}

static void a_folder_that_cannot_be_made_is_a_failure(void **state)
{
	(void)state;
	setenv("BARAZA_DATA", "/proc/no/such/folder", 1);
	assert_int_equal(read_all((const char *const[]){ NULL }), ERR_IO);
	assert_non_null(strstr(err_noted(), "/proc/no/such/folder"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(nothing_said_means_what_the_help_says, clear),
		cmocka_unit_test_setup(the_word_outweighs_the_environment_and_that_the_file, clear),
		cmocka_unit_test_setup(a_slip_is_named_with_its_place, clear),
		cmocka_unit_test_setup(a_folder_that_cannot_be_made_is_a_failure, clear),
	};
	return cmocka_run_group_tests(tests, enter_room, leave_room);
}
