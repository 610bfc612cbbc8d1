#include "tool/tmplc/inner.h"

/* At a directive an attribute without value is over, and a value may differ by branch. */
static struct spot settle(struct tmplc *t)
{
	struct spot *at = &t->at;
	if (at->state == ATTR_NAME) {
		attr_name_end(t);
		at->state = IN_TAG;
		at->needs_space = true;
	} else if (at->state == AFTER_ATTR) {
		at->state = IN_TAG;
	} else if (in_value(t)) {
		at->is_cut = true;
		url_check(t);
	}
	at->depth = t->depth;
	return *at;
}

static bool same_place(const struct spot *a, const struct spot *b)
{
	if (a->state != b->state || a->depth != b->depth)
		return false;
	if (a->state == TEXT)
		return true;
	if (strcmp(a->tag, b->tag) != 0)
		return false;
	return a->state == IN_TAG ? a->is_closed == b->is_closed : strcmp(a->attr, b->attr) == 0;
}

/* Two ways to one place in an address must begin alike. */
static void check_address(struct tmplc *t, const struct spot *a, const struct spot *b)
{
	bool is_value = a->state == IN_DOUBLE || a->state == IN_SINGLE;
	if (is_value && a->kind != PLAIN && url_start(a) != url_start(b))
		fail(t,
			"the address in %s= begins in different ways: write its start before the {{if}}, "
			"or a whole one in each branch",
			a->attr);
}

void block_push(struct tmplc *t, enum block_type type)
{
	if (t->blocks == BLOCKS)
		fail(t, "blocks are nested more than %d deep", BLOCKS);
	struct block *b = &t->block[t->blocks];
	*b = (struct block){
		.type = type, .at = settle(t), .line = t->line, .serial = ++t->serial
	};
	t->blocks++;
}

/* What two arms agree on; a form that may be POST counts as POST. */
static void merge(struct spot *a, const struct spot *b)
{
	a->needs_space |= b->needs_space;
	a->seen = (a->seen & b->seen) | ((a->seen | b->seen) & MAY_POST);
	if (!a->heading || (b->heading && b->heading < a->heading))
		a->heading = b->heading;
}

/* One arm is over: it must stand where the others do. */
void block_arm_end(struct tmplc *t, struct block *b)
{
	struct spot now = settle(t);
	const struct spot *want = b->has_end ? &b->end : &b->at;
	if (!same_place(&now, want)) {
		const char *open = now.depth > want->depth ? t->open[now.depth - 1].name : NULL;
		if (open && now.state == TEXT && want->state == TEXT)
			fail(t,
				"this block ends with <%s> still open (from line %d): close it in the "
				"block that opened it",
				open, t->open[now.depth - 1].line);
		fail(t, "this block ends in %s, but the block of line %d began or branched in %s%s",
			state_words(now.state), b->line, state_words(want->state),
			now.state == want->state ? " of another kind" : "");
	}
	if (b->has_end) {
		check_address(t, &now, want);
		merge(&now, want);
	}
	b->end = now;
	b->has_end = true;
}

void block_else(struct tmplc *t, const char *s, int n)
{
	struct block *b = t->blocks ? &t->block[t->blocks - 1] : NULL;
	if (!b || b->type != B_IF)
		fail(t, "{{else}} without {{if}}");
	out_flush(t);
	block_arm_end(t, b);
	t->at = b->at;
	b->arm++;
	buf_f(&t->body, "\t} %.*s {\n", n, s);
	if (n == 4)
		b->type = B_ELSE;
}

static void template_end(struct tmplc *t)
{
	if (t->within.name[0]) {
		const char *sep = t->within.n ? ", " : "";
		buf_f(&t->body, "\t%s_close(w%s%.*s);\n", t->within.name, sep, t->within.n,
			t->within.args);
	}
	if (t->block[0].type == B_LAYOUT && !t->has_body)
		fail(t, "{{layout %s}} needs one {{body}}", t->name);
	rule_template_end(t);
	buf_c(&t->body, "}\n");
	if (t->block[0].type == B_LAYOUT)
		buf_c(&t->body, "#pragma GCC diagnostic pop\n");
}

