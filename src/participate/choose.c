#include "participate/choose.h"
#include "participate/question.sql.h"

int choose_questions(
	struct visit *v, int64_t space, const struct question_title **ret, size_t *ret_n)
{
	struct question_titles_row *row;
	size_t n = 0;
	int result = question_titles(v->db, v->mem, space, visit_words(v), v->lang->code, &row, &n);
	struct question_title *q = result < 0 ? NULL : arena_array(v->mem, n + 1, sizeof *q);
	if (!q)
		return result < 0 ? result : ERR_NOMEM;
	for (size_t i = 0; i < n; i++)
		q[i] = (struct question_title){ row[i].number, row[i].title,
			lang_plain(row[i].lang) };
	*ret = q;
	*ret_n = n;
	return 0;
}

static bool is_among(const struct question_countries_row *row, size_t n, struct str code)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(row[i].country, code))
			return true;
	return false;
}

int choose_countries(struct visit *v, int64_t space, const struct country **ret, size_t *ret_n)
{
	struct question_countries_row *row;
	size_t n = 0, n_all, n_found = 0;
	const struct country *all = country_list(v->lang, &n_all);
	int result = question_countries(v->db, v->mem, space, &row, &n);
	struct country *c = result < 0 ? NULL : arena_array(v->mem, n + 1, sizeof *c);
	if (!c)
		return result < 0 ? result : ERR_NOMEM;
	for (size_t i = 0; i < n_all && n_found < n; i++)
		if (is_among(row, n, all[i].code))
			c[n_found++] = all[i];
	*ret = c;
	*ret_n = n_found;
	return 0;
}
