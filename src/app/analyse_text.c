/* The short answer, for a person at a terminal. */
#include "app/analyse_inner.h"
#include <stdio.h>

static void print_list(
	const struct analysis *a, const struct opinion_list *list, const char *indent)
{
	if (list->n == 0)
		printf("%snone\n", indent);
	for (size_t i = 0; i < list->n; i++) {
		const struct opinion_rep *rep = &list->item[i];
		printf("%sstatement %lld: %u of %u %s (%.0f %%)\n", indent,
			(long long)a->tid[rep->col], rep->success, rep->trials,
			rep->is_agree ? "agree" : "disagree",
			rep->trials ? 100.0 * rep->success / rep->trials : 0);
	}
}

int analysis_print_text(const struct analysis *a, const struct opinion_result *r)
{
	size_t out = 0;
	for (size_t j = 0; j < a->cols; j++)
		out += r->moderation[j] != OPINION_KEPT;
	printf("%zu participants, %zu statements (%zu moderated out), %zu votes\n", a->rows,
		a->cols, out, opinion_votes(a->o));
	printf("%zu participants clustered, %d groups\n", r->n_in_conv, r->k);
	for (int i = 0; i < r->n_silhouette; i++)
		printf("  %d groups: silhouette %.3f\n", i + 2, r->silhouette[i]);
	for (size_t g = 0; g < r->n_groups; g++) {
		printf("\nGroup %d: %zu participants, known for\n", r->groups[g].id,
			r->groups[g].members);
		print_list(a, &r->groups[g].rep, "  ");
	}
	printf("\nCommon ground\n");
	print_list(a, &r->agree, "  ");
	printf("\nTogether against\n");
	print_list(a, &r->disagree, "  ");
	return fflush(stdout) == EOF ? err_note(ERR_IO, "standard output") : 0;
}
