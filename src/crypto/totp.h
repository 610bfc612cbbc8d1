/*
 * I know the second step: six digits from an app (TOTP, RFC 6238, by liboath), the picture
 * that tells the app its secret, and the recovery codes on paper.
 */
#pragma once
#include "base/buf.h"
#include "crypto/crypto.h"

enum {
	TOTP_SECRET_BYTES = 20,
	TOTP_SECRET_CHARS = 32, /* in base32 */
	TOTP_STEP = 30,         /* seconds */
	RECOVERY_COUNT = 10,
	RECOVERY_CHARS = 10, /* 50 bits */
};

/* totp_check(secret, n, now, last, digits, ret_step): Are these the ${digits} (of any script,
 * spaces allowed) of this half minute or of a neighbour, and later than step ${last}, the one
 * used before? Fills the step to remember. */
bool totp_check(const void *secret, size_t n, int64_t now, int64_t last, struct str digits,
	int64_t *ret_step) must_use;
/* totp_base32(secret, ret): The secret in letters for typing (RFC 4648). */
void totp_base32(const uint8_t secret[TOTP_SECRET_BYTES], char ret[TOTP_SECRET_CHARS + 1]);
/* totp_uri(secret, site, name, out): "otpauth://totp/…" for the picture. */
void totp_uri(
	const uint8_t secret[TOTP_SECRET_BYTES], struct str site, struct str name, struct buf *out);
/* qr_path(text, out, ret_side): The QR code of ${text} as the d attribute of an SVG path; a
 * square of ${ret_side} units without a margin. ERR_LIMIT: more than fits. */
int qr_path(struct str text, struct buf *out, int *ret_side) must_use;

/* recovery_make(ret): "K7Q3M 9XW2P" without the space. recovery_parse: as forgiving as a
 * secret code. recovery_hash: what may be stored. */
struct recovery {
	char z[RECOVERY_CHARS + 1];
};
void recovery_make(struct recovery *ret);
int recovery_parse(struct str typed, struct recovery *ret) must_use;
void recovery_hash(const struct secret *key, int64_t account, const struct recovery *code,
	uint8_t ret[HASH_BYTES]);
