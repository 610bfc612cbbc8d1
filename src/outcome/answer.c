#include "outcome/answer.h"
#include "crypto/crypto.h"
#include "notify/news.h"
#include "outcome/answer.html.h"
#include "outcome/answer.sql.h"
#include "po/messages.h"

enum { ONCE_BYTES = 12, ONCE_CHARS = 16, URL_MAX = 500 };
enum answer_wish { WISH_LOOK, WISH_CHANGE, WISH_DRAFT, WISH_PUBLISH };

struct answer_in {
	struct opt_i64 wish, state, lang, last, review, corrects;
	struct str once, unit, body[LANG_COUNT], url[ANSWER_PROOFS], title[ANSWER_PROOFS];
};

static const char *const wishes[] = { "look", "change", "draft", "publish", NULL };
static const char *const langs[] = { "ar", "zh", "en", "fr", "ru", "es", NULL };
static const char *const states[] = { "open", "read", "yes", "part", "no", "begun", "done", NULL };

#define AT(member) .at = offsetof(struct answer_in, member)
#define BODY(i, field) \
	{ \
		field, FIELD_TEXT, .max = ANSWER_MAX, AT(body[i]) \
	}
#define PROOF(i, url_field, title_field) \
	{ url_field, FIELD_LINE, .max = URL_MAX, AT(url[i]) }, \
	{ \
		title_field, FIELD_LINE, AT(title[i]) \
	}
static const struct form answer_form = {
	.name = "answer",
	.size = sizeof(struct answer_in),
	.body_max = 256 * 1024,
	.field = {
		{ "do", FIELD_CHOICE, .is_required = true, .choices = wishes, AT(wish) },
		{ "once", FIELD_LINE, .is_required = true, .max = ONCE_CHARS, AT(once) },
		{ "last", FIELD_INT, .is_required = true, .max = INT64_MAX, AT(last) },
		{ "lang", FIELD_CHOICE, .is_required = true, .choices = langs, AT(lang) },
		{ "state", FIELD_CHOICE, .choices = states, AT(state) },
		BODY(LANG_AR, "b-ar"),
		BODY(LANG_ZH, "b-zh"),
		BODY(LANG_EN, "b-en"),
		BODY(LANG_FR, "b-fr"),
		BODY(LANG_RU, "b-ru"),
		BODY(LANG_ES, "b-es"),
		{ "unit", FIELD_LINE, .max = 120, AT(unit) },
		{ "review", FIELD_DATE, AT(review) },
		{ "corrects", FIELD_INT, .max = INT64_MAX, AT(corrects) },
		PROOF(0, "u0", "t0"),
		PROOF(1, "u1", "t1"),
		PROOF(2, "u2", "t2"),
	},
};
static const char *const body_fields[] = { "b-ar", "b-zh", "b-en", "b-fr", "b-ru", "b-es" };
static const char *const url_fields[] = { "u0", "u1", "u2" },
			 *const title_fields[] = { "t0", "t1", "t2" };

const struct fault_label answer_labels[] = {
	{ "state", MSG_answer_form_title },
	{ "b-ar", MSG_answer_form_body },
	{ "b-zh", MSG_answer_form_body },
	{ "b-en", MSG_answer_form_body },
	{ "b-fr", MSG_answer_form_body },
	{ "b-ru", MSG_answer_form_body },
	{ "b-es", MSG_answer_form_body },
	{ "unit", MSG_answer_form_unit },
	{ "review", MSG_answer_form_review },
	{ "corrects", MSG_answer_form_corrects },
	{ "u0", MSG_answer_proof_url },
	{ "t0", MSG_answer_proof_name },
	{ "u1", MSG_answer_proof_url },
	{ "t1", MSG_answer_proof_name },
	{ "u2", MSG_answer_proof_url },
	{ "t2", MSG_answer_proof_name },
	{ 0 },
};

/* ---- for the templates ---- */

const char *answer_field(size_t i)
{
	return answer_form.field[i].name;
}

