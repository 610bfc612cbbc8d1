#include "participate/bundle_inner.h"

const struct bundle_shape bundle_shapes[BUNDLE_FILES] = {
	[BUNDLE_PEOPLE] = { "people.csv",
		{ "number", "alias", "lang", "country", "is_trusted", "crowds" } },
	[BUNDLE_ITEMS] = { "items.csv",
		{ "uid", "kind", "parent", "number", "person", "is_staff", "lang", "theme",
			"status", "is_seed", "is_meta", "merged_into", "created_at", "published_at",
			"changed_at" } },
	[BUNDLE_TEXTS] = { "texts.csv",
		{ "item", "lang", "version", "origin", "is_reviewed", "is_staff", "at", "title",
			"body" } },
	[BUNDLE_PAST] = { "past.csv",
		{ "item", "lang", "version", "origin", "is_staff", "at", "title", "body" } },
	[BUNDLE_VOTES] = { "votes.csv", { "person", "item", "value", "at" } },
	[BUNDLE_USEFUL] = { "useful.csv", { "item", "person" } },
	[BUNDLE_FLAGS] = { "flags.csv", { "item", "person", "reason", "is_open", "at" } },
	[BUNDLE_LINKS] = { "links.csv", { "from", "to", "relation", "is_staff", "at", "quote" } },
	[BUNDLE_DECISIONS] = { "decisions.csv", { "item", "verdict", "reason", "at", "word" } },
};

int64_t bundle_place(const struct bundle_places *p, int64_t id)
{
	for (size_t i = 0; i < p->n; i++)
		if (p->id[i] == id)
			return (int64_t)i + 1;
	return 0;
}

int64_t bundle_id(const struct bundle_places *p, int64_t place)
{
	return place >= 1 && (size_t)place <= p->n ? p->id[place - 1] : 0;
}
