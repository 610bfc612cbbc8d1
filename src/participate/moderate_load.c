#include "participate/desk.h"
#include "participate/moderate.h"
#include "participate/moderate.sql.h"
#include "participate/translate.h"
#include "po/messages.h"
#include "render/markdown.h"

enum { QUESTIONS_MAX = 100, HOUR = 3600 };

struct age age_of(int64_t now, int64_t at)
{
	int64_t seconds = now > at ? now - at : 0;
	if (seconds < HOUR)
		return (struct age){ MSG_moderate_age_now, 0 };
	if (seconds < 2 * DAY)
		return (struct age){ MSG_moderate_age_hours, seconds / HOUR };
	return (struct age){ MSG_moderate_age_days, seconds / DAY };
}

struct age span_of(int64_t now, int64_t at)
{
	struct age a = age_of(now, at);
	if (a.msg == MSG_moderate_age_now)
		a.msg = MSG_moderate_span_short;
	else
		a.msg = a.msg == MSG_moderate_age_hours ? MSG_moderate_span_hours
							: MSG_moderate_span_days;
	return a;
}

static int load_counts(struct visit *v, struct queue_view *p)
{
	struct queue_counts_row row;
	int result = queue_counts(v->db, v->mem, p->s.id, &row);
	if (result < 0)
		return result;
	p->n[QUEUE_WAITING] = row.waiting;
	p->n[QUEUE_FLAGGED] = row.flagged;
	p->n[QUEUE_BACK] = row.back;
	p->n[QUEUE_WORDS] = row.words;
	p->oldest = span_of(v->now, row.oldest.has ? row.oldest.v : v->now);
	return 0;
}

/* The rows of every list of counts look the same; each has its own type. */
#define COUNT(row, n_row) \
	for (size_t i = 0; i < (n_row); i++) \
		if ((row)[i].kind <= ITEM_STATEMENT) \
	p->n_kind[(row)[i].kind] = (row)[i].n

/* How many of each kind the tab has, in the language that is chosen. */
static int load_kinds(struct visit *v, struct queue_view *p)
{
	struct str lang = p->lang ? p->lang->code : STR("");
	struct queue_kinds_row *row;
	struct queue_kinds_flagged_row *flagged;
	struct queue_kinds_words_row *words;
	size_t n = 0;
	int result = 0;
	if (p->tab == QUEUE_FLAGGED) {
		result = queue_kinds_flagged(v->db, v->mem, p->s.id, lang, &flagged, &n);
		if (result >= 0)
			COUNT(flagged, n);
	} else if (p->tab == QUEUE_WORDS) {
		result = queue_kinds_words(v->db, v->mem, p->s.id, lang, &words, &n);
		if (result >= 0)
			COUNT(words, n);
	} else if (p->tab != QUEUE_DECIDED) {
		result = queue_kinds(v->db, v->mem, p->s.id,
			p->tab == QUEUE_BACK ? ITEM_SENT_BACK : ITEM_WAITING, lang, &row, &n);
		if (result >= 0)
			COUNT(row, n);
	}
	return result < 0 ? result : 0;
}

static int load_questions(struct visit *v, struct queue_view *p)
{
	struct queue_questions_row *row;
	size_t n;
	int result = queue_questions(
		v->db, v->mem, p->s.id, v->lang->code, QUESTIONS_MAX, &row, &n);
	if (result < 0)
		return result;
	struct queue_question *q = arena_array(v->mem, n + 1, sizeof *q);
	if (!q)
		return ERR_NOMEM;
	for (size_t i = 0; i < n; i++)
		q[i] = (struct queue_question){ row[i].number, row[i].title };
	p->question = q;
	p->n_question = n;
	return 0;
}

/* ---- one card ---- */

static int load_place(struct visit *v, struct queue_card *c)
{
	struct queue_place_row row;
	int found = c->item.parent ? queue_place(v->db, v->mem, c->item.id, &row) : 0;
	if (found <= 0)
		return found;
	c->question = row.kind == ITEM_QUESTION ? row.number : row.question.v;
	c->answers = row.kind == ITEM_CONTRIBUTION ? row.number : 0;
	return 0;
}

