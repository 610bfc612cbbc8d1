#include "tool/tmplc/inner.h"
#include <strings.h>

#define LIST(...) ((const char *const[]){ __VA_ARGS__, NULL })

bool is_void(const char *name)
{
	return is_one_of(name,
		LIST("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta",
			"source", "track", "wbr"));
}

bool is_inside(const struct tmplc *t, const char *name)
{
	for (int i = t->depth; i > 0; i--)
		if (strcmp(t->open[i - 1].name, name) == 0)
			return true;
	return false;
}

static const char *parent(const struct tmplc *t)
{
	return t->depth ? t->open[t->depth - 1].name : "";
}

static bool is_inside_any(const struct tmplc *t, const char *const *list)
{
	for (int i = t->depth; i > 0; i--)
		if (is_one_of(t->open[i - 1].name, list))
			return true;
	return false;
}

bool is_plain(const struct tmplc *t)
{
	return is_inside_any(t, LIST("title", "textarea", "option", "svg"));
}

bool is_phrase(const struct tmplc *t)
{
	return is_inside_any(t,
		LIST("p", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "label", "button", "span",
			"strong", "em", "b", "i", "small"));
}

void rule_attr(struct tmplc *t)
{
	struct spot *at = &t->at;
	const char *a = at->attr;
	if (strncmp(a, "on", 2) == 0)
		fail(t,
			"%s=: event handlers are not allowed (Content-Security-Policy): use a form or "
			"a link",
			a);
	if (strcmp(a, "style") == 0)
		fail(t, "style=: use a class (Content-Security-Policy)");
	if (strcmp(a, "http-equiv") == 0)
		fail(t, "http-equiv=: send the header instead");
	if (is_one_of(a, LIST("target", "formtarget")))
		fail(t, "%s=: links open where the reader is; remove it", a);
	if (strcmp(a, "formmethod") == 0)
		fail(t, "formmethod=: write a form of its own, with its method and {{csrf}}");
	if (strcmp(a, "autofocus") == 0)
		fail(t, "autofocus: it makes screen readers skip what stands before; remove it");
	at->kind = PLAIN;
	if (is_one_of(a, LIST("srcdoc", "srcset", "imagesrcset")))
		at->kind = BANNED;
	else if (is_one_of(a, LIST("href", "cite", "xlink:href")))
		at->kind = strcmp(at->tag, "a") == 0 || strcmp(a, "cite") == 0 ? LINK : FETCH;
	else if (is_one_of(a,
			 LIST("src", "action", "formaction", "poster", "data", "manifest",
				 "background", "ping")))
		at->kind = FETCH;
	static const struct {
		const char *name;
		int seen;
	} marks[] = { { "alt", HAS_ALT }, { "lang", HAS_LANG }, { "dir", HAS_DIR },
		{ "src", HAS_SRC }, { "action", HAS_ACTION }, { "method", HAS_METHOD },
		{ "aria-label", HAS_LABEL }, { "aria-labelledby", HAS_LABEL } };
	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
		if (strcmp(a, marks[i].name) == 0)
			at->seen |= marks[i].seen;
}

/* The arms that lead here, so that two notes in arms that exclude each other can tell. */
static struct note *note_add(struct tmplc *t, struct notes *list, const char *text, bool literal)
{
	if (list->n == NOTES)
		fail(t, "more than %d ids, labels or fields in one template: split it", NOTES);
	struct note *note = &list->note[list->n++];
	*note = (struct note){ .is_literal = literal, .line = t->line, .blocks = t->blocks };
	memcpy(note->text, text, VALUE);
	for (int i = 0; i < t->blocks; i++) {
		note->way[i].serial = t->block[i].serial;
		note->way[i].arm = t->block[i].arm;
	}
	return note;
}

static bool exclude_each_other(const struct note *a, const struct note *b)
{
	for (int i = 0; i < a->blocks && i < b->blocks; i++)
		if (a->way[i].serial == b->way[i].serial && a->way[i].arm != b->way[i].arm)
			return true;
	return false;
}

