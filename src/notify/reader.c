#include "notify/reader.h"
#include "crypto/box.h"
#include "notify/address.h"
#include "notify/moves.h"
#include "notify/reader.sql.h"
#include "po/messages.h"
#include <stdio.h>

enum { SECRET = 16, PROOF = 16, DAY_SECONDS = 86400, MORNING = 6 * 3600, GATHER = 300 };

#define CONTEXT STR("reader's address")

/* ---- names ---- */

static int country_title(
	struct arena *mem, const struct lang *lang, struct str code, struct str *ret)
{
	size_t n;
	const struct str *all = lang_countries(&n);
	for (size_t i = 0; i < n; i++)
		if (str_eq(all[i], code)) {
			*ret = lang_country(lang, mem, code);
			return ret->p != NULL;
		}
	return 0;
}

static int own_title(const struct visit *v, int msg, struct str *ret)
{
	*ret = msg_text(v->lang, msg, 0);
	return 1;
}

int follow_title(struct visit *v, const struct follow_what *what, struct str *ret)
{
	const struct str lang = v->lang->code;
	struct name_space_row space;
	struct name_theme_row theme;
	struct name_ask_row ask;
	struct name_org_row org;
	int found = 0;
	switch (what->kind) {
	case FOLLOW_SPACE:
		found = name_space(v->db, v->mem, what->ref, lang, &space);
		*ret = found > 0 ? space.title : *ret;
		return found;
	case FOLLOW_THEME:
		found = name_theme(v->db, v->mem, what->ref, lang, &theme);
		*ret = found > 0 ? theme.title : *ret;
		return found;
	case FOLLOW_ASK:
		found = name_ask(v->db, v->mem, what->ref, lang, &ask);
		*ret = found > 0 ? ask.title : *ret;
		return found;
	case FOLLOW_ORG:
		found = name_org(v->db, v->mem, what->ref, lang, &org);
		*ret = found > 0 ? org.title : *ret;
		return found;
	case FOLLOW_ANSWERS: return own_title(v, MSG_notify_remind_what, ret);
	case FOLLOW_ROLE: return own_title(v, MSG_notify_moves_what, ret);
	case FOLLOW_RECORD:
	case FOLLOW_MINE: return moves_title(v, what->ref, ret);
	case FOLLOW_COUNTRY: break;
	}
	return country_title(v->mem, v->lang, what->country, ret);
}

/* ---- links ---- */

static void prove(const struct keys *keys, int64_t id, struct str secret, uint8_t ret[HASH_BYTES])
{
	uint8_t all[sizeof id + SECRET];
	must(secret.n == SECRET);
	memcpy(all, &id, sizeof id);
	memcpy(all + sizeof id, secret.p, SECRET);
	hash_key(&keys->mail, "link", (struct str){ (const char *)all, sizeof all }, ret);
}

void reader_token(const struct keys *keys, const struct reader *r, char ret[READER_TOKEN])
{
	uint8_t hash[HASH_BYTES];
	char proof[BASE64_SIZE(PROOF)];
	prove(keys, r->id, r->secret, hash);
	base64_url(hash, PROOF, proof, sizeof proof);
	snprintf(ret, READER_TOKEN, "%s%lld", proof, (long long)r->id);
}

struct str reader_link(struct arena *mem, struct str base, const struct reader *r,
	const char *token, const char *end)
{
	return arena_f(
		mem, "%.*s/%.*s/mail/%s%s", STR_ARG(base), STR_ARG(r->lang->code), token, end);
}

int reader_unlock(const struct keys *keys, struct arena *mem, struct str box, struct str *ret)
{
	return box_open(&keys->mail, CONTEXT, box, mem, ret);
}

int reader_find(struct db *db, struct arena *mem, const struct keys *keys, struct str token,
	struct reader *ret)
{
	struct reader_by_id_row row;
	uint8_t hash[HASH_BYTES], said[PROOF];
	struct str proof = { token.p, BASE64_SIZE(PROOF) - 1 };
	struct reader r = { 0 };
	if (token.n <= proof.n || token.n >= READER_TOKEN ||
		!str_i64(str_from(token, proof.n), &r.id) ||
		!base64_url_bytes(proof, said, sizeof said))
		return 0;
	int found = reader_by_id(db, mem, r.id, &row);
	if (found <= 0)
		return found;
	prove(keys, r.id, row.secret, hash);
	if (!bytes_same(hash, said, PROOF))
		return 0;
	r.secret = row.secret;
	r.rhythm = (enum rhythm)row.rhythm;
	r.lang = lang_by_code(row.lang);
	int result = reader_unlock(keys, mem, row.address, &r.address);
	if (result < 0 || !r.lang)
		return result < 0 ? result : err_note(ERR_BUG, "reader's language");
	*ret = r;
	return 1;
}

