/* What is new in a country, as Atom: incidents, recommendations, alerts, and answers that are due.
 */
#include "monitor/hub.h"
#include "monitor/hub.sql.h"
#include "monitor/routes.h"
#include "po/messages.h"
#include "render/feed.h"
#include <stdlib.h>

enum { KINDS = 4 };

struct feeding {
	struct visit *v;
	struct hub_view *p;
	struct feed_entry *e;
	size_t n;
};

static struct str absolute(struct visit *v, const char *before, struct str after)
{
	return arena_f(v->mem, "%.*s/%.*s%s%.*s", STR_ARG(visit_base(v)), STR_ARG(v->lang->code),
		before, STR_ARG(after));
}

static void put(struct feeding *f, struct feed_entry e)
{
	e.by = atomic_load(&f->v->house->settings)->name;
	f->e[f->n++] = e;
}

static int put_incidents(struct feeding *f)
{
	int result = hub_news_load(f->v, f->p, HUB_FEED);
	for (size_t i = 0; i < f->p->n_news && result >= 0; i++)
		put(f,
			(struct feed_entry){ .uid = f->p->news[i].to,
				.url = absolute(f->v, "/record/", f->p->news[i].to),
				.title = f->p->news[i].title,
				.body = f->p->news[i].title,
				.lang = f->p->news[i].lang,
				.at = f->p->news[i].at });
	return result;
}

/* "Recommendation: Register associations…" */
static int put_record(struct feeding *f, const struct hub_records_row *row, const char *field)
{
	struct answers a = { 0 };
	const struct labels *labels;
	int result = hub_answers(f->v, row->form, row->body, &a, &labels);
	if (result < 0)
		return result;
	int at = def_field_find(a.def, str_c(field));
	struct str title = at < 0 ? STR("") : answers_get(&a, at, 0);
	const struct msg_arg arg[] = { msg_arg_str("kind", labels->title.s),
		msg_arg_str("title", title.n ? title : row->ref) };
	put(f,
		(struct feed_entry){ .uid = row->uid,
			.url = absolute(f->v, "/record/", row->uid),
			.title = picture_say(f->v, MSG_hub_feed_kind, arg, 2),
			.body = title.n ? title : row->ref,
			.lang = hub_tag(row->lang, f->v->lang),
			.at = row->at });
	return 0;
}

static int put_records(struct feeding *f, const char *name, const char *state, const char *field)
{
	struct hub_records_row *row = NULL;
	size_t n = 0;
	int result = hub_records(
		f->v->db, f->v->mem, f->p->code, str_c(name), str_c(state), &row, &n);
	for (size_t i = 0; i < n && i < HUB_FEED && result >= 0; i++)
		result = put_record(f, &row[i], field);
	return result < 0 ? result : 0;
}

static int put_due(struct feeding *f)
{
	struct hub_due_row *row = NULL;
	size_t n = 0;
	int result = hub_due(f->v->db, f->v->mem, f->p->code, f->v->lang->code, &row, &n);
	for (size_t i = 0; i < n && i < HUB_FEED && result >= 0; i++) {
		const struct msg_arg arg[] = { msg_arg_day("date", (struct day){ row[i].due_at }),
			msg_arg_str("title", row[i].title) };
		put(f,
			(struct feed_entry){ .uid = row[i].uid,
				.url = absolute(f->v, "/c/",
					arena_f(f->v->mem, "%.*s/asks/%lld.%lld",
						STR_ARG(row[i].slug), (long long)row[i].section,
						(long long)row[i].number)),
				.title = picture_say(f->v, MSG_hub_feed_due, arg, 2),
				.body = row[i].title,
				.lang = hub_tag(row[i].lang, f->v->lang),
				.at = row[i].at });
	}
	return result < 0 ? result : 0;
}

static int newest_first(const void *a, const void *b)
{
	const struct feed_entry *x = a, *y = b;
	return x->at != y->at ? (x->at < y->at) - (x->at > y->at) : str_cmp(x->uid, y->uid);
}

static int gather(struct feeding *f)
{
	f->e = arena_array(f->v->mem, KINDS * HUB_FEED, sizeof *f->e);
	int result = f->e ? put_incidents(f) : ERR_NOMEM;
	if (result >= 0)
		result = put_records(f, "recommendation", "", "words");
	if (result >= 0)
		result = put_records(f, "alert", "shown", "title");
	if (result >= 0)
		result = put_due(f);
	if (result >= 0)
		qsort(f->e, f->n, sizeof *f->e, newest_first);
	f->n = f->n > HUB_FEED ? HUB_FEED : f->n;
	return result;
}

static int hub_feed(struct visit *v)
{
	struct hub_view p = { 0 };
	struct feeding all = { .v = v, .p = &p };
	struct str file = { 0 };
	int result = hub_here(v, &p);
	if (result == 0 && p.is_region)
		result = err_note(ERR_MISSING, "feeds are of countries");
	if (result == 0)
		result = gather(&all);
	if (result < 0)
		return result;
	struct feed f = { .key = arena_f(v->mem, "country %.*s", STR_ARG(p.code)),
		.self = absolute(v, "/country/", arena_f(v->mem, "%.*s/feed", STR_ARG(p.code))),
		.page = absolute(v, "/country/", p.code),
		.title = p.name,
		.lang = v->lang->tag,
		.entry = all.e,
		.n_entry = all.n };
	result = feed_atom(v->mem, &f, &file);
	v->is_public = true;
	return result < 0 ? result : visit_bytes(v, "application/atom+xml", file, NULL);
}

const struct route hub_feed_routes[] = {
	/* method    path                   who     input check act */
	{ HTTP_GET, "/country/:code/feed", ANYONE, NULL, NULL, hub_feed },
	{ 0 },
};
