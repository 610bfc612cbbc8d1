#include "participate/post.h"
#include "participate/post.sql.h"
#include "render/markdown.h"

static int load_reason(struct visit *v, struct post *p)
{
	struct post_hidden_why_row row;
	int found = post_hidden_why(v->db, v->mem, p->item.id, &row);
	if (found > 0)
		p->reason = (int)row.reason;
	return found < 0 ? found : 0;
}

static int load_mark(struct visit *v, const struct seat *seat, struct post *p)
{
	struct post_useful_row row;
	int found = seat->id ? post_useful(v->db, v->mem, p->item.id, seat->id, &row) : 0;
	p->is_useful = found > 0;
	return found < 0 ? found : 0;
}

int post_load(struct visit *v, const struct post_eyes *eyes, int64_t id, struct post *ret)
{
	struct post p = { .has_code = v->who.has_code, .back = eyes->back };
	int result = item_load(v, id, eyes->wants_original, &p.item);
	if (result < 0)
		return result;
	const struct item *i = &p.item;
	p.is_team = !i->seat && i->kind != ITEM_QUESTION;
	p.is_mine = i->seat && i->seat == eyes->seat.id;
	p.is_gone = i->status == ITEM_HIDDEN || i->status == ITEM_WITHDRAWN;
	p.country = lang_country(v->lang, v->mem, i->country);
	p.may_reply = i->kind == ITEM_CONTRIBUTION && i->status == ITEM_PUBLISHED &&
		space_allows(eyes->s, ACT_REPLY);
	p.may_flag = i->status == ITEM_PUBLISHED && !p.is_mine && i->kind != ITEM_QUESTION;
	p.may_mark = p.may_flag && space_allows(eyes->s, ACT_CONTRIBUTE | ACT_REPLY | ACT_VOTE);
	if (i->status == ITEM_HIDDEN)
		result = load_reason(v, &p);
	if (result == 0)
		result = load_mark(v, &eyes->seat, &p);
	if (result == 0)
		result = markdown_html(v->mem, i->body, &p.html);
	if (result == 0)
		*ret = p;
	return result;
}

int post_load_replies(struct visit *v, const struct post_eyes *eyes, int64_t max, struct post *p)
{
	struct post_replies_row *row;
	size_t n;
	int result = post_replies(v->db, v->mem, p->item.id, eyes->seat.id, max + 1, &row, &n);
	if (result < 0)
		return result;
	p->has_more = n > (size_t)max;
	n -= p->has_more;
	struct post *reply = arena_array(v->mem, n + 1, sizeof *reply);
	if (!reply)
		return ERR_NOMEM;
	for (size_t i = 0; i < n; i++) {
		result = post_load(v, eyes, row[i].id, &reply[i]);
		if (result < 0)
			return result;
	}
	p->reply = reply;
	p->n_reply = n;
	return 0;
}
