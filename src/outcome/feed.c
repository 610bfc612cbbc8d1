#include "outcome/feed.h"
#include "notify/news.h"
#include "outcome/ask.sql.h"
#include "outcome/feed.sql.h"
#include "outcome/org.sql.h"
#include "participate/item.h"
#include "po/messages.h"
#include "render/calendar.h"
#include "render/feed.h"
#include <stdarg.h>
#include <stdio.h>

/* Which asks; 0: whatever. */
struct feed_of {
	int64_t space, org, ask, theme;
	struct str country;
	const struct space *all; /* with its documents and phases; NULL: without */
};

static struct str absolute(struct visit *v, struct str path)
{
	struct str lang = v->lang->code;
	return arena_f(
		v->mem, "%.*s/%.*s%.*s", STR_ARG(visit_base(v)), STR_ARG(lang), STR_ARG(path));
}

struct url feed_link(struct visit *v, const char *fmt, ...)
{
	char path[256];
	va_list ap;
	va_start(ap, fmt);
	int n = vsnprintf(path, sizeof path, fmt, ap);
	va_end(ap);
	struct url u = { 0 };
	struct str kept = { 0 };
	if (n > 0 && (size_t)n < sizeof path)
		kept = arena_copy(v->mem, (struct str){ path, (size_t)n });
	return kept.p && url_local(kept, &u) == 0 ? u : (struct url){ 0 };
}

/* ---- entries ---- */

static int load_answer(struct visit *v, const struct ask *a, int64_t item, struct feed_entry *e)
{
	struct feed_answer_row row;
	struct ask_words_row words;
	struct org_words_row by;
	int found = feed_answer(v->db, v->mem, item, &row);
	if (found > 0)
		found = ask_words(
			v->db, v->mem, item, visit_words(v), v->lang->code, row.lang, &words);
	if (found > 0)
		found = org_words(v->db, v->mem, row.org, v->lang->code, row.org_lang, &by);
	if (found <= 0)
		return found < 0 ? found : err_note(ERR_BUG, "answer without words");
	e->title = arena_f(v->mem, "%.*s: %.*s", STR_ARG(a->address),
		STR_ARG(msg_text(v->lang, ask_state_msg((enum ask_state)row.state), 0)));
	e->body = words.body;
	e->lang = lang_plain(words.lang);
	e->by = by.name;
	return 0;
}

static int load_entry(struct visit *v, const struct feed_news_row *row, struct feed_entry *e)
{
	struct ask a;
	int result = ask_load(v, row->ask, &a);
	if (result < 0)
		return result;
	*e = (struct feed_entry){ .uid = row->uid,
		.url = absolute(v,
			arena_f(v->mem, "/c/%.*s/asks/%.*s#n%lld", STR_ARG(row->slug),
				STR_ARG(a.address), (long long)row->item)),
		.title = arena_f(v->mem, "%.*s %.*s", STR_ARG(a.address), STR_ARG(a.title)),
		.body = a.body,
		.lang = a.text_lang,
		.by = a.org_name.n ? a.org_name : STR("Baraza"),
		.at = row->at };
	return row->kind == ITEM_ANSWER ? load_answer(v, &a, row->item, e) : 0;
}

/* Sixteen digits that stay: those of the document or the space, with what it is about at their end.
 */
static struct str uid_of(struct visit *v, const struct feed_of_space_row *row)
{
	enum { VERSIONS = 0x1000 }; /* days and phases stand above them */
	int64_t end = row->what == NEWS_VERSION ? row->n % VERSIONS
		: row->what == NEWS_COMMENTS    ? VERSIONS + row->n % (0xffff - VERSIONS)
						: row->what * VERSIONS + row->place % VERSIONS;
	return arena_f(v->mem, "%.12s%04llx", row->uid.p, (unsigned long long)end);
}

/* A document, a phase, or that the consultation has closed. */
static void put_of_space(struct visit *v, const struct space *s,
	const struct feed_of_space_row *row, struct feed_entry *e)
{
	enum news_what what = (enum news_what)row->what;
	struct str where = arena_f(v->mem, "/c/%.*s", STR_ARG(s->slug));
	if (what == NEWS_VERSION)
		where = arena_f(v->mem, "/c/%.*s/d/%lld?v=%lld", STR_ARG(s->slug),
			(long long)row->place, (long long)row->n);
	else if (what == NEWS_COMMENTS)
		where = arena_f(v->mem, "/c/%.*s/d/%lld", STR_ARG(s->slug), (long long)row->place);
	else if (what == NEWS_CLOSED)
		where = arena_f(v->mem, "/c/%.*s/results", STR_ARG(s->slug));
	*e = (struct feed_entry){ .uid = uid_of(v, row),
		.url = absolute(v, where),
		.title = row->title.n ? row->title : s->title,
		.body = news_say(v->mem, v->lang, what, row->n),
		.lang = v->lang->code,
		.by = s->title,
		.at = row->at };
}

