#include "record/intake.h"
#include "account/house.h"
#include "base/clock.h"
#include "base/lane.h"
#include "base/log.h"
#include "crypto/crypto.h"
#include "record/intake.sql.h"
#include "store/writer.h"
#include <stdlib.h>
#include <string.h>

enum { STEP_MEM = 96 << 20, DAY = 86400, PARTS = INTAKE_FILE_MAX / INTAKE_PART + 1 };

/* ---- steps ---- */

/* Where a step leads when it is over. */
static int next_state(int state)
{
	return state == INTAKE_LOOKING     ? INTAKE_LOOKED
		: state == INTAKE_BRINGING ? INTAKE_IN
					   : INTAKE_TAKEN_BACK;
}

static int piece(struct intake_work *w, int state)
{
	switch (state) {
	case INTAKE_LOOKING: return intake_look_some(w);
	case INTAKE_BRINGING: return intake_bring_some(w);
	default: return intake_back_some(w);
	}
}

static int move_on(struct intake_work *w, int state, int more)
{
	struct db *db = w->place->db;
	int result = intake_place_put(db, w->id, w->at, w->note);
	if (result >= 0 && !more)
		result = intake_turn(db, w->id, state, next_state(state));
	if (result >= 0 && !more && state != INTAKE_LOOKING)
		result = intake_parts_drop(db, w->id);
	return result < 0 ? result : more;
}

int intake_step(const struct intake_place *p, int64_t id, struct intake_file *f)
{
	auto_arena mem;
	struct intake_by_id_row row;
	struct intake_work w = { .place = p, .mem = &mem, .id = id, .file = f, .note = STR("") };
	arena_init(&mem, STEP_MEM);
	int result = intake_by_id(p->db, &mem, id, &row);
	if (result <= 0)
		return result;
	bool is_at_work = row.state == INTAKE_LOOKING || row.state == INTAKE_BRINGING ||
		row.state == INTAKE_TAKING_BACK;
	w.form = shelf_find(p->shelf, row.name);
	if (!is_at_work || !w.form)
		return 0;
	w.account = row.account;
	w.lang = row.lang;
	w.at = row.place;
	result = mapping_read(row.mapping, w.form->def, &mem, &w.mapping);
	if (result == 0)
		result = piece(&w, (int)row.state);
	return result < 0 ? result : move_on(&w, (int)row.state, result);
}

/* ---- a new one ---- */

int intake_may(const struct record_by *by, const struct shelf_form *f, bool *ret)
{
	struct record_can can;
	int result = record_may(by, f, NULL, &can);
	if (result == 0)
		*ret = by->account && by->is_staff && (can.may & DEF_CREATE) && f->can_make;
	return result;
}

static void head_hash(const struct rows *rows, char ret[2 * HASH_BYTES + 1])
{
	uint8_t hash[HASH_BYTES];
	auto_buf names;
	buf_init(&names, ROWS_COLUMNS_MAX * (ROWS_CELL_MAX + 1));
	for (size_t i = 0; i < rows->n; i++) {
		buf_str(&names, rows->name[i]);
		buf_byte(&names, '\n');
	}
	hash_open(buf_view(&names), hash);
	hex_text(hash, sizeof hash, ret);
}

/* As the last time, or as it looks. */
static int first_mapping(const struct record_by *by, const struct shelf_form *f,
	const struct rows *rows, struct str head, struct str *ret)
{
	struct intake_map_row known;
	struct mapping m;
	int result = intake_map(by->db, by->mem, f->def->id, head, &known);
	if (result > 0)
		*ret = known.mapping;
	if (result != 0)
		return result < 0 ? result : 0;
	mapping_guess(f, rows, &m);
	return mapping_write(&m, f->def, by->mem, ret);
}

static int keep_parts(struct db *db, int64_t id, struct str bytes)
{
	int result = 0;
	for (int64_t i = 0; bytes.n && i < PARTS && result >= 0; i++) {
		size_t n = bytes.n < INTAKE_PART ? bytes.n : INTAKE_PART;
		result = intake_part_add(db, id, i, (struct str){ bytes.p, n });
		bytes = str_from(bytes, n);
	}
	return result < 0 ? result : 0;
}

int intake_begin(const struct record_by *by, const struct intake_new *what, struct str *ret_uid,
	int64_t *ret_id)
{
	auto_rows rows = { 0 };
	char head[2 * HASH_BYTES + 1];
	struct str mapping;
	struct intake_add_row added = { 0 };
	bool may = by->is_house;
	int result = may ? 0 : intake_may(by, what->form, &may);
	if (result == 0 && !may)
		return err_note(ERR_DENIED, "not for them to bring in");
	if (result == 0)
		result = rows_open(&rows, by->mem, what->bytes);
	if (result < 0)
		return result;
	head_hash(&rows, head);
	result = first_mapping(by, what->form, &rows, str_c(head), &mapping);
	if (result == 0)
		result = record_uid(by->mem, ret_uid);
	if (result == 0)
		result = intake_add(by->db, by->mem,
			(struct intake_add_in){ .uid = *ret_uid,
				.name = what->form->def->id,
				.account = by->account,
				.lang = by->lang,
				.file = what->file,
				.head = str_c(head),
				.mapping = mapping,
				.now = by->now },
			&added);
	if (result > 0)
		*ret_id = added.id;
	return result < 0 ? result : what->is_kept ? keep_parts(by->db, added.id, what->bytes) : 0;
}

