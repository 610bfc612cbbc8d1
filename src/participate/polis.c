#include "crypto/crypto.h"
#include "participate/bundle_put.sql.h"
#include "participate/item.h"
#include "participate/polis_inner.h"
#include "po/messages.h"
#include "store/search.h"

enum { HOUR = 3600 };

/* What is being written. */
struct import {
	struct db *db;
	const struct polis_import *what;
	struct polis p;
	int64_t space, now, first,
		last; /* first, last: day of the first and behind the last vote */
};

static struct str draw_uid(struct arena *mem)
{
	uint64_t n;
	random_bytes(&n, sizeof n);
	return arena_f(mem, "%016llx", (unsigned long long)n);
}

static void find_days(struct import *im)
{
	int64_t first = 0, last = 0;
	for (size_t i = 0; i < im->p.n_vote; i++) {
		int64_t at = im->p.vote[i].at;
		if (at && (!first || at < first))
			first = at;
		if (at > last)
			last = at;
	}
	if (!last)
		first = last = im->now;
	im->first = first / DAY * DAY;
	im->last = last / DAY * DAY + DAY;
}

static struct str or_unknown(struct import *im, struct str s)
{
	return s.n ? s : msg_text(im->what->lang, MSG_import_space_unknown, 0);
}

static int put_about(struct import *im)
{
	const struct polis_import *w = im->what;
	struct str unknown = or_unknown(im, STR(""));
	struct str title = w->title.n ? w->title : im->p.topic.n ? im->p.topic : w->slug;
	return put_space_text(im->db,
		(struct put_space_text_in){ .space = im->space,
			.lang = w->lang->code,
			.title = title,
			.purpose = or_unknown(im, im->p.about),
			.run_by = or_unknown(im, im->p.url),
			.decider = unknown,
			.feeds = unknown,
			.notice_reason = STR("") });
}

static int put_voting(struct import *im)
{
	struct put_phase_row phase;
	int result = put_phase(im->db, im->p.mem,
		(struct put_phase_in){ .space = im->space,
			.ord = 1,
			.starts = im->first,
			.ends = im->last,
			.actions = ACT_READ | ACT_VOTE },
		&phase);
	for (enum lang_id l = 0; result >= 0 && l < LANG_COUNT; l++)
		result = put_phase_text(im->db, phase.id, lang_of(l)->code,
			msg_text(lang_of(l), MSG_import_phase_name, 0));
	return result;
}

static int put_whole_space(struct import *im)
{
	const struct polis_import *w = im->what;
	struct put_space_row made;
	bool is_open = !w->is_draft;
	int result = put_space(im->db, im->p.mem,
		(struct put_space_in){ .uid = draw_uid(im->p.mem),
			.slug = w->slug,
			.state = is_open ? SPACE_CLOSED : SPACE_DRAFT,
			.access = SPACE_EVERYONE,
			.link_key = draw_uid(im->p.mem),
			.moderation = SPACE_PRE,
			.lang = w->lang->code,
			.langs = (int64_t)1 << w->lang->id,
			/* Not told; the usual notice, so that the page claims no short one. */
			.announced_at = { im->first - SPACE_NOTICE_DAYS * DAY, is_open },
			.closed_at = { im->last, is_open },
			.created_at = im->now,
			.changed_at = im->now },
		&made);
	if (result == ERR_CONFLICT)
		return err_note(ERR_CONFLICT, "there is a space called \"%.*s\"", STR_ARG(w->slug));
	if (result < 0)
		return result;
	im->space = made.id;
	result = put_about(im);
	return result < 0 ? result : put_voting(im);
}

/* A seat that nobody can take: its key is noise, not the hash of any code. */
static int put_person(struct import *im, struct polis_person *who)
{
	struct put_participant_row person;
	struct put_seat_row seat;
	uint8_t noise[HASH_BYTES];
	random_bytes(noise, sizeof noise);
	int result = put_participant(
		im->db, im->p.mem, (struct str){ (const char *)noise, sizeof noise }, &person);
	if (result >= 0)
		result = put_seat(im->db, im->p.mem,
			(struct put_seat_in){ .space = im->space,
				.participant = person.id,
				.number = (int64_t)who->row + 1,
				.alias = STR(""),
				.lang = STR(""),
				.country = STR("") },
			&seat);
	if (result >= 0)
		who->seat = seat.id;
	return result;
}

static int put_words(struct import *im, const struct polis_statement *s, int64_t at)
{
	int result = put_item_text(im->db,
		(struct put_item_text_in){ .item = s->item,
			.lang = im->what->lang->code,
			.version = 1,
			.origin = TEXT_AUTHOR,
			.is_reviewed = 1,
			.title = STR(""),
			.body = s->body,
			.at = at });
	if (result >= 0 && !s->is_hidden)
		result = search_put(im->db, s->item, s->body, im->p.mem);
	return result;
}

static int put_statement(struct import *im, struct polis_statement *s)
{
	struct put_item_row made;
	const struct polis_person *who = s->is_seed ? NULL : polis_find_person(&im->p, s->author);
	int64_t at = s->at ? s->at : im->first;
	int result = put_item(im->db, im->p.mem,
		(struct put_item_in){ .uid = draw_uid(im->p.mem),
			.space = im->space,
			.kind = ITEM_STATEMENT,
			.number = s->tid + 1,
			.seat = { who ? who->seat : 0, who != NULL },
			.lang = im->what->lang->code,
			.status = s->is_hidden ? ITEM_HIDDEN : ITEM_PUBLISHED,
			.is_seed = s->is_seed,
			.is_meta = s->is_meta,
			.created_at = at,
			.published_at = { at, !s->is_hidden },
			.changed_at = at },
		&made);
	if (result < 0)
		return result;
	s->item = made.id;
	return put_words(im, s, at);
}

static int put_one_vote(struct import *im, const struct polis_vote *v)
{
	int64_t at = v->at ? v->at : im->first;
	return put_vote(im->db,
		(struct put_vote_in){ .space = im->space,
			.seat = im->p.person[v->row].seat,
			.item = im->p.statement[v->col].item,
			.value = v->value,
			.at = at / HOUR * HOUR });
}

int polis_import(struct db *db, struct arena *mem, const struct polis_import *what, int64_t now,
	struct polis_count *ret)
{
	struct import im = { .db = db, .what = what, .now = now, .p = { .mem = mem } };
	struct polis_count n = { 0 };
	int result = polis_read(what->folder, &im.p);
	if (result < 0)
		return result;
	find_days(&im);
	result = put_whole_space(&im);
	for (size_t i = 0; result >= 0 && i < im.p.n_person; i++)
		result = put_person(&im, &im.p.person[i]);
	for (size_t i = 0; result >= 0 && i < im.p.n_statement; i++) {
		result = put_statement(&im, &im.p.statement[i]);
		n.hidden += im.p.statement[i].is_hidden;
	}
	for (size_t i = 0; result >= 0 && i < im.p.n_vote; i++)
		result = put_one_vote(&im, &im.p.vote[i]);
	if (result < 0)
		return result;
	n.statements = (int64_t)im.p.n_statement;
	n.people = (int64_t)im.p.n_person;
	n.votes = (int64_t)im.p.n_vote;
	*ret = n;
	ret->space = im.space;
	return 0;
}
