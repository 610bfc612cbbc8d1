#include "protect/channel.h"
#include "account/account.h"
#include "account/audit.h"
#include "po/messages.h"
#include "protect/channel.html.h"
#include "protect/channel.sql.h"
#include "protect/keep.h"
#include "protect/routes.h"

enum { DAY = 86400, FIRST_DAYS = 7, NEWS_DAYS = 30, KEEP_DAYS = 365, SLUG_MAX = 30 };

struct channel_in {
	struct str slug, name, about;
};
struct office_in {
	struct opt_i64 opens, closes, keep_days, ceiling;
	int64_t days;
	struct str money;
};
struct holder_in {
	struct str person;
	struct opt_i64 account, role;
};

#define IN(type, member) .at = offsetof(struct type, member)
static const struct form channel_form = {
	.name = "channel",
	.size = sizeof(struct channel_in),
	.body_max = 8192,
	.field = {
		{ "slug", FIELD_LINE, .is_required = true, .min = 2, .max = SLUG_MAX, IN(channel_in, slug) },
		{ "name", FIELD_LINE, .is_required = true, .max = 80, IN(channel_in, name) },
		{ "about", FIELD_LINE, .is_required = true, .max = 400, IN(channel_in, about) },
	},
};
static const char *const day_values[] = { "0", "1", "2", "3", "4", "5", "6", NULL };
static const struct form office_form = {
	.name = "office",
	.size = sizeof(struct office_in),
	.body_max = 4096,
	.field = {
		{ "opens", FIELD_INT, .is_required = true, .min = 0, .max = 23, IN(office_in, opens) },
		{ "closes", FIELD_INT, .is_required = true, .min = 1, .max = 24, IN(office_in, closes) },
		{ "days", FIELD_SET, .choices = day_values, IN(office_in, days) },
		{ "keep_days", FIELD_INT, .is_required = true, .min = 30, .max = 3650, IN(office_in, keep_days) },
		{ "ceiling", FIELD_INT, .is_required = true, .min = 0, .max = 1000000, IN(office_in, ceiling) },
		{ "money", FIELD_LINE, .is_required = true, .min = 3, .max = 3, IN(office_in, money) },
	},
};
static const struct form add_form = {
	.name = "holder",
	.size = sizeof(struct holder_in),
	.body_max = 4096,
	.field = {
		{ "person", FIELD_LINE, .is_required = true, .max = 100, IN(holder_in, person) },
		{ "role", FIELD_INT, .is_required = true, .min = VAULT_HANDLER, .max = CHANNEL_FINANCE, IN(holder_in, role) },
	},
};
static const struct form remove_form = {
	.name = "holder-gone",
	.size = sizeof(struct holder_in),
	.body_max = 4096,
	.field = {
		{ "account", FIELD_INT, .is_required = true, IN(holder_in, account) },
		{ "role", FIELD_INT, .is_required = true, .min = VAULT_HANDLER, .max = CHANNEL_FINANCE, IN(holder_in, role) },
	},
};

const struct fault_label channel_labels[] = {
	{ "slug", MSG_protect_label_slug },
	{ "name", MSG_protect_label_name },
	{ "about", MSG_protect_label_about },
	{ "person", MSG_people_add_name },
	{ "opens", MSG_protect_office_opens },
	{ "closes", MSG_protect_office_closes },
	{ "keep_days", MSG_protect_office_keep_days },
	{ "ceiling", MSG_protect_office_ceiling },
	{ "money", MSG_protect_office_money },
	{ 0 },
};

int channel_start(struct db *db, struct house *house)
{
	struct channel_open_count_row row = { 0 };
	auto_arena mem;
	arena_init(&mem, 4096);
	int result = channel_open_count(db, &mem, &row);
	atomic_store(&house->takes_reports, row.n > 0);
	return result < 0 ? result : 0;
}

static int list(struct visit *v, bool only_open, struct channel_row **ret, size_t *ret_n)
{
	struct channel_all_row *row;
	size_t n = 0;
	int result = channel_all(v->db, v->mem, v->lang->code, only_open, &row, &n);
	struct channel_row *all = arena_array(v->mem, n + 1, sizeof *all);
	if (result >= 0 && !all)
		result = ERR_NOMEM;
	if (result < 0)
		return result;
	for (size_t i = 0; i < n; i++)
		all[i] = (struct channel_row){ row[i].id, row[i].slug, row[i].name, row[i].about,
			row[i].is_open != 0, row[i].first_days, row[i].news_days };
	*ret = all;
	*ret_n = n;
	return 0;
}

