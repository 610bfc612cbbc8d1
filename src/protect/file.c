#include "protect/file.h"
#include "base/clock.h"
#include "base/lane.h"
#include "protect/file.sql.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
	DAY = 86400,
	WAITING_MAX = 64,   /* requests whose files are being settled */
	UNDER_WAY_MAX = 96, /* uploads */
	PICTURES_MAX = 12,  /* of them, in memory */
	NAME_MAX_BYTES = VAULT_NAME_MAX,
};

struct files {
	int dir;
	struct lane *lane;
	struct http_sink sink;
	atomic_int under_way, pictures;
};

struct upload {
	struct files *files; /* NULL: it goes nowhere */
	struct file_sealed made;
	struct secret key;
	struct stream stream;
	int fd;
	uint64_t size, sealed; /* of the file; of what was sealed of it */
	size_t n;
	struct file_kind kind;
	struct buf picture; /* one that must be made anew first */
	enum file_fault fault;
	bool is_known, has_blob, is_kept, is_sealed, counts_picture;
	uint64_t zip_end; /* behind the last end of a ZIP that was seen; 0: none */
	size_t n_name;
	char name[NAME_MAX_BYTES];
	char last[3]; /* bytes before this piece */
	uint8_t plain[STREAM_PIECE];
	uint8_t out[STREAM_SEALED];
};

void file_sealed_wipe(struct file_sealed *f)
{
	wipe(f, sizeof *f);
}

static void name_of(const struct vault_id *id, char ret[FILE_ID_CHARS + 1])
{
	base64_url(id->b, sizeof id->b, ret, FILE_ID_CHARS + 1);
}

/* ---- sealing ---- */

static void fail(struct upload *u, enum file_fault fault)
{
	if (!u->fault)
		u->fault = fault;
}

static void write_all(struct upload *u, const void *p, size_t n)
{
	const char *at = p;
	while (n && !u->fault) {
		ssize_t done = write(u->fd, at, n);
		if (done < 0 && errno == EINTR)
			continue;
		if (done <= 0) {
			fail(u, FILE_FAILED);
			return;
		}
		at += done;
		n -= (size_t)done;
	}
}

