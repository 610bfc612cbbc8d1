#include "openrosa/key.h"
#include "account/audit.h"
#include "account/sessions.h"
#include "base/json.h"
#include "crypto/keys.h"
#include "crypto/totp.h"
#include "openrosa/devices.h"
#include "openrosa/key.html.h"
#include "openrosa/openrosa.sql.h"
#include "openrosa/routes.h"
#include "po/messages.h"
#include <libdeflate.h>
#include <stdlib.h>
#include <string.h>

#define POCKET_DEVICE "device" /* OPENROSA_KEY_CHARS: the secret of the one that was just made */

struct key_in {
	struct str name;
};
static const struct form key_form = {
	.name = "device",
	.size = sizeof(struct key_in),
	.body_max = 8192,
	.field = { { "name", FIELD_LINE, .is_required = true, .max = KEY_NAME_MAX,
		.at = offsetof(struct key_in, name) } },
};

const struct fault_label key_labels[] = {
	{ "name", MSG_openrosa_key_name },
	{ 0 },
};

/* ---- the picture ---- */

int key_settings(struct str address, struct str project, struct arena *mem, struct str *ret)
{
	bool has_failed = false;
	json_t *all = json_object(), *general = json_object(), *of = json_object();
	json_put_str(general, &has_failed, "protocol", STR("odk_default"));
	json_put_str(general, &has_failed, "server_url", address);
	json_put_str(general, &has_failed, "form_update_mode", STR("match_exactly"));
	json_put_str(general, &has_failed, "autosend", STR("wifi_and_cellular"));
	json_put_str(of, &has_failed, "name", project);
	json_put(all, &has_failed, "general", general);
	json_put(all, &has_failed, "admin", json_object());
	json_put(all, &has_failed, "project", of);
	char *text = has_failed ? NULL : json_dumps(all, JSON_COMPACT | JSON_SORT_KEYS);
	*ret = text ? arena_copy(mem, str_c(text)) : (struct str){ 0 };
	if (text)
		explicit_bzero(text, strlen(text));
	free(text);
	json_decref(all);
	return ret->p ? 0 : err_note(ERR_NOMEM, "settings of a device");
}

int key_packed(struct str settings, struct arena *mem, struct str *ret)
{
	struct libdeflate_compressor *c = libdeflate_alloc_compressor(9);
	size_t room = libdeflate_zlib_compress_bound(c, settings.n), n = 0;
	char *packed = c ? arena_take(mem, room) : NULL;
	if (packed)
		n = libdeflate_zlib_compress(c, settings.p, settings.n, packed, room);
	libdeflate_free_compressor(c);
	char *letters = n ? arena_take(mem, BASE64_MAIL_SIZE(n)) : NULL;
	if (!letters)
		return err_note(ERR_NOMEM, "settings of a device");
	base64_mail(packed, n, letters, BASE64_MAIL_SIZE(n));
	*ret = str_c(letters);
	return 0;
}

static int draw(struct visit *v, struct key_view *p)
{
	struct str packed = { 0 };
	int side = 0;
	auto_buf path;
	buf_init(&path, 1 << 17);
	int result = key_packed(p->settings, v->mem, &packed);
	if (result == 0)
		result = qr_path(packed, &path, &side);
	if (result < 0)
		return result;
	p->picture = arena_copy(v->mem, buf_view(&path));
	p->picture_box = arena_f(v->mem, "0 0 %d %d", side, side);
	return p->picture.p ? 0 : ERR_NOMEM;
}

static int new_show(struct visit *v)
{
	struct key_view p = { .form = &v->form };
	struct str key, project = atomic_load(&v->house->settings)->name;
	int result = 0;
	p.address = STR("");
	if (sessions_pocket_get(
		    v->house->sessions, http_cookie(v->req, "s"), POCKET_DEVICE, v->mem, &key)) {
		p.address = arena_f(v->mem, "%.*s/or/k/%.*s", STR_ARG(visit_base(v)), STR_ARG(key));
		result = p.address.p ? key_settings(p.address, project, v->mem, &p.settings)
				     : ERR_NOMEM;
		if (result == 0)
			result = draw(v, &p);
	}
	if (result < 0)
		return result;
	p.frame = visit_frame(v, visit_say(v, MSG_openrosa_key_new_title, 0));
	p.frame.is_private = true;
	key_new_page(&v->out, &p);
	return visit_page(v, 200);
}

/* ---- the list ---- */

static int list_own(struct visit *v, struct key_view *p)
{
	struct openrosa_keys_of_row *row = NULL;
	size_t n = 0;
	int result = openrosa_keys_of(v->db, v->mem, v->who.account.v, &row, &n);
	p->line = result < 0 ? NULL : arena_array(v->mem, n + 1, sizeof *p->line);
	if (!p->line)
		return result < 0 ? result : ERR_NOMEM;
	for (size_t i = 0; i < n; i++)
		p->line[p->n_line++] = (struct key_line){
			.id = row[i].id, .name = row[i].name, .made = { row[i].made }
		};
	p->is_full = n >= KEYS_MAX;
	return 0;
}

