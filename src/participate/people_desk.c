#include "participate/people_desk.h"
#include "account/account.h"
#include "account/account.sql.h"
#include "account/audit.h"
#include "account/sessions.h"
#include "participate/people_desk.html.h"
#include "participate/people_desk.sql.h"
#include "po/messages.h"

/* What the pocket of a session holds until the next page (see account/sessions.h). */
#define POCKET_ROLE_LINK "space invite"
#define POCKET_MEMBER_LINKS "member links"
enum { SEED_BYTES = 16 };
struct member_seed {
	uint8_t bytes[SEED_BYTES];
	int64_t space, n;
};

static const char *const role_choices[] = { "organiser", "moderator", "translator", "editor",
	"responder", NULL };

struct roles_in {
	struct str name;
	int64_t roles;
};
struct members_in {
	struct opt_i64 n;
};
#define AT(type, member) .at = offsetof(struct type, member)
static const struct form roles_form_desk = {
	.name = "space roles",
	.size = sizeof(struct roles_in),
	.body_max = 4096,
	.field = { { "role", FIELD_SET, .choices = role_choices, AT(roles_in, roles) } },
};
static const struct form add_form = {
	.name = "somebody's roles",
	.size = sizeof(struct roles_in),
	.body_max = 4096,
	.field = {
		{ "name", FIELD_LINE, .is_required = true, .max = ACCOUNT_NAME_MAX,
			AT(roles_in, name) },
		{ "role", FIELD_SET, .is_required = true, .choices = role_choices,
			AT(roles_in, roles) },
	},
};
static const struct form members_form = {
	.name = "members",
	.size = sizeof(struct members_in),
	.body_max = 2048,
	.field = { { "n", FIELD_INT, .is_required = true, .min = 1, .max = MEMBER_LINKS_MAX,
		AT(members_in, n) } },
};

void member_token(
	const struct keys *keys, struct str seed, int64_t i, char ret[MEMBER_TOKEN_CHARS + 1])
{
	uint8_t hash[HASH_BYTES], data[64];
	must(seed.n + sizeof i <= sizeof data);
	memcpy(data, seed.p, seed.n);
	memcpy(data + seed.n, &i, sizeof i);
	hash_key(&keys->ticket, "member link",
		(struct str){ (const char *)data, seed.n + sizeof i }, hash);
	base64_url(hash, 16, ret, MEMBER_TOKEN_CHARS + 1);
}

void member_key(const struct keys *keys, struct str token, uint8_t ret[32])
{
	hash_key(&keys->ticket, "member", token, ret);
}

bool people_is_bad(const struct people_desk_view *p, char form, int64_t id)
{
	return p->sent == form && p->whom == id && form_fault_of(p->form, "role");
}

/* ---- the page ---- */

static int begin(struct visit *v, struct people_desk_view *p)
{
	p->form = &v->form;
	p->now = v->now;
	return desk_here(v, MAY_PLAN, &p->s);
}

static int load_people(struct visit *v, struct people_desk_view *p)
{
	struct account_people_of_row *row;
	int result = account_people_of(v->db, v->mem, p->s.id, &row, &p->n_person);
	if (result < 0)
		return result;
	p->person = arena_array(v->mem, p->n_person + 1, sizeof *p->person);
	if (!p->person)
		return ERR_NOMEM;
	for (size_t i = 0; i < p->n_person; i++)
		p->person[i] = (struct people_desk_row){ row[i].id, row[i].name,
			(int)row[i].roles };
	return 0;
}

static int load_door(struct visit *v, struct people_desk_view *p)
{
	struct space_door_row door;
	struct member_count_row count;
	int result = space_door(v->db, v->mem, p->s.id, &door);
	if (result > 0)
		result = member_count(v->db, v->mem, p->s.id, v->now, &count);
	if (result <= 0)
		return result < 0 ? result : err_note(ERR_MISSING, "the space has just gone");
	p->link = arena_f(v->mem, "%.*s/k/%.*s/%.*s", STR_ARG(visit_base(v)), STR_ARG(p->s.slug),
		STR_ARG(door.link_key));
	p->members = count.members;
	p->open_links = count.open_links;
	return 0;
}

static int show(struct visit *v, struct people_desk_view *p)
{
	int result = load_people(v, p);
	if (result == 0)
		result = load_door(v, p);
	if (result < 0)
		return result;
	p->frame = desk_frame(v, &p->s, MSG_desk_tab_people);
	p->is_saved = desk_saved(v);
	people_desk_page(&v->out, p);
	return visit_page(v, desk_status(v));
}

static int people_show_desk(struct visit *v)
{
	struct people_desk_view p = { 0 };
	int result = begin(v, &p);
	return result < 0 ? result : show(v, &p);
}

static int show_faults(struct visit *v, char sent)
{
	struct people_desk_view p = { .sent = sent };
	int result = begin(v, &p);
	if (result < 0)
		return result;
	return v->form.n_fault ? visit_ended(show(v, &p)) : VISIT_GO_ON;
}