static size_t index_of(const char *field)
{
	size_t i = 0;
	while (answer_form.field[i].name && !str_is(str_c(answer_form.field[i].name), field))
		i++;
	must(answer_form.field[i].name);
	return i;
}

struct str answer_value(const struct answer_view *p, const char *field)
{
	return p->value[index_of(field)];
}

bool answer_is(const struct answer_view *p, const char *field, int64_t id)
{
	int64_t n;
	return str_i64(answer_value(p, field), &n) && n == id;
}

const char *answer_state_value(enum ask_state state)
{
	return states[state];
}

int answer_state_msg(enum ask_state state)
{
	static const int msg[ASK_STATES] = { MSG_ask_state_open, MSG_answer_state_read,
		MSG_answer_state_yes, MSG_answer_state_part, MSG_answer_state_no,
		MSG_answer_state_begun, MSG_answer_state_done };
	return msg[state];
}

int answer_state_hint(enum ask_state state)
{
	static const int msg[ASK_STATES] = { MSG_ask_state_open, MSG_answer_hint_read,
		MSG_answer_hint_yes, MSG_answer_hint_part, MSG_answer_hint_no,
		MSG_answer_hint_begun, MSG_answer_hint_done };
	return msg[state];
}

const char *answer_body_field(int lang)
{
	return body_fields[lang];
}

const char *answer_proof_field(int i, bool is_title)
{
	return is_title ? title_fields[i] : url_fields[i];
}

int answer_others(const struct answer_view *p)
{
	int n = 0;
	for (int i = 0; i < LANG_COUNT; i++)
		n += i != (int)p->lang->id && answer_value(p, body_fields[i]).n > 0;
	return n;
}

/* ---- the form ---- */

/* A form that is shown again is another form: what somebody changes in it after it was sent is
 * not taken for the same sent twice. */
static int draw_once(struct visit *v, struct answer_view *p)
{
	uint8_t bytes[ONCE_BYTES];
	char once[ONCE_CHARS + 1];
	random_bytes(bytes, sizeof bytes);
	base64_url(bytes, sizeof bytes, once, sizeof once);
	struct str kept = arena_copy(v->mem, (struct str){ once, ONCE_CHARS });
	p->value[index_of("once")] = kept;
	return kept.p ? 0 : ERR_NOMEM;
}

static int newest(struct visit *v, int64_t ask, int64_t *ret)
{
	struct answer_newest_row row;
	int found = answer_newest(v->db, v->mem, ask, &row);
	*ret = found > 0 ? row.id : 0;
	return found < 0 ? found : 0;
}

/* What an untouched form holds: the draft, if there is one. */
static int fill_new(struct visit *v, struct answer_view *p)
{
	struct answer_draft_fields_row *row;
	size_t n;
	int result = answer_draft_fields(v->db, v->mem, p->one.a.id, p->one.a.org, &row, &n);
	p->value[index_of("lang")] = v->lang->code;
	p->value[index_of("unit")] = p->one.a.focal_point;
	for (size_t i = 0; result >= 0 && i < n; i++)
		for (size_t k = 0; answer_form.field[k].name; k++)
			if (str_is(row[i].field, answer_form.field[k].name))
				p->value[k] = row[i].value;
	p->is_draft = result >= 0 && n > 0;
	return result < 0 ? result : 0;
}

static int fill(struct visit *v, struct answer_view *p)
{
	int64_t last;
	int result = newest(v, p->one.a.id, &last);
	p->form = &v->form;
	for (size_t k = 0; v->form.form && answer_form.field[k].name; k++)
		p->value[k] = form_typed(&v->form, answer_form.field[k].name);
	if (result == 0 && !v->form.form)
		result = fill_new(v, p);
	p->value[index_of("last")] = arena_f(v->mem, "%lld", (long long)last);
	p->lang = lang_by_code(answer_value(p, "lang"));
	if (!p->lang)
		p->lang = v->lang;
	return result;
}

