#include "render/markdown.h"
#include <cmark.h>

enum { DEPTH_MAX = 12, OUT_MAX = 4 << 20 };

struct pen {
	struct html w;
	int depth;   /* of quotes and lists */
	int in_link; /* a link cannot stand in a link */
};

/* Elements that are a pair of tags and nothing more. */
static const struct {
	const char *open, *close;
} pairs[] = {
	[CMARK_NODE_BLOCK_QUOTE] = { "<blockquote>", "</blockquote>\n" },
	[CMARK_NODE_ITEM] = { "<li>", "</li>\n" },
	[CMARK_NODE_HEADING] = { "<p><strong>", "</strong></p>\n" },
	[CMARK_NODE_EMPH] = { "<em>", "</em>" },
	[CMARK_NODE_STRONG] = { "<strong>", "</strong>" },
};

static void put(struct pen *pen, const char *z)
{
	buf_c(&pen->w.out, z);
}

/* Text between two tags, shown as typed. */
static void put_text(struct pen *pen, const char *open, struct str s, const char *close)
{
	put(pen, open);
	html_text_str(&pen->w, s);
	put(pen, close);
}

static void list(struct pen *pen, cmark_node *node, bool enters)
{
	bool ordered = cmark_node_get_list_type(node) == CMARK_ORDERED_LIST;
	int start = cmark_node_get_list_start(node);
	if (!enters)
		put(pen, ordered ? "</ol>\n" : "</ul>\n");
	else if (ordered && start != 1)
		buf_f(&pen->w.out, "<ol start=\"%d\">\n", start);
	else
		put(pen, ordered ? "<ol>\n" : "<ul>\n");
}

static void paragraph(struct pen *pen, cmark_node *node, bool enters)
{
	cmark_node *above = cmark_node_parent(cmark_node_parent(node));
	if (!above || pen->depth > DEPTH_MAX || cmark_node_get_type(above) != CMARK_NODE_LIST ||
		!cmark_node_get_list_tight(above))
		put(pen, enters ? "<p>" : "</p>\n");
}

/* An image is a link to it, named by its text. What has no text shows its address. */
static void link_tag(struct pen *pen, cmark_node *node, bool enters)
{
	struct url url;
	const char *address = cmark_node_get_url(node);
	bool leads = pen->in_link == (enters ? 0 : 1) && url_web(str_c(address), &url) == 0;
	pen->in_link += enters ? 1 : -1;
	if (leads && enters) {
		put(pen, "<a href=\"");
		html_url(&pen->w, url);
		put(pen, "\" rel=\"nofollow noreferrer ugc\">");
	}
	if (enters && !cmark_node_first_child(node))
		html_text_c(&pen->w, address);
	if (leads && !enters)
		put(pen, "</a>");
}

static void leaf(struct pen *pen, cmark_node *node, cmark_node_type type)
{
	struct str s = str_c(cmark_node_get_literal(node));
	if (type == CMARK_NODE_TEXT || type == CMARK_NODE_HTML_INLINE)
		html_text_str(&pen->w, s);
	else if (type == CMARK_NODE_CODE)
		put_text(pen, "<code>", s, "</code>");
	else if (type == CMARK_NODE_CODE_BLOCK)
		put_text(pen, "<pre><code>", s, "</code></pre>\n");
	else if (type == CMARK_NODE_HTML_BLOCK)
		put_text(pen, "<p>", str_trim(s), "</p>\n");
	else if (type == CMARK_NODE_THEMATIC_BREAK)
		put(pen, "<hr>\n");
	else if (type == CMARK_NODE_LINEBREAK)
		put(pen, "<br>\n");
	else if (type == CMARK_NODE_SOFTBREAK)
		put(pen, "\n");
}

/* Whether this element is left out, because it would stand too deep. */
static bool is_too_deep(struct pen *pen, cmark_node_type type, bool enters)
{
	bool nests = type == CMARK_NODE_BLOCK_QUOTE || type == CMARK_NODE_LIST;
	if (nests && enters)
		pen->depth++;
	bool yes = pen->depth > DEPTH_MAX && (nests || type == CMARK_NODE_ITEM);
	if (nests && !enters)
		pen->depth--;
	return yes;
}

static void write_node(struct pen *pen, cmark_node *node, bool enters)
{
	cmark_node_type type = cmark_node_get_type(node);
	if (is_too_deep(pen, type, enters))
		return;
	if (type == CMARK_NODE_LIST)
		list(pen, node, enters);
	else if (type == CMARK_NODE_PARAGRAPH)
		paragraph(pen, node, enters);
	else if (type == CMARK_NODE_LINK || type == CMARK_NODE_IMAGE)
		link_tag(pen, node, enters);
	else if ((size_t)type < sizeof pairs / sizeof *pairs && pairs[type].open)
		put(pen, enters ? pairs[type].open : pairs[type].close);
	else if (enters)
		leaf(pen, node, type);
}

static void write_tree(struct pen *pen, cmark_node *root)
{
	cmark_iter *iter = cmark_iter_new(root);
	cmark_event_type event;
	while ((event = cmark_iter_next(iter)) != CMARK_EVENT_DONE)
		write_node(pen, cmark_iter_get_node(iter), event == CMARK_EVENT_ENTER);
	cmark_iter_free(iter);
}

int markdown_html(struct arena *mem, struct str text, struct safe_html *ret)
{
	if (text.n > MARKDOWN_MAX)
		return err_note(ERR_LIMIT, "more text than Markdown takes");
	struct pen pen = { 0 };
	buf_init(&pen.w.out, OUT_MAX);
	cmark_node *root = cmark_parse_document(
		text.n ? text.p : "", text.n, CMARK_OPT_VALIDATE_UTF8);
	write_tree(&pen, root);
	cmark_node_free(root);
	int failed = pen.w.out.failed;
	struct str made = failed ? (struct str){ 0 } : arena_copy(mem, buf_view(&pen.w.out));
	buf_done(&pen.w.out);
	if (failed || !made.p)
		return err_note(failed ? failed : ERR_NOMEM, "Markdown as markup");
	*ret = (struct safe_html){ made };
	return 0;
}
