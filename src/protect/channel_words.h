/* I change what people read of a channel before they begin, in six languages, and what it promises.
 */
#pragma once
#include "protect/channel.h"

struct words_view {
	struct frame frame;
	const struct form_result *form;
	struct channel_row one;
	struct str name[LANG_COUNT], about[LANG_COUNT];
	bool is_saved;
};
/* words_field(kind, lang): "name-ar"; ${kind} 0: the name, 1: the text. words_typed(p, kind, lang):
 * What was typed, or what there is. */
const char *words_field(int kind, int lang);
struct str words_typed(const struct words_view *p, int kind, int lang);
