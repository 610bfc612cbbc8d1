#include "participate/data.h"
#include "crypto/keys.h"
#include "participate/data.html.h"
#include "participate/data.sql.h"
#include "po/messages.h"
#include <stdlib.h>
#include <string.h>

/* More votes than this are not made into a file while a reader waits. */
enum { VOTES_MAX = 60000, FILE_BYTES = 3 << 20 };

void data_quote(struct buf *b, struct str s)
{
	bool is_formula = s.n && strchr("=+-@\t\r", s.p[0]);
	buf_byte(b, '"');
	if (is_formula)
		buf_byte(b, '\'');
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '"')
			buf_byte(b, '"');
		buf_byte(b, s.p[i]);
	}
	buf_byte(b, '"');
}

static void put_tally(struct buf *b, const struct tally *t)
{
	buf_f(b, ",%lld,%lld,%lld", (long long)t->agree, (long long)t->disagree,
		(long long)t->pass);
}

static int put_statements(struct visit *v, const struct figures *f, struct buf *b)
{
	const struct words *words;
	int result = results_words_load(v, f, &words);
	if (result < 0)
		return result;
	buf_c(b, "statement,text,language,votes,agree,disagree,pass,common");
	for (size_t g = 0; g < f->n_group; g++)
		buf_f(b, ",%c_agree,%c_disagree,%c_pass", (char)('a' + g), (char)('a' + g),
			(char)('a' + g));
	buf_c(b, "\r\n");
	for (size_t i = 0; i < f->n_statement; i++) {
		const struct statement *s = &f->statement[i];
		buf_f(b, "%lld,", (long long)s->number);
		data_quote(b, words[i].body);
		buf_f(b, ",%.*s,%lld", STR_ARG(words[i].lang), (long long)tally_all(s->all));
		put_tally(b, &s->all);
		buf_c(b, s->is_common ? ",1" : ",0");
		for (size_t g = 0; g < f->n_group; g++)
			put_tally(b, &s->group[g]);
		buf_c(b, "\r\n");
	}
	return 0;
}

static int put_contributions(struct visit *v, const struct figures *f, struct buf *b)
{
	struct data_contributions_row *r;
	size_t n;
	int result = data_contributions(v->db, v->mem, f->space, v->lang->code, &r, &n);
	if (result < 0)
		return result;
	buf_c(b, "contribution,question,text,language\r\n");
	for (size_t i = 0; i < n; i++) {
		buf_f(b, "%lld,%lld,", (long long)r[i].number, (long long)r[i].question);
		data_quote(b, r[i].body);
		buf_f(b, ",%.*s\r\n", STR_ARG(r[i].lang));
	}
	return 0;
}

/* One person's votes, and the noise that gives them their place in the file. */
struct voter {
	uint8_t noise[HASH_BYTES];
	size_t from, to;
};

static int by_noise(const void *a, const void *b)
{
	return memcmp(a, b, HASH_BYTES);
}

/* The order comes from the server's key: nobody else can tell a seat from its place. */
static size_t shuffle(
	const struct visit *v, const struct data_votes_row *r, size_t n, struct voter *ret)
{
	size_t voters = 0;
	for (size_t from = 0, to; from < n; from = to) {
		struct voter *one = &ret[voters++];
		const struct str seat = { (const char *)&r[from].seat, sizeof r[from].seat };
		for (to = from + 1; to < n && r[to].seat == r[from].seat; to++)
			;
		one->from = from;
		one->to = to;
		hash_key(&v->house->keys->take_part, "votes.csv", seat, one->noise);
	}
	qsort(ret, voters, sizeof *ret, by_noise);
	return voters;
}

static int put_votes(struct visit *v, const struct figures *f, struct buf *b)
{
	struct data_votes_row *r;
	size_t n;
	if (f->votes > VOTES_MAX)
		return err_note(ERR_MISSING, "too many votes for a file");
	int result = data_votes(v->db, v->mem, f->space, &r, &n);
	struct voter *voter = arena_array(v->mem, (size_t)f->voters + n + 1, sizeof *voter);
	if (result < 0 || !voter)
		return result < 0 ? result : ERR_NOMEM;
	size_t voters = shuffle(v, r, n, voter);
	buf_c(b, "participant,statement,vote\r\n");
	for (size_t p = 0; p < voters; p++)
		for (size_t i = voter[p].from; i < voter[p].to; i++)
			buf_f(b, "%zu,%lld,%lld\r\n", p + 1, (long long)r[i].number,
				(long long)r[i].value);
	return 0;
}

static int send_csv(struct visit *v, const struct figures *f, const char *name,
	int (*put)(struct visit *, const struct figures *, struct buf *))
{
	buf_init(&v->out.out, FILE_BYTES);
	buf_c(&v->out.out, "\xef\xbb\xbf");
	int result = put(v, f, &v->out.out);
	if (result == 0)
		result = v->out.out.failed;
	return result < 0 ? result
			  : visit_bytes(v, "text/csv; charset=utf-8", buf_view(&v->out.out), name);
}

static int send_json(struct visit *v, const struct figures *f)
{
	struct str file;
	int result = data_json(v, f, &file);
	return result < 0 ? result : visit_bytes(v, "application/json", file, "figures.json");
}

static int send_xlsx(struct visit *v, const struct figures *f)
{
	const struct words *words;
	struct str file = { 0 };
	int result = results_words_load(v, f, &words);
	if (result == 0)
		result = data_xlsx(v, f, words, &file);
	return result < 0
		? result
		: visit_bytes(v,
			  "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", file,
			  "tables.xlsx");
}

static int send_file(struct visit *v, const struct figures *f, struct str name)
{
	if (!figures_show(f))
		return err_note(ERR_MISSING, "no results yet");
	if (str_is(name, "statements.csv"))
		return send_csv(v, f, "statements.csv", put_statements);
	if (str_is(name, "votes.csv"))
		return send_csv(v, f, "votes.csv", put_votes);
	if (str_is(name, "contributions.csv"))
		return send_csv(v, f, "contributions.csv", put_contributions);
	if (str_is(name, "figures.json"))
		return send_json(v, f);
	if (str_is(name, "tables.xlsx"))
		return send_xlsx(v, f);
	return err_note(ERR_MISSING, "no such file");
}

static int data_file(struct visit *v)
{
	struct space s;
	int result = space_here(v, &s);
	if (result < 0)
		return result;
	const struct figures *f = board_hold(v->house->take_part, s.id);
	result = send_file(v, f, v->part[1]);
	figures_release(f);
	return result;
}

static int data_show(struct visit *v)
{
	struct data_view p = { 0 };
	int result = space_here(v, &p.s);
	if (result < 0)
		return result;
	const struct figures *f = board_hold(v->house->take_part, p.s.id);
	p.is_shown = figures_show(f);
	p.has_votes = p.is_shown && f->votes <= VOTES_MAX;
	figures_release(f);
	v->is_public = p.s.access == SPACE_EVERYONE && p.s.state != SPACE_DRAFT;
	p.frame = visit_frame(v, msg_text(v->lang, MSG_data_page_title, 0));
	p.frame.area = FRAME_TAKE_PART;
	p.frame.is_sample |= p.s.is_sample;
	data_page(&v->out, &p);
	return visit_page(v, 200);
}

const struct route data_routes[] = {
	/* method  path                    who     input check act */
	{ HTTP_GET, "/c/:slug/data", ANYONE, NULL, NULL, data_show },
	{ HTTP_GET, "/c/:slug/data/:file", ANYONE, NULL, NULL, data_file },
	{ 0 },
};
