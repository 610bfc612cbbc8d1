#include "protect/unsent.h"
#include "crypto/sealed.h"
#include "protect/file.sql.h"
#include "protect/keep.sql.h"

enum { DAY = 86400, COOKIE_CHARS = 43, HEAD = 8 + CODE_CHARS + 1, UNSENT_MAX = SEALED_TEXT_MAX };

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

/* channel 8 | code 20 | files 1 | of each: id 16, card | what was told. */
static void write_unsent(const struct unsent *d, struct buf *to)
{
	for (size_t i = 0; i < 8; i++)
		buf_byte(to, (char)((uint64_t)d->channel >> 8 * i));
	buf_put(to, d->code.z, CODE_CHARS);
	buf_byte(to, (char)d->n_file);
	for (size_t i = 0; i < d->n_file; i++)
		buf_put(to, &d->file[i], sizeof d->file[i]);
	buf_str(to, d->told);
}

/* It was sealed here, so its shape is ours. */
static void read_unsent(struct str s, struct unsent *ret)
{
	uint64_t channel = 0;
	must(s.n >= HEAD);
	for (size_t i = 0; i < 8; i++)
		channel |= (uint64_t)(uint8_t)s.p[i] << 8 * i;
	ret->channel = (int64_t)channel;
	memcpy(ret->code.z, s.p + 8, CODE_CHARS);
	ret->n_file = (uint8_t)s.p[HEAD - 1];
	s = str_from(s, HEAD);
	must(ret->n_file <= FILES_MAX && s.n >= ret->n_file * sizeof *ret->file);
	memcpy(ret->file, s.p, ret->n_file * sizeof *ret->file);
	ret->told = str_from(s, ret->n_file * sizeof *ret->file);
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

static struct str file_id(const struct file_sealed *f)
{
	return (struct str){ (const char *)f->id.b, sizeof f->id.b };
}

static int put(struct visit *v, const uint8_t cookie[UNSENT_COOKIE], const struct unsent *d)
{
	int64_t today = v->now / DAY;
	struct str box = seal(v, cookie, d), id = row_id(v, cookie);
	if (!box.p || !id.p)
		return ERR_NOMEM;
	int result = keep_draft_sweep(v->db, today);
	if (result >= 0)
		result = keep_draft_put(v->db, id, box, today + 1);
	for (size_t i = 0; i < d->n_file && result >= 0; i++)
		result = file_wait(v->db, file_id(&d->file[i]), today + 1);
	return result < 0 ? result : 0;
}

int unsent_begin(struct visit *v, struct unsent *d)
{
	uint8_t cookie[UNSENT_COOKIE];
	char text[COOKIE_CHARS + 1];
	random_bytes(cookie, sizeof cookie);
	code_make(&d->code);
	int result = put(v, cookie, d);
	base64_url(cookie, sizeof cookie, text, sizeof text);
	if (result == 0)
		visit_cookie(v, "d", (struct str){ text, COOKIE_CHARS }, 0);
	wipe(text, sizeof text);
	wipe(cookie, sizeof cookie);
	return result;
}

int unsent_keep(struct visit *v, const struct unsent *d)
{
	uint8_t cookie[UNSENT_COOKIE];
	int result = cookie_of(v, cookie) ? put(v, cookie, d)
					  : err_note(ERR_MISSING, "no draft of this browser");
	wipe(cookie, sizeof cookie);
	return result;
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
	for (size_t i = 0; i < d->n_file && result >= 0; i++)
		result = file_settle(v->db, file_id(&d->file[i]));
	return result < 0 ? result : 0;
}

void unsent_forget(struct visit *v)
{
	visit_cookie(v, "d", STR(""), -1);
}
