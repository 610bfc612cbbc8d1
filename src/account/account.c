#include "account/account.h"
#include "account/account.sql.h"
#include "base/clock.h"
#include "base/utf8.h"
#include "crypto/box.h"
#include "crypto/code.h"
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>

enum { NAME_UNITS = 8 * ACCOUNT_NAME_MAX };

static bool is_name_sign(int32_t c)
{
	return u_isalnum(c) || (U_MASK(u_charType(c)) & U_GC_M_MASK) || c == ' ' || c == '.' ||
		c == '-' || c == '_';
}

static bool is_name(struct str name)
{
	size_t n = utf8_count(name);
	if (n < ACCOUNT_NAME_MIN || n > ACCOUNT_NAME_MAX)
		return false;
	for (size_t at = 0; at < name.n;)
		if (!is_name_sign(utf8_next(name, &at)))
			return false;
	return true;
}

int account_name_key(struct str name, struct arena *mem, struct str *ret)
{
	UErrorCode bad = U_ZERO_ERROR;
	UChar in[NAME_UNITS], folded[NAME_UNITS];
	char out[NAME_UNITS * 3];
	int32_t n_in = 0, n_out = 0;
	name = str_trim(name);
	if (!is_name(name))
		return err_note(ERR_INPUT, "not a name of an account");
	u_strFromUTF8(in, NAME_UNITS, &n_in, name.p, (int32_t)name.n, &bad);
	const UNormalizer2 *fold = unorm2_getNFKCCasefoldInstance(&bad);
	int32_t n = unorm2_normalize(fold, in, n_in, folded, NAME_UNITS, &bad);
	u_strToUTF8(out, sizeof out, &n_out, folded, n, &bad);
	if (U_FAILURE(bad) || n_out == 0)
		return err_note(ERR_INPUT, "a name that ICU cannot fold");
	*ret = arena_copy(mem, (struct str){ out, (size_t)n_out });
	return ret->p ? 0 : ERR_NOMEM;
}

int account_make(struct db *db, struct arena *mem, struct str name, struct str password,
	struct account_id *ret)
{
	struct str key;
	struct account_add_row row;
	int st = account_name_key(name, mem, &key);
	if (st)
		return st;
	int64_t day = clock_now() / 86400 * 86400;
	st = account_add(db, mem, key, str_trim(name), password, day, &row);
	if (st < 0)
		return st;
	ret->v = row.id;
	return 0;
}

/* Reads a number: an arena of the statement's own is enough. */
static int takes_part(struct db *db, struct account_id id)
{
	struct account_held_count_row row;
	auto_arena mem;
	arena_init(&mem, 4096);
	int st = account_held_count(db, &mem, id.v, &row);
	return st < 0 ? st : row.n > 0;
}

int account_roles_set(struct db *db, struct account_id id, int64_t space, int roles)
{
	int is_taking_part = roles ? takes_part(db, id) : 0;
	if (is_taking_part)
		return is_taking_part < 0
			? is_taking_part
			: err_note(ERR_CONFLICT, "an account of somebody who takes part");
	int st = roles ? account_roles_put(db, id.v, space, roles & ROLES_ALL)
		       : account_roles_drop(db, id.v, space);
	return st < 0 ? st : 0;
}

int account_is_last_admin(struct db *db, struct arena *mem, struct account_id id)
{
	struct account_people_of_row *row;
	size_t n = 0;
	bool is_admin = false, has_other = false;
	int st = account_people_of(db, mem, WHOLE_SITE, &row, &n);
	for (size_t i = 0; st >= 0 && i < n; i++) {
		bool can = (row[i].roles & ROLE_ADMIN) && !row[i].is_disabled;
		is_admin |= can && row[i].id == id.v;
		has_other |= can && row[i].id != id.v;
	}
	return st < 0 ? st : is_admin && !has_other;
}

static void invite_hash(const struct keys *keys, struct str token, uint8_t ret[HASH_BYTES])
{
	hash_key(&keys->ticket, "invite", token, ret);
}

