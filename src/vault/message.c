#include "vault/message.h"
#include <stddef.h>

enum field {
	COOKIE = 1 << 0,
	ACCOUNT = 1 << 1,
	KEY = 1 << 2,
	SALT = 1 << 3,
	VERIFIER = 1 << 4,
	SLOT = 1 << 5,
	RECOVERY = 1 << 6,
	CODE = 1 << 7,
	FOUND = 1 << 8,
	ROLE = 1 << 9,
	AT = 1 << 10,
	TO = 1 << 11,
	WRAP = 1 << 12,
	TO_WRAP = 1 << 13,
	SHRED = 1 << 14,
	TO_SHRED = 1 << 15,
	OBJECT = 1 << 16,
	FIELD = 1 << 17,
	PASSWORD = 1 << 18,
	TEXT = 1 << 19,
	BOX = 1 << 20,
	HOLDERS = 1 << 21,
	WRAPS = 1 << 22,
	SECRETS = COOKIE | CODE | SHRED | TO_SHRED | PASSWORD,
};

enum shape { BYTES, PLACE, VIEW };

/* In the order in which they stand in a message. ${size}: of a view, its maximum. */
static const struct {
	enum field field;
	enum shape shape;
	size_t at, size;
} fields[] = {
#define FIXED(bit, name) \
	{ \
		bit, BYTES, offsetof(struct vault_message, name), \
			sizeof(((struct vault_message *)0)->name) \
	}
#define PLACED(bit, name) \
	{ \
		bit, PLACE, offsetof(struct vault_message, name), VAULT_ID + 5 \
	}
#define VIEWED(bit, name, max) \
	{ \
		bit, VIEW, offsetof(struct vault_message, name), (max) \
	}
	FIXED(COOKIE, cookie),
	FIXED(ACCOUNT, account),
	FIXED(KEY, key),
	FIXED(SALT, salt),
	FIXED(VERIFIER, verifier),
	FIXED(SLOT, slot),
	FIXED(RECOVERY, recovery),
	{ CODE, BYTES, offsetof(struct vault_message, code), CODE_CHARS },
	FIXED(FOUND, found),
	FIXED(ROLE, role),
	PLACED(AT, at),
	PLACED(TO, to),
	FIXED(WRAP, wrap),
	FIXED(TO_WRAP, to_wrap),
	FIXED(SHRED, shred),
	FIXED(TO_SHRED, to_shred),
	FIXED(OBJECT, object),
	VIEWED(FIELD, field, VAULT_FIELD_MAX),
	VIEWED(PASSWORD, password, VAULT_PASSWORD_MAX),
	VIEWED(TEXT, text, SEALED_TEXT_MAX),
	VIEWED(BOX, box, VAULT_BOX_MAX),
	VIEWED(HOLDERS, holders, VAULT_LIST_MAX *VAULT_HOLDER),
	VIEWED(WRAPS, wraps, VAULT_LIST_MAX *PAIR_WRAP),
};
enum { N_FIELDS = sizeof fields / sizeof *fields };

/* A compartment, as whom, with which wrap: what goes before every use of a key. */
enum { HELD = COOKIE | ROLE | AT | WRAP, USED = HELD | SHRED | OBJECT | FIELD };

