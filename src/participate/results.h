/* I show what people said: groups, agreement, differences, who took part and who is missing. */
#pragma once
#include "account/route.h"
#include "participate/board.h"
#include "participate/space.h"
#include "render/map.h"
#include "render/scatter.h"

enum { RESULTS_BEST = 5, RESULTS_ROWS = 24, RESULTS_TRAITS = 3 };

/* A statement's words for one reader. */
struct words {
	struct str body, lang;
};

/* A row of the table of countries or languages. */
struct results_row {
	struct str name, share; /* share: "28%" */
	int64_t n;
};
struct results_table {
	const struct results_row *row; /* what is shown, by name */
	size_t n;
	struct str hidden_names, hidden_share;
	const struct cells *cells;
};

/* How far a hope has come true. */
struct results_wish {
	struct str name, words; /* "12 of 5 hoped for", or that they are too few to show */
	int64_t part, rest;     /* of the bar */
	bool is_half;           /* at least half of what is hoped for */
};

struct results_view {
	struct frame frame;
	struct space s;
	const struct figures *f;   /* NULL or too few votes: nothing is shown */
	const struct words *words; /* of f->statement */
	const struct statement *common[RESULTS_BEST], *apart[RESULTS_BEST];
	size_t n_common, n_apart, n_row;
	struct results_table region, country, lang;
	const struct results_wish *wish;
	size_t n_wish;
	struct scatter scatter;
	struct map_picture map_picture;
	const struct map *map;
	struct str people, countries, votes, contributions; /* as words */
	struct url data, table;
};

extern const struct route results_routes[];

/* results_words(v, f, ret): The words of each statement in f->statement for this reader; absent
 * where a statement has been hidden meanwhile. */
int results_words_load(struct visit *v, const struct figures *f, const struct words **ret) must_use;

/* results_say(v, msg, arg, n): A message as plain text. */
struct str results_say(const struct visit *v, int msg, const struct msg_arg *arg, size_t n);

/* For the template: "A" for group 0; a tally's bar with its words; a trait's or a statement's
 * words in their language. */
struct str results_letter(size_t group);
void results_bar(struct html *w, const struct tally *t, struct str who, bool is_big);
void results_wish_bar(struct html *w, const struct results_wish *wish);
/* results_share(w, t, which): "57%" of a tally's votes; a dash when there are none. */
enum share { SHARE_AGREE, SHARE_PASS, SHARE_DISAGREE };
struct str results_share(struct html *w, const struct tally *t, enum share which);
