#include "site/site_settings.h"
#include "account/audit.h"
#include "account/settings.h"
#include "account/who.h"
#include "po/messages.h"
#include "site/site_settings.html.h"

struct settings_in {
	struct str name, keeper, contact, base_url, source_url;
	struct opt_i64 keep_years;
};

#define LINE(field, is_needed, most) \
	{ \
#field, FIELD_LINE, .is_required = (is_needed), .max = (most), \
				    .at = offsetof(struct settings_in, field) \
	}
static const struct form settings_form = {
	.name = "settings",
	.size = sizeof(struct settings_in),
	.body_max = 8192,
	.field = {
		LINE(name, true, HOUSE_NAME_MAX),
		LINE(keeper, false, 120),
		LINE(contact, false, 120),
		LINE(base_url, false, 200),
		LINE(source_url, false, 200),
		{ "keep_years", FIELD_INT, .min = 1, .max = KEEP_YEARS_MAX,
			.at = offsetof(struct settings_in, keep_years) },
	},
};

const struct fault_label site_settings_labels[] = {
	{ "name", MSG_site_settings_name },
	{ "keeper", MSG_site_settings_keeper },
	{ "contact", MSG_site_settings_contact },
	{ "base_url", MSG_site_settings_base_url },
	{ "source_url", MSG_site_settings_source_url },
	{ "keep_years", MSG_site_settings_keep_years },
	{ 0 },
};

struct str site_settings_typed(
	const struct site_settings_view *p, const char *field, struct str set)
{
	struct str typed = form_typed(p->form, field);
	return typed.p ? typed : set;
}

static int settings_show(struct visit *v)
{
	struct site_settings_view p = { .frame = visit_frame(
						v, visit_say(v, MSG_site_settings_title, 0)),
		.form = &v->form,
		.set = atomic_load(&v->house->settings),
		.is_saved = http_query(v->req, "saved").p != NULL };
	p.frame.area = FRAME_PEOPLE;
	site_settings_page(&v->out, &p);
	return visit_page(v, v->form.n_fault ? 422 : 200);
}

static bool is_web(struct str s)
{
	struct url url;
	return (str_starts(s, "https://") || str_starts(s, "http://")) && url_web(s, &url) == 0;
}

/* Links are made by putting a path behind it. */
static struct str without_slash(struct str s)
{
	while (s.n && s.p[s.n - 1] == '/')
		s.n--;
	return s;
}

static int settings_check(struct visit *v)
{
	const struct settings_in *in = visit_in(v, struct settings_in);
	if (v->form.n_fault)
		return visit_ended(settings_show(v));
	if (in->base_url.n && !is_web(in->base_url))
		form_fault_add(&v->form, "base_url", MSG_site_fault_not_an_address, 0);
	if (in->source_url.n && !is_web(in->source_url))
		form_fault_add(&v->form, "source_url", MSG_site_fault_not_an_address, 0);
	return v->form.n_fault ? visit_ended(settings_show(v)) : VISIT_GO_ON;
}

/* On disk: from now on every page shows it. */
static void use_settings(struct house *house, const void *what)
{
	settings_use(house, what);
}

static int settings_act(struct visit *v)
{
	const struct settings_in *in = visit_in(v, struct settings_in);
	struct settings *set = arena_take(v->mem, sizeof *set);
	if (!set)
		return ERR_NOMEM;
	*set = (struct settings){ .name = in->name,
		.keeper = in->keeper,
		.contact = in->contact,
		.base_url = without_slash(in->base_url),
		.source_url = in->source_url,
		.keep_years = in->keep_years.has
			? arena_f(v->mem, "%lld", (long long)in->keep_years.v)
			: STR("") };
	int result = settings_save(v->db, set);
	if (result == 0)
		result = audit_add(v, &(struct audit_line){ .what = AUDIT_SETTINGS_SET });
	v->kept = use_settings;
	v->kept_what = set;
	return result < 0 ? result : visit_go(v, STR("/site/settings?saved"));
}

const struct route site_settings_routes[] = {
	/* method    path              who    input           check           act */
	{ HTTP_GET, "/site/settings", ADMIN, NULL, NULL, settings_show },
	{ HTTP_POST, "/site/settings", ADMIN, &settings_form, settings_check, settings_act },
	{ 0 },
};