static int load_beside(struct visit *v, struct answer_view *p)
{
	struct answer_own_row *row;
	int result = answer_own(v->db, v->mem, p->one.a.id, p->one.a.org, &row, &p->n_own);
	struct answer_own *own = result < 0 ? NULL : arena_array(v->mem, p->n_own + 1, sizeof *own);
	if (!own)
		return result < 0 ? result : ERR_NOMEM;
	for (size_t i = 0; i < p->n_own; i++)
		own[i] = (struct answer_own){ row[i].id, row[i].at };
	p->own = own;
	return ask_answers_load(v, p->one.a.id, &p->past, &p->n_past);
}

static int show(struct visit *v, struct answer_view *p)
{
	int result = fill(v, p);
	if (result == 0)
		result = draw_once(v, p);
	if (result == 0)
		result = load_beside(v, p);
	if (result < 0)
		return result;
	p->is_saved = http_query(v->req, "saved").p != NULL;
	p->frame = visit_frame(v, p->one.a.title);
	p->frame.area = FRAME_ANSWERS;
	answer_page(&v->out, p);
	return visit_page(v, v->form.n_fault ? 422 : 200);
}

static int answer_show(struct visit *v)
{
	struct answer_view p = { 0 };
	int result = responder_here(v, &p.one);
	return result < 0 ? result : show(v, &p);
}

/* ---- what it says ---- */

/* An answer as the form says it, with nobody to hold it to yet. */
struct made {
	struct ask_proof proof[ANSWER_PROOFS];
	size_t n_proof;
	enum lang_id lang;
	bool is_sent; /* this very form was sent before */
};

/* "/i/12" is one of ours; everything else must be an address of the web. */
static int read_proof(struct visit *v, int i, struct made *m)
{
	const struct answer_in *in = visit_in(v, struct answer_in);
	struct ask_proof *proof = &m->proof[m->n_proof];
	struct url url;
	struct answer_proof_is_row row;
	struct str s = in->url[i];
	int found = 0;
	if (!s.n && !in->title[i].n)
		return 0;
	*proof = (struct ask_proof){ .url = s, .title = in->title[i] };
	if (str_starts(s, "/i/") && str_i64(str_from(s, sizeof "/i/" - 1), &proof->item)) {
		found = answer_proof_is(v->db, v->mem, proof->item, &row);
		if (found > 0 && !proof->title.n)
			proof->title = item_address(v->mem, (enum item_kind)row.kind, row.number);
		proof->url = STR("");
	} else {
		proof->item = 0;
		found = (str_starts(s, "https://") || str_starts(s, "http://")) &&
			url_web(s, &url) == 0;
	}
	if (found == 0)
		form_fault_add(&v->form, url_fields[i], MSG_answer_proof_fault, 0);
	else if (!proof->title.n)
		form_fault_add(&v->form, title_fields[i], MSG_site_fault_required, 0);
	m->n_proof++;
	return found < 0 ? found : 0;
}

static int check_corrected(struct visit *v, const struct answer_view *p)
{
	const struct answer_in *in = visit_in(v, struct answer_in);
	struct answer_own_row *row;
	size_t n;
	if (!in->corrects.has || !in->corrects.v)
		return 0;
	int result = answer_own(v->db, v->mem, p->one.a.id, p->one.a.org, &row, &n);
	for (size_t i = 0; result >= 0 && i < n; i++)
		if (row[i].id == in->corrects.v)
			return 0;
	return result < 0 ? result : err_note(ERR_INPUT, "corrects what is not theirs");
}

