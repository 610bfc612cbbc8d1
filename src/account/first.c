#include "account/first.h"
#include "account/account.sql.h"
#include "base/clock.h"

static void code_ticket(const struct keys *keys, struct str code, uint8_t ret[HASH_BYTES])
{
	hash_key(&keys->ticket, "set-up", code, ret);
}

int first_is_due(struct db *db, struct arena *mem)
{
	struct account_first_row row;
	int st = account_first(db, mem, &row);
	return st < 0 ? st : st == 0;
}

int first_code(struct db *db, const struct keys *keys, int64_t now, struct code_shown *ret)
{
	struct code code;
	uint8_t hash[HASH_BYTES];
	code_make(&code);
	code_ticket(keys, (struct str){ code.z, CODE_CHARS }, hash);
	int st = account_setup_put(
		db, (struct str){ (const char *)hash, sizeof hash }, now + SETUP_LIFE);
	if (st < 0)
		return st;
	*ret = code_show(&code);
	wipe(&code, sizeof code);
	return 0;
}

int first_start(struct db *db, const struct keys *keys)
{
	auto_arena mem;
	struct code_shown shown;
	arena_init(&mem, 65536);
	int st = first_is_due(db, &mem);
	if (st <= 0)
		return st;
	st = first_code(db, keys, clock_now(), &shown);
	if (st)
		return st;
	printf("Nobody has an account yet. Open /setup within an hour and type this code:\n\n"
	       "    %s\n\n",
		shown.z);
	fflush(stdout);
	wipe(&shown, sizeof shown);
	return 0;
}

int first_code_ok(
	struct db *db, struct arena *mem, const struct keys *keys, struct str code, int64_t now)
{
	struct account_setup_get_row row;
	uint8_t hash[HASH_BYTES];
	code_ticket(keys, code, hash);
	int st = account_setup_get(db, mem, now, &row);
	if (st <= 0)
		return st;
	return row.hash.n == sizeof hash && bytes_same(row.hash.p, hash, sizeof hash);
}

int first_admin(struct db *db, struct arena *mem, const struct keys *keys,
	const struct first_admin *what, struct account_id *ret)
{
	uint8_t hash[HASH_BYTES];
	int st = first_is_due(db, mem);
	if (st <= 0)
		return st < 0 ? st : err_note(ERR_CONFLICT, "the house is set up already");
	code_ticket(keys, what->code, hash);
	st = account_setup_use(db, (struct str){ (const char *)hash, sizeof hash });
	if (st != 1)
		return st < 0 ? st : err_note(ERR_CONFLICT, "a set-up code used twice");
	st = account_make(db, mem, what->name, what->password, ret);
	return st ? st : account_roles_set(db, *ret, WHOLE_SITE, ROLE_ADMIN);
}
