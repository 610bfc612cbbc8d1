#include "account/parcel.h"
#include "base/lane.h"
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { ENOUGH = 1 << 16, ROW_MAX = 1 << 20 };

struct parcels {
	struct lane *lane;
	const char *folder, *db;
	pthread_mutex_t lock;
	uint64_t client[PARCELS_OUT]; /* whose the files on their way are */
	size_t n_client;
};

/* One file; in the request's arena, which goes after the answer. */
struct making {
	struct lane_job job; /* first */
	struct parcel what;
	struct visit *v;
	struct parcels *all;
	struct parcel_out out;
	uint64_t client;
	int result;
};

/* ---- how many may be on their way ---- */

static int enter(struct parcels *p, uint64_t client)
{
	size_t mine = 0;
	pthread_mutex_lock(&p->lock);
	for (size_t i = 0; i < p->n_client; i++)
		mine += p->client[i] == client;
	bool has_room = p->n_client < PARCELS_OUT && mine < PARCELS_EACH;
	if (has_room)
		p->client[p->n_client++] = client;
	pthread_mutex_unlock(&p->lock);
	return has_room ? 0 : err_note(ERR_BUSY, "as many files are on their way as may");
}

static void leave(struct parcels *p, uint64_t client)
{
	size_t i = 0;
	pthread_mutex_lock(&p->lock);
	while (i < p->n_client && p->client[i] != client)
		i++;
	must(i < p->n_client);
	p->client[i] = p->client[--p->n_client];
	pthread_mutex_unlock(&p->lock);
}

/* Sent, or nobody is there to have it. */
static void let_go(void *held)
{
	struct making *m = held;
	parcel_scratch_done(&m->out);
	leave(m->all, m->client);
}

/* ---- the file ---- */

/* Not every file system knows files that never had a name. */
static int file_unlinked(const char *folder)
{
	char path[PATH_MAX];
	int n = snprintf(path, sizeof path, "%s/parcel-XXXXXX", folder);
	int fd = n > 0 && (size_t)n < sizeof path ? mkostemp(path, O_CLOEXEC) : -1;
	if (fd >= 0)
		unlink(path);
	return fd;
}

static int file_open(const char *folder)
{
	int fd = open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
	if (fd < 0 && (errno == EOPNOTSUPP || errno == EISDIR || errno == EINVAL))
		fd = file_unlinked(folder);
	return fd >= 0 ? fd : err_note(ERR_IO, "no file to take away: %s", strerror(errno));
}

const char *parcel_folder(const struct parcel_out *o)
{
	return o->all->folder;
}

int parcel_flush(struct parcel_out *o)
{
	size_t done = 0;
	if (o->b.failed)
		return err_note(o->b.failed, "a row of a file to take away");
	while (done < o->b.n) {
		ssize_t n = write(o->fd, o->b.p + done, o->b.n - done);
		if (n < 0 && errno != EINTR)
			return err_note(ERR_IO, "a file to take away: %s", strerror(errno));
		done += n > 0 ? (size_t)n : 0;
	}
	o->b.n = 0;
	return 0;
}

int parcel_row(struct parcel_out *o)
{
	if (!o->b.failed && o->b.n < ENOUGH)
		return 0;
	return lane_is_closing(o->all->lane) ? err_note(ERR_BUSY, "the house closes")
					     : parcel_flush(o);
}

static int out_open(const struct parcels *all, struct parcel_out *ret)
{
	*ret = (struct parcel_out){ .all = all, .fd = file_open(all->folder) };
	buf_init(&ret->b, ROW_MAX);
	return ret->fd < 0 ? ret->fd : 0;
}

int parcel_scratch(const struct parcel_out *o, struct parcel_out *ret)
{
	return out_open(o->all, ret);
}

void parcel_scratch_done(struct parcel_out *o)
{
	buf_done(&o->b);
	auto_close_fd(&o->fd);
}

/* ---- the thread ---- */

static int make_with(struct making *m, struct db *db)
{
	auto_tx tx = { 0 };
	int result = db_tx_begin(db, &tx);
	m->v->db = db;
	if (result == 0)
		result = m->what.make(m->v, &m->out, m->what.of);
	m->v->db = NULL;
	return result;
}

static int make(struct making *m)
{
	struct db *db = NULL;
	if (lane_is_closing(m->all->lane))
		return err_note(ERR_BUSY, "the house closes");
	int result = out_open(m->all, &m->out);
	if (result == 0)
		result = db_open(m->all->db, DB_READ, &db);
	if (result == 0)
		result = make_with(m, db);
	db_close(db);
	return result < 0 ? result : parcel_flush(&m->out);
}

static void work(struct lane_job *job)
{
	struct making *m = (struct making *)job;
	m->result = make(m);
	buf_done(&m->out.b);
	visit_resume(m->v);
}

int parcels_open(const char *folder, const char *db, struct parcels **ret)
{
	struct parcels *p = calloc(1, sizeof *p);
	if (!p)
		return err_note(ERR_NOMEM, "parcels");
	p->folder = folder;
	p->db = db;
	pthread_mutex_init(&p->lock, NULL);
	int result = lane_open(PARCELS_WAIT, true, &p->lane);
	if (result < 0)
		parcels_close(p);
	else
		*ret = p;
	return result;
}

void parcels_stop(struct parcels *p)
{
	if (!p)
		return;
	lane_close(p->lane);
	p->lane = NULL;
}

void parcels_close(struct parcels *p)
{
	if (!p)
		return;
	parcels_stop(p);
	pthread_mutex_destroy(&p->lock);
	free(p);
}

/* ---- the visit's ends ---- */

int parcel_park(struct visit *v, const struct parcel *what)
{
	struct parcels *p = v->house->parcels;
	struct making *m = arena_take(v->mem, sizeof *m);
	if (!m)
		return ERR_NOMEM;
	*m = (struct making){ .job = { .work = work },
		.what = *what,
		.v = v,
		.all = p,
		.out = { .fd = -1 },
		.client = v->req->client };
	v->parked = m;
	int result = enter(p, m->client);
	if (result < 0)
		return result;
	result = lane_put(p->lane, &m->job);
	if (result == 0)
		return VISIT_PARKED;
	leave(p, m->client);
	return result;
}

int parcel_act(struct visit *v)
{
	struct making *m = v->parked;
	struct stat at;
	int result = m->result;
	if (result >= 0 && fstat(m->out.fd, &at) < 0)
		result = err_note(ERR_IO, "a file to take away: %s", strerror(errno));
	if (result >= 0)
		result = visit_file(v, m->what.type, m->out.fd, at.st_size, m->what.name);
	if (result < 0) {
		let_go(m);
		return result;
	}
	v->res->release = let_go;
	v->res->held = m;
	return 0;
}
