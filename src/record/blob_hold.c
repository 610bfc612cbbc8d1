/* Which answers name which files, who holds them, and what goes when nobody does. */
#include "base/file.h"
#include "base/utf8.h"
#include "crypto/crypto.h"
#include "record/blob.sql.h"
#include "record/blob_inner.h"
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { DAY = 86400, SOME = 200, MEM = 1 << 20 };

/* ---- what an answer says ---- */

static bool is_hash(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!strchr("0123456789abcdef", s.p[i]))
			return false;
	return s.n == BLOB_HASH_CHARS;
}

bool blob_card(struct str answer, struct blob_card *ret)
{
	struct blob_card c = { 0 };
	struct str rest = answer, size;
	if (!str_cut(&rest, ' ', &c.hash) || !str_cut(&rest, ' ', &size) ||
		!str_cut(&rest, ' ', &c.type))
		return false;
	c.name = rest;
	for (size_t i = 0; i < rest.n; i++)
		if ((unsigned char)rest.p[i] < ' ' || rest.p[i] == 0x7f)
			return false;
	if (!is_hash(c.hash) || !str_i64(size, &c.size) || c.size <= 0 || c.size > BLOB_MAX ||
		str_find(c.type, '/') == c.type.n || !rest.n || rest.n > BLOB_NAME_MAX ||
		!utf8_ok(rest))
		return false;
	*ret = c;
	return true;
}

bool blob_looks(const struct blob_card *card)
{
	return str_starts(card->type, "image/") || str_is(card->type, "text/plain");
}

bool blob_of(const struct answers *a, int field, size_t row, struct blob_card *ret)
{
	return a->def->field[field].kind == DEF_FILE && blob_card(answers_get(a, field, row), ret);
}

struct str blob_path(
	struct arena *mem, const struct def *def, struct str uid, int field, size_t row)
{
	return arena_f(
		mem, "/file/%.*s/%.*s/%zu", STR_ARG(uid), STR_ARG(def->field[field].name), row + 1);
}

/* ---- holding ---- */

int blob_hold(
	struct db *db, struct arena *mem, const struct blob *b, struct str uid, struct str *ret)
{
	struct blob_count_beside_row row = { 0 };
	struct stat st;
	if (b->fault || !b->is_settled)
		return err_note(ERR_INPUT, "a file with a fault");
	int result = blob_count_beside(db, mem, uid, str_c(b->hash), &row);
	if (result < 0)
		return result;
	if (row.n >= BLOBS_HELD_MAX)
		return err_note(ERR_LIMIT, "more than %d files", BLOBS_HELD_MAX);
	/* The sweep runs in the writer, too: what is there now stays. */
	if (fstatat(b->blobs->dir, b->hash, &st, AT_SYMLINK_NOFOLLOW) != 0)
		return err_note(ERR_CONFLICT, "a file that was swept meanwhile");
	result = blob_add(db, uid, str_c(b->hash), b->size);
	if (result < 0)
		return result;
	*ret = arena_f(mem, "%s %lld %s %.*s", b->hash, (long long)b->size, b->kind.type,
		(int)b->n_name, b->name);
	return ret->p ? 0 : ERR_NOMEM;
}

/* ---- exactly what is named ---- */

struct named {
	struct blob_card card[BLOBS_HELD_MAX];
	size_t n;
};

static int name_all(const struct answers *a, struct named *to)
{
	for (int i = 0; i < (int)a->def->n_field; i++) {
		const struct def_field *f = &a->def->field[i];
		size_t rows = f->repeat >= 0 ? a->rows[f->repeat] : 1;
		for (size_t row = 0; f->kind == DEF_FILE && row < rows; row++) {
			if (!answers_get(a, i, row).n)
				continue;
			if (to->n == BLOBS_HELD_MAX)
				return err_note(ERR_LIMIT, "more than %d files", BLOBS_HELD_MAX);
			if (!blob_of(a, i, row, &to->card[to->n++]))
				return err_note(ERR_INPUT, "%.*s names no file", STR_ARG(f->name));
		}
	}
	return 0;
}

static bool is_named(const struct named *all, struct str hash)
{
	for (size_t i = 0; i < all->n; i++)
		if (str_eq(all->card[i].hash, hash))
			return true;
	return false;
}

static bool has_files(const struct def *def)
{
	for (size_t i = 0; i < def->n_field; i++)
		if (def->field[i].kind == DEF_FILE)
			return true;
	return false;
}

