#include "monitor/value_show.h"
#include "base/csv.h"
#include "monitor/routes.h"
#include "monitor/value.html.h"
#include "monitor/value.sql.h"
#include "po/messages.h"
#include <stdlib.h>

int value_find(struct visit *v, struct str uid, struct record *record, struct value_source *ret)
{
	struct record_by by = record_by(v);
	int result = record_find(&by, v->house->shelf, uid, record);
	if (result < 0)
		return result;
	if (!str_is(record->form->def->id, "indicator_source"))
		return err_note(ERR_MISSING, "no indicator");
	*ret = (struct value_source){ .id = record->id,
		.uid = record->uid,
		.lang = record->lang,
		.is_sample = record->is_sample };
	return value_source_read(v, record->form->id, record->body, ret);
}

/* ---- which there are ---- */

static int values_show(struct visit *v)
{
	struct values_view p = { 0 };
	struct record_by by = record_by(v);
	struct record_can can = { 0 };
	const struct shelf_form *f = shelf_find(v->house->shelf, STR("indicator_source"));
	int result = value_sources_load(v, &p.source, &p.n);
	if (result == 0)
		result = record_may(&by, f, NULL, &can);
	if (result < 0)
		return result;
	p.may_make = can.may & DEF_CREATE;
	v->is_public = !p.may_make;
	p.frame = visit_frame(v, visit_say(v, MSG_value_list_title, 0));
	p.frame.area = FRAME_DATA;
	values_page(&v->out, &p);
	return visit_page(v, 200);
}

/* ---- one ---- */

static int by_name(const void *a, const void *b)
{
	const struct value_line *x = a, *y = b;
	return lang_compare(x->lang, x->name, y->name);
}

static struct value_line *line_of(struct visit *v, struct value_view *p, struct str code)
{
	if (p->n && str_eq(p->line[p->n - 1].code, code))
		return &p->line[p->n - 1];
	struct value_line *to = &p->line[p->n++];
	*to = (struct value_line){
		.code = code, .name = lang_country(v->lang, v->mem, code), .lang = v->lang
	};
	return to;
}

static int load(struct visit *v, struct value_view *p)
{
	struct value_last_year_row last = { 0 };
	struct value_of_source_row *row = NULL;
	size_t n = 0;
	int result = value_last_year(v->db, v->mem, p->source.id, &last);
	if (result >= 0)
		result = value_of_source(v->db, v->mem, p->source.id, last.year - VALUE_YEARS + 1,
			VALUE_ROWS_MAX * 2, &row, &n);
	p->line = result < 0 ? NULL : arena_array(v->mem, n + 1, sizeof *p->line);
	if (!p->line)
		return result < 0 ? result : ERR_NOMEM;
	for (size_t i = 0; i < n; i++) {
		int64_t at = row[i].year - (last.year - VALUE_YEARS + 1);
		if (at >= 0 && at < VALUE_YEARS)
			line_of(v, p, row[i].country)->val[at] = p->source.is_number
				? lang_decimal(v->lang, v->mem, row[i].val)
				: row[i].val;
	}
	for (p->n_year = 0; p->n_year < VALUE_YEARS && n; p->n_year++) {
		p->year[p->n_year] = last.year - VALUE_YEARS + 1 + (int64_t)p->n_year;
		p->year_text[p->n_year] = arena_f(v->mem, "%lld", (long long)p->year[p->n_year]);
	}
	qsort(p->line, p->n, sizeof *p->line, by_name);
	return 0;
}

static int value_show(struct visit *v)
{
	struct value_view p = { .is_saved = http_query(v->req, "saved").p != NULL };
	struct record r = { 0 };
	int result = value_find(v, v->part[0], &r, &p.source);
	if (result == 0)
		result = load(v, &p);
	if (result < 0)
		return result;
	if (!p.source.link.n || url_web(p.source.link, &p.link) < 0)
		p.link = (struct url){ 0 };
	p.may_bring = r.can.may & DEF_WRITE;
	v->is_public = !v->who.account.v && !v->who.participant.v;
	p.frame = visit_frame(v, p.source.title);
	p.frame.area = FRAME_DATA;
	value_page(&v->out, &p);
	return visit_page(v, 200);
}

/* ---- as a file: the columns of SDMX, and a row of HXL's tags ---- */

