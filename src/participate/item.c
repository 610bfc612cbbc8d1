#include "participate/item.h"
#include "crypto/crypto.h"
#include "participate/item.sql.h"
#include "store/search.h"

static int load_words(struct visit *v, struct item *i, bool wants_original)
{
	struct item_words_row w;
	struct str easy = wants_original ? i->lang : visit_words(v);
	struct str mine = wants_original ? i->lang : v->lang->code;
	int found = item_words(v->db, v->mem, i->id, easy, mine, i->lang, &w);
	if (found < 0)
		return found;
	if (found == 0)
		return err_note(ERR_BUG, "item without words");
	i->title = w.title;
	i->body = w.body;
	i->text_lang = lang_plain(w.lang);
	i->origin = (enum text_origin)w.origin;
	i->is_old = w.is_old;
	return 0;
}

static int64_t or_0(struct opt_i64 v)
{
	return v.has ? v.v : 0;
}

int item_load(struct visit *v, int64_t id, bool wants_original, struct item *ret)
{
	struct item_row_row r;
	int found = item_row(v->db, v->mem, id, &r);
	if (found < 0)
		return found;
	if (found == 0)
		return err_note(ERR_MISSING, "no such item");
	struct item i = { .id = r.id,
		.space = r.space,
		.parent = or_0(r.parent),
		.number = r.number,
		.seat = or_0(r.seat),
		.account = or_0(r.account),
		.theme = or_0(r.theme),
		.kind = (enum item_kind)r.kind,
		.status = (enum item_status)r.status,
		.uid = r.uid,
		.lang = r.lang,
		.is_seed = r.is_seed != 0,
		.useful = r.useful,
		.merged_into = or_0(r.merged_into),
		.created_at = r.created_at,
		.published_at = or_0(r.published_at),
		.seat_number = or_0(r.seat_number),
		.alias = r.alias,
		.country = r.country };
	int result = load_words(v, &i, wants_original);
	if (result == 0)
		*ret = i;
	return result;
}

static struct opt_i64 some(int64_t v)
{
	return (struct opt_i64){ v, v != 0 };
}

/* What is published can be found. */
static int into_search(struct visit *v, int64_t id)
{
	struct item_texts_row *t;
	size_t n;
	auto_buf all;
	buf_init(&all, 1 << 20);
	int result = item_texts(v->db, v->mem, id, &t, &n);
	for (size_t i = 0; result >= 0 && i < n; i++) {
		buf_str(&all, t[i].title);
		buf_byte(&all, '\n');
		buf_str(&all, t[i].body);
		buf_byte(&all, '\n');
	}
	if (result >= 0)
		result = all.failed ? all.failed : search_put(v->db, id, buf_view(&all), v->mem);
	return result < 0 ? result : 0;
}

static struct str draw_uid(struct visit *v)
{
	uint64_t n;
	random_bytes(&n, sizeof n);
	return arena_f(v->mem, "%016llx", (unsigned long long)n);
}

int item_add(struct visit *v, const struct item_new *new, int64_t *ret_id)
{
	struct item_by_once_row before;
	struct item_insert_row made;
	int result = new->once.p ? item_by_once(v->db, v->mem, new->once, &before) : 0;
	if (result > 0)
		*ret_id = before.id;
	if (result != 0)
		return result < 0 ? result : 0;
	bool is_published = new->status == ITEM_PUBLISHED;
	result = item_insert(v->db, v->mem,
		(struct item_insert_in){ .uid = draw_uid(v),
			.space = new->space,
			.kind = new->kind,
			.parent = some(new->parent),
			.seat = some(new->seat),
			.account = some(new->account),
			.lang = new->lang,
			.theme = some(new->theme),
			.status = new->status,
			.is_seed = new->is_seed,
			.is_meta = new->is_meta,
			.once = new->once,
			.at = v->now,
			.published_at = some(is_published ? v->now : 0) },
		&made);
	if (result >= 0)
		result = item_text_insert(v->db,
			(struct item_text_insert_in){ .item = made.id,
				.lang = new->lang,
				.version = 1,
				.origin = TEXT_AUTHOR,
				.is_reviewed = 1,
				.title = new->title,
				.body = new->body,
				.account = some(new->account),
				.at = v->now });
	if (result >= 0 && is_published)
		result = into_search(v, made.id);
	if (result < 0)
		return result;
	*ret_id = made.id;
	return 1;
}

int item_set_status(struct visit *v, int64_t id, enum item_status status)
{
	int result = item_status_change(v->db, id, status, v->now);
	if (result == 0)
		return err_note(ERR_MISSING, "no such item");
	if (result > 0)
		result = status == ITEM_PUBLISHED ? into_search(v, id) : search_drop(v->db, id);
	return result < 0 ? result : 0;
}

int item_set_theme(struct visit *v, int64_t id, int64_t theme)
{
	int result = item_theme_change(v->db, id, theme);
	return result < 0 ? result : 0;
}

int item_set_text(struct visit *v, int64_t id, struct str lang, enum text_origin origin,
	struct str title, struct str body)
{
	struct item_row_row r;
	struct opt_i64 account = some(v->who.account.v);
	int result = item_row(v->db, v->mem, id, &r);
	if (result == 0)
		return err_note(ERR_MISSING, "no such item");
	if (result > 0 && origin != TEXT_AUTHOR && str_eq(lang, r.lang))
		return err_note(ERR_DENIED, "a translation over the original");
	if (result > 0)
		result = item_text_keep(v->db, id, lang);
	if (result > 0)
		result = item_text_change(v->db,
			(struct item_text_change_in){ .item = id,
				.lang = lang,
				.origin = origin,
				.title = title,
				.body = body,
				.account = account,
				.at = v->now });
	else if (result == 0)
		result = item_text_insert(v->db,
			(struct item_text_insert_in){ .item = id,
				.lang = lang,
				.version = 1,
				.origin = origin,
				.title = title,
				.body = body,
				.account = account,
				.at = v->now });
	if (result >= 0 && r.status == ITEM_PUBLISHED)
		result = into_search(v, id);
	return result < 0 ? result : 0;
}

enum item_status item_first_status(const struct space *s, const struct seat *seat)
{
	switch (s->moderation) {
	case SPACE_PRE: return ITEM_WAITING;
	case SPACE_POST: return ITEM_PUBLISHED;
	case SPACE_TRUSTED: return seat && seat->is_trusted ? ITEM_PUBLISHED : ITEM_WAITING;
	}
	return ITEM_WAITING;
}

struct str item_address(struct arena *mem, enum item_kind kind, int64_t number)
{
	static const char letter[] = "?QCRSANP";
	return arena_f(mem, "%c-%lld", letter[kind], (long long)number);
}