int channel_list_open(struct visit *v, struct channel_row **ret, size_t *ret_n)
{
	return list(v, true, ret, ret_n);
}

int channel_of(struct visit *v, int64_t id, struct channel_row *ret)
{
	struct channel_get_row row;
	int result = channel_get(v->db, v->mem, id, v->lang->code, &row);
	if (result > 0)
		*ret = (struct channel_row){ row.id, row.slug, row.name, row.about,
			row.is_open != 0, row.first_days, row.news_days };
	return result;
}

int channel_find(struct visit *v, struct str slug, struct channel_row *ret)
{
	struct channel_id_row row;
	int result = channel_id(v->db, v->mem, slug, &row);
	return result <= 0 ? result : channel_of(v, row.id, ret);
}

/* ---- the list ---- */

static int channels_show(struct visit *v)
{
	struct channel_view p = { .frame = visit_frame(
					  v, visit_say(v, MSG_protect_channels_title, 0)),
		.form = &v->form };
	p.frame.area = FRAME_PEOPLE;
	int result = list(v, false, &p.row, &p.n_row);
	if (result < 0)
		return result;
	channels_page(&v->out, &p);
	return visit_page(v, v->form.n_fault ? 422 : 200);
}

/* Small letters, digits and dashes; the words that addresses under /r have already are none. */
static bool is_slug(struct str s)
{
	static const char *const taken[] = { "open", "case", "code", "close", "check", "drop", "to",
		"write", "file", "risk", "plan", "allow", "name", "back", "promises", "pay",
		"figures" };
	for (size_t i = 0; i < sizeof taken / sizeof *taken; i++)
		if (str_is(s, taken[i]))
			return false;
	for (size_t i = 0; i < s.n; i++)
		if (!((s.p[i] >= 'a' && s.p[i] <= 'z') || (s.p[i] >= '0' && s.p[i] <= '9') ||
			    (s.p[i] == '-' && i)))
			return false;
	return s.n > 0;
}

static int channels_check(struct visit *v)
{
	struct channel_id_row row;
	const struct channel_in *in = visit_in(v, struct channel_in);
	if (v->form.n_fault)
		return visit_ended(channels_show(v));
	int result = is_slug(in->slug) ? channel_id(v->db, v->mem, in->slug, &row) : 1;
	if (result > 0)
		form_fault_add(&v->form, "slug", MSG_protect_fault_slug, 0);
	return result > 0 ? visit_ended(channels_show(v)) : result < 0 ? result : VISIT_GO_ON;
}

static int channels_act(struct visit *v)
{
	const struct channel_in *in = visit_in(v, struct channel_in);
	struct channel_add_row row;
	int result = channel_add(v->db, v->mem,
		(struct channel_add_in){ .slug = in->slug,
			.lang = v->lang->code,
			.first_days = FIRST_DAYS,
			.news_days = NEWS_DAYS,
			.keep_days = KEEP_DAYS },
		&row);
	if (result >= 0)
		result = channel_text_put(v->db, row.id, v->lang->code, in->name, in->about);
	return result < 0 ? result : visit_goto(v, "/site/channels/%lld", (long long)row.id);
}

/* ---- one channel ---- */

static int load(struct visit *v, struct channel_row *ret)
{
	int64_t id;
	int result = str_i64(v->part[0], &id) ? channel_of(v, id, ret) : 0;
	return result == 0 ? err_note(ERR_MISSING, "no such channel") : result < 0 ? result : 0;
}

static int load_holders(struct visit *v, struct channel_view *p)
{
	struct channel_holders_row *row;
	size_t n = 0;
	int result = channel_holders(v->db, v->mem, p->one.id, &row, &n);
	p->holder = arena_array(v->mem, n + 1, sizeof *p->holder);
	if (result >= 0 && !p->holder)
		result = ERR_NOMEM;
	if (result < 0)
		return result;
	for (p->n_holder = 0; p->n_holder < n; p->n_holder++)
		p->holder[p->n_holder] = (struct channel_holder){ row[p->n_holder].account,
			(enum vault_role)row[p->n_holder].role, row[p->n_holder].name,
			row[p->n_holder].is_ready != 0 };
	return 0;
}

