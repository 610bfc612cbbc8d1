#include "base/err.h"
#include "i18n/i18n.h"
#include "po/messages.h"
#include <pthread.h>
#include <stdatomic.h>

/* Which text of a plural message: the categories a language has, in CLDR order. */
static const uint32_t form_at[LANG_COUNT][PLURAL_OTHER + 1] = {
	[LANG_AR] = { 0, 1, 2, 3, 4, 5 },
	[LANG_ZH] = { 0, 0, 0, 0, 0, 0 },
	[LANG_EN] = { 1, 0, 1, 1, 1, 1 },
	[LANG_FR] = { 2, 0, 2, 2, 1, 2 },
	[LANG_RU] = { 2, 0, 2, 1, 2, 2 },
	[LANG_ES] = { 2, 0, 2, 2, 1, 2 },
};

static atomic_bool is_open[LANG_COUNT];

static int open_text(enum lang_id id)
{
	static pthread_mutex_t one_at_a_time = PTHREAD_MUTEX_INITIALIZER;
	int result = 0;
	pthread_mutex_lock(&one_at_a_time);
	if (!atomic_load_explicit(&is_open[id], memory_order_relaxed))
		result = packed_into(&msg_books[id].packed, msg_books[id].text);
	if (result == 0)
		atomic_store_explicit(&is_open[id], true, memory_order_release);
	pthread_mutex_unlock(&one_at_a_time);
	return result;
}

int msg_open(void)
{
	int result = 0;
	for (enum lang_id id = 0; id < LANG_COUNT && result == 0; id++)
		result = open_text(id);
	return result;
}

struct str msg_text(const struct lang *l, int m, int64_t n)
{
	must(m > MSG_NONE && m < MSG_COUNT);
	const struct msg_book *b = &msg_books[l->id];
	if (!atomic_load_explicit(&is_open[l->id], memory_order_acquire))
		must(open_text(l->id) == 0);
	uint32_t i = b->first[m];
	if (b->first[m + 1] - i > 1)
		i += form_at[l->id][lang_plural(l, n)];
	return (struct str){ b->text + b->at[i], b->at[i + 1] - b->at[i] };
}
