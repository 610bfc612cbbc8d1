/* Each of the twelve checks is seen to fail on a message that is otherwise whole. */
#include "tests/test.h"
#include "tool/poc/poc.h"

static const char *const good[LANG_COUNT] = { [LANG_AR] = "نحفظ النص.",
	[LANG_ZH] = "文字已保存。",
	[LANG_EN] = "The text is kept.",
	[LANG_FR] = "Le texte est gardé.",
	[LANG_RU] = "Текст сохраняется.",
	[LANG_ES] = "El texto se guarda." };
static const char *const good_plural[LANG_COUNT][PLURAL_COUNT] = {
	[LANG_AR] = { "لا ردود", "رد واحد", "ردّان", "{count} ردود", "{count} رداً", "{count} رد" },
	[LANG_ZH] = { "{count}条答复" },
	[LANG_EN] = { "{count} answer", "{count} answers" },
	[LANG_FR] = { "{count} réponse", "{count} de réponses", "{count} réponses" },
	[LANG_RU] = { "{count} ответ", "{count} ответа", "{count} ответов" },
	[LANG_ES] = { "{count} respuesta", "{count} de respuestas", "{count} respuestas" },
};

/* A message in six catalogues, to be spoiled by a test. */
struct sample {
	struct catalogue cat[LANG_COUNT];
	struct entry entry[LANG_COUNT];
	struct row row;
	struct rules rules;
};

static void sample_make(struct sample *s, bool is_plural)
{
	*s = (struct sample){ .row = { .key = STR("a.b.c") } };
	for (enum lang_id l = 0; l < LANG_COUNT; l++) {
		struct entry *e = &s->entry[l];
		s->cat[l] =
			(struct catalogue){ .file = tongues[l].code, .room = STR("a"), .lang = l };
		*e = (struct entry){ .line = 1,
			.ctxt = STR("text"),
			.key = s->row.key,
			.is_plural = is_plural,
			.n_text = is_plural ? tongues[l].n : 1 };
		for (size_t i = 0; i < e->n_text; i++)
			e->text[i] = str_c(is_plural ? good_plural[l][i] : good[l]);
		s->row.in[l] = &s->cat[l];
		s->row.entry[l] = e;
	}
}

static void wants(const struct sample *s, const char *want, const char *why)
{
	char *text = NULL;
	size_t n = 0;
	struct report r = { open_memstream(&text, &n), 0, 0 };
	assert_non_null(r.to);
	check_row(&r, &s->rules, &s->row);
	fclose(r.to);
	bool is_as_wanted = want ? strstr(text, want) != NULL : n == 0;
	if (!is_as_wanted)
		fail_msg("%s: want \"%s\", got \"%s\"", why, want ? want : "nothing", text);
	free(text);
}

static void a_whole_message_has_no_finding(void **state)
{
	struct sample s;
	(void)state;
	sample_make(&s, false);
	wants(&s, NULL, "plain");
	sample_make(&s, true);
	wants(&s, NULL, "plural");
}

