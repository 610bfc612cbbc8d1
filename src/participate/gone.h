/*
 * I am what stands in the place of a consultation that was deleted: its name, what was there, and
 * the way to what stays; never a word of what people said.
 *
 * Whoever asks for a page of such a space is answered ERR_MISSING; v->gone then tells app/ to show
 * this instead of "not found", with status 410.
 */
#pragma once
#include "participate/item.h"

/* An ask that rests on what was deleted. */
struct gone_use {
	struct str address, title, lang;
};

/* A document that stays. */
struct gone_document {
	int64_t number;
	struct str title, lang;
};

struct gone {
	struct space s;
	int64_t at;      /* when it was deleted */
	bool is_by_hand; /* an administrator did it; else its time was over */
	int64_t people, countries, contributions, replies, statements, votes; /* that were there */
	int64_t asks, answers;                                                /* that stay */
	const struct gone_document *document;
	size_t n_document;
	struct str item; /* "C-12": that was asked for; empty: the space */
	enum item_kind kind;
	const struct gone_use *use;
	size_t n_use;
};

/* gone_space(v, s): The visit asked for something of ${s}, which was deleted: remember it for the
 * answer. Always negative: ERR_MISSING, or why that could not be found out. */
int gone_space(struct visit *v, const struct space *s) must_use;

/* gone_thing(v, item): 0, or negative as above when the space of that contribution, reply or
 * statement was deleted and this visitor may know of it. */
int gone_thing(struct visit *v, int64_t item) must_use;

/* gone_show(v): The page about v->gone. */
int gone_show(struct visit *v) must_use;
