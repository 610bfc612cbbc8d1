/*
 * I know what stands around the pages of whoever reports: the way out, nothing of the house, and
 * the same weight whatever the page says.
 */
#pragma once
#include "account/visit.h"
#include "render/frame.h"

/* quiet_frame(v, title): For quiet.html. quiet_page(v, status): As visit_page, filled up with
 * blanks to a multiple of 16 KiB, so that whoever counts bytes learns nothing. */
struct frame quiet_frame(struct visit *v, int title);
int quiet_page(struct visit *v, int status) must_use;
/* quiet_case_page(v, status): The same to 48 KiB, which a report and much talk about it fit into:
 * for the page of a case, and for the one that says that there is none. */
int quiet_case_page(struct visit *v, int status) must_use;