static int back(struct visit *v, const struct people_desk_view *p)
{
	return visit_goto(v, "/desk/%.*s/people?saved", STR_ARG(p->s.slug));
}

/* ---- roles ---- */

/* Nobody could look after it, if the last organiser went. */
static bool is_last_organiser(const struct people_desk_view *p, int64_t id)
{
	bool is_one = false;
	for (size_t i = 0; i < p->n_person; i++) {
		bool is_organiser = p->person[i].roles & ROLE_ORGANISER;
		if (is_organiser && p->person[i].id != id)
			return false;
		is_one |= is_organiser;
	}
	return is_one;
}

static int roles_begin(struct visit *v, struct people_desk_view *p, int64_t *ret_id)
{
	int result = begin(v, p);
	if (result == 0)
		result = load_people(v, p);
	if (result < 0)
		return result;
	bool is_here = false;
	if (!str_i64(v->part[1], ret_id))
		return err_note(ERR_MISSING, "no such account");
	for (size_t i = 0; i < p->n_person; i++)
		is_here |= p->person[i].id == *ret_id;
	if (!is_here)
		return err_note(ERR_MISSING, "no role in this space");
	if (!(visit_in(v, struct roles_in)->roles & ROLE_ORGANISER) &&
		is_last_organiser(p, *ret_id))
		form_fault_add(&v->form, "role", MSG_people_fault_last, 0);
	return 0;
}

static int roles_check(struct visit *v)
{
	struct people_desk_view p = { .sent = 'p' };
	int64_t id;
	int result = roles_begin(v, &p, &id);
	if (result < 0)
		return result;
	p.whom = id;
	return v->form.n_fault ? visit_ended(show(v, &p)) : VISIT_GO_ON;
}

static int set_roles(struct visit *v, const struct people_desk_view *p, int64_t id, int roles)
{
	int result = account_roles_set(v->db, (struct account_id){ id }, p->s.id, roles);
	if (result < 0)
		return result;
	return audit_add(v,
		&(struct audit_line){
			.what = AUDIT_ROLES_SET, .space = p->s.id, .ref = id, .n = roles });
}

static int roles_act(struct visit *v)
{
	struct people_desk_view p = { 0 };
	int64_t id;
	v->is_quiet = true;
	int result = roles_begin(v, &p, &id);
	if (result == 0 && v->form.n_fault)
		return err_note(ERR_CONFLICT, "the last organiser");
	if (result == 0)
		result = set_roles(v, &p, id, (int)visit_in(v, struct roles_in)->roles);
	return result < 0 ? result : back(v, &p);
}

/* Somebody who has an account in this house already. */
static int find_account(struct visit *v, int64_t *ret)
{
	struct account_staff_by_key_row row = { 0 };
	struct str key;
	int result = account_name_key(visit_in(v, struct roles_in)->name, v->mem, &key);
	if (result == ERR_INPUT)
		return 0;
	if (result == 0)
		result = account_staff_by_key(v->db, v->mem, key, &row);
	if (result > 0)
		*ret = row.id;
	return result;
}

static int add_check(struct visit *v)
{
	int64_t id;
	int result = v->form.n_fault ? 1 : find_account(v, &id);
	if (result == 0)
		form_fault_add(&v->form, "name", MSG_people_fault_unknown, 0);
	return result < 0 ? result : show_faults(v, 'a');
}

static int add_act(struct visit *v)
{
	struct people_desk_view p = { 0 };
	struct account_roles_in_row had = { 0 };
	int64_t id = 0;
	v->is_quiet = true;
	int result = begin(v, &p);
	if (result == 0)
		result = find_account(v, &id);
	if (result == 0)
		return err_note(ERR_CONFLICT, "no such account any more");
	if (result > 0)
		result = account_roles_in(v->db, v->mem, id, p.s.id, &had);
	if (result >= 0)
		result = set_roles(
			v, &p, id, (int)(had.roles | visit_in(v, struct roles_in)->roles));
	return result < 0 ? result : back(v, &p);
}

/* ---- links that are shown once ---- */

static bool keep(struct visit *v, const char *kind, struct str what)
{
	return sessions_pocket_put(v->house->sessions, http_cookie(v->req, "s"), kind, what);
}

static bool take(struct visit *v, const char *kind, struct str *ret)
{
	struct str session = http_cookie(v->req, "s");
	bool is_there = sessions_pocket_get(v->house->sessions, session, kind, v->mem, ret);
	if (is_there)
		sessions_pocket_empty(v->house->sessions, session);
	return is_there;
}

static int invite_check_desk(struct visit *v)
{
	if (!v->form.n_fault && !visit_in(v, struct roles_in)->roles)
		form_fault_add(&v->form, "role", MSG_account_fault_no_role, 0);
	return show_faults(v, 'i');
}

