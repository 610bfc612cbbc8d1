/* summary.json: see ask_data.h. */
#include "account/parcel_json.h"
#include "outcome/ask_data.h"
#include "participate/plan.h"

static void put_day(struct visit *v, json_t *to, bool *has_failed, const char *key, int64_t at)
{
	if (at)
		json_put_str(to, has_failed, key, plan_date(at, v->mem));
	else
		json_put(to, has_failed, key, json_null());
}

static json_t *answers_json(struct visit *v, const struct ask_data *a, bool *has_failed)
{
	json_t *to = json_array();
	for (size_t k = a->n_answer; k-- > 0;) {
		const struct ask_answer *r = &a->answer[k];
		json_t *one = json_object();
		put_day(v, one, has_failed, "day", r->at);
		json_put(one, has_failed, "state", json_string(ask_data_state(r->state)));
		json_put_str(one, has_failed, "by", r->by);
		json_put_str(one, has_failed, "unit", r->unit);
		json_put_str(one, has_failed, "text", r->body);
		json_put_str(one, has_failed, "language", r->lang);
		put_day(v, one, has_failed, "review", r->review_at);
		json_put(one, has_failed, "corrects", json_boolean(r->corrects));
		json_add(to, has_failed, one);
	}
	return to;
}

static json_t *evidence_json(struct visit *v, const struct ask_data *a, bool *has_failed)
{
	json_t *to = json_array();
	for (size_t k = 0; k < a->n_evidence; k++) {
		const struct ask_data_evidence *e = &a->evidence[k];
		json_t *one = json_object();
		json_put_str(one, has_failed, "item", e->item);
		json_put_str(one, has_failed, "address",
			arena_f(v->mem, "%.*s/i/%lld", STR_ARG(visit_base(v)), (long long)e->id));
		json_put(one, has_failed, "bearing", json_string(ask_data_bearing(e->bearing)));
		json_put_str(one, has_failed, "quote", e->quote);
		json_put(one, has_failed, "gone", json_boolean(e->is_gone));
		json_add(to, has_failed, one);
	}
	return to;
}

static json_t *ask_json(struct visit *v, const struct ask_data *a, bool *has_failed)
{
	const struct ask_weight *w = &a->card.weight;
	json_t *to = json_object();
	json_put_str(to, has_failed, "ask", a->card.a.address);
	json_put_str(to, has_failed, "address", a->url);
	json_put_str(to, has_failed, "title", a->card.a.title);
	json_put_str(to, has_failed, "text", a->card.a.body);
	json_put_str(to, has_failed, "language", a->card.a.text_lang);
	json_put_str(to, has_failed, "addressee", a->card.a.org_name);
	put_day(v, to, has_failed, "asked", a->card.a.asked_at);
	put_day(v, to, has_failed, "due", a->card.a.due_at);
	json_put(to, has_failed, "state", json_string(ask_data_state(a->card.a.state)));
	put_day(v, to, has_failed, "answered", a->card.a.answered_at);
	json_put(to, has_failed, "days_late", json_integer(ask_late_days(&a->card.a, v->now)));
	json_put(to, has_failed, "contributions", json_integer(w->contributions));
	json_put(to, has_failed, "for", json_integer(w->in_favour));
	json_put(to, has_failed, "if", json_integer(w->with_conditions));
	json_put(to, has_failed, "against", json_integer(w->against));
	json_put_str(to, has_failed, "people", a->people);
	json_put_str(to, has_failed, "countries", a->countries);
	json_put_str(to, has_failed, "languages", a->languages);
	json_put(to, has_failed, "statements", json_integer(w->statements));
	json_put(to, has_failed, "answers", answers_json(v, a, has_failed));
	json_put(to, has_failed, "evidence", evidence_json(v, a, has_failed));
	return to;
}

static int put_one(struct visit *v, const struct ask_data *one, void *to)
{
	bool has_failed = false;
	json_t *item = ask_json(v, one, &has_failed);
	return parcel_json_item(to, item, has_failed);
}

int ask_data_json(struct visit *v, struct parcel_out *o, const void *of)
{
	const struct space *s = of;
	struct parcel_json j = { .o = o };
	bool has_failed = false;
	json_t *head = json_object();
	json_put_str(head, &has_failed, "consultation", s->title);
	json_put_str(head, &has_failed, "slug", s->slug);
	int result = parcel_json_begin(&j, head, has_failed, "asks");
	if (result == 0)
		result = ask_data_each(v, s, put_one, &j);
	return result < 0 ? result : parcel_json_end(&j);
}