/* ${text} in place of the good one, and of English, when the check compares. */
static const struct {
	enum lang_id lang;
	const char *text, *english, *ctxt, *notes, *want;
} spoiled[] = {
	{ LANG_FR, "", NULL, NULL, NULL, "E a.b.c: 1: empty" },
	{ LANG_FR, "Le {nom}.", NULL, NULL, NULL, "E a.b.c: 3: {nom} is not in English" },
	{ LANG_FR, "Le texte.", "The {name}.", NULL, NULL, "E a.b.c: 3: {name} is lost" },
	{ LANG_FR, "Le texte.", "The {link}text{/link}.", NULL, NULL, "E a.b.c: 3: {link} pairs" },
	{ LANG_FR, "Le {link}texte.", NULL, NULL, NULL, "E a.b.c: 3: {link} without {/link}" },
	{ LANG_FR, "Le {Nom}.", NULL, NULL, NULL, "E a.b.c: 3: a placeholder must be" },
	{ LANG_FR, "Le }texte.", NULL, NULL, NULL, "E a.b.c: 3: a } without" },
	{ LANG_FR, " Le texte.", NULL, NULL, NULL, "E a.b.c: 5: a space at an end" },
	{ LANG_FR, "Le  texte.", NULL, NULL, NULL, "E a.b.c: 5: two spaces" },
	{ LANG_FR, "Le\ttexte.", NULL, NULL, NULL, "E a.b.c: 5: a tab" },
	{ LANG_FR, "Le te\xc2\xadxte.", NULL, NULL, NULL, "E a.b.c: 5: a tab" },
	{ LANG_FR, "Le texte est garde\xcc\x81.", NULL, NULL, NULL, "E a.b.c: 5: not in normal" },
	{ LANG_FR, "Le \xff.", NULL, NULL, NULL, "E a.b.c: 5: not UTF-8" },
	{ LANG_FR, "L'eau.", NULL, NULL, NULL, "E a.b.c: 6: a straight quote" },
	{ LANG_RU, "Слово “да”.", NULL, NULL, NULL, "E a.b.c: 6: U+201D is no quote of ru" },
	{ LANG_AR, "«نعم.", NULL, NULL, NULL, "E a.b.c: 6: quotes do not pair" },
	{ LANG_ES, "Cómo es?", "How is it?", NULL, NULL, "E a.b.c: 6: ¿ or ¡" },
	{ LANG_FR, "The text is kept.", NULL, NULL, NULL, "W a.b.c: 7: the same" },
	{ LANG_FR, "Le texte est gardé.", NULL, NULL, "max 10", "W a.b.c: 8: 19 columns" },
	{ LANG_ZH, "保存文字保存文字保存文字保存文字", "Save", "button", NULL,
		"W a.b.c: 8: 32 col" },
	{ LANG_FR, "Un titre bien trop long ici", "A short title", "title", NULL, "W a.b.c: 8:" },
	{ LANG_ZH, "保存,文字。", NULL, NULL, NULL, "E a.b.c: 9: , is not a mark of zh" },
	{ LANG_AR, "نعم, لا.", NULL, NULL, NULL, "E a.b.c: 9: , is not a mark of ar" },
	{ LANG_FR, "Le texte", NULL, NULL, NULL, "E a.b.c: 9: ends with ' ', English with '.'" },
	{ LANG_AR, "نحفـظ.", NULL, NULL, NULL, "E a.b.c: 10: tatweel" },
	{ LANG_AR, "نحفظ کل.", NULL, NULL, NULL, "E a.b.c: 10: U+06A9" },
	{ LANG_RU, "Tекст.", NULL, NULL, NULL, "E a.b.c: 10: Latin and Cyrillic" },
	{ LANG_ZH, "文字已儲存這個。", NULL, NULL, NULL, "E a.b.c: 10: a traditional form" },
	{ LANG_AR, "نحفظ ٣.", "We keep 3.", NULL, NULL, "E a.b.c: 11: digits" },
	{ LANG_FR, "Le texte 4.", NULL, NULL, NULL, "W a.b.c: 11: other digits" },
	{ LANG_AR, "نحفظ \xe2\x80\x8fنص.", NULL, NULL, NULL, "E a.b.c: 12: an invisible mark" },
	{ LANG_FR, "Le texte !", "The text!", NULL, NULL, "E a.b.c: 12: a plain space before" },
	{ LANG_FR, "Le « texte ».", NULL, NULL, NULL, "E a.b.c: 12: a plain space after" },
	{ LANG_RU, "Я СОГЛАСЕН.", NULL, NULL, NULL, "E a.b.c: 12: not Согласен" },
	{ LANG_ZH, "我的案件。", NULL, NULL, NULL, "E a.b.c: 12: not 案件" },
	{ LANG_FR, "Pas de compte.", "No thing.", NULL, "gl: act.send",
		"W a.b.c: 12: Send is called" },
};

static struct words *load_words(struct arena *mem)
{
	struct words *words = NULL;
	assert_int_equal(words_load(mem, getenv("PO"), &words), 0);
	return words;
}

static void each_spoiled_text_is_found(void **state)
{
	auto_arena mem;
	(void)state;
	arena_init(&mem, 16 << 20);
	struct words *words = load_words(&mem);
	for (size_t i = 0; i < sizeof spoiled / sizeof spoiled[0]; i++) {
		struct sample s;
		sample_make(&s, false);
		s.rules.words = words;
		s.entry[spoiled[i].lang].text[0] = str_c(spoiled[i].text);
		if (spoiled[i].english)
			s.entry[LANG_EN].text[0] = str_c(spoiled[i].english);
		for (size_t l = 0; l < LANG_COUNT; l++) {
			s.entry[l].notes = str_c(spoiled[i].notes);
			if (spoiled[i].ctxt)
				s.entry[l].ctxt = str_c(spoiled[i].ctxt);
		}
		wants(&s, spoiled[i].want, spoiled[i].text);
	}
}

static void a_word_is_no_ban_inside_another_or_where_it_is_excepted(void **state)
{
	auto_arena mem;
	struct sample s;
	(void)state;
	arena_init(&mem, 16 << 20);
	sample_make(&s, false);
	s.rules.words = load_words(&mem);
	s.entry[LANG_ES].text[0] = STR("Los recibos.");
	wants(&s, NULL, "recibo in recibos");
	s.entry[LANG_ES].text[0] = STR("El recibo.");
	wants(&s, "not recibo", "recibo");
	s.entry[LANG_ES].text[0] = STR("El texto se guarda.");
	s.entry[LANG_FR].text[0] = STR("Le texte est reçu.");
	wants(&s, "not reçu", "reçu");
	s.entry[LANG_FR].notes = STR("#. gl: consult.acknowledged");
	wants(&s, NULL, "reçu as a participle");
}

