/* I am the half of outcome/bundle_ask.h that holds documents. */
#pragma once
#include "participate/bundle.h"

extern const struct bundle_part bundle_docs;
