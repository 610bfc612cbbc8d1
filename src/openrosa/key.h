/* I know the devices that fill in forms in an account's name: each has an address with a secret in
 * it, which only the page that makes it shows, as a picture to scan. Of the secret we keep a hash.
 */
#pragma once
#include "account/fault.h"
#include "openrosa/openrosa.h"
#include "render/frame.h"

enum { KEY_NAME_MAX = 60, KEYS_MAX = 50 };

struct key_line {
	int64_t id;
	struct str name, person; /* person: absent on the list of one's own */
	struct day made;
};

struct key_view {
	struct frame frame;
	const struct form_result *form;
	struct key_line *line, *other;
	size_t n_line, n_other;
	bool is_ended, is_full;
	/* The one that was just made. */
	struct str address, picture, picture_box, settings;
};

extern const struct fault_label key_labels[];

/* key_settings(address, project, mem, ret): What Collect takes from a picture, as JSON.
 * key_packed(settings, mem, ret): As it stands in the picture: compressed, in letters. */
int key_settings(
	struct str address, struct str project, struct arena *mem, struct str *ret) must_use;
int key_packed(struct str settings, struct arena *mem, struct str *ret) must_use;

/* key_demo(db, house, account, now): A device of ${account} whose secret key_demo_secret works out
 * again, for the sample house. */
struct keys;
void key_demo_secret(const struct keys *keys, char ret[OPENROSA_KEY_CHARS + 1]);
int key_demo(struct db *db, struct house *house, struct account_id account, int64_t now) must_use;
