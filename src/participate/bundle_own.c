/* The files of a bundle that hold what this room keeps. */
#include "crypto/crypto.h"
#include "participate/bundle.sql.h"
#include "participate/bundle_inner.h"
#include "participate/bundle_put.sql.h"
#include "participate/item.h"

enum { FLAG_REASON_MAX = 100, VERDICT_MAX = 6, RELATION_MAX = 7 };

/* What statements with few parameters take. */
struct put_seat_crowd_in {
	int64_t seat, crowd;
};
struct put_merged_in {
	int64_t item, merged_into;
};
struct put_useful_in {
	int64_t item, seat;
};

/* ---- people ---- */

/* The key is noise: who sat here before keeps a code for the other house only. */
static int seat_put(struct bundle_in *x, void *in)
{
	struct put_seat_in *seat = in;
	struct put_participant_row person;
	struct put_seat_row made;
	uint8_t noise[HASH_BYTES];
	random_bytes(noise, sizeof noise);
	int result = put_participant(
		x->db, x->mem, (struct str){ (const char *)noise, sizeof noise }, &person);
	if (result < 0)
		return result;
	seat->space = x->space.id;
	seat->participant = person.id;
	result = put_seat(x->db, x->mem, *seat, &made);
	if (result >= 0)
		bundle_map_put(&x->map[BUNDLE_PERSON], (uint64_t)seat->number, made.id);
	return result;
}

static int seat_crowd_put(struct bundle_in *x, void *in)
{
	const struct put_seat_crowd_in *at = in;
	return put_seat_crowd(x->db, at->seat, at->crowd);
}

/* ---- items ---- */

static int item_put(struct bundle_in *x, void *in)
{
	struct put_item_in *item = in;
	struct put_item_row made;
	item->space = x->space.id;
	int result = put_item(x->db, x->mem, *item, &made);
	if (result >= 0)
		bundle_know(x, BUNDLE_ITEM, item->uid, made.id);
	return result;
}

static int merged_put(struct bundle_in *x, void *in)
{
	const struct put_merged_in *at = in;
	return put_merged(x->db, at->item, at->merged_into);
}

static int item_text_put(struct bundle_in *x, void *in)
{
	return put_item_text(x->db, *(struct put_item_text_in *)in);
}

static int past_put(struct bundle_in *x, void *in)
{
	return put_past(x->db, *(struct put_past_in *)in);
}

/* ---- what people did ---- */

static int vote_put(struct bundle_in *x, void *in)
{
	struct put_vote_in *vote = in;
	vote->space = x->space.id;
	return put_vote(x->db, *vote);
}

static int useful_put(struct bundle_in *x, void *in)
{
	const struct put_useful_in *at = in;
	int result = put_useful(x->db, at->item, at->seat);
	return result < 0 ? result : put_useful_count(x->db, at->item);
}

static int flag_put(struct bundle_in *x, void *in)
{
	struct put_flag_in *flag = in;
	flag->space = x->space.id;
	return put_flag(x->db, *flag);
}

static int edge_put(struct bundle_in *x, void *in)
{
	return put_edge(x->db, *(struct put_edge_in *)in);
}

static int decision_put(struct bundle_in *x, void *in)
{
	struct put_decision_in *decision = in;
	decision->space = x->space.id;
	decision->account = BUNDLE_STRANGER;
	return put_decision(x->db, *decision);
}

BUNDLE_ROWS(seat);
BUNDLE_ROWS(seat_crowd);
BUNDLE_ROWS(item);
BUNDLE_ROWS(merged);
BUNDLE_ROWS(item_text);
BUNDLE_ROWS(past);
BUNDLE_ROWS(vote);
BUNDLE_ROWS(useful);
BUNDLE_ROWS(flag);
BUNDLE_ROWS(edge);
BUNDLE_ROWS(decision);