static void rule_id(struct tmplc *t)
{
	bool literal = t->at.holes == 0 && !t->at.is_cut;
	for (int i = 0; literal && i < t->blocks; i++)
		if (t->block[i].type == B_FOR)
			fail(t,
				"id=\"%s\" in a {{for}} would come twice: put a value in it, as in "
				"id=\"%s{{ i }}\"",
				t->at.value, t->at.value);
	struct note *note = note_add(t, &t->ids, t->at.value, literal);
	for (int i = 0; literal && i + 1 < t->ids.n; i++) {
		const struct note *other = &t->ids.note[i];
		if (other->is_literal && strcmp(other->text, note->text) == 0 &&
			!exclude_each_other(other, note))
			fail(t, "id=\"%s\" is already on line %d: an id names one element",
				note->text, other->line);
	}
	memcpy(t->tag_id, t->at.value, VALUE);
	t->tag_id_is_literal = literal;
}

/* A value is complete. */
void rule_value(struct tmplc *t)
{
	struct spot *at = &t->at;
	bool literal = at->holes == 0 && !at->is_cut;
	if (strcmp(at->tag, "form") == 0 && strcmp(at->attr, "method") == 0) {
		bool post = strcasecmp(at->value, "post") == 0;
		if (!literal || (!post && strcasecmp(at->value, "get") != 0))
			fail(t, "the form's method must be literal: get or post");
		at->seen |= post ? MAY_POST : 0;
	} else if (strcmp(at->tag, "input") == 0 && strcmp(at->attr, "type") == 0) {
		if (!literal)
			fail(t, "the input's type must be literal");
		if (is_one_of(at->value, LIST("hidden", "submit", "reset", "button", "image")))
			at->seen |= NEEDS_NO_LABEL;
	} else if (strcmp(at->attr, "id") == 0) {
		rule_id(t);
	} else if (strcmp(at->tag, "label") == 0 && strcmp(at->attr, "for") == 0) {
		note_add(t, &t->labels, at->value, literal);
	}
}

static void rule_place(struct tmplc *t)
{
	const char *tag = t->at.tag;
	static const char *const blocks[] = { "address", "article", "aside", "blockquote",
		"details", "div", "dl", "fieldset", "figcaption", "figure", "footer", "form", "h1",
		"h2", "h3", "h4", "h5", "h6", "header", "hr", "main", "nav", "ol", "p", "pre",
		"section", "table", "ul", NULL };
	if (is_one_of(tag, blocks) && is_inside(t, "p") && !is_inside(t, "svg"))
		fail(t,
			"<%s> cannot stand in <p>, the browser would close the paragraph before it: "
			"write </p> first",
			tag);
	if (is_one_of(tag, LIST("a", "form", "button", "label")) && is_inside(t, tag))
		fail(t, "<%s> inside <%s>: the browser takes them apart; write them side by side",
			tag, tag);
	if (is_one_of(tag, LIST("option", "optgroup")) && t->depth &&
		!is_one_of(parent(t), LIST("select", "optgroup", "datalist")))
		fail(t, "<%s> belongs in <select>", tag);
	if (is_inside(t, "option"))
		fail(t, "only text can stand in <option>");
}

static void rule_heading(struct tmplc *t)
{
	const char *tag = t->at.tag;
	if (tag[0] != 'h' || tag[1] < '1' || tag[1] > '6' || tag[2])
		return;
	int level = tag[1] - '0';
	if (t->at.heading && level > t->at.heading + 1)
		fail(t, "<h%d> after <h%d> skips a level: write <h%d> (a class can make it look small)",
			level, t->at.heading, t->at.heading + 1);
	t->at.heading = level;
}

static void rule_control(struct tmplc *t)
{
	const struct spot *at = &t->at;
	if (!is_one_of(at->tag, LIST("input", "select", "textarea")))
		return;
	if ((at->seen & (HAS_LABEL | NEEDS_NO_LABEL)) || is_inside(t, "label"))
		return;
	if (!t->tag_id[0])
		fail(t,
			"<%s> without a label: give it an id and a <label for> of that id, or put it "
			"inside <label>, or write aria-label=\"{{t …}}\"",
			at->tag);
	note_add(t, &t->controls, t->tag_id, t->tag_id_is_literal);
}

