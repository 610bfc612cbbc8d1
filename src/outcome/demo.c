#include "base/packed.h"
#include "base/utf8.h"
#include "outcome/answer.sql.h"
#include "outcome/ask.h"
#include "outcome/ask_desk.sql.h"
#include "outcome/demo.sql.h"
#include "outcome/demo_inner.h"
#include "outcome/org_desk.sql.h"
#include "outcome/reply.sql.h"
#include "participate/bundle_put.sql.h"
#include "store/search.h"

enum { REPLY_DAYS = 30, QUOTE_MAX = 200 };

extern const struct packed demo_outcome_texts; /* all files of demo/, made by tool/embed */

int sample_wrong(const struct demo_block *b, const char *what)
{
	return err_note(ERR_BUG, "sample asks, line %d: %s", b->line, what);
}

struct str sample_uid(struct sample *s)
{
	return arena_f(s->mem, "5a3b1e%010llx", (unsigned long long)++s->n_uid);
}

int64_t sample_day(const struct sample *s, const struct demo_block *b, const char *name)
{
	return s->today + demo_number(b, name, 0) * DAY;
}

/* ---- who is asked ---- */

static int do_org(struct sample *s, const struct demo_block *b)
{
	struct org_insert_row made;
	if (s->n_org + 1 == ORGS)
		return sample_wrong(b, "too many organisations");
	int result = org_insert(s->db, s->mem,
		(struct org_insert_in){ .uid = sample_uid(s),
			.slug = demo_arg(b, "slug"),
			.lang = b->row[0].lang,
			.country = demo_arg(b, "country").n ? demo_arg(b, "country") : STR(""),
			.is_sample = 1,
			.at = s->today },
		&made);
	for (size_t i = 0; result >= 0 && i < b->n_line; i++)
		if (!b->row[i].field.p)
			result = org_text_put(s->db, made.id, b->row[i].lang, b->row[i].text,
				demo_text(b, b->row[i].lang, "focal"));
	if (result < 0)
		return result;
	s->org[++s->n_org] = made.id;
	return org_people_add(s->db, made.id, s->staff.responder.v);
}

static int do_method(struct sample *s, const struct demo_block *b)
{
	s->method = *b;
	return 0;
}

/* ---- items ---- */

static int add_texts(struct sample *s, const struct demo_block *b, int64_t item,
	const struct sample_item *what, struct buf *all)
{
	int result = 0;
	for (size_t i = 0; result >= 0 && i < b->n_line; i++) {
		struct str lang = b->row[i].lang, title = demo_text(b, lang, "title");
		bool is_own = str_eq(lang, b->row[0].lang);
		int64_t account = is_own ? what->account : s->staff.editor.v;
		if (b->row[i].field.p)
			continue;
		result = put_item_text(s->db,
			(struct put_item_text_in){ .item = item,
				.lang = lang,
				.version = 1,
				.origin = is_own ? TEXT_AUTHOR : TEXT_HUMAN,
				.is_reviewed = 1,
				.title = title.p ? title : STR(""),
				.body = b->row[i].text,
				.account = { account, account != 0 },
				.at = what->at });
		buf_f(all, "%.*s\n%.*s\n", STR_ARG(title), STR_ARG(b->row[i].text));
	}
	return result;
}

int sample_add(
	struct sample *s, const struct demo_block *b, const struct sample_item *what, int64_t *ret)
{
	struct put_item_row made;
	auto_buf all;
	buf_init(&all, 1 << 20);
	int result = put_item(s->db, s->mem,
		(struct put_item_in){ .uid = sample_uid(s),
			.space = s->space,
			.kind = what->kind,
			.parent = { what->parent, what->parent != 0 },
			.number = ++s->n_item[what->kind],
			.seat = { what->seat, what->seat != 0 },
			.account = { what->account, what->account != 0 },
			.lang = b->row[0].lang,
			.status = ITEM_PUBLISHED,
			.created_at = what->at,
			.published_at = { what->at, true },
			.changed_at = what->at },
		&made);
	if (result >= 0)
		result = add_texts(s, b, made.id, what, &all);
	if (result < 0)
		return result;
	*ret = made.id;
	return all.failed ? all.failed : search_put(s->db, made.id, buf_view(&all), s->mem);
}

