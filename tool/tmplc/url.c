#include "tool/tmplc/inner.h"
#include <strings.h>

/* How the address in this value begins. "/" alone is too little before a hole: "/", "" and
 * "/host" make an address on another site. */
enum url_start url_start(const struct spot *at)
{
	const char *v = at->value;
	if (at->lits == 0)
		return at->holes ? URL_WHOLE : URL_EMPTY;
	if (v[0] == '?' || v[0] == '#')
		return URL_QUERY;
	if (v[0] == '/' && v[1] != '/' && v[1] != '\\')
		return v[1] ? URL_PATH : URL_SLASH;
	static const char *const web[] = { "https://", "http://", "mailto:", "tel:" };
	for (size_t i = 0; i < sizeof web / sizeof *web; i++)
		if (strncasecmp(v, web[i], strlen(web[i])) == 0)
			return URL_WEB;
	return URL_BAD;
}

/* The literal start of an address, at the end of its value or of a branch. */
void url_check(struct tmplc *t)
{
	const struct spot *at = &t->at;
	if (at->kind != LINK && at->kind != FETCH)
		return;
	enum url_start start = url_start(at);
	if (start == URL_BAD)
		fail(t,
			"%s= must begin with a literal /path, ?, #, https:// or mailto:, or be a "
			"{{struct url}} as a whole",
			at->attr);
	if (start == URL_WEB && at->kind == FETCH)
		fail(t, "%s= must stay on this site: write a path that begins with /", at->attr);
}