/* ---- asking ---- */

static int add(struct visit *v, struct str key, enum rhythm rhythm, struct reader *r)
{
	struct reader_add_row row;
	char *secret = arena_take(v->mem, SECRET);
	struct str box = box_seal(&v->house->keys->mail, CONTEXT, r->address, v->mem);
	if (!secret || !box.p)
		return ERR_NOMEM;
	random_bytes(secret, SECRET);
	r->secret = (struct str){ secret, SECRET };
	int result = reader_add(v->db, v->mem,
		(struct reader_add_in){ .address_key = key,
			.address = box,
			.lang = v->lang->code,
			.rhythm = rhythm,
			.secret = r->secret,
			.day = v->now / DAY_SECONDS * DAY_SECONDS },
		&row);
	r->id = row.id;
	return result < 0 ? result : 0;
}

int reader_ask(struct visit *v, struct str address, const struct follow_what *what,
	enum rhythm rhythm, struct reader *ret)
{
	uint8_t hash[HASH_BYTES];
	struct str key = { (const char *)hash, sizeof hash };
	struct reader_by_key_row row = { 0 };
	struct reader_by_id_row rest;
	struct follow_count_row count = { 0 };
	int64_t today = v->now / DAY_SECONDS * DAY_SECONDS;
	*ret = (struct reader){ .address = address, .lang = v->lang, .rhythm = rhythm };
	address_key(&v->house->keys->mail, address, hash);
	int found = reader_by_key(v->db, v->mem, key, &row);
	int result = found == 0 ? add(v, key, rhythm, ret) : found;
	if (found > 0) {
		ret->id = row.id;
		result = reader_by_id(v->db, v->mem, row.id, &rest);
		ret->secret = result > 0 ? rest.secret : ret->secret;
	}
	if (result >= 0)
		result = follow_count(v->db, v->mem, ret->id, &count);
	int64_t asked = row.asked_on == today ? row.asked : 0;
	if (result < 0 || asked >= ASKED_MAX || count.n >= FOLLOWS_MAX)
		return result < 0 ? result : 0;
	result = follow_add(v->db,
		(struct follow_add_in){ .reader = ret->id,
			.kind = what->kind,
			.ref = what->ref,
			.country = what->country,
			.rhythm = rhythm,
			.day = today });
	if (result >= 0)
		result = reader_asked(v->db, ret->id, today, asked + 1);
	return result < 0 ? result : 1;
}

int reader_forget(struct db *db, int64_t id)
{
	int result = reader_mail_drop(db, id);
	if (result >= 0)
		result = reader_moves_drop(db, id);
	if (result >= 0)
		result = reader_reminded_drop(db, id);
	if (result >= 0)
		result = reader_desk_drop(db, id);
	if (result >= 0)
		result = reader_follow_drop(db, id);
	return result < 0 ? result : reader_drop(db, id);
}

int reader_stop(struct db *db, struct arena *mem, int64_t id, int64_t follow)
{
	struct follow_count_row count;
	int result = follow_reminded_drop(db, id, follow);
	if (result >= 0)
		result = follow_moves_drop(db, id, follow);
	if (result >= 0)
		result = follow_desk_drop(db, id, follow);
	if (result >= 0)
		result = follow_drop(db, id, follow);
	if (result >= 0)
		result = follow_count(db, mem, id, &count);
	return result >= 0 && count.n == 0 ? reader_forget(db, id) : result;
}

int64_t rhythm_next(enum rhythm rhythm, int64_t now)
{
	const int64_t week = 7 * DAY_SECONDS, monday = 4 * DAY_SECONDS + MORNING;
	if (rhythm == RHYTHM_INSTANT)
		return now + GATHER;
	if (rhythm == RHYTHM_DAILY)
		return ((now - MORNING) / DAY_SECONDS + 1) * DAY_SECONDS + MORNING;
	return ((now - monday) / week + 1) * week + monday;
}