/* ---- evidence ---- */

/* The first sentence in the author's own words, or as much of it as fits. */
static struct str first_sentence(struct str body)
{
	size_t end = body.n;
	for (size_t i = 0; i + 1 < body.n && end == body.n; i++)
		if (body.p[i] == '\n' || (body.p[i] == '.' && body.p[i + 1] == ' '))
			end = i;
	return utf8_head((struct str){ body.p, end }, QUOTE_MAX);
}

static int link_item(struct sample *s, const struct demo_block *b, int64_t ask, enum item_kind kind,
	struct str number, enum bearing bearing, struct opt_i64 *ret_seat)
{
	struct demo_item_at_row row;
	struct demo_words_of_row words = { .body = STR("") };
	int64_t n;
	int found = str_i64(number, &n) ? demo_item_at(s->db, s->mem, s->space, kind, n, &row) : 0;
	if (found == 0)
		return sample_wrong(b, "no such evidence");
	if (found > 0 && kind == ITEM_CONTRIBUTION)
		found = demo_words_of(s->db, s->mem, row.id, &words);
	if (found < 0)
		return found;
	*ret_seat = row.seat;
	return put_edge(s->db,
		(struct put_edge_in){ .from_item = ask,
			.to_item = row.id,
			.relation = bearing,
			.quote = first_sentence(words.body),
			.account = { s->staff.editor.v, true },
			.at = sample_day(s, b, "asked") });
}

/* "for=2,8,10": contributions. Of the first ${replies} the writers say that it reflects them. */
static int link_list(struct sample *s, const struct demo_block *b, int64_t ask, const char *name,
	enum bearing bearing, int64_t replies)
{
	struct str list = demo_arg(b, name), one;
	int result = 0;
	for (int64_t i = 0; result >= 0 && list.p && str_cut(&list, ',', &one); i++) {
		struct opt_i64 seat = { 0 };
		result = link_item(s, b, ask, ITEM_CONTRIBUTION, one, bearing, &seat);
		if (result >= 0 && i < replies && seat.has)
			result = reply_put(s->db,
				(struct reply_put_in){
					ask, seat.v, 1, STR(""), ITEM_PUBLISHED, s->today - DAY });
	}
	return result;
}

/* "say=7:if,9:for": statements. */
static int link_statements(struct sample *s, const struct demo_block *b, int64_t ask)
{
	struct str list = demo_arg(b, "say"), one, number;
	int result = 0;
	while (result >= 0 && list.p && str_cut(&list, ',', &one)) {
		struct opt_i64 seat;
		str_cut(&one, ':', &number);
		enum bearing bearing = str_is(one, "against") ? BEARS_AGAINST
			: str_is(one, "if")                   ? BEARS_IF
							      : BEARS_FOR;
		result = link_item(s, b, ask, ITEM_STATEMENT, number, bearing, &seat);
	}
	return result;
}

static int link_all(struct sample *s, const struct demo_block *b, int64_t ask)
{
	int result = link_list(s, b, ask, "for", BEARS_FOR, demo_number(b, "reflects", 0));
	if (result >= 0)
		result = link_list(s, b, ask, "if", BEARS_IF, 0);
	if (result >= 0)
		result = link_list(s, b, ask, "against", BEARS_AGAINST, 0);
	return result < 0 ? result : link_statements(s, b, ask);
}

/* ---- asks ---- */

static int tag(struct sample *s, const struct demo_block *b, int64_t ask)
{
	struct demo_theme_at_row theme;
	struct str sdg = demo_arg(b, "sdg");
	int result = demo_theme_at(s->db, s->mem, s->space, demo_number(b, "theme", 0), &theme);
	if (result > 0)
		result = ask_theme_add(s->db, ask, theme.id, s->space);
	if (result >= 0 && sdg.p)
		result = ask_sdg_add(s->db, ask, sdg);
	for (size_t i = 0; result >= 0 && i < s->method.n_line; i++)
		result = ask_method_put(s->db, ask, s->method.row[i].lang, s->method.row[i].text);
	return result;
}

