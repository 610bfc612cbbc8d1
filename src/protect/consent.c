#include "protect/consent.h"
#include "record/answers.h"

#define MARK " mark:"

static int mark_of(struct visit *v, const struct keep_seat *seat, struct str text,
	char ret[CONSENT_MARK_CHARS + 1])
{
	struct vault_message said,
		ask = {
			.kind = VAULT_MARK, .at = seat->at, .field = STR(KEEP_CONSENT), .text = text
		};
	memcpy(ask.cookie, seat->cookie, sizeof ask.cookie);
	int result = vault_ask(v->house->vault, &ask, v->mem, &said);
	wipe(&ask, sizeof ask);
	if (result == 0)
		base64_url(said.verifier, sizeof said.verifier, ret, CONSENT_MARK_CHARS + 1);
	return result;
}

int consent_write(
	struct visit *v, const struct keep_seat *seat, struct str steps, size_t n, struct str *ret)
{
	char mark[CONSENT_MARK_CHARS + 1];
	struct str text = arena_f(v->mem, "%.*s%sn:%zu", STR_ARG(steps), steps.n ? " " : "", n);
	int result = text.p ? mark_of(v, seat, text, mark) : ERR_NOMEM;
	if (result < 0)
		return result;
	*ret = arena_f(v->mem, "%.*s" MARK "%s", STR_ARG(text), mark);
	return ret->p ? 0 : ERR_NOMEM;
}

bool consent_cut(struct str said, struct str *ret_text, struct str *ret_mark)
{
	enum { BEHIND = sizeof MARK - 1 + CONSENT_MARK_CHARS };
	if (said.n < BEHIND || !str_starts(str_from(said, said.n - BEHIND), MARK))
		return false;
	*ret_text = (struct str){ said.p, said.n - BEHIND };
	*ret_mark = str_from(said, said.n - CONSENT_MARK_CHARS);
	return true;
}

size_t consent_count(const struct keep_shown *said, size_t n)
{
	size_t count = 0;
	for (size_t i = 0; i < n; i++)
		count += str_is(said[i].field, KEEP_CONSENT);
	return count;
}

int consent_is_theirs(struct visit *v, const struct keep_seat *seat, const struct keep_shown *said,
	size_t n, bool *ret)
{
	char mark[CONSENT_MARK_CHARS + 1];
	const struct keep_shown *newest = NULL;
	size_t count = consent_count(said, n);
	for (size_t i = 0; i < n; i++)
		if (str_is(said[i].field, KEEP_CONSENT))
			newest = &said[i];
	*ret = !newest;
	struct str text = { 0 }, theirs = { 0 };
	if (!newest || newest->is_broken || !consent_cut(newest->text, &text, &theirs))
		return 0;
	struct str number = arena_f(v->mem, "n:%zu", count);
	int result = number.p ? mark_of(v, seat, text, mark) : ERR_NOMEM;
	*ret = result == 0 && str_is(theirs, mark) && answers_has_choice(text, number);
	return result;
}

struct str consent_word(struct arena *mem, const char *step, int64_t body)
{
	return arena_f(mem, "%s:%lld", step, (long long)body);
}

bool consent_body(struct arena *mem, struct str text, const char *step, int64_t body)
{
	struct str word = consent_word(mem, step, body);
	return word.p && answers_has_choice(text, word);
}
