/* Who voted what: participants-votes.csv has a row for each person and a column for each
 * statement; votes.csv has a line for each vote and says when. */
#include "participate/polis_inner.h"
#include <stdlib.h>
#include <string.h>

#define VOTES_MAX ((size_t)4 << 30)

/* Where things stand in a row of participants-votes.csv. */
struct matrix_head {
	size_t pid;
	size_t *field; /* of each statement, SIZE_MAX: it has no column */
};

static int by_pid(const void *a, const void *b)
{
	const struct polis_person *const *p = a, *const *q = b;
	return str_cmp((*p)->pid, (*q)->pid);
}

struct polis_person *polis_find_person(const struct polis *p, struct str pid)
{
	const struct polis_person key = { .pid = pid }, *at = &key;
	if (!p->n_person)
		return NULL;
	struct polis_person *const *hit = bsearch(
		&at, p->by_pid, p->n_person, sizeof *p->by_pid, by_pid);
	return hit ? *hit : NULL;
}

/* Every column whose name is a number is a statement; others are let be. */
static int matrix_head_read(struct polis *p, const struct sheet *f, struct matrix_head *ret)
{
	struct matrix_head h = { SIZE_MAX,
		arena_array(p->mem, p->n_statement + 1, sizeof *h.field) };
	if (!h.field)
		return err_note(ERR_NOMEM, "participants-votes.csv");
	memset(h.field, 0xff, (p->n_statement + 1) * sizeof *h.field);
	for (size_t i = 0; i < f->csv.n; i++) {
		struct str name = sheet_field(f, i);
		int64_t tid;
		if (str_is(name, "participant"))
			h.pid = i;
		if (!str_i64(name, &tid) || tid < 0)
			continue;
		size_t col = polis_find_statement(p, tid);
		if (col == SIZE_MAX)
			return sheet_bad(f, "a column is no statement of comments.csv");
		if (h.field[col] != SIZE_MAX)
			return sheet_bad(f, "a statement has two columns");
		h.field[col] = i;
	}
	if (h.pid == SIZE_MAX)
		return sheet_bad(f, "no column \"participant\"");
	*ret = h;
	return 0;
}

static int vote_value(const struct sheet *f, struct str field, int8_t *ret)
{
	int64_t value;
	if (!str_i64(field, &value) || value < -1 || value > 1)
		return sheet_bad(f, "a vote is -1, 0 or 1");
	*ret = (int8_t)value;
	return 0;
}

static int matrix_row(struct polis *p, const struct sheet *f, const struct matrix_head *h,
	struct buf *people, struct buf *votes)
{
	struct polis_person who = { .row = people->n / sizeof who };
	who.pid = arena_copy(p->mem, sheet_field(f, h->pid));
	if (!who.pid.p)
		return err_note(ERR_NOMEM, "participants-votes.csv");
	if (!who.pid.n)
		return sheet_bad(f, "no participant");
	must(h->field || !p->n_statement);
	for (size_t col = 0; col < p->n_statement; col++) {
		struct polis_vote v = { .row = (uint32_t)who.row, .col = (uint32_t)col };
		struct str field = sheet_field(f, h->field[col]);
		int result = field.n ? vote_value(f, field, &v.value) : 1;
		if (result < 0)
			return result;
		if (result == 0)
			buf_put(votes, &v, sizeof v);
	}
	buf_put(people, &who, sizeof who);
	return 0;
}

static int people_close(struct polis *p, const struct buf *all)
{
	p->n_person = all->n / sizeof *p->person;
	p->person = arena_array(p->mem, p->n_person + 1, sizeof *p->person);
	p->by_pid = arena_array(p->mem, p->n_person + 1, sizeof *p->by_pid);
	if (!p->person || !p->by_pid || all->failed)
		return err_note(ERR_NOMEM, "participants-votes.csv");
	if (all->n)
		memcpy(p->person, all->p, all->n);
	for (size_t i = 0; i < p->n_person; i++)
		p->by_pid[i] = &p->person[i];
	qsort(p->by_pid, p->n_person, sizeof *p->by_pid, by_pid);
	for (size_t i = 1; i < p->n_person; i++)
		if (by_pid(&p->by_pid[i - 1], &p->by_pid[i]) == 0)
			return err_note(ERR_INPUT,
				"participants-votes.csv: line %zu: a participant has two rows",
				p->by_pid[i]->row + 2);
	return 0;
}

