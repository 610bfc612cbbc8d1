/* I know what a bundle of a space holds of what came of it: asks, their evidence and answers,
 * whom they were put to, and documents with all that was said about their clauses. */
#pragma once
#include "participate/bundle.h"

extern const struct bundle_part outcome_bundle;
