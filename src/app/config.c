#include "app/config.h"
#include "participate/machine.h"
#include <ctype.h>
#include <errno.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

struct key {
	const char *name, *env, *preset, *help;
	size_t at;
};

#define KEY(field, env, preset, help) \
	{ \
#field, env, preset, help, offsetof(struct config, field) \
	}
static const struct key keys[] = {
	KEY(listen, "BARAZA_LISTEN", "127.0.0.1:8080",
		"where to listen: addresses and unix:/path, separated by blanks"),
	KEY(data, "BARAZA_DATA", "./data", "folder for the database, the key and backups"),
	KEY(db, "BARAZA_DB", "",
		"sqlite:/path or postgresql://…; empty: baraza.db in the data folder"),
	KEY(loops, "BARAZA_LOOPS", "", "event loops; empty: one for each core, at most 8"),
	KEY(https, "BARAZA_HTTPS", "no", "yes when a server in front speaks TLS"),
	KEY(rates, "BARAZA_RATES", "yes",
		"no when a server in front limits how often one client may ask"),
	KEY(smtp, "BARAZA_SMTP", "",
		"smtps://name:password@host:465 or smtp://host:587 to send mail; empty: no mail"),
	KEY(mail_from, "BARAZA_MAIL_FROM", "", "the address that letters come from"),
	KEY(embed, "BARAZA_EMBED", "",
		"origins that may show cards of asks in a frame, separated by blanks"),
	KEY(map, "BARAZA_MAP", "", "file of map outlines; empty: the built-in one"),
	KEY(translate, "BARAZA_TRANSLATE", "",
		"address of a LibreTranslate server for public words; empty: none"),
	KEY(translate_key, "BARAZA_TRANSLATE_KEY", "", "the API key that it wants; may be empty"),
};

enum { KEYS = sizeof keys / sizeof *keys, CONFIG_MEM = 1 << 20 };

static const char **slot(struct config *c, const struct key *k)
{
	return (const char **)(void *)((char *)c + k->at);
}

static const struct key *key_named(const char *name, size_t n)
{
	for (size_t i = 0; i < KEYS; i++)
		if (strlen(keys[i].name) == n && memcmp(keys[i].name, name, n) == 0)
			return &keys[i];
	return NULL;
}

static char *trim(char *s)
{
	while (isspace((unsigned char)*s))
		s++;
	char *end = s + strlen(s);
	while (end > s && isspace((unsigned char)end[-1]))
		*--end = 0;
	return s;
}

/* One line of the file: "key = value", "# …" or nothing. */
static int read_line(struct config *c, char *line, const char *path, int number)
{
	line = trim(line);
	if (*line == 0 || *line == '#')
		return 0;
	char *equals = strchr(line, '=');
	if (!equals)
		return err_note(ERR_INPUT, "%s:%d: write key = value", path, number);
	*equals = 0;
	char *name = trim(line);
	const struct key *k = key_named(name, strlen(name));
	if (!k)
		return err_note(ERR_INPUT, "%s:%d: no key is called \"%.40s\"", path, number, name);
	*slot(c, k) = arena_z(&c->mem, str_c(trim(equals + 1)));
	return c->mem.has_failed ? ERR_NOMEM : 0;
}

static int read_file(struct config *c, const char *path)
{
	char line[1024];
	auto_file f = fopen(path, "re");
	if (!f)
		return err_note(ERR_INPUT, "%s: %s", path, strerror(errno));
	for (int number = 1; fgets(line, sizeof line, f); number++) {
		int result = read_line(c, line, path, number);
		if (result < 0)
			return result;
	}
	return 0;
}

static int read_words(struct config *c, int argc, char **argv)
{
	for (int i = 0; i < argc; i++) {
		const struct key *k = strncmp(argv[i], "--", 2)
			? NULL
			: key_named(argv[i] + 2, strlen(argv[i] + 2));
		if (!strcmp(argv[i], "--config") && i + 1 < argc) {
			i++;
			continue;
		}
		if (!k)
			return err_note(ERR_INPUT, "do not know the word \"%.60s\"", argv[i]);
		if (++i == argc)
			return err_note(ERR_INPUT, "%s wants a value behind it", argv[i - 1]);
		*slot(c, k) = argv[i];
	}
	return 0;
}

/* An origin as a browser writes it; a star may stand for all below a name. */
static bool is_origin(struct str s)
{
	static const char may[] = "abcdefghijklmnopqrstuvwxyz0123456789.-:*[]";
	size_t scheme = str_starts(s, "https://") ? 8 : str_starts(s, "http://") ? 7 : 0;
	struct str host = str_from(s, scheme);
	for (size_t i = 0; i < host.n; i++)
		if (!host.p[i] || !strchr(may, host.p[i]))
			return false;
	return scheme && host.n;
}

static int judge(const struct config *c)
{
	struct str list = str_c(c->embed), one;
	while (str_cut(&list, ' ', &one))
		if (one.n && !is_origin(one))
			return err_note(
				ERR_INPUT, "embed wants origins such as https://example.org");
	if (*c->translate && !machine_ok(c->translate))
		return err_note(ERR_INPUT, "translate: write https://host or http://host:port");
	return 0;
}

/* The data folder; and without a database named, the one in there. */
static int place_db(struct config *c)
{
	if (mkdir(c->data, 0700) && errno != EEXIST)
		return err_note(ERR_IO, "cannot make the folder %s: %s", c->data, strerror(errno));
	if (*c->db)
		return 0;
	c->db = arena_f(&c->mem, "sqlite:%s/baraza.db", c->data).p;
	return c->db ? 0 : ERR_NOMEM;
}

int config_read(struct config *ret, int argc, char **argv)
{
	int result = 0;
	*ret = (struct config){ 0 };
	arena_init(&ret->mem, CONFIG_MEM);
	for (size_t i = 0; i < KEYS; i++)
		*slot(ret, &keys[i]) = keys[i].preset;
	for (int i = 0; i + 1 < argc && result == 0; i++)
		result = strcmp(argv[i], "--config") ? 0 : read_file(ret, argv[i + 1]);
	if (result < 0)
		return result;
	for (size_t i = 0; i < KEYS; i++) {
		const char *value = getenv(keys[i].env);
		if (value)
			*slot(ret, &keys[i]) = value;
	}
	result = read_words(ret, argc, argv);
	if (result == 0)
		result = judge(ret);
	return result < 0 ? result : place_db(ret);
}

void config_done(struct config *c)
{
	arena_done(&c->mem);
	*c = (struct config){ 0 };
}

void config_help(void)
{
	for (size_t i = 0; i < KEYS; i++)
		printf("  --%-13s %-20s %s%s%s\n", keys[i].name, keys[i].env, keys[i].help,
			*keys[i].preset ? "; default " : "", keys[i].preset);
	puts("  --config FILE                      lines \"key = value\" with the same keys");
}