static int matrix_read(struct polis *p, struct sheet *f, struct buf *votes)
{
	struct matrix_head h = { 0 };
	auto_buf people;
	buf_init(&people, VOTES_MAX);
	int result = sheet_row(f);
	if (result == 0)
		return sheet_bad(f, "the file is empty");
	if (result > 0)
		result = matrix_head_read(p, f, &h);
	while (result >= 0 && (result = sheet_row(f)) > 0)
		result = matrix_row(p, f, &h, &people, votes);
	return result < 0 ? result : people_close(p, &people);
}

struct votes_head {
	size_t at, tid, pid, value;
};

static int votes_head_read(const struct sheet *f, struct votes_head *ret)
{
	struct votes_head h = { SIZE_MAX, SIZE_MAX, SIZE_MAX, SIZE_MAX };
	for (size_t i = 0; i < f->csv.n; i++) {
		struct str name = sheet_field(f, i);
		if (str_is(name, "timestamp"))
			h.at = i;
		else if (str_is(name, "comment-id"))
			h.tid = i;
		else if (str_is(name, "voter-id"))
			h.pid = i;
		else if (str_is(name, "vote"))
			h.value = i;
	}
	if (h.at == SIZE_MAX || h.tid == SIZE_MAX || h.pid == SIZE_MAX || h.value == SIZE_MAX)
		return sheet_bad(f, "needs columns timestamp, comment-id, voter-id and vote");
	*ret = h;
	return 0;
}

static int votes_row(
	const struct polis *p, const struct sheet *f, const struct votes_head *h, struct buf *votes)
{
	struct polis_vote v = { .order = votes->n };
	int64_t tid = -1;
	const struct polis_person *who = polis_find_person(p, sheet_field(f, h->pid));
	size_t col = str_i64(sheet_field(f, h->tid), &tid) ? polis_find_statement(p, tid)
							   : SIZE_MAX;
	if (!who)
		return sheet_bad(f, "the voter has no row in participants-votes.csv");
	if (col == SIZE_MAX)
		return sheet_bad(f, "the statement is not in comments.csv");
	int result = vote_value(f, sheet_field(f, h->value), &v.value);
	if (result == 0)
		result = polis_time(f, sheet_field(f, h->at), &v.at);
	v.row = (uint32_t)who->row;
	v.col = (uint32_t)col;
	buf_put(votes, &v, sizeof v);
	return result;
}

static int votes_read(struct polis *p, struct sheet *f, struct buf *votes)
{
	struct votes_head h = { 0 };
	int result = sheet_row(f);
	if (result > 0)
		result = votes_head_read(f, &h);
	else if (result == 0)
		return 0;
	while (result >= 0 && (result = sheet_row(f)) > 0)
		result = votes_row(p, f, &h, votes);
	return result;
}

/* Row, column, time, order in the file: the last of a pair is the one that counts. */
static int by_place(const void *a, const void *b)
{
	const struct polis_vote *p = a, *q = b;
	if (p->row != q->row)
		return p->row < q->row ? -1 : 1;
	if (p->col != q->col)
		return p->col < q->col ? -1 : 1;
	if (p->at != q->at)
		return p->at < q->at ? -1 : 1;
	return p->order < q->order ? -1 : p->order > q->order;
}

static int votes_close(struct polis *p, struct buf *all)
{
	struct polis_vote *v = (struct polis_vote *)(void *)all->p;
	size_t n = all->n / sizeof *v;
	if (all->failed)
		return err_note(all->failed, "votes.csv: too many votes");
	p->vote = arena_array(p->mem, n + 1, sizeof *p->vote);
	if (!p->vote)
		return err_note(ERR_NOMEM, "votes.csv");
	if (n)
		qsort(v, n, sizeof *v, by_place);
	for (size_t i = 0; i < n; i++)
		if (i + 1 == n || v[i].row != v[i + 1].row || v[i].col != v[i + 1].col)
			p->vote[p->n_vote++] = v[i];
	return 0;
}

int polis_read_votes(struct polis *p, struct str matrix, struct str votes)
{
	auto_sheet m = { 0 }, v = { 0 };
	auto_buf all;
	buf_init(&all, VOTES_MAX);
	sheet_open(&m, "participants-votes.csv", matrix);
	sheet_open(&v, "votes.csv", votes);
	int result = matrix_read(p, &m, &all);
	if (result == 0)
		result = votes_read(p, &v, &all);
	return result < 0 ? result : votes_close(p, &all);
}