enum { SOURCE_BYTES = 32 << 20 };

static const char head[] =
	"FREQ,INDICATOR,GEO,SEX,AGE,URBANIZATION,INCOME,EDUCATION,OCCUPATION,COMPOSITE_BREAKDOWN,"
	"DISABILITY,TIME_PERIOD,OBS_VALUE,UNIT_MEASURE,REPORTING_TYPE,NATURE,DATA_SOURCE,OBS_STATUS,"
	"OBS_COMMENT\r\n";
static const char tags[] =
	",#indicator+code,#country+code+v_iso2,,,,,,,,,#date+year,#indicator+value+num,"
	"#meta+unit,,#meta+nature,#meta+source,#meta+status,#description\r\n";

static void put_value(
	struct buf *b, const struct value_source *s, const struct value_of_source_row *row)
{
	buf_c(b, "A,");
	csv_put(b, s->code);
	buf_f(b, ",%.*s,_T,_T,_T,_T,_T,_T,_T,_T,%lld,", STR_ARG(row->country),
		(long long)row->year);
	/* A number is a number, with a minus in front, too. */
	if (s->is_number)
		buf_str(b, row->val);
	else
		csv_put(b, row->val);
	buf_byte(b, ',');
	csv_put(b, s->unit.n ? s->unit : STR("NUMBER"));
	buf_c(b, ",,");
	csv_put(b, row->nature);
	buf_byte(b, ',');
	csv_put(b, s->by);
	buf_c(b, row->is_sample ? ",A,\"sample; " : ",A,\"");
	for (size_t i = 0; i < row->note.n; i++)
		buf_f(b, row->note.p[i] == '"' ? "\"\"" : "%c", row->note.p[i]);
	buf_c(b, "\"\r\n");
}

static int put_source(struct visit *v, struct parcel_out *o, const struct value_source *s)
{
	auto_arena mem = { 0 };
	struct value_of_source_row *row = NULL;
	size_t n = 0;
	arena_init(&mem, SOURCE_BYTES);
	int result = value_of_source(v->db, &mem, s->id, 0, VALUE_ROWS_MAX * 2, &row, &n);
	for (size_t i = 0; i < n && result >= 0; i++) {
		put_value(&o->b, s, &row[i]);
		result = parcel_row(o);
	}
	return result < 0 ? result : 0;
}

struct wish {
	struct str uid; /* absent: all */
	bool has_tags;
};

static int make(struct visit *v, struct parcel_out *o, const void *of)
{
	const struct wish *w = of;
	struct value_source *source = NULL;
	size_t n = 0;
	int result = value_sources_load(v, &source, &n);
	buf_c(&o->b, head);
	buf_c(&o->b, w->has_tags ? tags : "");
	for (size_t i = 0; i < n && result >= 0; i++)
		if (!w->uid.n || str_eq(w->uid, source[i].uid))
			result = put_source(v, o, &source[i]);
	return result < 0 ? result : parcel_row(o);
}

static int park(struct visit *v, struct str uid)
{
	struct wish *w = arena_take(v->mem, sizeof *w);
	struct parcel *p = arena_take(v->mem, sizeof *p);
	if (!w || !p)
		return ERR_NOMEM;
	*w = (struct wish){ uid, http_query(v->req, "hxl").p != NULL };
	*p = (struct parcel){ .type = "text/csv; charset=utf-8",
		.name = w->has_tags ? "indicators.hxl.csv" : "indicators.csv",
		.make = make,
		.of = w };
	return parcel_park(v, p);
}

static int values_file(struct visit *v)
{
	return park(v, (struct str){ 0 });
}

static int value_file(struct visit *v)
{
	struct value_source source = { 0 };
	struct record r = { 0 };
	int result = value_find(v, v->part[0], &r, &source);
	return result < 0 ? result : park(v, r.uid);
}

const struct route value_routes[] = {
	/* method    path                     who     input check act */
	{ HTTP_GET, "/indicators", ANYONE, NULL, NULL, values_show },
	{ HTTP_GET, "/indicators/data", ANYONE, NULL, values_file, parcel_act },
	{ HTTP_GET, "/indicators/:uid", ANYONE, NULL, NULL, value_show },
	{ HTTP_GET, "/indicators/:uid/data", ANYONE, NULL, value_file, parcel_act },
	{ 0 },
};
