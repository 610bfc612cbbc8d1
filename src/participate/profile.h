/* I know what people say of themselves in one space, if they like: a name to show, country,
 * groups. Nothing of it is needed to take part. */
#pragma once
#include "i18n/country.h"
#include "participate/seat.h"

enum { ALIAS_MAX = 60, CROWDS_MAX = 40 };

struct profile_crowd {
	int64_t id;
	struct str name;
	bool is_mine;
};

struct profile {
	const struct form_result *form;
	struct str alias, country;
	const struct country *all;
	size_t n_all;
	struct profile_crowd crowd[CROWDS_MAX];
	size_t n_crowd;
};

/* What a form with profile_fields sends; the groups are the repeated field "crowd". */
struct profile_in {
	struct str alias, country;
};
#define PROFILE_FIELDS(type, member) \
	{ "alias", FIELD_LINE, .max = ALIAS_MAX, .at = offsetof(type, member.alias) }, \
	{ \
		"country", FIELD_LINE, .max = 2, .at = offsetof(type, member.country) \
	}

/* profile_load(v, s, seat, ret): What ${seat} has said, or, when a form was sent, what was
 * typed. */
int profile_load(struct visit *v, const struct space *s, const struct seat *seat,
	struct profile *ret) must_use;

/* profile_check(v, s, in): ERR_INPUT for a country or a group that was not offered. */
int profile_check(struct visit *v, const struct space *s, const struct profile_in *in) must_use;

/* profile_save(v, s, seat, in): In a POST's act; checks again. */
int profile_save(struct visit *v, const struct space *s, const struct seat *seat,
	const struct profile_in *in) must_use;
