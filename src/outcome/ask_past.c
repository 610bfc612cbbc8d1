#include "outcome/ask_past.h"
#include "outcome/ask_past.sql.h"

int ask_past_load(struct visit *v, int64_t ask, struct str lang, struct ask_past_list *ret)
{
	struct ask_pasts_row *row;
	size_t n;
	const struct lang *l = lang_by_code(lang);
	int result = ask_pasts(v->db, v->mem, ask, lang, ASK_PAST_MAX, &row, &n);
	struct ask_past *past = result < 0 ? NULL : arena_array(v->mem, n + 1, sizeof *past);
	if (!past)
		return result < 0 ? result : ERR_NOMEM;
	l = l ? l : v->lang;
	for (size_t i = 0; i < n && result >= 0; i++) {
		past[i].until = row[i].until;
		result = diff_words(l, v->mem, row[i].title, row[i].next_title, &past[i].title);
		if (result >= 0)
			result = diff_words(
				l, v->mem, row[i].body, row[i].next_body, &past[i].body);
	}
	*ret = (struct ask_past_list){ past, n, lang };
	return result < 0 ? result : 0;
}
