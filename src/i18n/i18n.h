/*
 * I know languages; not what is being said. Six of them, always all six: ar zh en fr ru
 * es. Dates, numbers, plurals, collation and names come from ICU; see words in voice.
 */
#pragma once
#include "base/arena.h"
#include "base/str.h"

enum lang_id { LANG_AR, LANG_ZH, LANG_EN, LANG_FR, LANG_RU, LANG_ES, LANG_COUNT };

/* A language of the interface. Static, one per enum lang_id. */
struct lang {
	enum lang_id id;
	struct str code; /* "ar": path, cookie, hreflang */
	struct str easy; /* "ar-easy": of texts in its easy words, and of who chose those */
	struct str tag;  /* BCP 47 for lang=: "ar", "zh-Hans" */
	struct str dir;  /* "rtl" or "ltr" */
	struct str name; /* its own name: "العربية" */
	const char *icu; /* "ar-001-u-nu-latn" */
};

const struct lang *lang_of(enum lang_id id);
/* lang_by_code(code): NULL when it is not one of the six. */
const struct lang *lang_by_code(struct str code);
/* What a reader chose: a language, and its easy words where there are some. */
struct lang_choice {
	const struct lang *lang; /* NULL: nothing of ours */
	bool is_easy;
};
/* lang_choice(code): What "ar" or "ar-easy" stands for in a path, a cookie, a row of texts. */
struct lang_choice lang_choice(struct str code);
/* lang_plain(code): The language of a text, for lang=: "ar" for "ar-easy" too. */
struct str lang_plain(struct str code);
/* lang_negotiate(accept, otherwise): The best of the six for an Accept-Language value
 * (RFC 9110 12.5.4, q-values, "zh-TW" finds zh); ${otherwise} when none fits. */
const struct lang *lang_negotiate(struct str accept, const struct lang *otherwise);

/* Plural categories in CLDR's names. */
enum plural { PLURAL_ZERO, PLURAL_ONE, PLURAL_TWO, PLURAL_FEW, PLURAL_MANY, PLURAL_OTHER };
enum plural lang_plural(const struct lang *l, int64_t n);

/* Formatted values, in ${mem}; absent only when the arena is full.
 * Times are UTC seconds. European digits unless the instance chose otherwise. */
struct str lang_number(const struct lang *l, struct arena *mem, int64_t n);
/* lang_year(mem, year): Digits alone, for a year is no amount. */
struct str lang_year(struct arena *mem, int64_t year);
/* lang_decimal(l, mem, s): "-1234.50" as readers write it, no digit more or less; what is no such
 * number stays as it is. */
struct str lang_decimal(const struct lang *l, struct arena *mem, struct str s);
struct str lang_percent(const struct lang *l, struct arena *mem, int64_t part, int64_t whole);
struct str lang_date(const struct lang *l, struct arena *mem, int64_t at);        /* 4 March 2020 */
struct str lang_day_month(const struct lang *l, struct arena *mem, int64_t at);   /* 4 March */
struct str lang_month(const struct lang *l, struct arena *mem, int64_t at);       /* March 2020 */
struct str lang_month_short(const struct lang *l, struct arena *mem, int64_t at); /* 3/2020 */
struct str lang_date_range(const struct lang *l, struct arena *mem, int64_t from, int64_t to);
struct str lang_time(
	const struct lang *l, struct arena *mem, int64_t at); /* 4 March 2020, 18:00 UTC */
struct str lang_list(const struct lang *l, struct arena *mem, const struct str *s, size_t n);

/* Names by ICU: country (ISO 3166 alpha-2, "KE"), region (UN M49, "002"; of two letters the
 * country) and language ("sw"); absent if unknown. */
struct str lang_country(const struct lang *l, struct arena *mem, struct str alpha2);
struct str lang_region(const struct lang *l, struct arena *mem, struct str code);
struct str lang_language(const struct lang *l, struct arena *mem, struct str code);
/* lang_countries(ret_n): All assigned alpha-2 codes that ICU names, by code. Static. */
const struct str *lang_countries(size_t *ret_n);

/* lang_compare(l, a, b): Order for readers of ${l} (collation). */
int lang_compare(const struct lang *l, struct str a, struct str b);

/* lang_digits(s, mem): Digits of any script in ${s} become 0–9. */
struct str lang_digits(struct arena *mem, struct str s);

/* ---- messages: compiled from po/ by tool/poc into po/messages.h ---- */
/* msg_open(): The texts of all languages are unpacked; at the start, for one that is not open yet
 * is unpacked when it is first asked for, and then nothing but memory may be had. ERR_NOMEM. */
int msg_open(void) must_use;
enum msg; /* MSG_ + key with dots as underscores: MSG_vote_button_agree */
/* msg_text(l, m, n): The pattern of ${m} in ${l}, plural form for ${n} (ignored when it has
 * none), with {name} and {link}…{/link} still in it. Static. */
struct str msg_text(const struct lang *l, int m, int64_t n);
