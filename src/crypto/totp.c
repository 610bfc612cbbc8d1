#include "crypto/totp.h"
#include "base/utf8.h"
#include "crypto/code.h"
#include <liboath/oath.h>
#include <qrencode.h>
#include <unicode/uchar.h>

enum { DIGITS = 6 };

static bool six_digits(struct str typed, char ret[DIGITS + 1])
{
	size_t have = 0;
	for (size_t at = 0; at < typed.n;) {
		int32_t c = utf8_next(typed, &at);
		int32_t digit = c < 0 ? -1 : u_charDigitValue(c);
		if (digit >= 0 && have < DIGITS)
			ret[have++] = (char)('0' + digit);
		else if (digit >= 0 || c < 0 ||
			!(u_isUWhiteSpace(c) || c == '-' || u_charType(c) == U_FORMAT_CHAR))
			return false;
	}
	ret[DIGITS] = 0;
	return have == DIGITS;
}

bool totp_check(const void *secret, size_t n, int64_t now, int64_t last, struct str digits,
	int64_t *ret_step)
{
	char typed[DIGITS + 1] = "", right[DIGITS + 1] = "";
	if (now < 0 || !six_digits(digits, typed))
		return false;
	int64_t found = -1;
	for (int64_t step = now / TOTP_STEP - 1; step <= now / TOTP_STEP + 1; step++) {
		if (step < 0 ||
			oath_hotp_generate(secret, n, (uint64_t)step, DIGITS, false,
				OATH_HOTP_DYNAMIC_TRUNCATION, right) != OATH_OK)
			continue;
		if (bytes_same(typed, right, DIGITS) && step > last && found < 0)
			found = step;
	}
	wipe(right, sizeof right);
	if (found < 0)
		return false;
	*ret_step = found;
	return true;
}

void totp_base32(const uint8_t secret[TOTP_SECRET_BYTES], char ret[TOTP_SECRET_CHARS + 1])
{
	static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
	uint32_t bits = 0, have = 0;
	size_t n = 0;
	for (size_t i = 0; i < TOTP_SECRET_BYTES; i++) {
		bits = (bits << 8 | secret[i]) & 0xffffu;
		for (have += 8; have >= 5; have -= 5)
			ret[n++] = letters[bits >> (have - 5) & 31];
	}
	ret[n] = 0;
}

static void percent(struct buf *out, struct str s)
{
	static const char plain[] =
		"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~";
	for (size_t i = 0; i < s.n; i++) {
		if (memchr(plain, s.p[i], sizeof plain - 1))
			buf_byte(out, s.p[i]);
		else
			buf_f(out, "%%%02X", (unsigned)(uint8_t)s.p[i]);
	}
}

void totp_uri(
	const uint8_t secret[TOTP_SECRET_BYTES], struct str site, struct str name, struct buf *out)
{
	char letters[TOTP_SECRET_CHARS + 1];
	totp_base32(secret, letters);
	buf_c(out, "otpauth://totp/");
	percent(out, site);
	buf_byte(out, ':');
	percent(out, name);
	buf_c(out, "?secret=");
	buf_c(out, letters);
	buf_c(out, "&issuer=");
	percent(out, site);
	wipe(letters, sizeof letters);
}

/* A run of dark squares in one row is one rectangle: half the bytes of a square each. */
static void row_path(const uint8_t *row, int side, int y, struct buf *out)
{
	for (int x = 0; x < side;) {
		int from = x;
		while (x < side && row[x] & 1)
			x++;
		if (x > from)
			buf_f(out, "M%d %dh%dv1h-%dz", from, y, x - from, x - from);
		else
			x++;
	}
}

int qr_path(struct str text, struct buf *out, int *ret_side)
{
	if (text.n > 1024)
		return err_note(ERR_LIMIT, "too much for a QR code");
	QRcode *qr = QRcode_encodeData((int)text.n, (const unsigned char *)text.p, 0, QR_ECLEVEL_M);
	if (!qr)
		return err_note(ERR_NOMEM, "no QR code");
	for (int y = 0; y < qr->width; y++)
		row_path(qr->data + y * qr->width, qr->width, y, out);
	*ret_side = qr->width;
	wipe(qr->data, (size_t)qr->width * (size_t)qr->width);
	QRcode_free(qr);
	return out->failed;
}

void recovery_make(struct recovery *ret)
{
	base32_make(ret->z, RECOVERY_CHARS);
}

int recovery_parse(struct str typed, struct recovery *ret)
{
	return base32_parse(typed, ret->z, RECOVERY_CHARS);
}

void recovery_hash(const struct secret *key, int64_t account, const struct recovery *code,
	uint8_t ret[HASH_BYTES])
{
	uint8_t data[sizeof account + RECOVERY_CHARS];
	memcpy(data, &account, sizeof account);
	memcpy(data + sizeof account, code->z, RECOVERY_CHARS);
	hash_key(key, "recovery", (struct str){ (const char *)data, sizeof data }, ret);
	wipe(data, sizeof data);
}
