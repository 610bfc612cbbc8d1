/* I show handlers the list of their cases, a page at a time: what is late first, then what is most
 * dangerous, then what is due next. Only what a page shows is opened. */
#pragma once
#include "protect/case_desk.h"
