#include "protect/consent.h"
#include "record/answers.h"

enum { MARK_CHARS = 43 };
#define MARK " mark:"

static int mark_of(
	struct visit *v, const struct keep_seat *seat, struct str text, char ret[MARK_CHARS + 1])
{
	struct vault_message said,
		ask = {
			.kind = VAULT_MARK, .at = seat->at, .field = STR(KEEP_CONSENT), .text = text
		};
	memcpy(ask.cookie, seat->cookie, sizeof ask.cookie);
	int result = vault_ask(v->house->vault, &ask, v->mem, &said);
	wipe(&ask, sizeof ask);
	if (result == 0)
		base64_url(said.verifier, sizeof said.verifier, ret, MARK_CHARS + 1);
	return result;
}

int consent_write(
	struct visit *v, const struct keep_seat *seat, struct str steps, size_t n, struct str *ret)
{
	char mark[MARK_CHARS + 1];
	struct str text = arena_f(v->mem, "%.*s%sn:%zu", STR_ARG(steps), steps.n ? " " : "", n);
	int result = text.p ? mark_of(v, seat, text, mark) : ERR_NOMEM;
	if (result < 0)
		return result;
	*ret = arena_f(v->mem, "%.*s" MARK "%s", STR_ARG(text), mark);
	return ret->p ? 0 : ERR_NOMEM;
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
	enum { BEHIND = sizeof MARK - 1 + MARK_CHARS };
	char mark[MARK_CHARS + 1];
	const struct keep_shown *newest = NULL;
	size_t count = consent_count(said, n);
	for (size_t i = 0; i < n; i++)
		if (str_is(said[i].field, KEEP_CONSENT))
			newest = &said[i];
	*ret = !newest;
	if (!newest || newest->is_broken || newest->text.n < BEHIND)
		return 0;
	struct str text = { newest->text.p, newest->text.n - BEHIND };
	struct str behind = str_from(newest->text, text.n);
	struct str number = arena_f(v->mem, "n:%zu", count);
	int result = number.p ? mark_of(v, seat, text, mark) : ERR_NOMEM;
	*ret = result == 0 && str_starts(behind, MARK) &&
		str_is(str_from(behind, sizeof MARK - 1), mark) && answers_has_choice(text, number);
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
