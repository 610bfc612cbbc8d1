/* What a space says of itself, as JSON. */
#include "i18n/i18n.h"
#include "participate/bundle.sql.h"
#include "participate/bundle_inner.h"
#include <stdio.h>

const char *const bundle_states[] = { "draft", "announced", "closed", "archived", NULL };
const char *const bundle_accesses[] = { "everyone", "link", "members", NULL };
const char *const bundle_moderations[] = { "pre", "post", "trusted", NULL };

enum { STATES = 4, ACCESSES = 3, MODERATIONS = 3 };

static json_t *json_str(struct str s)
{
	return json_stringn(s.n ? s.p : "", s.n);
}

static json_t *json_opt(struct opt_i64 n)
{
	return n.has ? json_integer(n.v) : json_null();
}

static void set(json_t *to, struct str name, json_t *value)
{
	char key[40];
	snprintf(key, sizeof key, "%.*s", STR_ARG(name));
	json_object_set_new(to, key, value);
}

static int put_head(json_t *to, const struct bundle_space_row *r)
{
	json_t *langs = json_array();
	for (enum lang_id l = 0; l < LANG_COUNT; l++)
		if (r->langs & (int64_t)1 << l)
			json_array_append_new(langs, json_str(lang_of(l)->code));
	if (r->state >= STATES || r->access >= ACCESSES || r->moderation >= MODERATIONS)
		return err_note(ERR_BUG, "a space in a state that has no name");
	json_object_set_new(to, "format", json_string(BUNDLE_FORMAT));
	json_object_set_new(to, "times", json_string("seconds since 1970, UTC"));
	json_object_set_new(to, "uid", json_str(r->uid));
	json_object_set_new(to, "slug", json_str(r->slug));
	json_object_set_new(to, "state", json_string(bundle_states[r->state]));
	json_object_set_new(to, "access", json_string(bundle_accesses[r->access]));
	json_object_set_new(to, "moderation", json_string(bundle_moderations[r->moderation]));
	json_object_set_new(to, "lang", json_str(r->lang));
	json_object_set_new(to, "langs", langs);
	json_object_set_new(to, "decided_at", json_opt(r->decided_at));
	json_object_set_new(to, "answer_due", json_opt(r->answer_due));
	json_object_set_new(to, "announced_at", json_opt(r->announced_at));
	json_object_set_new(to, "closed_at", json_opt(r->closed_at));
	json_object_set_new(to, "is_sample", json_boolean(r->is_sample != 0));
	json_object_set_new(to, "created_at", json_integer(r->created_at));
	json_object_set_new(to, "changed_at", json_integer(r->changed_at));
	return 0;
}

static int put_texts(struct db *db, struct arena *mem, int64_t space, json_t *to)
{
	struct bundle_space_texts_row *t;
	size_t n = 0;
	json_t *texts = json_object();
	json_object_set_new(to, "texts", texts);
	int result = bundle_space_texts(db, mem, space, &t, &n);
	for (size_t i = 0; result >= 0 && i < n; i++) {
		json_t *one = json_object();
		set(texts, t[i].lang, one);
		json_object_set_new(one, "title", json_str(t[i].title));
		json_object_set_new(one, "purpose", json_str(t[i].purpose));
		json_object_set_new(one, "run_by", json_str(t[i].run_by));
		json_object_set_new(one, "decider", json_str(t[i].decider));
		json_object_set_new(one, "feeds", json_str(t[i].feeds));
		json_object_set_new(one, "notice_reason", json_str(t[i].notice_reason));
	}
	return result;
}

/* Names of phases, themes and crowds, of one space. */
struct names {
	struct bundle_names_row *row;
	size_t n;
};
enum { OF_PHASE = 1, OF_THEME, OF_CROWD };

static json_t *names_json(const struct names *names, int64_t what, int64_t owner)
{
	json_t *to = json_object();
	for (size_t i = 0; i < names->n; i++)
		if (names->row[i].what == what && names->row[i].owner == owner)
			set(to, names->row[i].lang, json_str(names->row[i].name));
	return to;
}

