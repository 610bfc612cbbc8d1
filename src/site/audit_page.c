#include "site/audit_page.h"
#include "form/value.h"
#include "po/messages.h"
#include "site/audit_page.html.h"
#include "site/audit_page.sql.h"
#include "site/routes.h"

enum { DAY = 86400, USUAL_DAYS = 30, PEOPLE = 500, EVER = 9999 };

/* What an administrator should look at. ${is_count}: not a choice of lines, but of days. */
static const struct {
	const char *name;
	int msg;
	int64_t least, most;
	bool is_night, is_count;
} looks[AUDIT_LOOKS] = {
	{ "", 0, 0, EVER, false, false },
	{ "wrong", MSG_site_audit_look_wrong, AUDIT_WRONG, AUDIT_WRONG, false, false },
	{ "step", MSG_site_audit_look_step, AUDIT_STEP_OFF, AUDIT_STEP_OFF, false, false },
	{ "night", MSG_site_audit_look_night, 300, 399, true, false },
	{ "exports", MSG_site_audit_look_exports, 500, 599, false, true },
};

/* ---- what is asked for ---- */

static struct opt_i64 asked_day(struct visit *v, const char *name, int64_t usual)
{
	struct opt_i64 day = { usual, true };
	struct str s = http_query(v->req, name);
	if (s.p)
		day.has = value_date(s, &day.v);
	return day;
}

/* What is no choice of ours is no choice at all: the page shows what it took. */
static int read_wish(struct visit *v, struct audit_wish *w)
{
	int64_t today = v->now - v->now % DAY, n;
	struct str look = http_query(v->req, "look");
	*w = (struct audit_wish){ .account = -1, .page = 1 };
	if (str_i64(http_query(v->req, "kind"), &n) && n > 0 && n < AUDIT_KINDS)
		w->kind = n;
	if (str_i64(http_query(v->req, "who"), &n) && n >= 0)
		w->account = n;
	w->from = asked_day(v, "from", today - USUAL_DAYS * DAY);
	w->to = asked_day(v, "to", today);
	for (int i = 1; i < AUDIT_LOOKS; i++)
		if (str_is(look, looks[i].name))
			w->look = i;
	w->least = w->kind ? w->kind * 100 : looks[w->look].least;
	w->most = w->kind ? w->kind * 100 + 99 : looks[w->look].most;
	if (str_i64(http_query(v->req, "page"), &n) && n > 1 && n <= INT32_MAX)
		w->page = n;
	return 0;
}

/* From days to numbers: time in the log never runs back. */
static int find_range(struct visit *v, struct audit_wish *w)
{
	struct audit_page_first_row first = { 0 };
	struct audit_page_last_row last = { 0 };
	int st = audit_page_first(v->db, v->mem, w->from.has ? w->from.v : INT64_MIN, &first);
	w->first = st > 0 ? first.number : INT64_MAX;
	if (st >= 0)
		st = audit_page_last(v->db, v->mem, w->to.has ? w->to.v + DAY : INT64_MAX, &last);
	w->last = st > 0 ? last.number : 0;
	return st < 0 ? st : 0;
}

/* ---- what is shown ---- */

static struct audit_row row_of(const struct audit_page_lines_row *from)
{
	enum audit_what what = (enum audit_what)from->what;
	return (struct audit_row){ .number = from->number,
		.at = from->at,
		.account = from->account,
		.what = from->what,
		.space = from->space,
		.ref = from->ref,
		.n = from->n,
		.kind_msg = audit_kind_msg(audit_kind_of(what)),
		.what_msg = audit_what_msg(what),
		.who = from->who,
		.about = from->about,
		.slug = from->slug,
		.mark = from->mark,
		.is_public = from->is_public != 0 };
}

