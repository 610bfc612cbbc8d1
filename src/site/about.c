#include "site/about.h"
#include "po/messages.h"
#include "site/about.html.h"

/* What only this house knows; the rest of a line is the same everywhere. */
enum fill { AS_IT_IS, KEEPER, CONTACT, SOURCE, VERSION, MACHINE };

struct line {
	int msg;
	const char *to; /* local address for {link} */
	enum fill fill;
};

struct part {
	int title;
	bool is_steps;
	struct line line[ABOUT_LINES + 1]; /* ends with message 0 */
};

struct page {
	int title, lead;
	struct part part[ABOUT_PARTS + 1]; /* ends with title 0 */
};

static const struct page how = {
	MSG_site_nav_about, MSG_site_about_how_lead,
	{ { MSG_site_about_how_steps, true,
		  { { .msg = MSG_site_about_how_step_ask }, { .msg = MSG_site_about_how_step_say },
			  { .msg = MSG_site_about_how_step_moderate },
			  { .msg = MSG_site_about_how_step_see } } },
		{ MSG_site_about_how_need, false,
			{ { .msg = MSG_site_about_how_need_browser },
				{ MSG_site_about_how_need_code, .to = "/me" } } },
		{ MSG_site_about_how_keeper, false, { { .fill = KEEPER }, { .fill = CONTACT } } } }
};

static const struct page protect = { MSG_site_foot_protect, MSG_site_about_protect_lead,
	{ { MSG_site_about_protect_never, false,
		  { { .msg = MSG_site_about_protect_never_address },
			  { .msg = MSG_site_about_protect_never_visit },
			  { .msg = MSG_site_about_protect_never_others } } },
		{ MSG_site_about_protect_kept, false,
			{ { .msg = MSG_site_about_protect_kept_words },
				{ .msg = MSG_site_about_protect_kept_choice },
				{ .msg = MSG_site_about_protect_kept_code },
				{ .msg = MSG_site_about_protect_kept_account } } },
		{ MSG_site_about_protect_cannot, false,
			{ { .msg = MSG_site_about_protect_cannot_network },
				{ .msg = MSG_site_about_protect_cannot_history },
				{ .msg = MSG_site_about_protect_cannot_watch },
				{ .msg = MSG_site_about_protect_cannot_words },
				{ .msg = MSG_site_about_protect_cannot_keeper } } },
		{ MSG_site_about_protect_yours, false,
			{ { .msg = MSG_site_about_protect_yours_public },
				{ .msg = MSG_site_about_protect_yours_names },
				{ .msg = MSG_site_about_protect_yours_code },
				{ .msg = MSG_site_about_protect_yours_private } } } } };

static const struct page access_for_all = { MSG_site_foot_access, MSG_site_about_access_lead,
	{ { MSG_site_about_access_works, false,
		  { { .msg = MSG_site_about_access_works_keys },
			  { .msg = MSG_site_about_access_works_reader },
			  { .msg = MSG_site_about_access_works_size },
			  { .msg = MSG_site_about_access_works_old },
			  { .msg = MSG_site_about_access_works_table } } },
		{ MSG_site_about_access_limits, false,
			{ { .msg = MSG_site_about_access_limits_words },
				{ .msg = MSG_site_about_access_limits_tests } } },
		{ MSG_site_about_access_tell, false,
			{ { .msg = MSG_site_about_access_tell_what }, { .fill = CONTACT } } } } };

static const struct page data = { MSG_site_foot_data, MSG_site_about_data_lead,
	{ { MSG_site_about_data_code, false,
		  { { .msg = MSG_site_about_data_code_what },
			  { .msg = MSG_site_about_data_code_lost } } },
		{ MSG_site_about_data_public, false,
			{ { .msg = MSG_site_about_data_public_words },
				{ .msg = MSG_site_about_data_public_counts },
				{ MSG_site_about_data_public_programs, .to = "/about/api" },
				{ .fill = MACHINE } } },
		{ MSG_site_about_data_votes, false,
			{ { .msg = MSG_site_about_data_votes_pages },
				{ .msg = MSG_site_about_data_votes_file },
				{ .msg = MSG_site_about_data_votes_kept } } },
		{ MSG_site_about_data_long, false,
			{ { .msg = MSG_site_about_data_long_open },
				{ .msg = MSG_site_about_data_long_copy } } },
		{ MSG_site_about_data_yours, false,
			{ { MSG_site_about_data_yours_see, .to = "/me" },
				{ MSG_site_about_data_yours_delete, .to = "/me" } } },
		{ MSG_site_about_data_cookies, false,
			{ { .msg = MSG_site_about_data_cookies_which } } } } };