static const struct {
	unsigned ask, answer;
} kinds[VAULT_KINDS] = {
	[VAULT_ACCOUNT] = { COOKIE | ACCOUNT | PASSWORD, KEY | SALT | VERIFIER | SLOT },
	[VAULT_UNLOCK] = { COOKIE | ACCOUNT | KEY | SALT | VERIFIER | SLOT | PASSWORD, 0 },
	[VAULT_RECOVER] = { COOKIE | ACCOUNT | KEY | SLOT | CODE, 0 },
	[VAULT_REKEY] = { COOKIE | PASSWORD, SALT | VERIFIER | SLOT },
	[VAULT_ENTER] = { COOKIE | ACCOUNT | KEY | SLOT | CODE, 0 },
	[VAULT_FIND] = { CODE, FOUND },
	[VAULT_LOCK] = { COOKIE, 0 },
	[VAULT_EVICT] = { COOKIE | ACCOUNT, 0 },
	[VAULT_CASE] = { COOKIE | ACCOUNT | CODE | HOLDERS, KEY | SLOT | FOUND | HOLDERS | WRAPS },
	[VAULT_OPEN] = { USED | BOX, TEXT },
	[VAULT_SEAL] = { USED | TEXT, BOX },
	[VAULT_GIVE] = { HELD | HOLDERS, WRAPS },
	[VAULT_ROTATE] = { HELD | HOLDERS, WRAPS },
	[VAULT_MOVE] = { USED | TO | TO_WRAP | TO_SHRED | BOX, BOX },
	[VAULT_RECODE] = { COOKIE | CODE, RECOVERY },
	[VAULT_STAY] = { COOKIE, ACCOUNT },
	[VAULT_CARD] = { USED | TEXT, BOX },
	[VAULT_LOOK] = { USED | BOX, TEXT },
	[VAULT_READ] = { USED | TEXT | BOX, FOUND | TEXT },
	[VAULT_MARK] = { COOKIE | AT | FIELD | TEXT, VERIFIER },
	[VAULT_PIECE] = { COOKIE | OBJECT | BOX, TEXT },
	[VAULT_ENTRUST] = { COOKIE | TEXT, BOX },
	[VAULT_PART] = { COOKIE | BOX, TEXT },
	[VAULT_REJOIN] = { COOKIE | ACCOUNT | KEY | CODE | ROLE | TEXT | BOX, RECOVERY },
};

bool vault_answer_has_secret(enum vault_kind kind)
{
	return kinds[kind].answer & SECRETS;
}

static unsigned fields_of(const struct vault_message *m)
{
	if (m->is_answer)
		return m->result < 0 ? 0 : kinds[m->kind].answer;
	return kinds[m->kind].ask;
}

static void put_number(struct buf *to, size_t n)
{
	for (size_t i = 0; i < 4; i++)
		buf_byte(to, (char)(n >> 8 * i));
}

static size_t number(const uint8_t *p)
{
	return (size_t)p[0] | (size_t)p[1] << 8 | (size_t)p[2] << 16 | (size_t)p[3] << 24;
}

static void put_place(struct buf *to, const struct vault_place *p)
{
	buf_put(to, p->of.b, sizeof p->of.b);
	buf_byte(to, (char)p->compartment);
	put_number(to, p->epoch);
}

static void put_field(const struct vault_message *m, size_t i, struct buf *to)
{
	const char *at = (const char *)m + fields[i].at;
	if (fields[i].shape == BYTES) {
		buf_put(to, at, fields[i].size);
	} else if (fields[i].shape == PLACE) {
		put_place(to, (const void *)at);
	} else {
		const struct str *s = (const void *)at;
		must(s->n <= fields[i].size);
		put_number(to, s->n);
		buf_str(to, *s);
	}
}

void vault_message_write(const struct vault_message *m, struct buf *to)
{
	size_t start = to->n;
	unsigned has = fields_of(m);
	put_number(to, 0);
	buf_byte(to, (char)m->kind);
	buf_byte(to, m->is_answer);
	buf_put(to, "\0", 2);
	if (m->is_answer)
		buf_byte(to, (char)(m->result < 0 ? -m->result : 0));
	for (size_t i = 0; i < N_FIELDS; i++)
		if (has & fields[i].field)
			put_field(m, i, to);
	if (to->failed)
		return;
	size_t n = to->n - start - VAULT_HEAD;
	for (size_t i = 0; i < 4; i++)
		to->p[start + i] = (char)(n >> 8 * i);
}

int vault_message_size(const uint8_t head[VAULT_HEAD])
{
	size_t n = number(head);
	if (n > VAULT_MESSAGE_MAX || head[4] == 0 || head[4] >= VAULT_KINDS || head[5] > 1 ||
		head[6] || head[7])
		return err_note(ERR_INPUT, "no head of a message of the vault's");
	return (int)n;
}

