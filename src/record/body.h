/* I know how answers are written as JSON, and read again: an object by field; a repeat is an array
 * of objects, several choices an array of their names, a whole number a number, all else text. */
#pragma once
#include "record/answers.h"

enum { BODY_MAX = 512 << 10 };

/* body_write(a, ret): In a->mem. Fields in the order of the definition, without what is not
 * answered. ERR_LIMIT, ERR_NOMEM. */
int body_write(const struct answers *a, struct str *ret) must_use;
/* body_read(text, a): Into ${a}, which is empty. What the definition does not know is passed by.
 * ERR_INPUT: not such an object. ERR_NOMEM, ERR_LIMIT. */
int body_read(struct str text, struct answers *a) must_use;
