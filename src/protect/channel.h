/*
 * I know the channels by which reports come in: who receives there, in which words, with which
 * promises; and that one opens only when two handlers and a custodian hold keys.
 */
#pragma once
#include "account/fault.h"
#include "account/visit.h"
#include "render/frame.h"
#include "vault/place.h"

/* Read what was done with a channel's cases, and what was paid in sum; they hold no key. Behind
 * enum vault_role. */
enum { CHANNEL_AUDITOR = VAULT_MECHANISM + 1, CHANNEL_FINANCE };

struct channel_row {
	int64_t id;
	struct str slug, name, about;
	bool is_open;
	int64_t first_days, news_days;
	bool is_chosen; /* in a list of them */
};
/* channel_start(db, house): Whether this house takes reports; before it opens. */
int channel_start(struct db *db, struct house *house) must_use;

/* channel_list_open(v, ret, ret_n): The open ones, in the reader's words if there are.
 * channel_find(v, slug, ret), channel_of(v, id, ret): 1, or 0: there is none. All read v->db. */
int channel_list_open(struct visit *v, struct channel_row **ret, size_t *ret_n) must_use;
int channel_find(struct visit *v, struct str slug, struct channel_row *ret) must_use;
int channel_of(struct visit *v, int64_t id, struct channel_row *ret) must_use;

struct channel_holder {
	int64_t account;
	enum vault_role role;
	struct str name;
	bool is_ready; /* holds a key, a code for it on paper, and a second step */
};
struct channel_view {
	struct frame frame;
	const struct form_result *form;
	struct channel_row one;
	struct channel_row *row;
	size_t n_row;
	struct channel_holder *holder;
	size_t n_holder;
	bool can_open, is_saved, is_refused;
	int64_t opens, closes, days, keep_days, ceiling; /* as office_in of channel.c */
	struct str money;
};
enum { CHANNEL_DAYS = 7 };
int channel_day_msg(int day);
extern const struct fault_label channel_labels[];
