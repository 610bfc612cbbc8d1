/* Export folders as they come, and broken ones. */
#include "app/analyse_inner.h"
#include "tests/test.h"
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char dir[] = "/tmp/baraza-analyse-XXXXXX";
static const char comments[] = "comment-id,moderated,is-meta,comment-body\n10,1,false,a\n"
			       "11,-1,false,\"two\nlines, &amp; \"\"more\"\"\"\n12,0,true,c\n"
			       "99,-1,false,has no column\n";

static void put(const char *name, const char *text)
{
	char path[128];
	snprintf(path, sizeof path, "%s/%s", dir, name);
	auto_file f = fopen(path, "wb");
	assert_non_null(f);
	assert_int_equal(fwrite(text, 1, strlen(text), f), strlen(text));
}

static int read_folder(const char *votes, const char *said, struct analysis *ret)
{
	put("participants-votes.csv", votes);
	put("comments.csv", said);
	return analysis_read(dir, ret);
}

static void folders_as_they_come(void **state)
{
	(void)state;
	static const char *const votes[] = {
		"participant,group-id,n-comments,n-votes,10,11,12\n7,0,0,3,1,0,-1\n9,,0,1,,,1\nx,1,0,0,,,\n",
		"participant,xid,group-id,extra,10,11,12\r7,,0,?,1,0,-1\r9,,,,,,1\rx,,1,,,,\r",
		("\xef\xbb\xbf"
		 "12,11,10,participant,group-id\r\n-1,0,1,\"7\",0\r\n1,,,9,\r\n,,,x,1"),
		"participant,group-id,10,11,12\n\n7,0,1,0,-1\n9,,,,1\nx,1\n",
	};
	for (size_t i = 0; i < sizeof votes / sizeof *votes; i++) {
		struct analysis a;
		assert_int_equal(read_folder(votes[i], comments, &a), 0);
		assert_int_equal(a.rows, 3);
		assert_int_equal(a.cols, 3);
		assert_int_equal(opinion_votes(a.o), 4);
		assert_str(a.pid[2], "x");
		assert_int_equal(a.group[0], 0);
		assert_int_equal(a.group[1], OPINION_NO_GROUP);
		assert_int_equal(a.in_conv[2], 1);
		struct opinion_result *r;
		assert_int_equal(opinion_run(a.o, NULL, &r), 0);
		for (size_t j = 0; j < 3; j++)
			assert_int_equal(r->moderation[j],
				a.tid[j] == 10           ? OPINION_KEPT
					: a.tid[j] == 11 ? OPINION_OUT
							 : OPINION_META);
		opinion_result_free(r);
		analysis_done(&a);
	}
}

static void broken_files_are_refused(void **state)
{
	(void)state;
	static const struct {
		const char *votes, *comments, *note;
	} cases[] = {
		{ "", comments, "participants-votes.csv: line 1: the file is empty" },
		{ "a,b\n", comments, "participants-votes.csv: line 1: no column \"participant\"" },
		{ "participant,1,1\n", comments,
			"participants-votes.csv: line 1: statement 1 has two columns" },
		{ "participant,1\n5,1\n\n6,2\n", comments,
			"participants-votes.csv: line 4: a vote is -1, 0, 1 or empty" },
		{ "participant,group-id,1\n5,-3,1\n", comments,
			"participants-votes.csv: line 2: group-id is not a number from 0 to 127" },
		{ "participant,1\n5,1\n5,1\n", comments,
			"participants-votes.csv: a participant has two rows" },
		{ "participant,1\n,1\n", comments,
			"participants-votes.csv: line 2: no participant" },
		{ "participant,1\r5,\"1\r", comments,
			"participants-votes.csv: line 2: a quote is opened and not closed" },
		{ "participant,1\n5,1\n", "", "comments.csv: line 1: the file is empty" },
		{ "participant,1\n5,1\n", "id\n1\n",
			"comments.csv: line 1: no column \"comment-id\"" },
		{ "participant,1\n5,1\n", "comment-id,moderated\n1,7\n",
			"comments.csv: line 2: moderated is not -1, 0 or 1" },
		{ "participant,1\n5,1\n", "comment-id\nx\n",
			"comments.csv: line 2: comment-id is not a number" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct analysis a;
		assert_int_equal(read_folder(cases[i].votes, cases[i].comments, &a), ERR_INPUT);
		assert_string_equal(err_noted(), cases[i].note);
	}
	struct analysis a;
	assert_int_equal(analysis_read("/nowhere", &a), ERR_IO);
}

static int make_folder(void **state)
{
	(void)state;
	return mkdtemp(dir) ? 0 : -1;
}

static int remove_folder(void **state)
{
	(void)state;
	char path[128];
	static const char *const names[] = { "participants-votes.csv", "comments.csv" };
	for (size_t i = 0; i < 2; i++) {
		snprintf(path, sizeof path, "%s/%s", dir, names[i]);
		unlink(path);
	}
	return rmdir(dir);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(folders_as_they_come),
		cmocka_unit_test(broken_files_are_refused),
	};
	return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
