/* I am the first page: what this house is for, and what is open in it. */
#pragma once
#include "participate/list.h"
#include "site/routes.h"

struct home_view {
	struct frame frame;
	struct list_view list;
	int64_t open; /* consultations in which people can act now */
};
