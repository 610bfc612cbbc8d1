#include "tests/record/house.h"

struct house_of h;

int set_up(void **state)
{
	if (world_open(state) != 0)
		return -1;
	h = (struct house_of){ .w = *state, .now = 1780000000 };
	assert_int_equal(shelf_open(&h.shelf), 0);
	assert_int_equal(shelf_archive(h.shelf, h.w->db, h.now), 0);
	h.ana = world_account(h.w, "ana", 0);
	h.ben = world_account(h.w, "ben", 0);
	return 0;
}

int tear_down(void **state)
{
	shelf_close(h.shelf);
	return world_close(state);
}

struct record_by by(struct arena *mem, struct account_id who)
{
	return (struct record_by){ .db = h.w->db,
		.mem = mem,
		.now = h.now,
		.account = who.v,
		.is_staff = true,
		.is_house = who.v == 0,
		.lang = STR("en") };
}

const struct account_id nobody = { 0 };

int answer(struct arena *mem, const struct shelf_form *f, const char *json, struct answers *ret)
{
	answers_init(ret, f->def, mem, h.now);
	return body_read(str_c(json), ret);
}

int make(struct arena *mem, const char *form, const char *uid, const char *json)
{
	const struct shelf_form *f = shelf_find(h.shelf, str_c(form));
	struct record_by house = by(mem, nobody);
	struct record_done done;
	struct answers a;
	int result = answer(mem, f, json, &a);
	return result < 0
		? result
		: record_write(&house, h.shelf,
			  &(struct record_job){
				  .what = CHAIN_MADE, .form = f, .uid = str_c(uid), .answers = &a },
			  &done);
}

const char incident[] =
	"{\"title\":\"A broken door\",\"act\":[\"threat\",\"detention\"],\"date_from\":\"2026-01-09\","
	"\"exact\":\"day\",\"country\":\"KE\",\"reprisal\":\"no\",\"victim\":[{\"role\":[\"defender\"],"
	"\"persons\":2},{\"role\":[\"defender\",\"unionist\"]}],\"source\":[{\"saw\":\"witness\","
	"\"trust\":\"high\",\"apart\":\"yes\"},{\"saw\":\"other\",\"trust\":\"unsure\",\"apart\":\"yes\"}]}";

int move(struct arena *mem, struct account_id who, const char *uid, const char *name)
{
	struct record_by mover = by(mem, who);
	struct record_done done;
	const struct def *def = shelf_find(h.shelf, STR("incident"))->def;
	int result = record_write(&mover, h.shelf,
		&(struct record_job){ .what = CHAIN_MOVED,
			.uid = str_c(uid),
			.move = def_move_find(def, str_c(name)),
			.words = STR("why") },
		&done);
	return result < 0 ? result : done.is_agreed;
}

void expect_refusal(struct arena *mem, const char *form, const char *json, const char *what)
{
	err_forget();
	int result = make(mem, form, "00000000000000aa", json);
	if (result != ERR_INPUT || !strstr(err_noted(), what))
		fail_msg("%s: %d, \"%s\" instead of \"%s\"", json, result, err_noted(), what);
}

struct state_now_row now(void)
{
	auto_arena mem;
	struct state_now_row row;
	arena_init(&mem, 1 << 20);
	assert_int_equal(state_now(h.w->db, &mem, &row), 1);
	return row;
}

/* The whole life of a record: made, changed, moved on to a public one. */
static int live(struct arena *mem)
{
	struct record_by house = by(mem, nobody);
	struct record_done done;
	struct record r;
	struct str uid = STR("0000000000000002");
	int result = make(mem, "incident", "0000000000000002", incident);
	if (result == 0)
		result = record_find(&house, h.shelf, uid, &r);
	if (result == 0)
		result = answers_set(
			&r.answers, def_field_find(r.form->def, STR("country")), 0, STR("PE"));
	if (result == 0)
		result = record_write(&house, h.shelf,
			&(struct record_job){ .what = CHAIN_CHANGED,
				.uid = uid,
				.answers = &r.answers,
				.version = r.version },
			&done);
	if (result == 0)
		result = move(mem, nobody, "0000000000000002", "send");
	if (result == 0)
		result = record_write(&house, h.shelf,
			&(struct record_job){
				.what = CHAIN_NOTE, .uid = uid, .words = STR("A note") },
			&done);
	return result == 0 ? move(mem, nobody, "0000000000000002", "verify") : result;
}

int live_in_tx(size_t most)
{
	auto_arena mem;
	auto_tx tx = { 0 };
	arena_init(&mem, most);
	int result = db_tx_begin(h.w->db, &tx);
	if (result == 0)
		result = live(&mem);
	return result < 0 ? result : db_tx_end(&tx);
}
