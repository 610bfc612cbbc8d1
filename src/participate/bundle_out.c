/* A space, written as a folder. */
#include "participate/bundle_inner.h"
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct out {
	struct db *db;
	struct arena *mem;
	const struct bundle_part *more;
	const char *part; /* the folder while it is not whole */
	struct bundle_space space;
	struct bundle_count n;
};

/* On disk before this returns. */
static int write_file(const char *folder, const char *name, struct str text)
{
	char path[PATH_MAX];
	snprintf(path, sizeof path, "%s/%s", folder, name);
	FILE *f = fopen(path, "wbe");
	bool is_fine = f && fwrite(text.p, 1, text.n, f) == text.n && fflush(f) == 0 &&
		fsync(fileno(f)) == 0;
	if (f && fclose(f) != 0)
		is_fine = false;
	return is_fine ? 0 : err_note(ERR_IO, "%s: %s", name, strerror(errno));
}

static int write_table(struct out *x, const struct bundle_table *t)
{
	auto_buf b;
	struct sheet_out o = { .b = &b };
	buf_init(&b, BUNDLE_FILE_MAX);
	int result = bundle_table_out(x->db, x->mem, &x->space, t, &o, &x->n);
	if (result >= 0 && b.failed)
		result = err_note(b.failed, "%s: too large", t->name);
	return result < 0 ? result : write_file(x->part, t->name, buf_view(&b));
}

static int write_part(struct out *x, const struct bundle_part *p)
{
	int result = 0;
	for (size_t i = 0; i < p->n && result >= 0; i++)
		result = write_table(x, &p->table[i]);
	return result;
}

static int write_space(struct out *x, struct str slug)
{
	json_t *json;
	int result = bundle_space_json(x->db, x->mem, slug, &x->space, &json);
	if (result < 0)
		return result;
	char *text = json_dumps(json, JSON_INDENT(1));
	json_decref(json);
	if (!text)
		return err_note(ERR_NOMEM, "space.json");
	result = write_file(x->part, "space.json", str_c(text));
	free(text);
	return result;
}

static int write_all(struct out *x, struct str slug)
{
	auto_tx tx = { 0 }; /* one steady view */
	int result = db_tx_begin(x->db, &tx);
	if (result == 0)
		result = write_space(x, slug);
	if (result >= 0)
		result = write_part(x, &bundle_own);
	for (const struct bundle_part *p = x->more; p && result >= 0; p = p->next)
		result = write_part(x, p);
	return result;
}

static void remove_file(const char *folder, const char *name)
{
	char path[PATH_MAX];
	snprintf(path, sizeof path, "%s/%s", folder, name);
	unlink(path);
}

static void remove_files(const char *folder, const struct bundle_part *p)
{
	for (size_t i = 0; i < p->n; i++)
		remove_file(folder, p->table[i].name);
}

static void remove_part(const struct out *x)
{
	remove_file(x->part, "space.json");
	remove_files(x->part, &bundle_own);
	for (const struct bundle_part *p = x->more; p; p = p->next)
		remove_files(x->part, p);
	rmdir(x->part);
}

int bundle_export(struct db *db, struct arena *mem, const struct bundle_part *more, struct str slug,
	const char *folder, struct bundle_count *ret)
{
	char part[PATH_MAX - 64];
	int n = snprintf(part, sizeof part, "%s.part", folder);
	if (n < 0 || (size_t)n >= sizeof part)
		return err_note(ERR_INPUT, "the folder's name is too long");
	if (access(folder, F_OK) == 0)
		return err_note(ERR_CONFLICT, "%s is there already", folder);
	if (mkdir(part, 0700) != 0)
		return err_note(errno == EEXIST ? ERR_CONFLICT : ERR_IO, "cannot make %s: %s", part,
			strerror(errno));
	struct out x = { .db = db, .mem = mem, .more = more, .part = part };
	int result = write_all(&x, slug);
	if (result >= 0 && rename(part, folder) != 0)
		result = err_note(ERR_IO, "cannot name %s: %s", folder, strerror(errno));
	if (result < 0) {
		remove_part(&x);
		return result;
	}
	*ret = x.n;
	ret->space = x.space.id;
	return 0;
}
