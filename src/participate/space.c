#include "participate/space.h"
#include "account/who.h"
#include "participate/door.h"
#include "participate/gone.h"
#include "participate/space.sql.h"
#include <string.h>

enum { LISTED_MAX = 200 };

static int load_texts(struct visit *v, struct space *s)
{
	struct space_words_row own;
	int result = space_words(
		v->db, v->mem, s->id, visit_words(v), v->lang->code, s->lang, &own);
	if (result < 0)
		return result;
	if (result == 0)
		return err_note(ERR_BUG, "space without text");
	s->title = own.title;
	s->purpose = own.purpose;
	s->run_by = own.run_by;
	s->decider = own.decider;
	s->feeds = own.feeds;
	s->notice_reason = own.notice_reason;
	struct lang_choice in = lang_choice(own.lang);
	s->text_lang = in.lang;
	s->is_easy = in.is_easy;
	return 0;
}

static int load_phases(struct visit *v, struct space *s)
{
	struct space_phases_row *row;
	size_t n;
	int result = space_phases(v->db, v->mem, s->id, &row, &n);
	if (result < 0)
		return result;
	s->phase = arena_array(v->mem, n + 1, sizeof *s->phase);
	if (!s->phase)
		return ERR_NOMEM;
	for (s->n_phase = 0; s->n_phase < n; s->n_phase++) {
		const struct space_phases_row *r = &row[s->n_phase];
		s->phase[s->n_phase] = (struct phase){
			.id = r->id, .starts = r->starts, .ends = r->ends, .actions = r->actions
		};
	}
	return 0;
}

static int name_phases(struct visit *v, struct space *s)
{
	struct phase_names_row *name;
	size_t n;
	int result = phase_names(v->db, v->mem, s->id, v->lang->code, s->lang, &name, &n);
	for (size_t i = 0; result >= 0 && i < s->n_phase; i++)
		for (size_t k = 0; k < n; k++)
			if (name[k].phase == s->phase[i].id)
				s->phase[i].name = name[k].name;
	return result < 0 ? result : 0;
}

/* Which phase the clock is in, what it allows, and when that changes. */
static void look_at_clock(struct space *s, int64_t now)
{
	s->allowed = s->state == SPACE_DRAFT ? 0 : ACT_READ;
	for (size_t i = 0; i < s->n_phase; i++) {
		const struct phase *p = &s->phase[i];
		if (now >= p->starts && now < p->ends) {
			s->current = p;
			if (s->state == SPACE_ANNOUNCED)
				s->allowed |= p->actions;
		}
		int64_t next = now < p->starts ? p->starts : now < p->ends ? p->ends : 0;
		if (next && (!s->changes_at || next < s->changes_at))
			s->changes_at = next;
	}
}

static int is_member(struct visit *v, int64_t space)
{
	struct member_is_row row;
	if (!v->who.has_code)
		return 0;
	int result = member_is(v->db, v->mem, space, v->who.code_key, v->who.account.v, &row);
	return result < 0 ? result : row.n > 0;
}

/* Staff of the space see it always; others by its state and its door. */
static int may_see(struct visit *v, const struct space *s, struct str link_key)
{
	if (who_may(v, s->id,
		    ROLE_ORGANISER | ROLE_MODERATOR | ROLE_TRANSLATOR | ROLE_EDITOR |
			    ROLE_RESPONDER))
		return 1;
	if (s->state == SPACE_DRAFT || (s->state == SPACE_GONE && !s->announced_at.has))
		return 0;
	if (s->access == SPACE_LINK)
		return door_has_key(v, link_key);
	if (s->access == SPACE_MEMBERS)
		return is_member(v, s->id);
	return 1;
}

/* The row, for whoever may see it. */
static int load_row(struct visit *v, struct str slug, struct space *ret)
{
	struct space_by_slug_row r;
	int result = space_by_slug(v->db, v->mem, slug, &r);
	if (result < 0)
		return result;
	if (result == 0)
		return err_note(ERR_MISSING, "no such space");
	*ret = (struct space){ .id = r.id,
		.uid = r.uid,
		.slug = r.slug,
		.lang = r.lang,
		.state = (enum space_state)r.state,
		.access = (enum space_access)r.access,
		.moderation = (enum space_moderation)r.moderation,
		.langs = r.langs,
		.decided_at = r.decided_at,
		.answer_due = r.answer_due,
		.announced_at = r.announced_at,
		.closed_at = r.closed_at,
		.gone_at = r.gone_at,
		.is_sample = r.is_sample != 0 };
	result = may_see(v, ret, r.link_key);
	if (result == 0)
		return err_note(ERR_MISSING, "not for these eyes");
	v->space = ret->id;
	return result < 0 ? result : 0;
}

