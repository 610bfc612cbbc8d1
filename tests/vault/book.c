#include "tests/vault/book.h"
#include "vault/mark.h"
#include "vault/seal.h"
#include "vault/slot.h"

#define MARKED "contact share share:12 n:3"
enum { SIZE = 70000, BODY = 71680 /* stream_room(SIZE) */ };

static struct vault_place place_of(struct vault_id of)
{
	return (struct vault_place){ of, VAULT_REPORT, 7 };
}

static void put(struct buf *out, const char *name, const void *p, size_t n)
{
	buf_f(out, "%s ", name);
	for (size_t i = 0; i < n; i++)
		buf_f(out, "%02x", ((const uint8_t *)p)[i]);
	buf_byte(out, '\n');
}

static void put_str(struct buf *out, const char *name, struct str s)
{
	put(out, name, s.p, s.n);
}

static uint8_t file_byte(size_t i)
{
	return (uint8_t)(i * 7 + i / 256);
}

/* A person with a key in three kinds of slot, and who may open it for them. */
static void make_person(struct buf *out, const struct secret *pepper, struct vault_owner *ret,
	struct secret *secret)
{
	struct str password = STR("correct horse, \xd9\x85\xd9\x81\xd8\xaa\xd8\xa7\xd8\xad");
	uint8_t salt[PASSWORD_SALT], verifier[HASH_BYTES], slot[SEALED_SECRET];
	struct secret key, officer_secret[VAULT_OFFICERS];
	struct public_key officer[VAULT_OFFICERS];
	uint8_t escrow[VAULT_ESCROW];
	struct code code;
	ret->account = vault_id_of(4711);
	pair_make(secret, &ret->key);
	random_bytes(salt, sizeof salt);
	must(vault_password_key(pepper, password, salt, &key, verifier) == 0);
	vault_slot_make(VAULT_BY_PASSWORD, &key, ret, secret, slot);
	put(out, "account", ret->account.b, VAULT_ID);
	put(out, "public", ret->key.b, sizeof ret->key.b);
	put(out, "secret", secret->b, sizeof secret->b);
	put_str(out, "password", password);
	put(out, "salt", salt, sizeof salt);
	put(out, "verifier", verifier, sizeof verifier);
	put(out, "slot_password", slot, sizeof slot);
	code_make(&code);
	vault_recovery_key(pepper, &ret->account, &code, &key);
	vault_slot_make(VAULT_BY_RECOVERY, &key, ret, secret, slot);
	put(out, "recovery", code.z, CODE_CHARS);
	put(out, "slot_recovery", slot, sizeof slot);
	for (size_t i = 0; i < VAULT_OFFICERS; i++)
		pair_make(&officer_secret[i], &officer[i]);
	must(vault_escrow_make(ret, officer, secret, escrow) == 0);
	put(out, "officers_secret", officer_secret, sizeof officer_secret);
	put(out, "officers", officer, sizeof officer);
	put(out, "escrow", escrow, sizeof escrow);
}

static void make_reporter(struct buf *out, const struct secret *pepper, struct vault_id of)
{
	struct vault_owner reporter = { .account = of };
	struct secret secret, key;
	struct code code;
	uint8_t lookup[VAULT_LOOKUP], slot[SEALED_SECRET];
	pair_make(&secret, &reporter.key);
	code_make(&code);
	vault_receipt_key(pepper, &code, lookup, &key);
	vault_slot_make(VAULT_BY_RECEIPT, &key, &reporter, &secret, slot);
	put(out, "receipt", code.z, CODE_CHARS);
	put(out, "lookup", lookup, sizeof lookup);
	put(out, "reporter_public", reporter.key.b, sizeof reporter.key.b);
	put(out, "reporter_secret", secret.b, sizeof secret.b);
	put(out, "slot_receipt", slot, sizeof slot);
	uint8_t mark[HASH_BYTES];
	vault_mark(&secret, &of, STR("consent"), STR(MARKED), mark);
	put(out, "mark", mark, sizeof mark);
}

