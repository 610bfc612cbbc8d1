#include "participate/demo_inner.h"

enum { SEED = 20300101 };

/* splitmix64 (Vigna): good enough for a sample, and the same on every machine. */
static uint64_t next_noise(struct demo *d)
{
	uint64_t z = d->noise += 0x9e3779b97f4a7c15u;
	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
	return z ^ (z >> 31);
}

int64_t demo_noise(struct demo *d, int64_t below)
{
	return (int64_t)(next_noise(d) % (uint64_t)below);
}

struct str demo_uid(struct demo *d)
{
	return arena_f(d->mem, "%016llx", (unsigned long long)next_noise(d));
}

static int64_t day(const struct demo *d, int64_t days)
{
	return d->today + days * DAY;
}

/* "announced=-40" is a day, counted from today. */
static struct opt_i64 opt_day(const struct demo *d, const struct demo_block *b, const char *name)
{
	int64_t days;
	if (!str_i64(demo_arg(b, name), &days))
		return (struct opt_i64){ 0 };
	return (struct opt_i64){ day(d, days), true };
}

/* Easy words leave out what is easy as it is. */
static struct str text_or_empty(const struct demo_block *b, struct str lang, const char *field)
{
	struct str s = demo_text(b, lang, field);
	if (!s.p)
		s = demo_text(b, lang_plain(lang), field);
	return s.p ? s : STR("");
}

static int space_text(struct demo *d, const struct demo_block *b, struct str lang)
{
	if (!demo_text(b, lang, "purpose").p)
		return 0;
	return put_space_text(d->db,
		(struct put_space_text_in){ .space = d->space,
			.lang = lang,
			.title = text_or_empty(b, lang, "title"),
			.purpose = demo_text(b, lang, "purpose"),
			.run_by = text_or_empty(b, lang, "run_by"),
			.decider = text_or_empty(b, lang, "decider"),
			.feeds = text_or_empty(b, lang, "feeds"),
			.notice_reason = text_or_empty(b, lang, "notice_reason") });
}

static int space_texts(struct demo *d, const struct demo_block *b)
{
	int result = 0;
	for (enum lang_id l = 0; result >= 0 && l < LANG_COUNT; l++) {
		result = space_text(d, b, lang_of(l)->code);
		if (result >= 0)
			result = space_text(d, b, lang_of(l)->easy);
	}
	return result;
}

/* What was counted for the space before starts again. */
static void forget_space(struct demo *d)
{
	struct demo fresh = { .db = d->db,
		.mem = d->mem,
		.staff = d->staff,
		.today = d->today,
		.noise = d->noise,
		.first_space = d->first_space };
	*d = fresh;
}

static int do_space(struct demo *d, const struct demo_block *b)
{
	struct put_space_row made;
	forget_space(d);
	struct opt_i64 announced = opt_day(d, b, "announced");
	d->lang = demo_arg(b, "lang");
	d->announced = announced.v;
	d->opens = day(d, demo_number(b, "opens", 0));
	d->ends = day(d, demo_number(b, "ends", 0));
	int result = put_space(d->db, d->mem,
		(struct put_space_in){ .uid = demo_uid(d),
			.slug = demo_arg(b, "slug"),
			.state = demo_number(b, "state", SPACE_ANNOUNCED),
			.access = SPACE_EVERYONE,
			.link_key = demo_uid(d),
			.moderation = SPACE_PRE,
			.lang = d->lang,
			.langs = (1 << LANG_COUNT) - 1,
			.answer_due = opt_day(d, b, "answer"),
			.announced_at = announced,
			.closed_at = opt_day(d, b, "closed"),
			.is_sample = 1,
			.created_at = announced.v,
			.changed_at = announced.v },
		&made);
	if (result < 0)
		return result;
	d->space = made.id;
	if (!d->first_space)
		d->first_space = made.id;
	return space_texts(d, b);
}

typedef int put_name(struct db *db, int64_t id, struct str lang, struct str name);

static int names(struct demo *d, const struct demo_block *b, int64_t id, put_name *put)
{
	int result = 0;
	for (size_t i = 0; result >= 0 && i < b->n_line; i++)
		result = put(d->db, id, b->row[i].lang, b->row[i].text);
	return result;
}

