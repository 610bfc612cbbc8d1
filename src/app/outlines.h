/* I know where the map's outlines come from: the operator's file, or the built-in one. */
#pragma once
#include "render/map.h"

/* outlines_open(file, ret): Read ${file}, or the built-in outlines when it is "". ERR_IO,
 * ERR_INPUT with the line at fault, ERR_NOMEM. */
int outlines_open(const char *file, struct map **ret) must_use;
