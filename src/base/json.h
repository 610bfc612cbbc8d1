/*
 * I know how JSON is put together so that one look at the end tells of every failure: setting a
 * value that could not be made fails, and so does looking at the whole.
 */
#pragma once
#include "base/buf.h"
#include <jansson.h>
#include <stdbool.h>

/* json_start(): From now on what jansson gives back is wiped before; call before there are threads.
 * What it made may still be freed with free. */
void json_start(void);
/* json_put(to, has_failed, key, value), json_put_str(…, s), json_add(list, has_failed, value): One
 * more member or item; ${value} is taken. A failure sets ${has_failed}, success leaves it. */
void json_put(json_t *to, bool *has_failed, const char *key, json_t *value);
void json_put_str(json_t *to, bool *has_failed, const char *key, struct str s);
void json_add(json_t *list, bool *has_failed, json_t *value);
/* json_text(to, s): ${s}, well-formed UTF-8, as a JSON text in quotes, as jansson writes it. */
void json_text(struct buf *to, struct str s);
