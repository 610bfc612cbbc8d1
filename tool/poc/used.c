/* Check 1, the other half: keys that sources name, against keys that catalogues have. */
#include "tool/poc/poc.h"
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>

struct use {
	struct str name; /* of the key, dots as underscores: what C sees */
	const char *file;
	int line;
};
struct used {
	struct use *use;
	size_t n, cap;
};

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
}

static int keep(struct arena *mem, struct used *u, struct use one)
{
	char *name = arena_take(mem, one.name.n + 1);
	if (!name)
		return ERR_NOMEM;
	if (u->n == u->cap) {
		size_t cap = u->cap ? 2 * u->cap : 256;
		struct use *more = arena_array(mem, cap, sizeof *more);
		if (!more)
			return ERR_NOMEM;
		if (u->n)
			memcpy(more, u->use, u->n * sizeof *more);
		u->use = more;
		u->cap = cap;
	}
	for (size_t i = 0; i < one.name.n; i++)
		name[i] = one.name.p[i] == '.' ? '_' : one.name.p[i];
	one.name.p = name;
	u->use[u->n++] = one;
	return 0;
}

/* Every "${before}name" in a line; dots belong to the name in templates only. */
static int scan(
	struct arena *mem, struct used *u, struct str line, const char *before, struct use at)
{
	size_t skip = strlen(before);
	bool is_c = str_is(str_c(before), "MSG_");
	int st = 0;
	for (size_t i = 0; i + skip < line.n && st == 0; i++) {
		struct str rest = str_from(line, i);
		if (!str_starts(rest, before) || (is_c && i && is_letter(line.p[i - 1])))
			continue;
		rest = str_from(rest, skip);
		size_t n = 0;
		while (n < rest.n && (is_letter(rest.p[n]) || (rest.p[n] == '.' && !is_c)))
			n++;
		at.name = (struct str){ rest.p, n };
		if (n)
			st = keep(mem, u, at);
	}
	return st;
}

static int scan_file(struct arena *mem, struct used *u, const char *path)
{
	struct use at = { .file = path };
	struct str text, line;
	int st = file_read(mem, path, &text);
	while (st == 0 && str_cut(&text, '\n', &line)) {
		at.line++;
		st = scan(mem, u, line, "MSG_", at);
		if (st == 0 && str_ends(str_c(path), ".html"))
			st = scan(mem, u, line, "{{t ", at);
	}
	return st;
}

static int scan_dir(struct arena *mem, struct used *u, const char *path, int depth)
{
	struct dirent **name = NULL;
	int n = depth ? scandir(path, &name, NULL, alphasort) : -1, st = 0;
	if (n < 0)
		return err_note(ERR_IO, "read folder %s", path);
	for (int i = 0; i < n; i++) {
		struct str leaf = str_c(name[i]->d_name);
		struct str full = arena_f(mem, "%s/%s", path, name[i]->d_name);
		struct stat is;
		if (st || leaf.p[0] == '.')
			;
		else if (!full.p || stat(full.p, &is))
			st = err_note(ERR_IO, "look at %s", path);
		else if (S_ISDIR(is.st_mode))
			st = scan_dir(mem, u, full.p, depth - 1);
		else if (str_ends(leaf, ".html") || str_ends(leaf, ".c"))
			st = scan_file(mem, u, full.p);
		free(name[i]);
	}
	free(name);
	return st;
}

static int by_name(const void *a, const void *b)
{
	return str_cmp(((const struct use *)a)->name, ((const struct use *)b)->name);
}

int used_load(struct arena *mem, const char *dir, struct used **ret)
{
	struct used *u = arena_take(mem, sizeof *u);
	int st = u ? scan_dir(mem, u, dir, 16) : err_note(ERR_NOMEM, "sources");
	if (st == 0 && u->n)
		qsort(u->use, u->n, sizeof *u->use, by_name);
	if (st == 0)
		*ret = u;
	return st;
}

/* Orders a key against a name of C. */
static int key_cmp(struct str key, struct str name)
{
	size_t n = key.n < name.n ? key.n : name.n;
	for (size_t i = 0; i < n; i++) {
		char c = key.p[i] == '.' ? '_' : key.p[i];
		if (c != name.p[i])
			return (unsigned char)c < (unsigned char)name.p[i] ? -1 : 1;
	}
	return key.n < name.n ? -1 : key.n > name.n;
}

bool used_has(const struct used *u, struct str key)
{
	size_t low = 0, high = u->n;
	while (low < high) {
		size_t mid = low + (high - low) / 2;
		int order = key_cmp(key, u->use[mid].name);
		if (order == 0)
			return true;
		if (order < 0)
			high = mid;
		else
			low = mid + 1;
	}
	return false;
}

void used_unknown(struct report *r, const struct used *u, const struct book *b)
{
	for (size_t i = 0; i < u->n; i++) {
		const struct use *one = &u->use[i];
		bool is_known = str_is(one->name, "NONE") || str_is(one->name, "COUNT");
		for (size_t k = 0; k < b->n_row && !is_known; k++)
			is_known = key_cmp(b->row[k].key, one->name) == 0;
		if (!is_known)
			report_add(r, ERROR, (struct place){ one->file, one->line, one->name },
				"1: no such message in po/");
	}
}
