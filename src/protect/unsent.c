#include "protect/unsent.h"
#include "crypto/sealed.h"
#include "protect/keep.sql.h"

enum { DAY = 86400, COOKIE_CHARS = 43, HEAD = 8 + CODE_CHARS, UNSENT_MAX = 1 << 17 };

static bool cookie_of(const struct visit *v, uint8_t ret[UNSENT_COOKIE])
{
	struct str text = http_cookie(v->req, "d");
	return text.n == COOKIE_CHARS && base64_url_bytes(text, ret, UNSENT_COOKIE);
}

static struct str cookie_str(const uint8_t cookie[UNSENT_COOKIE])
{
	return (struct str){ (const char *)cookie, UNSENT_COOKIE };
}

static struct str row_id(struct visit *v, const uint8_t cookie[UNSENT_COOKIE])
{
	uint8_t id[HASH_BYTES];
	hash_purpose("draft", cookie_str(cookie), id);
	return arena_copy(v->mem, (struct str){ (const char *)id, sizeof id });
}

static void put_number(struct buf *to, uint64_t n, size_t size)
{
	for (size_t i = 0; i < size; i++)
		buf_byte(to, (char)(n >> 8 * i));
}

/* channel 8 | code 20 | for each answer: length 4, text. */
static void write_unsent(const struct unsent *d, struct buf *to)
{
	put_number(to, (uint64_t)d->channel, 8);
	buf_put(to, d->code.z, CODE_CHARS);
	for (size_t i = 0; i < UNSENT_ANSWERS; i++) {
		put_number(to, d->answer[i].n, 4);
		buf_str(to, d->answer[i]);
	}
}

static uint64_t number(struct str s, size_t size)
{
	uint64_t n = 0;
	for (size_t i = 0; i < size; i++)
		n |= (uint64_t)(uint8_t)s.p[i] << 8 * i;
	return n;
}

/* It was sealed here, so its shape is ours. */
static void read_unsent(struct str s, struct unsent *ret)
{
	ret->channel = (int64_t)number(s, 8);
	memcpy(ret->code.z, s.p + 8, CODE_CHARS);
	s = str_from(s, HEAD);
	for (size_t i = 0; i < UNSENT_ANSWERS; i++) {
		size_t n = (size_t)number(s, 4);
		s = str_from(s, 4);
		must(n <= s.n);
		ret->answer[i] = (struct str){ s.p, n };
		s = str_from(s, n);
	}
}

static void key_of(const uint8_t cookie[UNSENT_COOKIE], struct secret *ret)
{
	hash_purpose("draft key", cookie_str(cookie), ret->b);
}

static struct str seal(struct visit *v, const uint8_t *cookie, const struct unsent *d)
{
	auto_secret key = { 0 };
	auto_buf plain;
	buf_init(&plain, UNSENT_MAX);
	write_unsent(d, &plain);
	uint8_t *box = plain.failed ? NULL : arena_take(v->mem, sealed_size(plain.n));
	if (!box)
		return (struct str){ 0 };
	key_of(cookie, &key);
	sealed_make(&key, STR("draft"), buf_view(&plain), box);
	return (struct str){ (const char *)box, sealed_size(plain.n) };
}

int unsent_put(struct visit *v, const struct unsent *d)
{
	uint8_t cookie[UNSENT_COOKIE];
	char text[COOKIE_CHARS + 1];
	int64_t today = v->now / DAY;
	random_bytes(cookie, sizeof cookie);
	struct str box = seal(v, cookie, d), id = row_id(v, cookie);
	if (!box.p || !id.p)
		return ERR_NOMEM;
	int result = keep_draft_sweep(v->db, today);
	if (result >= 0)
		result = keep_draft_put(v->db, id, box, today + 1);
	if (result < 0)
		return result;
	base64_url(cookie, sizeof cookie, text, sizeof text);
	visit_cookie(v, "d", (struct str){ text, COOKIE_CHARS }, 0);
	wipe(text, sizeof text);
	wipe(cookie, sizeof cookie);
	return 0;
}

int unsent_get(struct visit *v, struct unsent *ret)
{
	uint8_t cookie[UNSENT_COOKIE];
	struct keep_draft_get_row row;
	auto_secret key = { 0 };
	struct str plain;
	if (!cookie_of(v, cookie))
		return 0;
	struct unsent got = { .id = row_id(v, cookie) };
	if (!got.id.p)
		return ERR_NOMEM;
	int result = keep_draft_get(v->db, v->mem, got.id, v->now / DAY, &row);
	if (result <= 0)
		return result;
	uint8_t *room = arena_take(v->mem, row.box.n + 1);
	if (!room)
		return ERR_NOMEM;
	key_of(cookie, &key);
	if (sealed_open(&key, STR("draft"), row.box, room, &plain) < 0)
		return 0;
	read_unsent(plain, &got);
	*ret = got;
	return 1;
}

int unsent_drop(struct visit *v, const struct unsent *d)
{
	int result = keep_draft_drop(v->db, d->id);
	return result < 0 ? result : 0;
}

void unsent_forget(struct visit *v)
{
	visit_cookie(v, "d", STR(""), -1);
}
