/* "baraza demo": a house with a sample in it, and keys to every desk. */
#include "participate/demo.h"
#include "account/account.h"
#include "account/settings.h"
#include "app/commands.h"
#include "app/serve.h"
#include "base/clock.h"
#include "crypto/password.h"
#include "monitor/value.h"
#include "openrosa/key.h"
#include "outcome/demo.h"
#include "protect/demo.h"
#include "record/demo.h"
#include <stdio.h>

enum { STAFF = 6, PASSWORD_CHARS = 16, DEMO_MEM = 64 << 20 };

static const struct {
	const char *name;
	int roles;
	bool is_site; /* over the whole site, not in the sample space alone */
} staff[STAFF] = {
	{ "organiser", ROLE_ORGANISER, false },
	{ "moderator", ROLE_MODERATOR, false },
	{ "translator", ROLE_TRANSLATOR, false },
	{ "editor", ROLE_EDITOR, false },
	{ "responder", ROLE_RESPONDER, false },
	{ "admin", ROLE_ADMIN, true },
};
/* Who reads reports, who keeps names, and who pays. */
static const char *const readers[PROTECT_DEMO_PEOPLE] = { "reader", "reader-2", "keeper", "payer" };

static const char *listening; /* for what is printed */

/* Made from the server's key: the same at each start, different in each house, so that a demo
 * that somebody leaves open to the world has no password that the world knows. */
static struct str password_of(
	const struct keys *keys, const char *name, char ret[PASSWORD_CHARS + 4])
{
	static const char letters[] = "abcdefghjkmnpqrstuvwxyz023456789";
	uint8_t hash[HASH_BYTES];
	size_t n = 0;
	hash_key(&keys->password, "sample sign-in", str_c(name), hash);
	for (size_t at = 0; at < PASSWORD_CHARS; at++) {
		if (at && at % 4 == 0)
			ret[n++] = '-';
		ret[n++] = letters[hash[at] % (sizeof letters - 1)];
	}
	return (struct str){ ret, n };
}

static int make_staff(
	struct db *db, struct arena *mem, const struct keys *keys, struct account_id ret[STAFF])
{
	int result = 0;
	for (size_t i = 0; result >= 0 && i < STAFF; i++) {
		char password[PASSWORD_CHARS + 4], hash[PASSWORD_HASH_SIZE];
		result = password_hash_now(
			&keys->password, password_of(keys, staff[i].name, password), hash);
		if (result >= 0)
			result = account_make(db, mem, str_c(staff[i].name), str_c(hash), &ret[i]);
	}
	return result;
}

static int give_roles(struct db *db, const struct account_id id[STAFF], int64_t space)
{
	int result = 0;
	for (size_t i = 0; result >= 0 && i < STAFF; i++)
		result = account_roles_set(
			db, id[i], staff[i].is_site ? WHOLE_SITE : space, staff[i].roles);
	return result;
}

/* The secret of their second step, made in the same way. */
static void second_step_of(
	const struct keys *keys, const char *name, uint8_t ret[TOTP_SECRET_BYTES])
{
	uint8_t hash[HASH_BYTES];
	hash_key(&keys->password, "sample second step", str_c(name), hash);
	memcpy(ret, hash, TOTP_SECRET_BYTES);
}

static int make_readers(struct db *db, struct arena *mem, struct house *house)
{
	struct protect_demo_person person[PROTECT_DEMO_PEOPLE];
	char password[PROTECT_DEMO_PEOPLE][PASSWORD_CHARS + 4];
	for (size_t i = 0; i < PROTECT_DEMO_PEOPLE; i++) {
		person[i] = (struct protect_demo_person){ .name = str_c(readers[i]),
			.password = password_of(house->keys, readers[i], password[i]) };
		second_step_of(house->keys, readers[i], person[i].second_step);
	}
	return protect_demo(db, mem, house, person);
}

