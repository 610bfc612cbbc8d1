/* I give the closing summary away as PDF: the rows of its page (ask_data.h), in the page's
 * language, to print or to hand on. */
#pragma once
#include "outcome/ask_data.h"
#include "render/press.h"

struct summary_pdf_view {
	struct frame frame;
	struct space s;
};

extern const struct route summary_pdf_routes[];