static int do_phase(struct demo *d, const struct demo_block *b)
{
	struct put_phase_row made;
	int result = put_phase(d->db, d->mem,
		(struct put_phase_in){ .space = d->space,
			.ord = ++d->n_phase,
			.starts = day(d, demo_number(b, "starts", 0)),
			.ends = day(d, demo_number(b, "ends", 0)),
			.actions = demo_number(b, "actions", ACT_READ) },
		&made);
	return result < 0 ? result : names(d, b, made.id, put_phase_text);
}

static int do_theme(struct demo *d, const struct demo_block *b)
{
	struct put_theme_row made;
	int result = put_theme(d->db, d->mem, d->space, ++d->n_theme, &made);
	if (result < 0)
		return result;
	d->theme[d->n_theme] = made.id;
	return names(d, b, made.id, put_theme_text);
}

static int do_crowd(struct demo *d, const struct demo_block *b)
{
	struct put_crowd_row made;
	int64_t hoped = demo_number(b, "hoped", 0);
	int result = put_crowd(
		d->db, d->mem, d->space, ++d->n_crowd, (struct opt_i64){ hoped, hoped > 0 }, &made);
	if (result < 0)
		return result;
	d->crowd[d->n_crowd] = made.id;
	d->share[d->n_crowd] = demo_number(b, "share", 0);
	return names(d, b, made.id, put_crowd_text);
}

/* "sdg 16.7=1 16.10=1" */
static int do_sdg(struct demo *d, const struct demo_block *b)
{
	int result = 0;
	for (size_t i = 0; result >= 0 && i < b->n_arg; i++)
		result = put_sdg(d->db, d->space, b->arg[i].name);
	return result;
}

/* "target KE=5 ar=20": small letters are a language. */
static int do_target(struct demo *d, const struct demo_block *b)
{
	int result = 0;
	for (size_t i = 0; result >= 0 && i < b->n_arg; i++) {
		struct str who = b->arg[i].name;
		int64_t is_language = who.p[0] >= 'a';
		int64_t least = 0;
		if (!str_i64(b->arg[i].value, &least))
			return err_note(ERR_BUG, "sample texts, line %d: how many?", b->line);
		result = put_target(d->db, d->space, is_language, who, least);
	}
	return result;
}

static int do_block(struct demo *d, const struct demo_block *b)
{
	static const struct {
		const char *kind;
		int (*act)(struct demo *d, const struct demo_block *b);
	} kinds[] = {
		{ "space", do_space },
		{ "phase", do_phase },
		{ "theme", do_theme },
		{ "crowd", do_crowd },
		{ "sdg", do_sdg },
		{ "target", do_target },
		{ "people", demo_people },
		{ "question", demo_item },
		{ "statement", demo_item },
		{ "contribution", demo_item },
		{ "reply", demo_item },
		{ "votes", demo_votes },
	};
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (str_is(b->kind, kinds[i].kind))
			return kinds[i].act(d, b);
	return err_note(ERR_BUG, "sample texts, line %d: an unknown kind of block", b->line);
}

int demo_is_due(struct db *db, struct arena *mem)
{
	struct put_any_space_row row;
	int found = put_any_space(db, mem, &row);
	return found < 0 ? found : found == 0;
}

int demo_fill(
	struct db *db, struct arena *mem, const struct demo_staff *staff, int64_t now, int64_t *ret)
{
	struct demo_reader reader = { .mem = mem };
	struct demo_block block;
	struct demo *d = arena_take(mem, sizeof *d);
	if (!d)
		return ERR_NOMEM;
	*d = (struct demo){
		.db = db, .mem = mem, .staff = *staff, .today = now - now % DAY, .noise = SEED
	};
	int result = packed_open(mem, &demo_texts, &reader.rest);
	while (result >= 0 && (result = demo_next(&reader, &block)) > 0) {
		result = do_block(d, &block);
		if (result < 0)
			return result;
	}
	if (result == 0)
		*ret = d->first_space;
	return result;
}
