/* I am the first page: what this house is for, and what is open in it. */
#pragma once
#include "outcome/rate.h"
#include "participate/list.h"
#include "site/routes.h"

struct home_view {
	struct frame frame;
	struct list_view list;
	struct rate rate; /* of every ask that everyone may read */
	int64_t open;     /* consultations in which people can act now */
};