/* What only an answer that will be read must have. */
static void find_gaps(struct visit *v, const struct answer_view *p)
{
	const struct answer_in *in = visit_in(v, struct answer_in);
	const char *body = body_fields[in->lang.v];
	if (!in->state.has && !form_fault_of(&v->form, "state"))
		form_fault_add(&v->form, "state", MSG_answer_state_fault, 0);
	else if (in->state.has && !ask_may_follow(p->one.a.state, (enum ask_state)in->state.v))
		form_fault_add(&v->form, "state", MSG_answer_state_follow, 0);
	if (!in->body[in->lang.v].n && !form_fault_of(&v->form, body))
		form_fault_add(&v->form, body, MSG_site_fault_required, 0);
	if (in->review.has && in->review.v < v->now / DAY * DAY)
		form_fault_add(&v->form, "review", MSG_answer_form_review_fault, 0);
}

static struct str once_of(struct visit *v)
{
	return arena_f(v->mem, "answer:%lld:%.*s", (long long)v->who.account.v,
		STR_ARG(visit_in(v, struct answer_in)->once));
}

/* Faults stay in the form. Another answer since the form was opened is one of them. */
static int make(struct visit *v, struct answer_view *p, struct made *m)
{
	const struct answer_in *in = visit_in(v, struct answer_in);
	struct answer_once_row before;
	int64_t last;
	bool is_draft = in->wish.v == WISH_DRAFT;
	m->lang = (enum lang_id)in->lang.v;
	bool is_last = in->wish.v == WISH_PUBLISH;
	int result = is_last ? answer_once(v->db, v->mem, once_of(v), &before) : 0;
	m->is_sent = result > 0;
	if (result >= 0)
		result = newest(v, p->one.a.id, &last);
	if (result == 0 && !m->is_sent && !is_draft && in->last.v != last)
		form_fault_add(&v->form, "state", MSG_answer_state_since, 0);
	if (result == 0)
		result = check_corrected(v, p);
	for (int i = 0; i < ANSWER_PROOFS && result == 0 && !is_draft; i++)
		result = read_proof(v, i, m);
	if (result == 0 && !is_draft && !m->is_sent)
		find_gaps(v, p);
	return result;
}

static int show_next(struct visit *v, struct answer_view *p, const struct made *m)
{
	const struct answer_in *in = visit_in(v, struct answer_in);
	int result = fill(v, p);
	if (result < 0)
		return result;
	p->next = (struct ask_answer){ .at = v->now,
		.review_at = in->review.has ? in->review.v : 0,
		.corrects = in->corrects.has ? in->corrects.v : 0,
		.state = (enum ask_state)in->state.v,
		.body = in->body[m->lang],
		.lang = lang_of(m->lang)->code,
		.by = p->one.a.org_name,
		.unit = in->unit,
		.proof = m->proof,
		.n_proof = m->n_proof };
	p->frame = visit_frame(v, visit_say(v, MSG_answer_look_title, 0));
	p->frame.area = FRAME_ANSWERS;
	answer_look_page(&v->out, p);
	return visit_page(v, 200);
}

/* A form without its own marks was not made by us. */
static bool is_ours(const struct visit *v)
{
	const struct answer_in *in = visit_in(v, struct answer_in);
	return in->wish.has && in->lang.has && in->last.has && in->once.n;
}

static int answer_check(struct visit *v)
{
	struct answer_view p = { 0 };
	struct made m = { 0 };
	int result = responder_here(v, &p.one);
	if (result == 0 && !is_ours(v))
		return err_note(ERR_INPUT, "not our form");
	if (result == 0)
		result = make(v, &p, &m);
	if (result < 0)
		return result;
	enum answer_wish wish = (enum answer_wish)visit_in(v, struct answer_in)->wish.v;
	if (v->form.n_fault || wish == WISH_CHANGE) {
		if (wish == WISH_CHANGE)
			v->form.n_fault = 0;
		return visit_ended(show(v, &p));
	}
	return wish == WISH_LOOK ? visit_ended(show_next(v, &p, &m)) : VISIT_GO_ON;
}

/* ---- writing ---- */