/* ---- the thread ---- */

struct intake {
	struct lane *lane;
	struct house *house;
	struct writer *writer;
};
struct round {
	struct lane_job job; /* first */
	struct intake *all;
};
struct one_step {
	struct intake *all;
	struct intake_file file;
	int64_t id;
	const char *why; /* it ended */
};

/* What waits for nobody any more. */
static int sweep(struct db *db, struct arena *mem, int64_t now)
{
	struct intake_old_row *row;
	size_t n = 0;
	int result = intake_old(db, mem, now - INTAKE_DAYS * DAY, &row, &n);
	for (size_t i = 0; i < n && result >= 0; i++) {
		result = intake_parts_drop(db, row[i].id);
		if (result >= 0)
			result = intake_rows_drop(db, row[i].id);
		if (result >= 0)
			result = intake_asks_drop(db, row[i].id);
		if (result >= 0)
			result = intake_drop(db, row[i].id);
	}
	return result < 0 ? result : 0;
}

/* For the writer. 1: there is more to do. */
static int step(struct db *db, void *arg)
{
	struct one_step *s = arg;
	auto_arena mem;
	struct intake_waiting_row row;
	struct intake_place p = { .db = db, .shelf = s->all->house->shelf, .now = clock_now() };
	arena_init(&mem, 1 << 20);
	int result = intake_waiting(db, &mem, &row);
	if (result >= 0 && !row.id)
		return sweep(db, &mem, p.now);
	if (result < 0)
		return result;
	if (s->id != row.id)
		intake_file_done(&s->file);
	s->id = row.id;
	result = intake_step(&p, row.id, &s->file);
	return result < 0 ? result : 1;
}

/* For the writer: what cannot be done will not be done later either. It ends here, and says why. */
static int give_up(struct db *db, void *arg)
{
	struct one_step *s = arg;
	auto_arena mem;
	struct intake_by_id_row row;
	arena_init(&mem, 1 << 20);
	int result = intake_by_id(db, &mem, s->id, &row);
	if (result > 0)
		result = intake_place_put(db, s->id, row.place, str_c(s->why));
	if (result >= 0)
		result = intake_turn(db, s->id, row.state, next_state((int)row.state));
	return result < 0 ? result : 0;
}

static void end_badly(struct intake *i, struct one_step *s, int result)
{
	log_event(LOG_LEVEL_ERROR, "intake", LOG_C("err", err_name(result)),
		LOG_C("note", err_noted()), );
	bool is_for_ever = s->id && result != ERR_IO && result != ERR_BUSY;
	s->why = err_name(result);
	if (is_for_ever && writer_now(i->writer, give_up, s) < 0)
		log_event(LOG_LEVEL_ERROR, "intake_not_ended", LOG_C("err", err_noted()), );
}

static void work(struct lane_job *job)
{
	struct round *round = (struct round *)job;
	struct intake *all = round->all;
	struct one_step s = { .all = all };
	int result = 1;
	while (result > 0 && !lane_is_closing(all->lane)) {
		result = writer_now(all->writer, step, &s);
		if (result > 0)
			house_changed(all->house);
		if (result > 0 && s.file.is_open)
			intake_file_mark(&s.file);
	}
	if (result < 0 && !lane_is_closing(all->lane))
		end_badly(all, &s, result);
	intake_file_done(&s.file);
	free(round);
}

static void wake(struct intake *i)
{
	struct round *round = calloc(1, sizeof *round);
	if (!round)
		return;
	*round = (struct round){ .job = { .work = work }, .all = i };
	if (lane_put(i->lane, &round->job) < 0)
		free(round); /* as many wait as may: one of them will see it */
}

void intake_woken(struct house *house, const void *what)
{
	(void)what;
	if (house->intake)
		wake(house->intake);
}

int intake_open(struct house *house, struct writer *writer, struct intake **ret)
{
	enum { ROUNDS = 4 };
	struct intake *i = calloc(1, sizeof *i);
	if (!i)
		return err_note(ERR_NOMEM, "intake");
	i->house = house;
	i->writer = writer;
	int result = lane_open(ROUNDS, true, &i->lane);
	if (result < 0) {
		free(i);
		return result;
	}
	wake(i);
	*ret = i;
	return 0;
}

void intake_close(struct intake *i)
{
	if (!i)
		return;
	lane_close(i->lane);
	free(i);
}
