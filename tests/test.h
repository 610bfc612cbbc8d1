/* The unit test library, and what its header forgets to include. */
#pragma once
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/str.h"

#define assert_str(s, z) \
	do { \
		struct str got_ = (s); \
		if (!str_is(got_, (z))) \
			fail_msg("got \"%.*s\", want \"%s\"", STR_ARG(got_), (z)); \
	} while (0)
