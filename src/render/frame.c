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
	return own(arena_f(w->mem, "/%.*s%.*s", STR_ARG(l->code), STR_ARG(f->path)));
}
