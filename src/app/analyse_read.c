#include "app/analyse_inner.h"
#include "base/buf.h"
#include "base/csv.h"
#include <errno.h>
#include <stdlib.h>

enum { FILE_MAX = 1 << 30, FIELDS_MAX = 100100, ID_MAX = 1000000000 };
#define MEM_MAX ((size_t)2 << 30)

static int file_read(const char *dir, const char *name, struct buf *to)
{
	char path[4096];
	int n = snprintf(path, sizeof path, "%s/%s", dir, name);
	if (n < 0 || (size_t)n >= sizeof path)
		return err_note(ERR_INPUT, "%s: the folder's name is too long", name);
	auto_file f = fopen(path, "rbe");
	if (!f)
		return err_note(ERR_IO, "%s: %s", name, strerror(errno));
	for (;;) {
		char *room = buf_room(to, 1 << 16);
		if (!room)
			return err_note(to->failed, "%s: too large", name);
		size_t got = fread(room, 1, 1 << 16, f);
		to->n += got;
		if (got == 0)
			break;
	}
	return ferror(f) ? err_note(ERR_IO, "%s: %s", name, strerror(errno)) : 0;
}

/* A note from csv_next, with the file's name in front. */
static int in_file(const char *name, int st)
{
	if (st >= 0)
		return st;
	char note[256];
	snprintf(note, sizeof note, "%s", err_noted());
	return err_note(st, "%s: %s", name, note);
}

static int bad(const char *name, size_t line, const char *what)
{
	return err_note(ERR_INPUT, "%s: line %zu: %s", name, line, what);
}

static const char votes_csv[] = "participants-votes.csv", comments_csv[] = "comments.csv";

/* Where things stand in a row of participants-votes.csv. */
struct votes_head {
	size_t pid, group;
	size_t *field; /* of each column */
};

static int by_tid(const void *a, const void *b)
{
	const int64_t *p = a, *q = b;
	return *p < *q ? -1 : *p > *q;
}

static int tids_check(struct analysis *a)
{
	int64_t *copy = arena_array(&a->mem, a->cols + 1, sizeof *copy);
	if (!copy)
		return err_note(ERR_NOMEM, "analyse");
	if (a->cols)
		memcpy(copy, a->tid, a->cols * sizeof *copy);
	qsort(copy, a->cols, sizeof *copy, by_tid);
	for (size_t i = 1; i < a->cols; i++)
		if (copy[i] == copy[i - 1])
			return err_note(ERR_INPUT, "%s: line 1: statement %lld has two columns",
				votes_csv, (long long)copy[i]);
	return 0;
}

/* Every column whose name is a number is a statement; others we do not know are let be. */
static int votes_head_read(struct analysis *a, const struct csv *c, struct votes_head *ret)
{
	struct votes_head h = { SIZE_MAX, SIZE_MAX, NULL };
	h.field = arena_array(&a->mem, c->n, sizeof *h.field);
	a->tid = arena_array(&a->mem, c->n, sizeof *a->tid);
	if (!h.field || !a->tid)
		return err_note(ERR_NOMEM, "analyse");
	for (size_t i = 0; i < c->n; i++) {
		struct str name = str_trim(c->field[i]);
		int64_t tid;
		if (str_is(name, "participant")) {
			h.pid = i;
		} else if (str_is(name, "group-id")) {
			h.group = i;
		} else if (str_i64(name, &tid) && tid >= 0 && tid <= ID_MAX) {
			h.field[a->cols] = i;
			a->tid[a->cols++] = tid;
		}
	}
	if (h.pid == SIZE_MAX)
		return bad(votes_csv, c->row_line, "no column \"participant\"");
	*ret = h;
	return tids_check(a);
}

struct person {
	struct str pid;
	int8_t group;
	struct person *next;
};

static int person_read(
	struct analysis *a, const struct csv *c, const struct votes_head *h, struct person *ret)
{
	if (c->n <= h->pid || !str_trim(c->field[h->pid]).n)
		return bad(votes_csv, c->row_line, "no participant");
	ret->pid = arena_copy(&a->mem, str_trim(c->field[h->pid]));
	ret->group = OPINION_NO_GROUP;
	struct str group = h->group < c->n ? str_trim(c->field[h->group]) : STR("");
	int64_t g;
	if (!group.n)
		return 0;
	if (!str_i64(group, &g) || g < 0 || g > OPINION_GIVEN_MAX)
		return bad(votes_csv, c->row_line, "group-id is not a number from 0 to 127");
	ret->group = (int8_t)g;
	return 0;
}

static int votes_row_read(struct analysis *a, const struct csv *c, const struct votes_head *h,
	struct opinion_vote *room)
{
	size_t n = 0;
	for (size_t j = 0; j < a->cols; j++) {
		if (h->field[j] >= c->n)
			continue;
		struct str s = str_trim(c->field[h->field[j]]);
		if (!s.n)
			continue;
		int64_t vote;
		if (!str_i64(s, &vote) || vote < -1 || vote > 1)
			return bad(votes_csv, c->row_line, "a vote is -1, 0, 1 or empty");
		room[n++] = (struct opinion_vote){ (uint32_t)j, (int)vote };
	}
	return in_file(votes_csv, opinion_row(a->o, a->rows, room, n));
}

static int by_pid(const void *a, const void *b)
{
	return str_cmp(*(const struct str *)a, *(const struct str *)b);
}

