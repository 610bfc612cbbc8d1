#include "account/settings.h"
#include "account/settings.sql.h"

enum { SETTINGS_MAX = 1 << 20 };

/* Settings with the memory they live in. Those that were replaced are kept behind the new ones:
 * a page being made may still look at them, and they change a few times a year. */
struct kept {
	struct settings s; /* first: what house->settings points at */
	struct arena mem;
	struct kept *before;
};

/* The names that the caretaker's page sets, and where they stand. */
static const struct {
	const char *name;
	size_t at;
} told[] = {
	{ "name", offsetof(struct settings, name) },
	{ "keeper", offsetof(struct settings, keeper) },
	{ "contact", offsetof(struct settings, contact) },
	{ "base_url", offsetof(struct settings, base_url) },
	{ "source_url", offsetof(struct settings, source_url) },
	{ "keep_years", offsetof(struct settings, keep_years) },
};

enum { TOLD = sizeof told / sizeof *told };

static struct str *value_at(struct settings *s, size_t i)
{
	return (struct str *)(void *)((char *)s + told[i].at);
}

static void take(struct settings *s, struct str name, struct str value)
{
	for (size_t i = 0; i < TOLD; i++)
		if (str_is(name, told[i].name))
			*value_at(s, i) = value;
	if (str_is(name, "is_sample"))
		s->is_sample = str_is(value, "1");
}

static void replace(struct house *house, struct kept *k)
{
	k->before = (struct kept *)(uintptr_t)atomic_load(&house->settings);
	atomic_store(&house->settings, &k->s);
	house_changed(house);
}

static bool is_same(struct settings *a, struct settings *b)
{
	bool is = a->is_sample == b->is_sample;
	for (size_t i = 0; i < TOLD && is; i++)
		is = str_eq(*value_at(a, i), *value_at(b, i));
	return is;
}

/* Whether what was read is already what pages show. */
static bool is_known(struct house *house, struct kept *k)
{
	struct kept *now = (struct kept *)(uintptr_t)atomic_load(&house->settings);
	return now && is_same(&now->s, &k->s);
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
	for (size_t i = 0; i < TOLD; i++)
		*value_at(&k->s, i) = STR("");
	k->s.name = STR("Baraza");
	for (size_t i = 0; result >= 0 && i < n; i++)
		take(&k->s, row[i].name, row[i].value);
	if (result >= 0 && !is_known(house, k)) {
		replace(house, k);
		return 0;
	}
	arena_done(&k->mem);
	free(k);
	return result < 0 ? result : 0;
}

int settings_set(struct db *db, const char *name, struct str value)
{
	int result = site_setting_put(db, str_c(name), value);
	return result < 0 ? result : 0;
}

int settings_save(struct db *db, const struct settings *set)
{
	struct settings s = *set;
	int result = 0;
	for (size_t i = 0; i < TOLD && result == 0; i++)
		result = settings_set(db, told[i].name, *value_at(&s, i));
	return result;
}

void settings_use(struct house *house, const struct settings *set)
{
	struct kept *k = calloc(1, sizeof *k);
	if (!k)
		return;
	arena_init(&k->mem, SETTINGS_MAX);
	k->s = *set;
	k->s.is_sample = atomic_load(&house->settings)->is_sample;
	for (size_t i = 0; i < TOLD; i++)
		*value_at(&k->s, i) = arena_copy(&k->mem, *value_at(&k->s, i));
	if (!k->mem.has_failed) {
		replace(house, k);
		return;
	}
	arena_done(&k->mem);
	free(k);
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
