#include "outcome/doc_data.h"
#include "account/parcel_json.h"
#include "outcome/doc.h"
#include "outcome/doc_data.sql.h"
#include "participate/bundle_sheet.h"
#include "participate/data.h"
#include "participate/plan.h"

enum { AT_ONCE = 50, PIECE_BYTES = 16 << 20, CELLS = 12 };

/* One value of a row, whatever file it goes into. */
struct doc_cell {
	enum { CELL_CODE, CELL_WORDS, CELL_NUMBER } kind;
	struct str text;
	int64_t number;
};

/* A file under way: comma-separated values, or JSON. */
struct file {
	struct parcel_out *o;
	const char *const *head; /* names of the columns; ends with NULL */
	bool is_json;
	struct sheet_out sheet;
	struct parcel_json json;
};

static int begin(struct visit *v, struct file *f, const struct document *d)
{
	bool has_failed = false;
	f->sheet.b = &f->o->b;
	f->json.o = f->o;
	if (!f->is_json) {
		buf_c(&f->o->b, "\xef\xbb\xbf");
		sheet_put_head(&f->sheet, f->head);
		return 0;
	}
	json_t *head = json_object();
	json_put_str(head, &has_failed, "title", d->title);
	json_put(head, &has_failed, "version", json_integer(d->version));
	json_put_str(head, &has_failed, "address",
		arena_f(v->mem, "%.*s/c/%.*s/d/%lld", STR_ARG(visit_base(v)), STR_ARG(v->part[0]),
			(long long)d->number));
	return parcel_json_begin(&f->json, head, has_failed, "rows");
}

static int put_json(struct file *f, const struct doc_cell *cell)
{
	bool has_failed = false;
	json_t *one = json_object();
	for (size_t i = 0; f->head[i]; i++)
		if (cell[i].kind == CELL_NUMBER)
			json_put(one, &has_failed, f->head[i], json_integer(cell[i].number));
		else
			json_put_str(one, &has_failed, f->head[i], cell[i].text);
	return parcel_json_item(&f->json, one, has_failed);
}

static int put_row(struct file *f, const struct doc_cell *cell)
{
	if (f->is_json)
		return put_json(f, cell);
	for (size_t i = 0; f->head[i]; i++)
		if (cell[i].kind == CELL_NUMBER)
			sheet_put_number(&f->sheet, cell[i].number);
		else if (cell[i].kind == CELL_WORDS)
			sheet_put_words(&f->sheet, cell[i].text);
		else
			sheet_put_code(&f->sheet, cell[i].text);
	sheet_put_end(&f->sheet);
	return parcel_row(f->o);
}

static struct doc_cell code(struct str s)
{
	return (struct doc_cell){ .kind = CELL_CODE, .text = s };
}

static struct doc_cell words(struct str s)
{
	return (struct doc_cell){ .kind = CELL_WORDS, .text = s };
}

static struct doc_cell number(int64_t n)
{
	return (struct doc_cell){ .kind = CELL_NUMBER, .number = n };
}

static struct doc_cell address(struct visit *v, struct arena *mem, const char *where, int64_t id)
{
	return code(arena_f(mem, "%.*s/%s/%lld", STR_ARG(visit_base(v)), where, (long long)id));
}

/* ---- clauses ---- */

static const char *const clause_head[] = { "version", "place", "clause", "address", "title", "text",
	"language", NULL };

static int put_clause(
	struct visit *v, struct arena *mem, struct file *f, const struct doc_data_clauses_row *r)
{
	const struct doc_cell cell[CELLS] = { number(r->version), number(r->ord),
		code(item_address(mem, ITEM_CLAUSE, r->number)), address(v, mem, "clause", r->id),
		words(r->title), words(r->body), code(r->lang) };
	return put_row(f, cell);
}

static int make_clauses(struct visit *v, struct file *f, const struct document *d)
{
	struct doc_data_clauses_in in = { .document = d->id, .lang = STR(""), .max = AT_ONCE };
	char lang[16] = "";
	int result = begin(v, f, d);
	for (size_t n = AT_ONCE; n == AT_ONCE && result >= 0;) {
		auto_arena mem;
		struct doc_data_clauses_row *row;
		arena_init(&mem, PIECE_BYTES);
		in.lang = str_c(lang);
		result = doc_data_clauses(v->db, &mem, in, &row, &n);
		for (size_t i = 0; i < n && result >= 0; i++)
			result = put_clause(v, &mem, f, &row[i]);
		if (result < 0 || !n)
			break;
		in.version = row[n - 1].version;
		in.ord = row[n - 1].ord;
		snprintf(lang, sizeof lang, "%.*s", STR_ARG(row[n - 1].lang));
	}
	return result;
}

