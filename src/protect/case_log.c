#include "protect/case_log.h"
#include "protect/case_log.sql.h"

enum { DAY = 86400, PAGE = 500, PAGE_MEM = 1 << 20 };

/* row->mark is not looked at. */
static void mark_of(
	const uint8_t before[HASH_BYTES], const struct case_lines_row *row, uint8_t ret[HASH_BYTES])
{
	char mark[2 * HASH_BYTES + 1], of[2 * VAULT_ID + 1],
		line[2 * HASH_BYTES + 2 * VAULT_ID + 6 * 21 + 3];
	uint8_t id[VAULT_ID] = { 0 };
	if (row->of.n == sizeof id)
		memcpy(id, row->of.p, sizeof id);
	hex_text(before, HASH_BYTES, mark);
	hex_text(id, sizeof id, of);
	int n = snprintf(line, sizeof line, "%s %lld %lld %lld %lld %lld %s %lld", mark,
		(long long)row->number, (long long)row->on_day, (long long)row->account,
		(long long)row->channel, (long long)row->what, of, (long long)row->ref);
	must(n > 0 && (size_t)n < sizeof line);
	hash_open((struct str){ line, (size_t)n }, ret);
}

int case_log_put(struct db *db, struct arena *mem, const struct case_log_line *line)
{
	struct case_line_last_row last = { 0 };
	uint8_t before[HASH_BYTES] = { 0 }, mark[HASH_BYTES];
	int result = case_line_last(db, mem, &last);
	if (result < 0)
		return result;
	if (result > 0 && last.mark.n != sizeof before)
		return err_note(ERR_BUG, "a mark that is none");
	if (result > 0)
		memcpy(before, last.mark.p, sizeof before);
	struct case_lines_row row = { .number = last.number + 1,
		.on_day = line->day > last.on_day ? line->day : last.on_day,
		.account = line->account,
		.channel = line->channel,
		.what = line->what,
		.of = { (const char *)line->of.b, sizeof line->of.b },
		.ref = line->ref };
	mark_of(before, &row, mark);
	result = case_line_add(db,
		(struct case_line_add_in){ .number = row.number,
			.on_day = row.on_day,
			.account = row.account,
			.channel = row.channel,
			.what = row.what,
			.of = row.of,
			.ref = row.ref,
			.mark = { (const char *)mark, sizeof mark } });
	return result < 0 ? result : 0;
}

int case_log_add(struct visit *v, const struct keep_case *c, enum case_what what, int64_t ref)
{
	return case_log_put(v->db, v->mem,
		&(struct case_log_line){ .day = v->now / DAY,
			.account = v->who.account.v,
			.channel = c->channel,
			.what = what,
			.of = c->id,
			.ref = ref });
}

static bool follows(uint8_t before[HASH_BYTES], int64_t lines, const struct case_lines_row *row)
{
	uint8_t mark[HASH_BYTES];
	mark_of(before, row, mark);
	if (row->number != lines + 1 || row->mark.n != sizeof mark || row->of.n != VAULT_ID ||
		memcmp(row->mark.p, mark, sizeof mark) != 0)
		return false;
	memcpy(before, mark, sizeof mark);
	return true;
}

int case_log_check(struct db *db, int64_t *ret_lines, int64_t *ret_broken)
{
	uint8_t before[HASH_BYTES] = { 0 };
	int64_t lines = 0, broken = 0;
	size_t n = PAGE;
	while (n == PAGE && !broken) {
		auto_arena mem;
		struct case_lines_row *row;
		arena_init(&mem, PAGE_MEM);
		int result = case_lines(db, &mem, lines ? lines : INT64_MIN, PAGE, &row, &n);
		if (result < 0)
			return result;
		for (size_t i = 0; i < n && !broken; i++) {
			if (follows(before, lines, &row[i]))
				lines++;
			else
				broken = lines + 1;
		}
	}
	*ret_lines = lines;
	*ret_broken = broken;
	return 0;
}