static const struct page source = { MSG_site_foot_source, MSG_site_about_source_lead,
	{ { MSG_site_about_source_here, false, { { .fill = SOURCE }, { .fill = VERSION } } } } };

static const struct page api = { MSG_site_about_api, MSG_site_about_api_lead,
	{ { MSG_site_about_api_where, false,
		  { { MSG_site_about_api_where_index, .to = "/api/v1" },
			  { MSG_site_about_api_where_document, .to = "/api/v1/openapi.json" } } },
		{ MSG_site_about_api_rules, false,
			{ { .msg = MSG_site_about_api_rules_same },
				{ .msg = MSG_site_about_api_rules_next },
				{ .msg = MSG_site_about_api_rules_lang },
				{ .msg = MSG_site_about_api_rules_again },
				{ .msg = MSG_site_about_api_rules_fault } } } } };

static struct about_line named(int known, struct str name, int otherwise)
{
	return name.n ? (struct about_line){ .msg = known, .name = name }
		      : (struct about_line){ .msg = otherwise };
}

static struct about_line source_line(const struct settings *set)
{
	struct url at;
	return url_web(set->source_url, &at) == 0
		? (struct about_line){ .msg = MSG_site_about_source_at, .to = at }
		: (struct about_line){ .msg = MSG_site_about_source_ask };
}

static struct about_line fill_line(const struct line *l, const struct house *h)
{
	const struct settings *set = atomic_load(&h->settings);
	struct about_line ret = { .msg = l->msg };
	switch (l->fill) {
	case AS_IT_IS:
		if (l->to)
			must(url_local(str_c(l->to), &ret.to) == 0);
		break;
	case KEEPER:
		return named(MSG_site_foot_keeper, set->keeper, MSG_site_about_how_keeper_none);
	case CONTACT:
		return named(MSG_site_about_contact, set->contact, MSG_site_about_contact_none);
	case SOURCE: return source_line(set);
	case VERSION: return named(MSG_site_about_source_version, STR(BARAZA_VERSION), 0);
	case MACHINE:
		ret.msg = h->has_machine ? MSG_site_about_data_machine
					 : MSG_site_about_data_machine_none;
	}
	return ret;
}

/* In the order of the tabs. */
static const struct {
	const char *path;
	const struct page *page;
} pages[ABOUT_TABS] = {
	{ "/about", &how },
	{ "/about/protect", &protect },
	{ "/about/access", &access_for_all },
	{ "/about/data", &data },
	{ "/about/source", &source },
	{ "/about/api", &api },
};

static void fill_tabs(const struct visit *v, struct about_view *a)
{
	for (size_t i = 0; i < ABOUT_TABS; i++) {
		struct about_tab *tab = &a->tab[i];
		*tab = (struct about_tab){ .name = pages[i].page->title,
			.is_here = str_is(v->path, pages[i].path) };
		must(url_local(str_c(pages[i].path), &tab->to) == 0);
	}
}

static void fill_parts(const struct page *page, const struct house *h, struct about_view *a)
{
	for (const struct part *from = page->part; from->title; from++) {
		struct about_part *to = &a->part[a->n++];
		*to = (struct about_part){ .title = from->title, .is_steps = from->is_steps };
		for (const struct line *l = from->line; l->msg || l->fill; l++)
			to->line[to->n++] = fill_line(l, h);
	}
}

static int about_show(struct visit *v)
{
	const struct page *page = &how;
	struct about_view a = { 0 };
	for (size_t i = 0; i < ABOUT_TABS; i++)
		if (str_is(v->path, pages[i].path))
			page = pages[i].page;
	fill_tabs(v, &a);
	fill_parts(page, v->house, &a);
	v->is_public = true;
	a.lead = page->lead;
	a.frame = visit_frame(v, visit_say(v, page->title, 0));
	a.frame.area = FRAME_ABOUT;
	about_page(&v->out, &a);
	return visit_page(v, 200);
}

const struct route about_routes[] = {
	/* method path  who     input check act */
	{ HTTP_GET, "/about", ANYONE, NULL, NULL, about_show },
	{ HTTP_GET, "/about/protect", ANYONE, NULL, NULL, about_show },
	{ HTTP_GET, "/about/access", ANYONE, NULL, NULL, about_show },
	{ HTTP_GET, "/about/data", ANYONE, NULL, NULL, about_show },
	{ HTTP_GET, "/about/source", ANYONE, NULL, NULL, about_show },
	{ HTTP_GET, "/about/api", ANYONE, NULL, NULL, about_show },
	{ 0 },
};
