#include "static/assets.h"

#include "base/err.h"
#include "static/table.h"

const struct asset *asset_find(struct str path)
{
	for (size_t i = 0; i < asset_count; i++)
		if (str_eq(asset_table[i].url, path))
			return &asset_table[i];
	return NULL;
}

const struct asset *asset_named(struct str name)
{
	for (size_t i = 0; i < asset_count; i++)
		if (str_eq(asset_table[i].name, name))
			return &asset_table[i];
	return NULL;
}

struct str asset_url(const char *name)
{
	const struct asset *a = asset_named(str_c(name));
	must(a);
	return a->url;
}
