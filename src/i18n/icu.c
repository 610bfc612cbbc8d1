#include "i18n/inner.h"
#include <pthread.h>
#include <stdlib.h>
#include <unicode/ustring.h>

static pthread_once_t once = PTHREAD_ONCE_INIT;
static pthread_key_t key;
static bool has_key;
static _Thread_local struct icu *mine;

static void close_all(void *p)
{
	struct icu *i = p;
	for (size_t l = 0; l < LANG_COUNT; l++) {
		udat_close(i->date[l]);
		udat_close(i->day_month[l]);
		udat_close(i->month[l]);
		udat_close(i->month_short[l]);
		udtitvfmt_close(i->range[l]);
		ulistfmt_close(i->list[l]);
		uldn_close(i->names[l]);
		ucol_close(i->order[l]);
	}
	free(i);
	mine = NULL;
}

static void make_key(void)
{
	has_key = pthread_key_create(&key, close_all) == 0;
}

struct icu *icu_mine(void)
{
	if (mine)
		return mine;
	pthread_once(&once, make_key);
	struct icu *i = has_key ? calloc(1, sizeof *i) : NULL;
	if (i && pthread_setspecific(key, i)) {
		free(i);
		return NULL;
	}
	mine = i;
	return i;
}

struct str icu_text(struct arena *mem, const UChar *u, int32_t n)
{
	UErrorCode st = U_ZERO_ERROR;
	int32_t used = 0, room = 0;
	if (n < 0 || __builtin_mul_overflow(n, 3, &room))
		return (struct str){ 0 };
	char *text = arena_take(mem, (size_t)room + 1);
	if (!text)
		return (struct str){ 0 };
	u_strToUTF8(text, room + 1, &used, u, n, &st);
	return U_SUCCESS(st) ? (struct str){ text, (size_t)used } : (struct str){ 0 };
}

UChar *icu_units(struct arena *mem, struct str s, int32_t *ret_n)
{
	UErrorCode st = U_ZERO_ERROR;
	if (s.n > INT32_MAX / 2)
		return NULL;
	int32_t room = (int32_t)s.n + 1; /* UTF-16 never has more units than UTF-8 bytes */
	UChar *u = arena_array(mem, (size_t)room, sizeof *u);
	if (!u)
		return NULL;
	u_strFromUTF8WithSub(u, room, ret_n, s.n ? s.p : "", (int32_t)s.n, 0xfffd, NULL, &st);
	return U_SUCCESS(st) ? u : NULL;
}
