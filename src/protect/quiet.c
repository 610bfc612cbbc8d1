#include "protect/quiet.h"
#include "protect/reporter.h"
#include "protect/routes.h"
#include "protect/unsent.h"
#include "vault/vault.h"

enum { WEIGHT = 16 << 10, CASE_WEIGHT = 48 << 10 };

struct frame quiet_frame(struct visit *v, int title)
{
	struct frame f = visit_frame(v, visit_say(v, title, 0));
	f.is_private = true;
	return f;
}

static int fill_up(struct visit *v, int status, size_t weight)
{
	size_t over = v->out.out.n % weight;
	char *room = over ? buf_room(&v->out.out, weight - over) : NULL;
	if (room) {
		memset(room, ' ', weight - over);
		v->out.out.n += weight - over;
	}
	return visit_page(v, status);
}

int quiet_page(struct visit *v, int status)
{
	return fill_up(v, status, WEIGHT);
}

int quiet_case_page(struct visit *v, int status)
{
	return fill_up(v, status, CASE_WEIGHT);
}

/* A place that nobody wonders about, in the reader's language. */
static struct str elsewhere(const struct lang *lang)
{
	static const char *const sites[LANG_COUNT] = {
		[LANG_AR] = "https://ar.wikipedia.org/",
		[LANG_ZH] = "https://zh.wikipedia.org/",
		[LANG_EN] = "https://en.wikipedia.org/",
		[LANG_FR] = "https://fr.wikipedia.org/",
		[LANG_RU] = "https://ru.wikipedia.org/",
		[LANG_ES] = "https://es.wikipedia.org/",
	};
	return str_c(sites[lang->id]);
}

/* The draft cannot be opened without its cookie, nor the case without a session. */
static int leave_show(struct visit *v)
{
	reporter_lock(v);
	unsent_forget(v);
	v->res->status = 303;
	v->res->location = elsewhere(v->lang);
	v->res->more[v->res->n_more++] = (struct http_pair){ STR("Clear-Site-Data"),
		STR("\"cookies\", \"storage\"") };
	return 0;
}

const struct route leave_routes[] = {
	{ HTTP_GET, "/leave", ANYONE, NULL, NULL, leave_show },
	{ 0 },
};
