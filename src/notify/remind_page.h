/* I let those who answer for an organisation, or run consultations, ask to be reminded by mail, and
 * whoever has an account to be told of the steps of records; and stop it. */
#pragma once
#include "account/fault.h"
#include "notify/reader.h"
#include "notify/routes.h"

/* What is asked for: an account's reminders, or letters of steps that records take. */
struct remind_what {
	enum follow_kind kind;
	enum rhythm rhythm;
	int title, what, stop; /* messages; ${what}: as the letter that asks says it */
	struct str path;       /* below /account/ */
};
struct remind_view {
	const struct remind_what *what;
	struct frame frame;
	const struct form_result *form;
	bool answers, runs, handles;  /* for an organisation; a consultation; reports */
	bool can, is_saved, is_asked; /* mail is sent; changed; a letter went out to ask */
	size_t n_on;                  /* addresses that said yes */
	size_t n_all;                 /* … or may yet */
	struct str from;
};

extern const struct fault_label remind_labels[];
