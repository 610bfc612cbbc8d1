/* What is said in the sample: questions, statements, contributions, replies. */
#include "participate/demo_inner.h"
#include "store/search.h"
#include <string.h>

static bool is_body(const struct demo_block *b, size_t i)
{
	return !b->row[i].field.p || str_is(b->row[i].field, "body");
}

/* The language of the first line is the author's. */
static int add_texts(
	struct demo *d, const struct demo_block *b, int64_t item, const struct put_item_in *in)
{
	int result = 0;
	for (size_t i = 0; result >= 0 && i < b->n_line; i++) {
		struct str lang = b->row[i].lang, title = demo_text(b, lang, "title");
		if (!is_body(b, i))
			continue;
		bool is_author = str_eq(lang, in->lang), is_easy = lang_choice(lang).is_easy;
		struct opt_i64 translator = { d->staff.translator.v, true };
		result = put_item_text(d->db,
			(struct put_item_text_in){ .item = item,
				.lang = lang,
				.version = 1,
				.origin = is_author ? TEXT_AUTHOR
					: is_easy   ? TEXT_EASY
						    : TEXT_HUMAN,
				.is_reviewed = is_author || !demo_number(b, "unread", 0),
				.title = title.p ? title : STR(""),
				.body = b->row[i].text,
				.account = is_author ? in->account : translator,
				.at = in->created_at });
	}
	return result;
}

static int index_words(struct demo *d, const struct demo_block *b, int64_t item)
{
	auto_buf all;
	buf_init(&all, 1 << 20);
	for (size_t i = 0; i < b->n_line; i++) {
		if (!is_body(b, i) && !str_is(b->row[i].field, "title"))
			continue;
		buf_str(&all, b->row[i].text);
		buf_byte(&all, '\n');
	}
	return all.failed ? all.failed : search_put(d->db, item, buf_view(&all), d->mem);
}

static int add_marks(struct demo *d, int64_t item, int64_t n)
{
	size_t from = (size_t)demo_noise(d, (int64_t)d->n_seat);
	int result = 0;
	for (int64_t i = 0; result >= 0 && i < n; i++)
		result = put_useful(d->db, item, d->seat[(from + (size_t)i) % d->n_seat].id);
	return result;
}

/* "flag=4": somebody objects, for that reason. */
static int add_flag(struct demo *d, int64_t item, int64_t reason, int64_t at)
{
	return put_flag(d->db,
		(struct put_flag_in){ .item = item,
			.seat = d->seat[demo_noise(d, (int64_t)d->n_seat)].id,
			.space = d->space,
			.reason = reason,
			.is_open = 1,
			.at = at });
}

/* The moderator decided on everything that people wrote, except what waits. */
static int decide(struct demo *d, const struct demo_block *b, int64_t item, int64_t at,
	enum item_status status)
{
	static const int64_t verdict[] = {
		[ITEM_PUBLISHED] = 1, [ITEM_SENT_BACK] = 2, [ITEM_HIDDEN] = 3
	};
	struct str word = demo_text(b, b->row[0].lang, "word");
	if (status == ITEM_WAITING)
		return 0;
	return put_decision(d->db,
		(struct put_decision_in){ .space = d->space,
			.item = item,
			.account = d->staff.moderator.v,
			.verdict = verdict[status],
			.reason = demo_number(b, "reason", 0),
			.word = word.p ? word : STR(""),
			.at = at });
}

/* Who writes: somebody from that country who speaks the language and has said nothing yet. */
static struct demo_seat *find_author(struct demo *d, const struct demo_block *b)
{
	struct str country = demo_arg(b, "from"), lang = b->row[0].lang;
	for (size_t i = 0; i < d->n_seat; i++) {
		struct demo_seat *s = &d->seat[i];
		if (!s->has_asked && str_eq(s->country, country) && str_eq(s->lang, lang))
			return s;
	}
	return NULL;
}

