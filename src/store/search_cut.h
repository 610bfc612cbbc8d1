/*
 * I know what a word is, in six languages, and which spellings are the same word.
 *
 * Text is folded (compatibility forms, case, accents, Arabic marks and letter variants, ё,
 * digits of any script), then cut: runs of letters and digits are words; Chinese, Japanese and
 * Korean, written without spaces, give every pair of neighbours and the last sign alone, so
 * that any part of a sentence is found.
 */
#pragma once
#include "base/err.h"
#include "base/str.h"

enum search_use {
	SEARCH_INDEX, /* what is written: pairs and the last sign alone */
	SEARCH_QUERY, /* what is asked: pairs, or a sign that stands alone */
};

/* A token takes at most this many bytes; the rest of a longer word is not looked at. */
enum { SEARCH_TOKEN_MAX = 64 };

/* search_cut(text, use, take, arg): Hand each token of ${text} to ${take}, in order, until it
 * returns something else than 0, which is returned. ${is_sign}: one sign of a script without
 * spaces, the beginning of a pair. Malformed bytes separate words. No memory is taken. */
typedef int search_take(void *arg, struct str token, bool is_sign);
int search_cut(struct str text, enum search_use use, search_take *take, void *arg) must_use;

/* search_head(text): As much of ${text} as is looked at. */
struct str search_head(struct str text);
