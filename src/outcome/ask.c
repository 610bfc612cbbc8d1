#include "outcome/ask.h"
#include "outcome/ask.sql.h"
#include "po/messages.h"

/* Which answers may follow which: a set of 1 << enum ask_state. Nothing goes back to open; after
 * a decision one cannot merely acknowledge. The same state again is progress told. */
#define S(state) (1u << (state))
static const unsigned next[ASK_STATES] = {
	[ASK_OPEN] = S(ASK_ACKNOWLEDGED) | S(ASK_ACCEPTED) | S(ASK_PARTLY) | S(ASK_DECLINED) |
		S(ASK_BEGUN) | S(ASK_DONE),
	[ASK_ACKNOWLEDGED] = S(ASK_ACKNOWLEDGED) | S(ASK_ACCEPTED) | S(ASK_PARTLY) |
		S(ASK_DECLINED) | S(ASK_BEGUN) | S(ASK_DONE),
	[ASK_ACCEPTED] = S(ASK_ACCEPTED) | S(ASK_PARTLY) | S(ASK_DECLINED) | S(ASK_BEGUN) |
		S(ASK_DONE),
	[ASK_PARTLY] = S(ASK_ACCEPTED) | S(ASK_PARTLY) | S(ASK_DECLINED) | S(ASK_BEGUN) |
		S(ASK_DONE),
	[ASK_DECLINED] = S(ASK_ACCEPTED) | S(ASK_PARTLY) | S(ASK_DECLINED),
	[ASK_BEGUN] = S(ASK_PARTLY) | S(ASK_DECLINED) | S(ASK_BEGUN) | S(ASK_DONE),
	[ASK_DONE] = S(ASK_BEGUN) | S(ASK_DONE),
};

bool ask_may_follow(enum ask_state from, enum ask_state to)
{
	return (next[from] & S(to)) != 0;
}

static const enum ask_stand stands[ASK_STATES] = {
	[ASK_OPEN] = STAND_NONE,
	[ASK_ACKNOWLEDGED] = STAND_NONE,
	[ASK_ACCEPTED] = STAND_PLANNED,
	[ASK_PARTLY] = STAND_PLANNED,
	[ASK_DECLINED] = STAND_DECLINED,
	[ASK_BEGUN] = STAND_BEGUN,
	[ASK_DONE] = STAND_DONE,
};

enum ask_stand ask_stand(enum ask_state state)
{
	return stands[state];
}

int64_t ask_states_of(enum ask_stand stand)
{
	int64_t set = 0;
	for (int i = 0; i < ASK_STATES; i++)
		if (stands[i] == stand)
			set |= S(i);
	return set;
}

int ask_state_msg(enum ask_state state)
{
	static const int msg[ASK_STATES] = { MSG_ask_state_open, MSG_ask_state_acknowledged,
		MSG_ask_state_accepted, MSG_ask_state_partly, MSG_ask_state_declined,
		MSG_ask_state_begun, MSG_ask_state_done };
	return msg[state];
}

int ask_stand_msg(enum ask_stand stand)
{
	static const int msg[STANDS] = { MSG_ask_stand_none, MSG_ask_stand_planned,
		MSG_ask_stand_begun, MSG_ask_stand_done, MSG_ask_stand_declined };
	return msg[stand];
}

int64_t ask_late_days(const struct ask *a, int64_t now)
{
	bool is_waiting = stands[a->state] == STAND_NONE && a->due_at && a->is_public;
	int64_t days = now / DAY - a->due_at / DAY;
	return is_waiting && days > 0 ? days : 0;
}

static int64_t or_0(struct opt_i64 v)
{
	return v.has ? v.v : 0;
}

static int load_words(struct visit *v, struct ask *a)
{
	struct ask_words_row row;
	int found = ask_words(v->db, v->mem, a->id, visit_words(v), v->lang->code, a->lang, &row);
	if (found <= 0)
		return found < 0 ? found : err_note(ERR_BUG, "ask without words");
	a->title = row.title;
	a->body = row.body;
	a->text_lang = lang_plain(row.lang);
	a->origin = (enum text_origin)row.origin;
	return 0;
}

