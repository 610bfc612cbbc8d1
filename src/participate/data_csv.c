/* Statements, contributions and votes as comma-separated values: see data.h. */
#include "base/csv.h"
#include "crypto/keys.h"
#include "participate/board.sql.h"
#include "participate/data.h"
#include "participate/data.sql.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define MARK "\xef\xbb\xbf"

static void put_tally(struct buf *b, const struct tally *t)
{
	buf_f(b, ",%lld,%lld,%lld", (long long)t->agree, (long long)t->disagree,
		(long long)t->pass);
}

/* ---- statements.csv ---- */

enum { TEXTS = 500, TEXTS_BYTES = 2 << 20 };

void data_words_done(struct data_words *w)
{
	arena_done(&w->mem);
}

static int next_words(
	struct visit *v, const struct figures *f, struct data_words *w, int64_t number)
{
	arena_done(&w->mem);
	arena_init(&w->mem, TEXTS_BYTES);
	int result = data_texts(
		v->db, &w->mem, f->space, v->lang->code, number, TEXTS, &w->row, &w->n);
	w->at = 0;
	w->is_end = result < TEXTS;
	return result;
}

int data_words_of(
	struct visit *v, const struct figures *f, struct data_words *w, size_t i, struct words *ret)
{
	int64_t number = f->statement[i].number;
	while (w->at < w->n && w->row[w->at].number < number)
		w->at++;
	int result = w->at == w->n && !w->is_end ? next_words(v, f, w, number) : 0;
	if (result < 0)
		return result;
	bool is_there = w->at < w->n && w->row[w->at].number == number;
	*ret = is_there ? (struct words){ w->row[w->at].body, w->row[w->at].lang }
			: (struct words){ 0 };
	return 0;
}

static void put_statement(struct buf *b, const struct figures *f, const struct statement *s,
	const struct words *words)
{
	buf_f(b, "%lld,", (long long)s->number);
	csv_put(b, words->body);
	buf_f(b, ",%.*s,%lld", STR_ARG(words->lang), (long long)tally_all(s->all));
	put_tally(b, &s->all);
	buf_c(b, s->is_common ? ",1" : ",0");
	for (size_t g = 0; g < f->n_group; g++)
		put_tally(b, &s->group[g]);
	buf_c(b, "\r\n");
}

int data_statements(struct visit *v, const struct figures *f, struct parcel_out *o)
{
	auto_words w = { 0 };
	struct words words;
	int result = 0;
	buf_c(&o->b, MARK "statement,text,language,votes,agree,disagree,pass,common");
	for (size_t g = 0; g < f->n_group; g++)
		buf_f(&o->b, ",%c_agree,%c_disagree,%c_pass", (char)('a' + g), (char)('a' + g),
			(char)('a' + g));
	buf_c(&o->b, "\r\n");
	for (size_t i = 0; i < f->n_statement && result >= 0; i++) {
		result = data_words_of(v, f, &w, i, &words);
		if (result < 0)
			break;
		put_statement(&o->b, f, &f->statement[i], &words);
		result = parcel_row(o);
	}
	return result;
}

/* ---- contributions.csv ---- */

enum { WRITTEN = 100, WRITTEN_BYTES = 8 << 20 };

static int put_contributions(struct parcel_out *o, const struct data_written_row *r, size_t n)
{
	int result = 0;
	for (size_t i = 0; i < n && result >= 0; i++) {
		buf_f(&o->b, "%lld,%lld,", (long long)r[i].number, (long long)r[i].question);
		csv_put(&o->b, r[i].body);
		buf_f(&o->b, ",%.*s\r\n", STR_ARG(r[i].lang));
		result = parcel_row(o);
	}
	return result;
}

int data_contributions(struct visit *v, const struct figures *f, struct parcel_out *o)
{
	int64_t number = 0;
	buf_c(&o->b, MARK "contribution,question,text,language\r\n");
	for (;;) {
		auto_arena mem;
		struct data_written_row *r;
		size_t n = 0;
		arena_init(&mem, WRITTEN_BYTES);
		int result = data_written(
			v->db, &mem, f->space, v->lang->code, number, WRITTEN, &r, &n);
		if (result <= 0)
			return result;
		result = put_contributions(o, r, n);
		if (result < 0)
			return result;
		number = r[n - 1].number;
	}
}

/* ---- votes.csv ---- */

/*
 * The votes of one person stand together; the people stand in an order that comes from the
 * server's key, so that nobody else can tell a seat from its place. The votes come from the
 * database seat by seat and go to a scratch file; only where each person's begin is kept in
 * memory, and is then put into that order.
 */
enum { PIECE = 20000, PIECE_BYTES = 4 << 20, NUMBERS_BYTES = 16 << 20, PEOPLE_MAX = 1 << 26 };
enum { NUMBER_MAX = 1 << 29, LAST = UINT32_MAX }; /* LAST ends a person's votes in the scratch */

struct voter {
	uint64_t noise;
	int64_t at; /* of the scratch file, counted in votes */
};

