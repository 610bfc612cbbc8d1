/*
 * I ask a question and check the answer.
 *
 * A form is a table of fields. form_read fills a typed struct by offset and keeps, for each
 * field, what was typed and what is wrong with it, so that the page can show both again. A
 * person's mistake is not an error: form_read returns how many there were.
 */
#pragma once
#include "crypto/code.h"
#include "http/http.h"

enum field_kind {
	FIELD_LINE = 1, /* struct str: one line, trimmed, NFC; max in characters */
	FIELD_TEXT,     /* struct str: many lines, CRLF becomes LF, NFC; max in characters */
	FIELD_INT,      /* struct opt_i64: digits of any script; min..max, both 0: any */
	FIELD_DATE,     /* struct opt_i64: "2026-06-09" → 00:00 UTC; min..max, both 0: any */
	FIELD_BOOL,     /* bool: present and not empty */
	FIELD_CHOICE,   /* struct opt_i64: index into ${choices}; anything else is a forgery */
	FIELD_SET,      /* int64_t: bit mask over ${choices} (at most 63), from repeated fields */
	FIELD_CODE,     /* struct str: a secret code in canonical form (crypto/code) */
	FIELD_SECRET,   /* struct str: password; never shown again, never trimmed */
};

struct field {
	const char *name;
	enum field_kind kind;
	bool is_required;
	int64_t min, max;           /* characters, or values */
	const char *const *choices; /* NULL-terminated values */
	size_t at;                  /* offsetof in the input struct */
};

enum {
	FORM_FIELDS_MAX = 48,
	FORM_LINE_MAX = 200,  /* characters, when ${max} is 0: lines and secrets */
	FORM_TEXT_MAX = 5000, /* the same for texts */
};

/* Static; one beside each handler. */
struct form {
	const char *name;
	size_t size;                         /* sizeof of the input struct */
	size_t body_max;                     /* bytes of the request body; 0: 64 KiB */
	bool has_files;                      /* they go into the house's sink; see protect/file.h */
	bool has_blobs;                      /* they go into records' folder; see record/blob.h */
	struct field field[FORM_FIELDS_MAX]; /* ends with name == NULL */
};

struct form_fault {
	const char *field;
	int msg;   /* enum msg: how to put it right */
	int64_t n; /* its {count} */
};

/* What was read: ${in} typed, ${typed} as sent (for showing again), ${fault} in order. */
struct form_result {
	const struct form *form;
	void *in;
	struct str typed[FORM_FIELDS_MAX];
	struct form_fault fault[FORM_FIELDS_MAX];
	size_t n_fault;
};

/* form_read(form, pairs, n, mem, ret): 0 and above: the number of faults. ERR_INPUT: bytes
 * that no browser sends (bad UTF-8, a choice that was not offered, a field twice);
 * ERR_NOMEM. Unknown fields are ignored. */
int form_read(const struct form *form, const struct http_pair *pairs, size_t n, struct arena *mem,
	struct form_result *ret) must_use;
/* form_fault_add(r, field, msg, n): A fault that only the module can see. */
void form_fault_add(struct form_result *r, const char *field, int msg, int64_t n);
/* form_fault_of(r, field): NULL when the field is fine. r may be NULL. */
const struct form_fault *form_fault_of(const struct form_result *r, const char *field);
/* form_typed(r, field): What was typed; absent when r is NULL or nothing was. */
struct str form_typed(const struct form_result *r, const char *field);