static int load_office(struct visit *v, struct channel_view *p)
{
	struct channel_office_row row;
	int result = channel_office(v->db, v->mem, p->one.id, &row);
	if (result <= 0)
		return result < 0 ? result : err_note(ERR_MISSING, "no such channel");
	p->opens = row.opens;
	p->closes = row.closes;
	p->days = row.days;
	p->keep_days = row.keep_days;
	p->ceiling = row.ceiling;
	p->money = row.money;
	return 0;
}

int channel_day_msg(int day)
{
	static const int msg[] = { MSG_protect_office_monday, MSG_protect_office_tuesday,
		MSG_protect_office_wednesday, MSG_protect_office_thursday,
		MSG_protect_office_friday, MSG_protect_office_saturday, MSG_protect_office_sunday };
	return msg[day];
}

static int channel_show(struct visit *v)
{
	struct channel_view p = { .form = &v->form,
		.is_saved = http_query(v->req, "saved").p != NULL };
	int result = load(v, &p.one);
	if (result == 0)
		result = load_holders(v, &p);
	if (result == 0)
		result = load_office(v, &p);
	if (result == 0)
		result = keep_can_receive(v, p.one.id);
	if (result < 0)
		return result;
	p.can_open = result > 0;
	p.frame = visit_frame(v, p.one.name);
	p.frame.area = FRAME_PEOPLE;
	channel_page(&v->out, &p);
	return visit_page(v, v->form.n_fault ? 422 : 200);
}

static int back(struct visit *v, const struct channel_row *c, enum audit_what what, int64_t whose)
{
	int result = audit_add(v, &(struct audit_line){ .what = what, .ref = whose, .n = c->id });
	return result < 0 ? result : visit_goto(v, "/site/channels/%lld?saved", (long long)c->id);
}

/* Whoever is named, if they can be given a key, and not under both roles: the two are apart so that
 * no one person reads what was said and who said it. */
static int find_person(struct visit *v, const struct channel_row *c, int64_t *ret)
{
	const struct holder_in *in = visit_in(v, struct holder_in);
	struct channel_account_row account = { 0 };
	struct channel_has_holder_row has;
	struct str key;
	int result = account_name_key(in->person, v->mem, &key);
	if (result == 0)
		result = channel_account(v->db, v->mem, key, &account);
	if (result == 0 || result == ERR_INPUT) {
		form_fault_add(&v->form, "person", MSG_protect_fault_nobody, 0);
		return 0;
	}
	if (result > 0 && !account.is_ready)
		form_fault_add(&v->form, "person", MSG_protect_fault_not_ready, 0);
	if (result > 0)
		result = channel_has_holder(v->db, v->mem, c->id, account.id, &has);
	if (result > 0 && has.role != in->role.v)
		form_fault_add(&v->form, "person", MSG_protect_fault_both, 0);
	*ret = account.id;
	return result < 0 ? result : 0;
}

static int add_check(struct visit *v)
{
	struct channel_row c;
	int64_t account = 0;
	int result = load(v, &c);
	if (result == 0 && v->form.n_fault == 0)
		result = find_person(v, &c, &account);
	if (result == 0 && v->form.n_fault == 0 &&
		visit_in(v, struct holder_in)->role.v == VAULT_MECHANISM)
		result = err_note(ERR_INPUT, "a role that was not offered");
	if (result < 0)
		return result;
	return v->form.n_fault ? visit_ended(channel_show(v)) : VISIT_GO_ON;
}

static int add_act(struct visit *v)
{
	struct channel_row c;
	int64_t account = 0;
	int result = load(v, &c);
	if (result == 0)
		result = find_person(v, &c, &account);
	if (result == 0 && v->form.n_fault)
		return channel_show(v);
	if (result == 0)
		result = channel_holder_add(
			v->db, c.id, visit_in(v, struct holder_in)->role.v, account);
	return result < 0 ? result : back(v, &c, AUDIT_HOLDER_ADDED, account);
}

/* Whoever alone could still open a case gives its keys to somebody else first. */
static int is_last(struct visit *v, const struct channel_row *c)
{
	const struct holder_in *in = visit_in(v, struct holder_in);
	struct channel_alone_row row;
	static const enum vault_compartment part[] = { [VAULT_HANDLER] = VAULT_REPORT,
		[VAULT_CUSTODIAN] = VAULT_IDENTITY,
		[VAULT_FUND_OFFICER] = VAULT_FUND };
	if (in->role.v > VAULT_FUND_OFFICER)
		return 0;
	return channel_alone(
		v->db, v->mem, c->id, part[in->role.v], in->role.v, in->account.v, &row);
}

