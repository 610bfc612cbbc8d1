#include "render/file_kind.h"
#include "base/utf8.h"
#include "po/messages.h"
#include <string.h>

enum { PDF_HEAD = 1024 }; /* where readers look for a PDF's beginning */

struct sign {
	size_t at, n;
	const char *bytes, *type;
	enum file_fault fault;
};
#define SIGN(at, bytes) at, sizeof(bytes) - 1, bytes
static const struct sign signs[] = {
	/* What runs, or shows a page of its own, when it is opened. */
	{ SIGN(0, "MZ"), "", FILE_PROGRAM },
	{ SIGN(0, "\177ELF"), "", FILE_PROGRAM },
	{ SIGN(0, "#!"), "", FILE_PROGRAM },
	{ SIGN(0, "\xcf\xfa\xed\xfe"), "", FILE_PROGRAM },
	{ SIGN(0, "\xce\xfa\xed\xfe"), "", FILE_PROGRAM },
	{ SIGN(0, "\xca\xfe\xba\xbe"), "", FILE_PROGRAM },
	{ SIGN(0, "L\0\0\0\1\x14\2\0"), "", FILE_PROGRAM },
	/* Pictures that are not made anew here. */
	{ SIGN(0, "GIF8"), "", FILE_UNCLEAN },
	{ SIGN(0, "II*\0"), "", FILE_UNCLEAN },
	{ SIGN(0, "MM\0*"), "", FILE_UNCLEAN },
	{ SIGN(0, "8BPS"), "", FILE_UNCLEAN },
	{ SIGN(4, "ftyphei"), "", FILE_UNCLEAN },
	{ SIGN(4, "ftyphev"), "", FILE_UNCLEAN },
	{ SIGN(4, "ftypmif"), "", FILE_UNCLEAN },
	{ SIGN(4, "ftypmsf"), "", FILE_UNCLEAN },
	{ SIGN(4, "ftypavi"), "", FILE_UNCLEAN },
	/* The rest, as it is. */
	{ SIGN(0, "%PDF-"), "application/pdf", FILE_FINE },
	{ SIGN(0, "PK\3\4"), "application/zip", FILE_FINE },
	{ SIGN(0, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), "application/x-ole-storage", FILE_FINE },
	{ SIGN(4, "ftyp"), "video/mp4", FILE_FINE },
	{ SIGN(0, "\x1a\x45\xdf\xa3"), "video/webm", FILE_FINE },
	{ SIGN(0, "OggS"), "audio/ogg", FILE_FINE },
	{ SIGN(0, "ID3"), "audio/mpeg", FILE_FINE },
	{ SIGN(0, "\xff\xfb"), "audio/mpeg", FILE_FINE },
	{ SIGN(8, "WAVE"), "audio/wav", FILE_FINE },
	{ SIGN(0, "baraza sealed 1\n"), "application/x-baraza-sealed", FILE_FINE },
	{ SIGN(0, "age-encryption.org/"), "application/age", FILE_FINE },
	{ SIGN(0, "-----BEGIN PGP MESSAGE"), "application/pgp-encrypted", FILE_FINE },
};

int file_fault_message(enum file_fault fault)
{
	switch (fault) {
	case FILE_EMPTY: return MSG_protect_file_empty;
	case FILE_LARGE: return MSG_protect_file_large;
	case FILE_PROGRAM: return MSG_protect_file_program;
	case FILE_TWO_KINDS: return MSG_protect_file_two_kinds;
	case FILE_UNCLEAN: return MSG_protect_file_unclean;
	case FILE_BROKEN: return MSG_protect_file_broken;
	case FILE_HUGE: return MSG_protect_file_huge;
	case FILE_FAILED:
	case FILE_FINE: break;
	}
	return MSG_protect_file_failed;
}

static bool has(struct str s, const struct sign *sign)
{
	return s.n >= sign->at + sign->n && !memcmp(s.p + sign->at, sign->bytes, sign->n);
}

static bool has_word(struct str s, struct str word)
{
	for (size_t i = 0; i + word.n <= s.n; i++)
		if (str_eq_ascii((struct str){ s.p + i, word.n }, word))
			return true;
	return false;
}

static struct file_kind by_sign(struct str head)
{
	for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
		if (has(head, &signs[i]))
			return (struct file_kind){ .type = signs[i].type,
				.fault = signs[i].fault,
				.is_zip = str_is(str_c(signs[i].type), "application/zip") };
	struct str text = utf8_head(head, head.n);
	bool is_page = has_word(head, STR("<html")) || has_word(head, STR("<svg")) ||
		has_word(head, STR("<script")) || has_word(head, STR("<!doctype"));
	if (is_page)
		return (struct file_kind){ .type = "", .fault = FILE_PROGRAM };
	bool is_text = head.n - text.n < 4 && utf8_ok(text) && !memchr(head.p, 0, head.n);
	return (struct file_kind){ .type = is_text ? "text/plain" : "application/octet-stream" };
}

struct file_kind file_kind(struct str head)
{
	struct str look = { head.p, head.n < PDF_HEAD ? head.n : PDF_HEAD };
	enum picture_kind picture = picture_kind(look);
	struct file_kind k = picture
		? (struct file_kind){ .type = picture_type(picture), .picture = picture }
		: by_sign(look);
	bool is_pdf = str_starts(look, "%PDF-");
	if (!k.fault && !is_pdf && has_word(look, STR("%PDF-")))
		k.fault = FILE_TWO_KINDS;
	return k;
}

size_t file_zip_end(struct str piece)
{
	/* By its rarest byte: every byte of a file goes through here. */
	size_t n = piece.n;
	for (const char *at; n >= 4 && (at = memrchr(piece.p, '\6', n)); n = (size_t)(at - piece.p))
		if (at - piece.p >= 3 && !memcmp(at - 3, "PK\5\6", 4))
			return (size_t)(at - piece.p) - 3;
	return piece.n;
}
