/* I am the front page of one consultation: what it asks, of whom, by when, and the way in. */
#pragma once
#include "account/route.h"
#include "participate/post.h"

struct overview_question {
	int64_t number, answers;
	struct str title, lang;
};

/* A document of numbered clauses that stands here; see outcome/doc.h. */
struct overview_document {
	int64_t number;
	struct str title, lang;
};

struct overview_view {
	struct frame frame;
	struct space s;
	const struct overview_question *question;
	size_t n_question;
	const struct overview_document *document;
	size_t n_document;
	const struct post *newest; /* contributions */
	size_t n_newest;
	int64_t people, countries, statements, asks;
	struct str when, languages;
	struct str *phase_when;
	int64_t now, notice_days;
	bool is_short_notice;
};

extern const struct route overview_routes[];
