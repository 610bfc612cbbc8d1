/*
 * I know how name=value&… is written, and read it as the bytes arrive.
 */
#pragma once
#include "http/http.h"

enum { FIELDS_MAX = 256, FIELD_NAME_MAX = 256 };

/* Fields that were read. Names and values lie one behind the other in ${text}, which never
 * moves: decoded text is never longer than what was sent, so the sender's length is room. */
struct fields {
	struct http_pair *pair;
	size_t n, max;
	char *text;
	size_t used, cap;
};

struct urlencoded {
	size_t start;    /* of the name or the value, in fields->text */
	struct str name; /* p == NULL: still reading it */
	int hex_left;    /* digits of a %XX still to come */
	unsigned char hex;
	bool is_begun; /* the pair has at least one byte */
};

/* fields_add(f, pair): ERR_LIMIT when there are too many. */
int fields_add(struct fields *f, struct http_pair pair) must_use;
/* fields_byte(f, c): ERR_LIMIT past the room. */
int fields_byte(struct fields *f, char c) must_use;
int fields_bytes(struct fields *f, struct str s) must_use;

/* urlencoded_feed(u, f, piece), urlencoded_end(u, f): Read on; ${u} is all zero at first.
 * ERR_INPUT: a bad %XX, not UTF-8. ERR_LIMIT: too many, a name too long. */
int urlencoded_feed(struct urlencoded *u, struct fields *f, struct str piece) must_use;
int urlencoded_end(struct urlencoded *u, struct fields *f) must_use;

/* hex_digit(c): 0–15, or -1. */
int hex_digit(char c);
