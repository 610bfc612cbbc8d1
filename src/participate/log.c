#include "participate/log.h"
#include "participate/desk.h"
#include "participate/flag.h"
#include "participate/log.html.h"
#include "participate/log.sql.h"
#include "po/messages.h"

/* How the log names a decision to machines; in the order of enum verdict and enum flag_reason. */
static const char *const verdict_names[VERDICTS] = { "", "let-through", "sent-back", "hidden",
	"merged", "moved", "flags-put-aside" };
static const char *const kind_names[] = { "", "question", "contribution", "reply", "statement" };

int log_role_msg(int role)
{
	switch (role) {
	case ROLE_MODERATOR: return MSG_account_role_moderator;
	case ROLE_ORGANISER: return MSG_account_role_organiser;
	default: return MSG_account_role_admin;
	}
}

/* The least of the roles that may decide: that is as whom they did. */
static int role_of(int64_t roles)
{
	if (roles & ROLE_MODERATOR)
		return ROLE_MODERATOR;
	return roles & ROLE_ORGANISER ? ROLE_ORGANISER : ROLE_ADMIN;
}

static int load_rows(struct visit *v, struct log_view *l, int64_t before, int64_t max, int64_t skip)
{
	struct log_rows_row *from;
	int result = log_rows(v->db, v->mem, l->s.id, before, max, skip, &from, &l->n_row);
	if (result < 0)
		return result;
	struct log_row *row = arena_array(v->mem, l->n_row + 1, sizeof *row);
	if (!row)
		return ERR_NOMEM;
	for (size_t i = 0; i < l->n_row; i++)
		row[i] = (struct log_row){ .id = from[i].id,
			.at = from[i].at,
			.item = from[i].published_at.has ? from[i].item : 0,
			.address = item_address(
				v->mem, (enum item_kind)from[i].kind, from[i].number),
			.kind = (enum item_kind)from[i].kind,
			.verdict = (enum verdict)from[i].verdict,
			.reason = (int)from[i].reason,
			.role = role_of(from[i].roles) };
	l->row = row;
	return 0;
}

static int load_counts(struct visit *v, struct log_view *l)
{
	struct log_counts_row *row;
	size_t n;
	int result = log_counts(v->db, v->mem, l->s.id, &row, &n);
	for (size_t i = 0; result >= 0 && i < n; i++) {
		if (row[i].verdict > VERDICT_NONE && row[i].verdict < VERDICTS)
			l->n[row[i].verdict] = row[i].n;
		l->n[VERDICT_NONE] += row[i].n;
	}
	l->pages = (l->n[VERDICT_NONE] + LOG_PAGE - 1) / LOG_PAGE;
	return result < 0 ? result : 0;
}

/* A page nobody has reached is not there: the cache holds no page for each made-up number. */
static int read_page(struct visit *v, struct log_view *l)
{
	struct str asked = http_query(v->req, "page");
	l->page = 1;
	if (asked.p && (!str_i64(asked, &l->page) || l->page < 1 || l->page > l->pages))
		return err_note(ERR_MISSING, "no such page of the log");
	return 0;
}

static int log_show(struct visit *v)
{
	struct log_view l = { 0 };
	int result = space_here(v, &l.s);
	if (result == 0)
		result = load_counts(v, &l);
	if (result == 0)
		result = read_page(v, &l);
	if (result == 0)
		result = load_rows(v, &l, INT64_MAX, LOG_PAGE, (l.page - 1) * LOG_PAGE);
	if (result < 0)
		return result;
	v->is_public = l.s.access == SPACE_EVERYONE && l.s.state != SPACE_DRAFT;
	l.frame = visit_frame(v, visit_say(v, MSG_log_page_title, 0));
	l.frame.area = FRAME_TAKE_PART;
	l.frame.is_sample |= l.s.is_sample;
	log_page(&v->out, &l);
	return visit_page(v, 200);
}

static const char *reason_name(int reason)
{
	return reason > FLAG_NONE && reason < FLAG_REASONS ? flag_values[reason - 1] : "";
}

static const char *role_name(int role)
{
	if (role == ROLE_MODERATOR)
		return "moderator";
	return role == ROLE_ORGANISER ? "organiser" : "administrator";
}

