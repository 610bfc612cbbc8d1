/* I know what the sample page of this folder shows. */
#pragma once
#include "render/html.h"

struct statement {
	int64_t id;
	struct str text, author;
	struct url link;
	int agree, disagree;
	bool is_mine;
};

struct sample {
	struct str title, slug, note;
	struct safe_html intro;
	struct day closes;
	struct moment seen;
	const struct statement *statement;
	size_t n_statement;
	bool is_open;
};
