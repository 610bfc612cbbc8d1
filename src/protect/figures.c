#include "protect/figures.h"
#include "base/csv.h"
#include "po/messages.h"
#include "protect/case_end.h"
#include "protect/figures.sql.h"
#include <time.h>

enum { FEW = HIDE_LEAST, MAY = 4, EPOCH = 1900, QUARTERS = 4, CSV_MAX = 1 << 20 };

/* The questions of which answers are counted: lists, and none that says where or who. */
static const char *const counted[] = { "danger", "forwho", "age", "act", "un", "again", "author",
	"wrong", "harass", "place", "doer", "need", "why" };
enum { COUNTED = sizeof counted / sizeof *counted };

static struct tm month_of(int64_t now)
{
	struct tm day = { 0 };
	time_t at = (time_t)now;
	gmtime_r(&at, &day);
	return day;
}

int64_t figures_year(int64_t now)
{
	struct tm day = month_of(now);
	return day.tm_year + EPOCH - (day.tm_mon < MAY);
}

bool figures_is_over(int64_t year, int64_t now)
{
	return year < figures_year(now);
}

/* ---- counting ---- */

static const struct def_field *field_of(const struct def *def, const char *name, int *ret_at)
{
	*ret_at = def_field_find(def, str_c(name));
	const struct def_field *f = *ret_at < 0 ? NULL : &def->field[*ret_at];
	bool is_list = f && (f->kind == DEF_ONE || f->kind == DEF_MANY) && f->repeat < 0;
	return is_list && f->seal != DEF_IDENTITY && f->n_choice + 1 <= HIDE_COLUMNS ? f : NULL;
}

struct adding {
	struct db *db;
	int64_t year;
	struct str form;
	int result;
};

static void add(struct adding *a, struct str field, struct str code)
{
	if (a->result >= 0)
		a->result = figures_add(a->db, a->year, a->form, field, code);
}

static void add_answers(struct adding *a, const struct told *t, const struct def_field *f, int at)
{
	struct str s = answers_get(&t->answers, at, 0);
	size_t n = 0;
	for (size_t i = 0; i < f->n_choice; i++)
		if (answers_has_choice(s, f->choice[i].name)) {
			add(a, f->name, f->choice[i].name);
			n++;
		}
	if (n == 0)
		add(a, f->name, STR(""));
}

int figures_count(struct db *db, int64_t now, const struct told *t, int64_t outcome)
{
	static const char digits[] = "0123456789";
	struct adding a = { db, figures_year(now), t->form->def->id, 0 };
	int quarter = (month_of(now).tm_mon + 12 - MAY) % 12 / 3 + 1;
	must(outcome >= 1 && outcome <= END_OUTCOMES);
	add(&a, STR(""), STR(""));
	add(&a, STR("quarter"), (struct str){ digits + quarter, 1 });
	add(&a, STR("outcome"), (struct str){ digits + outcome, 1 });
	for (size_t i = 0; i < COUNTED; i++) {
		int at;
		const struct def_field *f = field_of(t->answers.def, counted[i], &at);
		if (f)
			add_answers(&a, t, f, at);
	}
	return a.result < 0 ? a.result : 0;
}

/* ---- reading ---- */

struct reading {
	struct visit *v;
	const struct figures_rows_row *row;
	size_t n_row;
	struct str form;
};

static int64_t sum_of(const struct reading *r, struct str field, struct str code)
{
	for (size_t i = 0; i < r->n_row; i++)
		if (str_eq(r->row[i].form, r->form) && str_eq(r->row[i].field, field) &&
			str_eq(r->row[i].code, code))
			return r->row[i].n;
	return 0;
}

/* Of a list of which each case has one answer, numbers add up to what is shown above it. */
static int hide_one(struct arena *mem, struct figures_part *p)
{
	static const size_t region[1] = { 0 };
	int64_t n[HIDE_COLUMNS] = { 0 };
	struct hide_table t = {
		.rows = 1, .columns = p->n, .regions = 1, .n = n, .region = region
	};
	must(p->n >= 2 && p->n <= HIDE_COLUMNS);
	for (size_t i = 0; i < p->n; i++)
		n[i] = p->cell[i].n;
	int result = hide_table(mem, &t);
	for (size_t i = 0; result == 0 && i < p->n; i++)
		p->cell[i].how = t.row[i];
	return result;
}

static int hide(struct arena *mem, struct figures_part *p, bool is_many)
{
	for (size_t i = 0; is_many && i < p->n; i++)
		if (p->cell[i].n > 0 && p->cell[i].n < FEW)
			p->cell[i].how = HIDE_FEW;
	return is_many ? 0 : hide_one(mem, p);
}

static struct said say(const struct visit *v, int msg)
{
	return (struct said){ visit_say(v, msg, 0), v->lang };
}

static int read_list(const struct reading *r, const struct shelf_form *kind,
	const struct def_field *f, int at, struct figures_part *ret)
{
	const struct labels *l = shelf_labels(kind, r->v->lang);
	*ret = (struct figures_part){ .label = l->label[at], .field = f->name };
	ret->cell = arena_array(r->v->mem, f->n_choice + 1, sizeof *ret->cell);
	if (!ret->cell)
		return ERR_NOMEM;
	for (size_t i = 0; i < f->n_choice; i++)
		ret->cell[ret->n++] = (struct figures_cell){ .label = labels_choice(
								     l, kind->def, &f->choice[i]),
			.code = f->choice[i].name,
			.n = sum_of(r, f->name, f->choice[i].name) };
	ret->cell[ret->n++] = (struct figures_cell){ .label = say(r->v, MSG_protect_figures_unsaid),
		.code = STR(""),
		.n = sum_of(r, f->name, STR("")) };
	return hide(r->v->mem, ret, f->kind == DEF_MANY);
}