/* Every value is one of our own words or a number: nothing to escape. */
static struct str write_json(struct visit *v, const struct log_view *l)
{
	auto_buf out;
	buf_init(&out, 1 << 20);
	buf_f(&out, "{\"consultation\":\"%.*s\",\"decisions\":[", STR_ARG(l->s.slug));
	for (size_t i = 0; i < l->n_row; i++) {
		const struct log_row *r = &l->row[i];
		buf_f(&out,
			"%s\n{\"number\":%lld,\"day\":%lld,\"item\":\"%.*s\",\"kind\":\"%s\","
			"\"verdict\":\"%s\",\"reason\":\"%s\",\"by\":\"%s\"}",
			i ? "," : "", (long long)r->id, (long long)(r->at - r->at % DAY),
			STR_ARG(r->address), kind_names[r->kind], verdict_names[r->verdict],
			reason_name(r->reason), role_name(r->role));
	}
	buf_c(&out, "\n]");
	if (l->n_row == LOG_JSON_MAX)
		buf_f(&out, ",\"next\":\"/c/%.*s/log.json?before=%lld\"", STR_ARG(l->s.slug),
			(long long)l->row[l->n_row - 1].id);
	buf_c(&out, "}\n");
	return out.failed ? (struct str){ 0 } : arena_copy(v->mem, buf_view(&out));
}

static int log_json(struct visit *v)
{
	struct log_view l = { 0 };
	int64_t before = INT64_MAX;
	struct str asked = http_query(v->req, "before");
	int result = space_here(v, &l.s);
	if (result == 0 && asked.p && !str_i64(asked, &before))
		return err_note(ERR_MISSING, "no such part of the log");
	if (result == 0)
		result = load_rows(v, &l, before, LOG_JSON_MAX, 0);
	if (result < 0)
		return result;
	struct str body = write_json(v, &l);
	return body.p ? visit_bytes(v, "application/json", body, NULL) : ERR_NOMEM;
}

/* ---- the digest ---- */

static int load_waits(struct visit *v, struct digest_view *d)
{
	struct digest_waiting_row all;
	struct digest_wait_row at;
	int result = digest_waiting(v->db, v->mem, d->s.id, &all);
	if (result < 0)
		return result;
	d->waiting = all.n;
	for (int i = 0; i < 2 && result >= 0 && d->waiting > 0; i++) {
		result = digest_wait(v->db, v->mem, d->s.id, i * (d->waiting / 2), &at);
		if (result > 0)
			d->wait[i].at = at.at;
	}
	return result < 0 ? result : 0;
}

static int make_table(struct visit *v, struct digest_table *t, size_t n)
{
	t->row = arena_array(v->mem, n + 1, sizeof *t->row);
	t->n = n;
	return t->row ? 0 : ERR_NOMEM;
}

/* Every one of the last days, today first, also those on which nothing was decided. */
static int load_days(struct visit *v, struct digest_view *d)
{
	struct digest_days_row *row;
	size_t n;
	int64_t today = v->now / DAY;
	int result = digest_days(v->db, v->mem, d->s.id, (today - DIGEST_DAYS + 1) * DAY, &row, &n);
	if (result >= 0)
		result = make_table(v, &d->day, DIGEST_DAYS);
	if (result < 0)
		return result;
	for (int64_t i = 0; i < DIGEST_DAYS; i++)
		d->day.row[i].at = (today - i) * DAY;
	for (size_t i = 0; i < n; i++) {
		int64_t back = today - row[i].day;
		if (back < 0 || back >= DIGEST_DAYS)
			continue;
		d->day.row[back].n = row[i].n;
		if (row[i].n > d->most)
			d->most = row[i].n;
	}
	return 0;
}

static int load_open(struct visit *v, struct digest_view *d)
{
	struct digest_langs_row *lang;
	struct digest_questions_row *question;
	size_t n = 0, n_question = 0;
	int result = digest_langs(v->db, v->mem, d->s.id, &lang, &n);
	if (result >= 0)
		result = digest_questions(v->db, v->mem, d->s.id, &question, &n_question);
	if (result >= 0)
		result = make_table(v, &d->lang, n);
	if (result >= 0)
		result = make_table(v, &d->question, n_question);
	if (result < 0)
		return result;
	for (size_t i = 0; i < n; i++)
		d->lang.row[i] = (struct digest_row){
			.name = lang_language(v->lang, v->mem, lang[i].lang), .n = lang[i].n
		};
	for (size_t i = 0; i < n_question; i++)
		d->question.row[i] = (struct digest_row){ .number = question[i].number,
			.n = question[i].n };
	return 0;
}

static int digest_show(struct visit *v)
{
	struct digest_view d = { .now = v->now };
	int result = desk_here(v, MAY_MODERATE, &d.s);
	if (result == 0)
		result = load_waits(v, &d);
	if (result == 0)
		result = load_days(v, &d);
	if (result == 0)
		result = load_open(v, &d);
	if (result < 0)
		return result;
	d.frame = desk_frame(v, &d.s, MSG_digest_page_title);
	digest_page(&v->out, &d);
	return visit_page(v, 200);
}

const struct route log_routes[] = {
	/* method    path                    who     input  check  act */
	{ HTTP_GET, "/c/:slug/log", ANYONE, NULL, NULL, log_show },
	{ HTTP_GET, "/c/:slug/log.json", ANYONE, NULL, NULL, log_json },
	{ HTTP_GET, "/desk/:slug/digest", STAFF, NULL, NULL, digest_show },
	{ 0 },
};