static int load_org(struct visit *v, struct str lang, struct ask *a)
{
	struct org_words_row row;
	if (!a->org)
		return 0;
	int found = org_words(v->db, v->mem, a->org, v->lang->code, lang, &row);
	if (found <= 0)
		return found < 0 ? found : err_note(ERR_BUG, "organisation without a name");
	a->org_name = row.name;
	a->focal_point = row.focal_point;
	return 0;
}

int ask_load(struct visit *v, int64_t id, struct ask *ret)
{
	struct ask_row_row r;
	int found = ask_row(v->db, v->mem, id, &r);
	if (found <= 0)
		return found < 0 ? found : err_note(ERR_MISSING, "no such ask");
	must(r.state >= 0 && r.state < ASK_STATES);
	struct ask a = { .id = r.id,
		.space = r.space,
		.section = r.section,
		.number = r.number,
		.version = r.version,
		.address = arena_f(v->mem, "%lld.%lld", (long long)r.section, (long long)r.number),
		.lang = r.lang,
		.org = or_0(r.org),
		.org_slug = r.org_slug,
		.state = (enum ask_state)r.state,
		.asked_at = or_0(r.asked_at),
		.due_at = or_0(r.due_at),
		.answered_at = or_0(r.answered_at),
		.review_at = or_0(r.review_at),
		.reply_until = or_0(r.reply_until),
		.changed_at = r.changed_at,
		.is_public = r.is_public != 0 };
	int result = load_words(v, &a);
	if (result == 0)
		result = load_org(v, r.org_lang, &a);
	if (result == 0)
		*ret = a;
	return result;
}

int ask_find(struct visit *v, int64_t space, struct str address, struct ask *ret)
{
	struct ask_at_row row;
	int64_t section, number;
	size_t dot = str_find(address, '.');
	if (dot == address.n || !str_i64((struct str){ address.p, dot }, &section) ||
		!str_i64(str_from(address, dot + 1), &number))
		return err_note(ERR_MISSING, "an ask is named like 2.6");
	int found = ask_at(v->db, v->mem, space, section, number, &row);
	if (found <= 0)
		return found < 0 ? found : err_note(ERR_MISSING, "no such ask");
	return ask_load(v, row.id, ret);
}

int ask_here(struct visit *v, struct space *s, struct ask *ret)
{
	struct ask a;
	int result = space_kept(v, s);
	if (result == 0)
		result = ask_find(v, s->id, v->part[1], &a);
	if (result == 0 && !a.is_public)
		result = err_note(ERR_MISSING, "the ask is not published");
	if (result == 0)
		*ret = a;
	return result;
}

int ask_weigh_short(struct visit *v, int64_t ask, struct ask_weight *ret)
{
	struct ask_weight_short_row r;
	int found = ask_weight_short(v->db, v->mem, ask, &r);
	if (found < 0)
		return found;
	*ret = (struct ask_weight){ .in_favour = r.in_favour,
		.against = r.against,
		.with_conditions = r.with_conditions,
		.contributions = r.in_favour + r.against + r.with_conditions,
		.statements = r.statements };
	return 0;
}

int ask_weigh(struct visit *v, int64_t ask, struct ask_weight *ret)
{
	struct ask_weight_row r;
	int found = ask_weight(v->db, v->mem, ask, &r);
	if (found < 0)
		return found;
	*ret = (struct ask_weight){ .in_favour = r.in_favour,
		.against = r.against,
		.with_conditions = r.with_conditions,
		.contributions = r.in_favour + r.against + r.with_conditions,
		.people = r.people,
		.countries = r.countries,
		.languages = r.languages,
		.statements = r.statements };
	return 0;
}

struct str ask_count(struct arena *mem, const struct lang *l, int64_t n)
{
	if (n && n < ASK_LEAST)
		return msg_text(l, MSG_site_word_fewer_than_5, 0);
	return lang_number(l, mem, n);
}
