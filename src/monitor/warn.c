#include "monitor/warn.h"
#include "base/csv.h"
#include "form/value.h"
#include "monitor/poisson.h"
#include "monitor/warn.sql.h"
#include "notify/news.h"
#include "po/messages.h"
#include "record/body.h"
#include <stdlib.h>

enum { DAY_SECONDS = 86400, COLUMNS = 7, ALERT_TITLE = 200 };

extern const struct str alert_rules_text;

/* ---- rules ---- */

static bool number(struct str s, double *ret)
{
	char z[32], *end;
	if (!s.n || s.n >= sizeof z)
		return false;
	memcpy(z, s.p, s.n);
	z[s.n] = '\0';
	*ret = strtod(z, &end);
	return *end == '\0' && *ret >= 0 && *ret <= 1;
}

static bool read_numbers(const struct csv *c, struct warn_rule *r)
{
	bool is = str_i64(c->field[3], &r->days) && str_i64(c->field[4], &r->past_days) &&
		number(c->field[5], &r->chance) && str_i64(c->field[6], &r->least);
	int64_t least = r->kind == WARN_MORE;
	return is && r->days >= least && r->past_days >= least && r->least >= 1;
}

static int read_rule(struct arena *mem, const struct csv *c, struct warn_rule *ret)
{
	struct warn_rule r = { 0 };
	if (c->n != COLUMNS)
		return err_note(ERR_INPUT, "line %zu: seven columns are needed", c->row_line);
	r.name = arena_copy(mem, c->field[0]);
	r.acts = arena_copy(mem, c->field[2]);
	r.kind = str_is(c->field[1], "more") ? WARN_MORE : WARN_ANY;
	if (!r.name.p || !r.acts.p)
		return ERR_NOMEM;
	if (r.kind == WARN_ANY && !str_is(c->field[1], "any"))
		return err_note(ERR_INPUT, "line %zu: the kind is any or more", c->row_line);
	if (!read_numbers(c, &r))
		return err_note(ERR_INPUT, "line %zu: not such a number", c->row_line);
	*ret = r;
	return 0;
}

int warn_rules(
	struct arena *mem, struct str text, struct warn_rule ret[WARN_RULES_MAX], size_t *ret_n)
{
	auto_csv c;
	size_t n = 0;
	csv_init(&c, text, COLUMNS + 1);
	int result = csv_next(&c); /* names of columns */
	while (result > 0 && (result = csv_next(&c)) > 0) {
		if (n == WARN_RULES_MAX)
			return err_note(ERR_LIMIT, "too many rules");
		result = read_rule(mem, &c, &ret[n++]);
		if (result == 0)
			result = 1;
	}
	if (result < 0)
		return result;
	*ret_n = n;
	return 0;
}

bool warn_is_more(const struct warn_rule *rule, int64_t now, int64_t past, double *ret_chance)
{
	double mean = (double)past * (double)rule->days / (double)rule->past_days;
	*ret_chance = poisson_tail(mean, now);
	return now >= rule->least && *ret_chance <= rule->chance;
}

/* ---- raising ---- */

struct finding {
	const struct warn_rule *rule;
	struct str country, act, act_name, country_name;
	int64_t now, past;
	double chance;
};

static int set(struct answers *a, const char *field, struct str s)
{
	int i = def_field_find(a->def, str_c(field));
	return i < 0 || !s.n ? 0 : answers_set(a, i, 0, s);
}

static struct str title_of(const struct record_event *e, const struct finding *f)
{
	const struct lang *l = lang_by_code(e->by->lang);
	const struct msg_arg arg[] = { msg_arg_str("country", f->country_name),
		msg_arg_str("act", f->act_name), msg_arg_i64("count", f->now) };
	int msg = f->rule->kind == WARN_MORE ? MSG_warn_title_more : MSG_warn_title_any;
	return msg_plain(e->by->mem, l ? l : lang_of(LANG_EN), msg, arg, 3);
}