/* What is left of a message; short of bytes it stays so. */
struct rest {
	struct str bytes;
	bool is_short;
};

static const char *take(struct rest *r, size_t n)
{
	if (r->is_short || n > r->bytes.n) {
		r->is_short = true;
		return NULL;
	}
	const char *p = r->bytes.p;
	r->bytes = str_from(r->bytes, n);
	return p;
}

static void take_place(struct rest *r, struct vault_place *ret)
{
	const uint8_t *p = (const uint8_t *)take(r, VAULT_ID + 5);
	if (!p)
		return;
	memcpy(ret->of.b, p, VAULT_ID);
	ret->compartment = (enum vault_compartment)p[VAULT_ID];
	ret->epoch = (uint32_t)number(p + VAULT_ID + 1);
	r->is_short = !vault_place_ok(ret);
}

static void take_view(struct rest *r, size_t max, struct str *ret)
{
	const char *length = take(r, 4);
	size_t n = length ? number((const uint8_t *)length) : 0;
	const char *p = n <= max ? take(r, n) : NULL;
	if (p)
		*ret = (struct str){ p, n };
	else
		r->is_short = true;
}

static void take_field(struct rest *r, size_t i, struct vault_message *ret)
{
	char *at = (char *)ret + fields[i].at;
	if (fields[i].shape == PLACE) {
		take_place(r, (void *)at);
	} else if (fields[i].shape == VIEW) {
		take_view(r, fields[i].size, (void *)at);
	} else {
		const char *p = take(r, fields[i].size);
		if (p)
			memcpy(at, p, fields[i].size);
	}
}

int vault_message_read(const uint8_t head[VAULT_HEAD], struct str body, struct vault_message *ret)
{
	int n = vault_message_size(head);
	if (n < 0)
		return n;
	struct rest r = { body, body.n != (size_t)n };
	struct vault_message got = { .kind = (enum vault_kind)head[4], .is_answer = head[5] };
	if (got.is_answer) {
		const char *failure = take(&r, 1);
		got.result = failure ? -(int)(uint8_t)*failure : 0;
		r.is_short |= got.result < ERR_BUG;
	}
	unsigned has = fields_of(&got);
	for (size_t i = 0; i < N_FIELDS; i++)
		if (has & fields[i].field)
			take_field(&r, i, &got);
	bool is_ours = !r.is_short && r.bytes.n == 0 && (got.is_answer || kinds[got.kind].ask);
	if (is_ours && has & FIELD)
		is_ours = got.field.n > 0;
	if (is_ours)
		*ret = got;
	wipe(&got, sizeof got);
	return is_ours ? 0 : err_note(ERR_INPUT, "a message that is not one of the vault's");
}

void vault_holder_write(
	enum vault_compartment compartment, const struct vault_holder *holder, struct buf *to)
{
	buf_byte(to, (char)compartment);
	buf_byte(to, (char)holder->role);
	buf_put(to, holder->id.b, sizeof holder->id.b);
	buf_put(to, holder->key.b, sizeof holder->key.b);
}

int vault_holder_read(struct str holders, size_t i, enum vault_compartment *ret_compartment,
	struct vault_holder *ret)
{
	must(i < holders.n / VAULT_HOLDER);
	const uint8_t *p = (const uint8_t *)holders.p + i * VAULT_HOLDER;
	if (p[0] < VAULT_REPORT || p[0] > VAULT_LIAISON || p[1] < VAULT_REPORTER ||
		p[1] > VAULT_MECHANISM)
		return err_note(ERR_INPUT, "no such compartment or role");
	*ret_compartment = (enum vault_compartment)p[0];
	ret->role = (enum vault_role)p[1];
	memcpy(ret->id.b, p + 2, VAULT_ID);
	memcpy(ret->key.b, p + 2 + VAULT_ID, sizeof ret->key.b);
	return 0;
}