static void begin_blob(struct upload *u)
{
	char name[FILE_ID_CHARS + 1];
	uint8_t head[STREAM_HEAD];
	u->made.id = vault_id_make();
	name_of(&u->made.id, name);
	random_bytes(u->key.b, sizeof u->key.b);
	u->fd = openat(
		u->files->dir, name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (u->fd < 0) {
		fail(u, FILE_FAILED);
		return;
	}
	u->has_blob = true;
	stream_seal_start(&u->key, head, &u->stream);
	write_all(u, head, sizeof head);
}

static void seal_room(struct upload *u, bool is_last)
{
	struct str id = { (const char *)u->made.id.b, sizeof u->made.id.b };
	stream_seal(&u->stream, id, (struct str){ (const char *)u->plain, u->n }, is_last, u->out);
	write_all(u, u->out, u->n + STREAM_EXTRA);
	u->sealed += u->n;
	u->n = 0;
}

/* Full rooms are sealed when more comes: the last one must be known as the last. */
static void put(struct upload *u, struct str s)
{
	while (s.n && !u->fault) {
		if (u->n == sizeof u->plain)
			seal_room(u, false);
		size_t n = sizeof u->plain - u->n < s.n ? sizeof u->plain - u->n : s.n;
		memcpy(u->plain + u->n, s.p, n);
		u->n += n;
		s = str_from(s, n);
	}
}

/* Zeros up to the size that says little; then the card. */
static void end_blob(struct upload *u)
{
	uint64_t all = stream_room(u->size), left = all - u->sealed - u->n;
	struct vault_card card = { .key = u->key,
		.size = u->size,
		.type = str_c(u->kind.type),
		.name = { u->name, u->n_name } };
	while (left && !u->fault) {
		if (u->n == sizeof u->plain)
			seal_room(u, false);
		size_t n = sizeof u->plain - u->n < left ? sizeof u->plain - u->n : (size_t)left;
		memset(u->plain + u->n, 0, n);
		u->n += n;
		left -= n;
	}
	if (!u->fault)
		seal_room(u, true);
	vault_card_write(&card, u->made.card);
	vault_card_wipe(&card);
	u->is_sealed = !u->fault;
}

/* ---- as it comes ---- */

/* What it is can be said once enough of it is there, or all. */
static void look(struct upload *u)
{
	u->is_known = true;
	u->kind = file_kind((struct str){ (const char *)u->plain, u->n });
	fail(u, u->kind.fault);
	if (u->fault || !u->kind.picture)
		return;
	u->counts_picture = atomic_fetch_add(&u->files->pictures, 1) < PICTURES_MAX;
	if (!u->counts_picture) {
		atomic_fetch_sub(&u->files->pictures, 1);
		fail(u, FILE_FAILED);
	}
	buf_init(&u->picture, PICTURE_BYTES);
	buf_put(&u->picture, u->plain, u->n);
	wipe(u->plain, u->n);
	u->n = 0;
}

/* Also where it lies across two pieces. */
static void note_zip_end(struct upload *u, struct str s)
{
	char seam[6];
	size_t n = s.n < 3 ? s.n : 3;
	memcpy(seam, u->last, 3);
	memcpy(seam + 3, s.p, n);
	size_t at = file_zip_end((struct str){ seam, 3 + n });
	if (at < 3 + n)
		u->zip_end = u->size + at + 1;
	at = file_zip_end(s);
	if (at < s.n)
		u->zip_end = u->size + at + 4;
	memmove(u->last, u->last + n, 3 - n);
	memcpy(u->last + 3 - n, s.p + s.n - n, n);
}

static void *sink_begin(void *ctx, const struct http_pair *part)
{
	struct str filename = part->filename;
	struct files *f = ctx;
	struct upload *u = calloc(1, sizeof *u);
	if (!u)
		return NULL;
	u->files = f;
	u->fd = -1;
	u->n_name = filename.n < sizeof u->name ? filename.n : 0;
	memcpy(u->name, filename.p, u->n_name);
	if (atomic_fetch_add(&f->under_way, 1) >= UNDER_WAY_MAX)
		fail(u, FILE_FAILED);
	else
		begin_blob(u);
	return u;
}

void *upload_shut(void)
{
	struct upload *u = calloc(1, sizeof *u);
	if (u)
		*u = (struct upload){ .fd = -1, .fault = FILE_FAILED };
	return u;
}

static void sink_piece(void *held, struct str s)
{
	struct upload *u = held;
	note_zip_end(u, s);
	u->size += s.n;
	if (u->size > (u->kind.picture ? (uint64_t)PICTURE_BYTES : FILE_MAX))
		fail(u, FILE_LARGE);
	if (u->fault)
		return;
	if (u->kind.picture) {
		buf_str(&u->picture, s);
		return;
	}
	size_t room = sizeof u->plain - u->n;
	struct str now = { s.p, s.n < room ? s.n : room };
	if (!u->is_known) {
		put(u, now);
		s = str_from(s, now.n);
		if (u->n < sizeof u->plain)
			return;
		look(u);
	}
	if (u->kind.picture)
		buf_str(&u->picture, s);
	else
		put(u, s);
}

static void sink_end(void *held)
{
	struct upload *u = held;
	if (!u->size)
		fail(u, FILE_EMPTY);
	if (!u->fault && !u->is_known)
		look(u);
	bool has_zip_end = u->zip_end && u->size - u->zip_end < FILE_TAIL;
	if (has_zip_end && !u->kind.is_zip)
		fail(u, FILE_TWO_KINDS);
	if (u->picture.failed)
		fail(u, FILE_LARGE);
	if (!u->fault && !u->kind.picture)
		end_blob(u);
}

static void sink_drop(void *held)
{
	struct upload *u = held;
	char name[FILE_ID_CHARS + 1];
	if (u->fd >= 0)
		close(u->fd);
	name_of(&u->made.id, name);
	if (u->has_blob && !u->is_kept)
		unlinkat(u->files->dir, name, 0);
	if (u->files)
		atomic_fetch_sub(&u->files->under_way, 1);
	if (u->counts_picture)
		atomic_fetch_sub(&u->files->pictures, 1);
	if (u->picture.p)
		explicit_bzero(u->picture.p, u->picture.n);
	buf_done(&u->picture);
	explicit_bzero(u, sizeof *u);
	free(u);
}

/* ---- what must wait ---- */

static void clean(struct upload *u)
{
	auto_buf out;
	buf_init(&out, 2 * PICTURE_BYTES + 8 * (size_t)PICTURE_DOTS);
	int result = picture_clean(u->files->lane, buf_view(&u->picture), &out);
	if (result < 0)
		err_forget();
	if (result < 0)
		fail(u,
			result == ERR_INPUT           ? FILE_BROKEN
				: result == ERR_LIMIT ? FILE_HUGE
						      : FILE_FAILED);
	if (!u->fault) {
		u->size = out.n;
		put(u, buf_view(&out));
		end_blob(u);
	}
	if (out.p)
		explicit_bzero(out.p, out.n);
}

/* On the disk, and of no time but its day. */
static void settle(struct upload *u)
{
	const time_t day = (time_t)(clock_now() / DAY * DAY);
	const struct timespec times[2] = { { .tv_sec = day }, { .tv_sec = day } };
	if (!u->fault && u->kind.picture)
		clean(u);
	if (!u->fault && (futimens(u->fd, times) != 0 || fsync(u->fd) != 0))
		fail(u, FILE_FAILED);
}

struct settling {
	struct lane_job lane; /* first */
	struct visit *v;
	struct upload *all[UPLOADS_MAX];
	size_t n;
};

static void work(struct lane_job *job)
{
	struct settling *s = (struct settling *)job;
	for (size_t i = 0; i < s->n; i++)
		settle(s->all[i]);
	if (s->n && fsync(s->all[0]->files->dir) != 0)
		fail(s->all[0], FILE_FAILED);
	visit_resume(s->v);
}

int upload_settle(struct visit *v, struct upload *const all[], size_t n)
{
	struct settling *s = arena_take(v->mem, sizeof *s);
	if (!s)
		return ERR_NOMEM;
	*s = (struct settling){ .lane.work = work, .v = v, .n = n };
	memcpy(s->all, all, n * sizeof *all);
	int result = lane_put(v->house->files->lane, &s->lane);
	return result < 0 ? result : VISIT_PARKED;
}

size_t upload_all(const struct visit *v, const char *name, struct upload *ret[UPLOADS_MAX])
{
	size_t n = 0;
	for (size_t i = 0; i < v->req->n_field; i++)
		if (v->req->field[i].held && str_is(v->req->field[i].name, name) && n < UPLOADS_MAX)
			ret[n++] = v->req->field[i].held;
	return n;
}

enum file_fault upload_fault(const struct upload *u)
{
	return u->fault;
}

struct str upload_name(const struct upload *u)
{
	return (struct str){ u->name, u->n_name };
}

const struct file_sealed *upload_sealed(struct upload *u)
{
	if (u->fault || !u->is_sealed)
		return NULL;
	u->is_kept = true;
	return &u->made;
}

/* ---- the folder ---- */

int files_open(const char *folder, struct files **ret)
{
	struct files *f = calloc(1, sizeof *f);
	char path[4096];
	if (!f)
		return ERR_NOMEM;
	f->dir = -1;
	f->sink = (struct http_sink){ .ctx = f,
		.files_max = UPLOADS_MAX,
		.begin = sink_begin,
		.piece = sink_piece,
		.end = sink_end,
		.drop = sink_drop };
	int n = snprintf(path, sizeof path, "%s/" FILE_FOLDER, folder);
	int result = 0;
	if (n < 0 || n >= (int)sizeof path || (mkdir(path, 0700) != 0 && errno != EEXIST) ||
		(f->dir = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)) < 0)
		result = err_note(ERR_IO, "the folder of files: %s", strerror(errno));
	if (result == 0)
		result = lane_open(WAITING_MAX, false, &f->lane);
	if (result < 0)
		files_close(f);
	else
		*ret = f;
	return result;
}

