#include "tool/tmplc/inner.h"
#include <ctype.h>
#include <strings.h>

const char *state_words(enum state s)
{
	static const char *const words[] = {
		[TEXT] = "element content",
		[AFTER_LT] = "a tag name",
		[TAG_NAME] = "a tag name",
		[END_TAG] = "an end tag",
		[IN_TAG] = "a tag, between attributes",
		[ATTR_NAME] = "an attribute name",
		[AFTER_ATTR] = "a tag, after an attribute name",
		[BEFORE_VALUE] = "an unquoted attribute value",
		[IN_DOUBLE] = "an attribute value",
		[IN_SINGLE] = "an attribute value",
		[COMMENT] = "a comment",
		[DOCTYPE] = "the doctype",
		[RAW_TEXT] = "a script or style element",
	};
	return words[s];
}

bool in_value(const struct tmplc *t)
{
	return t->at.state == IN_DOUBLE || t->at.state == IN_SINGLE;
}

static void append(struct tmplc *t, char name[NAME], char c)
{
	size_t n = strlen(name);
	if (n + 1 >= NAME)
		fail(t, "the name %s… is too long", name);
	name[n] = (char)tolower((unsigned char)c);
}

static bool in_svg(const struct tmplc *t)
{
	return is_inside(t, "svg") || strcmp(t->at.tag, "svg") == 0;
}

/* '>' of a start tag: the rules about whole tags, then it is open. */
static void start_tag_end(struct tmplc *t)
{
	struct spot *at = &t->at;
	rule_start(t);
	at->state = strcmp(at->tag, "script") == 0 ? RAW_TEXT : TEXT;
	if (is_void(at->tag) || (at->is_closed && in_svg(t)))
		return;
	if (at->is_closed)
		fail(t, "<%s/> does not close the element: write <%s></%s>", at->tag, at->tag,
			at->tag);
	if (t->depth == DEPTH)
		fail(t, "elements are nested more than %d deep", DEPTH);
	struct element *e = &t->open[t->depth++];
	*e = (struct element){ .may_post = at->seen & MAY_POST,
		.has_name = at->seen & HAS_LABEL,
		.blocks = t->blocks,
		.line = t->line };
	memcpy(e->name, at->tag, NAME);
}

static void end_tag_end(struct tmplc *t)
{
	const char *tag = t->at.tag;
	if (is_void(tag))
		fail(t, "<%s> has no end tag: remove </%s>", tag, tag);
	if (t->depth <= t->block[t->blocks - 1].at.depth)
		fail(t,
			"</%s> closes an element opened outside this block: open and close it in the "
			"same {{if}}, {{for}} or {{template}}",
			tag);
	const struct element *e = &t->open[t->depth - 1];
	if (strcmp(e->name, tag) != 0)
		fail(t, "</%s> where </%s> was expected (opened on line %d)", tag, e->name,
			e->line);
	rule_end(t, e);
	t->depth--;
	t->at.state = TEXT;
}

void attr_name_end(struct tmplc *t)
{
	rule_attr(t);
	t->at.lits = 0;
	t->at.holes = 0;
	t->at.is_cut = false;
	memset(t->at.value, 0, VALUE);
}

static void eat_in_tag(struct tmplc *t, char c)
{
	struct spot *at = &t->at;
	if (c == '>') {
		start_tag_end(t);
	} else if (is_space(c)) {
		at->needs_space = false;
	} else if (c == '/') {
		at->is_closed = true;
		at->needs_space = false;
	} else if (at->needs_space) {
		fail(t, "white space is needed before the next attribute of <%s>", at->tag);
	} else if (at->is_closed) {
		fail(t, "stray / in <%s>", at->tag);
	} else if (strchr("\"'=<`{}", c)) {
		fail(t, "stray %c in <%s>", c, at->tag);
	} else {
		at->state = ATTR_NAME;
		memset(at->attr, 0, NAME);
		append(t, at->attr, c);
	}
}

static void eat_attr(struct tmplc *t, char c)
{
	if (strchr("\"'<`", c))
		fail(t, "stray %c in the attribute name %s", c, t->at.attr);
	if (c != '=' && c != '>' && c != '/' && !is_space(c)) {
		append(t, t->at.attr, c);
		return;
	}
	attr_name_end(t);
	t->at.state = c == '=' ? BEFORE_VALUE : is_space(c) ? AFTER_ATTR : IN_TAG;
	if (c == '>' || c == '/')
		eat_in_tag(t, c);
}

