#include "opinion/inner.h"
#include <pthread.h>

struct helper {
	par_work *work;
	void *ctx;
	int part, parts;
};

static void *help(void *arg)
{
	struct helper *h = arg;
	h->work(h->ctx, h->part, h->parts);
	return NULL;
}

void par_run(int parts, par_work *work, void *ctx)
{
	must(parts >= 1 && parts <= PARTS_MAX);
	pthread_t thread[PARTS_MAX];
	bool is_running[PARTS_MAX] = { false };
	struct helper h[PARTS_MAX];
	for (int i = 1; i < parts; i++) {
		h[i] = (struct helper){ work, ctx, i, parts };
		is_running[i] = pthread_create(&thread[i], NULL, help, &h[i]) == 0;
	}
	work(ctx, 0, parts);
	for (int i = 1; i < parts; i++) {
		if (is_running[i])
			pthread_join(thread[i], NULL);
		else
			work(ctx, i, parts);
	}
}

struct span par_span(size_t n, int part, int parts)
{
	size_t p = (size_t)part, all = (size_t)parts;
	return (struct span){ n * p / all, n * (p + 1) / all };
}