/* A caretaker sees and ends everybody's. */
static int list_others(struct visit *v, struct key_view *p)
{
	struct openrosa_keys_row *row = NULL;
	size_t n = 0;
	int result = openrosa_keys(v->db, v->mem, &row, &n);
	p->other = result < 0 ? NULL : arena_array(v->mem, n + 1, sizeof *p->other);
	if (!p->other)
		return result < 0 ? result : ERR_NOMEM;
	for (size_t i = 0; i < n; i++)
		if (row[i].account != v->who.account.v)
			p->other[p->n_other++] = (struct key_line){ .id = row[i].id,
				.name = row[i].name,
				.person = row[i].person,
				.made = { row[i].made } };
	return 0;
}

static int show_as(struct visit *v, int status)
{
	struct key_view p = { .form = &v->form, .is_ended = http_query(v->req, "ended").p };
	int result = list_own(v, &p);
	if (result == 0 && (v->who.roles_site & ROLE_ADMIN))
		result = list_others(v, &p);
	if (result < 0)
		return result;
	p.frame = visit_frame(v, visit_say(v, MSG_openrosa_key_title, 0));
	p.frame.is_private = true;
	key_page(&v->out, &p);
	return visit_page(v, status);
}

static int show(struct visit *v)
{
	return show_as(v, 200);
}

static int add_check(struct visit *v)
{
	struct openrosa_key_count_row row = { 0 };
	int result = openrosa_key_count(v->db, v->mem, v->who.account.v, &row);
	if (result < 0)
		return result;
	if (v->form.n_fault || row.n >= KEYS_MAX)
		return visit_ended(show_as(v, 422));
	return VISIT_GO_ON;
}

static int key_keep(
	struct db *db, const char *key, struct account_id account, struct str name, int64_t now)
{
	char hash[2 * HASH_BYTES + 1];
	device_key_hash(str_c(key), hash);
	int result = openrosa_key_add(db, str_c(hash), account.v, name, now);
	return result < 0 ? result : 0;
}

static int add_act(struct visit *v)
{
	const struct key_in *in = visit_in(v, struct key_in);
	uint8_t secret[OPENROSA_KEY_BYTES];
	char key[OPENROSA_KEY_CHARS + 1], hash[2 * HASH_BYTES + 1];
	v->is_quiet = true;
	random_bytes(secret, sizeof secret);
	hex_text(secret, sizeof secret, key);
	int result = key_keep(v->db, key, v->who.account, in->name, v->now);
	if (result == 0)
		result = audit_add(v,
			&(struct audit_line){
				.what = AUDIT_DEVICE_ADDED, .ref = v->who.account.v });
	device_key_hash(str_c(key), hash);
	v->kept = devices_begin;
	v->kept_what = arena_z(v->mem, str_c(hash));
	bool is_kept = result >= 0 &&
		sessions_pocket_put(v->house->sessions, http_cookie(v->req, "s"), POCKET_DEVICE,
			(struct str){ key, OPENROSA_KEY_CHARS });
	wipe(secret, sizeof secret);
	wipe(key, sizeof key);
	if (result < 0)
		return result;
	return is_kept ? visit_go(v, STR("/account/devices/new"))
		       : err_note(ERR_DENIED, "no session to keep a secret");
}

static int end_act(struct visit *v)
{
	struct openrosa_key_owner_row row = { 0 };
	int64_t id;
	v->is_quiet = true;
	if (!str_i64(v->part[0], &id))
		return err_note(ERR_MISSING, "no such device");
	int result = openrosa_key_owner(v->db, v->mem, id, &row);
	if (result == 0) /* ended already */
		return visit_go(v, STR("/account/devices?ended"));
	if (result < 0)
		return result;
	if (row.account != v->who.account.v && !(v->who.roles_site & ROLE_ADMIN))
		return err_note(ERR_MISSING, "somebody else's device");
	result = openrosa_key_end(v->db, id);
	v->kept = devices_end;
	v->kept_what = arena_z(v->mem, row.hash);
	if (result >= 0)
		result = audit_add(
			v, &(struct audit_line){ .what = AUDIT_DEVICE_ENDED, .ref = row.account });
	return result < 0 ? result : visit_go(v, STR("/account/devices?ended"));
}

/* ---- the sample house ---- */

void key_demo_secret(const struct keys *keys, char ret[OPENROSA_KEY_CHARS + 1])
{
	uint8_t hash[HASH_BYTES];
	hash_key(&keys->ticket, "sample device", STR(""), hash);
	hex_text(hash, sizeof hash, ret);
}

int key_demo(struct db *db, struct house *house, struct account_id account, int64_t now)
{
	char key[OPENROSA_KEY_CHARS + 1], hash[2 * HASH_BYTES + 1];
	key_demo_secret(house->keys, key);
	device_key_hash(str_c(key), hash);
	devices_begin(house, hash);
	return key_keep(db, key, account, STR("Sample"), now);
}

const struct route openrosa_key_routes[] = {
	/* method    path                        who    input      check      act */
	{ HTTP_GET, "/account/devices", STAFF, NULL, NULL, show },
	{ HTTP_POST, "/account/devices", STAFF, &key_form, add_check, add_act },
	{ HTTP_GET, "/account/devices/new", STAFF, NULL, NULL, new_show },
	{ HTTP_POST, "/account/devices/:id/end", STAFF, NULL, NULL, end_act },
	{ 0 },
};
