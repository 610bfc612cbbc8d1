/* Translations of a definition: any bytes in; every text of the definition still says something. */
#include "record/labels.h"
#include "tests/fuzz/fuzz.h"

static const char definition[] =
	"| settings |\n| | form_id | form_title | version |\n| | f | Form | 1 |\n"
	"| survey |\n| | type | name | label | hint |\n| | select_one yn | a | A? | Say it |\n"
	"| choices |\n| | list_name | name | label |\n| | yn | yes | Yes |\n"
	"| states |\n| | name | label | kind |\n| | new | New | done |\n";

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	auto_arena mem;
	struct def *d;
	struct labels l;
	arena_init(&mem, 16 << 20);
	must(def_read(&mem, "fuzz", str_c(definition), &d) == 0);
	if (labels_read(&mem, "fuzz", (struct str){ (const char *)p, n }, d, lang_of(LANG_FR), &l) <
		0)
		return 0;
	must(l.title.s.n && l.label[0].s.n && l.hint[0].s.n && l.choice[0].s.n && l.state[0].s.n);
	must(l.n_missing <= 6 && l.title.lang && l.choice[0].lang);
	return 0;
}