/* What the house adds itself: when it was closed, and how. */
static int read_own(const struct reading *r, const char *name, int title, size_t n,
	int (*label)(int64_t), struct figures_part *ret)
{
	*ret = (struct figures_part){ .label = say(r->v, title), .field = str_c(name) };
	ret->cell = arena_array(r->v->mem, n, sizeof *ret->cell);
	if (!ret->cell)
		return ERR_NOMEM;
	for (size_t i = 1; i <= n; i++) {
		struct str code = arena_f(r->v->mem, "%zu", i);
		ret->cell[ret->n++] = (struct figures_cell){ .label = say(r->v, label((int64_t)i)),
			.code = code,
			.n = sum_of(r, ret->field, code) };
	}
	return hide(r->v->mem, ret, false);
}

static int quarter_msg(int64_t quarter)
{
	static const int msg[QUARTERS] = { MSG_protect_figures_q1, MSG_protect_figures_q2,
		MSG_protect_figures_q3, MSG_protect_figures_q4 };
	must(quarter >= 1 && quarter <= QUARTERS);
	return msg[quarter - 1];
}

static int read_kind(struct reading *r, const struct shelf_form *kind, struct figures_kind *ret)
{
	*ret = (struct figures_kind){ .form = r->form,
		.title = shelf_labels(kind, r->v->lang)->title,
		.all = sum_of(r, STR(""), STR("")) };
	ret->part = arena_array(r->v->mem, COUNTED + 2, sizeof *ret->part);
	if (!ret->part)
		return ERR_NOMEM;
	int result = read_own(r, "outcome", MSG_protect_figures_outcome, END_OUTCOMES,
		end_outcome_msg, &ret->part[0]);
	if (result == 0)
		result = read_own(r, "quarter", MSG_protect_figures_quarter, QUARTERS, quarter_msg,
			&ret->part[1]);
	ret->n = 2;
	for (size_t i = 0; result == 0 && i < COUNTED; i++) {
		int at;
		const struct def_field *f = field_of(kind->def, counted[i], &at);
		if (f)
			result = read_list(r, kind, f, at, &ret->part[ret->n]);
		ret->n += f != NULL;
	}
	return result;
}

int figures_read(struct visit *v, int64_t year, struct figures *ret)
{
	struct figures_rows_row *row = NULL;
	size_t n = 0, n_kind;
	const struct shelf_form *kind = told_kinds(v->house, &n_kind);
	struct figures f = { .year = year };
	int result = figures_rows(v->db, v->mem, year, &row, &n);
	f.kind = arena_array(v->mem, n_kind, sizeof *f.kind);
	if (result >= 0 && !f.kind)
		result = ERR_NOMEM;
	for (size_t i = 0; result >= 0 && i < n_kind; i++) {
		struct reading r = { v, row, n, kind[i].def->id };
		int64_t all = sum_of(&r, STR(""), STR(""));
		f.has_few |= all > 0 && all < FEW;
		if (all < FEW)
			continue;
		result = read_kind(&r, &kind[i], &f.kind[f.n++]);
	}
	if (result < 0)
		return result;
	*ret = f;
	return 0;
}

/* ---- as a file ---- */

struct str figures_shown(struct arena *mem, const struct figures_cell *c)
{
	if (c->how == HIDE_FEW)
		return STR("<5");
	return c->how == HIDE_HELD ? STR("") : arena_f(mem, "%lld", (long long)c->n);
}

static void put_line(struct buf *b, const struct str *cell, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (i)
			buf_byte(b, ',');
		csv_put(b, cell[i]);
	}
	buf_c(b, "\r\n");
}

static void put_figures(struct arena *mem, const struct figures *f, bool has_labels, struct buf *b)
{
	const struct str head[] = { STR("from"), STR("to"), STR("kind"), STR("kind_label"),
		STR("question"), STR("question_label"), STR("answer"), STR("answer_label"),
		STR("cases") };
	enum { COLUMNS = sizeof head / sizeof *head };
	struct str from = arena_f(mem, "%lld-05-01", (long long)f->year);
	struct str to = arena_f(mem, "%lld-04-30", (long long)f->year + 1);
	put_line(b, head, COLUMNS);
	for (size_t i = 0; i < f->n; i++) {
		const struct figures_kind *k = &f->kind[i];
		struct str no = STR(""), title = has_labels ? k->title.s : no;
		const struct str all[COLUMNS] = { from, to, k->form, title, no, no, no, no,
			arena_f(mem, "%lld", (long long)k->all) };
		put_line(b, all, COLUMNS);
		for (size_t p = 0; p < k->n; p++)
			for (size_t c = 0; c < k->part[p].n; c++) {
				const struct figures_part *part = &k->part[p];
				const struct figures_cell *cell = &part->cell[c];
				const struct str line[COLUMNS] = { from, to, k->form, title,
					part->field, has_labels ? part->label.s : no, cell->code,
					has_labels ? cell->label.s : no, figures_shown(mem, cell) };
				put_line(b, line, COLUMNS);
			}
	}
}

int figures_csv(struct visit *v, const struct figures *f, struct str *ret)
{
	auto_buf b;
	buf_init(&b, CSV_MAX);
	put_figures(v->mem, f, true, &b);
	*ret = arena_copy(v->mem, buf_view(&b));
	return b.failed ? b.failed : ret->p ? 0 : ERR_NOMEM;
}

int figures_mark(struct visit *v, const struct figures *f, uint8_t ret[HASH_BYTES])
{
	auto_buf b;
	buf_init(&b, CSV_MAX);
	put_figures(v->mem, f, false, &b);
	if (b.failed)
		return b.failed;
	hash_open(buf_view(&b), ret);
	return 0;
}
