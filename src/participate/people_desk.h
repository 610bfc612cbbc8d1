/* I let an organiser say who looks after a consultation, and who may come in. */
#pragma once
#include "account/roles.h"
#include "participate/desk.h"

enum {
	SPACE_ROLES = 5, /* the first so many of role_rows: all but the administrator's */
	MEMBER_LINKS_MAX = 50,
	MEMBER_LINK_LIFE = 30 * DAY,
	MEMBER_TOKEN_CHARS = 22,
};

struct people_desk_row {
	int64_t id;
	struct str name;
	int roles;
};

struct people_desk_view {
	struct frame frame;
	const struct form_result *form;
	char sent;    /* the form with the faults: 'p' one person's roles, 'a' add, 'i' invite, 'm'
			 members */
	int64_t whom; /* of 'p': the account */
	struct space s;
	struct people_desk_row *person;
	size_t n_person;
	struct str link;  /* of the door, for a space with one */
	struct str *once; /* links that are shown once */
	size_t n_once;
	int64_t members, open_links, now;
	bool is_saved;
};

/* people_is_bad(p, form, id): The roles chosen in that form (of that account) are at fault. */
bool people_is_bad(const struct people_desk_view *p, char form, int64_t id);

/* member_token(keys, seed, i, ret): The i-th link of those drawn together; only its hash
 * (member_key) is kept. */
void member_token(
	const struct keys *keys, struct str seed, int64_t i, char ret[MEMBER_TOKEN_CHARS + 1]);
void member_key(const struct keys *keys, struct str token, uint8_t ret[32]);

extern const struct route people_desk_routes[];
