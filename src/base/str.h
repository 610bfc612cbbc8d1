/*
 * I know bytes that somebody else owns: a view, never an owner, never
 * NUL-terminated by contract. char * stays at the system's edge.
 */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct str {
	const char *p;
	size_t n;
};

/* A value that may be absent (NULL in a database, an empty field in a form). */
struct opt_i64 {
	int64_t v;
	bool has;
};

#define STR(literal) ((struct str){ "" literal, sizeof(literal) - 1 })
/* For printf("%.*s", STR_ARG(s)). Lengths above INT_MAX do not occur: see buf.h. */
#define STR_ARG(s) (int)(s).n, (s).p

struct str str_c(const char *z); /* z may be NULL: an absent str */
bool str_eq(struct str a, struct str b);
bool str_is(struct str s, const char *z);
bool str_starts(struct str s, const char *with);
bool str_ends(struct str s, const char *with);

/* str_has(s, part): ${part} stands somewhere in ${s}, byte by byte; the empty one always. */
bool str_has(struct str s, struct str part);

/* str_eq_ascii(a, b): Equal, with A–Z and a–z taken as the same. */
bool str_eq_ascii(struct str a, struct str b);

/* str_cmp(a, b): Order by bytes: negative, 0, positive. */
int str_cmp(struct str a, struct str b);

/* str_trim(s): Without the ASCII white space at both ends. */
struct str str_trim(struct str s);

/* str_from(s, at): What follows byte ${at}; empty past the end. */
struct str str_from(struct str s, size_t at);

/* str_cut(s, sep, ret_head): Take what stands before the first ${sep} into
 * ${ret_head} and return true, leaving the rest in ${s}; without a ${sep} take all
 * and leave ${s} absent; false once ${s} is absent. So a loop over
 * "a,b," sees "a", "b" and "". */
bool str_cut(struct str *s, char sep, struct str *ret_head);

/* str_find(s, c): Index of the first ${c}, or s.n. */
size_t str_find(struct str s, char c);

/* str_i64(s, ret): ${s} as a decimal whole number with an optional '-', nothing
 * else around it. False (ret untouched) if it is not one or does not fit. */
bool str_i64(struct str s, int64_t *ret);