static void rule_refused(struct tmplc *t)
{
	const char *tag = t->at.tag;
	if (strcmp(tag, "style") == 0 || (strcmp(tag, "script") == 0 && !(t->at.seen & HAS_SRC)))
		fail(t,
			"inline <%s> is not allowed (Content-Security-Policy): put it in a file under "
			"static/",
			tag);
	if (is_one_of(tag,
		    LIST("iframe", "frame", "frameset", "object", "embed", "applet", "base", "xmp",
			    "noembed", "noframes", "noscript", "plaintext", "template", "portal",
			    "math")))
		fail(t, "<%s> is not allowed: pages are whole without it", tag);
	if (is_one_of(tag,
		    LIST("animate", "animatemotion", "animatetransform", "set", "foreignobject")))
		fail(t, "<%s> is not allowed: charts stand still and hold no pages", tag);
	if (is_one_of(tag, LIST("marquee", "blink", "center", "font")))
		fail(t, "<%s> is not HTML any more: use a class", tag);
}

/* A start tag is complete and about to be open. */
void rule_start(struct tmplc *t)
{
	const char *tag = t->at.tag;
	int seen = t->at.seen;
	rule_refused(t);
	rule_place(t);
	rule_heading(t);
	rule_control(t);
	if (is_one_of(tag, LIST("img", "area")) && !(seen & HAS_ALT))
		fail(t, "<%s> without alt: say what it shows, or alt=\"\" if it only decorates",
			tag);
	if (strcmp(tag, "html") == 0 && (seen & (HAS_LANG | HAS_DIR)) != (HAS_LANG | HAS_DIR))
		fail(t, "<html> needs lang and dir");
	if (strcmp(tag, "form") == 0 &&
		(seen & (HAS_METHOD | HAS_ACTION)) != (HAS_METHOD | HAS_ACTION))
		fail(t, "<form> needs method=\"get\" or \"post\", and action=");
	if (strcmp(tag, "caption") == 0 && t->depth && strcmp(parent(t), "table") == 0)
		t->open[t->depth - 1].has_name = true;
}

/* An element is about to be closed. */
void rule_end(struct tmplc *t, const struct element *e)
{
	if (strcmp(e->name, "form") == 0 && e->may_post && !e->has_csrf)
		fail(t, "the POST form of line %d has no {{csrf}}: write it right behind the start tag",
			e->line);
	if (strcmp(e->name, "table") == 0 && !e->has_name)
		fail(t,
			"the table of line %d has no name: give it a <caption>, or aria-labelledby with "
			"the id of its heading",
			e->line);
}

/* Text or a value begins here. */
void rule_text(struct tmplc *t)
{
	if (is_one_of(parent(t),
		    LIST("table", "thead", "tbody", "tfoot", "tr", "colgroup", "select", "ul", "ol",
			    "dl")))
		fail(t, "text cannot stand directly in <%s>: put it in an element that can",
			parent(t));
}

static bool has(const struct notes *list, const char *text, bool literal_only)
{
	for (int i = 0; i < list->n; i++)
		if (strcmp(list->note[i].text, text) == 0 &&
			(list->note[i].is_literal || !literal_only))
			return true;
	return false;
}

void rule_template_end(struct tmplc *t)
{
	for (int i = 0; i < t->labels.n; i++) {
		const struct note *label = &t->labels.note[i];
		if (label->is_literal && !has(&t->ids, label->text, true))
			fail_at(t, label->line, "<label for=\"%s\"> names no id in this template",
				label->text);
	}
	for (int i = 0; i < t->controls.n; i++) {
		const struct note *control = &t->controls.note[i];
		if (!has(&t->labels, control->text, false))
			fail_at(t, control->line,
				"the field with id=\"%s\" has no label: write <label for=\"%s\">",
				control->text, control->text);
	}
	t->ids.n = t->labels.n = t->controls.n = 0;
}
