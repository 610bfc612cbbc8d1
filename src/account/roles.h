/* I know how roles are shown and chosen. */
#pragma once
#include "account/visit.h"

enum { ROLE_COUNT = 6 };
struct role_row {
	int bit;
	const char *value; /* in forms */
	int msg;
};
extern const struct role_row role_rows[ROLE_COUNT];
/* role_values: The same for a FIELD_SET; bit i of it is role_rows[i], which is 1 << i. */
extern const char *const role_values[ROLE_COUNT + 1];
