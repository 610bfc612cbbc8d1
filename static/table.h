/* I know what tool/embed writes: the table behind static/assets.c. */
#pragma once
#include "static/assets.h"

extern const struct asset asset_table[];
extern const size_t asset_count;