static int load_flags(struct visit *v, struct queue_card *c)
{
	struct queue_flags_row *row;
	int result = queue_flags(v->db, v->mem, c->item.id, &row, &c->n_flag);
	if (result < 0)
		return result;
	struct queue_flag *flag = arena_array(v->mem, c->n_flag + 1, sizeof *flag);
	if (!flag)
		return ERR_NOMEM;
	for (size_t i = 0; i < c->n_flag; i++)
		flag[i] = (struct queue_flag){ (int)row[i].reason, row[i].n };
	c->flag = flag;
	return 0;
}

static int load_author(struct visit *v, struct queue_card *c)
{
	struct queue_seat_row seat;
	if (c->item.country.n)
		c->country = lang_country(v->lang, v->mem, c->item.country);
	int found = c->item.seat ? queue_seat(v->db, v->mem, c->item.seat, &seat) : 0;
	c->is_trusted = found > 0 && seat.is_trusted;
	return found < 0 ? found : 0;
}

static int load_last(struct visit *v, struct queue_card *c)
{
	struct queue_last_row row;
	int found = c->state.last ? queue_last(v->db, v->mem, c->state.last, &row) : 0;
	if (found > 0)
		c->last = (struct queue_last){ (enum verdict)row.verdict, (int)row.reason, row.at,
			row.word };
	return found < 0 ? found : 0;
}

int queue_card_load(struct visit *v, const struct queue_view *p, int64_t id, struct queue_card *ret)
{
	struct queue_card c = { 0 };
	int64_t original, faulty;
	c.is_original = str_i64(http_query(v->req, "original"), &original) && original == id;
	int result = decide_look(v, p->s.id, id, &c.state);
	if (result == 0)
		result = item_load(v, id, c.is_original, &c.item);
	if (result == 0)
		result = markdown_html(v->mem, c.item.body, &c.html);
	if (result == 0)
		result = load_place(v, &c);
	if (result == 0)
		result = load_flags(v, &c);
	if (result == 0)
		result = load_author(v, &c);
	if (result == 0)
		result = load_last(v, &c);
	if (result < 0)
		return result;
	c.age = age_of(v->now, c.item.created_at);
	c.is_faulty = v->form.n_fault && str_i64(form_typed(&v->form, "item"), &faulty) &&
		faulty == id;
	*ret = c;
	return 0;
}

/* Each statement beside the published ones, in the language in which it is shown. */
static int load_twins(struct visit *v, const struct queue_view *p, struct queue_card *card)
{
	struct twin_pool pool[LANG_COUNT] = { 0 };
	size_t n_pool = 0;
	int result = 0;
	for (size_t i = 0; i < p->n_card && result == 0; i++) {
		const struct item *it = &card[i].item;
		size_t k = 0;
		if (it->kind != ITEM_STATEMENT || !decide_allows(&card[i].state, VERDICT_MERGE))
			continue;
		while (k < n_pool && !str_eq(pool[k].lang, it->text_lang))
			k++;
		if (k == LANG_COUNT)
			continue;
		if (k == n_pool) {
			result = twin_fill(v, p->s.id, it->text_lang, &pool[k]);
			n_pool++;
		}
		if (result == 0)
			result = twin_find(&pool[k], v->mem, it->number, it->body, &card[i].twin);
	}
	return result;
}

/* ---- the page ---- */

struct ids {
	int64_t *id;
	size_t n;
};

/* The rows of every list of ids look the same; each list has its own type. */
#define KEEP(row, n_row) \
	for (size_t i = 0; i < (n_row) && i < ITEM_PAGE; i++) \
	ids->id[ids->n++] = (row)[i].id

