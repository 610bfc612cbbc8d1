#include "participate/mine.h"
#include "account/who.h"
#include "participate/mine.html.h"
#include "participate/mine.sql.h"
#include "po/messages.h"
#include "render/markdown.h"

struct open_in {
	struct str code;
};
static const struct form open_form = {
	.name = "open",
	.size = sizeof(struct open_in),
	.body_max = 2048,
	.field = {
		{ "code", FIELD_CODE, .is_required = true, .at = offsetof(struct open_in, code) },
	},
};

const struct fault_label mine_labels[] = {
	{ "code", MSG_words_code_title },
	{ "body", MSG_write_body_label },
	{ "alias", MSG_profile_alias_label },
	{ NULL, 0 },
};

int mine_find(struct visit *v, struct thing *ret)
{
	int result = thing_find(v, v->part[0], true, ret);
	if (result == 0 && !ret->is_mine)
		return err_note(ERR_MISSING, "another's words");
	return result;
}

bool mine_may_correct(const struct space *s, const struct item *i)
{
	bool is_voted_on = i->kind == ITEM_STATEMENT && i->published_at;
	return s->state == SPACE_ANNOUNCED && !is_voted_on && i->status != ITEM_MERGED &&
		i->status != ITEM_WITHDRAWN;
}

static int load_verdict(struct visit *v, struct my_word *w)
{
	struct mine_verdict_row row;
	if (w->item.status != ITEM_SENT_BACK && w->item.status != ITEM_HIDDEN)
		return 0;
	int found = mine_verdict(v->db, v->mem, w->item.id, &row);
	if (found <= 0)
		return found;
	w->has_verdict = true;
	w->reason = (int)row.reason;
	w->said = row.word;
	return 0;
}

int mine_load(struct visit *v, const struct thing *t, struct my_word *ret)
{
	struct my_word w = { .item = t->item,
		.slug = t->s.slug,
		.may_correct = mine_may_correct(&t->s, &t->item),
		.may_withdraw = t->item.status != ITEM_WITHDRAWN };
	int result = load_verdict(v, &w);
	if (result == 0)
		result = markdown_html(v->mem, w.item.body, &w.html);
	if (result == 0)
		*ret = w;
	return result;
}

/* A space that has closed its door to them since is left out. */
int mine_spaces(struct visit *v, struct mine_space **ret, size_t *ret_n)
{
	struct mine_seats_row *row;
	size_t n;
	int result = mine_seats(v->db, v->mem, v->who.participant.v, v->who.account.v, &row, &n);
	if (result < 0)
		return result;
	struct mine_space *space = arena_array(v->mem, n + 1, sizeof *space);
	if (!space)
		return ERR_NOMEM;
	*ret_n = 0;
	for (size_t i = 0; i < n; i++) {
		struct mine_space *s = &space[*ret_n];
		result = space_load(v, row[i].slug, &s->s);
		if (result < 0 && result != ERR_MISSING)
			return result;
		s->seat = (struct seat){ .id = row[i].id,
			.number = row[i].number,
			.alias = row[i].alias,
			.lang = row[i].lang,
			.country = row[i].country };
		s->votes = row[i].votes;
		*ret_n += result == 0;
	}
	*ret = space;
	return 0;
}

static const struct mine_space *space_of(const struct mine_view *p, int64_t id)
{
	for (size_t i = 0; i < p->n_space; i++)
		if (p->space[i].s.id == id)
			return &p->space[i];
	return NULL;
}

static int load_words(struct visit *v, struct mine_view *p)
{
	struct mine_items_row *row;
	size_t n;
	int result = mine_items(v->db, v->mem, v->who.participant.v, v->who.account.v, ITEM_PAGE,
		(p->page - 1) * ITEM_PAGE, &row, &n);
	if (result < 0)
		return result;
	struct my_word *word = arena_array(v->mem, n + 1, sizeof *word);
	if (!word)
		return ERR_NOMEM;
	for (size_t i = 0; i < n; i++) {
		struct thing t = { 0 };
		result = item_load(v, row[i].id, true, &t.item);
		if (result < 0)
			return result;
		const struct mine_space *s = space_of(p, t.item.space);
		if (!s)
			continue;
		t.s = s->s;
		result = mine_load(v, &t, &word[p->n_word++]);
		if (result < 0)
			return result;
	}
	p->word = word;
	return 0;
}

static int load_all(struct visit *v, struct mine_view *p)
{
	struct mine_space *space;
	struct mine_count_row count = { 0 };
	int64_t page;
	int result = mine_spaces(v, &space, &p->n_space);
	if (result == 0)
		result = mine_count(v->db, v->mem, v->who.participant.v, v->who.account.v, &count);
	if (result < 0)
		return result;
	p->space = space;
	for (size_t i = 0; i < p->n_space; i++)
		p->votes += space[i].votes;
	p->all = count.n;
	p->pages = (p->all + ITEM_PAGE - 1) / ITEM_PAGE;
	bool is_asked = str_i64(http_query(v->req, "page"), &page) && page > 0 && page <= p->pages;
	p->page = is_asked ? page : 1;
	return load_words(v, p);
}

