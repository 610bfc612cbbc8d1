/* I give a document away as files: every clause of every version in every language, and every
 * comment with what became of it. A clause has the same name in all of them, for ever. */
#pragma once
#include "account/route.h"

extern const struct route doc_data_routes[];
