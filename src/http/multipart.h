/*
 * I know multipart/form-data, and read it as the bytes arrive: fields, and files whose bytes
 * are their pair's value.
 */
#pragma once
#include "http/urlencoded.h"

enum { MULTIPART_BOUNDARY_MAX = 70, MULTIPART_LINE_MAX = 1024, MULTIPART_LINES_MAX = 8 };

enum multipart_state {
	MULTIPART_PREAMBLE = 1, /* before the first boundary; thrown away */
	MULTIPART_MARK,         /* behind a boundary: CRLF, or "--" */
	MULTIPART_HEAD,         /* fields of a part */
	MULTIPART_CONTENT,
	MULTIPART_EPILOGUE, /* behind the last boundary; thrown away */
};

struct multipart {
	enum multipart_state state;
	char mark[4 + MULTIPART_BOUNDARY_MAX]; /* CR LF "--" boundary */
	size_t n_mark, n_matched;              /* how much of it the last bytes were */
	char line[MULTIPART_LINE_MAX];         /* of a part's head; or what stands behind a mark */
	size_t n_line, n_lines;
	struct http_pair pair; /* the part being read */
	size_t start;          /* of its content, in fields->text */
	bool is_file, is_named;
	const struct http_sink *sink; /* set after multipart_begin; NULL: files into memory */
	/* Has the fields that came in front of a file when the sink is asked to begin it. */
	struct http_request *req;
	void *held; /* of the file being read */
	void *all[HTTP_FILES_MAX];
	size_t n_all;
};

/* multipart_begin(m, type): From a whole Content-Type. ERR_INPUT without a boundary. */
int multipart_begin(struct multipart *m, struct str type) must_use;
/* multipart_feed(m, f, piece), multipart_end(m): ERR_INPUT, ERR_LIMIT as for urlencoded;
 * multipart_end: ERR_INPUT when the last boundary has not come. */
int multipart_feed(struct multipart *m, struct fields *f, struct str piece) must_use;
int multipart_end(const struct multipart *m) must_use;
/* multipart_done(m): Drop what the sink holds. */
void multipart_done(struct multipart *m);
