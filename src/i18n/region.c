#include "i18n/region.h"

/* docs/data.md says where this is from. */
static const struct {
	struct str code;
	const char *countries; /* alpha-2, a blank between */
} regions[] = {
	{ { "002", 3 },
		"AO BF BI BJ BW CD CF CG CI CM CV DJ DZ EG EH ER ET GA GH GM GN GQ GW IO KE KM LR "
		"LS LY MA MG ML MR MU MW MZ NA NE NG RE RW SC SD SH SL SN SO SS ST SZ TD TF TG TN "
		"TZ UG YT ZA ZM ZW" },
	{ { "019", 3 },
		"AG AI AR AW BB BL BM BO BQ BR BS BV BZ CA CL CO CR CU CW DM DO EC FK GD GF GL GP "
		"GS GT GY HN HT JM KN KY LC MF MQ MS MX NI PA PE PM PR PY SR SV SX TC TT US UY VC "
		"VE VG VI" },
	{ { "142", 3 },
		"AE AF AM AZ BD BH BN BT CN CY GE HK ID IL IN IQ IR JO JP KG KH KP KR KW KZ LA LB "
		"LK MM MN MO MV MY NP OM PH PK PS QA SA SG SY TH TJ TL TM TR TW UZ VN YE" },
	{ { "150", 3 },
		"AD AL AT AX BA BE BG BY CH CZ DE DK EE ES FI FO FR GB GG GI GR HR HU IE IM IS IT "
		"JE LI LT LU LV MC MD ME MK MT NL NO PL PT RO RS RU SE SI SJ SK SM UA VA XK" },
	{ { "009", 3 },
		"AS AU CC CK CX FJ FM GU HM KI MH MP NC NF NR NU NZ PF PG PN PW SB TK TO TV UM VU "
		"WF WS" },
};

static bool has(const char *list, struct str country)
{
	for (const char *at = list; *at; at += at[2] ? 3 : 2)
		if (at[0] == country.p[0] && at[1] == country.p[1])
			return true;
	return false;
}

struct str region_of(struct str country)
{
	for (size_t i = 0; i < sizeof regions / sizeof *regions; i++)
		if (country.n == 2 && has(regions[i].countries, country))
			return regions[i].code;
	return country;
}

const struct str *region_codes(size_t *ret_n)
{
	static const struct str codes[] = { { "002", 3 }, { "019", 3 }, { "142", 3 }, { "150", 3 },
		{ "009", 3 } };
	*ret_n = sizeof codes / sizeof *codes;
	return codes;
}