static int put_phases(
	struct db *db, struct arena *mem, int64_t space, const struct names *names, json_t *to)
{
	struct bundle_phases_row *p;
	size_t n = 0;
	json_t *phases = json_array();
	json_object_set_new(to, "phases", phases);
	int result = bundle_phases(db, mem, space, &p, &n);
	for (size_t i = 0; result >= 0 && i < n; i++) {
		json_t *one = json_object();
		json_array_append_new(phases, one);
		json_object_set_new(one, "starts", json_integer(p[i].starts));
		json_object_set_new(one, "ends", json_integer(p[i].ends));
		json_object_set_new(one, "actions", json_integer(p[i].actions));
		json_object_set_new(one, "names", names_json(names, OF_PHASE, p[i].id));
	}
	return result;
}

static int put_themes(struct db *db, struct arena *mem, struct bundle_space *s,
	const struct names *names, json_t *to)
{
	struct bundle_themes_row *t;
	json_t *themes = json_array();
	json_object_set_new(to, "themes", themes);
	int result = bundle_themes(db, mem, s->id, &t, &s->theme.n);
	if (result < 0)
		return result;
	s->theme.id = arena_array(mem, s->theme.n + 1, sizeof *s->theme.id);
	if (!s->theme.id)
		return err_note(ERR_NOMEM, "themes");
	for (size_t i = 0; i < s->theme.n; i++) {
		json_t *one = json_object();
		s->theme.id[i] = t[i].id;
		json_array_append_new(themes, one);
		json_object_set_new(one, "names", names_json(names, OF_THEME, t[i].id));
	}
	return 0;
}

static int put_crowds(struct db *db, struct arena *mem, struct bundle_space *s,
	const struct names *names, json_t *to)
{
	struct bundle_crowds_row *c;
	json_t *crowds = json_array();
	json_object_set_new(to, "crowds", crowds);
	int result = bundle_crowds(db, mem, s->id, &c, &s->crowd.n);
	if (result < 0)
		return result;
	s->crowd.id = arena_array(mem, s->crowd.n + 1, sizeof *s->crowd.id);
	if (!s->crowd.id)
		return err_note(ERR_NOMEM, "crowds");
	for (size_t i = 0; i < s->crowd.n; i++) {
		json_t *one = json_object();
		s->crowd.id[i] = c[i].id;
		json_array_append_new(crowds, one);
		json_object_set_new(one, "hoped", json_opt(c[i].hoped));
		json_object_set_new(one, "names", names_json(names, OF_CROWD, c[i].id));
	}
	return 0;
}

static int put_hopes(struct db *db, struct arena *mem, int64_t space, json_t *to)
{
	struct bundle_sdgs_row *goal;
	struct bundle_targets_row *t;
	size_t n = 0;
	json_t *sdg = json_array(), *targets = json_array();
	json_object_set_new(to, "sdg", sdg);
	json_object_set_new(to, "targets", targets);
	int result = bundle_sdgs(db, mem, space, &goal, &n);
	for (size_t i = 0; result >= 0 && i < n; i++)
		json_array_append_new(sdg, json_str(goal[i].target));
	if (result >= 0)
		result = bundle_targets(db, mem, space, &t, &n);
	for (size_t i = 0; result >= 0 && i < n; i++) {
		json_t *one = json_object();
		json_array_append_new(targets, one);
		json_object_set_new(one, "kind", json_string(t[i].kind ? "language" : "country"));
		json_object_set_new(one, "value", json_str(t[i].value));
		json_object_set_new(one, "least", json_integer(t[i].least));
	}
	return result;
}

int bundle_space_json(struct db *db, struct arena *mem, struct str slug, struct bundle_space *ret,
	json_t **ret_json)
{
	struct bundle_space_row r;
	struct names names = { 0 };
	int result = bundle_space(db, mem, slug, &r);
	if (result == 0)
		return err_note(ERR_MISSING, "no space is called \"%.*s\"", STR_ARG(slug));
	if (result < 0)
		return result;
	struct bundle_space s = { .id = r.id };
	json_t *to = json_object();
	result = put_head(to, &r);
	if (result >= 0)
		result = put_texts(db, mem, s.id, to);
	if (result >= 0)
		result = bundle_names(db, mem, s.id, &names.row, &names.n);
	if (result >= 0)
		result = put_phases(db, mem, s.id, &names, to);
	if (result >= 0)
		result = put_themes(db, mem, &s, &names, to);
	if (result >= 0)
		result = put_crowds(db, mem, &s, &names, to);
	if (result >= 0)
		result = put_hopes(db, mem, s.id, to);
	if (result < 0) {
		json_decref(to);
		return result;
	}
	*ret = s;
	*ret_json = to;
	return 0;
}
