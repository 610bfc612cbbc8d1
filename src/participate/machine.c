#include "participate/machine.h"
#include "base/clock.h"
#include "base/log.h"
#include "participate/item.h"
#include "participate/machine.sql.h"
#include "participate/machine_ask.h"
#include <pthread.h>
#include <stdlib.h>

#define SECOND 1000000000LL
static const int64_t rest = 2 * SECOND, pause_first = 5 * SECOND, pause_most = 900 * SECOND,
		     forget_after = 86400 * SECOND;
enum { TEXTS_AT_ONCE = 16, REFUSED_MAX = 4096, TEXT_MEM = 1 << 20 };

/* What the machine would not translate. */
struct refused {
	int64_t item, version;
	enum lang_id lang;
};

struct machine {
	pthread_mutex_t lock;
	pthread_cond_t wake;
	pthread_t thread;
	bool is_running;
	atomic_bool is_closing;
	const char *url;
	const struct machine_address *address;
	struct house *house;
	struct writer *writer;
	/* The thread's own: */
	struct db *db;
	struct machine_line *line;
	struct refused refused[REFUSED_MAX];
	size_t n_refused;
	int64_t forgot_at, pause;
	uint64_t seen; /* version of the house when everything was translated */
	bool has_seen;
};

bool machine_ok(const char *url)
{
	return str_starts(str_c(url), "https://") || str_starts(str_c(url), "http://");
}

/* ---- what is kept ---- */

struct kept {
	struct machine *m;
	struct machine_missing_row from;
	const struct lang *to;
	struct str title, body;
	bool is_kept;
};

/* On the writer's thread. */
static int keep(struct db *db, void *arg)
{
	struct kept *k = arg;
	struct machine_still_row row;
	auto_arena mem;
	arena_init(&mem, TEXT_MEM);
	struct visit v = { .mem = &mem, .db = db, .house = k->m->house, .now = clock_now() };
	int found = machine_still(db, &mem, k->from.id, k->to->code, k->from.version, &row);
	k->is_kept = found > 0;
	return found <= 0
		? found
		: item_set_text(&v, k->from.id, k->to->code, TEXT_MACHINE, k->title, k->body);
}

/* ---- one text after the other ---- */

static bool is_refused(
	const struct machine *m, const struct machine_missing_row *r, enum lang_id to)
{
	for (size_t i = 0; i < m->n_refused; i++)
		if (m->refused[i].item == r->id && m->refused[i].version == r->version &&
			m->refused[i].lang == to)
			return true;
	return false;
}

static void note_refused(struct machine *m, const struct machine_missing_row *r, enum lang_id to)
{
	if (m->n_refused < REFUSED_MAX)
		m->refused[m->n_refused++] = (struct refused){ r->id, r->version, to };
}

/* Asking again would bring the same. */
static bool is_for_good(int result)
{
	return result == ERR_INPUT || result == ERR_LIMIT || result == ERR_DENIED;
}

/* What cannot be translated is passed by. ERR_CONFLICT: the program closes. */
static int translate(struct machine *m, const struct machine_missing_row *r, const struct lang *to)
{
	auto_arena mem = { 0 };
	if (atomic_load(&m->is_closing))
		return ERR_CONFLICT;
	arena_init(&mem, TEXT_MEM);
	struct kept k = { .m = m, .from = *r, .to = to, .title = r->title, .body = r->body };
	int result = machine_line_ask(m->line, &mem, r->original, to->code, &k.title, &k.body);
	if (result == 0)
		result = writer_now(m->writer, keep, &k);
	if (is_for_good(result)) {
		note_refused(m, r, to->id);
		return 0;
	}
	if (result >= 0 && k.is_kept)
		house_changed(m->house);
	return result < 0 ? result : 0;
}

static int translate_into(struct machine *m, const struct lang *to)
{
	int64_t after = 0;
	for (;;) {
		auto_arena mem;
		struct machine_missing_row *r = NULL;
		size_t n = 0;
		arena_init(&mem, TEXT_MEM);
		int result = machine_missing(m->db, &mem, to->code, after, TEXTS_AT_ONCE, &r, &n);
		for (size_t i = 0; i < n && result >= 0; i++) {
			if (!is_refused(m, &r[i], to->id))
				result = translate(m, &r[i], to);
			after = r[i].id;
		}
		if (result < 0 || n < TEXTS_AT_ONCE)
			return result < 0 ? result : 0;
	}
}

static int look(struct machine *m)
{
	uint64_t version = atomic_load(&m->house->version);
	int result = 0;
	if (clock_mono() - m->forgot_at > forget_after) {
		m->n_refused = 0;
		m->has_seen = false;
		m->forgot_at = clock_mono();
	}
	if (m->has_seen && m->seen == version)
		return 0;
	for (int i = 0; i < LANG_COUNT && result == 0; i++)
		result = translate_into(m, lang_of((enum lang_id)i));
	m->has_seen = result == 0;
	m->seen = version;
	return result;
}

/* ---- the thread ---- */

/* The log is told once when the machine goes and once when it is back. */
static void judge(struct machine *m, int result)
{
	if (result == 0 && m->pause)
		log_event(LOG_LEVEL_NOTICE, "translator_back", );
	if (result < 0 && result != ERR_CONFLICT && !m->pause)
		log_event(LOG_LEVEL_ERROR, "translator_away", LOG_C("note", err_noted()), );
	m->pause = result == 0 ? 0 : m->pause ? 2 * m->pause : pause_first;
	if (m->pause > pause_most)
		m->pause = pause_most;
	err_forget();
}

static void sleep_for(struct machine *m, int64_t span)
{
	int64_t until = clock_mono() + span;
	pthread_mutex_lock(&m->lock);
	while (!atomic_load(&m->is_closing) && clock_cond_wait(&m->wake, &m->lock, until))
		continue;
	pthread_mutex_unlock(&m->lock);
}

static void *run(void *arg)
{
	struct machine *m = arg;
	while (!atomic_load(&m->is_closing)) {
		int result = m->db ? 0 : db_open(m->url, DB_READ, &m->db);
		if (result == 0)
			result = look(m);
		judge(m, result);
		if (result < 0) {
			db_close(m->db);
			m->db = NULL;
		}
		sleep_for(m, m->pause ? m->pause : rest);
	}
	return NULL;
}

int machine_open(const char *db_url, const struct machine_address *address, struct house *house,
	struct writer *writer, struct machine **ret)
{
	struct machine *m = calloc(1, sizeof *m);
	if (!m)
		return err_note(ERR_NOMEM, "translator");
	m->url = db_url;
	m->address = address;
	m->house = house;
	m->writer = writer;
	m->forgot_at = clock_mono();
	pthread_mutex_init(&m->lock, NULL);
	clock_cond_init(&m->wake);
	int result = machine_line_open(address, &m->is_closing, &m->line);
	m->is_running = result == 0 && pthread_create(&m->thread, NULL, run, m) == 0;
	if (!m->is_running) {
		machine_close(m);
		return result < 0 ? result : err_note(ERR_IO, "thread of the translator");
	}
	*ret = m;
	return 0;
}

void machine_close(struct machine *m)
{
	if (!m)
		return;
	pthread_mutex_lock(&m->lock);
	atomic_store(&m->is_closing, true);
	pthread_cond_signal(&m->wake);
	pthread_mutex_unlock(&m->lock);
	if (m->is_running)
		pthread_join(m->thread, NULL);
	machine_line_close(m->line);
	db_close(m->db);
	pthread_cond_destroy(&m->wake);
	pthread_mutex_destroy(&m->lock);
	free(m);
}