/* ---- comments ---- */

static const char *const comment_head[] = { "comment", "address", "clause", "version", "text",
	"language", "quote", "wording", "result", "reason", "day", NULL };

static struct str verdict_name(int64_t verdict)
{
	static const char *const name[DOC_VERDICTS] = { "", "adopted", "partly", "not" };
	return verdict >= DOC_OPEN && verdict < DOC_VERDICTS ? str_c(name[verdict]) : STR("");
}

static int put_comment(
	struct visit *v, struct arena *mem, struct file *f, const struct doc_data_comments_row *r)
{
	const struct doc_cell cell[CELLS] = { code(item_address(mem, ITEM_CONTRIBUTION, r->number)),
		address(v, mem, "i", r->id), code(item_address(mem, ITEM_CLAUSE, r->clause)),
		number(r->version), words(r->body), code(r->lang), words(r->quote),
		words(r->wording), code(verdict_name(r->verdict)), words(r->reason),
		code(r->at ? plan_date(r->at, mem) : STR("")) };
	return put_row(f, cell);
}

static int make_comments(struct visit *v, struct file *f, const struct document *d)
{
	int64_t after = 0;
	int result = begin(v, f, d);
	for (size_t n = AT_ONCE; n == AT_ONCE && result >= 0;) {
		auto_arena mem;
		struct doc_data_comments_row *row;
		arena_init(&mem, PIECE_BYTES);
		result = doc_data_comments(v->db, &mem, d->id, after, AT_ONCE, &row, &n);
		for (size_t i = 0; i < n && result >= 0; i++)
			result = put_comment(v, &mem, f, &row[i]);
		after = result >= 0 && n ? row[n - 1].id : after;
	}
	return result;
}

/* ---- the files ---- */

static int make(struct visit *v, struct parcel_out *o, const struct document *d, bool is_clauses,
	bool is_json)
{
	struct file f = {
		.o = o, .head = is_clauses ? clause_head : comment_head, .is_json = is_json
	};
	int result = is_clauses ? make_clauses(v, &f, d) : make_comments(v, &f, d);
	return result < 0 || !is_json ? result : parcel_json_end(&f.json);
}

static int clauses_csv(struct visit *v, struct parcel_out *o, const void *d)
{
	return make(v, o, d, true, false);
}

static int clauses_json(struct visit *v, struct parcel_out *o, const void *d)
{
	return make(v, o, d, true, true);
}

static int comments_csv(struct visit *v, struct parcel_out *o, const void *d)
{
	return make(v, o, d, false, false);
}

static int comments_json(struct visit *v, struct parcel_out *o, const void *d)
{
	return make(v, o, d, false, true);
}

static int file_park(struct visit *v)
{
	static const struct parcel all[] = {
		{ "text/csv; charset=utf-8", "clauses.csv", clauses_csv, NULL },
		{ "application/json", "clauses.json", clauses_json, NULL },
		{ "text/csv; charset=utf-8", "comments.csv", comments_csv, NULL },
		{ "application/json", "comments.json", comments_json, NULL },
	};
	struct document *d = arena_take(v->mem, sizeof *d);
	struct space s;
	size_t i = 0, n = sizeof all / sizeof *all;
	int result = d ? doc_here(v, &s, d) : ERR_NOMEM;
	while (i < n && !str_is(v->part[2], all[i].name))
		i++;
	if (result == 0 && i == n)
		result = err_note(ERR_MISSING, "no such file");
	if (result == 0)
		result = data_trace(v);
	if (result < 0)
		return result;
	struct parcel file = all[i];
	file.of = d;
	return parcel_park(v, &file);
}

const struct route doc_data_routes[] = {
	/* method    path                          who     input check      act */
	{ HTTP_GET, "/c/:slug/d/:n/data/:file", ANYONE, NULL, file_park, parcel_act },
	{ 0 },
};
