/*
 * I let people entrust their key to three officers of whom any two can open it, let an
 * administrator name the officers, and let officers ask, wait and open.
 *
 * Nobody's key is there unless they put it there. Who asks waits two days; the holder sees who
 * asked, and can refuse. What two officers get is a new recovery code for the holder, never the
 * key. All of it stands in the log.
 */
#pragma once
#include "account/fault.h"
#include "account/key.h"
#include "render/frame.h"

enum { ESCROW_WAIT = 48 * 3600 };

/* What an account entrusted. */
struct escrow {
	int64_t account;
	struct public_key key;
	int64_t officer[VAULT_OFFICERS];
	uint8_t keys[VAULT_OFFICERS_KEYS], slot[VAULT_ESCROW];
	int64_t on_day;
	bool is_whole; /* it is the key that the account has now */
};
/* escrow_find(v, account, ret): 1, or 0: nothing. Reads v->db. */
int escrow_find(struct visit *v, int64_t account, struct escrow *ret) must_use;
/* escrow_end(v, account): What was asked and begun is gone; in a POST's act. */
int escrow_end(struct visit *v, int64_t account) must_use;

/* escrow_is_asked(v): 1: somebody asked to open the key of whoever visits. Reads v->db. */
int escrow_is_asked(struct visit *v) must_use;

struct officer {
	int64_t account;
	struct str name;
	bool is_ready;
};
struct escrow_row {
	int64_t account;
	struct str name, asked_by;
	int64_t asked_at; /* 0: nobody asks */
	bool is_whole, is_due, has_mine, has_other;
};
struct escrow_view {
	struct frame frame;
	const struct form_result *form;
	struct officer officer[VAULT_OFFICERS];
	size_t n_officer;
	bool is_saved, has_key, is_mine_ready;

	bool is_on, is_whole; /* of whoever visits */
	int64_t on_day, asked_at;
	struct str asked_by;

	struct escrow_row *row; /* for an officer */
	size_t n_row;
	struct str code, code_name; /* shown once */
};
extern const struct fault_label escrow_labels[];
/* escrow_officers(v, p): Who they are. Reads v->db. */
int escrow_officers(struct visit *v, struct escrow_view *p) must_use;