static int list_by_status(struct visit *v, struct queue_view *p, struct ids *ids)
{
	struct str lang = p->lang ? p->lang->code : STR("");
	enum item_status status = p->tab == QUEUE_BACK ? ITEM_SENT_BACK : ITEM_WAITING;
	int64_t skip = (p->page - 1) * ITEM_PAGE;
	struct queue_oldest_row *old = NULL;
	struct queue_newest_row *new = NULL;
	size_t n = 0;
	int result = 0;
	if (p->newest_first) {
		result = queue_newest(v->db, v->mem,
			(struct queue_newest_in){
				p->s.id, status, p->kind, lang, ITEM_PAGE + 1, skip },
			&new, &n);
		if (result >= 0)
			KEEP(new, n);
	} else {
		result = queue_oldest(v->db, v->mem,
			(struct queue_oldest_in){
				p->s.id, status, p->kind, lang, ITEM_PAGE + 1, skip },
			&old, &n);
		if (result >= 0)
			KEEP(old, n);
	}
	p->has_next = n > ITEM_PAGE;
	return result;
}

static int list_flagged(struct visit *v, struct queue_view *p, struct ids *ids)
{
	struct queue_flagged_row *row;
	size_t n;
	int result = queue_flagged(v->db, v->mem,
		(struct queue_flagged_in){ p->s.id, p->kind, p->lang ? p->lang->code : STR(""),
			ITEM_PAGE + 1, (p->page - 1) * ITEM_PAGE },
		&row, &n);
	if (result < 0)
		return result;
	KEEP(row, n);
	p->has_next = n > ITEM_PAGE;
	return 0;
}

static int list_decided(struct visit *v, struct queue_view *p, struct ids *ids)
{
	struct queue_decided_row *row;
	size_t n;
	int result = queue_decided(v->db, v->mem,
		(struct queue_decided_in){ p->s.id, p->kind, p->lang ? p->lang->code : STR(""),
			ITEM_PAGE + 1, (p->page - 1) * ITEM_PAGE },
		&row, &n);
	if (result < 0)
		return result;
	KEEP(row, n);
	p->has_next = n > ITEM_PAGE;
	return 0;
}

static int load_words(struct visit *v, struct queue_view *p, struct queue_card *card)
{
	struct queue_words_row *row;
	size_t n;
	int result = queue_words(v->db, v->mem,
		(struct queue_words_in){ p->s.id, p->kind, p->lang ? p->lang->code : STR(""),
			ITEM_PAGE + 1, (p->page - 1) * ITEM_PAGE },
		&row, &n);
	for (size_t i = 0; result >= 0 && i < n && i < ITEM_PAGE; i++) {
		struct queue_card *c = &card[p->n_card++];
		result = item_load(v, row[i].id, true, &c->item);
		if (result == 0)
			result = markdown_html(v->mem, c->item.body, &c->html);
		if (result == 0)
			result = markdown_html(v->mem, row[i].body, &c->words);
		c->lang = row[i].lang;
		c->at = translate_code_at(c->lang);
		c->version = row[i].version;
		c->title = row[i].title;
		c->age = age_of(v->now, row[i].at);
		c->is_own = row[i].account.has && row[i].account.v == v->who.account.v;
	}
	p->has_next = result >= 0 && n > ITEM_PAGE;
	return result < 0 ? result : 0;
}

static int load_items(struct visit *v, struct queue_view *p, struct queue_card *card)
{
	int64_t id[ITEM_PAGE];
	struct ids ids = { .id = id };
	int result = 0;
	if (p->tab == QUEUE_FLAGGED)
		result = list_flagged(v, p, &ids);
	else if (p->tab == QUEUE_DECIDED)
		result = list_decided(v, p, &ids);
	else
		result = list_by_status(v, p, &ids);
	for (size_t i = 0; result >= 0 && i < ids.n; i++) {
		result = queue_card_load(v, p, id[i], &card[i]);
		card[i].slot = i;
		p->n_card++;
	}
	return result < 0 ? result : load_twins(v, p, card);
}

int queue_load(struct visit *v, struct queue_view *p)
{
	struct queue_card *card = arena_array(v->mem, ITEM_PAGE, sizeof *card);
	if (!card)
		return ERR_NOMEM;
	p->n_card = 0;
	p->card = card;
	int result = load_counts(v, p);
	if (result == 0)
		result = load_kinds(v, p);
	if (result == 0)
		result = load_questions(v, p);
	if (result == 0)
		result = p->tab == QUEUE_WORDS ? load_words(v, p, card) : load_items(v, p, card);
	return result;
}