static int remove_check(struct visit *v)
{
	struct channel_row c;
	if (v->form.n_fault)
		return err_note(ERR_INPUT, "nobody to remove");
	int result = load(v, &c);
	if (result == 0)
		result = is_last(v, &c);
	if (result > 0)
		form_fault_add(&v->form, "", MSG_protect_channel_last, 0);
	return result < 0 ? result : result > 0 ? visit_ended(channel_show(v)) : VISIT_GO_ON;
}

static int remove_act(struct visit *v)
{
	const struct holder_in *in = visit_in(v, struct holder_in);
	struct channel_row c;
	int result = load(v, &c);
	if (result == 0)
		result = is_last(v, &c);
	if (result > 0)
		return err_note(ERR_CONFLICT, "the last who can open a case");
	if (result == 0)
		result = channel_holder_drop(v->db, c.id, in->role.v, in->account.v);
	if (result >= 0 && in->role.v <= VAULT_FUND_OFFICER)
		result = channel_cases_shut(v->db, c.id, in->account.v, v->now / DAY, in->role.v);
	return result < 0 ? result : back(v, &c, AUDIT_HOLDER_GONE, in->account.v);
}

static bool is_money(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] < 'A' || s.p[i] > 'Z')
			return false;
	return s.n == 3;
}

static int office_check(struct visit *v)
{
	const struct office_in *in = visit_in(v, struct office_in);
	if (v->form.n_fault == 0 && in->closes.v <= in->opens.v)
		form_fault_add(&v->form, "closes", MSG_protect_office_order, 0);
	if (v->form.n_fault == 0 && !is_money(in->money))
		form_fault_add(&v->form, "money", MSG_protect_office_letters, 0);
	return v->form.n_fault ? visit_ended(channel_show(v)) : VISIT_GO_ON;
}

static int office_act(struct visit *v)
{
	const struct office_in *in = visit_in(v, struct office_in);
	struct channel_row c;
	int result = load(v, &c);
	if (result == 0)
		result = channel_office_set(v->db,
			(struct channel_office_set_in){ .id = c.id,
				.opens = in->opens.v,
				.closes = in->closes.v,
				.days = in->days,
				.keep_days = in->keep_days.v,
				.ceiling = in->ceiling.v,
				.money = in->money });
	return result < 0 ? result : back(v, &c, AUDIT_SETTINGS_SET, 0);
}

static int open_act(struct visit *v)
{
	struct channel_row c;
	int result = load(v, &c);
	if (result == 0)
		result = keep_can_receive(v, c.id);
	if (result == 0)
		return err_note(
			ERR_DENIED, "a channel needs two handlers and a custodian with keys");
	if (result > 0)
		result = channel_open_set(v->db, c.id, 1);
	if (result >= 0)
		result = channel_start(v->db, v->house);
	return result < 0 ? result : back(v, &c, AUDIT_CHANNEL_OPENED, 0);
}

static int shut_act(struct visit *v)
{
	struct channel_row c;
	int result = load(v, &c);
	if (result == 0)
		result = channel_open_set(v->db, c.id, 0);
	if (result >= 0)
		result = channel_start(v->db, v->house);
	return result < 0 ? result : back(v, &c, AUDIT_CHANNEL_SHUT, 0);
}

const struct route channel_routes[] = {
	{ HTTP_GET, "/site/channels", ADMIN, NULL, NULL, channels_show },
	{ HTTP_POST, "/site/channels", ADMIN, &channel_form, channels_check, channels_act },
	{ HTTP_GET, "/site/channels/:id", ADMIN, NULL, NULL, channel_show },
	{ HTTP_POST, "/site/channels/:id/add", ADMIN, &add_form, add_check, add_act },
	{ HTTP_POST, "/site/channels/:id/remove", ADMIN, &remove_form, remove_check, remove_act },
	{ HTTP_POST, "/site/channels/:id/office", ADMIN, &office_form, office_check, office_act },
	{ HTTP_POST, "/site/channels/:id/open", ADMIN, NULL, NULL, open_act },
	{ HTTP_POST, "/site/channels/:id/shut", ADMIN, NULL, NULL, shut_act },
	{ 0 },
};