static int people_close(struct analysis *a, const struct person *first)
{
	a->pid = arena_array(&a->mem, a->rows + 1, sizeof *a->pid);
	a->group = arena_take(&a->mem, a->rows + 1);
	a->in_conv = arena_take(&a->mem, a->rows + 1);
	struct str *copy = arena_array(&a->mem, a->rows + 1, sizeof *copy);
	if (!a->pid || !a->group || !a->in_conv || !copy)
		return err_note(ERR_NOMEM, "analyse");
	size_t i = 0;
	for (const struct person *p = first; p; p = p->next, i++) {
		a->pid[i] = copy[i] = p->pid;
		a->group[i] = p->group;
		a->in_conv[i] = p->group != OPINION_NO_GROUP;
	}
	qsort(copy, a->rows, sizeof *copy, by_pid);
	for (i = 1; i < a->rows; i++)
		if (by_pid(&copy[i - 1], &copy[i]) == 0)
			return err_note(ERR_INPUT, "%s: a participant has two rows", votes_csv);
	return 0;
}

static int votes_read(struct analysis *a, struct str text)
{
	auto_csv c;
	csv_init(&c, text, FIELDS_MAX);
	int st = in_file(votes_csv, csv_next(&c));
	if (st == 0)
		return bad(votes_csv, 1, "the file is empty");
	struct votes_head h = { 0 };
	if (st > 0)
		st = votes_head_read(a, &c, &h);
	struct opinion_vote *room = NULL;
	if (st == 0) {
		room = arena_array(&a->mem, a->cols + 1, sizeof *room);
		st = room ? 0 : err_note(ERR_NOMEM, "analyse");
	}
	struct person *first = NULL, **end = &first;
	while (st >= 0 && (st = in_file(votes_csv, csv_next(&c))) > 0) {
		struct person *p = arena_take(&a->mem, sizeof *p);
		if (!p)
			return err_note(ERR_NOMEM, "analyse");
		st = person_read(a, &c, &h, p);
		if (st == 0)
			st = votes_row_read(a, &c, &h, room);
		*end = p;
		end = &p->next;
		a->rows++;
	}
	if (st == 0)
		st = in_file(votes_csv, opinion_size(a->o, a->rows, a->cols));
	return st < 0 ? st : people_close(a, first);
}

static size_t find_tid(const struct analysis *a, int64_t tid)
{
	for (size_t j = 0; j < a->cols; j++)
		if (a->tid[j] == tid)
			return j;
	return SIZE_MAX;
}

struct comments_head {
	size_t tid, moderated, meta;
};

static int comments_head_read(const struct csv *c, struct comments_head *ret)
{
	struct comments_head h = { SIZE_MAX, SIZE_MAX, SIZE_MAX };
	for (size_t i = 0; i < c->n; i++) {
		struct str name = str_trim(c->field[i]);
		if (str_is(name, "comment-id"))
			h.tid = i;
		else if (str_is(name, "moderated"))
			h.moderated = i;
		else if (str_is(name, "is-meta") || str_is(name, "is_meta"))
			h.meta = i;
	}
	if (h.tid == SIZE_MAX)
		return bad(comments_csv, c->row_line, "no column \"comment-id\"");
	*ret = h;
	return 0;
}

static struct str field_at(const struct csv *c, size_t i)
{
	return i < c->n ? str_trim(c->field[i]) : STR("");
}

/* Statements that nobody could vote on have no column; what is said about them is let be. */
static int comment_read(struct analysis *a, const struct csv *c, const struct comments_head *h)
{
	int64_t tid, moderated = 0;
	if (!str_i64(field_at(c, h->tid), &tid))
		return bad(comments_csv, c->row_line, "comment-id is not a number");
	struct str mod = field_at(c, h->moderated), meta = field_at(c, h->meta);
	if (mod.n && (!str_i64(mod, &moderated) || moderated < -1 || moderated > 1))
		return bad(comments_csv, c->row_line, "moderated is not -1, 0 or 1");
	bool is_meta = str_eq_ascii(meta, STR("true")) || str_eq_ascii(meta, STR("t")) ||
		str_is(meta, "1");
	size_t j = find_tid(a, tid);
	if (j == SIZE_MAX || (moderated != -1 && !is_meta))
		return 0;
	return opinion_moderate(a->o, j, is_meta ? OPINION_META : OPINION_OUT);
}

static int comments_read(struct analysis *a, struct str text)
{
	auto_csv c;
	csv_init(&c, text, FIELDS_MAX);
	int st = in_file(comments_csv, csv_next(&c));
	if (st == 0)
		return bad(comments_csv, 1, "the file is empty");
	struct comments_head h = { 0 };
	if (st > 0)
		st = comments_head_read(&c, &h);
	while (st >= 0 && (st = in_file(comments_csv, csv_next(&c))) > 0)
		st = comment_read(a, &c, &h);
	return st;
}

int analysis_read(const char *dir, struct analysis *ret)
{
	struct analysis a = { 0 };
	auto_buf votes, comments;
	arena_init(&a.mem, MEM_MAX);
	buf_init(&votes, FILE_MAX);
	buf_init(&comments, FILE_MAX);
	int st = file_read(dir, votes_csv, &votes);
	if (st == 0)
		st = file_read(dir, comments_csv, &comments);
	if (st == 0)
		st = opinion_open(NULL, &a.o);
	if (st == 0)
		st = votes_read(&a, buf_view(&votes));
	if (st == 0)
		st = comments_read(&a, buf_view(&comments));
	if (st < 0) {
		analysis_done(&a);
		return st;
	}
	*ret = a;
	return 0;
}

void analysis_done(struct analysis *a)
{
	opinion_close(a->o);
	arena_done(&a->mem);
	*a = (struct analysis){ 0 };
}