struct sorting {
	struct visit *v;
	struct data_numbers_row *number; /* published statements, by id */
	size_t n_number;
	struct parcel_out *scratch;
	int64_t at; /* the end of the scratch file */
	struct buf *voters;
	int64_t seat; /* whose votes come; 0: nobody's yet */
};

static int by_noise(const void *a, const void *b)
{
	const struct voter *x = a, *y = b;
	return x->noise < y->noise ? -1 : x->noise > y->noise ? 1 : x->at < y->at ? -1 : 1;
}

static int by_id(const void *id, const void *row)
{
	const struct data_numbers_row *r = row;
	int64_t a = *(const int64_t *)id;
	return a < r->id ? -1 : a > r->id;
}

static int put_scratch(struct sorting *s, uint32_t word)
{
	buf_put(&s->scratch->b, &word, sizeof word);
	s->at++;
	return parcel_row(s->scratch);
}

static int next_voter(struct sorting *s, int64_t seat)
{
	uint8_t noise[HASH_BYTES];
	const struct str name = { (const char *)&seat, sizeof seat };
	int result = s->seat ? put_scratch(s, LAST) : 0;
	struct voter one = { .at = s->at };
	hash_key(&s->v->house->keys->take_part, "votes.csv", name, noise);
	memcpy(&one.noise, noise, sizeof one.noise);
	buf_put(s->voters, &one, sizeof one);
	s->seat = seat;
	return result < 0 ? result : s->voters->failed;
}

static int take_piece(struct sorting *s, const struct board_votes_row *r, size_t n)
{
	int result = 0;
	for (size_t i = 0; i < n && result == 0; i++) {
		const struct data_numbers_row *statement = s->n_number
			? bsearch(&r[i].item, s->number, s->n_number, sizeof *s->number, by_id)
			: NULL;
		if (!statement)
			continue;
		if (statement->number > NUMBER_MAX)
			return err_note(ERR_LIMIT, "a statement's number");
		if (r[i].seat != s->seat)
			result = next_voter(s, r[i].seat);
		if (result == 0)
			result = put_scratch(
				s, (uint32_t)statement->number << 2 | (uint32_t)(r[i].value + 1));
	}
	return result;
}

static int take_all(struct sorting *s, int64_t space)
{
	int64_t seat = 0, item = 0;
	for (;;) {
		auto_arena mem;
		struct board_votes_row *r;
		size_t n = 0;
		arena_init(&mem, PIECE_BYTES);
		int result = board_votes(s->v->db, &mem, space, seat, item, PIECE, &r, &n);
		if (result > 0)
			result = take_piece(s, r, n);
		if (result < 0)
			return result;
		if (!n)
			return s->seat ? put_scratch(s, LAST) : 0;
		seat = r[n - 1].seat;
		item = r[n - 1].item;
	}
}

static void put_vote(struct buf *b, size_t person, uint32_t word)
{
	buf_i64(b, (int64_t)person);
	buf_byte(b, ',');
	buf_i64(b, word >> 2);
	buf_byte(b, ',');
	buf_i64(b, (int64_t)(word & 3) - 1);
	buf_c(b, "\r\n");
}

static int put_person(struct sorting *s, size_t person, int64_t at, struct parcel_out *o)
{
	enum { AT_ONCE = 256 };
	uint32_t word[AT_ONCE];
	for (;;) {
		ssize_t n = pread(s->scratch->fd, word, sizeof word, at * (off_t)sizeof *word);
		if (n < (ssize_t)sizeof *word)
			return err_note(ERR_IO, "votes do not come back");
		for (size_t i = 0; i < (size_t)n / sizeof *word; i++, at++) {
			if (word[i] == LAST)
				return 0;
			put_vote(&o->b, person, word[i]);
		}
		int result = parcel_row(o);
		if (result < 0)
			return result;
	}
}

static int put_people(struct sorting *s, struct parcel_out *o)
{
	struct voter *voter = (struct voter *)(void *)s->voters->p;
	size_t n = s->voters->n / sizeof *voter;
	int result = parcel_flush(s->scratch);
	if (n)
		qsort(voter, n, sizeof *voter, by_noise);
	for (size_t i = 0; i < n && result == 0; i++) {
		result = put_person(s, i + 1, voter[i].at, o);
		if (result == 0)
			result = parcel_row(o);
	}
	return result;
}

int data_votes(struct visit *v, const struct figures *f, struct parcel_out *o)
{
	auto_arena mem;
	auto_buf voters;
	auto_scratch scratch;
	struct sorting s = { .v = v, .scratch = &scratch, .voters = &voters };
	arena_init(&mem, NUMBERS_BYTES);
	buf_init(&voters, PEOPLE_MAX * sizeof(struct voter));
	int result = parcel_scratch(o, &scratch);
	if (result == 0)
		result = data_numbers(v->db, &mem, f->space, &s.number, &s.n_number);
	buf_c(&o->b, MARK "participant,statement,vote\r\n");
	if (result >= 0)
		result = take_all(&s, f->space);
	return result < 0 ? result : put_people(&s, o);
}
