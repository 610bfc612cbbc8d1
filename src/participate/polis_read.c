#include "base/file.h"
#include "base/utf8.h"
#include "participate/item.h"
#include "participate/polis_inner.h"
#include <stdlib.h>
#include <string.h>

enum { POLIS_FILE_MAX = 1 << 30, TID_MAX = 1000000000 };

int polis_time(const struct sheet *f, struct str field, int64_t *ret)
{
	int64_t ms = 0;
	if (field.n && (!str_i64(field, &ms) || ms < 0 || ms / 1000 > INT32_MAX * (int64_t)8))
		return sheet_bad(f, "timestamp is not a number of milliseconds");
	*ret = ms / 1000;
	return 0;
}

static int by_tid(const void *a, const void *b)
{
	const struct polis_statement *p = a, *q = b;
	return p->tid < q->tid ? -1 : p->tid > q->tid;
}

size_t polis_find_statement(const struct polis *p, int64_t tid)
{
	const struct polis_statement key = { .tid = tid };
	if (!p->n_statement)
		return SIZE_MAX;
	const struct polis_statement *hit = bsearch(
		&key, p->statement, p->n_statement, sizeof key, by_tid);
	return hit ? (size_t)(hit - p->statement) : SIZE_MAX;
}

/* Where things stand in a row of comments.csv. */
struct comments_head {
	size_t at, tid, author, moderated, meta, seed, body;
};

static int comments_head_read(const struct sheet *f, struct comments_head *ret)
{
	struct comments_head h = { SIZE_MAX, SIZE_MAX, SIZE_MAX, SIZE_MAX, SIZE_MAX, SIZE_MAX,
		SIZE_MAX };
	const struct {
		const char *name;
		size_t *at;
	} column[] = {
		{ "timestamp", &h.at },
		{ "comment-id", &h.tid },
		{ "author-id", &h.author },
		{ "moderated", &h.moderated },
		{ "is-meta", &h.meta },
		{ "is_meta", &h.meta },
		{ "is-seed", &h.seed },
		{ "is_seed", &h.seed },
		{ "comment-body", &h.body },
	};
	for (size_t i = 0; i < f->csv.n; i++)
		for (size_t j = 0; j < sizeof column / sizeof *column; j++)
			if (str_is(sheet_field(f, i), column[j].name))
				*column[j].at = i;
	if (h.tid == SIZE_MAX)
		return sheet_bad(f, "no column \"comment-id\"");
	if (h.body == SIZE_MAX)
		return sheet_bad(f, "no column \"comment-body\"");
	*ret = h;
	return 0;
}

static bool is_yes(struct str s)
{
	return str_eq_ascii(s, STR("true")) || str_eq_ascii(s, STR("t")) || str_is(s, "1");
}

static int comment_read(
	struct polis *p, const struct sheet *f, const struct comments_head *h, struct buf *to)
{
	struct polis_statement s = { 0 };
	int64_t moderated = 0;
	struct str mod = sheet_field(f, h->moderated);
	if (!str_i64(sheet_field(f, h->tid), &s.tid) || s.tid < 0 || s.tid > TID_MAX)
		return sheet_bad(f, "comment-id is not a number");
	if (mod.n && (!str_i64(mod, &moderated) || moderated < -1 || moderated > 1))
		return sheet_bad(f, "moderated is not -1, 0 or 1");
	if (h->body >= f->csv.n || !sheet_field(f, h->body).n)
		return sheet_bad(f, "comment-body is empty");
	if (utf8_count(f->csv.field[h->body]) > CONTRIBUTION_MAX)
		return sheet_bad(f, "comment-body is too long");
	s.is_hidden = moderated == -1;
	s.is_meta = is_yes(sheet_field(f, h->meta));
	s.is_seed = is_yes(sheet_field(f, h->seed));
	s.author = arena_copy(p->mem, sheet_field(f, h->author));
	s.body = polis_plain(p->mem, sheet_field(f, h->body));
	if (!s.author.p || !s.body.p)
		return err_note(ERR_NOMEM, "comments.csv");
	int result = polis_time(f, sheet_field(f, h->at), &s.at);
	buf_put(to, &s, sizeof s);
	return result;
}

static int statements_close(struct polis *p, const struct buf *all)
{
	p->n_statement = all->n / sizeof *p->statement;
	p->statement = arena_array(p->mem, p->n_statement + 1, sizeof *p->statement);
	if (!p->statement || all->failed)
		return err_note(ERR_NOMEM, "comments.csv");
	if (all->n)
		memcpy(p->statement, all->p, all->n);
	qsort(p->statement, p->n_statement, sizeof *p->statement, by_tid);
	for (size_t i = 1; i < p->n_statement; i++)
		if (p->statement[i].tid == p->statement[i - 1].tid)
			return err_note(ERR_INPUT,
				"comments.csv: comment-id %lld stands there twice",
				(long long)p->statement[i].tid);
	return 0;
}

static int comments_read(struct polis *p, struct sheet *f)
{
	auto_buf all;
	struct comments_head h = { 0 };
	buf_init(&all, POLIS_FILE_MAX);
	int result = sheet_row(f);
	if (result == 0)
		return sheet_bad(f, "the file is empty");
	if (result > 0)
		result = comments_head_read(f, &h);
	while (result >= 0 && (result = sheet_row(f)) > 0)
		result = comment_read(p, f, &h, &all);
	return result < 0 ? result : statements_close(p, &all);
}

/* "topic,…": one fact a line; what we do not know is let be. */
static int summary_read(struct polis *p, struct sheet *f)
{
	const struct {
		const char *name;
		struct str *to;
	} fact[] = {
		{ "topic", &p->topic },
		{ "conversation-description", &p->about },
		{ "url", &p->url },
	};
	int result;
	while ((result = sheet_row(f)) > 0)
		for (size_t i = 0; i < sizeof fact / sizeof *fact; i++)
			if (str_is(sheet_field(f, 0), fact[i].name) && sheet_field(f, 1).n)
				*fact[i].to = polis_plain(p->mem, sheet_field(f, 1));
	return result;
}

static int one_file(struct polis *p, const char *name, struct str text,
	int (*read)(struct polis *p, struct sheet *f))
{
	auto_sheet f = { 0 };
	sheet_open(&f, name, text);
	return read(p, &f);
}

/* A file that an export need not have. */
static int read_if_there(const char *folder, const char *name, struct buf *to)
{
	int result = file_read(folder, name, to);
	if (result == ERR_MISSING)
		err_forget();
	return result == ERR_MISSING ? 0 : result;
}

int polis_read(const char *folder, struct polis *p)
{
	auto_buf comments, matrix, votes, summary;
	struct buf *all[] = { &comments, &matrix, &votes, &summary };
	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		buf_init(all[i], POLIS_FILE_MAX);
	int result = file_read(folder, "comments.csv", &comments);
	if (result == 0)
		result = file_read(folder, "participants-votes.csv", &matrix);
	if (result == 0)
		result = read_if_there(folder, "votes.csv", &votes);
	if (result == 0)
		result = read_if_there(folder, "summary.csv", &summary);
	if (result == 0)
		result = one_file(p, "comments.csv", buf_view(&comments), comments_read);
	if (result == 0)
		result = one_file(p, "summary.csv", buf_view(&summary), summary_read);
	if (result == 0)
		result = polis_read_votes(p, buf_view(&matrix), buf_view(&votes));
	return result == ERR_MISSING ? ERR_INPUT : result;
}