/* In the order in which they are read: what others point at comes first. */
static const struct bundle_table tables[] = {
	{ "people.csv", "this number stands there twice", NULL, BUNDLE_PERSON,
		offsetof(struct bundle_count, people), BUNDLE_OF(seat),
		.column = {
			{ "number", BUNDLE_NUMBER, BUNDLE_AT(seat, number), 1, INT64_MAX },
			{ "alias", BUNDLE_WORDS, BUNDLE_AT(seat, alias) },
			{ "lang", BUNDLE_CODE, BUNDLE_AT(seat, lang) },
			{ "country", BUNDLE_CODE, BUNDLE_AT(seat, country) },
			{ "is_trusted", BUNDLE_NUMBER, BUNDLE_AT(seat, is_trusted), 0, 1 },
		} },
	{ "crowds.csv", "this group stands there twice", BUNDLE_OF(seat_crowd),
		.column = {
			{ "person", BUNDLE_PERSON, BUNDLE_AT(seat_crowd, seat) },
			{ "crowd", BUNDLE_CROWD, BUNDLE_AT(seat_crowd, crowd) },
		} },
	{ "items.csv", "this item is here already, or has another's number", NULL, BUNDLE_ITEM,
		offsetof(struct bundle_count, items), BUNDLE_OF(item),
		.column = {
			{ "uid", BUNDLE_UID, BUNDLE_AT(item, uid) },
			{ "kind", BUNDLE_NUMBER, BUNDLE_AT(item, kind), ITEM_QUESTION, ITEM_CLAUSE },
			{ "parent", BUNDLE_ITEM, BUNDLE_AT(item, parent), .is_optional = true },
			{ "number", BUNDLE_NUMBER, BUNDLE_AT(item, number), 0, INT64_MAX },
			{ "person", BUNDLE_PERSON, BUNDLE_AT(item, seat), .is_optional = true },
			{ "is_staff", BUNDLE_STAFF, BUNDLE_AT(item, account) },
			{ "lang", BUNDLE_LANG, BUNDLE_AT(item, lang) },
			{ "theme", BUNDLE_THEME, BUNDLE_AT(item, theme), .is_optional = true },
			{ "status", BUNDLE_NUMBER, BUNDLE_AT(item, status), ITEM_WAITING,
				ITEM_WITHDRAWN },
			{ "is_seed", BUNDLE_NUMBER, BUNDLE_AT(item, is_seed), 0, 1 },
			{ "is_meta", BUNDLE_NUMBER, BUNDLE_AT(item, is_meta), 0, 1 },
			{ "created_at", BUNDLE_NUMBER, BUNDLE_AT(item, created_at) },
			{ "published_at", BUNDLE_NUMBER, BUNDLE_AT(item, published_at),
				.is_optional = true },
			{ "changed_at", BUNDLE_NUMBER, BUNDLE_AT(item, changed_at) },
		} },
	{ "merged.csv", NULL, BUNDLE_OF(merged),
		.column = {
			{ "item", BUNDLE_ITEM, BUNDLE_AT(merged, item) },
			{ "into", BUNDLE_ITEM, BUNDLE_AT(merged, merged_into) },
		} },
	{ "texts.csv", "this text stands there twice", BUNDLE_OF(item_text),
		.column = {
			{ "item", BUNDLE_ITEM, BUNDLE_AT(item_text, item) },
			{ "lang", BUNDLE_LANG, BUNDLE_AT(item_text, lang) },
			{ "version", BUNDLE_NUMBER, BUNDLE_AT(item_text, version), 1, INT64_MAX },
			{ "origin", BUNDLE_NUMBER, BUNDLE_AT(item_text, origin), TEXT_AUTHOR,
				TEXT_EASY },
			{ "is_reviewed", BUNDLE_NUMBER, BUNDLE_AT(item_text, is_reviewed), 0, 1 },
			{ "is_staff", BUNDLE_STAFF, BUNDLE_AT(item_text, account) },
			{ "at", BUNDLE_NUMBER, BUNDLE_AT(item_text, at) },
			{ "title", BUNDLE_WORDS, BUNDLE_AT(item_text, title) },
			{ "body", BUNDLE_WORDS, BUNDLE_AT(item_text, body) },
		} },
	{ "past.csv", "this text stands there twice", BUNDLE_OF(past),
		.column = {
			{ "item", BUNDLE_ITEM, BUNDLE_AT(past, item) },
			{ "lang", BUNDLE_LANG, BUNDLE_AT(past, lang) },
			{ "version", BUNDLE_NUMBER, BUNDLE_AT(past, version), 1, INT64_MAX },
			{ "origin", BUNDLE_NUMBER, BUNDLE_AT(past, origin), TEXT_AUTHOR, TEXT_EASY },
			{ "is_staff", BUNDLE_STAFF, BUNDLE_AT(past, account) },
			{ "at", BUNDLE_NUMBER, BUNDLE_AT(past, at) },
			{ "title", BUNDLE_WORDS, BUNDLE_AT(past, title) },
			{ "body", BUNDLE_WORDS, BUNDLE_AT(past, body) },
		} },
	{ "votes.csv", "this vote stands there twice",
		.counted = offsetof(struct bundle_count, votes), BUNDLE_OF(vote),
		.column = {
			{ "person", BUNDLE_PERSON, BUNDLE_AT(vote, seat) },
			{ "item", BUNDLE_ITEM, BUNDLE_AT(vote, item) },
			{ "value", BUNDLE_NUMBER, BUNDLE_AT(vote, value), -1, 1 },
			{ "at", BUNDLE_NUMBER, BUNDLE_AT(vote, at) },
		} },
	{ "useful.csv", "this mark stands there twice", BUNDLE_OF(useful),
		.column = {
			{ "item", BUNDLE_ITEM, BUNDLE_AT(useful, item) },
			{ "person", BUNDLE_PERSON, BUNDLE_AT(useful, seat) },
		} },
	{ "flags.csv", "this flag stands there twice", BUNDLE_OF(flag),
		.column = {
			{ "item", BUNDLE_ITEM, BUNDLE_AT(flag, item) },
			{ "person", BUNDLE_PERSON, BUNDLE_AT(flag, seat) },
			{ "reason", BUNDLE_NUMBER, BUNDLE_AT(flag, reason), 0, FLAG_REASON_MAX },
			{ "is_open", BUNDLE_NUMBER, BUNDLE_AT(flag, is_open), 0, 1 },
			{ "at", BUNDLE_NUMBER, BUNDLE_AT(flag, at) },
		} },
	{ "links.csv", "this link stands there twice", BUNDLE_OF(edge),
		.column = {
			{ "from", BUNDLE_ITEM, BUNDLE_AT(edge, from_item) },
			{ "to", BUNDLE_ITEM, BUNDLE_AT(edge, to_item) },
			{ "relation", BUNDLE_NUMBER, BUNDLE_AT(edge, relation), 1, RELATION_MAX },
			{ "is_staff", BUNDLE_STAFF, BUNDLE_AT(edge, account) },
			{ "at", BUNDLE_NUMBER, BUNDLE_AT(edge, at) },
			{ "quote", BUNDLE_WORDS, BUNDLE_AT(edge, quote) },
		} },
	{ "decisions.csv", NULL, BUNDLE_OF(decision),
		.column = {
			{ "item", BUNDLE_ITEM, BUNDLE_AT(decision, item) },
			{ "verdict", BUNDLE_NUMBER, BUNDLE_AT(decision, verdict), 1, VERDICT_MAX },
			{ "reason", BUNDLE_NUMBER, BUNDLE_AT(decision, reason), 0, FLAG_REASON_MAX },
			{ "at", BUNDLE_NUMBER, BUNDLE_AT(decision, at) },
			{ "word", BUNDLE_WORDS, BUNDLE_AT(decision, word) },
		} },
};

const struct bundle_part bundle_own = { tables, sizeof tables / sizeof *tables, NULL, NULL };
