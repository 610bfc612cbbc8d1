/* The people of the sample, and their votes. */
#include "participate/demo_inner.h"

enum { HOUR = 3600 };

/* "KE=6 UG=2": so many people from each country, who speak the language of the line. */
static int list_people(struct demo *d, struct str lang, struct str list)
{
	struct str one, country;
	while (str_cut(&list, ' ', &one)) {
		int64_t n = 0;
		str_cut(&one, '=', &country);
		if (!str_i64(one, &n) || d->n_seat + (size_t)n > DEMO_SEATS)
			return err_note(ERR_BUG, "sample people of %.*s", STR_ARG(lang));
		for (int64_t i = 0; i < n; i++)
			d->seat[d->n_seat++] =
				(struct demo_seat){ .lang = str_is(lang, "-") ? STR("") : lang,
					.country = str_is(country, "-") ? STR("") : country };
	}
	return 0;
}

static void shuffle(struct demo *d)
{
	for (size_t i = d->n_seat; i > 1; i--) {
		size_t j = (size_t)demo_noise(d, (int64_t)i);
		struct demo_seat kept = d->seat[i - 1];
		d->seat[i - 1] = d->seat[j];
		d->seat[j] = kept;
	}
}

/* Keys that are noise: no secret code has them, so nobody can take such a seat. */
static int add_participant(struct demo *d, int64_t *ret)
{
	struct put_participant_row made;
	struct str a = demo_uid(d), b = demo_uid(d);
	struct str key = arena_f(d->mem, "%.*s%.*s", STR_ARG(a), STR_ARG(b));
	int result = put_participant(d->db, d->mem, key, &made);
	if (result >= 0)
		*ret = made.id;
	return result;
}

static int add_seat(struct demo *d, size_t at)
{
	struct put_seat_row made;
	struct demo_seat *s = &d->seat[at];
	int64_t participant = 0, dice = demo_noise(d, 100);
	int64_t hours = (d->ends < d->today ? d->ends - d->opens : d->today - d->opens) / HOUR;
	s->group = dice < 42 ? 0 : dice < 75 ? 1 : 2;
	s->at = d->opens + HOUR * (hours * (int64_t)at / (int64_t)d->n_seat);
	int result = add_participant(d, &participant);
	if (result >= 0)
		result = put_seat(d->db, d->mem,
			(struct put_seat_in){ .space = d->space,
				.participant = participant,
				.number = (int64_t)at + 1,
				.alias = STR(""),
				.lang = s->lang,
				.country = s->country },
			&made);
	if (result < 0)
		return result;
	s->id = made.id;
	for (int64_t c = 1; result >= 0 && c <= d->n_crowd; c++)
		if (demo_noise(d, 100) < d->share[c])
			result = put_seat_crowd(d->db, s->id, d->crowd[c]);
	return result;
}

int demo_people(struct demo *d, const struct demo_block *b)
{
	int result = 0;
	for (size_t i = 0; result >= 0 && i < b->n_line; i++)
		result = list_people(d, b->row[i].lang, b->row[i].text);
	if (result < 0)
		return result;
	shuffle(d);
	for (size_t i = 0; result >= 0 && i < d->n_seat; i++)
		result = add_seat(d, i);
	return result;
}

/* How many of 100 agree, and how many agree or pass. */
static int64_t vote_of(struct demo *d, char lean)
{
	int64_t dice = demo_noise(d, 100);
	switch (lean) {
	case '+': return dice < 86 ? 1 : dice < 94 ? 0 : -1;
	case '-': return dice < 7 ? 1 : dice < 16 ? 0 : -1;
	default: return dice < 38 ? 1 : dice < 66 ? 0 : -1;
	}
}

/* Everybody votes on some: from 45 to 95 of 100 statements. */
static int votes_of(struct demo *d, const struct demo_seat *s)
{
	int64_t share = 45 + demo_noise(d, 51);
	int result = 0;
	for (int64_t i = 1; result >= 0 && i <= d->n[ITEM_STATEMENT]; i++) {
		if (demo_noise(d, 100) >= share)
			continue;
		result = put_vote(d->db,
			(struct put_vote_in){ .space = d->space,
				.seat = s->id,
				.item = d->item[ITEM_STATEMENT][i],
				.value = vote_of(d, d->lean[i][s->group]),
				.at = s->at });
	}
	return result;
}

int demo_votes(struct demo *d, const struct demo_block *b)
{
	int result = 0;
	(void)b;
	for (size_t i = 0; result >= 0 && i < d->n_seat; i++)
		result = votes_of(d, &d->seat[i]);
	return result;
}