static int hold_exactly(
	struct db *db, struct arena *mem, struct str uid, const struct answers *a, bool is_believed)
{
	struct named all = { .n = 0 };
	struct blob_held_row *held = NULL;
	size_t n = 0;
	if (!has_files(a->def))
		return 0;
	int result = name_all(a, &all);
	for (size_t i = 0; i < all.n && result >= 0; i++) {
		struct blob_is_held_row row = { 0 };
		result = is_believed ? 1 : blob_is_held(db, mem, all.card[i].hash, &row);
		if (result == 0)
			return err_note(ERR_INPUT, "a file that nobody holds");
		if (result > 0)
			result = blob_add(db, uid, all.card[i].hash, all.card[i].size);
	}
	if (result >= 0)
		result = blob_held(db, mem, uid, &held, &n);
	for (size_t i = 0; i < n && result >= 0; i++)
		if (!is_named(&all, held[i].hash))
			result = blob_let_go(db, uid, held[i].hash);
	return result < 0 ? result : 0;
}

int blob_sync(struct db *db, struct arena *mem, struct str uid, const struct answers *a)
{
	return hold_exactly(db, mem, uid, a, false);
}

int blob_again(struct db *db, struct arena *mem, struct str uid, const struct answers *a)
{
	return hold_exactly(db, mem, uid, a, true);
}

int blob_await(struct db *db, struct str uid, int64_t until)
{
	int result = blob_until(db, uid, until);
	return result < 0 ? result : 0;
}

/* ---- what nobody holds ---- */

/* Ours are named by a hash, or begin with "new-" while they come. */
static int is_stray(struct db *db, struct arena *mem, const char *name)
{
	struct blob_is_held_row row = { 0 };
	struct str s = str_c(name);
	if (str_starts(s, "new-"))
		return 1;
	if (!is_hash(s))
		return 0;
	int result = blob_is_held(db, mem, s, &row);
	return result < 0 ? result : result == 0;
}

int blobs_sweep(const struct blobs *b, struct db *db, int64_t today)
{
	struct stat st;
	int n = 0, result = blob_let_go_strays(db, today * DAY);
	int fd = openat(b->dir, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *dir = fd >= 0 ? fdopendir(fd) : NULL;
	if (!dir)
		return err_note(ERR_IO, "look through the folder of records' files");
	/* Nobody else reads this stream. */
	/* cppcheck-suppress readdirCalled */
	for (struct dirent *e; result >= 0 && (e = readdir(dir));) {
		auto_arena mem;
		arena_init(&mem, 4096);
		if (fstatat(b->dir, e->d_name, &st, AT_SYMLINK_NOFOLLOW) != 0 ||
			st.st_mtim.tv_sec >= today * DAY)
			continue;
		result = is_stray(db, &mem, e->d_name);
		if (result > 0 && unlinkat(b->dir, e->d_name, 0) == 0)
			n++;
	}
	closedir(dir);
	return result < 0 ? result : n;
}

/* ---- are they what they were? ---- */

static bool is_whole(const char *folder, const struct blob_from_row *row)
{
	char path[4096], text[BLOB_HASH_CHARS + 1];
	uint8_t hash[HASH_BYTES];
	struct str bytes = { 0 };
	int n = snprintf(path, sizeof path, "%s/" BLOB_FOLDER "/%.*s", folder, STR_ARG(row->hash));
	if (n < 0 || n >= (int)sizeof path || file_map(path, &bytes) < 0) {
		err_forget();
		return false;
	}
	hash_open(bytes, hash);
	hex_text(hash, sizeof hash, text);
	bool is_same = (int64_t)bytes.n == row->size && str_is(row->hash, text);
	file_unmap(bytes);
	return is_same;
}

int blobs_check(const char *folder, struct db *db, int64_t *ret_n, int64_t *ret_bad)
{
	char after[BLOB_HASH_CHARS + 1] = "";
	size_t n = SOME;
	*ret_n = *ret_bad = 0;
	while (n == SOME) {
		auto_arena mem;
		struct blob_from_row *row = NULL;
		n = 0;
		arena_init(&mem, MEM);
		int result = blob_from(db, &mem, str_c(after), &row, &n);
		if (result < 0)
			return result;
		for (size_t i = 0; i < n; i++) {
			(*ret_n)++;
			*ret_bad += !is_whole(folder, &row[i]);
			snprintf(after, sizeof after, "%.*s", STR_ARG(row[i].hash));
		}
	}
	return 0;
}