static int do_ask(struct sample *s, const struct demo_block *b)
{
	int64_t q = demo_number(b, "q", 0), org = demo_number(b, "org", 0);
	int64_t asked = sample_day(s, b, "asked"), id = 0;
	if (q < 1 || q >= SECTIONS || org < 1 || org > s->n_org || s->n_ask[q] + 1 == ASKS)
		return sample_wrong(b, "no such question or organisation");
	int result = sample_add(s, b,
		&(struct sample_item){
			.kind = ITEM_ASK, .account = s->staff.editor.v, .at = asked },
		&id);
	int64_t number = ++s->n_ask[q];
	if (result >= 0)
		result = ask_insert(s->db, id, s->space, q, number);
	if (result >= 0)
		result = ask_put_to(s->db, id, (struct opt_i64){ s->org[org], true },
			(struct opt_i64){ asked, true },
			(struct opt_i64){ sample_day(s, b, "due"), true });
	if (result >= 0)
		result = ask_publish(s->db, id, asked, asked + REPLY_DAYS * DAY);
	if (result >= 0)
		result = link_all(s, b, id);
	s->ask[q][number] = (struct made_ask){ id, s->org[org], 0 };
	return result < 0 ? result : tag(s, b, id);
}

/* ---- answers ---- */

struct made_ask *sample_ask(struct sample *s, struct str name)
{
	struct str section;
	int64_t q, number;
	str_cut(&name, '.', &section);
	if (!str_i64(section, &q) || !str_i64(name, &number) || q < 1 || q >= SECTIONS ||
		number < 1 || number > s->n_ask[q])
		return NULL;
	return &s->ask[q][number];
}

static int do_answer(struct sample *s, const struct demo_block *b)
{
	struct made_ask *a = sample_ask(s, demo_arg(b, "to"));
	int64_t state = demo_number(b, "state", 0), at = sample_day(s, b, "at"), id = 0;
	struct opt_i64 review = { sample_day(s, b, "review"), demo_arg(b, "review").p != NULL };
	if (!a || state <= ASK_OPEN || state >= ASK_STATES)
		return sample_wrong(b, "no such ask or state");
	int result = sample_add(s, b,
		&(struct sample_item){ .kind = ITEM_ANSWER,
			.parent = a->id,
			.account = s->staff.responder.v,
			.at = at },
		&id);
	if (result >= 0)
		result = answer_add(s->db,
			(struct answer_add_in){ .item = id,
				.ask = a->id,
				.org = a->org,
				.state = state,
				.unit = STR(""),
				.review_at = review,
				.corrects = { a->answer, demo_number(b, "corrects", 0) > 0 } });
	if (result >= 0)
		result = answer_ask(s->db, a->id, state, review, at);
	a->answer = id;
	return result;
}

/* ---- all of it ---- */

static int do_block(struct sample *s, const struct demo_block *b)
{
	static const struct {
		const char *kind;
		int (*act)(struct sample *s, const struct demo_block *b);
	} kinds[] = {
		{ "org", do_org },
		{ "method", do_method },
		{ "ask", do_ask },
		{ "answer", do_answer },
		{ "document", sample_document },
		{ "version", sample_version },
		{ "clause", sample_clause },
		{ "keep", sample_keep },
		{ "comment", sample_comment },
		{ "verdict", sample_verdict },
	};
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (str_is(b->kind, kinds[i].kind))
			return kinds[i].act(s, b);
	return sample_wrong(b, "an unknown kind of block");
}

int demo_outcome(struct db *db, struct arena *mem, struct demo_outcome_staff staff, int64_t space,
	int64_t now)
{
	struct demo_reader reader = { .mem = mem };
	struct demo_block block;
	struct sample *s = arena_take(mem, sizeof *s);
	if (!s)
		return ERR_NOMEM;
	*s = (struct sample){
		.db = db, .mem = mem, .staff = staff, .space = space, .today = now - now % DAY
	};
	int result = packed_open(mem, &demo_outcome_texts, &reader.rest);
	while (result >= 0 && (result = demo_next(&reader, &block)) > 0) {
		result = do_block(s, &block);
		if (result < 0)
			return result;
	}
	return result;
}
