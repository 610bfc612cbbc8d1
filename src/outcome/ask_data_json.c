/* summary.json: see ask_data.h. */
#include "outcome/ask_data.h"
#include "participate/plan.h"
#include <jansson.h>
#include <stdlib.h>

/* A failure of jansson is remembered: setting NULL fails, and so does the look at the whole. */
static void put(json_t *to, bool *has_failed, const char *key, json_t *value)
{
	if (json_object_set_new(to, key, value) < 0)
		*has_failed = true;
}

static void put_str(json_t *to, bool *has_failed, const char *key, struct str s)
{
	put(to, has_failed, key, json_stringn(s.p ? s.p : "", s.n));
}

static void put_day(struct visit *v, json_t *to, bool *has_failed, const char *key, int64_t at)
{
	if (at)
		put_str(to, has_failed, key, plan_date(at, v->mem));
	else
		put(to, has_failed, key, json_null());
}

static json_t *answers_json(struct visit *v, const struct ask_data *a, bool *has_failed)
{
	json_t *to = json_array();
	for (size_t k = a->n_answer; k-- > 0;) {
		const struct ask_answer *r = &a->answer[k];
		json_t *one = json_object();
		put_day(v, one, has_failed, "day", r->at);
		put(one, has_failed, "state", json_string(ask_data_state(r->state)));
		put_str(one, has_failed, "by", r->by);
		put_str(one, has_failed, "unit", r->unit);
		put_str(one, has_failed, "text", r->body);
		put_str(one, has_failed, "language", r->lang);
		put_day(v, one, has_failed, "review", r->review_at);
		put(one, has_failed, "corrects", json_boolean(r->corrects));
		*has_failed |= json_array_append_new(to, one) < 0;
	}
	return to;
}

static json_t *evidence_json(struct visit *v, const struct ask_data *a, bool *has_failed)
{
	json_t *to = json_array();
	for (size_t k = 0; k < a->n_evidence; k++) {
		const struct ask_data_evidence *e = &a->evidence[k];
		json_t *one = json_object();
		put_str(one, has_failed, "item", e->item);
		put_str(one, has_failed, "address",
			arena_f(v->mem, "%.*s/i/%lld", STR_ARG(visit_base(v)), (long long)e->id));
		put(one, has_failed, "bearing", json_string(ask_data_bearing(e->bearing)));
		put_str(one, has_failed, "quote", e->quote);
		put(one, has_failed, "gone", json_boolean(e->is_gone));
		*has_failed |= json_array_append_new(to, one) < 0;
	}
	return to;
}

static json_t *ask_json(struct visit *v, const struct ask_data *a, bool *has_failed)
{
	const struct ask_weight *w = &a->card.weight;
	json_t *to = json_object();
	put_str(to, has_failed, "ask", a->card.a.address);
	put_str(to, has_failed, "address", a->url);
	put_str(to, has_failed, "title", a->card.a.title);
	put_str(to, has_failed, "text", a->card.a.body);
	put_str(to, has_failed, "language", a->card.a.text_lang);
	put_str(to, has_failed, "addressee", a->card.a.org_name);
	put_day(v, to, has_failed, "asked", a->card.a.asked_at);
	put_day(v, to, has_failed, "due", a->card.a.due_at);
	put(to, has_failed, "state", json_string(ask_data_state(a->card.a.state)));
	put_day(v, to, has_failed, "answered", a->card.a.answered_at);
	put(to, has_failed, "days_late", json_integer(ask_late_days(&a->card.a, v->now)));
	put(to, has_failed, "contributions", json_integer(w->contributions));
	put(to, has_failed, "for", json_integer(w->in_favour));
	put(to, has_failed, "if", json_integer(w->with_conditions));
	put(to, has_failed, "against", json_integer(w->against));
	put_str(to, has_failed, "people", a->people);
	put_str(to, has_failed, "countries", a->countries);
	put_str(to, has_failed, "languages", a->languages);
	put(to, has_failed, "statements", json_integer(w->statements));
	put(to, has_failed, "answers", answers_json(v, a, has_failed));
	put(to, has_failed, "evidence", evidence_json(v, a, has_failed));
	return to;
}

int ask_data_json(struct visit *v, const struct space *s, const struct ask_data *ask, size_t n,
	struct str *ret)
{
	bool has_failed = false;
	json_t *to = json_object(), *asks = json_array();
	put_str(to, &has_failed, "consultation", s->title);
	put_str(to, &has_failed, "slug", s->slug);
	for (size_t i = 0; i < n; i++)
		has_failed |= json_array_append_new(asks, ask_json(v, &ask[i], &has_failed)) < 0;
	put(to, &has_failed, "asks", asks);
	char *text = has_failed ? NULL : json_dumps(to, JSON_INDENT(1));
	json_decref(to);
	*ret = text ? arena_copy(v->mem, str_c(text)) : (struct str){ 0 };
	free(text);
	return ret->p ? 0 : err_note(ERR_NOMEM, "summary.json");
}
