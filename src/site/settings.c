#include "site/settings.h"
#include "site/settings.sql.h"

enum { SETTINGS_MAX = 1 << 20 };

/* Settings with the memory they live in. Those that were replaced are kept behind the new ones:
 * a page being made may still look at them, and they change a few times a year. */
struct kept {
	struct settings s; /* first: what house->settings points at */
	struct arena mem;
	struct kept *before;
};

static void take(struct settings *s, struct str name, struct str value)
{
	if (str_is(name, "name"))
		s->name = value;
	else if (str_is(name, "keeper"))
		s->keeper = value;
	else if (str_is(name, "base_url"))
		s->base_url = value;
	else if (str_is(name, "is_sample"))
		s->is_sample = str_is(value, "1");
}

int settings_load(struct db *db, struct house *house)
{
	struct site_settings_row *row;
	size_t n;
	struct kept *k = calloc(1, sizeof *k);
	if (!k)
		return err_note(ERR_NOMEM, "settings");
	arena_init(&k->mem, SETTINGS_MAX);
	int result = site_settings(db, &k->mem, &row, &n);
	if (result < 0) {
		arena_done(&k->mem);
		free(k);
		return result;
	}
	k->s.name = STR("Baraza");
	k->s.keeper = STR("");
	k->s.base_url = STR("");
	for (size_t i = 0; i < n; i++)
		take(&k->s, row[i].name, row[i].value);
	k->before = (struct kept *)(uintptr_t)atomic_load(&house->settings);
	atomic_store(&house->settings, &k->s);
	return 0;
}

int settings_set(struct db *db, const char *name, struct str value)
{
	int result = site_setting_put(db, str_c(name), value);
	return result < 0 ? result : 0;
}

void settings_free(struct house *house)
{
	struct kept *k = (struct kept *)(uintptr_t)atomic_load(&house->settings);
	atomic_store(&house->settings, NULL);
	while (k) {
		struct kept *before = k->before;
		arena_done(&k->mem);
		free(k);
		k = before;
	}
}
