#include "account/audit.h"
#include "account/account.sql.h"
#include "account/audit.sql.h"
#include "account/audit_watch.h"

enum { LAST_MEM = 65536, PAGE = 500, PAGE_MEM = 1 << 20 };

/* row->mark is not looked at. */
static void mark_of(const uint8_t before[HASH_BYTES], const struct audit_behind_row *row,
	uint8_t ret[HASH_BYTES])
{
	char mark[2 * HASH_BYTES + 1], line[2 * HASH_BYTES + 8 * 21 + 1];
	hex_text(before, HASH_BYTES, mark);
	int n = snprintf(line, sizeof line, "%s %lld %lld %lld %lld %lld %lld %lld %lld", mark,
		(long long)row->number, (long long)row->at, (long long)row->account,
		(long long)row->what, (long long)row->space, (long long)row->ref, (long long)row->n,
		(long long)row->is_public);
	must(n > 0 && (size_t)n < sizeof line);
	hash_open((struct str){ line, (size_t)n }, ret);
}

int audit_put(struct db *db, int64_t now, const struct audit_line *line)
{
	auto_arena mem;
	struct audit_last_row last = { 0 };
	uint8_t before[HASH_BYTES] = { 0 }, mark[HASH_BYTES];
	arena_init(&mem, LAST_MEM);
	int st = audit_last(db, &mem, &last);
	if (st < 0)
		return st;
	if (st > 0 && last.mark.n != sizeof before)
		return err_note(ERR_BUG, "a mark that is none");
	if (st > 0)
		memcpy(before, last.mark.p, sizeof before);
	struct audit_behind_row row = { .number = last.number + 1,
		.at = now > last.at ? now : last.at,
		.account = line->account.v,
		.what = line->what,
		.space = line->space,
		.ref = line->ref,
		.n = line->n,
		.is_public = line->is_public };
	mark_of(before, &row, mark);
	st = audit_line_add(db,
		(struct audit_line_add_in){ .number = row.number,
			.at = row.at,
			.account = row.account,
			.what = row.what,
			.space = row.space,
			.ref = row.ref,
			.n = row.n,
			.is_public = row.is_public,
			.mark = { (const char *)mark, sizeof mark } });
	return st < 0 ? st : 0;
}

/* The hours that are over come first. What they hold is lost when this transaction fails: it
 * is a hint, and trying again brings a new one. */
int audit_add(struct visit *v, const struct audit_line *line)
{
	struct audit_line own = *line;
	struct account_held_count_row held = { 0 };
	if (!own.account.v)
		own.account = v->who.account;
	/* Of those who only take part nothing is written down: not that they came, nor when. */
	if (audit_kind_of(own.what) == AUDIT_SIGN_IN && own.account.v) {
		int found = account_held_count(v->db, v->mem, own.account.v, &held);
		if (found < 0 || held.n > 0)
			return found < 0 ? found : 0;
	}
	int st = audit_watch_tell(v->house->audit, v->db, v->now, false);
	return st ? st : audit_put(v->db, v->now, &own);
}

/* Does ${row} stand behind what was seen so far? Then it belongs to it. */
static bool follows(struct audit_verdict *so_far, const struct audit_behind_row *row)
{
	uint8_t mark[HASH_BYTES];
	mark_of(so_far->mark, row, mark);
	if (row->number != so_far->lines + 1 || row->mark.n != sizeof mark ||
		memcmp(row->mark.p, mark, sizeof mark) != 0)
		return false;
	memcpy(so_far->mark, mark, sizeof mark);
	so_far->lines = row->number;
	so_far->first_at = row->number == 1 ? row->at : so_far->first_at;
	so_far->last_at = row->at;
	return true;
}

static int check_page(struct db *db, struct audit_verdict *v)
{
	auto_arena mem;
	struct audit_behind_row *row;
	size_t n;
	arena_init(&mem, PAGE_MEM);
	/* What was slipped in front of the first line is looked at too. */
	int st = audit_behind(db, &mem, v->lines ? v->lines : INT64_MIN, PAGE, &row, &n);
	for (size_t i = 0; st >= 0 && i < n && !v->broken; i++)
		if (!follows(v, &row[i]))
			v->broken = v->lines + 1;
	return st < 0 ? st : n == PAGE;
}

/* Lines cut off at the end, or the whole log swapped for another. */
static int check_end(struct db *db, struct audit_verdict *v)
{
	auto_arena mem;
	struct audit_behind_row *row;
	size_t n;
	arena_init(&mem, LAST_MEM);
	int st = audit_behind(db, &mem, v->lines - 1, 1, &row, &n);
	if (st >= 0 &&
		(n == 0 || row[0].number != v->lines || row[0].mark.n != sizeof v->mark ||
			memcmp(row[0].mark.p, v->mark, sizeof v->mark) != 0))
		v->broken = v->lines;
	return st < 0 ? st : 0;
}

int audit_check_on(struct db *db, struct audit_verdict *v)
{
	struct audit_verdict walked = *v;
	int more = walked.lines && !walked.broken ? check_end(db, &walked) : 0;
	if (more == 0)
		more = 1;
	while (more > 0 && !walked.broken)
		more = check_page(db, &walked);
	if (more < 0)
		return more;
	*v = walked;
	return 0;
}

int audit_check(struct db *db, struct audit_verdict *ret)
{
	struct audit_verdict v = { 0 };
	int st = audit_check_on(db, &v);
	if (st == 0)
		*ret = v;
	return st;
}