static void eat_after_attr(struct tmplc *t, char c)
{
	if (c == '=') {
		t->at.state = BEFORE_VALUE;
	} else if (!is_space(c)) {
		t->at.state = IN_TAG;
		eat_in_tag(t, c);
	}
}

static void eat_before_value(struct tmplc *t, char c)
{
	if (c == '"' || c == '\'')
		t->at.state = c == '"' ? IN_DOUBLE : IN_SINGLE;
	else if (!is_space(c))
		fail(t, "quote the value of %s=, as in %s=\"…\"", t->at.attr, t->at.attr);
}

static void eat_value(struct tmplc *t, char c)
{
	struct spot *at = &t->at;
	if (c == (at->state == IN_DOUBLE ? '"' : '\'')) {
		url_check(t);
		rule_value(t);
		at->state = IN_TAG;
		at->needs_space = true;
		return;
	}
	size_t n = strlen(at->value);
	if (n + 1 < VALUE)
		at->value[n] = c;
	else
		at->is_cut = true;
	at->lits++;
}

/* Only an empty script element exists, so only its end matters. */
static void eat_raw(struct tmplc *t, const char *p)
{
	const char *name = t->open[t->depth - 1].name;
	if (p[0] == '<' && p[1] == '/' && strncasecmp(p + 2, name, strlen(name)) == 0) {
		t->at.state = AFTER_LT;
		memset(t->at.tag, 0, NAME);
	} else if (!is_space(*p)) {
		fail(t, "<%s> must be empty: put the code in a file under static/", name);
	}
}

static void begin_tag(struct tmplc *t)
{
	memset(t->at.tag, 0, NAME);
	memset(t->tag_id, 0, VALUE);
	t->at.state = AFTER_LT;
	t->at.seen = 0;
	t->at.needs_space = t->at.is_closed = false;
}

static void eat_after_lt(struct tmplc *t, const char *p)
{
	struct spot *at = &t->at;
	if (*p != '/' && (is_inside(t, "title") || is_inside(t, "textarea")))
		fail(t, "only text can stand in <%s>", t->open[t->depth - 1].name);
	if (isalpha((unsigned char)*p)) {
		at->state = TAG_NAME;
		append(t, at->tag, *p);
	} else if (*p == '/') {
		at->state = END_TAG;
	} else if (strncmp(p, "!--", 3) == 0) {
		at->state = COMMENT;
	} else if (strncasecmp(p, "!doctype html>", 14) == 0) {
		at->state = DOCTYPE;
	} else if (*p == '!') {
		fail(t, "after <! only <!doctype html> and <!-- comments --> are known");
	} else {
		fail(t, "write &lt; for a plain <");
	}
}

static void eat_name(struct tmplc *t, char c)
{
	struct spot *at = &t->at;
	if (isalnum((unsigned char)c) || c == '-')
		append(t, at->tag, c);
	else if (at->state == END_TAG && c == '>')
		end_tag_end(t);
	else if (at->state == END_TAG)
		fail(t, "bad end tag </%s%c", at->tag, c);
	else if (c == '>' || c == '/' || is_space(c)) {
		at->state = IN_TAG;
		eat_in_tag(t, c);
	} else
		fail(t, "bad tag name <%s%c", at->tag, c);
}

static void eat_comment(struct tmplc *t, const char *p)
{
	bool after_dashes = p - t->job->text >= 2 && p[-1] == '-' && p[-2] == '-';
	if (after_dashes && *p == '!')
		fail(t, "end a comment with -->");
	if (after_dashes && *p == '>')
		t->at.state = TEXT;
}

void eat(struct tmplc *t, const char *p)
{
	switch (t->at.state) {
	case TEXT:
		if (*p == '<')
			begin_tag(t);
		else if (!is_space(*p))
			rule_text(t);
		break;
	case AFTER_LT: eat_after_lt(t, p); break;
	case TAG_NAME:
	case END_TAG: eat_name(t, *p); break;
	case IN_TAG: eat_in_tag(t, *p); break;
	case ATTR_NAME: eat_attr(t, *p); break;
	case AFTER_ATTR: eat_after_attr(t, *p); break;
	case BEFORE_VALUE: eat_before_value(t, *p); break;
	case IN_DOUBLE:
	case IN_SINGLE: eat_value(t, *p); break;
	case COMMENT: eat_comment(t, p); break;
	case DOCTYPE:
		if (*p == '>')
			t->at.state = TEXT;
		break;
	case RAW_TEXT: eat_raw(t, p); break;
	}
}
