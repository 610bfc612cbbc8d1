#include "notify/address.h"
#include "notify/letter.h"
#include "po/messages.h"
#include "tests/test.h"
#include <string.h>

static void addresses(void **state)
{
	(void)state;
	static const char *const good[] = { "ana@example.org", "A.b+c@x-y.example",
		"o'neil@a.b.cd" };
	static const char *const bad[] = { "", "@", "ana", "ana@", "@example.org", "ana@host",
		"ana@10.0.0.1", "a..b@example.org", ".a@example.org", "a.@example.org",
		"a b@example.org", "a@exa mple.org", "a@b@example.org", "a@-b.org", "a@b-.org",
		"a@b..org", "a@example.org\r\nBcc: b@example.org", "<a@example.org>",
		"a@example.org,b@example.org", "\xc3\xa9@example.org", "\"a\"@example.org" };
	for (size_t i = 0; i < sizeof good / sizeof *good; i++)
		assert_true(address_ok(str_c(good[i])));
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		assert_false(address_ok(str_c(bad[i])));
	assert_false(address_ok((struct str){ "a\0b@example.org", 15 }));
}

static void same_address(void **state)
{
	(void)state;
	struct secret key = { { 1 } }, other = { { 2 } };
	uint8_t a[HASH_BYTES], b[HASH_BYTES];
	address_key(&key, STR("Ana@Example.org"), a);
	address_key(&key, STR("ana@example.org"), b);
	assert_memory_equal(a, b, sizeof a);
	address_key(&other, STR("ana@example.org"), b);
	assert_memory_not_equal(a, b, sizeof a);
}

static struct letter plain_letter(void)
{
	return (struct letter){ .lang = lang_of(LANG_EN),
		.to = STR("ana@example.org"),
		.from = STR("house@example.org"),
		.site = STR("Baraza"),
		.subject = STR("New"),
		.body = STR("One.\n.\nTwo.\n"),
		.id = STR("K7"),
		.at = 1583280000 };
}

static void plain(void **state)
{
	(void)state;
	auto_buf out;
	buf_init(&out, LETTER_MAX);
	struct letter l = plain_letter();
	letter_put(&out, &l);
	assert_int_equal(out.failed, 0);
	struct str s = buf_view(&out);
	assert_true(str_starts(s, "Date: Wed, 04 Mar 2020 00:00:00 +0000\r\n"));
	assert_true(str_has(s, STR("\r\nSubject: New\r\n")));
	assert_true(str_has(s, STR("\r\nMessage-ID: <K7@example.org>\r\n")));
	assert_true(str_ends(s, "\r\n\r\nOne.\r\n.\r\nTwo.\r\n"));
	assert_false(str_has(s, STR("List-Unsubscribe")));
}

/* Nothing in a subject, a name or a text begins a heading. */
static void hostile(void **state)
{
	(void)state;
	auto_buf out;
	buf_init(&out, LETTER_MAX);
	struct letter l = plain_letter();
	l.subject = STR("A\r\nBcc: eve@example.org\xff\xc3");
	l.site = STR("B\r\nBcc: eve@example.org");
	l.leave = STR("https://example.org/en/mail/x/stop");
	l.body = STR("\xd9\x85\xd8\xb1\xd8\xad\xd8\xa8\xd8\xa7\n");
	letter_put(&out, &l);
	struct str s = buf_view(&out);
	assert_false(str_has(s, STR("Bcc")));
	assert_true(str_has(s, STR("List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n")));
	for (struct str line; str_cut(&s, '\n', &line);)
		assert_true(line.n <= 79);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(addresses),
		cmocka_unit_test(same_address),
		cmocka_unit_test(plain),
		cmocka_unit_test(hostile),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
