/* The rows of a bundle's files, each into its table. */
#include "crypto/crypto.h"
#include "participate/bundle_inner.h"
#include "participate/bundle_put.sql.h"
#include "participate/item.h"

/* Staff of another house: an account that nobody has. */
enum { STRANGER = 0, FLAG_REASON_MAX = 100, VERDICT_MAX = 6, RELATION_MAX = 7 };

static struct opt_i64 staff(int64_t is_staff)
{
	return (struct opt_i64){ STRANGER, is_staff != 0 };
}

static int person_at(const struct bundle_in *x, const struct sheet *s, size_t at, int64_t *ret)
{
	int64_t number;
	int result = sheet_number(s, at, 1, INT64_MAX, &number);
	if (result < 0)
		return result;
	*ret = bundle_map_get(&x->person, (uint64_t)number);
	return *ret ? 0 : sheet_bad(s, "this person is not in people.csv");
}

static int item_at(const struct bundle_in *x, const struct sheet *s, size_t at, int64_t *ret)
{
	uint64_t uid;
	*ret = bundle_uid(sheet_field(s, at), &uid) ? bundle_map_get(&x->item, uid) : 0;
	return *ret ? 0 : sheet_bad(s, "this item is not in items.csv, or stands further down");
}

static int lang_at(const struct sheet *s, size_t at, struct arena *mem, struct str *ret)
{
	struct str code = sheet_field(s, at);
	struct str plain = str_ends(code, "-easy") ? (struct str){ code.p, code.n - 5 } : code;
	if (!lang_by_code(plain))
		return sheet_bad(s, "this language is none that we have");
	*ret = arena_copy(mem, code);
	return ret->p ? 0 : err_note(ERR_NOMEM, "%s", s->name);
}

static int person_crowds(struct bundle_in *x, const struct sheet *s, int64_t seat)
{
	struct str list = sheet_field(s, 5), one;
	int result = 0;
	while (result >= 0 && list.n && str_cut(&list, ' ', &one)) {
		int64_t place;
		int64_t id = str_i64(one, &place) ? bundle_id(&x->space.crowd, place) : 0;
		result = id ? put_seat_crowd(x->db, seat, id)
			    : sheet_bad(s, "a group is not in space.json");
	}
	return result;
}

/* The key is noise: who sat here before keeps a code for the other house only. */
static int in_people(struct bundle_in *x, const struct sheet *s)
{
	struct put_participant_row person;
	struct put_seat_row seat;
	uint8_t noise[HASH_BYTES];
	struct put_seat_in in = { .space = x->space.id };
	int result = sheet_number(s, 0, 1, INT64_MAX, &in.number);
	result = result ? result : sheet_words(s, 1, x->mem, &in.alias);
	result = result ? result : sheet_number(s, 4, 0, 1, &in.is_trusted);
	in.lang = sheet_field(s, 2);
	in.country = sheet_field(s, 3);
	if (result < 0)
		return result;
	if (bundle_map_get(&x->person, (uint64_t)in.number))
		return sheet_bad(s, "this number stands there twice");
	random_bytes(noise, sizeof noise);
	result = put_participant(
		x->db, x->mem, (struct str){ (const char *)noise, sizeof noise }, &person);
	in.participant = person.id;
	if (result >= 0)
		result = put_seat(x->db, x->mem, in, &seat);
	if (result < 0)
		return result;
	bundle_map_put(&x->person, (uint64_t)in.number, seat.id);
	x->n.people++;
	return person_crowds(x, s, seat.id);
}

static int item_links(struct bundle_in *x, const struct sheet *s, struct put_item_in *in)
{
	struct opt_i64 theme = { 0 };
	int result = sheet_opt(s, 7, &theme);
	if (result == 0 && theme.has) {
		in->theme = (struct opt_i64){ bundle_id(&x->space.theme, theme.v), true };
		if (!in->theme.v)
			return sheet_bad(s, "this theme is not in space.json");
	}
	if (result == 0 && sheet_field(s, 2).n) {
		in->parent.has = true;
		result = item_at(x, s, 2, &in->parent.v);
	}
	if (result == 0 && sheet_field(s, 4).n) {
		in->seat.has = true;
		result = person_at(x, s, 4, &in->seat.v);
	}
	return result;
}

