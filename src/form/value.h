/*
 * I know how people write a text, a number or a day, in any script, and what they mean by it.
 */
#pragma once
#include "form/form.h"

/* value_text(raw, kind, mem, ret): ${raw} (well-formed UTF-8) in NFC, without control
 * characters. FIELD_LINE: one line, trimmed. FIELD_TEXT: lines end in LF, trimmed.
 * FIELD_SECRET: NFC only. ERR_NOMEM. */
int value_text(struct str raw, enum field_kind kind, struct arena *mem, struct str *ret) must_use;
/* value_is_blank(s): Nothing but white space. */
bool value_is_blank(struct str s);
/* value_int(s, ret): A whole number in digits of any one or more scripts, perhaps negative,
 * white space around it. False: not one, or too large. */
bool value_int(struct str s, int64_t *ret) must_use;
/* value_date(s, ret): Year, month and day in that order between '-', '/' or '.', years 1 to
 * 9999; the UTC second at which the day begins. */
bool value_date(struct str s, int64_t *ret) must_use;
