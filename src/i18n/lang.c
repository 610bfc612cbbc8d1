#include "i18n/i18n.h"

static const struct lang langs[LANG_COUNT] = {
	[LANG_AR] = { LANG_AR, STR("ar"), STR("ar-easy"), STR("ar"), STR("rtl"), STR("العربية"),
		"ar-001-u-nu-latn" },
	[LANG_ZH] = { LANG_ZH, STR("zh"), STR("zh-easy"), STR("zh-Hans"), STR("ltr"), STR("中文"),
		"zh-Hans" },
	[LANG_EN] = { LANG_EN, STR("en"), STR("en-easy"), STR("en"), STR("ltr"), STR("English"),
		"en-001" },
	[LANG_FR] = { LANG_FR, STR("fr"), STR("fr-easy"), STR("fr"), STR("ltr"), STR("Français"),
		"fr" },
	[LANG_RU] = { LANG_RU, STR("ru"), STR("ru-easy"), STR("ru"), STR("ltr"), STR("Русский"),
		"ru" },
	[LANG_ES] = { LANG_ES, STR("es"), STR("es-easy"), STR("es"), STR("ltr"), STR("Español"),
		"es" },
};

const struct lang *lang_of(enum lang_id id)
{
	must((unsigned)id < LANG_COUNT);
	return &langs[id];
}

const struct lang *lang_by_code(struct str code)
{
	for (size_t i = 0; i < LANG_COUNT; i++)
		if (str_eq(langs[i].code, code))
			return &langs[i];
	return NULL;
}

struct str lang_plain(struct str code)
{
	const struct str ending = STR("-easy");
	return str_ends(code, ending.p) ? (struct str){ code.p, code.n - ending.n } : code;
}

struct lang_choice lang_choice(struct str code)
{
	struct str plain = lang_plain(code);
	const struct lang *l = lang_by_code(plain);
	return (struct lang_choice){ l, l && plain.n < code.n };
}
