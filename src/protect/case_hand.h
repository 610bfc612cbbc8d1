/* I know what is done with all cases of somebody at once: they go to another, or their locks are
 * changed. */
#pragma once
#include "protect/case_people.h"
