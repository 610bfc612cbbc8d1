/* I know what the parts of the analyse command hand to each other. */
#pragma once
#include "base/arena.h"
#include "opinion/opinion.h"

/* A Polis export folder, read. Rows and columns as in participants-votes.csv. */
struct analysis {
	struct arena mem;
	struct opinion *o;
	size_t rows, cols;
	struct str *pid; /* per row */
	int64_t *tid;    /* per column */
	int8_t *group;   /* as published */
	uint8_t *in_conv;
};

/* analysis_read(dir, ret): ERR_INPUT with a note of file, line and reason; ERR_IO. */
int analysis_read(const char *dir, struct analysis *ret) must_use;
void analysis_done(struct analysis *a);

/* analysis_print_json(a, r), analysis_print_text(a, r): To stdout. ERR_IO, ERR_NOMEM. */
int analysis_print_json(const struct analysis *a, const struct opinion_result *r) must_use;
int analysis_print_text(const struct analysis *a, const struct opinion_result *r) must_use;

/* analyse_synthetic(spec): "N,M,V,SEED": make votes, analyse them, print what it cost. */
int analyse_synthetic(const char *spec) must_use;
