/*
 * I give what everybody may read of the registers to programs, as JSON: the list with the filters
 * of its page, one record, how many there are of what, and what the definitions ask. Whoever asks
 * is nobody here: an account sees no more than a stranger does.
 *
 * What is wrong about a question is answered with { "error": { "status", "code", "message",
 * "parameter" } }, never passed by as on a page, where a person sees what is shown.
 */
#pragma once
#include "base/json.h"
#include "record/take.h"

#define API_PATH "/api/v1"

/* api_begin(v): From here on the visit is nobody's, and its answer everybody's. */
void api_begin(struct visit *v);
/* api_send(v, j, has_failed): ${j}, which is taken, is the answer. ERR_LIMIT, ERR_NOMEM. */
int api_send(struct visit *v, json_t *j, bool has_failed) must_use;

struct api_fault {
	int status, msg;
	const char *code;     /* "no_such_value" */
	struct str parameter; /* that it is about; absent: none */
	int64_t number;       /* under which the log has it; 0: it has not */
};
/* api_refuse(v, fault): It is the answer. */
int api_refuse(struct visit *v, const struct api_fault *fault) must_use;

/* api_url(v, fmt, …): Where something of this interface is, as a whole address; NULL without
 * memory. */
json_t *api_url(const struct visit *v, const char *fmt, ...) printf_like(2, 3);

/* api_is_register(f): Everybody may read some of its records, and take copies. */
bool api_is_register(const struct shelf_form *f);
/* api_tables(v, f, ret): What everybody may take of it, for its columns. */
int api_tables(struct visit *v, const struct shelf_form *f, struct take *ret) must_use;

/* api_registers(v, paths, schemas, has_failed): What the OpenAPI document says of all registers. */
int api_registers(struct visit *v, json_t *paths, json_t *schemas, bool *has_failed) must_use;
/* api_answer(title, schema, with_fault): The "responses" of one address: 200 with ${schema}, which
 * is taken, and those that every address has. */
json_t *api_answer(const char *title, json_t *schema, bool *has_failed);
/* api_ref(name), api_type(type): { "$ref": … }, { "type": … }. */
json_t *api_ref(const char *fmt, ...) printf_like(1, 2);
json_t *api_type(const char *type);
/* api_object(list, has_failed): A schema of an object with members ${list}, "name" schema pairs
 * that end with NULL; all are there. */
struct api_member {
	const char *name;
	json_t *schema;
};
json_t *api_object(const struct api_member *member, size_t n, bool *has_failed);