static void make_text(struct buf *out, const struct vault_key *key)
{
	struct str text = STR("They said: \xe4\xb8\x8d\xe8\xa6\x81\xe8\xaf\xb4.");
	struct vault_object object = { vault_id_make(), STR("message") };
	uint8_t box[SEALED_EXTRA + SEALED_ROOM_MIN];
	must(sealed_size(text.n) == sizeof box);
	vault_seal(key, &object, text, box);
	put(out, "object", object.id.b, VAULT_ID);
	put_str(out, "field", object.field);
	put_str(out, "text", text);
	put(out, "box", box, sizeof box);
}

static void make_body(struct buf *out, const struct vault_id *file, const struct secret *key)
{
	static uint8_t plain[BODY], body[STREAM_HEAD + BODY + 2 * STREAM_EXTRA];
	struct str id = { (const char *)file->b, VAULT_ID };
	struct stream s;
	must(stream_room(SIZE) == BODY);
	for (size_t i = 0; i < SIZE; i++)
		plain[i] = file_byte(i);
	stream_seal_start(key, body, &s);
	stream_seal(&s, id, (struct str){ (char *)plain, STREAM_PIECE }, false, body + STREAM_HEAD);
	stream_seal(&s, id, (struct str){ (char *)plain + STREAM_PIECE, BODY - STREAM_PIECE }, true,
		body + STREAM_HEAD + STREAM_SEALED);
	put(out, "body", body, sizeof body);
}

static void make_file(struct buf *out, const struct vault_key *key)
{
	struct vault_card card = { .size = SIZE,
		.type = STR("image/jpeg"),
		.name = STR("\xd1\x84\xd0\xbe\xd1\x82\xd0\xbe.jpg") };
	struct vault_id file = vault_id_make();
	uint8_t box[SEALED_EXTRA + 512], tail[STREAM_HEAD + 5 + STREAM_EXTRA];
	struct stream s;
	random_bytes(card.key.b, sizeof card.key.b);
	vault_card_seal(key, &file, &card, box);
	stream_seal_start(&card.key, tail, &s);
	stream_seal(&s, (struct str){ (const char *)file.b, VAULT_ID }, STR("hello"), true,
		tail + STREAM_HEAD);
	put(out, "file", file.b, VAULT_ID);
	put(out, "file_key", card.key.b, sizeof card.key.b);
	put_str(out, "file_type", card.type);
	put_str(out, "file_name", card.name);
	put(out, "card", box, sizeof box);
	put(out, "hello", tail, sizeof tail);
	make_body(out, &file, &card.key);
}

void book_make(struct buf *out)
{
	struct secret pepper, secret, shred;
	struct vault_owner owner;
	random_bytes(pepper.b, sizeof pepper.b);
	random_bytes(shred.b, sizeof shred.b);
	put(out, "pepper", pepper.b, sizeof pepper.b);
	make_person(out, &pepper, &owner, &secret);
	struct vault_place at = place_of(vault_id_make());
	make_reporter(out, &pepper, at.of);
	struct vault_holder me = { VAULT_HANDLER, owner.account, owner.key };
	struct vault_raw raw;
	struct vault_key key;
	uint8_t wrap[PAIR_WRAP];
	vault_raw_make(&raw);
	must(vault_wrap(&at, &me, &raw, wrap) == 0 && vault_key_of(&at, &raw, &shred, &key) == 0);
	put(out, "case", at.of.b, VAULT_ID);
	put(out, "shred", shred.b, sizeof shred.b);
	put(out, "raw", raw.key.b, sizeof raw.key.b);
	put(out, "wrap", wrap, sizeof wrap);
	put(out, "effective", key.key.b, sizeof key.key.b);
	make_text(out, &key);
	make_file(out, &key);
}

/* What is read: each line found by its name. */
struct book {
	struct str lines;
	int faults;
	uint8_t room[1 << 18];
	size_t used;
};