void files_stop(struct files *f)
{
	if (f)
		lane_close(f->lane);
	if (f)
		f->lane = NULL;
}

void files_close(struct files *f)
{
	if (!f)
		return;
	files_stop(f);
	auto_close_fd(&f->dir);
	free(f);
}

const struct http_sink *files_sink(const struct files *f)
{
	return &f->sink;
}

int files_read(const struct files *f, const struct vault_id *id, uint8_t ret_head[STREAM_HEAD])
{
	char name[FILE_ID_CHARS + 1];
	name_of(id, name);
	int fd = openat(f->dir, name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	if (fd < 0)
		return err_note(ERR_MISSING, "the body of a file");
	if (read(fd, ret_head, STREAM_HEAD) != STREAM_HEAD) {
		close(fd);
		return err_note(ERR_IO, "the head of a file");
	}
	return fd;
}

static int is_stray(struct db *db, struct arena *mem, const char *name)
{
	struct vault_id id = { 0 };
	struct file_is_known_row row;
	if (strlen(name) != FILE_ID_CHARS || !base64_url_bytes(str_c(name), id.b, sizeof id.b))
		return 0; /* none of ours */
	int result = file_is_known(db, mem, (struct str){ (const char *)id.b, sizeof id.b }, &row);
	return result < 0 ? result : result == 0;
}

int files_sweep(const struct files *f, struct db *db, int64_t today)
{
	struct stat st;
	int n = 0, result = file_expire(db, today);
	int fd = openat(f->dir, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *dir = fd >= 0 ? fdopendir(fd) : NULL;
	if (!dir)
		return err_note(ERR_IO, "look through the folder of files");
	/* Nobody else reads this stream. */
	/* cppcheck-suppress readdirCalled */
	for (struct dirent *e; result >= 0 && (e = readdir(dir));) {
		auto_arena mem;
		arena_init(&mem, 4096);
		if (fstatat(f->dir, e->d_name, &st, AT_SYMLINK_NOFOLLOW) != 0 ||
			st.st_mtim.tv_sec >= today * DAY)
			continue;
		result = is_stray(db, &mem, e->d_name);
		if (result > 0 && unlinkat(f->dir, e->d_name, 0) == 0)
			n++;
	}
	closedir(dir);
	return result < 0 ? result : n;
}