/* What the address says has just been done. */
static int note_of(const struct visit *v)
{
	static const struct {
		const char *name;
		int msg;
	} notes[] = { { "sent", MSG_words_note_sent }, { "saved", MSG_words_note_saved },
		{ "withdrawn", MSG_words_note_withdrawn }, { "deleted", MSG_words_note_deleted },
		{ "closed", MSG_words_note_closed }, { "made", MSG_account_hold_note_made },
		{ "added", MSG_account_hold_note_added }, { "left", MSG_account_hold_note_left },
		{ "parted", MSG_account_hold_note_parted } };
	for (size_t i = 0; i < sizeof notes / sizeof *notes; i++)
		if (http_query(v->req, notes[i].name).p)
			return notes[i].msg;
	return 0;
}

static void show_code(const struct visit *v, struct mine_view *p)
{
	struct code code;
	if (!v->who.has_code || v->who.takes_part || code_parse(v->who.code, &code) != 0)
		return;
	struct code_shown shown = code_show(&code);
	memcpy(p->code, shown.z, sizeof p->code);
	p->code_end = str_from(v->who.code, CODE_CHARS - 4);
	p->has_code = true;
	wipe(&code, sizeof code);
}

int mine_end(struct visit *v, struct mine_view *p, int title,
	void (*page)(struct html *, const struct mine_view *), int status)
{
	p->form = &v->form;
	p->frame = visit_frame(v, visit_say(v, title, 0));
	p->frame.area = FRAME_WORDS;
	p->frame.is_fault = v->form.n_fault > 0;
	page(&v->out, p);
	return visit_page(v, status);
}

void mine_more(struct html *w, const struct mine_more *m)
{
	if (m->show)
		m->show(w, m->of);
}

static int show(struct visit *v, int status, int (*more)(struct visit *v, struct mine_view *p))
{
	struct mine_view p = { .is_known = v->who.participant.v != 0 };
	int result = who_form(v);
	show_code(v, &p);
	if (result == 0 && p.is_known)
		result = load_all(v, &p);
	if (result == 0)
		result = hold_load(v, &p.hold);
	if (result == 0 && p.is_known && more)
		result = more(v, &p);
	if (result < 0)
		return result;
	p.is_first = http_query(v->req, "first").p != NULL;
	p.note = note_of(v);
	return mine_end(v, &p, MSG_site_nav_words, mine_page, status);
}

int mine_show(struct visit *v, int (*load)(struct visit *v, struct mine_view *p))
{
	return show(v, 200, load);
}

/* Whatever is wrong with a code is said in the same words, so that nothing can be learned. */
static int open_check(struct visit *v)
{
	int result = v->form.n_fault ? 0 : who_code_find(v, visit_in(v, struct open_in)->code);
	if (result < 0)
		return result;
	if (result > 0)
		return VISIT_GO_ON;
	if (!form_fault_of(&v->form, "csrf")) {
		v->form.n_fault = 0;
		form_fault_add(&v->form, "code", MSG_words_open_fault, 0);
	}
	return visit_ended(show(v, 422, NULL));
}

static int open_act(struct visit *v)
{
	v->is_quiet = true;
	int result = who_code_open(v, visit_in(v, struct open_in)->code);
	return result < 0 ? result : visit_goto(v, "/me");
}

static int close_act(struct visit *v)
{
	v->is_quiet = true;
	who_code_close(v);
	return visit_goto(v, "/me?closed");
}

const struct route mine_routes[] = {
	/* method    path           who     input       check       act */
	{ HTTP_POST, "/me/open", ANYONE, &open_form, open_check, open_act },
	{ HTTP_POST, "/me/close", ANYONE, NULL, NULL, close_act },
	{ HTTP_GET, "/me/item/:id", ANYONE, NULL, NULL, correct_show },
	{ HTTP_POST, "/me/item/:id", ANYONE, &correct_form, correct_check, correct_act },
	{ HTTP_GET, "/me/item/:id/withdraw", ANYONE, NULL, NULL, withdraw_show },
	{ HTTP_POST, "/me/item/:id/withdraw", ANYONE, NULL, NULL, withdraw_act },
	{ HTTP_GET, "/me/space/:slug", ANYONE, NULL, NULL, profile_show },
	{ HTTP_POST, "/me/space/:slug", ANYONE, &profile_form, profile_form_check, profile_act },
	{ HTTP_GET, "/me/delete", ANYONE, NULL, NULL, delete_show },
	{ HTTP_GET, "/me/data.json", ANYONE, NULL, NULL, mine_data },
	{ 0 },
};
