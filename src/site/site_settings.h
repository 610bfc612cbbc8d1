/* I show the administrator what is said about this house, and change it. */
#pragma once
#include "account/fault.h"
#include "site/routes.h"

struct site_settings_view {
	struct frame frame;
	const struct form_result *form;
	const struct settings *set;
	bool is_saved;
};

extern const struct fault_label site_settings_labels[];

/* site_settings_typed(p, field, set): What to show in a field: as typed, else as set. */
struct str site_settings_typed(
	const struct site_settings_view *p, const char *field, struct str set);
