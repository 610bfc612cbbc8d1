#include "record/chain.h"
#include "record/chain.sql.h"
#include <string.h>

enum { LINE_MAX_BYTES = 128 << 10 };

static struct str bytes(const uint8_t hash[HASH_BYTES])
{
	return (struct str){ (const char *)hash, HASH_BYTES };
}

static int64_t or_zero(struct opt_i64 n)
{
	return n.has ? n.v : 0;
}

static int mark_of(
	const uint8_t before[HASH_BYTES], const struct chain_all_row *line, uint8_t ret[HASH_BYTES])
{
	char mark[2 * HASH_BYTES + 1], body[2 * HASH_BYTES + 1];
	const int64_t number[] = { line->number, line->at, or_zero(line->account),
		or_zero(line->participant), line->kind };
	const struct str text[] = { line->move, line->state_from, line->state_to, line->lang,
		line->fields, { body, 2 * HASH_BYTES } };
	auto_buf b;
	buf_init(&b, LINE_MAX_BYTES);
	hex_text(before, HASH_BYTES, mark);
	hex_text(line->body.p, HASH_BYTES, body);
	buf_put(&b, mark, 2 * HASH_BYTES);
	buf_byte(&b, '\n');
	for (size_t i = 0; i < sizeof number / sizeof *number; i++) {
		buf_i64(&b, number[i]);
		buf_byte(&b, '\n');
	}
	for (size_t i = 0; i < sizeof text / sizeof *text; i++) {
		buf_str(&b, text[i]);
		buf_byte(&b, '\n');
	}
	buf_str(&b, line->words);
	if (b.failed)
		return b.failed;
	hash_open(buf_view(&b), ret);
	return 0;
}

int chain_put(
	const struct record_by *by, int64_t record, const struct chain_line *line, struct str body)
{
	struct chain_last_row last = { 0 };
	uint8_t before[HASH_BYTES] = { 0 }, hash[HASH_BYTES], mark[HASH_BYTES];
	/* Of a new record nothing was said yet. */
	int result = line->kind == CHAIN_MADE ? 0 : chain_last(by->db, by->mem, record, &last);
	if (result < 0)
		return result;
	if (result > 0 && last.mark.n != sizeof before)
		return err_note(ERR_BUG, "a mark that is none");
	if (result > 0)
		memcpy(before, last.mark.p, sizeof before);
	hash_open(body, hash);
	struct chain_all_row row = { .number = last.number + 1,
		.at = by->now > last.at ? by->now : last.at,
		.account = { by->account, by->account != 0 },
		.participant = { by->participant, by->participant && !by->account },
		.kind = line->kind,
		.move = line->move,
		.state_from = line->state_from,
		.state_to = line->state_to,
		.lang = by->lang,
		.words = line->words,
		.fields = line->fields,
		.body = bytes(hash) };
	result = mark_of(before, &row, mark);
	if (result < 0)
		return result;
	result = chain_add(by->db,
		(struct chain_add_in){ .record = record,
			.number = row.number,
			.at = row.at,
			.account = row.account,
			.participant = row.participant,
			.kind = row.kind,
			.move = row.move,
			.state_from = row.state_from,
			.state_to = row.state_to,
			.lang = row.lang,
			.words = row.words,
			.fields = row.fields,
			.body = row.body,
			.mark = bytes(mark) });
	return result < 0 ? result : 0;
}

/* How many lines hold. */
static int walk_chain(const struct chain_all_row *row, size_t n, struct str body, size_t *ret)
{
	uint8_t mark[HASH_BYTES] = { 0 }, hash[HASH_BYTES];
	size_t holds = 0;
	hash_open(body, hash);
	while (holds < n) {
		const struct chain_all_row *line = &row[holds];
		if (line->body.n != HASH_BYTES || line->mark.n != HASH_BYTES)
			break;
		int result = mark_of(mark, line, mark);
		if (result < 0)
			return result;
		bool is_same = !memcmp(mark, line->mark.p, HASH_BYTES) &&
			line->number == (int64_t)holds + 1;
		if (!is_same || (holds + 1 == n && memcmp(hash, line->body.p, HASH_BYTES) != 0))
			break;
		holds++;
	}
	*ret = holds;
	return 0;
}

int chain_read(struct db *db, struct arena *mem, int64_t record, struct str body,
	struct chain_line **ret, size_t *ret_n, size_t *ret_holds)
{
	struct chain_all_row *row;
	size_t n = 0;
	int result = chain_all(db, mem, record, &row, &n);
	if (result >= 0)
		result = walk_chain(row, n, body, ret_holds);
	if (result < 0)
		return result;
	struct chain_line *line = arena_array(mem, n + 1, sizeof *line);
	if (!line)
		return ERR_NOMEM;
	for (size_t i = 0; i < n; i++)
		line[i] = (struct chain_line){ row[i].number, row[i].at, row[i].account,
			row[i].participant, (enum chain_kind)row[i].kind, row[i].move,
			row[i].state_from, row[i].state_to, row[i].lang, row[i].words,
			row[i].fields };
	*ret = line;
	*ret_n = n;
	return 0;
}