/* The newer of two lists, both the newest first, into ${ret}; at most FEED_MAX. */
static size_t merge(const struct feed_entry *a, size_t n_a, const struct feed_entry *b, size_t n_b,
	struct feed_entry *ret)
{
	size_t i = 0, k = 0, n = 0;
	while (n < FEED_MAX && (i < n_a || k < n_b))
		ret[n++] = k == n_b || (i < n_a && a[i].at >= b[k].at) ? a[i++] : b[k++];
	return n;
}

/* With what the space itself did, where all of it is asked for. */
static int add_of_space(struct visit *v, const struct space *s, struct feed_entry **e, size_t *n)
{
	struct feed_of_space_row *row;
	size_t n_row = 0;
	int result = feed_of_space(v->db, v->mem,
		(struct feed_of_space_in){ s->id, v->now, FEED_MAX, v->lang->code, s->lang }, &row,
		&n_row);
	struct feed_entry *more = result < 0 ? NULL : arena_array(v->mem, n_row + 1, sizeof *more);
	struct feed_entry *all = result < 0 ? NULL : arena_array(v->mem, FEED_MAX, sizeof *all);
	if (!more || !all)
		return result < 0 ? result : ERR_NOMEM;
	for (size_t i = 0; i < n_row; i++)
		put_of_space(v, s, &row[i], &more[i]);
	*n = merge(*e, *n, more, n_row, all);
	*e = all;
	return 0;
}

static int send_feed(struct visit *v, struct feed_of of, struct str page, struct str title)
{
	struct feed_news_row *row;
	struct str file;
	size_t n = 0;
	struct str country = of.country.p ? of.country : STR("");
	int result = feed_news(v->db, v->mem,
		(struct feed_news_in){ of.space, of.org, of.ask, FEED_MAX, of.theme, country },
		&row, &n);
	struct feed_entry *e = result < 0 ? NULL : arena_array(v->mem, n + 1, sizeof *e);
	if (!e)
		return result < 0 ? result : ERR_NOMEM;
	for (size_t i = 0; i < n && result >= 0; i++)
		result = load_entry(v, &row[i], &e[i]);
	if (result >= 0 && of.all)
		result = add_of_space(v, of.all, &e, &n);
	if (result < 0)
		return result;
	result = feed_atom(v->mem,
		&(struct feed){ .key = v->path,
			.self = absolute(v, v->path),
			.page = absolute(v, page),
			.title = title,
			.lang = v->lang->code,
			.entry = e,
			.n_entry = n },
		&file);
	return result < 0 ? result
			  : visit_bytes(v, "application/atom+xml; charset=utf-8", file, NULL);
}

/* ---- of whom ---- */

static int site_feed(struct visit *v)
{
	const struct settings *s = atomic_load(&v->house->settings);
	return send_feed(v, (struct feed_of){ 0 }, STR("/"), s->name);
}

static int space_feed(struct visit *v)
{
	struct space s;
	int result = space_kept(v, &s);
	if (result < 0)
		return result;
	return send_feed(v, (struct feed_of){ .space = s.id, .all = &s },
		arena_f(v->mem, "/c/%.*s/asks", STR_ARG(s.slug)), s.title);
}

/* Of a part of a space, named in the feed's title. */
static int part_feed(struct visit *v, const struct space *s, struct feed_of of, struct str name)
{
	of.space = s->id;
	return send_feed(v, of, arena_f(v->mem, "/c/%.*s/asks", STR_ARG(s->slug)),
		arena_f(v->mem, "%.*s: %.*s", STR_ARG(s->title), STR_ARG(name)));
}

static int theme_feed(struct visit *v)
{
	struct space s;
	struct theme *theme;
	size_t n = 0;
	int64_t id;
	int result = space_kept(v, &s);
	if (result == 0)
		result = space_themes(v, &s, &theme, &n);
	if (result < 0)
		return result;
	for (size_t i = 0; str_i64(v->part[1], &id) && i < n; i++)
		if (theme[i].id == id)
			return part_feed(v, &s, (struct feed_of){ .theme = id }, theme[i].name);
	return err_note(ERR_MISSING, "no such theme");
}

