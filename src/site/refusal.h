/* I say that something did not work: what happened to the person's words, what to do next. */
#pragma once
#include "account/visit.h"

/* site_refusal(v, status, number): Make the page for ${status} the answer. ${number}: under
 * which the log has a failure of ours; 0 for what is nobody's fault or the visitor's. */
int site_refusal(struct visit *v, int status, int64_t number) must_use;

/* site_refusal_title(status): The message that names it in one line. */
int site_refusal_title(int status);
