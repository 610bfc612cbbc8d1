#include "base/lane.h"
#include "base/utf8.h"
#include "crypto/crypto.h"
#include "po/messages.h"
#include "record/blob_inner.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

enum {
	WAITING_MAX = 64,     /* requests whose files are being settled */
	UNDER_WAY_MAX = 96,   /* uploads */
	LOOK_EVERY = 1 << 20, /* bytes, after which the room on the disk is looked at again */
	ROOM_LEFT = 64 << 20, /* bytes of the disk that files leave for the database */
};

static void fail(struct blob *b, enum file_fault fault)
{
	if (!b->fault)
		b->fault = fault;
}

/* ---- as it comes ---- */

/* Files leave room for the database: a full disk stops them first. */
static bool has_room(const struct blob *b)
{
	struct statvfs disk;
	return fstatvfs(b->blobs->dir, &disk) == 0 &&
		disk.f_bavail > (uint64_t)(ROOM_LEFT) / disk.f_frsize;
}

static void begin_file(struct blob *b)
{
	uint8_t noise[8];
	char digits[2 * sizeof noise + 1];
	random_bytes(noise, sizeof noise);
	hex_text(noise, sizeof noise, digits);
	snprintf(b->temp, sizeof b->temp, "new-%s", digits);
	if (has_room(b))
		b->fd = openat(b->blobs->dir, b->temp,
			O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
	b->has_file = b->fd >= 0;
	if (!b->has_file)
		fail(b, FILE_FAILED);
}

/* ${ret_has_room}: not too many are under way. */
static struct blob *begin_nowhere(struct blobs *blobs, struct str name, bool *ret_has_room)
{
	struct blob *b = calloc(1, sizeof *b);
	struct str fits = utf8_head(name, BLOB_NAME_MAX);
	if (!b)
		return NULL;
	b->blobs = blobs;
	b->fd = -1;
	b->n_name = fits.n;
	memcpy(b->name, fits.p, fits.n);
	*ret_has_room = atomic_fetch_add(&blobs->under_way, 1) < UNDER_WAY_MAX;
	return b;
}

static struct blob *begin(struct blobs *blobs, struct str name)
{
	bool has_room = false;
	struct blob *b = begin_nowhere(blobs, name, &has_room);
	if (b && has_room)
		begin_file(b);
	else if (b)
		fail(b, FILE_FAILED);
	return b;
}

void *blob_shut(struct blobs *blobs, const struct http_pair *part)
{
	bool has_room = false;
	struct blob *b = begin_nowhere(blobs, part->filename, &has_room);
	if (b)
		fail(b, FILE_FAILED);
	return b;
}

static void *sink_begin(void *ctx, const struct http_pair *part)
{
	return begin(ctx, part->filename);
}

static void sink_piece(void *held, struct str s)
{
	struct blob *b = held;
	b->size += (int64_t)s.n;
	if (b->size > BLOB_MAX)
		fail(b, FILE_LARGE);
	if (b->size - b->looked_at > LOOK_EVERY) {
		b->looked_at = b->size;
		if (!has_room(b))
			fail(b, FILE_FAILED);
	}
	while (s.n && !b->fault) {
		ssize_t n = write(b->fd, s.p, s.n);
		if (n <= 0 && errno != EINTR)
			fail(b, FILE_FAILED);
		s = str_from(s, n > 0 ? (size_t)n : 0);
	}
}

static void sink_end(void *held)
{
	struct blob *b = held;
	if (!b->size)
		fail(b, FILE_EMPTY);
}

static void sink_drop(void *held)
{
	blob_drop(held);
}

void blob_drop(struct blob *b)
{
	if (!b)
		return;
	auto_close_fd(&b->fd);
	if (b->has_file && !b->is_settled)
		unlinkat(b->blobs->dir, b->temp, 0);
	atomic_fetch_sub(&b->blobs->under_way, 1);
	free(b);
}

/* ---- what must wait ---- */

struct settling {
	struct lane_job lane; /* first */
	struct visit *v;
	const struct blob_sent *all;
	size_t n;
	bool is_whole; /* all or none */
};

static void work(struct lane_job *job)
{
	struct settling *s = (struct settling *)job;
	bool has_fault = false;
	for (size_t i = 0; i < s->n; i++) {
		blob_look(s->all[i].blob);
		has_fault |= blob_fault(s->all[i].blob, s->all[i].media) != 0;
	}
	for (size_t i = 0; i < s->n && !(s->is_whole && has_fault); i++)
		blob_keep(s->all[i].blob);
	visit_resume(s->v);
}

static int settle(struct visit *v, const struct blob_sent all[], size_t n, bool is_whole)
{
	struct settling *s = arena_take(v->mem, sizeof *s);
	struct blob_sent *kept = arena_array(v->mem, n + 1, sizeof *kept);
	if (!s || !kept)
		return ERR_NOMEM;
	memcpy(kept, all, n * sizeof *all);
	*s = (struct settling){
		.lane.work = work, .v = v, .all = kept, .n = n, .is_whole = is_whole
	};
	int result = lane_put(v->house->blobs->lane, &s->lane);
	return result < 0 ? result : VISIT_PARKED;
}

int blob_settle(struct visit *v, const struct blob_sent all[], size_t n)
{
	return settle(v, all, n, false);
}

int blob_settle_all(struct visit *v, const struct blob_sent all[], size_t n)
{
	return settle(v, all, n, true);
}

size_t blob_all(const struct visit *v, struct blob_sent ret[HTTP_FILES_MAX])
{
	size_t n = 0;
	for (size_t i = 0; i < v->req->n_field && n < HTTP_FILES_MAX; i++)
		if (v->req->field[i].held)
			ret[n++] = (struct blob_sent){ .name = v->req->field[i].name,
				.filename = v->req->field[i].filename,
				.blob = v->req->field[i].held };
	return n;
}

int blob_make(struct blobs *blobs, struct str name, struct str bytes, struct blob **ret)
{
	struct blob *b = begin(blobs, name);
	if (!b)
		return err_note(ERR_NOMEM, "room for a file");
	sink_piece(b, bytes);
	sink_end(b);
	blob_look(b);
	blob_keep(b);
	*ret = b;
	return 0;
}

/* ---- what is wrong with it ---- */

static bool is_of(const struct blob *b, enum def_media media)
{
	struct str type = str_c(b->kind.type ? b->kind.type : "");
	switch (media) {
	case DEF_IMAGE: return b->kind.picture != PICTURE_NONE;
	case DEF_AUDIO:
		return str_starts(type, "audio/") || str_is(type, "video/mp4") ||
			str_is(type, "video/webm");
	case DEF_VIDEO: return str_starts(type, "video/") || str_is(type, "audio/ogg");
	case DEF_ANY_FILE: break;
	}
	return true;
}

int blob_fault(const struct blob *b, enum def_media media)
{
	static const int other[] = { [DEF_IMAGE] = MSG_record_file_image,
		[DEF_AUDIO] = MSG_record_file_audio,
		[DEF_VIDEO] = MSG_record_file_video };
	if (b->fault == FILE_LARGE)
		return MSG_record_file_large;
	if (b->fault)
		return file_fault_message(b->fault);
	return is_of(b, media) ? 0 : other[media];
}

/* ---- the folder ---- */

int blobs_open(const char *folder, struct blobs **ret)
{
	struct blobs *b = calloc(1, sizeof *b);
	char path[4096];
	if (!b)
		return ERR_NOMEM;
	b->dir = -1;
	b->sink = (struct http_sink){ .ctx = b,
		.files_max = DEF_PAGE_FILES_MAX,
		.begin = sink_begin,
		.piece = sink_piece,
		.end = sink_end,
		.drop = sink_drop };
	int n = snprintf(path, sizeof path, "%s/" BLOB_FOLDER, folder);
	int result = 0;
	if (n < 0 || n >= (int)sizeof path || (mkdir(path, 0700) != 0 && errno != EEXIST) ||
		(b->dir = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)) < 0)
		result = err_note(ERR_IO, "the folder of records' files: %s", strerror(errno));
	if (result == 0)
		result = lane_open(WAITING_MAX, false, &b->lane);
	if (result < 0)
		blobs_close(b);
	else
		*ret = b;
	return result;
}

void blobs_stop(struct blobs *b)
{
	if (b)
		lane_close(b->lane);
	if (b)
		b->lane = NULL;
}

void blobs_close(struct blobs *b)
{
	if (!b)
		return;
	blobs_stop(b);
	auto_close_fd(&b->dir);
	free(b);
}

const struct http_sink *blobs_sink(const struct blobs *b)
{
	return &b->sink;
}

int blobs_read(const struct blobs *b, struct str hash, int64_t *ret_n)
{
	char name[BLOB_HASH_CHARS + 1];
	struct stat st;
	snprintf(name, sizeof name, "%.*s", STR_ARG(hash));
	int fd = openat(b->dir, name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	if (fd < 0)
		return err_note(ERR_MISSING, "the body of a file");
	if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode)) {
		close(fd);
		return err_note(ERR_IO, "the body of a file");
	}
	*ret_n = st.st_size;
	return fd;
}
