/* I take one decision of a moderator on several things that wait, all in one go; what cannot be
 * decided so any more stays as it is, and is named. */
#pragma once
#include "participate/moderate.h"

enum { MANY_MAX = ITEM_PAGE, MANY_NAMED = 10 };

/* The tick of one card: the name of its field, and the item as the moderator saw it. */
const char *many_tick(size_t slot);
struct str many_seen(struct html *w, const struct queue_card *c);

/* many_may(p, c): This card can be ticked. many_is_ticked(w, p, c): It is, on this page. */
bool many_may(const struct queue_view *p, const struct queue_card *c);
bool many_is_ticked(struct html *w, const struct queue_view *p, const struct queue_card *c);

/* many_url(w, p): Where the ticks go. many_all(w, p): This page with all of them set, or, where
 * they are, with none. */
struct url many_url(struct html *w, const struct queue_view *p);
struct url many_all(struct html *w, const struct queue_view *p);

/* many_told(v, p): What the address says of a decision on several that was just taken. */
int many_told(struct visit *v, struct queue_view *p) must_use;

/* many_choices[i]: Values of the decision. many_choice_msg(i): Its words. */
extern const char *const many_choices[];
int many_choice_msg(int i);

extern const struct route moderate_many_routes[];
