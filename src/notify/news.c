#include "notify/news.h"
#include "notify/reader.sql.h"

int news_tell(struct visit *v, int64_t item)
{
	if (!v->house->post)
		return 0;
	int result = news_add(v->db, item, v->now);
	return result < 0 ? result : 0;
}
