/* What a space says of itself, from JSON into the database. */
#include "crypto/code.h"
#include "i18n/i18n.h"
#include "participate/bundle_inner.h"
#include "participate/bundle_put.sql.h"

enum { LINK_KEY_CHARS = 32 };

static int bad(const char *member, const char *what)
{
	return err_note(ERR_INPUT, "space.json: %s: %s", member, what);
}

static int get_str(const json_t *from, const char *name, struct str *ret)
{
	const json_t *v = json_object_get(from, name);
	if (!json_is_string(v))
		return bad(name, "is missing, or not a text");
	*ret = (struct str){ json_string_value(v), json_string_length(v) };
	return 0;
}

static int get_number(const json_t *from, const char *name, int64_t *ret)
{
	const json_t *v = json_object_get(from, name);
	if (!json_is_integer(v))
		return bad(name, "is missing, or not a whole number");
	*ret = json_integer_value(v);
	return 0;
}

static int get_opt(const json_t *from, const char *name, struct opt_i64 *ret)
{
	const json_t *v = json_object_get(from, name);
	if (!json_is_null(v) && !json_is_integer(v))
		return bad(name, "is missing, or neither null nor a whole number");
	*ret = (struct opt_i64){ json_integer_value(v), json_is_integer(v) };
	return 0;
}

static int get_word(const json_t *from, const char *name, const char *const *words, int64_t *ret)
{
	struct str s = { 0 };
	int result = get_str(from, name, &s);
	if (result < 0)
		return result;
	for (int64_t i = 0; words[i]; i++)
		if (str_is(s, words[i])) {
			*ret = i;
			return 0;
		}
	return bad(name, "is no word that stands there");
}

static int get_list(const json_t *from, const char *name, const json_t **ret)
{
	*ret = json_object_get(from, name);
	return json_is_array(*ret) ? 0 : bad(name, "is missing, or not a list");
}

static int get_langs(const json_t *from, int64_t *ret)
{
	const json_t *list;
	int result = get_list(from, "langs", &list);
	*ret = 0;
	for (size_t i = 0; result == 0 && i < json_array_size(list); i++) {
		const struct lang *l = lang_by_code(
			str_c(json_string_value(json_array_get(list, i))));
		if (!l)
			return bad("langs", "names a language that we do not have");
		*ret |= (int64_t)1 << l->id;
	}
	return result;
}

static int get_times(const json_t *from, struct put_space_in *in)
{
	int result = get_opt(from, "decided_at", &in->decided_at);
	result = result ? result : get_opt(from, "answer_due", &in->answer_due);
	result = result ? result : get_opt(from, "announced_at", &in->announced_at);
	result = result ? result : get_opt(from, "closed_at", &in->closed_at);
	result = result ? result : get_number(from, "created_at", &in->created_at);
	return result ? result : get_number(from, "changed_at", &in->changed_at);
}

static int get_head(const json_t *from, struct put_space_in *in)
{
	int result = get_str(from, "uid", &in->uid);
	result = result ? result : get_str(from, "slug", &in->slug);
	result = result ? result : get_word(from, "state", bundle_states, &in->state);
	result = result ? result : get_word(from, "access", bundle_accesses, &in->access);
	result = result ? result
			: get_word(from, "moderation", bundle_moderations, &in->moderation);
	result = result ? result : get_str(from, "lang", &in->lang);
	result = result ? result : get_langs(from, &in->langs);
	result = result ? result : get_times(from, in);
	in->is_sample = json_is_true(json_object_get(from, "is_sample"));
	if (result == 0 && in->uid.n != 16)
		return bad("uid", "is not 16 digits");
	if (result == 0 && !lang_by_code(in->lang))
		return bad("lang", "is a language that we do not have");
	return result;
}

static int take_texts(struct db *db, int64_t space, const json_t *from)
{
	const json_t *texts = json_object_get(from, "texts");
	void *at = json_object_iter((json_t *)(uintptr_t)texts);
	int result = json_is_object(texts) ? 0 : bad("texts", "is missing, or not an object");
	for (; result >= 0 && at; at = json_object_iter_next((json_t *)(uintptr_t)texts, at)) {
		const json_t *one = json_object_iter_value(at);
		struct put_space_text_in in = { .space = space,
			.lang = str_c(json_object_iter_key(at)) };
		result = get_str(one, "title", &in.title);
		result = result ? result : get_str(one, "purpose", &in.purpose);
		result = result ? result : get_str(one, "run_by", &in.run_by);
		result = result ? result : get_str(one, "decider", &in.decider);
		result = result ? result : get_str(one, "feeds", &in.feeds);
		result = result ? result : get_str(one, "notice_reason", &in.notice_reason);
		if (result == 0)
			result = put_space_text(db, in);
	}
	return result;
}

typedef int put_name(struct db *db, int64_t id, struct str lang, struct str name);

static int take_names(struct db *db, int64_t id, const json_t *from, put_name *put)
{
	json_t *names = json_object_get(from, "names");
	const char *lang;
	json_t *name;
	int result = json_is_object(names) ? 0 : bad("names", "is missing, or not an object");
	if (result < 0)
		return result;
	json_object_foreach(names, lang, name)
	{
		if (!json_is_string(name))
			return bad("names", "one is not a text");
		result = put(db, id, str_c(lang),
			(struct str){ json_string_value(name), json_string_length(name) });
		if (result < 0)
			return result;
	}
	return 0;
}