void block_end(struct tmplc *t)
{
	if (!t->blocks)
		fail(t, "{{end}} without a block");
	struct block *b = &t->block[t->blocks - 1];
	out_flush(t);
	block_arm_end(t, b);
	if (t->blocks == 1) {
		template_end(t);
	} else {
		t->at = b->end;
		if (b->type == B_IF || b->type == B_FOR) { /* the arm may be skipped */
			check_address(t, &t->at, &b->at);
			merge(&t->at, &b->at);
		}
		buf_c(&t->body, "\t}\n");
	}
	t->blocks--;
}

static void signature(struct tmplc *t, struct buf *to, const char *tail, const char *end)
{
	buf_f(to, "void %s%s(struct html *w%s%.*s)%s", t->name, tail, t->n_params ? ", " : "",
		t->n_params, t->params, end);
}

/* name (parameters), into t->name and t->params. */
static void read_name(struct tmplc *t, const char *what, const char *s, int n)
{
	trim(&s, &n);
	int k = 0;
	while (k < n && is_word(s[k]))
		k++;
	const char *args = s + k;
	int n_args = n - k;
	trim(&args, &n_args);
	if (k == 0 || n_args < 2 || args[0] != '(' || args[n_args - 1] != ')')
		fail(t, "write {{%s name (parameters)}}", what);
	name_set(t, t->name, s, k);
	t->params = args + 1;
	t->n_params = n_args - 2;
	trim(&t->params, &t->n_params);
}

void template_begin(struct tmplc *t, enum block_type type, const char *s, int n)
{
	bool layout = type == B_LAYOUT;
	if (t->blocks)
		fail(t, "a template inside another: {{end}} is missing before");
	read_name(t, layout ? "layout" : "template", s, n);
	signature(t, t->h, layout ? "_open" : "", ";\n");
	if (layout) {
		signature(t, t->h, "_close", ";\n");
		/* Each of the two uses only some of the parameters. */
		buf_c(&t->body,
			"\n#pragma GCC diagnostic push\n"
			"#pragma GCC diagnostic ignored \"-Wunused-parameter\"");
	}
	buf_c(&t->body, "\n");
	signature(t, &t->body, layout ? "_open" : "", "\n{\n\t(void)w;\n");
	t->at = (struct spot){ .state = TEXT };
	t->depth = 0;
	t->is_fresh = true;
	t->has_body = false;
	t->within = (struct within){ 0 };
	block_push(t, type);
}

void template_within(struct tmplc *t, const char *s, int n)
{
	if (!t->is_fresh || t->blocks != 1)
		fail(t, "{{within}} must be the first thing in a template");
	char name[VALUE];
	const char *params = t->params;
	int n_params = t->n_params;
	memcpy(name, t->name, VALUE);
	read_name(t, "within", s, n);
	memcpy(t->within.name, t->name, VALUE);
	t->within.args = t->params;
	t->within.n = t->n_params;
	memcpy(t->name, name, VALUE);
	t->params = params;
	t->n_params = n_params;
	t->lit.n = 0;
	out_line(t);
	buf_f(&t->body, "\t%s_open(w%s%.*s);\n", t->within.name, t->within.n ? ", " : "",
		t->within.n, t->within.args);
}

void template_body(struct tmplc *t)
{
	if (t->blocks != 1 || t->block[0].type != B_LAYOUT || t->at.state != TEXT || is_plain(t))
		fail(t, "{{body}} stands between elements of a {{layout}}, not in {{if}} or {{for}}");
	if (t->has_body)
		fail(t, "a layout has one {{body}}");
	t->has_body = true;
	t->at.heading = 0;
	out_flush(t);
	buf_c(&t->body, "}\n\n");
	signature(t, &t->body, "_close", "\n{\n\t(void)w;\n");
}