/* All of it or nothing. */
static int fill(struct db *db, struct arena *mem, struct house *house)
{
	struct account_id id[STAFF];
	int64_t space = 0;
	auto_tx tx = { 0 };
	int result = db_tx_begin(db, &tx);
	if (result == 0)
		result = make_staff(db, mem, house->keys, id);
	if (result == 0)
		result = demo_fill(db, mem,
			&(struct demo_staff){
				.organiser = id[0], .moderator = id[1], .translator = id[2] },
			clock_now(), &space);
	if (result == 0)
		result = demo_outcome(db, mem,
			(struct demo_outcome_staff){ .editor = id[3], .responder = id[4] }, space,
			clock_now());
	if (result == 0)
		result = record_demo(db, mem,
			&(struct record_demo_house){ house->shelf, house->blobs },
			&(struct record_demo_staff){ .lead = id[0],
				.reviewer = id[1],
				.monitor = id[2],
				.focal = id[4] },
			clock_now());
	if (result == 0)
		result = key_demo(db, house, id[0], clock_now());
	if (result == 0)
		result = value_demo(db, mem);
	if (result == 0)
		result = make_readers(db, mem, house);
	if (result == 0)
		result = give_roles(db, id, space);
	if (result == 0)
		result = settings_set(db, "is_sample", STR("1"));
	return result < 0 ? result : db_tx_end(&tx);
}

/* Where an app fetches forms and sends what was filled in (OpenRosa). */
static void say_device(const struct keys *keys)
{
	char key[OPENROSA_KEY_CHARS + 1];
	struct str list = str_c(listening), first;
	bool has_port = str_cut(&list, ' ', &first) && !str_starts(first, "unix");
	if (!has_port)
		first = STR("");
	key_demo_secret(keys, key);
	printf("Sample server for apps that fill in forms without a network (OpenRosa, ODK Collect), with\n"
	       "what organiser may fill in, and with what everybody may:\n"
	       "  %s%.*s/or/k/%s\n  %s%.*s/or\n",
		has_port ? "http://" : "", STR_ARG(first), key, has_port ? "http://" : "",
		STR_ARG(first));
}

static void say_sign_ins(const struct keys *keys)
{
	puts("Sample sign-ins (this house holds made-up content; use it for looking around only):");
	for (size_t i = 0; i < STAFF; i++) {
		char password[PASSWORD_CHARS + 4];
		struct str p = password_of(keys, staff[i].name, password);
		printf("  %-10s  %.*s\n", staff[i].name, STR_ARG(p));
	}
	puts("Sample sign-ins of those who read reports at /r (two read, one keeps names, one pays).\n"
	     "Give your app the second secret; it shows the six digits of the second step:");
	for (size_t i = 0; i < PROTECT_DEMO_PEOPLE; i++) {
		char password[PASSWORD_CHARS + 4], letters[TOTP_SECRET_CHARS + 1];
		uint8_t secret[TOTP_SECRET_BYTES];
		struct str p = password_of(keys, readers[i], password);
		second_step_of(keys, readers[i], secret);
		totp_base32(secret, letters);
		printf("  %-10s  %.*s  %s\n", readers[i], STR_ARG(p), letters);
	}
	say_device(keys);
	fflush(stdout);
}

static int before(struct db *db, struct house *house)
{
	auto_arena mem;
	arena_init(&mem, DEMO_MEM);
	int result = demo_is_due(db, &mem);
	if (result > 0) {
		result = fill(db, &mem, house);
		if (result >= 0)
			result = settings_load(db, house);
	}
	if (result < 0)
		return result;
	if (atomic_load(&house->settings)->is_sample)
		say_sign_ins(house->keys);
	else
		puts("There is something in this house already, so no sample was added.");
	return 0;
}

int demo_main(int argc, char **argv)
{
	auto_config config = { 0 };
	if (command_wants_help(argc, argv)) {
		puts("baraza demo: fill an empty house with a sample, then serve it. A house that\n"
		     "holds something already stays as it is.\n");
		config_help();
		return 0;
	}
	if (config_read(&config, argc, argv) < 0) {
		fprintf(stderr, "baraza: %s\n", err_noted());
		return EXIT_USAGE;
	}
	listening = config.listen;
	return serve_with(&config, before);
}
