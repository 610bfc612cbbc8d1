/* A conversation from Polis, whole and broken. */
#include "participate/polis_inner.h"
#include "tests/participate/exchange.h"
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { NOW = 1800000000 };

static const char comments[] =
	"timestamp,comment-id,author-id,agrees,disagrees,moderated,is-meta,is-seed,comment-body\n"
	"1600000000000,0,7,1,0,1,false,true,Bread &amp; roses\n"
	"1600000100000,2,9,0,1,-1,false,false,\"Two\nlines, and &#39;a quote&#x27;\"\n"
	"1600000200000,5,9,0,0,0,true,false,Not voted on\n";
static const char matrix[] = "participant,group-id,n-votes,0,2,5\n9,0,2,1,-1,\n7,1,1,,0,\n";
static const char votes[] = "timestamp,datetime,comment-id,voter-id,vote\n"
			    "1600003600000,x,0,9,-1\n"
			    "1600007200000,x,0,9,1\n"
			    "1600007300000,x,2,9,-1\n"
			    "1600000000000,x,2,7,0\n";
static const char summary[] = "topic,What we eat\nurl,https://example.org/x\n";

static void put_polis(struct fix *f, const char *name, const char *text, size_t n)
{
	mkdir(path_of(f, "polis", ""), 0700);
	write_bytes(path_of(f, "polis", name), (struct str){ text, n });
}

static void put_all_polis(struct fix *f)
{
	put_polis(f, "comments.csv", comments, sizeof comments - 1);
	put_polis(f, "participants-votes.csv", matrix, sizeof matrix - 1);
	put_polis(f, "votes.csv", votes, sizeof votes - 1);
	put_polis(f, "summary.csv", summary, sizeof summary - 1);
}

static int bring_polis(struct fix *f, struct polis_count *ret)
{
	auto_tx tx = { 0 };
	struct polis_import what = {
		.folder = path_of(f, "polis", ""), .slug = STR("food"), .lang = lang_of(LANG_EN)
	};
	assert_int_equal(db_tx_begin(f->db, &tx), 0);
	int result = polis_import(f->db, &f->mem, &what, NOW, ret);
	return result < 0 ? result : db_tx_end(&tx);
}

static void check_statement(
	struct fix *f, int64_t number, const char *body, int64_t status, int64_t is_meta)
{
	struct exchange_statement_row row;
	assert_int_equal(exchange_statement(f->db, &f->mem, number, &row), 1);
	assert_str(row.body, body);
	assert_int_equal(row.status, status);
	assert_int_equal(row.is_meta, is_meta);
}

void test_polis(void **state)
{
	struct fix *f = *state;
	struct polis_count n;
	struct exchange_votes_row *v;
	size_t n_vote;
	put_all_polis(f);
	assert_int_equal(bring_polis(f, &n), 0);
	assert_int_equal(n.statements, 3);
	assert_int_equal(n.hidden, 1);
	assert_int_equal(n.people, 2);
	assert_int_equal(n.votes, 3);
	check_statement(f, 1, "Bread & roses", 1, 0);
	check_statement(f, 3, "Two\nlines, and 'a quote'", 3, 0);
	check_statement(f, 6, "Not voted on", 1, 1);
	assert_int_equal(exchange_votes(f->db, &f->mem, &v, &n_vote), 3);
	/* Participant 9 stands in the first row: seat 1; the later vote counts, to the hour. */
	assert_int_equal(v[0].seat, 1);
	assert_int_equal(v[0].statement, 1);
	assert_int_equal(v[0].value, 1);
	assert_int_equal(v[0].at, 1600007200 / 3600 * 3600);
	assert_int_equal(v[1].value, -1);
	assert_int_equal(v[2].seat, 2);
	assert_int_equal(v[2].statement, 3);
	assert_int_equal(v[2].value, 0);
}

void test_polis_line_ends(void **state)
{
	struct fix *f = *state;
	struct polis_count n;
	char text[sizeof comments + 3] = "\xef\xbb\xbf";
	memcpy(text + 3, comments, sizeof comments);
	bool is_quoted = false;
	for (char *p = text; *p; p++) {
		is_quoted ^= *p == '"';
		if (*p == '\n' && !is_quoted)
			*p = '\r';
	}
	put_all_polis(f);
	put_polis(f, "comments.csv", text, strlen(text));
	assert_int_equal(bring_polis(f, &n), 0);
	assert_int_equal(n.statements, 3);
	check_statement(f, 3, "Two\nlines, and 'a quote'", 3, 0);
}

void test_polis_matrix_alone(void **state)
{
	struct fix *f = *state;
	struct polis_count n;
	put_all_polis(f);
	unlink(path_of(f, "polis", "votes.csv"));
	unlink(path_of(f, "polis", "summary.csv"));
	assert_int_equal(bring_polis(f, &n), 0);
	assert_int_equal(n.votes, 3);
}