static int fill(const struct record_event *e, const struct finding *f, struct answers *a)
{
	struct arena *mem = e->by->mem;
	int64_t day = e->by->now / DAY_SECONDS * DAY_SECONDS;
	struct tm t = { 0 };
	time_t at = (time_t)day;
	if (!gmtime_r(&at, &t))
		return err_note(ERR_BUG, "no such time");
	int result = set(a, "title", title_of(e, f));
	if (result == 0)
		result = set(a, "rule", f->rule->name);
	if (result == 0)
		result = set(a, "country", f->country);
	if (result == 0)
		result = set(a, "act", f->act);
	if (result == 0)
		result = set(a, "seen",
			arena_f(mem, "%04d-%02d-%02d", t.tm_year + 1900, t.tm_mon + 1, t.tm_mday));
	if (result < 0 || f->rule->kind != WARN_MORE)
		return result;
	result = set(a, "lately", arena_f(mem, "%lld", (long long)f->now));
	if (result == 0)
		result = set(a, "before", arena_f(mem, "%lld", (long long)f->past));
	return result == 0 ? set(a, "chance", arena_f(mem, "%.6f", f->chance)) : result;
}

static int raise(const struct record_event *e, const struct finding *f)
{
	const struct shelf_form *form = shelf_find(e->shelf, STR("alert"));
	struct record_by house = *e->by;
	struct record_done done = { 0 };
	struct answers a;
	struct str uid = { 0 };
	house.is_house = true;
	house.account = house.participant = 0;
	answers_init(&a, form->def, house.mem, house.now);
	int result = fill(e, f, &a);
	if (result == 0)
		result = record_uid(house.mem, &uid);
	if (result == 0)
		result = record_write(&house, e->shelf,
			&(struct record_job){ .what = CHAIN_MADE,
				.form = form,
				.uid = uid,
				.answers = &a,
				.is_sample = e->r->is_sample },
			&done);
	return result;
}

static int count(const struct record_event *e, struct finding *f)
{
	int64_t end = (e->by->now / DAY_SECONDS + 1) * DAY_SECONDS;
	int64_t since = end - f->rule->days * DAY_SECONDS;
	int64_t past = since - f->rule->past_days * DAY_SECONDS;
	struct warn_count_row row = { 0 };
	int result = warn_count(e->by->db, e->by->mem, f->country, f->act, since, end, &row);
	f->now = row.n;
	if (result >= 0)
		result = warn_count(e->by->db, e->by->mem, f->country, f->act, past, since, &row);
	f->past = row.n;
	return result < 0 ? result : 0;
}

/* The same rise is told once in its days. */
static int is_new(const struct record_event *e, const struct finding *f, bool *ret)
{
	struct warn_last_row last = { 0 };
	int result = warn_last(e->by->db, e->by->mem, f->rule->name, f->country, f->act, &last);
	*ret = result >= 0 && last.at <= e->by->now - f->rule->days * DAY_SECONDS;
	return result < 0 ? result : 0;
}

static int apply(const struct record_event *e, struct finding *f)
{
	bool is = true;
	int result = 0;
	if (f->rule->kind == WARN_MORE) {
		result = is_new(e, f, &is);
		if (result == 0 && is)
			result = count(e, f);
		is = is && result == 0 && warn_is_more(f->rule, f->now, f->past, &f->chance);
	}
	return result == 0 && is ? raise(e, f) : result;
}

static struct str answer(const struct record *r, const char *field)
{
	int i = def_field_find(r->form->def, str_c(field));
	return i < 0 ? STR("") : answers_get(&r->answers, i, 0);
}

static struct str act_name(const struct record_event *e, struct str act)
{
	const struct lang *l = lang_by_code(e->by->lang);
	const struct shelf_form *f = e->r->form;
	int i = def_field_find(f->def, STR("act"));
	const struct def_choice *c = i < 0 ? NULL : def_choice_find(&f->def->field[i], act);
	return c ? labels_choice(shelf_labels(f, l ? l : lang_of(LANG_EN)), f->def, c).s : act;
}