static int load_gate(struct visit *v, struct str slug, struct space *ret)
{
	struct space s;
	int result = load_row(v, slug, &s);
	if (result == 0)
		result = load_phases(v, &s);
	if (result < 0)
		return result;
	look_at_clock(&s, v->now);
	*ret = s;
	return 0;
}

int space_load(struct visit *v, struct str slug, struct space *ret)
{
	struct space s;
	int result = load_gate(v, slug, &s);
	if (result == 0)
		result = load_texts(v, &s);
	if (result == 0)
		result = name_phases(v, &s);
	if (result == 0)
		*ret = s;
	return result;
}

/* A page about a space changes with its phases, and at midnight, when the days left are fewer. */
static void stay_fresh(struct visit *v, const struct space *s)
{
	int64_t midnight = v->now - v->now % DAY + DAY;
	int64_t until = s->changes_at && s->changes_at < midnight ? s->changes_at : midnight;
	if (!v->fresh_until || until < v->fresh_until)
		v->fresh_until = until;
}

int space_kept(struct visit *v, struct space *ret)
{
	int result = space_load(v, v->part[0], ret);
	if (result == 0)
		stay_fresh(v, ret);
	return result;
}

int space_here(struct visit *v, struct space *ret)
{
	int result = space_kept(v, ret);
	return result == 0 && ret->state == SPACE_GONE ? gone_space(v, ret) : result;
}

/* A tombstone has words; the gate has none. */
int space_gate(struct visit *v, struct str slug, struct space *ret)
{
	int result = load_gate(v, slug, ret);
	if (result < 0 || ret->state != SPACE_GONE)
		return result;
	result = load_texts(v, ret);
	return result < 0 ? result : gone_space(v, ret);
}

bool space_allows(const struct space *s, enum space_action action)
{
	return s->allowed & action;
}

int64_t space_opens(const struct space *s)
{
	int64_t first = 0;
	for (size_t i = 0; i < s->n_phase; i++)
		if ((s->phase[i].actions & ~ACT_READ) && (!first || s->phase[i].starts < first))
			first = s->phase[i].starts;
	return first;
}

int64_t space_ends(const struct space *s)
{
	int64_t last = 0;
	for (size_t i = 0; i < s->n_phase; i++)
		if ((s->phase[i].actions & ~ACT_READ) && s->phase[i].ends > last)
			last = s->phase[i].ends;
	return last;
}

int64_t space_notice_days(const struct space *s, int64_t now)
{
	int64_t from = s->announced_at.has ? s->announced_at.v : now, opens = space_opens(s);
	return opens > from ? (opens - from) / DAY : 0;
}

/* How well a name serves the reader: in the easy words they chose, in their language, in that of
 * the space, in any other. */
static int fitness(const struct visit *v, const struct space *s, struct str lang)
{
	return str_eq(lang, visit_words(v))   ? 3
		: str_eq(lang, v->lang->code) ? 2
					      : str_eq(lang, s->lang);
}

int space_themes(struct visit *v, const struct space *s, struct theme **ret, size_t *ret_n)
{
	struct theme_names_row *name;
	size_t n, n_theme = 0;
	int best = 0, result = theme_names(v->db, v->mem, s->id, &name, &n);
	if (result < 0)
		return result;
	struct theme *theme = arena_array(v->mem, n ? n : 1, sizeof *theme);
	if (!theme)
		return ERR_NOMEM;
	for (size_t i = 0; i < n; i++) {
		bool is_new = !n_theme || theme[n_theme - 1].id != name[i].theme;
		int fits = fitness(v, s, name[i].lang);
		n_theme += is_new;
		if (is_new || fits > best) {
			theme[n_theme - 1] = (struct theme){ name[i].theme, name[i].name };
			best = fits;
		}
	}
	*ret = theme;
	*ret_n = n_theme;
	return 0;
}

static int list_state(struct visit *v, enum space_state state, struct space *list, size_t *n)
{
	struct space_slugs_row *row;
	size_t found;
	int result = space_slugs(
		v->db, v->mem, (int64_t)state, (int64_t)(LISTED_MAX - *n), &row, &found);
	for (size_t i = 0; result >= 0 && i < found; i++) {
		result = space_load(v, row[i].slug, &list[*n]);
		*n += result == 0;
	}
	return result < 0 ? result : 0;
}

int space_listed(struct visit *v, struct space **ret, size_t *ret_n)
{
	size_t n = 0;
	struct space *list = arena_array(v->mem, LISTED_MAX, sizeof *list);
	if (!list)
		return ERR_NOMEM;
	int result = list_state(v, SPACE_ANNOUNCED, list, &n);
	if (result == 0)
		result = list_state(v, SPACE_CLOSED, list, &n);
	if (result < 0)
		return result;
	for (size_t i = 0; i < n; i++)
		stay_fresh(v, &list[i]);
	*ret = list;
	*ret_n = n;
	return 0;
}
