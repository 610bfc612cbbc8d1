/* I let people follow by mail: what, how often, and a letter that asks the address for a yes; then
 * the page that each letter leads to. */
#pragma once
#include "account/fault.h"
#include "notify/reader.h"
#include "notify/routes.h"

enum { FOLLOW_THEMES_MAX = 60, RHYTHMS = 3 };

struct follow_theme {
	int64_t id;
	struct str title;
};
struct follow_view {
	struct frame frame;
	const struct form_result *form;
	bool can;   /* mail is sent */
	int rhythm; /* that is chosen, of 0 to RHYTHMS - 1 */
	struct follow_what what;
	struct str kind, key, title; /* ${kind} and ${key} as in the address */
	struct follow_theme *theme;
	size_t n_theme;
	struct str country; /* code and name of an organisation's country; absent: none */
	struct str country_name;
	struct str from;
};

struct mail_follow {
	int64_t id;
	enum follow_kind kind;
	struct str title;
	int rhythm;
	bool is_confirmed;
};
struct mail_view {
	struct frame frame;
	const struct form_result *form;
	bool is_saved, is_waiting;
	struct str token, address;
	int rhythm; /* as above */
	struct mail_follow *follow;
	size_t n_follow;
};

extern const struct fault_label follow_labels[];
/* follow_rhythms: Values in a form, enum rhythm less one; follow_rhythm_msg(i): the name of one. */
extern const char *const follow_rhythms[RHYTHMS + 1];
int follow_rhythm_msg(int i);
int follow_kind_msg(enum follow_kind kind);
/* follow_question(v, title, r): In a writer's transaction: the letter that asks ${r} for a yes. */
int follow_question(struct visit *v, struct str title, const struct reader *r) must_use;