static int country_feed(struct visit *v)
{
	struct space s;
	int result = space_kept(v, &s);
	if (result < 0)
		return result;
	struct str name = lang_country(v->lang, v->mem, v->part[1]);
	if (!name.n)
		return err_note(ERR_MISSING, "no such country");
	return part_feed(v, &s, (struct feed_of){ .country = v->part[1] }, name);
}

static int ask_feed(struct visit *v)
{
	struct space s;
	struct ask a;
	int result = ask_here(v, &s, &a);
	if (result < 0)
		return result;
	return send_feed(v, (struct feed_of){ .space = s.id, .ask = a.id },
		arena_f(v->mem, "/c/%.*s/asks/%.*s", STR_ARG(s.slug), STR_ARG(a.address)), a.title);
}

static int org_feed(struct visit *v)
{
	struct org_by_slug_row row;
	struct org_words_row words;
	int found = org_by_slug(v->db, v->mem, v->part[0], &row);
	if (found > 0)
		found = org_words(v->db, v->mem, row.id, v->lang->code, row.lang, &words);
	if (found <= 0)
		return found < 0 ? found : err_note(ERR_MISSING, "no such organisation");
	return send_feed(v, (struct feed_of){ .org = row.id },
		arena_f(v->mem, "/o/%.*s", STR_ARG(v->part[0])), words.name);
}

/* ---- the calendar ---- */

static int add_due(struct visit *v, const struct space *s, struct calendar_day *day, size_t *n)
{
	struct feed_due_row *row;
	struct ask a;
	size_t n_row = 0;
	int result = feed_due(v->db, v->mem, s->id, CALENDAR_MAX, &row, &n_row);
	for (size_t i = 0; result >= 0 && i < n_row; i++) {
		result = ask_load(v, row[i].ask, &a);
		if (result < 0)
			break;
		int64_t from = row[i].due_at / DAY * DAY;
		day[(*n)++] = (struct calendar_day){ .uid = arena_f(v->mem, "due-%.*s@baraza",
							     STR_ARG(row[i].uid)),
			.title = arena_f(v->mem, "%.*s %.*s. %.*s", STR_ARG(a.address),
				STR_ARG(a.title), STR_ARG(msg_text(v->lang, MSG_ask_aside_due, 0))),
			.url = absolute(v,
				arena_f(v->mem, "/c/%.*s/asks/%.*s", STR_ARG(s->slug),
					STR_ARG(a.address))),
			.from = from,
			.until = from + DAY };
	}
	return result;
}

static int calendar_show(struct visit *v)
{
	struct space s;
	struct str file;
	size_t n = 0;
	int result = space_kept(v, &s);
	if (result < 0)
		return result;
	struct calendar_day *day = arena_array(v->mem, s.n_phase + CALENDAR_MAX + 1, sizeof *day);
	if (!day)
		return ERR_NOMEM;
	for (; n < s.n_phase; n++)
		day[n] = (struct calendar_day){ .uid = arena_f(v->mem, "phase-%lld-%.*s@baraza",
							(long long)s.phase[n].id, STR_ARG(s.uid)),
			.title = arena_f(
				v->mem, "%.*s: %.*s", STR_ARG(s.title), STR_ARG(s.phase[n].name)),
			.url = absolute(v, arena_f(v->mem, "/c/%.*s", STR_ARG(s.slug))),
			.from = s.phase[n].starts,
			.until = s.phase[n].ends };
	result = add_due(v, &s, day, &n);
	if (result >= 0)
		result = calendar_ics(v->mem,
			&(struct calendar){
				.title = s.title, .at = v->now, .day = day, .n_day = n },
			&file);
	return result < 0 ? result
			  : visit_bytes(v, "text/calendar; charset=utf-8", file, "dates.ics");
}

const struct route feed_routes[] = {
	/* method    path                  who     input check act */
	{ HTTP_GET, "/feed", ANYONE, NULL, NULL, site_feed },
	{ HTTP_GET, "/c/:slug/feed", ANYONE, NULL, NULL, space_feed },
	{ HTTP_GET, "/c/:slug/themes/:id/feed", ANYONE, NULL, NULL, theme_feed },
	{ HTTP_GET, "/c/:slug/countries/:code/feed", ANYONE, NULL, NULL, country_feed },
	{ HTTP_GET, "/c/:slug/dates.ics", ANYONE, NULL, NULL, calendar_show },
	{ HTTP_GET, "/c/:slug/asks/:n/feed", ANYONE, NULL, NULL, ask_feed },
	{ HTTP_GET, "/o/:slug/feed", ANYONE, NULL, NULL, org_feed },
	{ 0 },
};
