/* Checks 7, 8, 10 and 11: sameness, width, letters of other languages, digits. */
#include "base/utf8.h"
#include "tool/poc/text.h"
#include <unicode/uchar.h>
#include <unicode/uscript.h>

static const struct {
	const char *lang, *text; /* lang NULL: in all */
} may_be_same[] = {
	{ NULL, "Baraza" },
	{ NULL, "CSV" },
	{ NULL, "JSON" },
	{ NULL, "XLSX" },
	{ NULL, "PDF" },
	{ NULL, "Atom" },
	{ NULL, "onion" },
	{ NULL, "SQLite" },
	{ NULL, "PostgreSQL" },
	{ "es", "No" },
	{ "es", "Error" },
	{ "es", "Error: {title}" },
	{ "es", "General" },
	{ "fr", "Question" },
	{ "fr", "Questions" },
	{ "fr", "Message" },
	{ "fr", "Messages" },
	{ "fr", "Date" },
	{ "fr", "Pages" },
	{ "fr", "Type" },
	{ "fr", "Participation" },
	{ "fr", "Consultation" },
	{ "fr", "Consultations" },
};

static bool has_letters(const struct subject *s)
{
	bool is_inside = false;
	for (size_t i = 0; i < s->n; i++) {
		is_inside |= s->letter[i] == '{';
		if (!is_inside && u_isalpha(s->letter[i]))
			return true;
		is_inside &= s->letter[i] != '}';
	}
	return false;
}

void check_same(struct subject *s)
{
	if (s->lang == LANG_EN || !str_eq(s->text, s->english) || !has_letters(s))
		return;
	for (size_t i = 0; i < sizeof may_be_same / sizeof may_be_same[0]; i++)
		if (str_is(s->text, may_be_same[i].text) &&
			(!may_be_same[i].lang ||
				strcmp(may_be_same[i].lang, tongues[s->lang].code) == 0))
			return;
	find_warning(s, "7: the same as in English");
}

/* Columns on the screen. A value is taken for six; a link has no width of its own. */
static size_t width(struct str text)
{
	size_t n = 0;
	for (size_t i = 0; i < text.n;) {
		if (text.p[i] == '{') {
			size_t to = i + str_find(str_from(text, i), '}');
			struct str name = { text.p + i, to - i };
			n += str_ends(name, "link") ? 0 : 6;
			i = to + 1;
			continue;
		}
		int32_t c = utf8_next(text, &i);
		int type = u_charType(c), wide = u_getIntPropertyValue(c, UCHAR_EAST_ASIAN_WIDTH);
		if (type != U_NON_SPACING_MARK && type != U_ENCLOSING_MARK)
			n += wide == U_EA_WIDE || wide == U_EA_FULLWIDTH ? 2 : 1;
	}
	return n;
}

/* "max 24" in the notes; 0 without. */
static size_t noted_max(struct str notes)
{
	for (size_t i = 0; i + 5 <= notes.n; i++) {
		struct str rest = str_from(notes, i);
		size_t max = 0;
		if (!str_starts(rest, "max "))
			continue;
		for (size_t k = 4; k < rest.n && k < 10 && rest.p[k] >= '0' && rest.p[k] <= '9';
			k++)
			max = max * 10 + (size_t)(rest.p[k] - '0');
		return max;
	}
	return 0;
}

void check_width(struct subject *s)
{
	size_t mine = width(s->text), english = width(s->english);
	size_t max = noted_max(s->entry->notes);
	if (!max && str_is(s->entry->ctxt, "button"))
		max = english > 12 ? 2 * english : 24;
	if (!max && str_is(s->entry->ctxt, "title"))
		max = english > 10 ? english * 16 / 10 : 16;
	if (max && mine > max)
		find_warning(s, "8: %zu columns, at most %zu are wanted", mine, max);
}

/* Forms that only traditional Chinese has. */
static const char traditional[] =
	"們個這來時國會後過說對學開動發經實現當點問與關體進種長機應電業無還產數將見設條車場總風連資議決東調"
	"處馬報計該論師導線區結頭張質運變讓選記認識話語請讀寫書買賣錢號類級統單責義務員團區戰爭爾滅歲歷"
	"歸殺毀漢灣熱燈營爺牆獎獨環畫異療癥監盤礦禮稅穩積窮競筆節範築簡約紅純紙細終組織絡給絕維網緊線練縣"
	"罰羅聯聖聞聲職聽脫腦臉臨興舉舊艦葉蓋藝藥蘇蘭號蟲衛術補裝複規視親覺觀觸訂討訓訊訪許訴診詞試詢詳"
	"誠誤諸謀謝證譯護譽豐貝負財貢貧貨販貴貸費貿賀賓賞賠賢賴贊贈贏趙趕跡踐軍軟較載輔輕輛輪輸轉農遞遠適"
	"遲遷遺郵鄉鄰醫釋針鐵銀銅銷錄鎮鏡鐘門閉間閱陣陰陳陸陽隊階際隨險難雖雙離雲雜靈靜響頁項順須預領頻題"
	"額顏願顧顯飛飯飲館駐驗驚髒鬥魚鮮鳥鳴麗麥黃齊齒齡龍龜";

static bool is_traditional(int32_t c)
{
	struct str all = { traditional, sizeof traditional - 1 };
	for (size_t i = 0; i < all.n;)
		if (utf8_next(all, &i) == c)
			return true;
	return false;
}

/* A word with both Latin and Cyrillic letters holds a letter that only looks right. */
static void check_mixed(struct subject *s)
{
	bool has_latin = false, has_cyrillic = false, is_said = false;
	for (size_t i = 0; i < s->n && !is_said; i++) {
		UErrorCode st = U_ZERO_ERROR;
		UScriptCode script = uscript_getScript(s->letter[i], &st);
		if (!u_isalpha(s->letter[i]))
			has_latin = has_cyrillic = false;
		has_latin |= script == USCRIPT_LATIN;
		has_cyrillic |= script == USCRIPT_CYRILLIC;
		is_said = has_latin && has_cyrillic;
	}
	if (is_said)
		find_error(s, "10: Latin and Cyrillic letters in one word");
}

void check_letters(struct subject *s)
{
	for (size_t i = 0; i < s->n; i++) {
		int32_t c = s->letter[i];
		if (s->lang == LANG_AR && c == 0x640)
			find_error(s, "10: tatweel");
		if (s->lang == LANG_AR && (c == 0x6cc || c == 0x6a9 || c == 0x6d5))
			find_error(s, "10: U+%04X is a Persian or Urdu letter", (unsigned)c);
		if (s->lang == LANG_ZH && c > 0x3000 && is_traditional(c))
			find_error(s, "10: a traditional form, U+%04X", (unsigned)c);
	}
	check_mixed(s);
}

static void count_digits(struct str text, int ret[10])
{
	for (size_t i = 0; i < text.n; i++)
		if (text.p[i] >= '0' && text.p[i] <= '9')
			ret[text.p[i] - '0']++;
}

void check_digits(struct subject *s)
{
	int mine[10] = { 0 }, theirs[10] = { 0 };
	for (size_t i = 0; i < s->n; i++) {
		int32_t c = s->letter[i];
		if ((c >= 0x660 && c <= 0x669) || (c >= 0x6f0 && c <= 0x6f9))
			find_error(s, "11: digits are written 0 to 9");
	}
	count_digits(s->text, mine);
	count_digits(s->english, theirs);
	if (memcmp(mine, theirs, sizeof mine) != 0)
		find_warning(s, "11: other digits than in English");
}
