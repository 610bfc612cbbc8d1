/* I keep what became public in the order in which it did, for those who follow. */
#pragma once
#include "account/visit.h"

/* What is new: notify_news.kind, and what a letter says of it. */
enum news_what {
	NEWS_ASK, /* kind 0; an answer, too, there */
	NEWS_ANSWER,
	NEWS_VERSION,
	NEWS_COMMENTS,
	NEWS_OPENED,
	NEWS_CLOSING,
	NEWS_CLOSED,
	NEWS_GOING, /* what was said will be deleted; n: the day */
	NEWS_ALERT, /* an early warning of a country; item: its record */
	NEWS_WHATS
};

/* news_say(mem, l, what, n): What is new, of a document or a phase, in a sentence; ${n}: a version,
 * or the moment when it closes. */
struct str news_say(struct arena *mem, const struct lang *l, enum news_what what, int64_t n);

/* news_tell(v, item): An ask or an answer is public now; in the same transaction. Costs nothing
 * where no mail is sent. */
int news_tell(struct visit *v, int64_t item) must_use;
/* news_tell_of(v, what, space, id, n): The same of a document; once for each ${n}: a version, or a
 * day. */
int news_tell_of(
	struct visit *v, enum news_what what, int64_t space, int64_t id, int64_t n) must_use;
/* news_tell_country(db, record, country, title, lang, now): An early warning, which is a record, is
 * public now. Costs a row only where somebody follows the country. */
int news_tell_country(struct db *db, int64_t record, struct str country, struct str title,
	struct str lang, int64_t now) must_use;