static int invite_act_desk(struct visit *v)
{
	struct people_desk_view p = { 0 };
	struct invite_token token;
	v->is_quiet = true;
	int result = begin(v, &p);
	if (result == 0)
		result = account_invite_make(v->db, v->mem, v->house->keys,
			&(struct invite){ .space = p.s.id,
				.roles = (int)visit_in(v, struct roles_in)->roles },
			v->now, &token);
	if (result == 0)
		result = audit_add(v,
			&(struct audit_line){ .what = AUDIT_INVITED,
				.space = p.s.id,
				.n = visit_in(v, struct roles_in)->roles });
	if (result < 0)
		return result;
	bool is_kept = keep(v, POCKET_ROLE_LINK, (struct str){ token.z, INVITE_CHARS });
	wipe(&token, sizeof token);
	return is_kept ? visit_goto(v, "/desk/%.*s/links", STR_ARG(p.s.slug))
		       : err_note(ERR_DENIED, "no session to keep a link");
}

static int members_check(struct visit *v)
{
	return show_faults(v, 'm');
}

static int members_act(struct visit *v)
{
	struct people_desk_view p = { 0 };
	struct member_seed seed = { .n = visit_in(v, struct members_in)->n.v };
	v->is_quiet = true;
	random_bytes(seed.bytes, SEED_BYTES);
	int result = begin(v, &p);
	seed.space = p.s.id;
	for (int64_t i = 0; i < seed.n && result >= 0; i++) {
		char token[MEMBER_TOKEN_CHARS + 1];
		uint8_t key[HASH_BYTES];
		member_token(v->house->keys, (struct str){ (const char *)seed.bytes, SEED_BYTES },
			i, token);
		member_key(v->house->keys, (struct str){ token, MEMBER_TOKEN_CHARS }, key);
		result = member_invite_add(v->db, (struct str){ (const char *)key, sizeof key },
			p.s.id, v->now + MEMBER_LINK_LIFE);
	}
	if (result < 0)
		return result;
	bool is_kept = keep(
		v, POCKET_MEMBER_LINKS, (struct str){ (const char *)&seed, sizeof seed });
	wipe(&seed, sizeof seed);
	return is_kept ? visit_goto(v, "/desk/%.*s/links", STR_ARG(p.s.slug))
		       : err_note(ERR_DENIED, "no session to keep links");
}

static void write_member_links(struct visit *v, struct people_desk_view *p, struct str kept)
{
	struct member_seed seed;
	if (kept.n != sizeof seed)
		return;
	memcpy(&seed, kept.p, sizeof seed);
	for (int64_t i = 0; i < seed.n && seed.space == p->s.id; i++) {
		char token[MEMBER_TOKEN_CHARS + 1];
		member_token(v->house->keys, (struct str){ (const char *)seed.bytes, SEED_BYTES },
			i, token);
		p->once[p->n_once++] = arena_f(v->mem, "%.*s/m/%s", STR_ARG(visit_base(v)), token);
	}
}

static int links_show(struct visit *v)
{
	struct people_desk_view p = { 0 };
	struct str kept;
	int result = begin(v, &p);
	if (result < 0)
		return result;
	p.once = arena_array(v->mem, MEMBER_LINKS_MAX, sizeof *p.once);
	if (!p.once)
		return ERR_NOMEM;
	if (take(v, POCKET_ROLE_LINK, &kept))
		p.once[p.n_once++] = arena_f(
			v->mem, "%.*s/invite/%.*s", STR_ARG(visit_base(v)), STR_ARG(kept));
	else if (take(v, POCKET_MEMBER_LINKS, &kept))
		write_member_links(v, &p, kept);
	if (!p.n_once)
		return visit_goto(v, "/desk/%.*s/people", STR_ARG(p.s.slug));
	p.frame = desk_frame(v, &p.s, MSG_desk_tab_people);
	people_links_page(&v->out, &p);
	return visit_page(v, 200);
}

/* ---- the door of a space that is open to whoever has the link ---- */

static int link_check(struct visit *v)
{
	struct people_desk_view p = { 0 };
	int result = begin(v, &p);
	return result < 0 ? result : VISIT_GO_ON;
}

static int link_act(struct visit *v)
{
	struct people_desk_view p = { 0 };
	int result = begin(v, &p);
	if (result == 0)
		result = space_door_new(v->db, p.s.id, desk_uid(v));
	return result < 0 ? result : back(v, &p);
}

const struct route people_desk_routes[] = {
	/* method    path                       who    input  check  act */
	{ HTTP_GET, "/desk/:slug/people", STAFF, NULL, NULL, people_show_desk },
	{ HTTP_POST, "/desk/:slug/people", STAFF, &add_form, add_check, add_act },
	{ HTTP_POST, "/desk/:slug/people/:id", STAFF, &roles_form_desk, roles_check, roles_act },
	{ HTTP_POST, "/desk/:slug/invite", STAFF, &roles_form_desk, invite_check_desk,
		invite_act_desk },
	{ HTTP_POST, "/desk/:slug/members", STAFF, &members_form, members_check, members_act },
	{ HTTP_GET, "/desk/:slug/links", STAFF, NULL, NULL, links_show },
	{ HTTP_POST, "/desk/:slug/link", STAFF, NULL, link_check, link_act },
	{ 0 },
};