static int hex(char c)
{
	return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static void fault(struct book *b, const char *name)
{
	fprintf(stderr, "# %s is not what it should be\n", name);
	b->faults++;
}

static bool find(struct book *b, const char *name, struct str *ret)
{
	struct str lines = b->lines, line, word;
	while (str_cut(&lines, '\n', &line))
		if (str_cut(&line, ' ', &word) && str_is(word, name)) {
			*ret = line;
			return true;
		}
	return false;
}

/* The bytes of a line; zeros, and a fault, when there are not ${n} of them (0: any number). */
static struct str get(struct book *b, const char *name, size_t n)
{
	struct str digits = { 0 };
	bool ok = find(b, name, &digits) && digits.n % 2 == 0 && (!n || digits.n == 2 * n);
	size_t size = ok ? digits.n / 2 : n;
	must(size <= sizeof b->room - b->used);
	uint8_t *p = b->room + b->used;
	b->used += size;
	memset(p, 0, size);
	for (size_t i = 0; ok && i < size; i++) {
		int high = hex(digits.p[2 * i]), low = hex(digits.p[2 * i + 1]);
		ok = high >= 0 && low >= 0;
		p[i] = (uint8_t)(ok ? high << 4 | low : 0);
	}
	if (!ok)
		fault(b, name);
	return (struct str){ (const char *)p, size };
}

static const uint8_t *bytes(struct book *b, const char *name, size_t n)
{
	return (const uint8_t *)get(b, name, n).p;
}

static struct secret get_secret(struct book *b, const char *name)
{
	struct secret s;
	memcpy(s.b, get(b, name, sizeof s.b).p, sizeof s.b);
	return s;
}

static struct vault_id get_id(struct book *b, const char *name)
{
	struct vault_id id;
	memcpy(id.b, get(b, name, sizeof id.b).p, sizeof id.b);
	return id;
}

static void same(struct book *b, const char *name, int result, const void *got, size_t n)
{
	struct str want = get(b, name, 0);
	if (result < 0 || want.n != n || memcmp(want.p, got, n) != 0)
		fault(b, name);
}

static void check_slot(struct book *b, enum vault_slot kind, const struct secret *key,
	const struct vault_owner *owner, const char *slot, const char *secret)
{
	struct secret got = { 0 };
	int result = vault_slot_open(kind, key, owner, bytes(b, slot, SEALED_SECRET), &got);
	same(b, secret, result, got.b, sizeof got.b);
}

static void check_escrow(struct book *b, const struct vault_owner *owner)
{
	struct secret officer_secret[VAULT_OFFICERS], got = { 0 };
	struct public_key officer[VAULT_OFFICERS];
	memcpy(officer_secret, bytes(b, "officers_secret", sizeof officer_secret),
		sizeof officer_secret);
	memcpy(officer, bytes(b, "officers", sizeof officer), sizeof officer);
	const uint8_t *escrow = bytes(b, "escrow", VAULT_ESCROW);
	for (size_t i = 0; i < VAULT_OFFICERS; i++) {
		uint8_t half[PAIR_WRAP] = { 0 };
		int result = vault_escrow_first(
			&officer[i], &officer_secret[i], escrow + i * VAULT_SHARE, half);
		if (result == 0)
			result = vault_escrow_second(owner, officer, i,
				&officer_secret[(i + 1) % VAULT_OFFICERS], half, &got);
		same(b, "secret", result, got.b, sizeof got.b);
	}
}

static void check_person(struct book *b, struct vault_holder *ret)
{
	struct secret pepper = get_secret(b, "pepper"), key = { 0 };
	struct vault_owner owner = { .account = get_id(b, "account") };
	memcpy(owner.key.b, bytes(b, "public", sizeof owner.key.b), sizeof owner.key.b);
	uint8_t verifier[HASH_BYTES] = { 0 };
	int result = vault_password_key(
		&pepper, get(b, "password", 0), bytes(b, "salt", PASSWORD_SALT), &key, verifier);
	same(b, "verifier", result, verifier, sizeof verifier);
	check_slot(b, VAULT_BY_PASSWORD, &key, &owner, "slot_password", "secret");
	struct code code = { 0 };
	if (code_parse(get(b, "recovery", CODE_CHARS), &code) < 0)
		fault(b, "recovery");
	vault_recovery_key(&pepper, &owner.account, &code, &key);
	check_slot(b, VAULT_BY_RECOVERY, &key, &owner, "slot_recovery", "secret");
	check_escrow(b, &owner);
	*ret = (struct vault_holder){ VAULT_HANDLER, owner.account, owner.key };
}

static void check_reporter(struct book *b)
{
	struct secret pepper = get_secret(b, "pepper"), key = { 0 };
	struct vault_owner reporter = { .account = get_id(b, "case") };
	memcpy(reporter.key.b, bytes(b, "reporter_public", sizeof reporter.key.b),
		sizeof reporter.key.b);
	struct code code = { 0 };
	if (code_parse(get(b, "receipt", CODE_CHARS), &code) < 0)
		fault(b, "receipt");
	uint8_t lookup[VAULT_LOOKUP];
	vault_receipt_key(&pepper, &code, lookup, &key);
	same(b, "lookup", 0, lookup, sizeof lookup);
	check_slot(b, VAULT_BY_RECEIPT, &key, &reporter, "slot_receipt", "reporter_secret");
	const struct secret secret = get_secret(b, "reporter_secret");
	uint8_t mark[HASH_BYTES];
	vault_mark(&secret, &reporter.account, STR("consent"), STR(MARKED), mark);
	same(b, "mark", 0, mark, sizeof mark);
}

static void check_body(struct book *b, const struct vault_id *file, const struct vault_card *card)
{
	static uint8_t plain[STREAM_PIECE];
	struct str all, piece, part, id = { (const char *)file->b, VAULT_ID };
	struct stream s;
	if (!find(b, "body", &all)) /* the kept vectors go without: it is long */
		return;
	all = get(b, "body", STREAM_HEAD + BODY + 2 * STREAM_EXTRA);
	int result = stream_open_start(&card->key, (const uint8_t *)all.p, &s);
	uint64_t at = 0;
	all = str_from(all, STREAM_HEAD);
	while (result == 0 && !s.is_over) {
		piece = (struct str){ all.p, all.n < STREAM_SEALED ? all.n : STREAM_SEALED };
		result = stream_open(&s, id, piece, plain);
		if (result < 0)
			break;
		result = vault_card_part(
			card, at, (struct str){ (char *)plain, piece.n - STREAM_EXTRA }, &part);
		for (size_t i = 0; result == 0 && i < part.n; i++)
			if ((uint8_t)part.p[i] != file_byte(at + i))
				result = ERR_INPUT;
		at += piece.n - STREAM_EXTRA;
		all = str_from(all, piece.n);
	}
	if (result < 0 || at != BODY || all.n)
		fault(b, "body");
}

static void check_file(struct book *b, const struct vault_key *key)
{
	static uint8_t room[SEALED_ROOM_MAX];
	struct vault_card card = { 0 };
	struct vault_id file = get_id(b, "file");
	int result = vault_card_open(key, &file, get(b, "card", SEALED_EXTRA + 512), room, &card);
	same(b, "file_key", result, card.key.b, sizeof card.key.b);
	same(b, "file_type", result, card.type.p, card.type.n);
	same(b, "file_name", result, card.name.p, card.name.n);
	struct str tail = get(b, "hello", STREAM_HEAD + 5 + STREAM_EXTRA);
	struct stream s;
	uint8_t hello[5];
	if (card.size != SIZE || stream_open_start(&card.key, (const uint8_t *)tail.p, &s) < 0 ||
		stream_open(&s, (struct str){ (const char *)file.b, VAULT_ID },
			str_from(tail, STREAM_HEAD), hello) < 0 ||
		!s.is_over || memcmp(hello, "hello", 5) != 0)
		fault(b, "hello");
	check_body(b, &file, &card);
}

int book_check(struct str lines)
{
	static struct book b;
	static uint8_t room[SEALED_ROOM_MAX];
	b = (struct book){ .lines = lines };
	struct vault_holder me;
	check_person(&b, &me);
	check_reporter(&b);
	struct vault_place at = place_of(get_id(&b, "case"));
	struct secret secret = get_secret(&b, "secret"), shred = get_secret(&b, "shred");
	struct vault_raw raw = { 0 };
	struct vault_key key = { 0 };
	int result = vault_unwrap(&at, &me, &secret, bytes(&b, "wrap", PAIR_WRAP), &raw);
	same(&b, "raw", result, raw.key.b, sizeof raw.key.b);
	result = vault_key_of(&at, &raw, &shred, &key);
	same(&b, "effective", result, key.key.b, sizeof key.key.b);
	struct vault_object object = { get_id(&b, "object"), get(&b, "field", 7) };
	struct str text = { 0 };
	result = vault_unseal(&key, &object, get(&b, "box", 0), room, &text);
	same(&b, "text", result, text.p, text.n);
	check_file(&b, &key);
	return b.faults;
}