static int look(const struct record_event *e, const struct warn_rule *rule, size_t n)
{
	const struct lang *l = lang_by_code(e->by->lang);
	struct finding f = { .country = answer(e->r, "country") };
	struct str acts = answer(e->r, "act"), act;
	int result = 0;
	f.country_name = lang_country(l ? l : lang_of(LANG_EN), e->by->mem, f.country);
	while (result == 0 && acts.n && str_cut(&acts, ' ', &act)) {
		f.act = act;
		f.act_name = act_name(e, act);
		for (size_t i = 0; i < n && result == 0; i++) {
			f.rule = &rule[i];
			if (str_is(rule[i].acts, "*") || answers_has_choice(rule[i].acts, act))
				result = apply(e, &f);
		}
	}
	return result;
}

/* ---- confirmed ---- */

static int tell(const struct record_event *e)
{
	return news_tell_country(e->by->db, e->r->id, answer(e->r, "country"),
		answer(e->r, "title"), e->r->lang, e->by->now);
}

/* Written down, so that the same is not raised twice. */
static int note_down(const struct record_event *e)
{
	int result = warn_drop(e->by->db, e->r->id);
	if (result >= 0)
		result = warn_add(e->by->db,
			(struct warn_add_in){ e->r->id, answer(e->r, "rule"),
				answer(e->r, "country"), answer(e->r, "act"),
				e->was_state.n || e->is_anew ? e->r->created : e->by->now });
	return result < 0 ? result : 0;
}

static int alert_changed(const struct record_event *e)
{
	bool is_shown = str_is(e->r->form->def->state[e->r->state].name, "shown");
	int result = note_down(e);
	return result == 0 && is_shown && !e->is_anew && !str_is(e->was_state, "shown") ? tell(e)
											: result;
}

/* An incident that is public for the first time: what is made anew was seen before. */
int warn_watch(const struct record_event *e)
{
	struct warn_rule rule[WARN_RULES_MAX];
	size_t n;
	if (!e->r) {
		int result = warn_clear(e->by->db);
		return result < 0 ? result : 0;
	}
	if (str_is(e->r->form->def->id, "alert"))
		return alert_changed(e);
	if (e->is_anew || e->was_state.n || !str_is(e->r->form->def->id, "incident_public"))
		return 0;
	int result = warn_rules(e->by->mem, alert_rules_text, rule, &n);
	return result < 0 ? result : look(e, rule, n);
}

/* ---- showing ---- */

int warn_load(struct visit *v, struct str country, struct warn_shown ret[WARN_SHOWN], size_t *ret_n)
{
	int64_t since = v->now - WARN_SHOWN_DAYS * DAY_SECONDS;
	struct warn_public_row *one = NULL;
	struct warn_public_all_row *all = NULL;
	size_t n = 0;
	int result = country.n ? warn_public(v->db, v->mem, country, since, WARN_SHOWN, &one, &n)
			       : warn_public_all(v->db, v->mem, since, WARN_SHOWN, &all, &n);
	for (size_t i = 0; i < n && i < WARN_SHOWN && result >= 0; i++) {
		const struct warn_public_row row = country.n
			? one[i]
			: (struct warn_public_row){ all[i].uid, all[i].form, all[i].lang,
				  all[i].body, all[i].at, all[i].is_sample };
		const struct lang *l = lang_by_code(row.lang);
		const struct shelf_form *f;
		struct answers a;
		result = shelf_of(v->house->shelf, v->db, v->mem, row.form, &f);
		if (result < 0)
			return result;
		answers_init(&a, f->def, v->mem, v->now);
		result = body_read(row.body, &a);
		ret[i] = (struct warn_shown){ .uid = row.uid,
			.title = answers_get(&a, def_field_find(f->def, STR("title")), 0),
			.words = answers_get(&a, def_field_find(f->def, STR("words")), 0),
			.country = answers_get(&a, def_field_find(f->def, STR("country")), 0),
			.lang = (l ? l : v->lang)->tag,
			.at = row.at,
			.is_sample = row.is_sample != 0 };
	}
	*ret_n = n < WARN_SHOWN ? n : WARN_SHOWN;
	return result < 0 ? result : 0;
}
