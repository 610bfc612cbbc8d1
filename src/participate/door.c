#include "participate/door.h"
#include "account/who.h"
#include "participate/door.html.h"
#include "participate/people_desk.h"
#include "participate/people_desk.sql.h"
#include "participate/seat.sql.h"
#include "po/messages.h"

enum { DOOR_COOKIE_LIFE = 180 * DAY, DOOR_KEY_CHARS = 16, DOOR_KEYS = 16 };

/* The cookie "d" (door): keys, the newest first, with dots between. */
bool door_has_key(const struct visit *v, struct str key)
{
	struct str ring = http_cookie(v->req, "d"), one;
	while (str_cut(&ring, '.', &one))
		if (key.n && str_eq(one, key))
			return true;
	return false;
}

/* ${key} before those that the browser has; when there are too many the oldest goes. */
static struct str with_key(const struct visit *v, struct str key)
{
	struct str ring = http_cookie(v->req, "d"), one, made = key;
	for (int n = 1; n < DOOR_KEYS && str_cut(&ring, '.', &one);) {
		if (one.n != DOOR_KEY_CHARS || str_eq(one, key))
			continue;
		made = arena_f(v->mem, "%.*s.%.*s", STR_ARG(made), STR_ARG(one));
		n++;
	}
	return made;
}

/* The key is looked at when the space is; here it only goes into the browser's cookie. */
static int link_open(struct visit *v)
{
	struct str key = v->part[1];
	bool is_key = key.n == DOOR_KEY_CHARS;
	for (size_t i = 0; is_key && i < key.n; i++)
		is_key = (key.p[i] >= '0' && key.p[i] <= '9') ||
			(key.p[i] >= 'a' && key.p[i] <= 'f');
	if (!is_key || !slug_is_fine(v->part[0]))
		return err_note(ERR_MISSING, "not a key of a door");
	visit_cookie(v, "d", with_key(v, key), DOOR_COOKIE_LIFE);
	return visit_goto(v, "/c/%.*s", STR_ARG(v->part[0]));
}

/* 1: good, 0: unknown, used or too old. */
static int find(struct visit *v, uint8_t key[HASH_BYTES], struct member_invite_find_row *ret)
{
	member_key(v->house->keys, v->part[0], key);
	return member_invite_find(
		v->db, v->mem, (struct str){ (const char *)key, HASH_BYTES }, v->now, ret);
}

static int member_show(struct visit *v)
{
	uint8_t key[HASH_BYTES];
	struct member_invite_find_row row;
	struct door_view d = { .token = v->part[0] };
	int result = find(v, key, &row);
	if (result > 0 && who_code(v) < 0)
		return ERR_NOMEM;
	if (result < 0)
		return result;
	d.frame = visit_frame(v, visit_say(v, MSG_door_member_title, 0));
	d.frame.area = FRAME_TAKE_PART;
	if (result > 0)
		door_page(&v->out, &d);
	else
		door_gone_page(&v->out, &d);
	return visit_page(v, result > 0 ? 200 : 404);
}

static int member_check(struct visit *v)
{
	uint8_t key[HASH_BYTES];
	struct member_invite_find_row row;
	int result = find(v, key, &row);
	if (result == 0)
		return visit_ended(member_show(v));
	if (result > 0 && !v->who.has_code)
		return err_note(ERR_DENIED, "no code to make a member of");
	return result < 0 ? result : VISIT_GO_ON;
}

static int member_act(struct visit *v)
{
	uint8_t key[HASH_BYTES];
	struct member_invite_find_row row;
	v->is_quiet = true;
	int result = find(v, key, &row);
	if (result > 0)
		result = member_invite_use(
			v->db, (struct str){ (const char *)key, HASH_BYTES }, v->now);
	if (result == 0)
		return err_note(ERR_CONFLICT, "a link used twice");
	if (result > 0)
		result = who_participant(v);
	if (result == 0)
		result = member_add(v->db, row.space, v->who.participant.v);
	return result < 0 ? result : visit_goto(v, "/c/%.*s", STR_ARG(row.slug));
}

const struct route door_routes[] = {
	/* method    path            who     input  check  act */
	{ HTTP_GET, "/k/:slug/:key", ANYONE, NULL, NULL, link_open },
	{ HTTP_GET, "/m/:token", ANYONE, NULL, NULL, member_show },
	{ HTTP_POST, "/m/:token", ANYONE, NULL, member_check, member_act },
	{ 0 },
};
