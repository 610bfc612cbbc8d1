/* Tags of HXL: any two cells in; what is a tag is made of one kind and attributes, is the same as
 * itself in other letters, and has what is the same. */
#include "record/hxl.h"
#include "base/err.h"
#include "tests/fuzz/fuzz.h"
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

static bool may_stand(unsigned char c)
{
	return isalnum(c) || isspace(c) || c == '#' || c == '+' || c == '_';
}

static void look(struct str tag)
{
	char *other = malloc(tag.n + 1);
	must(other);
	for (size_t i = 0; i < tag.n; i++) {
		must(may_stand((unsigned char)tag.p[i]));
		other[i] = (char)toupper((unsigned char)tag.p[i]);
	}
	struct str loud = { other, tag.n }, kind = hxl_kind(tag);
	must(kind.n >= 2 && kind.p[0] == '#' && isalpha((unsigned char)kind.p[1]));
	must(hxl_is_tag(kind) && hxl_has(tag, kind));
	must(hxl_is_tag(loud) && hxl_is_same(tag, loud) && hxl_is_same(loud, tag));
	free(other);
}

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct str all = { (const char *)p, n }, one = { 0 };
	str_cut(&all, '\n', &one);
	bool is_tag = hxl_is_tag(one), are_both = is_tag && hxl_is_tag(all);
	if (is_tag)
		look(one);
	if (are_both && hxl_is_same(one, all))
		must(hxl_has(one, all) && hxl_has(all, one));
	if (are_both && hxl_has(one, all))
		must(str_eq_ascii(hxl_kind(one), hxl_kind(all)));
	return 0;
}
