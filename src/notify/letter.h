/*
 * I know how a letter is written down for a mail server: RFC 5322, plain text in UTF-8, lines
 * that end with CR LF, and nothing in a heading that could begin another one.
 */
#pragma once
#include "base/buf.h"
#include "i18n/i18n.h"

enum { LETTER_MAX = 256 << 10, LETTER_ID_CHARS = 22 };

struct letter {
	int64_t reader; /* whose it is, and gone with; 0: nobody's */
	const struct lang *lang;
	struct str to;   /* checked by address_ok, like ${from} */
	struct str from; /* the address that letters come from */
	struct str site; /* the name beside it */
	struct str subject;
	struct str body;  /* lines end with LF */
	struct str id;    /* letters and digits, another one for each letter */
	struct str leave; /* where one request ends all letters (RFC 8058); absent: nowhere */
	int64_t at;
};

/* letter_put(out, l): The whole letter, ready to be sent. ${out} says whether it found room. */
void letter_put(struct buf *out, const struct letter *l);

/* letter_id(ret): A new ${id}, drawn; it stands in ${ret}. */
struct str letter_id(char ret[LETTER_ID_CHARS + 1]);
