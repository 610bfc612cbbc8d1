#include "tool/poc/poc.h"
#include <dirent.h>
#include <sys/stat.h>
#include <unistd.h>

int file_read(struct arena *mem, const char *path, struct str *ret)
{
	auto_file f = fopen(path, "rb");
	struct stat st;
	if (!f || fstat(fileno(f), &st))
		return err_note(ERR_IO, "open %s", path);
	if (!S_ISREG(st.st_mode) || st.st_size > FILE_MAX)
		return err_note(ERR_LIMIT, "%s is no file, or larger than 8 MB", path);
	size_t n = (size_t)st.st_size;
	char *p = arena_take(mem, n + 1);
	if (!p)
		return err_note(ERR_NOMEM, "read %s", path);
	if (fread(p, 1, n, f) != n)
		return err_note(ERR_IO, "read %s", path);
	*ret = (struct str){ p, n };
	return 0;
}

int stream_read(struct arena *mem, FILE *f, struct str *ret)
{
	auto_buf all = { .max = FILE_MAX };
	char piece[4096];
	for (size_t n; (n = fread(piece, 1, sizeof piece, f)) > 0;)
		buf_put(&all, piece, n);
	if (all.failed || ferror(f))
		return err_note(all.failed ? all.failed : ERR_IO, "read standard input");
	*ret = arena_copy(mem, buf_view(&all));
	return ret->p ? 0 : err_note(ERR_NOMEM, "read standard input");
}

int file_replace(const char *path, struct str s)
{
	char beside[4096];
	if (snprintf(beside, sizeof beside, "%s.new", path) >= (int)sizeof beside)
		return err_note(ERR_LIMIT, "path too long");
	auto_file f = fopen(beside, "wb");
	if (!f || fwrite(s.p, 1, s.n, f) != s.n || fflush(f))
		return err_note(ERR_IO, "write %s", beside);
	if (rename(beside, path))
		return err_note(ERR_IO, "rename %s", beside);
	return 0;
}

/* "po/site.ar.po" is room "site", language ar. */
static bool name_of(struct catalogue *c)
{
	const char *slash = strrchr(c->file, '/');
	struct str lang = str_c(slash ? slash + 1 : c->file);
	if (!str_cut(&lang, '.', &c->room) || !str_ends(lang, ".po") || c->room.n == 0)
		return false;
	lang.n -= 3;
	int id = tongue_by_code(lang);
	c->lang = id < 0 ? LANG_EN : (enum lang_id)id;
	return id >= 0;
}

static int load_file(struct book *b, struct report *r, const char *path)
{
	struct catalogue c = { .file = arena_z(&b->mem, str_c(path)) };
	struct str text;
	if (!name_of(&c)) {
		report_add(r, ERROR, (struct place){ c.file, 1, STR("") },
			"a catalogue is called ROOM.LANG.po, LANG one of ar zh en fr ru es");
		return 0;
	}
	int st = file_read(&b->mem, path, &text);
	if (st < 0)
		return st;
	po_parse(&b->mem, r, text, &c);
	if (b->n == b->cap) {
		size_t cap = b->cap ? 2 * b->cap : 16;
		struct catalogue *more = arena_array(&b->mem, cap, sizeof *more);
		if (!more)
			return err_note(ERR_NOMEM, "catalogues");
		if (b->n)
			memcpy(more, b->cat, b->n * sizeof *more);
		b->cat = more;
		b->cap = cap;
	}
	b->cat[b->n++] = c;
	return 0;
}

static int is_po(const struct dirent *d)
{
	return d->d_name[0] != '.' && str_ends(str_c(d->d_name), ".po");
}

int book_load(struct book *b, struct report *r, const char *path)
{
	struct dirent **name = NULL;
	struct stat st;
	int done = 0;
	if (!b->mem.max)
		arena_init(&b->mem, BOOK_MAX);
	if (stat(path, &st))
		return err_note(ERR_IO, "no such file or folder: %s", path);
	if (!S_ISDIR(st.st_mode))
		return load_file(b, r, path);
	int n = scandir(path, &name, is_po, alphasort);
	if (n < 0)
		return err_note(ERR_IO, "read folder %s", path);
	for (int i = 0; i < n; i++) {
		struct str full = arena_f(&b->mem, "%s/%s", path, name[i]->d_name);
		if (done == 0)
			done = full.p ? load_file(b, r, full.p) : ERR_NOMEM;
		free(name[i]);
	}
	free(name);
	return done;
}

struct pair {
	const struct catalogue *c;
	const struct entry *e;
};

static int by_key(const void *a, const void *b)
{
	const struct pair *x = a, *y = b;
	int order = str_cmp(x->e->key, y->e->key);
	return order ? order : (x->c > y->c) - (x->c < y->c);
}

int book_rows(struct book *b, struct report *r)
{
	size_t n = 0, at = 0;
	for (size_t i = 0; i < b->n; i++)
		n += b->cat[i].n;
	struct pair *all = arena_array(&b->mem, n + 1, sizeof *all);
	b->row = arena_array(&b->mem, n + 1, sizeof *b->row);
	b->n_row = 0;
	if (!all || !b->row)
		return err_note(ERR_NOMEM, "messages");
	for (size_t i = 0; i < b->n; i++)
		for (size_t k = 0; k < b->cat[i].n; k++)
			all[at++] = (struct pair){ &b->cat[i], &b->cat[i].entry[k] };
	qsort(all, n, sizeof *all, by_key);
	for (size_t i = 0; i < n; i++) {
		struct row *row = b->n_row ? &b->row[b->n_row - 1] : NULL;
		const struct catalogue *c = all[i].c;
		if (!row || !str_eq(row->key, all[i].e->key)) {
			row = &b->row[b->n_row++];
			*row = (struct row){ .key = all[i].e->key };
		}
		if (row->entry[c->lang]) {
			const struct entry *first = row->entry[c->lang];
			report_add(r, ERROR, place_of(c, all[i].e), "1: stands already in %s:%d",
				row->in[c->lang]->file, first->line);
			continue;
		}
		row->in[c->lang] = c;
		row->entry[c->lang] = all[i].e;
	}
	return 0;
}

struct row *book_find(const struct book *b, struct str key)
{
	size_t low = 0, high = b->n_row;
	while (low < high) {
		size_t mid = low + (high - low) / 2;
		int order = str_cmp(b->row[mid].key, key);
		if (order == 0)
			return &b->row[mid];
		if (order < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return NULL;
}

void book_done(struct book *b)
{
	arena_done(&b->mem);
	*b = (struct book){ 0 };
}