int audit_load(struct visit *v, const struct audit_wish *w, int64_t max, struct audit_view *ret)
{
	struct audit_page_lines_row *row;
	struct audit_page_count_row count = { 0 };
	int64_t is_night = looks[w->look].is_night;
	size_t n = 0;
	int st = audit_page_count(v->db, v->mem,
		(struct audit_page_count_in){ .first = w->first,
			.last = w->last,
			.least = w->least,
			.most = w->most,
			.account = w->account,
			.night = is_night },
		&count);
	if (st >= 0)
		st = audit_page_lines(v->db, v->mem,
			(struct audit_page_lines_in){ .first = w->first,
				.last = w->last,
				.least = w->least,
				.most = w->most,
				.account = w->account,
				.night = is_night,
				.max = max,
				.skip = (w->page - 1) * AUDIT_PAGE },
			&row, &n);
	if (st < 0)
		return st;
	ret->count = count.n;
	ret->row = arena_array(v->mem, n + 1, sizeof *ret->row);
	if (!ret->row)
		return ERR_NOMEM;
	for (; ret->n_row < n; ret->n_row++)
		ret->row[ret->n_row] = row_of(&row[ret->n_row]);
	return 0;
}

static int count_look(struct visit *v, const struct audit_wish *w, size_t i, int64_t *ret)
{
	struct audit_page_count_row count = { 0 };
	struct audit_page_exports_row days = { 0 };
	int st = looks[i].is_count ? audit_page_exports(v->db, v->mem, w->first, w->last, &days)
				   : audit_page_count(v->db, v->mem,
					     (struct audit_page_count_in){ .first = w->first,
						     .last = w->last,
						     .least = looks[i].least,
						     .most = looks[i].most,
						     .account = -1,
						     .night = looks[i].is_night },
					     &count);
	*ret = looks[i].is_count ? days.n : count.n;
	return st < 0 ? st : 0;
}

/* A day as the date field wants it; nothing for no day. */
static struct str day_text(struct visit *v, struct opt_i64 day)
{
	time_t at = (time_t)day.v;
	struct tm tm;
	char text[32];
	if (!day.has || !gmtime_r(&at, &tm) || !strftime(text, sizeof text, "%Y-%m-%d", &tm))
		return STR("");
	return arena_copy(v->mem, str_c(text));
}

/* The same lines elsewhere: another page, a file. */
static int same(struct visit *v, const struct audit_view *p, const char *path, int64_t page,
	struct url *ret)
{
	const struct audit_wish *w = &p->wish;
	struct str kind = w->kind ? arena_f(v->mem, "%lld", (long long)w->kind) : STR("");
	struct str who = w->account >= 0 ? arena_f(v->mem, "%lld", (long long)w->account) : STR("");
	return url_local(
		arena_f(v->mem, "%s?kind=%.*s&who=%.*s&from=%.*s&to=%.*s&look=%s&page=%lld", path,
			STR_ARG(kind), STR_ARG(who), STR_ARG(p->from), STR_ARG(p->to),
			looks[w->look].name, (long long)page),
		ret);
}

static int fill_links(struct visit *v, struct audit_view *p)
{
	int64_t page = p->wish.page;
	p->has_before = page > 1;
	p->has_next = page * AUDIT_PAGE < p->count;
	int st = same(v, p, "/site/audit", page - 1, &p->before);
	if (st == 0)
		st = same(v, p, "/site/audit", page + 1, &p->next);
	if (st == 0)
		st = same(v, p, "/site/audit.csv", 1, &p->csv);
	return st ? st : same(v, p, "/site/audit.json", 1, &p->json);
}

static int fill_looks(struct visit *v, struct audit_view *p)
{
	int st = 0;
	for (size_t i = 1; st == 0 && i < AUDIT_LOOKS; i++) {
		p->look[i].msg = looks[i].msg;
		st = url_local(arena_f(v->mem, "/site/audit?look=%s&from=%.*s&to=%.*s",
				       looks[i].name, STR_ARG(p->from), STR_ARG(p->to)),
			&p->look[i].url);
		if (st == 0)
			st = count_look(v, &p->wish, i, &p->look[i].n);
	}
	return st;
}

