#include "opinion/inner.h"
#include <math.h>
#include <stdlib.h>

/* How well point ${i} sits in its group: 1 deep inside, -1 in the wrong one. A point of
 * weight w stands for w people in the same place. */
static double silhouette_of(const double *sum, const double *size, int own)
{
	double others = size[own] - 1, b = INFINITY;
	if (others <= 0)
		return 0;
	double a = sum[own] / others;
	for (int g = 0; g < OPINION_K_MAX; g++)
		if (g != own && size[g] > 0 && sum[g] / size[g] < b)
			b = sum[g] / size[g];
	double larger = a > b ? a : b;
	return larger > 0 && isfinite(b) ? (b - a) / larger : 0;
}

int silhouettes(const struct points *p, int8_t *const *label, int n, double *ret)
{
	size_t per = (size_t)n * OPINION_K_MAX;
	double *sum = take(p->n * per, sizeof *sum);
	double *size = take(per, sizeof *size);
	if (!sum || !size) {
		free(sum);
		free(size);
		return err_note(ERR_NOMEM, "opinion: silhouettes");
	}
	for (size_t i = 0; i < p->n; i++) {
		for (size_t j = 0; j < i; j++) {
			double dx = p->x[i] - p->x[j], dy = p->y[i] - p->y[j];
			double d = sqrt(dx * dx + dy * dy);
			double wi = p->w ? p->w[i] : 1, wj = p->w ? p->w[j] : 1;
			for (int l = 0; l < n; l++) {
				sum[i * per + (size_t)(l * OPINION_K_MAX + label[l][j])] += wj * d;
				sum[j * per + (size_t)(l * OPINION_K_MAX + label[l][i])] += wi * d;
			}
		}
		for (int l = 0; l < n; l++)
			size[l * OPINION_K_MAX + label[l][i]] += p->w ? p->w[i] : 1;
	}
	for (int l = 0; l < n; l++) {
		double total = 0, people = 0;
		for (size_t i = 0; i < p->n; i++) {
			double w = p->w ? p->w[i] : 1;
			size_t at = (size_t)l * OPINION_K_MAX;
			total += w * silhouette_of(sum + i * per + at, size + at, label[l][i]);
			people += w;
		}
		ret[l] = people > 0 ? total / people : 0;
	}
	free(sum);
	free(size);
	return 0;
}