static int item_head(
	struct bundle_in *x, const struct sheet *s, struct put_item_in *in, int64_t *ret_is_staff)
{
	int result = sheet_number(s, 1, ITEM_QUESTION, ITEM_STATEMENT, &in->kind);
	result = result ? result : sheet_number(s, 3, 0, INT64_MAX, &in->number);
	result = result ? result : sheet_number(s, 5, 0, 1, ret_is_staff);
	result = result ? result : lang_at(s, 6, x->mem, &in->lang);
	result = result ? result : sheet_number(s, 8, ITEM_WAITING, ITEM_WITHDRAWN, &in->status);
	result = result ? result : sheet_number(s, 9, 0, 1, &in->is_seed);
	result = result ? result : sheet_number(s, 10, 0, 1, &in->is_meta);
	result = result ? result : sheet_number(s, 12, INT64_MIN, INT64_MAX, &in->created_at);
	result = result ? result : sheet_opt(s, 13, &in->published_at);
	return result ? result : sheet_number(s, 14, INT64_MIN, INT64_MAX, &in->changed_at);
}

static int in_items(struct bundle_in *x, const struct sheet *s)
{
	struct put_item_row made = { 0 };
	uint64_t uid;
	int64_t is_staff = 0;
	struct put_item_in in = { .uid = sheet_field(s, 0), .space = x->space.id };
	if (!bundle_uid(in.uid, &uid))
		return sheet_bad(s, "uid is not 16 hexadecimal digits");
	if (bundle_map_get(&x->item, uid))
		return sheet_bad(s, "this uid stands there twice");
	int result = item_head(x, s, &in, &is_staff);
	result = result ? result : item_links(x, s, &in);
	in.account = staff(is_staff);
	if (result == 0)
		result = put_item(x->db, x->mem, in, &made);
	if (result == ERR_CONFLICT)
		return sheet_bad(s, "this item is here already, or has another's number");
	if (result < 0)
		return result;
	bundle_map_put(&x->item, uid, made.id);
	x->n.items++;
	return 0;
}

int bundle_merged(struct bundle_in *x, const struct sheet *s)
{
	int64_t item, into;
	if (!sheet_field(s, 11).n)
		return 0;
	int result = item_at(x, s, 0, &item);
	result = result ? result : item_at(x, s, 11, &into);
	return result ? result : put_merged(x->db, item, into);
}

static int in_texts(struct bundle_in *x, const struct sheet *s)
{
	int64_t is_staff = 0;
	struct put_item_text_in in = { 0 };
	int result = item_at(x, s, 0, &in.item);
	result = result ? result : lang_at(s, 1, x->mem, &in.lang);
	result = result ? result : sheet_number(s, 2, 1, INT64_MAX, &in.version);
	result = result ? result : sheet_number(s, 3, TEXT_AUTHOR, TEXT_EASY, &in.origin);
	result = result ? result : sheet_number(s, 4, 0, 1, &in.is_reviewed);
	result = result ? result : sheet_number(s, 5, 0, 1, &is_staff);
	result = result ? result : sheet_number(s, 6, INT64_MIN, INT64_MAX, &in.at);
	result = result ? result : sheet_words(s, 7, x->mem, &in.title);
	result = result ? result : sheet_words(s, 8, x->mem, &in.body);
	in.account = staff(is_staff);
	if (result == 0)
		result = put_item_text(x->db, in);
	return result == ERR_CONFLICT ? sheet_bad(s, "this text stands there twice") : result;
}

static int in_past(struct bundle_in *x, const struct sheet *s)
{
	int64_t is_staff = 0;
	struct put_past_in in = { 0 };
	int result = item_at(x, s, 0, &in.item);
	result = result ? result : lang_at(s, 1, x->mem, &in.lang);
	result = result ? result : sheet_number(s, 2, 1, INT64_MAX, &in.version);
	result = result ? result : sheet_number(s, 3, TEXT_AUTHOR, TEXT_EASY, &in.origin);
	result = result ? result : sheet_number(s, 4, 0, 1, &is_staff);
	result = result ? result : sheet_number(s, 5, INT64_MIN, INT64_MAX, &in.at);
	result = result ? result : sheet_words(s, 6, x->mem, &in.title);
	result = result ? result : sheet_words(s, 7, x->mem, &in.body);
	in.account = staff(is_staff);
	if (result == 0)
		result = put_past(x->db, in);
	return result == ERR_CONFLICT ? sheet_bad(s, "this text stands there twice") : result;
}