static int save_draft(struct visit *v, const struct answer_view *p)
{
	int64_t ask = p->one.a.id, org = p->one.a.org;
	static const char *const own[] = { "do", "once", "last" };
	int result = answer_draft_drop(v->db, ask, org);
	for (size_t k = 0; answer_form.field[k].name && result >= 0; k++) {
		struct str name = str_c(answer_form.field[k].name);
		struct str value = form_typed(&v->form, answer_form.field[k].name);
		if (value.n && !str_is(name, own[0]) && !str_is(name, own[1]) &&
			!str_is(name, own[2]))
			result = answer_draft_put(v->db, ask, org, name, value);
	}
	v->is_quiet = true;
	return result < 0 ? result : visit_goto(v, "/answers/%lld?saved", (long long)ask);
}

static int add_words(struct visit *v, int64_t id, const struct made *m)
{
	const struct answer_in *in = visit_in(v, struct answer_in);
	int result = 0;
	for (int i = 0; i < LANG_COUNT && result == 0; i++)
		if (i != (int)m->lang && in->body[i].n)
			result = item_set_text(v, id, lang_of((enum lang_id)i)->code, TEXT_HUMAN,
				STR(""), in->body[i]);
	return result;
}

static int add_rest(struct visit *v, const struct answer_view *p, int64_t id, const struct made *m)
{
	const struct answer_in *in = visit_in(v, struct answer_in);
	bool is_correction = in->corrects.has && in->corrects.v;
	int result = answer_add(v->db,
		(struct answer_add_in){ .item = id,
			.ask = p->one.a.id,
			.org = p->one.a.org,
			.state = in->state.v,
			.unit = in->unit,
			.review_at = in->review,
			.corrects = { is_correction ? in->corrects.v : 0, is_correction } });
	for (size_t i = 0; i < m->n_proof && result >= 0; i++) {
		const struct ask_proof *proof = &m->proof[i];
		result = answer_add_proof(v->db,
			(struct answer_add_proof_in){ .answer = id,
				.ord = (int64_t)i + 1,
				.url = proof->url,
				.title = proof->title,
				.item = { proof->item, proof->item != 0 } });
	}
	return result < 0 ? result : add_words(v, id, m);
}

static int publish(struct visit *v, const struct answer_view *p, const struct made *m)
{
	const struct answer_in *in = visit_in(v, struct answer_in);
	int64_t id;
	int result = item_add(v,
		&(struct item_new){ .space = p->one.a.space,
			.parent = p->one.a.id,
			.account = v->who.account.v,
			.kind = ITEM_ANSWER,
			.status = ITEM_PUBLISHED,
			.lang = lang_of(m->lang)->code,
			.title = STR(""),
			.body = in->body[m->lang],
			.once = once_of(v) },
		&id);
	if (result > 0) {
		result = add_rest(v, p, id, m);
		result = result < 0 ? result : news_tell(v, id);
	}
	if (result == 0)
		result = answer_ask(
			v->db, p->one.a.id, in->state.v, in->review, v->now / DAY * DAY);
	return result < 0 ? result : answer_draft_drop(v->db, p->one.a.id, p->one.a.org);
}

static int answer_act(struct visit *v)
{
	struct answer_view p = { 0 };
	struct made m = { 0 };
	int result = responder_here(v, &p.one);
	if (result == 0)
		result = make(v, &p, &m);
	if (result == 0 && v->form.n_fault)
		return err_note(ERR_CONFLICT, "answered or changed meanwhile");
	if (result < 0)
		return result;
	if (visit_in(v, struct answer_in)->wish.v == WISH_DRAFT)
		return save_draft(v, &p);
	if (!m.is_sent)
		result = publish(v, &p, &m);
	return result < 0 ? result
			  : visit_goto(v, "/c/%.*s/asks/%.*s#an", STR_ARG(p.one.slug),
				    STR_ARG(p.one.a.address));
}

const struct route answer_routes[] = {
	/* method    path            who        input         check         act */
	{ HTTP_GET, "/answers/:ask", SIGNED_IN, NULL, NULL, answer_show },
	{ HTTP_POST, "/answers/:ask", SIGNED_IN, &answer_form, answer_check, answer_act },
	{ 0 },
};