static int take_phases(struct db *db, struct arena *mem, int64_t space, const json_t *from)
{
	const json_t *list;
	struct put_phase_row made;
	int result = get_list(from, "phases", &list);
	for (size_t i = 0; result >= 0 && i < json_array_size(list); i++) {
		const json_t *one = json_array_get(list, i);
		struct put_phase_in in = { .space = space, .ord = (int64_t)i + 1 };
		result = get_number(one, "starts", &in.starts);
		result = result ? result : get_number(one, "ends", &in.ends);
		result = result ? result : get_number(one, "actions", &in.actions);
		if (result == 0)
			result = put_phase(db, mem, in, &made);
		if (result >= 0)
			result = take_names(db, made.id, one, put_phase_text);
	}
	return result;
}

static int places_make(struct arena *mem, const json_t *list, struct bundle_places *ret)
{
	ret->id = arena_array(mem, json_array_size(list) + 1, sizeof *ret->id);
	return ret->id ? 0 : err_note(ERR_NOMEM, "space.json");
}

static int take_themes(struct db *db, struct arena *mem, const json_t *from, struct bundle_space *s)
{
	const json_t *list;
	struct put_theme_row made;
	int result = get_list(from, "themes", &list);
	if (result == 0)
		result = places_make(mem, list, &s->theme);
	for (size_t i = 0; result >= 0 && i < json_array_size(list); i++) {
		result = put_theme(db, mem, s->id, (int64_t)i + 1, &made);
		if (result < 0)
			break;
		s->theme.id[s->theme.n++] = made.id;
		result = take_names(db, made.id, json_array_get(list, i), put_theme_text);
	}
	return result;
}

static int take_crowds(struct db *db, struct arena *mem, const json_t *from, struct bundle_space *s)
{
	const json_t *list;
	struct put_crowd_row made;
	int result = get_list(from, "crowds", &list);
	if (result == 0)
		result = places_make(mem, list, &s->crowd);
	for (size_t i = 0; result >= 0 && i < json_array_size(list); i++) {
		const json_t *one = json_array_get(list, i);
		struct opt_i64 hoped;
		result = get_opt(one, "hoped", &hoped);
		if (result == 0)
			result = put_crowd(db, mem, s->id, (int64_t)i + 1, hoped, &made);
		if (result < 0)
			break;
		s->crowd.id[s->crowd.n++] = made.id;
		result = take_names(db, made.id, one, put_crowd_text);
	}
	return result;
}

static int take_targets(struct db *db, int64_t space, const json_t *from)
{
	static const char *const kinds[] = { "country", "language", NULL };
	const json_t *list;
	int result = get_list(from, "targets", &list);
	for (size_t i = 0; result >= 0 && i < json_array_size(list); i++) {
		const json_t *one = json_array_get(list, i);
		int64_t kind, least;
		struct str value;
		result = get_word(one, "kind", kinds, &kind);
		result = result ? result : get_str(one, "value", &value);
		result = result ? result : get_number(one, "least", &least);
		if (result == 0)
			result = put_target(db, space, kind, value, least);
	}
	return result;
}

static int take_sdgs(struct db *db, int64_t space, const json_t *from)
{
	const json_t *list;
	int result = get_list(from, "sdg", &list);
	for (size_t i = 0; result >= 0 && i < json_array_size(list); i++) {
		const char *target = json_string_value(json_array_get(list, i));
		result = target ? put_sdg(db, space, str_c(target))
				: bad("sdg", "one is not a text");
	}
	return result;
}

int bundle_space_put(struct db *db, struct arena *mem, const json_t *json, struct str slug,
	struct bundle_space *ret)
{
	struct str format;
	char key[LINK_KEY_CHARS + 1];
	struct put_space_row made;
	struct put_space_in in = { 0 };
	int result = get_str(json, "format", &format);
	if (result == 0 && !str_is(format, BUNDLE_FORMAT))
		return bad("format", "is not \"" BUNDLE_FORMAT "\"");
	if (result == 0)
		result = get_head(json, &in);
	if (result < 0)
		return result;
	if (slug.p)
		in.slug = slug;
	base32_make(key, LINK_KEY_CHARS);
	in.link_key = str_c(key);
	result = put_space(db, mem, in, &made);
	if (result == ERR_CONFLICT)
		return err_note(ERR_CONFLICT, "this space, or one called \"%.*s\", is here already",
			STR_ARG(in.slug));
	struct bundle_space s = { .id = made.id };
	if (result >= 0)
		result = take_texts(db, s.id, json);
	if (result >= 0)
		result = take_phases(db, mem, s.id, json);
	if (result >= 0)
		result = take_themes(db, mem, json, &s);
	if (result >= 0)
		result = take_crowds(db, mem, json, &s);
	if (result >= 0)
		result = take_sdgs(db, s.id, json);
	if (result >= 0)
		result = take_targets(db, s.id, json);
	if (result < 0)
		return result;
	*ret = s;
	return 0;
}