static int take_author(struct demo *d, const struct demo_block *b, struct put_item_in *in)
{
	struct demo_seat *s = find_author(d, b);
	struct str alias = demo_text(b, in->lang, "as");
	if (!s)
		return err_note(ERR_BUG, "sample texts, line %d: nobody there to write", b->line);
	s->has_asked = true;
	in->seat = (struct opt_i64){ s->id, true };
	return alias.p ? put_seat_alias(d->db, s->id, alias) : 0;
}

static enum item_kind kind_of(struct str word)
{
	static const char *const kinds[] = { "", "question", "contribution", "reply", "statement" };
	for (enum item_kind k = ITEM_QUESTION; k < ITEM_STATEMENT; k++)
		if (str_is(word, kinds[k]))
			return k;
	return ITEM_STATEMENT;
}

static enum item_status status_of(const struct demo_block *b)
{
	struct str word = demo_arg(b, "status");
	if (str_is(word, "waiting"))
		return ITEM_WAITING;
	if (str_is(word, "back"))
		return ITEM_SENT_BACK;
	return str_is(word, "hidden") ? ITEM_HIDDEN : ITEM_PUBLISHED;
}

/* "to=2": of a contribution the question, of a reply the contribution. */
static struct opt_i64 parent_of(
	const struct demo *d, const struct demo_block *b, enum item_kind kind)
{
	int64_t to = demo_number(b, "to", 0);
	if (kind != ITEM_CONTRIBUTION && kind != ITEM_REPLY)
		return (struct opt_i64){ 0 };
	return (struct opt_i64){ d->item[kind - 1][to], true };
}

/* Evenly over the open days until today, a reply half way between what it answers and today;
 * what staff wrote was there from the start. */
static int64_t time_of(
	const struct demo *d, const struct demo_block *b, enum item_kind kind, int64_t number)
{
	int64_t until = d->ends < d->today ? d->ends : d->today;
	int64_t part = (until - d->opens) / DEMO_THINGS;
	if (kind == ITEM_CONTRIBUTION)
		return d->opens + number * part;
	if (kind == ITEM_REPLY)
		return d->opens + (demo_number(b, "to", 0) + DEMO_THINGS) / 2 * part;
	return d->announced;
}

int demo_item(struct demo *d, const struct demo_block *b)
{
	struct put_item_row made;
	enum item_kind kind = kind_of(b->kind);
	enum item_status status = status_of(b);
	int64_t number = ++d->n[kind], theme = demo_number(b, "theme", 0);
	int64_t at = time_of(d, b, kind, number), useful = demo_number(b, "useful", 0);
	bool is_staff = kind == ITEM_QUESTION || kind == ITEM_STATEMENT;
	struct put_item_in in = { .uid = demo_uid(d),
		.space = d->space,
		.kind = kind,
		.parent = parent_of(d, b, kind),
		.number = number,
		.account = { d->staff.organiser.v, is_staff },
		.lang = b->row[0].lang,
		.theme = { d->theme[theme], theme > 0 },
		.status = status,
		.is_seed = is_staff,
		.useful = useful,
		.created_at = at,
		.published_at = { at, status == ITEM_PUBLISHED },
		.changed_at = at };
	if (kind == ITEM_STATEMENT)
		memcpy(d->lean[number], demo_arg(b, "lean").p, DEMO_GROUPS);
	int result = is_staff ? 0 : take_author(d, b, &in);
	if (result >= 0)
		result = put_item(d->db, d->mem, in, &made);
	if (result < 0)
		return result;
	d->item[kind][number] = made.id;
	result = add_texts(d, b, made.id, &in);
	if (result >= 0 && status == ITEM_PUBLISHED)
		result = index_words(d, b, made.id);
	if (result >= 0 && useful)
		result = add_marks(d, made.id, useful);
	if (result >= 0 && demo_number(b, "flag", 0))
		result = add_flag(d, made.id, demo_number(b, "flag", 0), at + 7200);
	if (result >= 0 && !is_staff)
		result = decide(d, b, made.id, at + 3600, status);
	return result;
}
