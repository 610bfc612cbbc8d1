/*
 * I know what all answers to devices have in common (OpenRosa 1.0), and who a device is: nobody, or
 * the account whose secret stands in its address. Cookies say nothing here, so that no page of
 * somebody else's can send anything in a visitor's name.
 */
#pragma once
#include "openrosa/xform.h"
#include "record/blob.h"
#include "record/record.h"
#include "render/html.h"

enum {
	OPENROSA_KEY_BYTES = 32,
	OPENROSA_KEY_CHARS = 64,     /* in hexadecimal, in the address */
	OPENROSA_BODY_MAX = 1 << 20, /* without files */
	OPENROSA_FILES_MAX = BLOB_BODY_MAX + OPENROSA_BODY_MAX,
};

struct device {
	struct record_by by;
	bool has_key;
	struct str base; /* its address: "https://example.org/or/k/…" */
};

/* device_of(v, ret): Who asks, by the address of ${v} and v->db. 1; 0: there is no such secret, or
 * not any more. */
int device_of(struct visit *v, struct device *ret) must_use;
/* device_part(v, d, n): The ${n}th name in the route's path, behind the secret. */
struct str device_part(const struct visit *v, const struct device *d, int n);
/* device_may(d, f): 1: it may make records of ${f}; 0. */
int device_may(const struct device *d, const struct shelf_form *f) must_use;
/* openrosa_is_open(f): Records of it can be made, by some device. */
bool openrosa_is_open(const struct shelf_form *f);
/* device_key_hash(key, ret): What is kept of a secret. */
void device_key_hash(struct str key, char ret[2 * HASH_BYTES + 1]);

/* openrosa_is(path): An address for devices, without the prefix of a language. */
bool openrosa_is(struct str path);
/* openrosa_speaks(v): The request is of the version that we know; else the answer is made. */
bool openrosa_speaks(struct visit *v);
/* openrosa_xml(v): What was written to v->out is the answer. */
int openrosa_xml(struct visit *v, int status) must_use;
/* openrosa_say(v, status, msg, arg, n): A sentence is the answer. */
int openrosa_say(
	struct visit *v, int status, int msg, const struct msg_arg *arg, size_t n) must_use;
/* openrosa_empty(v): 204. */
int openrosa_empty(struct visit *v) must_use;
/* openrosa_refuse(v, status, msg): The same where nothing may fail; what is too large has a
 * sentence of its own. Also for what the server itself says no to. */
void openrosa_refuse(struct visit *v, int status, int msg);