static void shapes_that_do_not_fit_are_found(void **state)
{
	struct sample s;
	(void)state;
	sample_make(&s, false);
	s.row.entry[LANG_RU] = NULL;
	wants(&s, "E a.b.c: 1: missing in a.ru.po", "no Russian");
	sample_make(&s, true);
	s.entry[LANG_AR].n_text = 3;
	wants(&s, "E a.b.c: 4: 3 forms, ar has 6", "too few forms");
	sample_make(&s, true);
	s.entry[LANG_FR].is_plural = false;
	wants(&s, "E a.b.c: 4: a plural here or in English", "half a plural");
	sample_make(&s, true);
	s.entry[LANG_FR].text[0] = STR("une réponse");
	wants(&s, "E a.b.c: 3: {count} is lost", "French one covers zero");
	sample_make(&s, false);
	s.entry[LANG_ES].is_fuzzy = true;
	wants(&s, "W a.b.c: 2: fuzzy", "fuzzy");
	s.rules.is_release = true;
	wants(&s, "E a.b.c: 2: fuzzy", "fuzzy in a release");
	sample_make(&s, false);
	s.row.key = STR("Not a key");
	wants(&s, "1: a key is area.page.thing", "key");
	sample_make(&s, false);
	s.entry[LANG_ES].is_wrapped = true;
	wants(&s, "E a.b.c: 5: a string goes on", "wrapped");
	sample_make(&s, false);
	s.entry[LANG_ES].ctxt = STR("mail");
	wants(&s, "E a.b.c: 1: msgctxt", "context");
}

static size_t faults(const char *text)
{
	auto_arena mem;
	struct report r = { NULL, 0, 0 };
	struct catalogue c = { .file = "a.en.po", .room = STR("a"), .lang = LANG_EN };
	arena_init(&mem, 1 << 20);
	po_parse(&mem, &r, str_c(text), &c);
	check_header(&r, &c);
	return r.errors;
}

#define HEAD \
	"msgid \"\"\nmsgstr \"\"\n\"Language: en\\n\"\n" \
	"\"Plural-Forms: nplurals=2; plural=(n!=1);\\n\"\n\n"

static void what_is_no_catalogue_is_told(void **state)
{
	static const char *const wrong[] = { "", "msgid \"a.b\"\n", HEAD "msgid a.b\n",
		HEAD "msgid \"a\\x\"\n", HEAD "msgstr \"x\"\n", HEAD "\"x\"\n",
		HEAD "msgxx \"x\"\n", HEAD "msgctxt \"x\"\n",
		HEAD "msgid \"a.b\"\nmsgid_plural \"a.c\"\nmsgstr[0] \"\"\n",
		HEAD "msgid \"a.b\"\nmsgstr[1] \"x\"\n", HEAD "#~ msgid \"a.b\"\n",
		HEAD "msgid \"a.b\"\nmsgstr \"x\"",
		HEAD "msgid \"b.b\"\nmsgstr \"x\"\n"
		     "msgid \"a.b\"\nmsgstr \"x\"\n" };
	(void)state;
	assert_int_equal(faults(HEAD "msgid \"a.b\"\nmsgstr \"x \\\"\\\\ y\"\n"), 0);
	for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
		if (faults(wrong[i]) == 0)
			fail_msg("taken for a catalogue: %s", wrong[i]);
}

static void a_typed_text_is_set(void **state)
{
	auto_arena mem;
	(void)state;
	arena_init(&mem, 1 << 16);
	assert_str(typeset(&mem, LANG_FR, STR("Quoi ? C'est « ça » : 5 %")),
		"Quoi\xe2\x80\xaf? C’est «\xe2\x80\xafça\xe2\x80\xaf»\xc2\xa0: 5\xc2\xa0%");
	assert_str(typeset(&mem, LANG_EN, STR("Don't")), "Don’t");
	assert_str(typeset(&mem, LANG_RU, STR("Что ? ")), "Что ? ");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_whole_message_has_no_finding),
		cmocka_unit_test(each_spoiled_text_is_found),
		cmocka_unit_test(a_word_is_no_ban_inside_another_or_where_it_is_excepted),
		cmocka_unit_test(shapes_that_do_not_fit_are_found),
		cmocka_unit_test(what_is_no_catalogue_is_told),
		cmocka_unit_test(a_typed_text_is_set),
	};
	return cmocka_run_group_tests_name("poc", tests, NULL, NULL);
}
