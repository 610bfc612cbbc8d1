#include "render/frame.h"
#include "static/assets.h"

/* An address of our own making: it cannot fail, short of memory. */
static struct url own(struct str s)
{
	struct url url = { STR("/") };
	if (url_local(s, &url) < 0)
		return (struct url){ STR("/") };
	return url;
}

/* This page for who chose ${words}. */
static struct url at(struct html *w, struct str words, const struct frame *f)
{
	return own(arena_f(w->mem, "/%.*s%.*s", STR_ARG(words), STR_ARG(f->path)));
}

struct url frame_style(void)
{
	return own(asset_url("site.css"));
}
struct url frame_icon(void)
{
	return own(asset_url("icon.svg"));
}

struct url frame_in(struct html *w, const struct frame *f, const struct lang *l)
{
	return at(w, f->is_easy ? l->easy : l->code, f);
}

struct url frame_easy(struct html *w, const struct frame *f)
{
	return at(w, f->is_easy ? w->lang->code : w->lang->easy, f);
}