static int in_votes(struct bundle_in *x, const struct sheet *s)
{
	struct put_vote_in in = { .space = x->space.id };
	int result = person_at(x, s, 0, &in.seat);
	result = result ? result : item_at(x, s, 1, &in.item);
	result = result ? result : sheet_number(s, 2, -1, 1, &in.value);
	result = result ? result : sheet_number(s, 3, INT64_MIN, INT64_MAX, &in.at);
	if (result == 0)
		result = put_vote(x->db, in);
	x->n.votes++;
	return result == ERR_CONFLICT ? sheet_bad(s, "this vote stands there twice") : result;
}

static int in_useful(struct bundle_in *x, const struct sheet *s)
{
	int64_t item, person;
	int result = item_at(x, s, 0, &item);
	result = result ? result : person_at(x, s, 1, &person);
	if (result == 0)
		result = put_useful(x->db, item, person);
	if (result == ERR_CONFLICT)
		return sheet_bad(s, "this mark stands there twice");
	return result < 0 ? result : put_useful_count(x->db, item);
}

static int in_flags(struct bundle_in *x, const struct sheet *s)
{
	struct put_flag_in in = { .space = x->space.id };
	int result = item_at(x, s, 0, &in.item);
	result = result ? result : person_at(x, s, 1, &in.seat);
	result = result ? result : sheet_number(s, 2, 0, FLAG_REASON_MAX, &in.reason);
	result = result ? result : sheet_number(s, 3, 0, 1, &in.is_open);
	result = result ? result : sheet_number(s, 4, INT64_MIN, INT64_MAX, &in.at);
	if (result == 0)
		result = put_flag(x->db, in);
	return result == ERR_CONFLICT ? sheet_bad(s, "this flag stands there twice") : result;
}

static int in_links(struct bundle_in *x, const struct sheet *s)
{
	int64_t is_staff = 0;
	struct put_edge_in in = { 0 };
	int result = item_at(x, s, 0, &in.from_item);
	result = result ? result : item_at(x, s, 1, &in.to_item);
	result = result ? result : sheet_number(s, 2, 1, RELATION_MAX, &in.relation);
	result = result ? result : sheet_number(s, 3, 0, 1, &is_staff);
	result = result ? result : sheet_number(s, 4, INT64_MIN, INT64_MAX, &in.at);
	result = result ? result : sheet_words(s, 5, x->mem, &in.quote);
	in.account = staff(is_staff);
	if (result == 0)
		result = put_edge(x->db, in);
	return result == ERR_CONFLICT ? sheet_bad(s, "this link stands there twice") : result;
}

static int in_decisions(struct bundle_in *x, const struct sheet *s)
{
	struct put_decision_in in = { .space = x->space.id, .account = STRANGER };
	int result = item_at(x, s, 0, &in.item);
	result = result ? result : sheet_number(s, 1, 1, VERDICT_MAX, &in.verdict);
	result = result ? result : sheet_number(s, 2, 0, FLAG_REASON_MAX, &in.reason);
	result = result ? result : sheet_number(s, 3, INT64_MIN, INT64_MAX, &in.at);
	result = result ? result : sheet_words(s, 4, x->mem, &in.word);
	return result ? result : put_decision(x->db, in);
}

int bundle_row(struct bundle_in *x, enum bundle_file file, const struct sheet *s)
{
	static int (*const rows[BUNDLE_FILES])(struct bundle_in * x, const struct sheet *s) = {
		[BUNDLE_PEOPLE] = in_people,
		[BUNDLE_ITEMS] = in_items,
		[BUNDLE_TEXTS] = in_texts,
		[BUNDLE_PAST] = in_past,
		[BUNDLE_VOTES] = in_votes,
		[BUNDLE_USEFUL] = in_useful,
		[BUNDLE_FLAGS] = in_flags,
		[BUNDLE_LINKS] = in_links,
		[BUNDLE_DECISIONS] = in_decisions,
	};
	return rows[file](x, s);
}
