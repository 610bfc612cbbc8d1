/* I list the rooms' route tables, by name: no registration magic. */
#pragma once
#include "account/route.h"

/* routes_find(method, path, part): The row that ${path} fits, or NULL; :names in ${part}. */
const struct route *routes_find(
	enum http_method method, struct str path, struct str part[VISIT_PARTS]);

/* routes_print(): "baraza routes": one line a route on stdout. */
void routes_print(void);