int account_invite_make(struct db *db, struct arena *mem, const struct keys *keys,
	const struct invite *what, int64_t now, struct invite_token *ret)
{
	struct account_invite_add_row row;
	uint8_t hash[HASH_BYTES];
	int st = account_invite_sweep(db, now);
	if (st < 0)
		return st;
	base32_make(ret->z, INVITE_CHARS);
	invite_hash(keys, (struct str){ ret->z, INVITE_CHARS }, hash);
	st = account_invite_add(db, mem,
		(struct account_invite_add_in){
			.hash = { (const char *)hash, sizeof hash },
			.account = { what->account.v, what->account.v != 0 },
			.space = what->space,
			.roles = what->roles & ROLES_ALL,
			.expires_at = now + INVITE_LIFE,
		},
		&row);
	return st < 0 ? st : 0;
}

int account_invite_find(struct db *db, struct arena *mem, const struct keys *keys, struct str token,
	int64_t now, struct invite *ret)
{
	struct account_invite_by_hash_row row;
	uint8_t hash[HASH_BYTES];
	char canonical[INVITE_CHARS + 1];
	if (base32_parse(token, canonical, INVITE_CHARS) != 0)
		return 0;
	invite_hash(keys, (struct str){ canonical, INVITE_CHARS }, hash);
	int st = account_invite_by_hash(
		db, mem, (struct str){ (const char *)hash, sizeof hash }, now, &row);
	if (st > 0)
		*ret = (struct invite){ row.id, { row.account.v }, row.space, (int)row.roles };
	return st;
}

static int accept_old(struct db *db, struct account_id id, struct str password)
{
	int st = account_password_set(db, id.v, password);
	if (st >= 0)
		st = account_key_drop(db, id.v); /* whoever has its code puts it back */
	if (st >= 0)
		st = account_second_step_set(db, id.v, (struct str){ 0 }, -1);
	if (st >= 0)
		st = account_recovery_clear(db, id.v);
	return st < 0 ? st : 0;
}

int account_invite_accept(struct db *db, struct arena *mem, const struct invite *invite,
	struct str name, struct str password, struct account_id *ret)
{
	struct account_id id = invite->account;
	int st = id.v ? accept_old(db, id, password) : account_make(db, mem, name, password, &id);
	if (st == 0 && !invite->account.v && invite->roles)
		st = account_roles_set(db, id, invite->space, invite->roles);
	if (st)
		return st;
	st = account_invite_use(db, invite->id, id.v);
	if (st != 1)
		return st < 0 ? st : err_note(ERR_CONFLICT, "an invitation used twice");
	*ret = id;
	return 0;
}

static struct str box_context(struct arena *mem, struct account_id id)
{
	return arena_f(mem, "second step of %lld", (long long)id.v);
}

struct str account_secret_seal(
	const struct keys *keys, struct account_id id, struct str secret, struct arena *mem)
{
	return box_seal(&keys->second_step, box_context(mem, id), secret, mem);
}

int account_secret_open(const struct keys *keys, struct account_id id, struct str box,
	struct arena *mem, struct str *ret)
{
	return box_open(&keys->second_step, box_context(mem, id), box, mem, ret);
}

int account_recovery_put(struct db *db, const struct keys *keys, struct account_id id,
	const struct recovery codes[RECOVERY_COUNT])
{
	int st = account_recovery_clear(db, id.v);
	for (size_t i = 0; st >= 0 && i < RECOVERY_COUNT; i++) {
		uint8_t hash[HASH_BYTES];
		recovery_hash(&keys->ticket, id.v, &codes[i], hash);
		st = account_recovery_add(
			db, id.v, (struct str){ (const char *)hash, sizeof hash });
	}
	return st < 0 ? st : 0;
}

int account_recovery_take(
	struct db *db, const struct keys *keys, struct account_id id, const struct recovery *code)
{
	uint8_t hash[HASH_BYTES];
	recovery_hash(&keys->ticket, id.v, code, hash);
	return account_recovery_use(db, id.v, (struct str){ (const char *)hash, sizeof hash });
}
