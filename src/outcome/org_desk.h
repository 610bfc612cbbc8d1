/* I am where organisations are named: in each language, with the office in there that answers, and
 * the accounts that may answer for it. They are those of the whole house. */
#pragma once
#include "account/fault.h"
#include "account/route.h"
#include "i18n/country.h"
#include "participate/desk.h"

enum { ORG_DESK_MAX = 500, ORG_NAME_MAX = 200, ORG_PEOPLE_MAX = 50 };

struct org_desk_org {
	int64_t id, asks, people;
	struct str slug, name;
};
struct org_desk_person {
	int64_t id;
	struct str name;
};

struct org_desk_view {
	struct frame frame;
	const struct form_result *form;
	struct space s;
	int64_t now;
	bool is_saved;
	const struct org_desk_org *all;
	size_t n_all;
	const struct country *country;
	size_t n_country;
	/* One of them, and what was typed: */
	int64_t id, langs;
	struct str slug, own_lang, name, focal, in_country;
	struct str seen, theirs, theirs_focal; /* as they stand */
	bool is_late;                          /* somebody else changed them meanwhile */
	const struct lang *lang;
	const struct org_desk_person *person;
	size_t n_person;
	bool may_people; /* giving roles is for organisers */
};

extern const struct route org_desk_routes[];
extern const struct fault_label org_desk_labels[];
