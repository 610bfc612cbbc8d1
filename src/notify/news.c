#include "notify/news.h"
#include "notify/reader.sql.h"
#include "po/messages.h"
#include "render/html.h"

int news_tell(struct visit *v, int64_t item)
{
	if (!v->house->post)
		return 0;
	int result = news_add(v->db, item, v->now);
	return result < 0 ? result : 0;
}

int news_tell_of(struct visit *v, enum news_what what, int64_t space, int64_t id, int64_t n)
{
	if (!v->house->post)
		return 0;
	int result = news_add_of(v->db,
		(struct news_add_of_in){
			.kind = what, .item = id, .n = n, .space = space, .now = v->now });
	return result < 0 ? result : 0;
}

int news_tell_country(struct db *db, int64_t record, struct str country, struct str title,
	struct str lang, int64_t now)
{
	int result = news_add_country(db,
		(struct news_add_country_in){ .kind = NEWS_ALERT,
			.item = record,
			.country = country,
			.title = title,
			.lang = lang,
			.now = now });
	return result < 0 ? result : 0;
}

struct str news_say(struct arena *mem, const struct lang *l, enum news_what what, int64_t n)
{
	static const int msg[NEWS_WHATS] = { [NEWS_VERSION] = MSG_notify_news_version,
		[NEWS_COMMENTS] = MSG_notify_news_comments,
		[NEWS_OPENED] = MSG_notify_news_opened,
		[NEWS_CLOSING] = MSG_notify_news_closing,
		[NEWS_CLOSED] = MSG_notify_news_closed,
		[NEWS_GOING] = MSG_notify_news_going,
		[NEWS_ALERT] = MSG_notify_news_alert };
	const struct msg_arg arg = what == NEWS_VERSION ? msg_arg_i64("number", n)
							: msg_arg_day("date", (struct day){ n });
	return msg_plain(mem, l, msg[what], &arg,
		what == NEWS_VERSION || what == NEWS_CLOSING || what == NEWS_GOING);
}
