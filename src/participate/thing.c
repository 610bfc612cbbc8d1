#include "participate/thing.h"
#include "account/who.h"
#include "participate/gone.h"
#include "participate/thing.html.h"
#include "participate/thing.sql.h"
#include "po/messages.h"

enum { UID_CHARS = 16, REPLIES_MAX = 500 };

static int find_id(struct visit *v, struct str which, int64_t *ret)
{
	struct thing_by_uid_row row;
	if (which.n < UID_CHARS && str_i64(which, ret))
		return 1;
	int found = thing_by_uid(v->db, v->mem, which, &row);
	if (found > 0)
		*ret = row.id;
	return found;
}

static int load_space(struct visit *v, struct thing *t)
{
	struct thing_slug_row row;
	int result = thing_slug(v->db, v->mem, t->item.space, &row);
	if (result > 0)
		result = space_load(v, row.slug, &t->s);
	if (result == 0 && t->s.changes_at && (!v->fresh_until || t->s.changes_at < v->fresh_until))
		v->fresh_until = t->s.changes_at;
	return result;
}

static int load_eyes(struct visit *v, struct thing *t)
{
	int result = seat_find(v, t->s.id, &t->seat);
	if (result >= 0 && t->item.seat && t->item.seat != t->seat.id)
		result = seat_mine(v, t->item.seat, &t->seat);
	if (result >= 0)
		result = who_may(v, t->s.id, ROLE_ORGANISER | ROLE_MODERATOR | ROLE_TRANSLATOR);
	if (result < 0)
		return result;
	t->is_staff = result > 0;
	t->is_mine = t->item.seat && t->item.seat == t->seat.id;
	return 0;
}

int thing_find(struct visit *v, struct str which, bool wants_original, struct thing *ret)
{
	struct thing t = { 0 };
	int64_t id;
	int result = find_id(v, which, &id);
	if (result == 0)
		return err_note(ERR_MISSING, "no such item");
	if (result > 0)
		result = gone_thing(v, id);
	if (result == 0)
		result = item_load(v, id, wants_original, &t.item);
	if (result == 0 && t.item.kind >= ITEM_ASK)
		return err_note(ERR_MISSING, "stands on a page of its own");
	if (result == 0)
		result = load_space(v, &t);
	if (result == 0)
		result = load_eyes(v, &t);
	if (result < 0)
		return result;
	if (!t.item.published_at && !t.is_mine && !t.is_staff)
		return err_note(ERR_MISSING, "not published");
	*ret = t;
	return 0;
}

/* The contribution above a reply, and the question above that. */
static int load_above(struct visit *v, struct thing_view *p)
{
	int64_t above = p->t.item.parent;
	int result = 0;
	if (p->t.item.kind == ITEM_REPLY && above) {
		result = item_load(v, above, false, &p->parent);
		above = p->parent.parent;
	}
	if (result == 0 && above)
		result = item_load(v, above, false, &p->question);
	p->has_question = above != 0;
	return result;
}

static int load_uses(struct visit *v, struct thing_view *p)
{
	struct thing_uses_row *row;
	int result = thing_uses(
		v->db, v->mem, p->t.item.id, visit_words(v), v->lang->code, &row, &p->n_use);
	struct thing_use *use = result < 0 ? NULL : arena_array(v->mem, p->n_use + 1, sizeof *use);
	if (!use)
		return result < 0 ? result : ERR_NOMEM;
	for (size_t i = 0; i < p->n_use; i++)
		use[i] = (struct thing_use){ arena_f(v->mem, "%lld.%lld", (long long)row[i].section,
						     (long long)row[i].number),
			row[i].title, lang_plain(row[i].lang) };
	p->use = use;
	return 0;
}

static int load(struct visit *v, struct thing_view *p)
{
	struct thing_past_row past = { 0 };
	p->wants_original = http_query(v->req, "original").p != NULL;
	int result = thing_find(v, v->part[0], p->wants_original, &p->t);
	if (result < 0)
		return result;
	struct post_eyes eyes = { .s = &p->t.s,
		.seat = p->t.seat,
		.wants_original = p->wants_original,
		.back = v->path };
	result = post_load(v, &eyes, p->t.item.id, &p->post);
	if (result == 0 && p->t.item.kind == ITEM_CONTRIBUTION)
		result = post_load_replies(v, &eyes, REPLIES_MAX, &p->post);
	if (result == 0)
		result = load_above(v, p);
	if (result == 0)
		result = thing_past(v->db, v->mem, p->t.item.id, &past);
	p->n_past = past.n;
	return result < 0 ? result : load_uses(v, p);
}

/* An ask and its answers have a page of their own: 1, they were sent there; 0: it is neither. */
static int go_to_ask(struct visit *v)
{
	struct thing_ask_row row;
	struct space s;
	int64_t id;
	int found = find_id(v, v->part[0], &id);
	if (found > 0)
		found = thing_ask(v->db, v->mem, id, &row);
	if (found <= 0)
		return found;
	int result = space_load(v, row.slug, &s);
	if (result == 0)
		result = visit_goto(v, "/c/%.*s/asks/%lld.%lld#n%lld", STR_ARG(row.slug),
			(long long)row.section, (long long)row.number, (long long)id);
	return result < 0 ? result : 1;
}

static int thing_show(struct visit *v)
{
	struct thing_view p = { 0 };
	int result = go_to_ask(v);
	if (result == 0)
		result = load(v, &p);
	else if (result > 0)
		return 0;
	if (result < 0)
		return result;
	const struct item *i = &p.t.item;
	p.is_flagged = http_query(v->req, "flagged").p != NULL;
	p.may_see_words = p.t.is_mine || p.t.is_staff;
	v->is_public = p.t.s.access == SPACE_EVERYONE && p.t.s.state != SPACE_DRAFT &&
		i->published_at && !p.is_flagged;
	p.frame = visit_frame(v, item_address(v->mem, i->kind, i->number));
	p.frame.area = FRAME_TAKE_PART;
	p.frame.is_sample |= p.t.s.is_sample;
	thing_page(&v->out, &p);
	return visit_page(v, 200);
}

const struct route thing_routes[] = {
	/* method    path      who     input check act */
	{ HTTP_GET, "/i/:id", ANYONE, NULL, NULL, thing_show },
	{ 0 },
};