static const struct broken broken_polis[] = {
	{ "comments.csv", "", "comments.csv: line 1: the file is empty" },
	{ "comments.csv", "id,comment-body\n1,x\n",
		"comments.csv: line 1: no column \"comment-id\"" },
	{ "comments.csv", "comment-id\n1\n", "comments.csv: line 1: no column \"comment-body\"" },
	{ "comments.csv", "comment-id,comment-body\n0,a\nx,b\n",
		"comments.csv: line 3: comment-id is not a number" },
	{ "comments.csv", "comment-id,comment-body\n0,a\n2,\n",
		"comments.csv: line 3: comment-body is empty" },
	{ "comments.csv", "comment-id,moderated,comment-body\n0,2,a\n",
		"comments.csv: line 2: moderated is not -1, 0 or 1" },
	{ "comments.csv", "comment-id,comment-body\n0,a\n0,b\n",
		"comments.csv: comment-id 0 stands there twice" },
	{ "comments.csv", "timestamp,comment-id,comment-body\nnoon,0,a\n",
		"comments.csv: line 2: timestamp is not a number of milliseconds" },
	{ "comments.csv", "comment-id,comment-body\n0,\"a\n1,b\n",
		"comments.csv: line 2: a quote is opened and not closed" },
	{ "comments.csv", "comment-id,comment-body\n0,\xff\n",
		"comments.csv: line 2: not UTF-8 text" },
	{ "participants-votes.csv", "", "participants-votes.csv: line 1: the file is empty" },
	{ "participants-votes.csv", "who,0\n1,1\n",
		"participants-votes.csv: line 1: no column \"participant\"" },
	{ "participants-votes.csv", "participant,0,4\n1,1,1\n",
		"participants-votes.csv: line 1: a column is no statement of comments.csv" },
	{ "participants-votes.csv", "participant,0,0\n1,1,1\n",
		"participants-votes.csv: line 1: a statement has two columns" },
	{ "participants-votes.csv", "participant,0\n1,1\n7,3\n",
		"participants-votes.csv: line 3: a vote is -1, 0 or 1" },
	{ "participants-votes.csv", "participant,0\n9,1\n7,1\n9,1\n",
		"participants-votes.csv: line 4: a participant has two rows" },
	{ "participants-votes.csv", "participant,0\n,1\n",
		"participants-votes.csv: line 2: no participant" },
	{ "votes.csv", "comment-id,voter-id,vote\n",
		"votes.csv: line 1: needs columns timestamp, comment-id, voter-id and vote" },
	{ "votes.csv", "timestamp,comment-id,voter-id,vote\n1,0,9,1\n1,0,8,1\n",
		"votes.csv: line 3: the voter has no row in participants-votes.csv" },
	{ "votes.csv", "timestamp,comment-id,voter-id,vote\n1,1,9,1\n",
		"votes.csv: line 2: the statement is not in comments.csv" },
	{ "votes.csv", "timestamp,comment-id,voter-id,vote\n1,0,9,yes\n",
		"votes.csv: line 2: a vote is -1, 0 or 1" },
	{ "summary.csv", "topic,\"x\n", "summary.csv: line 1: a quote is opened and not closed" },
};

void test_polis_broken(void **state)
{
	struct fix *f = *state;
	struct polis_count n;
	for (size_t i = 0; i < sizeof broken_polis / sizeof *broken_polis; i++) {
		const struct broken *b = &broken_polis[i];
		put_all_polis(f);
		put_polis(f, b->file, b->text, strlen(b->text));
		assert_int_equal(bring_polis(f, &n), ERR_INPUT);
		assert_string_equal(err_noted(), b->note);
		assert_int_equal(count_rows(f), 0);
	}
	put_all_polis(f);
	unlink(path_of(f, "polis", "comments.csv"));
	assert_int_equal(bring_polis(f, &n), ERR_INPUT);
	assert_int_equal(count_rows(f), 0);
}

void test_polis_twice(void **state)
{
	struct fix *f = *state;
	struct polis_count n;
	put_all_polis(f);
	assert_int_equal(bring_polis(f, &n), 0);
	int64_t before = count_rows(f);
	assert_int_equal(bring_polis(f, &n), ERR_CONFLICT);
	assert_string_equal(err_noted(), "there is a space called \"food\"");
	assert_int_equal(count_rows(f), before);
}

void test_plain(void **state)
{
	struct fix *f = *state;
	static const char *const pairs[][2] = {
		{ "a &lt;b&gt; &quot;c&quot;", "a <b> \"c\"" },
		{ "&amp;lt;", "&lt;" },
		{ "&#8217;&#x1F600;&#xe9;", "\xe2\x80\x99\xf0\x9f\x98\x80\xc3\xa9" },
		{ "R&D; &unknown; & &;", "R&D; &unknown; & &;" },
		{ "&#0;&#xd800;&#x110000;&#;&#x;", "&#0;&#xd800;&#x110000;&#;&#x;" },
		{ "&amp", "&amp" },
		{ "", "" },
	};
	for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
		assert_str(polis_plain(&f->mem, str_c(pairs[i][0])), pairs[i][1]);
}
