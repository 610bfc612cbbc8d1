#include "participate/mine.h"
#include "participate/mine.sql.h"
#include "record/mine.h"

enum { ALL_MAX = 10000 };

/* A JSON text: what must be escaped is. */
static void put_text(struct buf *b, struct str s)
{
	buf_byte(b, '"');
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		if (c == '"' || c == '\\')
			buf_f(b, "\\%c", c);
		else if (c < 0x20)
			buf_f(b, "\\u%04x", c);
		else
			buf_byte(b, (char)c);
	}
	buf_byte(b, '"');
}

static void put_member(struct buf *b, const char *name, struct str text)
{
	buf_f(b, ", \"%s\": ", name);
	put_text(b, text);
}

static int put_votes(struct visit *v, struct buf *b, const struct mine_space *s)
{
	struct mine_votes_row *row;
	size_t n;
	int result = mine_votes(v->db, v->mem, s->s.id, s->seat.id, &row, &n);
	if (result < 0)
		return result;
	buf_c(b, ", \"votes\": [");
	for (size_t i = 0; i < n; i++)
		buf_f(b, "%s{\"statement\": %lld, \"vote\": %lld}", i ? ", " : "",
			(long long)row[i].number, (long long)row[i].value);
	buf_byte(b, ']');
	return 0;
}

static int put_space(struct visit *v, struct buf *b, const struct mine_space *s)
{
	struct profile who;
	int result = profile_load(v, &s->s, &s->seat, &who);
	if (result < 0)
		return result;
	bool has_one = false;
	buf_c(b, "{\"consultation\": ");
	put_text(b, s->s.slug);
	put_member(b, "title", s->s.title);
	buf_f(b, ", \"participant\": %lld", (long long)s->seat.number);
	put_member(b, "name", s->seat.alias);
	put_member(b, "language", s->seat.lang);
	put_member(b, "country", s->seat.country);
	buf_c(b, ", \"groups\": [");
	for (size_t i = 0; i < who.n_crowd; i++) {
		if (!who.crowd[i].is_mine)
			continue;
		buf_c(b, has_one ? ", " : "");
		put_text(b, who.crowd[i].name);
		has_one = true;
	}
	buf_byte(b, ']');
	result = put_votes(v, b, s);
	buf_byte(b, '}');
	return result;
}

/* Times are seconds since 1970, UTC, as in the files of a whole consultation. */
static int put_item(struct visit *v, struct buf *b, int64_t id)
{
	static const char *const state[] = { "waiting", "published", "sent back", "hidden",
		"joined with another", "withdrawn" };
	struct item i;
	int result = item_load(v, id, true, &i);
	if (result < 0)
		return result;
	buf_c(b, "{\"address\": ");
	put_text(b, item_address(v->mem, i.kind, i.number));
	put_member(b, "uid", i.uid);
	put_member(b, "state", str_c(state[i.status]));
	put_member(b, "language", i.lang);
	put_member(b, "text", i.body);
	buf_f(b, ", \"written_at\": %lld, \"published_at\": %lld, \"useful\": %lld}",
		(long long)i.created_at, (long long)i.published_at, (long long)i.useful);
	return 0;
}

static int put_items(struct visit *v, struct buf *b)
{
	struct mine_items_row *row;
	size_t n;
	int result = mine_items(
		v->db, v->mem, v->who.participant.v, v->who.account.v, ALL_MAX, 0, &row, &n);
	for (size_t i = 0; result >= 0 && i < n; i++) {
		buf_c(b, i ? ",\n\t\t" : "");
		result = put_item(v, b, row[i].id);
	}
	return result;
}

static int put_replies(struct visit *v, struct buf *b)
{
	struct mine_replies_row *row;
	size_t n;
	int result = mine_replies(v->db, v->mem, v->who.participant.v, v->who.account.v, &row, &n);
	for (size_t i = 0; result >= 0 && i < n; i++) {
		buf_f(b, "%s{\"ask\": \"%lld.%lld\", \"reflects\": %s", i ? ",\n\t\t" : "",
			(long long)row[i].section, (long long)row[i].number,
			row[i].value ? "true" : "false");
		put_member(b, "comment", row[i].body);
		buf_byte(b, '}');
	}
	return result;
}

int mine_data(struct visit *v)
{
	struct mine_space *space;
	struct buf *b = &v->out.out;
	size_t n;
	if (!v->who.participant.v)
		return err_note(ERR_MISSING, "nothing written");
	int result = mine_spaces(v, &space, &n);
	buf_c(b, "{\n\t\"consultations\": [");
	for (size_t i = 0; result >= 0 && i < n; i++) {
		buf_c(b, i ? ",\n\t\t" : "");
		result = put_space(v, b, &space[i]);
	}
	buf_c(b, "],\n\t\"words\": [");
	if (result >= 0)
		result = put_items(v, b);
	buf_c(b, "],\n\t\"replies_to_asks\": [");
	if (result >= 0)
		result = put_replies(v, b);
	buf_c(b, "],\n\t\"forms_sent_in\": [");
	if (result >= 0)
		result = mine_records_put(v, b);
	buf_c(b, "]\n}\n");
	if (result >= 0)
		result = b->failed;
	return result < 0 ? result
			  : visit_bytes(v, "application/json", buf_view(b), "my-words.json");
}
