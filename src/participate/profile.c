#include "participate/profile.h"
#include "participate/profile.sql.h"

/* ${crowd} is among the groups that were ticked. */
static bool is_ticked(const struct visit *v, int64_t crowd)
{
	for (size_t i = 0; i < v->req->n_field; i++) {
		int64_t id;
		if (str_is(v->req->field[i].name, "crowd") &&
			str_i64(v->req->field[i].value, &id) && id == crowd)
			return true;
	}
	return false;
}

static int load_crowds(struct visit *v, const struct space *s, struct profile *p)
{
	struct profile_crowds_row *row;
	size_t n;
	int result = profile_crowds(v->db, v->mem, s->id, v->lang->code, s->lang, &row, &n);
	for (size_t i = 0; result >= 0 && i < n && i < CROWDS_MAX; i++)
		p->crowd[p->n_crowd++] = (struct profile_crowd){ .id = row[i].id,
			.name = row[i].name };
	return result < 0 ? result : 0;
}

static int tick_mine(struct visit *v, const struct seat *seat, struct profile *p)
{
	struct profile_mine_row *row;
	size_t n = 0;
	int result = seat->id ? profile_mine(v->db, v->mem, seat->id, &row, &n) : 0;
	for (size_t i = 0; result >= 0 && i < n; i++)
		for (size_t c = 0; c < p->n_crowd; c++)
			if (p->crowd[c].id == row[i].crowd)
				p->crowd[c].is_mine = true;
	return result < 0 ? result : 0;
}

int profile_load(
	struct visit *v, const struct space *s, const struct seat *seat, struct profile *ret)
{
	struct profile p = { .alias = seat->alias, .country = seat->country };
	int result = load_crowds(v, s, &p);
	if (result < 0)
		return result;
	p.all = country_list(v->lang, &p.n_all);
	if (v->form.form) {
		p.form = &v->form;
		p.alias = form_typed(&v->form, "alias");
		p.country = form_typed(&v->form, "country");
		for (size_t i = 0; i < p.n_crowd; i++)
			p.crowd[i].is_mine = is_ticked(v, p.crowd[i].id);
	} else {
		result = tick_mine(v, seat, &p);
	}
	*ret = p;
	return result;
}

int profile_check(struct visit *v, const struct space *s, const struct profile_in *in)
{
	struct profile p = { 0 };
	size_t asked = 0, known = 0;
	int result = load_crowds(v, s, &p);
	if (result < 0)
		return result;
	for (size_t i = 0; i < v->req->n_field; i++)
		asked += str_is(v->req->field[i].name, "crowd");
	for (size_t i = 0; i < p.n_crowd; i++)
		known += is_ticked(v, p.crowd[i].id);
	if (asked != known)
		return err_note(ERR_INPUT, "no such group");
	if (in->country.n && !country_is(in->country))
		return err_note(ERR_INPUT, "no such country");
	return 0;
}

static struct str or_empty(struct str s)
{
	return s.p ? s : STR("");
}

int profile_save(struct visit *v, const struct space *s, const struct seat *seat,
	const struct profile_in *in)
{
	struct profile p = { 0 };
	int result = profile_check(v, s, in);
	if (result == 0)
		result = load_crowds(v, s, &p);
	if (result == 0)
		result = profile_set(v->db, seat->id, or_empty(in->alias), or_empty(in->country));
	if (result >= 0)
		result = profile_crowds_clear(v->db, seat->id);
	for (size_t i = 0; result >= 0 && i < p.n_crowd; i++)
		if (is_ticked(v, p.crowd[i].id))
			result = profile_crowd_put(v->db, seat->id, p.crowd[i].id);
	return result < 0 ? result : 0;
}