static int fill_people(struct visit *v, struct audit_view *p)
{
	struct audit_page_people_row *row;
	size_t n = 0;
	int st = audit_page_people(v->db, v->mem, PEOPLE, &row, &n);
	if (st < 0)
		return st;
	p->person = arena_array(v->mem, n + 1, sizeof *p->person);
	if (!p->person)
		return ERR_NOMEM;
	for (; p->n_person < n; p->n_person++)
		p->person[p->n_person] = (struct audit_person){ row[p->n_person].id,
			row[p->n_person].name };
	return 0;
}

static struct str mark_text(struct visit *v, const uint8_t m[HASH_BYTES])
{
	return arena_f(v->mem, "%02x%02x %02x%02x %02x%02x %02x%02x", m[0], m[1], m[2], m[3], m[4],
		m[5], m[6], m[7]);
}

static int begin(struct visit *v, struct audit_view *p)
{
	*p = (struct audit_view){ .frame = visit_frame(v, visit_say(v, MSG_site_audit_title, 0)) };
	p->frame.area = FRAME_PEOPLE;
	int st = read_wish(v, &p->wish);
	if (st == 0)
		st = find_range(v, &p->wish);
	p->from = day_text(v, p->wish.from);
	p->to = day_text(v, p->wish.to);
	return st;
}

static int audit_show(struct visit *v)
{
	struct audit_view p;
	int st = begin(v, &p);
	if (st == 0)
		st = audit_watch_look(v->house->audit, v->db, v->now, false, &p.seen);
	if (st == 0)
		st = audit_load(v, &p.wish, AUDIT_PAGE, &p);
	if (st == 0)
		st = fill_links(v, &p);
	if (st == 0)
		st = fill_looks(v, &p);
	if (st == 0)
		st = fill_people(v, &p);
	if (st)
		return st;
	p.mark = mark_text(v, p.seen.verdict.mark);
	audit_page(&v->out, &p);
	return visit_page(v, 200);
}

/* ---- files ---- */

static int file(struct visit *v, const char *type, const char *name,
	struct str (*write)(struct visit *v, const struct audit_view *p))
{
	struct audit_view p;
	int st = begin(v, &p);
	p.wish.page = 1;
	if (st == 0)
		st = audit_load(v, &p.wish, AUDIT_FILE_MAX, &p);
	if (st)
		return st;
	struct str body = write(v, &p);
	return body.p ? visit_bytes(v, type, body, name) : ERR_NOMEM;
}

static int csv_show(struct visit *v)
{
	return file(v, "text/csv; charset=utf-8", "audit.csv", audit_csv);
}

static int json_show(struct visit *v)
{
	return file(v, "application/json", "audit.json", audit_json);
}

/* ---- once more from the beginning ---- */

static int again_check(struct visit *v)
{
	struct audit_seen seen;
	int st = audit_watch_look(v->house->audit, v->db, v->now, true, &seen);
	return st < 0 ? st : VISIT_GO_ON;
}

/* Who asks wants to know about this hour too. */
static int again_act(struct visit *v)
{
	v->is_quiet = true;
	int st = audit_watch_tell(v->house->audit, v->db, v->now, true);
	if (st == 0)
		st = audit_add(v, &(struct audit_line){ .what = AUDIT_CHECKED });
	return st ? st : visit_go(v, STR("/site/audit"));
}

const struct route audit_routes[] = {
	/* method    path              who    input  check   act */
	{ HTTP_GET, "/site/audit", ADMIN, NULL, NULL, audit_show },
	{ HTTP_GET, "/site/audit.csv", ADMIN, NULL, NULL, csv_show },
	{ HTTP_GET, "/site/audit.json", ADMIN, NULL, NULL, json_show },
	{ HTTP_POST, "/site/audit/check", ADMIN, NULL, again_check, again_act },
	{ 0 },
};
